"""The rules that need the warehouse or nothing but figures; those on one report's words are found as it is read."""
