"""What is held about a person, what is due to go, and who has asked for what."""
