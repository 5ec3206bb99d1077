"""Finding people's names in what people write."""
