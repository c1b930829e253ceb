"""Names that the Django part and the live stream (which does without Django's ORM) share."""

COLUMNS = "id, at, code, subject, actor, cause_id, depth, data, facts"  # of the log, as `log.entry_of` wants them
EVENTS = "charterdesk_events"  # NOTIFY: something was written to the log
JOBS = "procrastinate_any_queue_v1"  # NOTIFY: a job was put off
WEBHOOKS = "charterdesk_webhooks"  # NOTIFY: a webhook has something to hear
