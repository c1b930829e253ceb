"""Taking in a list of people: looked through, then a stretch at a time, each line by the action that it stands for."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.actions.agents import add_agent, change_agent
from charterdesk.people.actions.contacts import add_identity, change_contact, identify_contact
from charterdesk.people.actions.list_reading import (
    CHANGE,
    MAKE,
    MOST_BYTES,
    REFUSE,
    SAME,
    Line,
    judge,
    read_lines,
    read_text,
)
from charterdesk.people.actions.organisations import add_organisation, change_organisation
from charterdesk.people.actions.teams import add_member, remove_member
from charterdesk.people.erasing import Person, erases
from charterdesk.people.events import ImportEnded, ImportSent, ImportStarted
from charterdesk.people.models import Agent, Identity, ImportRun, Organisation
from charterdesk.people.viewer import viewer_of_agent

STRETCH = 100
"""So many lines are taken in by one transaction."""
MOST_PROBLEMS = 500


@transaction.atomic
def send_list(*, kind: str, filename: str, raw: bytes, agent: Agent | None, invites: bool) -> ImportRun:
    """Keep a list to be looked through; nothing comes of it yet. Raises `Refused` for what is no list."""
    if len(raw) > MOST_BYTES:
        raise Refused("people.list_too_long", _("The list is too large; send it in parts."))
    text = read_text(raw)
    total = len(read_lines(kind, text))
    run = ImportRun.objects.create(
        kind=kind, filename=filename[:200], data=text, total=total, agent=agent, invites=invites
    )
    publish(ImportSent(import_id=run.pk, kind=kind, lines=total), on=run, by=agent or "system")
    return run


def lines_of(run: ImportRun) -> list[Line]:
    """What would come of each line of a list as things are now. A few queries."""
    lines = read_lines(run.kind, run.data) if run.data else []
    judge(run.kind, lines, granted=_granted(run))
    return lines


def _granted(run: ImportRun) -> frozenset[str]:
    return viewer_of_agent(run.agent).permissions if run.agent and run.agent.is_active else frozenset()


@transaction.atomic
def start_import(run: ImportRun, *, by: Actor) -> None:
    """Have the list taken in from now on. Raises `Refused("people.import_started")`."""
    run.refresh_from_db(from_queryset=ImportRun.objects.select_for_update())
    if run.state != ImportRun.WAITING:
        raise Refused("people.import_started", _("This list is being taken in already."))
    run.state = ImportRun.RUNNING
    run.save(update_fields=["state"])
    publish(ImportStarted(import_id=run.pk, kind=run.kind, lines=run.total), on=run, by=by)


@transaction.atomic
def take_in_some(run: ImportRun, *, by: Actor) -> bool:
    """Take in the next stretch of lines; whether there is more. What was committed is not done again."""
    run.refresh_from_db(from_queryset=ImportRun.objects.select_for_update())
    if run.state != ImportRun.RUNNING:
        return False
    stretch = read_lines(run.kind, run.data)[run.position : run.position + STRETCH]
    judge(run.kind, stretch, granted=_granted(run))
    for line in stretch:
        _take_in(run, line, by)
    run.position += len(stretch)
    is_done = not stretch or run.position >= run.total
    run.save()
    if is_done:
        _end(run, ImportRun.DONE, by)
    return not is_done


def _take_in(run: ImportRun, line: Line, by: Actor) -> None:
    try:
        if line.verdict in (MAKE, CHANGE):
            with transaction.atomic():
                _CARRIED_OUT[run.kind](run, line, by)
    except Refused as refused:
        line.refuse(refused.message)
    counted = {MAKE: "made", CHANGE: "changed", SAME: "same", REFUSE: "refused"}[line.verdict]
    setattr(run, counted, getattr(run, counted) + 1)
    if line.verdict == REFUSE and len(run.problems) < MOST_PROBLEMS:
        run.problems = [*run.problems, line.number]


@transaction.atomic
def stop_import(run: ImportRun, *, by: Actor) -> None:
    """Give a list up; what was taken in stays. Nothing happens when it is over."""
    run.refresh_from_db(from_queryset=ImportRun.objects.select_for_update())
    if run.state in (ImportRun.WAITING, ImportRun.RUNNING):
        _end(run, ImportRun.STOPPED, by)


def _end(run: ImportRun, state: str, by: Actor) -> None:
    """It is over, and the list itself is kept no longer."""
    run.state, run.data, run.ended_at = state, "", now()
    run.save(update_fields=["state", "data", "ended_at"])
    event = ImportEnded(
        import_id=run.pk,
        made=run.made,
        changed=run.changed,
        refused=run.refused,
        is_stopped=state == ImportRun.STOPPED,
    )
    publish(event, on=run, by=by)


def _contact(run: ImportRun, line: Line, by: Actor) -> None:
    fields = dict(line.fields)
    contact = line.found or identify_contact(
        email=line.values["email"], name=fields.get("name", ""), language=fields.get("language", "en"), by=by
    )
    if phone := fields.pop("phone", ""):
        add_identity(contact, kind=Identity.PHONE, value=phone, by=by)
    if isinstance(name := fields.get("organisation"), str):
        known = Organisation.objects.filter(name__iexact=name, merged_into=None).first()
        fields["organisation"] = known or add_organisation(name=name, by=by)
    change_contact(contact, by=by, **fields)


def _organisation(run: ImportRun, line: Line, by: Actor) -> None:
    if line.found:
        change_organisation(line.found, by=by, **line.fields)
    else:
        add_organisation(by=by, **line.fields)


def _agent(run: ImportRun, line: Line, by: Actor) -> None:
    fields = dict(line.fields)
    teams = fields.pop("teams", None)
    agent = line.found or add_agent(
        email=line.values["email"],
        name=fields.get("name") or line.values["email"].partition("@")[0],
        role=fields.get("role", Agent.AGENT),
        language=fields.get("language", "en"),
        invite=run.invites,
        by=by,
    )
    change_agent(agent, by=by, **fields)
    if teams is not None:
        _set_teams(agent, teams, by)


def _set_teams(agent: Agent, teams: Sequence[Any], by: Actor) -> None:
    had = {team.pk: team for team in agent.teams.all()}
    for team in teams:
        if team.pk not in had:
            add_member(team, agent, by=by)
    for pk, team in had.items():
        if pk not in {each.pk for each in teams}:
            remove_member(team, agent, by=by)


_CARRIED_OUT: dict[str, Callable[[ImportRun, Line, Actor], None]] = {
    ImportRun.CONTACTS: _contact,
    ImportRun.ORGANISATIONS: _organisation,
    ImportRun.AGENTS: _agent,
}


@erases
def forget_lists(person: Person) -> None:
    """Give up lists that are not taken in yet, if they name whoever is forgotten."""
    for run in ImportRun.objects.exclude(data=""):
        if any(trace.lower() in run.data.lower() for trace in person.traces):
            ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.STOPPED, data="", ended_at=now())
