"""What calls make known. Ids and codes only: numbers stand on the call's row."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class CallEvent(Event):
    """A fact about one call; `direction` is `in` or `out`, `agent_id` who talks or talked."""

    call_id: int
    team_id: int
    direction: str
    contact_id: int | None = None
    agent_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CallRang(CallEvent):
    """Somebody calls, or is called."""


@dataclass(frozen=True, kw_only=True)
class CallAnswered(CallEvent):
    """Somebody picked up."""


@dataclass(frozen=True, kw_only=True)
class CallTransferred(CallEvent):
    """Somebody else talks from now on: `agent_id`; `former_id` did before."""

    former_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CallEnded(CallEvent):
    """A talk is over."""


@dataclass(frozen=True, kw_only=True)
class CallMissed(CallEvent):
    """It ended without a talk; `cause` is missed, busy, refused or voicemail."""

    cause: str


@dataclass(frozen=True, kw_only=True)
class CallFiled(CallEvent):
    """The call belongs to a ticket."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class CallerNamed(CallEvent):
    """Somebody said who it is: `contact_id`."""

    former_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CallBackAsked(CallEvent):
    """A missed call is to be called back, on `ticket_id`; `is_new`: it is the first of its number."""

    ticket_id: int
    call_back_id: int
    is_new: bool = True


@dataclass(frozen=True, kw_only=True)
class CallBackMade(CallEvent):
    """Whom we had missed was reached."""

    ticket_id: int
    call_back_id: int


@dataclass(frozen=True, kw_only=True)
class PhoneLineSaved(Event):
    """A number that customers call was set up or changed."""

    line_id: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PhoneLineRemoved(Event):
    """Calls to a number are no longer taken over."""

    line_id: int


@dataclass(frozen=True, kw_only=True)
class PhoneSystemSaved(Event):
    """A telephone system may report calls; `is_new_secret`: its address is another from now on."""

    system_id: int
    is_new_secret: bool = False


@dataclass(frozen=True, kw_only=True)
class PhoneSystemRemoved(Event):
    """A telephone system reports no more."""

    system_id: int


@dataclass(frozen=True, kw_only=True)
class ExtensionChanged(Event):
    """An agent has other extensions."""

    agent_id: int
