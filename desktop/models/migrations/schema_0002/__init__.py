"""The statements of schema 0002, a module for each part of it."""
