"""Sections, and section five split into problems and remedies."""
