"""The one clock: every time in charterdesk is an aware `datetime` in UTC."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this instant in UTC, with microseconds."""
    return datetime.now(UTC)
