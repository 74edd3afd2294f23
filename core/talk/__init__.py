"""What people say and press, and what comes of it: one file for each thing that talk is about."""
