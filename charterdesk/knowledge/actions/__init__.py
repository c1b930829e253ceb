"""Every write to the help centre."""

from charterdesk.knowledge.actions import (
    categories,
    counting,
    deciding,
    erasure,
    feedback,
    files,
    importing,
    keeping,
    writing,
)

__all__ = [
    "categories",
    "counting",
    "deciding",
    "erasure",
    "feedback",
    "files",
    "importing",
    "keeping",
    "writing",
]
