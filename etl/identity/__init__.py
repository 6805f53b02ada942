"""Who reports on which year, and where that is."""
