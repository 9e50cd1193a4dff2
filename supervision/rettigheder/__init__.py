"""The person's rights: what is held about them, in a file; erasure; retention; and who can see what, in plain words."""
