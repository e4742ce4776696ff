"""Files of others: what is read in and given out as tables."""
