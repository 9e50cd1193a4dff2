"""I dag, and the pictures of groups."""
