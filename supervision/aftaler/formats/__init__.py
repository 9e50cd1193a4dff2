"""File formats of aftaler."""
