"""Tests; a package so that they can share `made_up`."""
