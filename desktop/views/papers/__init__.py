"""Issued papers: preview, printing, saving."""
