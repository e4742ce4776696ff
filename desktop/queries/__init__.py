"""Reads: a session and criteria in, frozen rows out."""
