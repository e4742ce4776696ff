"""The worklist (待办)."""
