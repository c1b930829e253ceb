"""The parts of a desk, each a process of its own: `charterdesk web|live|worker|mailroom|mail`."""
