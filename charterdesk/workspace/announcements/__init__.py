"""Announcements and the status page for those who keep them."""
