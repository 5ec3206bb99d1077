"""The demonstration: made-up answers, seeded, whose published figures come out exactly."""
