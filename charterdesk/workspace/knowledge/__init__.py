"""The help centre for those who write it."""
