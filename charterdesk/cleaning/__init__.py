"""Finds what is personal in a text (names, addresses, numbers, secrets), so that others can learn from it without."""
