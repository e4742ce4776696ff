"""Printed papers: composed once into neutral blocks, stored, and rendered to PDF only from those."""
