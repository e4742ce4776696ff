"""Statistics: what every measure counts, the counting itself, the rows behind a figure, and what was entered late."""
