"""Every write to the community."""

from charterdesk.community.actions import (
    answering,
    erasure,
    files,
    following,
    forums,
    keeping,
    moderating,
    profiles,
    proposing,
    reporting,
    telling,
    writing,
)

__all__ = [
    "answering",
    "erasure",
    "files",
    "following",
    "forums",
    "keeping",
    "moderating",
    "profiles",
    "proposing",
    "reporting",
    "telling",
    "writing",
]
