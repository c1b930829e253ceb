"""What we tell many: announcements to an audience, the status page, and reminders of what runs out."""
