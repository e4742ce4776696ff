"""Measures the program on the reference ledger."""
