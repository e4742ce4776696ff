"""The first start: which office, which window, which rules."""
