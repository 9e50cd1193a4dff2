"""File formats of grupper."""
