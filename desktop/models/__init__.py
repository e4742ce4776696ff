"""Stored things: tables, the database file, its migrations and the lock of the data folder."""
