"""The event engine: log, reactions, rules, timers, jobs, worker and the topics of the live stream."""
