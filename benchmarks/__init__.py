"""What is measured, kept runnable. Each folder is one measurement; see README.md."""
