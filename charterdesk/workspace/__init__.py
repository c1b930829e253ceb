"""The staff's web: inbox, tickets, search and what operators see. It speaks HTTP, owns no tables and holds no rules."""
