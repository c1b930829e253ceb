"""What happened around announcements and the status page: ids and codes only."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class AnnouncementEvent(Event):
    """Something about an announcement."""

    announcement_id: int


@dataclass(frozen=True, kw_only=True)
class AnnouncementSaved(AnnouncementEvent):
    """It was written or changed, in these fields."""

    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class AnnouncementRemoved(AnnouncementEvent):
    """A draft was thrown away."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementTried(AnnouncementEvent):
    """Somebody of the desk had it mailed to themselves."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementScheduled(AnnouncementEvent):
    """It will go out by itself."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementUnscheduled(AnnouncementEvent):
    """It will not: it is a draft again."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementStarted(AnnouncementEvent):
    """It goes out now, to so many people."""

    total: int


@dataclass(frozen=True, kw_only=True)
class AnnouncementPaused(AnnouncementEvent):
    """No more of it goes out for now."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementResumed(AnnouncementEvent):
    """It goes on."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementStopped(AnnouncementEvent):
    """No more of it goes out, ever."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementSent(AnnouncementEvent):
    """Everybody it was for was reached, or found unreachable."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementConfirmed(AnnouncementEvent):
    """A customer confirmed that they read it."""

    contact_id: int


@dataclass(frozen=True, kw_only=True)
class NoticesChosen(Event):
    """A customer said how they want announcements."""

    contact_id: int
    way: str
    is_unsubscribed: bool


@dataclass(frozen=True, kw_only=True)
class ComponentSaved(Event):
    """A part of the service was added or changed."""

    component_id: int


@dataclass(frozen=True, kw_only=True)
class IncidentEvent(Event):
    """Something about an outage or planned work."""

    incident_id: int


@dataclass(frozen=True, kw_only=True)
class IncidentOpened(IncidentEvent):
    """Customers are told of it from now on."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class IncidentChanged(IncidentEvent):
    """Its title, times or parts are others."""

    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class IncidentUpdated(IncidentEvent):
    """There is something new to say of it."""

    update_id: int
    stage: str


@dataclass(frozen=True, kw_only=True)
class IncidentEnded(IncidentEvent):
    """It is over."""


@dataclass(frozen=True, kw_only=True)
class StatusFollowed(Event):
    """Somebody asks to hear of the status; they have to confirm it."""

    follower_id: int
    is_confirmed: bool


@dataclass(frozen=True, kw_only=True)
class StatusUnfollowed(Event):
    """They want to hear of it no more."""

    follower_id: int
