"""What we keep of people: export, erasure, retention, legal hold and import. Each domain registers its part."""
