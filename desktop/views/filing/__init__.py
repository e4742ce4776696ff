"""One filing whole (一件一档)."""
