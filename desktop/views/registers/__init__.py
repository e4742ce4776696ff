"""The registers: organisations, persons, firms and craftsmen."""
