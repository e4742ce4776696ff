"""The trail as auditors read it: search, one event whole, verification, export; the daily closing sheet."""
