"""The home page (今日) by role."""
