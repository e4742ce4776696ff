"""What schema 0006 adds."""
