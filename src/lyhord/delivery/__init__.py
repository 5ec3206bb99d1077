"""Messages out: the outbox, the gateways that carry them, and what comes back about them."""
