"""How far a rule may reach, by who makes it: who sets up the desk makes any, who leads a team one for that team."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused, require
from charterdesk.events.operations import find
from charterdesk.events.rule_times import OPERATIONS as COMING_DUE
from charterdesk.people import permissions as named
from charterdesk.people.models import Agent, Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Macro
from charterdesk.tickets.policies import may_administer

Body = Mapping[str, Any]
OURS = ("tickets.", "sla.", "complaints.")
"""What a team's rule may do: deeds on its ticket. Webhooks take data out of the desk, so they are the desk's."""


def may_set_rules(viewer: Viewer) -> bool:
    """Whether `viewer` may make rules at all: of the desk, or of some team. No query."""
    return may_administer(viewer, named.SET_RULES) or (viewer.is_staff and viewer.may_in_some_team(named.TEAM_RULES))


def may_set_desk_rules(viewer: Viewer) -> bool:
    """Whether `viewer` may make and change every rule, and their order. No query."""
    return may_administer(viewer, named.SET_RULES)


def may_change_rule(viewer: Viewer, body: Body) -> bool:
    """Whether a rule that says `body` is the viewer's to see and change: any, or one of a team of theirs. No query."""
    if may_set_desk_rules(viewer):
        return True
    team = body.get("team")
    return viewer.is_staff and isinstance(team, int) and team in viewer.team_ids and viewer.may(named.TEAM_RULES, team)


def teams_of_rules(viewer: Viewer) -> list[tuple[int, str]]:
    """The teams for which `viewer` may make rules, by name. One statement."""
    found = Team.objects.order_by("name").values_list("pk", "name")
    return [(pk, name) for pk, name in found if may_change_rule(viewer, {"team": pk})]


def is_of_teams(operation: str) -> bool:
    """Whether a team's rule may perform `operation`: a deed on its ticket and on no other (as linking two is), and not
    what the desk does by itself.
    """
    known = find(operation)
    if known is None or not known.subject or not operation.startswith(OURS) or operation in COMING_DUE.values():
        return False
    others = [one.model for one in known.parameters if one.name != known.subject and one.model]
    return all(model in (Agent, Team, Macro) for model in others)


def check_reach(viewer: Viewer, body: Body) -> None:
    """Raise `Refused("tickets.rule_reach")` where `viewer` may not have a rule that says `body`."""
    require(may_set_rules(viewer))
    if may_set_desk_rules(viewer):
        return
    if not may_change_rule(viewer, body):
        raise Refused("tickets.rule_reach", _("Say for which of your teams it is."))
    for step in body.get("then", ()):
        if "on" in step or not is_of_teams(str(step.get("operation"))):
            text = _("A team's rule acts on its tickets alone: it can't do %s.")
            raise Refused("tickets.rule_reach", text % step.get("operation"))
