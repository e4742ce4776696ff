"""What goes up to the street, the district and the platform, and what comes in from elsewhere."""
