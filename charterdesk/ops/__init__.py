"""Running the desk: supervisor, command line, health, backup, restore and upgrade."""
