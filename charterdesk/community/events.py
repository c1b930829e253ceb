"""What the community makes known."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class ForumChanged(Event):
    """A forum was made, renamed, moved, or opened to others."""

    forum_id: int


@dataclass(frozen=True, kw_only=True)
class ForumTermsChanged(Event):
    """People are trusted on other terms."""

    terms_id: int


@dataclass(frozen=True, kw_only=True)
class TopicEvent(Event):
    """A fact about a topic."""

    topic_id: int
    forum_id: int


@dataclass(frozen=True, kw_only=True)
class TopicOpened(TopicEvent):
    """Somebody asked, proposed, announced or began to talk, and others see it; `kind` says which."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class TopicMoved(TopicEvent):
    """It stands in another forum."""


@dataclass(frozen=True, kw_only=True)
class TopicChanged(TopicEvent):
    """Its title, kind or tags are others."""


@dataclass(frozen=True, kw_only=True)
class TopicLocked(TopicEvent):
    """Nobody writes on it any more."""


@dataclass(frozen=True, kw_only=True)
class TopicUnlocked(TopicEvent):
    """People may write on it again."""


@dataclass(frozen=True, kw_only=True)
class TopicPinned(TopicEvent):
    """It stands first in its forum."""


@dataclass(frozen=True, kw_only=True)
class TopicUnpinned(TopicEvent):
    """It stands among the others again."""


@dataclass(frozen=True, kw_only=True)
class TopicMerged(TopicEvent):
    """It asked the same as another one; its posts went there."""

    into_id: int


@dataclass(frozen=True, kw_only=True)
class PostEvent(TopicEvent):
    """A fact about a post."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostShown(PostEvent):
    """Others see a post for the first time; `is_first` for the one that opens a topic."""

    is_first: bool = False


@dataclass(frozen=True, kw_only=True)
class PostHeld(PostEvent):
    """A post waits for somebody to look; `reason` is new, links, junk or reports."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class PostApproved(PostEvent):
    """Somebody looked at it, and it may stand."""


@dataclass(frozen=True, kw_only=True)
class PostEdited(PostEvent):
    """It says something else; what it said before is kept."""


@dataclass(frozen=True, kw_only=True)
class PostRemoved(PostEvent):
    """Readers do not see it any more."""


@dataclass(frozen=True, kw_only=True)
class PostRestored(PostEvent):
    """Readers see it again."""


@dataclass(frozen=True, kw_only=True)
class PostReported(PostEvent):
    """A reader says it should not stand there; `reason` is spam, rude, personal or other."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class PostEndorsed(PostEvent):
    """Staff answer for the house with it."""


@dataclass(frozen=True, kw_only=True)
class PostUnendorsed(PostEvent):
    """It counts as any other answer again."""


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(PostEvent):
    """Who asked, or staff, says that this post answers it."""


@dataclass(frozen=True, kw_only=True)
class AnswerUnaccepted(PostEvent):
    """It is open again."""


@dataclass(frozen=True, kw_only=True)
class ForumMemberChanged(Event):
    """Somebody chose a name, or what they hear."""

    profile_id: int


@dataclass(frozen=True, kw_only=True)
class ForumMemberBlocked(Event):
    """Somebody may not write any more."""

    profile_id: int


@dataclass(frozen=True, kw_only=True)
class ForumMemberUnblocked(Event):
    """Somebody may write again."""

    profile_id: int


@dataclass(frozen=True, kw_only=True)
class ForumProposalEvent(Event):
    """A fact about a forum somebody would like to have."""

    proposal_id: int


@dataclass(frozen=True, kw_only=True)
class ForumProposed(ForumProposalEvent):
    """Somebody would like to have another forum."""


@dataclass(frozen=True, kw_only=True)
class ForumProposalAccepted(ForumProposalEvent):
    """It was made; whoever proposed it is told."""

    forum_id: int


@dataclass(frozen=True, kw_only=True)
class ForumProposalDeclined(ForumProposalEvent):
    """It is not made; whoever proposed it is told why."""


@dataclass(frozen=True, kw_only=True)
class ForumProposalWithdrawn(ForumProposalEvent):
    """Whoever proposed it took it back."""


@dataclass(frozen=True, kw_only=True)
class PostFileAdded(PostEvent):
    """Files were put on a post that was there."""


@dataclass(frozen=True, kw_only=True)
class PostFileRemoved(PostEvent):
    """A file was taken off a post; `sha256` names its bytes."""

    sha256: str
