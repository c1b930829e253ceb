"""Teams: their address, hours and way to sign, and who is in them."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.events.log import publish
from charterdesk.people.actions.contacts import normal_address
from charterdesk.people.events import MemberAdded, MemberRemoved, TeamAdded, TeamChanged
from charterdesk.people.models import LANGUAGES, Agent, Membership, Skill, Team

CHANGEABLE = frozenset(
    {"name", "address", "sender_name", "signature", "signatures", "cc_policy", "language", "calendar", "is_public"}
)


@transaction.atomic
def add_team(*, by: Actor, name: str, address: str, calendar: BusinessCalendar, **fields: Any) -> Team:
    """Make a team; `fields` are those `change_team` changes. Raises as `change_team`."""
    team = Team()
    _apply(team, {"name": name, "address": address, "calendar": calendar, **fields})
    _save(team)
    publish(TeamAdded(team_id=team.pk), on=team, by=by)
    return team


@transaction.atomic
def change_team(team: Team, *, by: Actor, **fields: Any) -> None:
    """Change how a team is called, reached, open and signed; `skill` is a name, "" for none.

    `signatures` maps a language to what stands under mails in it; `signature` is for all others. Nothing happens
    where nothing differs. Raises `Refused`: `people.team_name_taken`, `people.team_address_taken`,
    `people.bad_team_address`, `people.no_such_language`, `people.no_such_cc_policy`.
    """
    team.refresh_from_db(from_queryset=Team.objects.select_for_update())
    changed = _apply(team, fields)
    if changed:
        _save(team)
        publish(TeamChanged(team_id=team.pk, fields=changed), on=team, by=by)


def _apply(team: Team, fields: Mapping[str, Any]) -> list[str]:
    """Set and check `fields`; return the names of those that differ, in order."""
    if unknown := set(fields) - CHANGEABLE - {"skill"}:
        raise ValueError(f"a team has no {', '.join(sorted(unknown))} to change")
    values = dict(fields)
    if "address" in values:
        values["address"] = normal_address(values["address"])
    if "skill" in values:
        skill = " ".join(values["skill"].split())
        values["skill"] = Skill.objects.get_or_create(name=skill)[0] if skill else None
    if "signatures" in values:
        values["signatures"] = {code: text for code, text in values["signatures"].items() if text.strip()}
    changed = sorted(name for name, value in values.items() if getattr(team, name, None) != value)
    for name in changed:
        setattr(team, name, values[name])
    if "address" in changed:
        _check_address(team.address)
    _check(team)
    return changed


def _check_address(address: str) -> None:
    """Raise `Refused` for what is no address; the desk's own domain may have no dot, on an internal network."""
    try:
        EmailValidator(allowlist=["localhost", settings.MAIL_DOMAIN])(address)
    except ValidationError as error:
        raise Refused("people.bad_team_address", _("This is no e-mail address.")) from error


def _check(team: Team) -> None:
    if team.cc_policy not in dict(Team.CC_POLICIES):
        raise Refused("people.no_such_cc_policy", _("Choose from the list who gets copies."))
    if set(team.signatures) - set(dict(LANGUAGES)) or team.language not in dict(LANGUAGES):
        raise Refused("people.no_such_language", _("Choose a language from the list."))
    others = Team.objects.exclude(pk=team.pk)
    if others.filter(name=team.name).exists():
        raise Refused("people.team_name_taken", _("Another team has this name."))
    if others.filter(address=team.address).exists():
        raise Refused("people.team_address_taken", _("Another team has this address; mail to it can go to one only."))


def _save(team: Team) -> None:
    """Keep `team`, whoever else makes one like it at the same moment."""
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        message = _("Another team took this name or address just now.")
        raise Refused("people.team_name_taken", message) from error


@transaction.atomic
def add_member(team: Team, agent: Agent, *, by: Actor) -> None:
    """Let `agent` work for `team`. Nothing happens when they do. Raises `Refused("people.inactive_agent")`."""
    if not agent.is_active:
        raise Refused("people.inactive_agent", _("%(agent)s has left the desk.") % {"agent": agent})
    _membership, is_new = Membership.objects.get_or_create(team=team, agent=agent)
    if is_new:
        publish(MemberAdded(team_id=team.pk, agent_id=agent.pk), on=team, by=by)


@transaction.atomic
def remove_member(team: Team, agent: Agent, *, by: Actor) -> None:
    """`agent` works for `team` no more; what they had of it goes back into its queue. Nothing where they don't."""
    gone, _by_model = Membership.objects.filter(team=team, agent=agent).delete()
    if gone:
        publish(MemberRemoved(team_id=team.pk, agent_id=agent.pk), on=team, by=by)
