"""What changes feedback: `writing` (the observatør's side) and `reading` (the fokusperson's, and answers)."""
