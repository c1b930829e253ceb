"""The front page of the operation: what waits for an operator, each with its number."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from charterdesk.base.refused import require
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.channels.models import BlockedSender, MailAccount, Outgoing, RawMail
from charterdesk.events.queries import count_trouble
from charterdesk.people.models import Agent, Team
from charterdesk.sla.models import PolicyVersion
from charterdesk.tickets.policies import may_administer, may_operate
from charterdesk.workspace.staff import StaffRequest, View, staff_path

CAP = 1000
Card = tuple[Any, Any, str, int]
HELD = (Outgoing.IN_DOUBT, Outgoing.FAILED, Outgoing.HELD)
ASIDE = (RawMail.QUARANTINED, RawMail.JUNK)


def operator_path(route: str, view: View, name: str) -> URLPattern:
    """An address for leads and management."""
    return staff_path(route, _asking(view, may_operate), name)


def administrator_path(route: str, view: View, name: str) -> URLPattern:
    """An address for administrators."""
    return staff_path(route, _asking(view, may_administer), name)


def _asking(view: View, may: Callable[[Any], bool]) -> View:
    @wraps(view)
    def asked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may(request.viewer))
        return view(request, *args, **kwargs)

    return asked


def desk(request: StaffRequest) -> HttpResponse:
    """GET admin/: what waits, and what can be set. Ten statements at most, those of what waits count to `CAP`."""
    waiting: list[Card] = [
        (
            _("Failures"),
            _("What the desk should have done and could not."),
            "workspace:failures",
            sum(count_trouble().values()),
        ),
        (
            _("Mail held"),
            _("Mail that nobody knows arrived, that was refused, or that is held back."),
            "workspace:held_mail",
            _count(Outgoing.objects.filter(state__in=HELD)),
        ),
        (
            _("Quarantine and junk"),
            _("Mail that did not become a message, kept whole."),
            "workspace:aside",
            _count(RawMail.objects.filter(state__in=ASIDE)),
        ),
        (
            _("Blocked senders"),
            _("Whose mail is junk without a look."),
            "workspace:blocked",
            BlockedSender.objects.count(),
        ),
    ]
    groups = [(_("What waits"), _cards(waiting))]
    if may_administer(request.viewer):
        groups.append((_("Settings"), _cards(_settings())))
    return render(request, "workspace/admin/desk.html", {"groups": groups, "place": "admin", "cap": CAP})


def _settings() -> list[Card]:
    """What administrators set. Five statements."""
    return [
        (
            _("Teams"),
            _("Addresses, signatures, opening hours and members."),
            "workspace:teams",
            Team.objects.count(),
        ),
        (
            _("People"),
            _("Who works here: roles, languages, skills and capacity."),
            "workspace:agents",
            Agent.objects.filter(is_active=True).count(),
        ),
        (
            _("Promises"),
            _("By when customers have an answer and a solution."),
            "workspace:policies",
            PolicyVersion.objects.filter(active_until=None).count(),
        ),
        (
            _("Opening hours"),
            _("Hours, holidays and the days that are different."),
            "workspace:calendars",
            BusinessCalendar.objects.count(),
        ),
        (
            _("Mail accounts"),
            _("Mailboxes that are fetched and sent through."),
            "workspace:accounts",
            MailAccount.objects.count(),
        ),
    ]


def _cards(found: list[Card]) -> list[dict[str, Any]]:
    return [{"name": name, "what": what, "url": reverse(url), "count": count} for name, what, url, count in found]


def _count(found: Any) -> int:
    return int(found[:CAP].count())


urls = [operator_path("admin/", desk, name="admin")]
