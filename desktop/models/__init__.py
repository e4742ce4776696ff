"""Stored things, and the database file they live in."""
