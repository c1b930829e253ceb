"""What customers tell each other: forums, topics, answers, and who keeps them in order."""
