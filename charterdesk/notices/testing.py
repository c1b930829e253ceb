"""Announcements for tests: make exactly what the test is about."""

from typing import Any

from charterdesk.notices.actions.announcements import save_announcement
from charterdesk.notices.actions.status import open_incident, save_component
from charterdesk.notices.models import Announcement, Component, Incident
from charterdesk.people.models import Team

WORDS = {"en": {"subject": "New prices", "text": "Dear {{ customer }},\n\nwater costs less from May."}}


def make_announcement(team: Team, **fields: Any) -> Announcement:
    """A draft for everybody, unless `fields` say otherwise."""
    return save_announcement(None, by="system", **({"team": team, "texts": WORDS} | fields))


def make_component(name: str = "Water supply") -> Component:
    """A part of the service."""
    return save_component(None, by="system", names={"en": name})


def make_incident(**fields: Any) -> Incident:
    """An outage of now, unless `fields` say otherwise."""
    given: dict[str, Any] = {
        "kind": Incident.OUTAGE,
        "titles": {"en": "No water in Mill Lane"},
        "texts": {"en": "A pipe broke. We are on our way."},
    }
    return open_incident(by="system", **(given | fields))
