"""The command palette: tickets by number and words, people by name, things to do, places and settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.notices.policies import may_announce
from charterdesk.people.models import Agent, Contact, Identity
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_operate, may_work_on
from charterdesk.ui.finding.looking import Found
from charterdesk.workspace.admin.catalogue import settings_of
from charterdesk.workspace.inbox import NAMES
from charterdesk.workspace.macros import found_macros
from charterdesk.workspace.search import found_while_typing
from charterdesk.workspace.seldom import SELDOM
from charterdesk.workspace.staff import StaffRequest, staff_path

EACH, EACH_MACRO = 5, 30
STATES = {
    Agent.WORKING: _("Work: new tickets come to you"),
    Agent.BUSY: _("Take nothing new"),
    Agent.AWAY: _("Go away"),
}
OPERATION = {
    "failures": _("Failures"),
    "held_mail": _("Mail held"),
    "aside": _("Quarantine and junk"),
    "blocked": _("Blocked senders"),
}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One line of the palette: a place to go to or, with `fields`, something to post there.

    `target` is what the answer goes into; `swap` how.
    """

    name: Any
    url: str
    picture: str
    note: Any = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    target: str = ""
    swap: str = ""


def palette(request: StaffRequest) -> HttpResponse:
    """GET palette?q=&ticket=: what the words may mean, the ticket `ticket` (a number) being open.

    At most three statements and a search.
    """
    words = request.GET.get("q", "").strip()
    actions = _fitting(_on_ticket(request), words)
    tickets, answers = _found(request, words)
    groups = [
        (_("This ticket"), actions),
        (_("Tickets"), [*_numbered(request, words), *tickets]),
        (_("Answers"), answers),
        (_("Customers"), _people(words)),
        (_("Places"), _fitting(_places(request), words)),
        (_("Yourself"), _fitting(_yourself(), words)),
        (_("Settings"), _fitting(_settings(request), words) if words else []),
    ]
    context = {"groups": [(name, choices) for name, choices in groups if choices], "words": words}
    return render(request, "workspace/palette_results.html", context)


def _fitting(choices: Sequence[Choice], words: str) -> list[Choice]:
    """Those whose name holds all the words; all of them for none."""
    asked = words.casefold().split()
    return [choice for choice in choices if all(word in str(choice.name).casefold() for word in asked)]


def _open_ticket(request: StaffRequest) -> Ticket | None:
    number = request.GET.get("ticket", "")
    if not (number.isdecimal() and len(number) < 19):
        return None
    found = Ticket.objects.visible_to(request.viewer).filter(number=int(number)).first()
    return found if found and may_work_on(request.viewer, found) else None


def _on_ticket(request: StaffRequest) -> list[Choice]:
    """What can be done to the open ticket. One statement."""
    ticket = _open_ticket(request)
    if ticket is None:
        return []

    def post(name: Any, view: str, picture: str, **fields: Any) -> Choice:
        url = reverse(f"workspace:{view}", args=[ticket.number])
        return Choice(name=name, url=url, picture=picture, fields=fields, target="#ticket")

    choices = [post(_("Take it yourself"), "assignee", "user", agent="me")]
    if ticket.assignee_id:
        choices.append(post(_("Back in the queue"), "assignee", "undo-2", agent=""))
    if ticket.is_open:
        choices += [
            post(_("Open: it is our turn"), "status", "circle-dot", status=Ticket.OPEN),
            post(_("Waits for the customer"), "status", "pause", status=Ticket.PENDING),
            post(_("Waits for others"), "status", "pause", status=Ticket.ON_HOLD),
            post(_("Close as junk"), "junk", "shield-alert", junk=1),
        ]
    else:
        choices.append(post(_("Open again"), "status", "play", status=Ticket.OPEN))
    choices += [
        post(_("Priority: {name}").format(name=name), "priority", "flag", priority=value)
        for value, name in Ticket.PRIORITIES
        if value != ticket.priority
    ]
    choices.append(post(_("Follow"), "following", "star", follow=1))
    for macro in found_macros(ticket, request.viewer)[:EACH_MACRO]:
        url = reverse("workspace:macro_on", args=[ticket.number, macro.pk])
        name = _("Macro: {name}").format(name=macro.name)
        choices.append(Choice(name=name, url=url, picture="wand-sparkles", target="#asked", swap="innerHTML"))
    for what, each in SELDOM.items():
        url = reverse("workspace:ask", args=[ticket.number, what])
        choices.append(Choice(name=each.title, url=url, picture=each.picture, target="#asked", swap="innerHTML"))
    return choices


def _numbered(request: StaffRequest, words: str) -> list[Choice]:
    number = words.lstrip("#")
    if not (number.isdecimal() and len(number) < 19):
        return []
    found = Ticket.objects.visible_to(request.viewer).filter(number=int(number)).select_related("contact")
    return [_ticket(ticket) for ticket in found]


def _found(request: StaffRequest, words: str) -> tuple[list[Choice], list[Choice]]:
    """The best tickets for the words, with the way to all that was found, and what else there is. A search."""
    if len(words) < 3 or words.lstrip("#").isdecimal():
        return [], []
    everything = found_while_typing(words, request.viewer, limit=2 * EACH).everything
    tickets = [_ticket(each.place.thing) for each in everything if isinstance(each.place.thing, Ticket)]
    answers = [_answer(each) for each in everything if not isinstance(each.place.thing, Ticket)]
    url = f"{reverse('workspace:search')}?{urlencode({'q': words})}"
    all_of_it = Choice(name=_("Search everything"), url=url, picture="search", note=words)
    return [*tickets[:EACH], all_of_it], answers[:EACH]


def _answer(found: Found) -> Choice:
    name = strip_tags(found.hit.title) or found.place.title
    return Choice(name=unescape(name), url=found.place.url, picture=found.family.icon, note=found.place.note)


def _ticket(ticket: Ticket) -> Choice:
    url = reverse("workspace:ticket", args=[ticket.number])
    return Choice(name=str(ticket), url=url, picture="inbox", note=ticket.contact)


def _people(words: str) -> list[Choice]:
    """Customers whose name or address begins with the words: two index ranges."""
    if len(words) < 2:
        return []
    by_address = Identity.objects.filter(kind=Identity.EMAIL, value__startswith=words.lower())
    ids = list(by_address.values_list("contact_id", flat=True)[:EACH])
    found = Contact.objects.filter(Q(pk__in=ids) | Q(name__istartswith=words), merged_into=None).prefetch_related(
        "identities"
    )
    return [
        Choice(
            name=contact,
            url=reverse("workspace:contact", args=[contact.pk]),
            picture="user",
            note=contact.email,
        )
        for contact in found[:EACH]
    ]


def _places(request: StaffRequest) -> list[Choice]:
    """The queues, and where something begins."""
    queues = [
        Choice(name=name, url=reverse("workspace:queue", args=[code]), picture="inbox") for code, name in NAMES.items()
    ]
    return [
        Choice(name=_("New ticket"), url=reverse("workspace:new"), picture="plus"),
        Choice(name=_("Search"), url=reverse("workspace:search"), picture="search"),
        Choice(name=_("Customers"), url=reverse("workspace:contacts"), picture="users"),
        Choice(
            name=pgettext_lazy("page that shows how the day stands", "Today"),
            url=reverse("workspace:today"),
            picture="sun",
        ),
        Choice(name=_("Notices"), url=reverse("workspace:notices"), picture="bell"),
        Choice(name=_("Reports"), url=reverse("workspace:reports"), picture="chart-no-axes-column"),
        Choice(name=_("Knowledge"), url=reverse("workspace:knowledge"), picture="book-open"),
        Choice(name=_("Community"), url=reverse("workspace:community"), picture="users"),
        Choice(name=_("One cause, many requests"), url=reverse("workspace:surges"), picture="link"),
        Choice(name=_("Organisations"), url=reverse("workspace:organisations"), picture="building-2"),
        *(_announcing() if may_announce(request.viewer) else ()),
        *queues,
    ]


def _announcing() -> list[Choice]:
    """What is told to many."""
    return [
        Choice(name=name, url=reverse(f"workspace:{view}"), picture=picture)
        for name, view, picture in (
            (_("Announcements"), "announcements", "megaphone"),
            (_("New announcement"), "new_announcement", "plus"),
            (_("Status page"), "status_keeping", "megaphone"),
            (_("Report an outage or plan work"), "new_incident", "plus"),
        )
    ]


def _yourself() -> list[Choice]:
    """What agents do about themselves."""
    url = reverse("workspace:state")
    states = [
        Choice(name=name, url=url, picture="circle-dot", fields={"state": state}) for state, name in STATES.items()
    ]
    return [*states, Choice(name=_("Sign out"), url=reverse("account_logout"), picture="log-out")]


def _settings(request: StaffRequest) -> list[Choice]:
    """The operation and the settings, as far as the viewer may change them."""
    names: dict[str, Any] = {"admin": _("Operation")} if request.viewer.runs_the_desk else {}
    if may_operate(request.viewer):
        names |= OPERATION
    for each in settings_of(request.viewer):
        names |= {each.view: each.name, **dict([each.new] if each.new else [])}
    return [Choice(name=name, url=reverse(f"workspace:{view}"), picture="settings") for view, name in names.items()]


urls = [staff_path("palette", palette, name="palette")]
