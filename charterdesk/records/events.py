"""What records makes known."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class ContactExported(Event):
    """What we keep of a customer was handed out; `with_notes` says whether notes of the house were in it."""

    contact_id: int
    with_notes: bool = False


@dataclass(frozen=True, kw_only=True)
class AddressErased(Event):
    """Somebody known by an e-mail address alone was forgotten: how much there was of what, and what is `left` of it.

    Neither the address nor anything made of it stands here.
    """

    comments: int
    follows: int
    mails: int
    tickets: int
    left: int
    with_words: bool = False


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(Event):
    """Nothing of `subject` (a key) is deleted from now on."""

    hold_id: int
    subject: str


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Event):
    """What was held back may go when its time comes."""

    hold_id: int
    subject: str


@dataclass(frozen=True, kw_only=True)
class RetentionRuleSaved(Event):
    """How long something is kept was set; `fields` are the names of what changed."""

    rule_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class RetentionRuleRemoved(Event):
    """There is no such rule any more."""

    rule_id: int


@dataclass(frozen=True, kw_only=True)
class RetentionApplied(Event):
    """A piece of what was old enough went as its rule says; `ids` of the rows, the proof that they are gone."""

    rule_id: int
    what: str
    action: str
    ids: list[int]
