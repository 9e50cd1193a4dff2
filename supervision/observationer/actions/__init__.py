"""What changes observations: `recording` (from the recorder) and `importing` (from files)."""
