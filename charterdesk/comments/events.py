"""What comments make known."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class CommentTermsChanged(Event):
    """Others may comment now."""

    open_to: str


@dataclass(frozen=True, kw_only=True)
class CommentsEvent(Event):
    """A fact about the place for comments below one article, or below those of a category; the other is None."""

    article_id: int | None = None
    category_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CommentsClosed(CommentsEvent):
    """Nobody comments there any more; what was said stays."""


@dataclass(frozen=True, kw_only=True)
class CommentsOpened(CommentsEvent):
    """People may comment there again."""


@dataclass(frozen=True, kw_only=True)
class CommentEvent(Event):
    """A fact about a comment."""

    comment_id: int
    text_id: int
    article_id: int


@dataclass(frozen=True, kw_only=True)
class CommentShown(CommentEvent):
    """Readers see a comment for the first time."""


@dataclass(frozen=True, kw_only=True)
class CommentHeld(CommentEvent):
    """A comment waits for somebody to look; `reason` is new, links, junk or reports."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class CommentApproved(CommentEvent):
    """Somebody looked at it, and it may stand."""


@dataclass(frozen=True, kw_only=True)
class CommentRemoved(CommentEvent):
    """Readers do not see it any more."""


@dataclass(frozen=True, kw_only=True)
class CommentRestored(CommentEvent):
    """Readers see it again."""


@dataclass(frozen=True, kw_only=True)
class CommentReported(CommentEvent):
    """A reader says it should not stand there; `reason` is spam, rude, personal or other."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class CommentEndorsed(CommentEvent):
    """Staff speak for the house with it."""


@dataclass(frozen=True, kw_only=True)
class CommentUnendorsed(CommentEvent):
    """It counts as any other comment again."""
