"""Loading files: which, by whom, within which limits, with what outcome."""
