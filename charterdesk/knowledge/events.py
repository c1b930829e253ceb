"""What the help centre makes known."""

from dataclasses import dataclass
from datetime import datetime

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class CategoryChanged(Event):
    """A category was made, renamed, or moved; with `has_new_audience`, others may read what stands on it."""

    category_id: int
    has_new_audience: bool = False


@dataclass(frozen=True, kw_only=True)
class ArticleEvent(Event):
    """A fact about an article in all its languages."""

    article_id: int


@dataclass(frozen=True, kw_only=True)
class ArticleMoved(ArticleEvent):
    """It stands in another category, or other people may read it."""


@dataclass(frozen=True, kw_only=True)
class ArticleReviewed(ArticleEvent):
    """Its owner looked at it, and it is still right."""


@dataclass(frozen=True, kw_only=True)
class ArticleReviewDue(ArticleEvent):
    """The day has come to look whether it is still right."""


@dataclass(frozen=True, kw_only=True)
class ArticleTextEvent(ArticleEvent):
    """A fact about an article in one language; `number` is that of the version."""

    text_id: int
    language: str
    number: int = 0


@dataclass(frozen=True, kw_only=True)
class ArticleDrafted(ArticleTextEvent):
    """Somebody began to write it in this language."""


@dataclass(frozen=True, kw_only=True)
class ArticleChanged(ArticleTextEvent):
    """Its draft says something else."""


@dataclass(frozen=True, kw_only=True)
class ArticleSubmitted(ArticleTextEvent):
    """Its writer asks somebody else to look at it."""


@dataclass(frozen=True, kw_only=True)
class ArticleSentBack(ArticleTextEvent):
    """Somebody looked at it, and it needs work."""


@dataclass(frozen=True, kw_only=True)
class ArticleApproved(ArticleTextEvent):
    """Somebody who did not write it said yes."""


@dataclass(frozen=True, kw_only=True)
class ArticleScheduled(ArticleTextEvent):
    """It will be published by itself."""

    publish_at: datetime


@dataclass(frozen=True, kw_only=True)
class ArticlePublished(ArticleTextEvent):
    """Readers see this version from now on."""


@dataclass(frozen=True, kw_only=True)
class ArticleWithdrawn(ArticleTextEvent):
    """Readers do not see it any more."""


@dataclass(frozen=True, kw_only=True)
class ArticleRated(ArticleTextEvent):
    """A reader said whether it helped, or what is wrong with it; `kind` is helpful, unhelpful, missing or outdated."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class CorrectionEvent(ArticleEvent):
    """A fact about a correction: a task to put an article right."""

    correction_id: int


@dataclass(frozen=True, kw_only=True)
class CorrectionOpened(CorrectionEvent):
    """Somebody said that an article is wrong; `about` is where it came up, such as a ticket's key."""

    owner_id: int | None = None
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectionEnded(CorrectionEvent):
    """It was put right, or nothing was wrong; `outcome` is corrected or unfounded."""

    outcome: str
