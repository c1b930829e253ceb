"""What a person of the desk may be allowed: named permissions, and which of them the built-in roles hold.

Those about tickets hold for a team: a membership can give a person another role there. Those about the desk hold
everywhere, and come from the person's own role only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from charterdesk.people.models import Agent

READ_TICKETS = "tickets.read"
WORK_ON_TICKETS = "tickets.work"
ANSWER = "tickets.answer"
READ_NOTES = "notes.read"
ASSIGN = "tickets.assign"
SOLVE = "tickets.solve"
REFUSE = "tickets.refuse"
COMPLAINTS = "complaints.decide"
MERGE = "tickets.merge"
BULK = "tickets.bulk"
EXPORT = "tickets.export"
JUNK = "tickets.junk"
REDACT = "tickets.redact"
TEAM_VIEWS = "views.team"
TEAM_MACROS = "macros.team"
TEAM_RULES = "rules.team"
READ_REPORTS = "reports.read"
DECIDE_VERDICTS = "billing.decide"

EVERY_TEAM = "desk.every_team"
OPERATE = "desk.operate"
AGREE_CONTRACTS = "billing.agree"
SET_PEOPLE = "settings.people"
SET_TEAMS = "settings.teams"
SET_CHANNELS = "settings.channels"
SET_PROMISES = "settings.promises"
SET_TEXTS = "settings.texts"
SET_RULES = "settings.rules"
SET_BILLING = "settings.billing"
SET_EVERYTHING = "settings.everything"
READ_MONEY = "money.read"
WORK_ON_MONEY = "money.work"
APPROVE_REFUNDS = "money.approve"
READ_LEDGER = "money.ledger"
SET_MONEY = "settings.money"
WRITE_CHARTER = "charter.write"
APPROVE_CHARTER = "charter.approve"
DECIDE_REMEDIES = "remedies.decide"
WRITE_KNOWLEDGE = "knowledge.write"
APPROVE_KNOWLEDGE = "knowledge.approve"
APPROVE_SOLUTIONS = "knowledge.solutions"
MODERATE_COMMUNITY = "community.moderate"
RUN_COMMUNITY = "community.run"
ANNOUNCE = "notices.announce"


@dataclass(frozen=True, kw_only=True)
class Permission:
    """One thing somebody may be allowed, as a form shows it; `in_team` says that a membership can give it."""

    code: str
    name: Any
    in_team: bool = True


PERMISSIONS = (
    Permission(code=READ_TICKETS, name=_("Read tickets")),
    Permission(code=READ_NOTES, name=_("Read notes inside the house")),
    Permission(code=WORK_ON_TICKETS, name=_("Work on tickets: notes, status, priority, type, tags")),
    Permission(code=ANSWER, name=_("Answer customers and ask third parties")),
    Permission(code=ASSIGN, name=_("Assign tickets and move them to other teams")),
    Permission(code=SOLVE, name=_("Solve and close tickets")),
    Permission(code=REFUSE, name=_("Refuse requests, once they are settled for the customer")),
    Permission(code=COMPLAINTS, name=_("Decide complaints, and read their register")),
    Permission(code=MERGE, name=_("Merge, split and link tickets")),
    Permission(code=BULK, name=_("Change many tickets at once")),
    Permission(code=JUNK, name=_("Set tickets aside as junk")),
    Permission(code=EXPORT, name=_("Export lists of tickets")),
    Permission(code=REDACT, name=_("Take content out for good")),
    Permission(code=TEAM_VIEWS, name=_("Change the team's views")),
    Permission(code=TEAM_MACROS, name=_("Change the team's macros")),
    Permission(code=TEAM_RULES, name=_("Set up rules for the team's tickets")),
    Permission(code=READ_REPORTS, name=_("Read reports")),
    Permission(code=DECIDE_VERDICTS, name=_("Decide what is free and what is charged")),
    Permission(code=EVERY_TEAM, name=_("See every team"), in_team=False),
    Permission(code=OPERATE, name=_("See and mend what got stuck"), in_team=False),
    Permission(code=AGREE_CONTRACTS, name=_("Agree on contracts and end them"), in_team=False),
    Permission(code=SET_PEOPLE, name=_("Invite and change people, import them"), in_team=False),
    Permission(code=SET_TEAMS, name=_("Set up teams and opening hours"), in_team=False),
    Permission(code=SET_CHANNELS, name=_("Set up mail accounts"), in_team=False),
    Permission(code=SET_PROMISES, name=_("Set up promises"), in_team=False),
    Permission(code=SET_TEXTS, name=_("Change the texts the desk sends, and tags"), in_team=False),
    Permission(code=SET_RULES, name=_("Set up rules: what the desk does by itself"), in_team=False),
    Permission(code=SET_BILLING, name=_("Set up offers, prices and where orders come from"), in_team=False),
    Permission(code=WRITE_CHARTER, name=_("Write and publish the charter, declare exclusions"), in_team=False),
    Permission(code=APPROVE_CHARTER, name=_("Approve what others wrote in the charter"), in_team=False),
    Permission(code=DECIDE_REMEDIES, name=_("Approve and refuse remedies"), in_team=False),
    Permission(code=WRITE_KNOWLEDGE, name=_("Write articles for the help centre"), in_team=False),
    Permission(code=APPROVE_KNOWLEDGE, name=_("Approve and publish articles, order the help centre"), in_team=False),
    Permission(code=APPROVE_SOLUTIONS, name=_("Approve solutions of tickets for customers to find"), in_team=False),
    Permission(code=MODERATE_COMMUNITY, name=_("Keep order in the community, answer for the house"), in_team=False),
    Permission(code=RUN_COMMUNITY, name=_("Set up forums, block people in the community"), in_team=False),
    Permission(code=ANNOUNCE, name=_("Announce to customers, and keep the status page"), in_team=False),
    Permission(code=SET_EVERYTHING, name=_("All other settings"), in_team=False),
    Permission(code=READ_MONEY, name=_("Read invoices, payments and credit of customers"), in_team=False),
    Permission(code=WORK_ON_MONEY, name=_("Write invoices, record payments, ask for refunds"), in_team=False),
    Permission(code=APPROVE_REFUNDS, name=_("Approve refunds, up to the limit of their role"), in_team=False),
    Permission(code=READ_LEDGER, name=_("Read the ledger and its totals"), in_team=False),
    Permission(code=SET_MONEY, name=_("Set up invoices, taxes and limits of refunds"), in_team=False),
)
ALL = frozenset(each.code for each in PERMISSIONS)
RUNNING = frozenset(each.code for each in PERMISSIONS if not each.in_team) - {
    EVERY_TEAM,
    READ_MONEY,
    WORK_ON_MONEY,
    APPROVE_REFUNDS,
    READ_LEDGER,
    AGREE_CONTRACTS,
    DECIDE_REMEDIES,
    WRITE_KNOWLEDGE,
    APPROVE_KNOWLEDGE,
    APPROVE_SOLUTIONS,
    MODERATE_COMMUNITY,
    RUN_COMMUNITY,
    ANNOUNCE,
}
IN_TEAM = frozenset(each.code for each in PERMISSIONS if each.in_team)

_AGENT = frozenset(
    {
        READ_TICKETS,
        READ_NOTES,
        WORK_ON_TICKETS,
        ANSWER,
        ASSIGN,
        SOLVE,
        MERGE,
        BULK,
        JUNK,
        EXPORT,
        READ_REPORTS,
        READ_MONEY,
        WRITE_KNOWLEDGE,
        MODERATE_COMMUNITY,
    }
)
_LEAD = _AGENT | {
    REDACT,
    TEAM_VIEWS,
    TEAM_MACROS,
    TEAM_RULES,
    OPERATE,
    WORK_ON_MONEY,
    APPROVE_REFUNDS,
    DECIDE_VERDICTS,
    AGREE_CONTRACTS,
    APPROVE_KNOWLEDGE,
    APPROVE_SOLUTIONS,
    RUN_COMMUNITY,
}
BUILT_IN = {
    Agent.AGENT: _AGENT,
    Agent.LEAD: _LEAD,
    Agent.MANAGER: _LEAD
    | {EVERY_TEAM, READ_LEDGER, REFUSE, COMPLAINTS, WRITE_CHARTER, APPROVE_CHARTER, DECIDE_REMEDIES, ANNOUNCE},
    Agent.ADMINISTRATOR: ALL,
}


def permissions_of(role: str) -> frozenset[str]:
    """What the built-in `role` holds; nothing for a role that is none."""
    return BUILT_IN.get(role, frozenset())


def agents_who_may(permission: str) -> QuerySet[Agent]:
    """Those of the desk whose role gives them `permission` everywhere."""
    built_in = [role for role, given in BUILT_IN.items() if permission in given]
    by_role = Q(role__in=built_in, free_role=None) | Q(free_role__permissions__contains=[permission])
    return Agent.objects.filter(by_role, is_active=True, integration=None)


def known(codes: Iterable[str]) -> frozenset[str]:
    """Those of `codes` that this version of the desk knows."""
    return ALL.intersection(codes)
