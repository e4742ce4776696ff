"""What the fourth schema adds: the exchange with other stations, sheets taken in, what is told upward."""
