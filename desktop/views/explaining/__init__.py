"""The window that explains an assessment rule by rule."""
