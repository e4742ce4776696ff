"""Steps from one schema to the next, run when the program starts."""
