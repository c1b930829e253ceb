"""The front page of the operation: what waits for an operator, each with its number, and all there is to set."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from charterdesk.base.refused import require
from charterdesk.channels.models import ASIDE, BlockedSender, Outgoing, RawMail, SmsOut
from charterdesk.events.queries import count_trouble
from charterdesk.people.permissions import SET_EVERYTHING
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.policies import may_administer, may_operate
from charterdesk.workspace.admin.catalogue import grouped, matching, settings_of
from charterdesk.workspace.staff import StaffRequest, View, staff_path, wants

CAP = 1000
Card = tuple[Any, Any, str, int]


def asking_path(route: str, view: View, name: str, may: Callable[[Viewer], bool]) -> URLPattern:
    """An address for those of whom `may` says so."""
    return staff_path(route, _asking(view, may), name)


def operator_path(route: str, view: View, name: str) -> URLPattern:
    """An address for leads and management."""
    return staff_path(route, _asking(view, may_operate), name)


def administrator_path(route: str, view: View, name: str, settings: str = SET_EVERYTHING) -> URLPattern:
    """An address for whoever may set `settings` (a permission); without saying so, what is left to administrators."""
    return staff_path(route, _asking(view, lambda viewer: may_administer(viewer, settings)), name)


def _asking(view: View, may: Callable[[Any], bool]) -> View:
    @wraps(view)
    def asked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may(request.viewer))
        return view(request, *args, **kwargs)

    return asked


def desk(request: StaffRequest) -> HttpResponse:
    """GET admin/?q=: what waits, and what can be set, or what `q` finds of it. What waits is counted to `CAP`."""
    words = request.GET.get("q", "")
    context = {
        "waiting": _cards(_waiting()) if may_operate(request.viewer) else [],
        "groups": list(grouped(matching(settings_of(request.viewer), words))),
        "words": words,
        "place": "admin",
        "cap": CAP,
    }
    template = "workspace/admin/settings_found.html" if wants(request, "found") else "workspace/admin/desk.html"
    return render(request, template, context)


def _waiting() -> list[Card]:
    """What waits for an operator. Six statements at most."""
    return [
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
            _count(Outgoing.objects.filter(state__in=Outgoing.STUCK)),
        ),
        (
            _("Texts held"),
            _("Text messages that nobody knows arrived, that were refused, or that are held back."),
            "workspace:held_sms",
            _count(SmsOut.objects.filter(state__in=SmsOut.STUCK)),
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


def _cards(found: list[Card]) -> list[dict[str, Any]]:
    return [{"name": name, "what": what, "url": reverse(url), "count": count} for name, what, url, count in found]


def _count(found: Any) -> int:
    return int(found[:CAP].count())


urls = [staff_path("admin/", _asking(desk, lambda viewer: viewer.runs_the_desk), name="admin")]
