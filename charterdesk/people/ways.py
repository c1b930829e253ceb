"""Of what agents hear, and by which ways: each person's choice, else what most people want."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from charterdesk.people.models import Agent, Membership, Preferences
from charterdesk.people.permissions import (
    AGREE_CONTRACTS,
    APPROVE_REFUNDS,
    MODERATE_COMMUNITY,
    RUN_COMMUNITY,
    SET_EVERYTHING,
    SET_RULES,
    WORK_ON_MONEY,
    WRITE_KNOWLEDGE,
)
from charterdesk.people.viewer import Viewer

PAGE, PUSH, MAIL = "page", "push", "mail"
WAYS = [(PAGE, _("on the page")), (PUSH, _("as a notification")), (MAIL, _("by mail"))]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of notice: the codes it covers, and how it comes to whoever chose nothing.

    One that is about no ticket names the `page` where something is to be done, and the permission that page `needs`.
    """

    code: str
    name: Any
    notices: frozenset[str]
    usual: tuple[str, ...]
    needs: str = ""
    page: str = ""


KINDS = (
    Kind(
        code="assigned",
        name=_("A ticket is given to me"),
        notices=frozenset({"ticket.assigned"}),
        usual=(PAGE, PUSH, MAIL),
    ),
    Kind(
        code="reply",
        name=_("A customer answers on a ticket of mine"),
        notices=frozenset({"message.received"}),
        usual=(PAGE, PUSH),
    ),
    Kind(
        code="mention",
        name=_("A colleague asks me"),
        notices=frozenset({"ticket.mentioned"}),
        usual=(PAGE, PUSH, MAIL),
    ),
    Kind(
        code="soon",
        name=_("A promise is due soon"),
        notices=frozenset({"target.nearing"}),
        usual=(PAGE, PUSH, MAIL),
    ),
    Kind(code="late", name=_("A promise is late"), notices=frozenset({"target.breached"}), usual=(PAGE, PUSH, MAIL)),
    Kind(
        code="complaint",
        name=_("A customer complains"),
        notices=frozenset({"complaint.taken", "complaint.escalated"}),
        usual=(PAGE, PUSH, MAIL),
    ),
    Kind(
        code="graded",
        name=_("A customer was not helped"),
        notices=frozenset({"ticket.graded_low"}),
        usual=(PAGE, PUSH, MAIL),
    ),
    Kind(
        code="followed",
        name=_("Something happens on a ticket I follow"),
        notices=frozenset({"ticket.changed"}),
        usual=(PAGE,),
    ),
    Kind(
        code="told",
        name=_("A rule tells me something"),
        notices=frozenset({"ticket.told", "ticket.escalated"}),
        usual=(PAGE, PUSH, MAIL),
    ),
    Kind(
        code="rules",
        name=_("A rule fails and was switched off"),
        notices=frozenset({"rule.parked"}),
        usual=(PAGE, MAIL),
        needs=SET_RULES,
        page="/desk/admin/rules",
    ),
    Kind(code="team", name=_("My team gets a new ticket"), notices=frozenset({"ticket.opened"}), usual=()),
    Kind(
        code="erasure",
        name=_("A customer asks to be erased"),
        notices=frozenset({"erasure.asked"}),
        usual=(PAGE, MAIL),
        needs=SET_EVERYTHING,
        page="/desk/admin/erasure-requests",
    ),
    Kind(
        code="contract",
        name=_("A contract runs out soon"),
        notices=frozenset({"contract.ending"}),
        usual=(PAGE, MAIL),
        needs=AGREE_CONTRACTS,
        page="/desk/contracts/",
    ),
    Kind(
        code="refund",
        name=_("A refund waits for a yes"),
        notices=frozenset({"refund.requested"}),
        usual=(PAGE,),
        needs=APPROVE_REFUNDS,
        page="/desk/money/refunds",
    ),
    Kind(
        code="dispute",
        name=_("A customer says an invoice is wrong"),
        notices=frozenset({"invoice.disputed"}),
        usual=(PAGE,),
        needs=WORK_ON_MONEY,
        page="/desk/money/?state=disputed",
    ),
    Kind(
        code="knowledge",
        name=_("An article waits for me: to be reviewed, approved or put right"),
        notices=frozenset({"article.submitted", "article.sent_back", "article.review_due", "correction.opened"}),
        usual=(PAGE, MAIL),
        needs=WRITE_KNOWLEDGE,
        page="/desk/knowledge/waiting",
    ),
    Kind(
        code="comments",
        name=_("Somebody comments on an article I look after"),
        notices=frozenset({"article.commented"}),
        usual=(PAGE,),
        page="/desk/community/comments?of=mine",
    ),
    Kind(
        code="community",
        name=_("Posts in the community wait for a look"),
        notices=frozenset({"community.waiting"}),
        usual=(PAGE,),
        needs=MODERATE_COMMUNITY,
        page="/desk/community/",
    ),
    Kind(
        code="forum",
        name=_("A customer proposes a forum"),
        notices=frozenset({"community.proposed"}),
        usual=(PAGE, MAIL),
        needs=RUN_COMMUNITY,
        page="/desk/community/proposals",
    ),
    Kind(
        code="surge",
        name=_("Many customers write of the same"),
        notices=frozenset({"surge.noticed"}),
        usual=(PAGE, PUSH, MAIL),
        page="/desk/surges/",
    ),
    Kind(
        code="ringing",
        name=_("Somebody calls my team"),
        notices=frozenset({"call.rang"}),
        usual=(),
        page="/desk/calls/",
    ),
    Kind(
        code="missed_call",
        name=_("A call of my team was missed"),
        notices=frozenset({"call.missed"}),
        usual=(),
        page="/desk/calls/?show=missed",
    ),
    Kind(code="other", name=_("Everything else"), notices=frozenset(), usual=(PAGE, MAIL)),
)
_KIND_OF = {code: kind for kind in KINDS for code in kind.notices}
OTHER = KINDS[-1]
ONLY_WHEN_NOT_WORKING = "assigned"
"""Tickets given to somebody who works appear before their eyes; only who asked for it gets a mail, too."""


def kind_of(code: str) -> Kind:
    """The kind of a notice with this code."""
    return _KIND_OF.get(code, OTHER)


def heard_by(viewer: Viewer) -> list[Kind]:
    """The kinds that may come to `viewer`: others would only puzzle them. No query."""
    return [kind for kind in KINDS if not kind.needs or viewer.may(kind.needs)]


@dataclass(frozen=True, kw_only=True)
class Hearer:
    """An agent to whom something may be told: how they are, and what they chose."""

    agent_id: int
    state: str
    time_zone: str
    ways: Mapping[str, list[str]]
    quiet_from: time | None
    quiet_until: time | None
    stand_in_id: int | None
    kept_from: frozenset[str] = frozenset()

    def ways_of(self, code: str) -> list[str]:
        """By which ways a notice with this code comes to them; none for what they don't want to hear."""
        kind = kind_of(code)
        if kind.code in self.ways:
            return [way for way, _name in WAYS if way in self.ways[kind.code]]
        if kind.code == ONLY_WHEN_NOT_WORKING and self.state == Agent.WORKING:
            return [way for way in kind.usual if way != MAIL]
        return list(kind.usual)

    def quiet_end(self, at: datetime) -> datetime | None:
        """When their quiet hours end, if `at` (aware) lies in them; hours may go past midnight."""
        if self.quiet_from is None or self.quiet_until is None or self.quiet_from == self.quiet_until:
            return None
        zone = ZoneInfo(self.time_zone)
        here = at.astimezone(zone)
        clock = here.time().replace(tzinfo=None)
        over_night = self.quiet_from > self.quiet_until
        is_quiet = (
            (clock >= self.quiet_from or clock < self.quiet_until)
            if over_night
            else self.quiet_from <= clock < self.quiet_until
        )
        if not is_quiet:
            return None
        day = here.date() + timedelta(days=1 if over_night and clock >= self.quiet_from else 0)
        return datetime.combine(day, self.quiet_until, zone).astimezone(at.tzinfo)


def hearers(agent_ids: Iterable[int]) -> dict[int, Hearer]:
    """These agents, if they are still of the desk, and those who stand in for them. One statement."""
    ids = list(agent_ids)
    standing_in = Preferences.objects.filter(agent__in=ids, stand_in__isnull=False).values("stand_in")
    rows = Agent.objects.filter(Q(pk__in=ids) | Q(pk__in=standing_in), is_active=True).values_list(
        "pk",
        "state",
        "time_zone",
        "preferences__ways",
        "preferences__quiet_from",
        "preferences__quiet_until",
        "preferences__stand_in",
        "kept_from",
    )
    return {
        row[0]: Hearer(
            agent_id=row[0],
            state=row[1],
            time_zone=row[2],
            ways=row[3] or {},
            quiet_from=row[4],
            quiet_until=row[5],
            stand_in_id=row[6],
            kept_from=frozenset(row[7]),
        )
        for row in rows
    }


def stand_ins(known: Mapping[int, Hearer]) -> dict[int, int]:
    """Who hears in whose place: of those who are away, who named somebody that is here and works for all their teams.

    No statement where nobody is away, else two.
    """
    wanted: dict[int, int] = {}
    for hearer in known.values():
        other = known.get(hearer.stand_in_id or 0)
        if hearer.state == Agent.AWAY and other and other.state != Agent.AWAY:
            wanted[hearer.agent_id] = other.agent_id
    covered = covering(wanted.items())
    return {agent_id: other_id for agent_id, other_id in wanted.items() if (agent_id, other_id) in covered}


def covering(pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of pairs (agent, other) those in which the other may see what the agent may: works for all their teams, or is a
    manager or administrator. Two statements, none for no pairs."""
    pairs = list(pairs)
    if not pairs:
        return set()
    ids = {pk for pair in pairs for pk in pair}
    teams: dict[int, set[int]] = {pk: set() for pk in ids}
    for agent_id, team_id in Membership.objects.filter(agent__in=ids).values_list("agent_id", "team_id"):
        teams[agent_id].add(team_id)
    of_all = set(
        Agent.objects.filter(pk__in=ids, role__in=(Agent.MANAGER, Agent.ADMINISTRATOR), free_role=None).values_list(
            "pk", flat=True
        )
    )
    return {
        (agent_id, other)
        for agent_id, other in pairs
        if other in of_all or (agent_id not in of_all and teams[agent_id] <= teams[other])
    }


def may_stand_in(agent: Agent) -> QuerySet[Agent]:
    """Who can stand in for `agent`: see `covering`. Three statements, and the one that reads them."""
    others = Agent.objects.filter(is_active=True).exclude(pk=agent.pk).values_list("pk", flat=True)
    return Agent.objects.filter(pk__in=[other for _agent, other in covering((agent.pk, pk) for pk in others)])


def who_stands_in(agent: Agent) -> int | None:
    """Who gets what would be given to `agent` now, by number; None where they get it themselves.

    No statement for somebody who is not away, else three.
    """
    if agent.state != Agent.AWAY:
        return None
    return stand_ins(hearers([agent.pk])).get(agent.pk)
