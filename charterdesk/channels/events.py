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
class MailReturned(Event):
    """A mail to one of many (by the number in its return path) came back."""

    recipient_id: int


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


@dataclass(frozen=True, kw_only=True)
class SmsArrived(Event):
    """A text was taken over from a provider; it is read next, or, as part of a long one, when the others are there."""

    sms_id: int
    is_whole: bool = True


@dataclass(frozen=True, kw_only=True)
class SmsRead(Event):
    """A text became a message; with `message_id` None it is none, for the `reason` (a code)."""

    sms_id: int
    message_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SmsHeld(Event):
    """A text to go waits for the operator: in doubt, refused, or one of too many."""

    out_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class SmsSettled(Event):
    """An operator settled a text that was held: it `arrived`, or it is to be sent (again)."""

    out_id: int
    arrived: bool


@dataclass(frozen=True, kw_only=True)
class SmsStopped(Event):
    """A customer wants no more texts than they are owed."""

    stop_id: int
    number_id: int


@dataclass(frozen=True, kw_only=True)
class SmsStarted(Event):
    """A customer takes texts again."""

    number_id: int


@dataclass(frozen=True, kw_only=True)
class SmsNumberSaved(Event):
    """A number was added or changed; `fields` are the names of what did, the secret by its name alone."""

    number_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class SmsNumberRemoved(Event):
    """A number is sent from and received at no more."""

    number_id: int


@dataclass(frozen=True, kw_only=True)
class MailNotPosted(Event):
    """An answer by mail did not become a post in the community; whoever sent it is told why. `reason` is a code."""

    mail_id: int
    follow_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class MailNotCommented(Event):
    """An answer by mail did not become a comment below its article; whoever sent it is told why. `reason` is a code."""

    mail_id: int
    follow_id: int
    reason: str
