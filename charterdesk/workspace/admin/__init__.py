"""What operators see and mend: what failed, mail in doubt, what was set aside, and the mail accounts."""
