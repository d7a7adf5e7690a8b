"""Servers of the same lists under load."""
