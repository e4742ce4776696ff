"""Settings of the office, the working-day calendar and the text size."""
