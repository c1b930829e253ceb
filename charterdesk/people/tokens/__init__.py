"""Ways in for programs: tokens of people and of integrations, and what a program was answered."""
