"""Widgets, wording and focus; the office's business lives below."""
