"""How data files are laid out: lists in order of time, and blank lines."""
