"""Browser push: what an agent should hear, sealed for their browser and handed to its push service (RFC 8030)."""
