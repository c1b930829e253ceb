"""What others ask of the charter."""
