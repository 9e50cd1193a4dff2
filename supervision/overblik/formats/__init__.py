"""File formats of overblik."""
