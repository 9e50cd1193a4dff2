"""The release gates in one table: what holds each, its figure, and whether it passed the last time it was run."""
