"""The statements of schema 0005."""
