"""The intake page (受理): one person's matter typed, judged, checked for completeness and decided."""
