"""What we do when somebody says that we did wrong: complaints, their levels, and decisions by who is not concerned."""
