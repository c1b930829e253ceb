"""What the doctor looks at, by subject. Each check returns findings and never raises for what it looks for."""
