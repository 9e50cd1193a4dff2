"""What the person's rights are written in: a journal of deletions, a zip of one's own data, documents."""
