"""The printed papers by code, and which of them an act prints."""
