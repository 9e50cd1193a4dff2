"""File formats of personer."""
