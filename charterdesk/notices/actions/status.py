"""The status page: parts of the service, outages and planned work, and those who follow them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import Skipped, skipped
from charterdesk.notices.events import (
    ComponentSaved,
    IncidentChanged,
    IncidentEnded,
    IncidentOpened,
    IncidentUpdated,
)
from charterdesk.notices.models import Component, Incident, IncidentUpdate
from charterdesk.people.models import LANGUAGES
from charterdesk.tickets.models import Ticket

PIECE = 200
"""So many followers in one transaction."""
ASK_AGAIN = timedelta(hours=1)
"""Whoever is asked to confirm is not asked again before that: nobody fills a stranger's mailbox."""
REPORTED = skipped("notices.reported", gettext_lazy("it stands on the status page already"))
INCIDENT = ("titles", "impact", "starts_at", "ends_at", "ticket")


def _words(given: Mapping[str, str], *, most: int) -> dict[str, str]:
    """Texts by language. Raises `Refused`: `notices.no_text` for none, `notices.bad_text`."""
    kept = {language: text.strip() for language, text in given.items() if text.strip()}
    if not set(kept) <= set(dict(LANGUAGES)) or any(len(text) > most for text in kept.values()):
        raise Refused("notices.bad_text", _("It can be at most %(most)s characters long.") % {"most": most})
    if not kept:
        raise Refused("notices.no_text", _("Say what it is, in one language at least."))
    return kept


@transaction.atomic
def save_component(
    component: Component | None, *, by: Actor, names: Mapping[str, str], position: int = 100, is_active: bool = True
) -> Component:
    """Add a part of the service, or change it; one that is no longer shown keeps its history.

    Raises `Refused`: `notices.no_text`, `notices.bad_text`.
    """
    component = component or Component()
    wanted = {"names": _words(names, most=80), "position": position, "is_active": is_active}
    if component.pk is None or any(getattr(component, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(component, name, value)
        component.save()
        publish(ComponentSaved(component_id=component.pk), on=component, by=by)
    return component


@transaction.atomic
def open_incident(
    *,
    by: Actor,
    kind: str,
    titles: Mapping[str, str],
    texts: Mapping[str, str],
    components: Sequence[Component] = (),
    impact: str = Incident.PARTLY,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    ticket: Ticket | None = None,
) -> Incident:
    """Say that something does not work, or that work is planned, and tell those who follow the status.

    Raises `Refused`: `notices.no_text`, `notices.bad_text`, `notices.no_times`.
    """
    incident = Incident(
        kind=kind,
        titles=_words(titles, most=160),
        impact=impact,
        starts_at=starts_at or now(),
        ends_at=ends_at,
        ticket=ticket,
    )
    _refuse_times(incident)
    incident.save()
    incident.components.set(components)
    publish(IncidentOpened(incident_id=incident.pk, kind=kind), on=incident, by=by)
    _say(incident, by=by, stage="" if incident.is_works else incident.stage, texts=texts)
    return incident


def _refuse_times(incident: Incident) -> None:
    if incident.is_works and incident.ends_at is None:
        raise Refused("notices.no_times", _("Say until when the work will take."))
    if incident.ends_at is not None and incident.ends_at <= incident.starts_at:
        raise Refused("notices.no_times", _("It has to end after it begins."))


@transaction.atomic
def change_incident(
    incident: Incident, *, by: Actor, components: Sequence[Component] | None = None, **fields: Any
) -> None:
    """Correct what is said of an incident: `titles`, `impact`, times, `ticket`, and its parts. Nobody is mailed.

    Raises `Refused` as `open_incident`.
    """
    incident.refresh_from_db(from_queryset=Incident.objects.select_for_update())
    if unknown := set(fields) - set(INCIDENT):
        raise ValueError(f"of an incident nobody changes {', '.join(sorted(unknown))}")
    if "titles" in fields:
        fields["titles"] = _words(fields["titles"], most=160)
    changed = sorted(name for name, value in fields.items() if getattr(incident, name) != value)
    for name in changed:
        setattr(incident, name, fields[name])
    _refuse_times(incident)
    if components is not None and set(components) != set(incident.components.all()):
        incident.components.set(components)
        changed.append("components")
    if changed:
        incident.save()
        publish(IncidentChanged(incident_id=incident.pk, fields=changed), on=incident, by=by)


@transaction.atomic
def update_incident(incident: Incident, *, by: Actor, texts: Mapping[str, str], stage: str = "") -> IncidentUpdate:
    """Say something new of it, and tell those who follow; with the stage `over` it ends.

    Raises `Refused`: `notices.is_over`, `notices.no_text`, `notices.bad_text`.
    """
    incident.refresh_from_db(from_queryset=Incident.objects.select_for_update())
    if incident.ended_at:
        raise Refused("notices.is_over", _("It is over. Say what is new in a new one."))
    if stage:
        incident.stage = stage
    if incident.stage == Incident.OVER:
        incident.ended_at = now()
    incident.save(update_fields=["stage", "ended_at"])
    update = _say(incident, by=by, stage=stage, texts=texts)
    if incident.ended_at:
        publish(IncidentEnded(incident_id=incident.pk), on=incident, by=by)
    return update


def _say(incident: Incident, *, by: Actor, stage: str, texts: Mapping[str, str]) -> IncidentUpdate:
    update = IncidentUpdate.objects.create(incident=incident, stage=stage, texts=_words(texts, most=4000))
    publish(IncidentUpdated(incident_id=incident.pk, update_id=update.pk, stage=stage), on=incident, by=by)
    return update


@operation("notices.report_outage", leaves=True)
@transaction.atomic
def report_outage(ticket: Ticket, *, by: Actor, component: Component, text: str) -> Incident | Skipped:
    """Say on the status page that a part does not work, once for each ticket that is about it.

    `text` is in the language of the ticket's team. Raises `Refused` as `open_incident`.
    """
    Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    known = Incident.objects.filter(ticket=ticket, ended_at=None).first()
    if known:
        return REPORTED
    language = ticket.team.language
    with translation.override(language):
        title = _("%(part)s: a disturbance") % {"part": component}
    return open_incident(
        by=by,
        kind=Incident.OUTAGE,
        titles={language: title},
        texts={language: text},
        components=[component],
        ticket=ticket,
    )
