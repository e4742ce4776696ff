"""The frame of the main window: top bar, rail of pages, status line, keys."""
