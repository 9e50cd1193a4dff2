"""Many tablets and readers at once: the steady load of a working day, and nine o'clock."""
