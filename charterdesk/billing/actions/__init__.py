"""Every write of billing."""
