"""When: opening hours, holidays, and business-time arithmetic."""
