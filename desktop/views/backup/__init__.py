"""Backups, encryption and restoring, as the administrator meets them."""
