"""What channels makes known."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class MailArrived(Event):
    """A mail was taken over from the outside, whole; it is read next."""

    mail_id: int


@dataclass(frozen=True, kw_only=True)
class MailRead(Event):
    """A mail became a message."""

    mail_id: int
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MailSetAside(Event):
    """A mail became no message; `state` says where it lies, `reason` (a code) why."""

    mail_id: int
    state: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MailHeld(Event):
    """An outgoing mail waits for the operator: in doubt, refused, or one of too many."""

    outgoing_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class MailSettled(Event):
    """An operator settled a mail that was held: it `arrived`, or it is to be sent (again)."""

    outgoing_id: int
    arrived: bool


@dataclass(frozen=True, kw_only=True)
class TrialMailSent(Event):
    """Somebody had a mail sent to themselves, to see that mail goes out."""

    team_id: int
    outgoing_id: int | None


@dataclass(frozen=True, kw_only=True)
class SenderBlocked(Event):
    """Mail from somewhere is junk from now on."""

    blocked_id: int


@dataclass(frozen=True, kw_only=True)
class SenderUnblocked(Event):
    """Mail from somewhere is looked at again."""

    blocked_id: int


@dataclass(frozen=True, kw_only=True)
class MailAccountSaved(Event):
    """An account was added or changed; `fields` are the names of what did, secrets by their name alone."""

    account_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class MailAccountRemoved(Event):
    """An account is fetched and sent through no more."""

    account_id: int
