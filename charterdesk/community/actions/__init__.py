"""Every write to the community."""

from charterdesk.community.actions import (
    answering,
    attaching,
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
    "attaching",
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
