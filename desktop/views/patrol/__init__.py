"""Patrols, hazards, unregistered works, transfers and public reports on one page."""
