"""Text messages (SMS), in and out, through a provider by HTTP or SMPP."""
