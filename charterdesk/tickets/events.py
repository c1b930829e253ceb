"""What tickets makes known. Ids and codes only: no text, no names, no addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class TicketEvent(Event):
    """A fact about one ticket; `team_id` is the team that owns it at that moment."""

    ticket_id: int
    team_id: int


@dataclass(frozen=True, kw_only=True)
class TicketOpened(TicketEvent):
    """A request was taken on. `message_id` is its first message; `is_ours` where nobody outside waits for an answer."""

    contact_id: int
    message_id: int
    channel: str
    is_ours: bool = False


@dataclass(frozen=True, kw_only=True)
class MessageReceived(TicketEvent):
    """Somebody outside wrote, or their machine did. `side_thread_id` is set when it was a third party."""

    beside: ClassVar[str] = TicketOpened.code
    beside_if: ClassVar[str] = "is_first"
    message_id: int
    contact_id: int | None = None
    side_thread_id: int | None = None
    is_first: bool = False
    is_automatic: bool = False


@dataclass(frozen=True, kw_only=True)
class MessageQueued(TicketEvent):
    """A message of ours is to be sent, now or at its time. `agent_id` is None for automatic ones.

    `resent` counts how often it was sent before.
    """

    message_id: int
    agent_id: int | None = None
    template: str = ""
    side_thread_id: int | None = None
    resent: int = 0


@dataclass(frozen=True, kw_only=True)
class MessageCalledBack(TicketEvent):
    """Sending was undone in time."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageSent(TicketEvent):
    """The outside took the message over; `elsewhere`: an agent sent it from a mail program, and we took it in."""

    message_id: int
    elsewhere: bool = False


@dataclass(frozen=True, kw_only=True)
class MessageDelivered(TicketEvent):
    """The receiver's device has the message, as its provider says; only text messages tell."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageUndelivered(TicketEvent):
    """The message did not arrive, or (`in_doubt`) nobody can tell whether it did."""

    message_id: int
    in_doubt: bool = False


@dataclass(frozen=True, kw_only=True)
class NoteAdded(TicketEvent):
    """Somebody of the desk left a note inside the house."""

    message_id: int
    agent_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class RuleDue(TicketEvent):
    """The time of a rule that goes by the clock has come for this ticket."""

    rule_id: int
    message_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TicketEscalated(TicketEvent):
    """Whoever leads its team was asked to look after it."""


@dataclass(frozen=True, kw_only=True)
class TicketAssigned(TicketEvent):
    """An agent has it now. `former_id` had it before."""

    assignee_id: int
    former_id: int | None = None
    automatic: bool = False


@dataclass(frozen=True, kw_only=True)
class TicketReleased(TicketEvent):
    """Nobody has it any more; `reason` is a code such as `away`."""

    former_id: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketMoved(TicketEvent):
    """Another team owns it now (`team_id`); before, it was `former_team_id`."""

    former_team_id: int


@dataclass(frozen=True, kw_only=True)
class TicketPrioritised(TicketEvent):
    """Its priority changed."""

    priority: int
    former: int


@dataclass(frozen=True, kw_only=True)
class TicketClassified(TicketEvent):
    """Its type changed."""

    type: str
    former: str


@dataclass(frozen=True, kw_only=True)
class TicketTagged(TicketEvent):
    """Tags were put on or taken off."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TicketRenamed(TicketEvent):
    """Its subject was rewritten."""


@dataclass(frozen=True, kw_only=True)
class TicketPaused(TicketEvent):
    """It waits: `status` is `pending` (for the customer) or `on_hold` (for others)."""

    status: str
    former: str


@dataclass(frozen=True, kw_only=True)
class TicketResumed(TicketEvent):
    """It is our turn again."""

    former: str


@dataclass(frozen=True, kw_only=True)
class TicketSolved(TicketEvent):
    """The work is done and the customer is told how; with `told_with` by the closing mail of that other ticket."""

    assignee_id: int | None = None
    told_with: int | None = None


@dataclass(frozen=True, kw_only=True)
class TicketReopened(TicketEvent):
    """It was solved, but not for the customer, or not for us."""

    former: str


@dataclass(frozen=True, kw_only=True)
class ClosingUndone(TicketEvent):
    """It was closed too early: it is solved, as it was before."""

    code: ClassVar[str] = "ticket.closing_undone"


@dataclass(frozen=True, kw_only=True)
class TicketClosed(TicketEvent):
    """It is over; `reason` is a code such as `silent`, `customer`, `junk` or `merged`."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketGraded(TicketEvent):
    """Its customer gave a grade from 1 to 5 for the solution of `assignee_id`."""

    grade_id: int
    score: int
    assignee_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TicketFavoured(TicketEvent):
    """Its customer is of a loyalty tier: it goes earlier, where no other promise suffers."""

    tier_id: int


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(TicketEvent):
    """Its customer agreed in writing that it ends; `agent_id` recorded that, None when they did so themselves.

    `on_paper`: the signed paper was scanned, and hangs on a note of the ticket.
    """

    consent_id: int
    agent_id: int | None = None
    on_paper: bool = False


@dataclass(frozen=True, kw_only=True)
class RequestRefused(TicketEvent):
    """Management refused it, with an explanation sent in `message_id`, once it was settled for its customer."""

    attempt_id: int
    message_id: int
    agent_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class RefusalBarred(TicketEvent):
    """Somebody wanted to refuse it and could not: `missing` says what was missing."""

    attempt_id: int
    missing: tuple[str, ...]
    agent_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AgentKeptOut(TicketEvent):
    """It is about this agent: they no longer see it, nor work on it."""

    agent_id: int


@dataclass(frozen=True, kw_only=True)
class AgentLetBack(TicketEvent):
    """It is not about this agent after all."""

    agent_id: int


@dataclass(frozen=True, kw_only=True)
class GradeTermsChanged(Event):
    """How a team (None: all others) asks for grades changed; `fields` are the names of what differs."""

    terms_id: int
    team_id: int | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RequesterChanged(TicketEvent):
    """Another contact is the one it is for."""

    contact_id: int
    former_id: int


@dataclass(frozen=True, kw_only=True)
class CopiesChanged(TicketEvent):
    """Somebody was put on copy or taken off."""


@dataclass(frozen=True, kw_only=True)
class FollowerAdded(TicketEvent):
    """An agent follows it."""

    agent_id: int


@dataclass(frozen=True, kw_only=True)
class FollowerRemoved(TicketEvent):
    """An agent no longer follows it."""

    agent_id: int


@dataclass(frozen=True, kw_only=True)
class TicketMerged(TicketEvent):
    """It goes on in `target_id`."""

    target_id: int


@dataclass(frozen=True, kw_only=True)
class TicketMergeUndone(TicketEvent):
    """It stands on its own again."""

    target_id: int


@dataclass(frozen=True, kw_only=True)
class TicketSplit(TicketEvent):
    """Messages of it became a ticket of their own, `new_id`."""

    new_id: int


@dataclass(frozen=True, kw_only=True)
class TicketLinked(TicketEvent):
    """It stands to `other_id` as `kind` says."""

    other_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class TicketUnlinked(TicketEvent):
    """A link was taken off."""

    other_id: int


@dataclass(frozen=True, kw_only=True)
class MessageRedacted(TicketEvent):
    """What a message said was taken out for good."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class AttachmentRedacted(TicketEvent):
    """A file was taken out for good."""

    attachment_id: int
    message_id: int


@dataclass(frozen=True, kw_only=True)
class TicketForwarded(TicketEvent):
    """A third party was asked."""

    side_thread_id: int
    message_id: int


@dataclass(frozen=True, kw_only=True)
class FieldsChanged(TicketEvent):
    """Something else stands in these of its custom fields; `chosen` is what, where it is a choice or yes or no."""

    fields: tuple[str, ...]
    chosen: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TicketFieldDefined(Event):
    """A custom field was made or changed."""

    field_id: int


@dataclass(frozen=True, kw_only=True)
class TicketFieldRetired(Event):
    """A custom field was removed; what stood in it stays in the tickets, unseen."""

    field_id: int


@dataclass(frozen=True, kw_only=True)
class RequestFormDefined(Event):
    """A request form was made or changed."""

    form_id: int


@dataclass(frozen=True, kw_only=True)
class RequestFormRetired(Event):
    """A request form was removed."""

    form_id: int


@dataclass(frozen=True, kw_only=True)
class ChecklistItemEvent(TicketEvent):
    """Something about an item of its checklist."""

    item_id: int


@dataclass(frozen=True, kw_only=True)
class ChecklistItemAdded(ChecklistItemEvent):
    """Something more is to be done."""

    assignee_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ChecklistItemChanged(ChecklistItemEvent):
    """It says something else, is somebody else's, or is due another day."""

    assignee_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ChecklistItemDone(ChecklistItemEvent):
    """It was done."""


@dataclass(frozen=True, kw_only=True)
class ChecklistItemReopened(ChecklistItemEvent):
    """It was not done after all."""


@dataclass(frozen=True, kw_only=True)
class ChecklistItemRemoved(ChecklistItemEvent):
    """It need not be done."""


@dataclass(frozen=True, kw_only=True)
class TicketSnoozed(TicketEvent):
    """It is out of the way until a time, or (None) until its customer writes."""

    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TicketWoken(TicketEvent):
    """It is back; `reason` is `time`, `reply`, `done`, or none when somebody woke it."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OutsiderLooked(Event):
    """Somebody who does not work for its team looked at a ticket; `about` is its key."""

    about: str
    ticket_id: int
    team_id: int


@dataclass(frozen=True, kw_only=True)
class MacroSaved(Event):
    """A macro was made or changed; `fields` are the names of what differs."""

    macro_id: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MacroRemoved(Event):
    """A macro is gone."""

    macro_id: int


@dataclass(frozen=True, kw_only=True)
class MacroApplied(TicketEvent):
    """A macro was carried out on it."""

    macro_id: int


@dataclass(frozen=True, kw_only=True)
class SavedViewChanged(Event):
    """A view was kept or changed; `sharing` says for whom."""

    view_id: int
    sharing: str
    team_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SavedViewRemoved(Event):
    """A view was taken away."""

    view_id: int
    sharing: str
    team_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class BulkChangeStarted(Event):
    """Somebody wants one thing done to many tickets."""

    run_id: int
    what: str
    total: int


@dataclass(frozen=True, kw_only=True)
class BulkChangeFinished(Event):
    """It is done, was stopped, or is taken back: `state` says which."""

    run_id: int
    state: str
    done: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class TagChanged(Event):
    """A tag was described anew, or its tickets get another one (`into_id`), which was there before if `is_merge`."""

    tag_id: int
    fields: list[str]
    into_id: int | None = None
    is_merge: bool = False


@dataclass(frozen=True, kw_only=True)
class TagRemoved(Event):
    """A tag is taken off all tickets."""

    tag_id: int


@dataclass(frozen=True, kw_only=True)
class OwnTextChanged(Event):
    """A text the desk sends was written anew in a language, for a team or all; `is_default` says it is ours again."""

    name: str
    language: str
    team_id: int | None = None
    is_default: bool = False


@dataclass(frozen=True, kw_only=True)
class TemplateSaved(Event):
    """A template says something new from now on: its version of this number."""

    template_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class TemplateRemoved(Event):
    """A template is not there any more for rules to send."""

    template_id: int


@dataclass(frozen=True, kw_only=True)
class TopicLinked(TicketEvent):
    """A topic of the community and the ticket belong together: `origin` (topic or ticket) says which came first."""

    topic_id: int
    origin: str


@dataclass(frozen=True, kw_only=True)
class ArticleUsed(TicketEvent):
    """An article of the help centre was given as an answer, in this version."""

    text_id: int
    number: int
