"""Private notes of training."""
