"""People of the desk: they join, change what they do, come and go, and leave."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.actions.contacts import normal_address
from charterdesk.people.actions.invitations import invite_agent
from charterdesk.people.events import (
    AgentActivated,
    AgentAdded,
    AgentChanged,
    AgentDeactivated,
    AgentStateChanged,
    InvitationRevoked,
)
from charterdesk.people.models import LANGUAGES, Agent, AgentLanguage, Invitation, Login, Skill

CHANGEABLE = frozenset({"name", "role", "free_role", "language", "time_zone", "capacity", "calendar"})
MOST_SKILLS = 50


@transaction.atomic
def add_agent(
    *,
    email: str,
    name: str,
    role: str = Agent.AGENT,
    password: str | None = None,
    language: str = "en",
    invite: bool = False,
    by: Actor,
) -> Agent:
    """Let a person join the desk; without a password they sign in by mailed code. With `invite` a mail asks them.

    Somebody who has a login as a customer keeps it, and their password unless one is given.
    Raises `Refused("people.already_agent")`.
    """
    address = normal_address(email)
    login = Login.objects.filter(email=address).first() or Login.objects.create_user(address, password)
    if Agent.objects.filter(login=login).exists():
        raise Refused("people.already_agent", _("%(address)s is an agent already.") % {"address": address})
    if password:
        login.set_password(password)
        login.save(update_fields=["password"])
    agent = Agent.objects.create(login=login, name=name[:200], role=role, language=language)
    publish(AgentAdded(agent_id=agent.pk, role=role, is_invited=invite), on=agent, by=by)
    if invite:
        invite_agent(agent, by=by)
    return agent


@transaction.atomic
def change_agent(
    agent: Agent,
    *,
    by: Actor,
    skills: Iterable[str] | None = None,
    languages: Mapping[str, int] | None = None,
    **fields: Any,
) -> None:
    """Change name, role, free_role, language, time_zone, capacity or calendar; `skills`, `languages` replace theirs.

    `skills` are names, `languages` levels by code; a `free_role` stands in place of what `role` allows.

    Nothing happens where nothing differs. Raises `Refused`: `people.last_administrator`, `people.no_such_role`,
    `people.no_such_time_zone`, `people.no_such_language`, `people.too_many_skills`.
    """
    if unknown := set(fields) - CHANGEABLE:
        raise ValueError(f"an agent has no {', '.join(sorted(unknown))} to change")
    agent.refresh_from_db(from_queryset=Agent.objects.select_for_update())
    changed = [name for name, value in fields.items() if getattr(agent, name) != value]
    _check(agent, {name: fields[name] for name in changed}, languages or {})
    for name in changed:
        setattr(agent, name, fields[name])
    if changed:
        agent.save(update_fields=changed)
    if skills is not None and _set_skills(agent, skills):
        changed.append("skills")
    if languages is not None and _set_languages(agent, languages):
        changed.append("languages")
    if changed:
        publish(AgentChanged(agent_id=agent.pk, fields=sorted(changed)), on=agent, by=by)


def _check(agent: Agent, fields: Mapping[str, Any], languages: Mapping[str, int]) -> None:
    """Refuse what does not exist, and a desk without an administrator."""
    if fields.get("role", agent.role) not in dict(Agent.ROLES):
        raise Refused("people.no_such_role", _("Choose a role from the list."))
    if "role" in fields or fields.get("free_role"):
        _keep_an_administrator(agent)
    if "time_zone" in fields and fields["time_zone"] not in available_timezones():
        raise Refused("people.no_such_time_zone", _("Choose a time zone such as Europe/Berlin."))
    known, levels = dict(LANGUAGES), dict(AgentLanguage.LEVELS)
    if fields.get("language", "en") not in known or not all(c in known and n in levels for c, n in languages.items()):
        raise Refused("people.no_such_language", _("Choose a language from the list."))


def _keep_an_administrator(agent: Agent) -> None:
    """Refuse to lose the last administrator: nobody could change the desk any more. Locks them all, one query."""
    administrators = Agent.objects.select_for_update().filter(role=Agent.ADMINISTRATOR, is_active=True)
    if list(administrators.values_list("pk", flat=True)) == [agent.pk]:
        message = _("%(agent)s is the only administrator. Make somebody else one first.") % {"agent": agent}
        raise Refused("people.last_administrator", message)


def _set_skills(agent: Agent, names: Iterable[str]) -> bool:
    """Give `agent` exactly these skills, new ones included; return whether that changed anything."""
    wanted = sorted({" ".join(name.split())[:80] for name in names if name.strip()})
    if len(wanted) > MOST_SKILLS:
        message = _("An agent has at most %(number)s skills.") % {"number": MOST_SKILLS}
        raise Refused("people.too_many_skills", message)
    had = set(agent.skills.values_list("name", flat=True))
    if had == set(wanted):
        return False
    agent.skills.set([Skill.objects.get_or_create(name=name)[0] for name in wanted])
    return True


def _set_languages(agent: Agent, levels: Mapping[str, int]) -> bool:
    """Let `agent` speak exactly these; return whether that changed anything."""
    if dict(agent.languages.values_list("language", "level")) == dict(levels):
        return False
    agent.languages.all().delete()
    AgentLanguage.objects.bulk_create(
        [AgentLanguage(agent=agent, language=code, level=level) for code, level in levels.items()]
    )
    return True


@transaction.atomic
def deactivate_agent(agent: Agent, *, by: Actor) -> None:
    """Take away the desk from `agent`, at once; what they wrote stays, what they had goes back to its teams.

    Nothing happens when they are out already. Raises `Refused("people.last_administrator")`.
    """
    agent.refresh_from_db(from_queryset=Agent.objects.select_for_update())
    if not agent.is_active:
        return
    _keep_an_administrator(agent)
    agent.is_active, agent.state, agent.state_since = False, Agent.AWAY, now()
    agent.save(update_fields=["is_active", "state", "state_since"])
    publish(AgentDeactivated(agent_id=agent.pk), on=agent, by=by)


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Let the link open nothing, and the agent in no more. Raises `Refused("people.invitation_accepted")`."""
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
    if invitation.accepted_at:
        message = _("They have come already. Say that they leave the desk instead.")
        raise Refused("people.invitation_accepted", message)
    if invitation.revoked_at:
        return
    invitation.revoked_at = now()
    invitation.save(update_fields=["revoked_at"])
    publish(InvitationRevoked(agent_id=invitation.agent_id, invitation_id=invitation.pk), on=invitation.agent, by=by)
    deactivate_agent(invitation.agent, by=by)


@transaction.atomic
def activate_agent(agent: Agent, *, by: Actor) -> None:
    """Let `agent` in again. Nothing happens when they are in."""
    agent.refresh_from_db(from_queryset=Agent.objects.select_for_update())
    if agent.is_active:
        return
    agent.is_active = True
    agent.save(update_fields=["is_active"])
    publish(AgentActivated(agent_id=agent.pk), on=agent, by=by)


def set_pane(agent: Agent, name: str, width: int) -> None:
    """Keep how wide `agent` drew a pane, in pixels. One statement; nothing to make known."""
    agent.panes = {**agent.panes, name: width}
    agent.save(update_fields=["panes"])


@transaction.atomic
def set_agent_state(agent: Agent, state: str, *, by: Actor) -> None:
    """Set the working state of `agent`; nothing happens when it is that already."""
    agent.refresh_from_db(from_queryset=Agent.objects.select_for_update())
    if agent.state == state:
        return
    agent.state, agent.state_since = state, now()
    agent.save(update_fields=["state", "state_since"])
    publish(AgentStateChanged(agent_id=agent.pk, state=state), on=agent, by=by)
