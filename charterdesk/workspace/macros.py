"""Macros on a ticket: found from the composer by "/", looked at before they are used, used from the palette."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charterdesk.base.html import html_to_text
from charterdesk.base.keys import split_key
from charterdesk.base.refused import require
from charterdesk.people.models import Agent, Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions import apply_macro
from charterdesk.tickets.actions.macros import Skips
from charterdesk.tickets.macros import ME, fits, text_for
from charterdesk.tickets.mentions import may_be_mentioned
from charterdesk.tickets.models import Macro, Message, Ticket
from charterdesk.tickets.policies import may_answer, may_perform
from charterdesk.ui.found_articles import found_articles
from charterdesk.workspace.controls import me, workable
from charterdesk.workspace.staff import StaffRequest, is_fragment, staff_path
from charterdesk.workspace.tickets import changed

OFFERED = 12
UNDO_SECONDS = 10
READ_SECONDS = 15
"""A toast that says what was not done stays for so long."""


def found_macros(ticket: Ticket, viewer: Viewer, words: str = "") -> list[Macro]:
    """The macros `viewer` may use on `ticket` whose name or text holds `words`, the most used first. One statement."""
    asked = words.casefold().split()
    known = Macro.objects.visible_to(viewer).filter(is_active=True).select_related("team").order_by("-used", "name")
    return [each for each in known if fits(each, ticket) and all(word in _searched(each) for word in asked)]


def _searched(macro: Macro) -> str:
    return " ".join([macro.name, *(html_to_text(html) for html in macro.texts.values())]).casefold()


def words_of_steps(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """What steps do, each as a few words. A statement for agents and teams, where any are named."""
    keys = [value for step in steps for value in step.get("args", {}).values() if isinstance(value, str)]
    names: dict[str, str] = {ME: _("you")}
    for model in (Agent, Team):
        kind = str(model._meta.model_name)
        ids = [split_key(key)[1] for key in keys if key.startswith(f"{kind}:")]
        rows: Iterable[tuple[int, str]] = model._default_manager.filter(pk__in=ids).values_list("pk", "name")
        names |= {f"{kind}:{pk}": name for pk, name in (rows if ids else ())}
    return [_words(str(step["operation"]), step.get("args", {}), names) for step in steps]


def _words(operation: str, args: Mapping[str, Any], names: Mapping[str, str]) -> str:
    said = {
        "tickets.assign": lambda: _("give it to {who}").format(who=names.get(args["agent"], "?")),
        "tickets.release": lambda: _("put it back in the queue"),
        "tickets.move": lambda: _("hand it to {team}").format(team=names.get(args["team"], "?")),
        "tickets.prioritise": lambda: _("priority: {name}").format(name=dict(Ticket.PRIORITIES).get(args["priority"])),
        "tickets.classify": lambda: _("type: {name}").format(name=dict(Ticket.TYPES).get(args["type"])),
        "tickets.tag": lambda: " ".join(
            [*(f"+{tag}" for tag in args.get("add", ())), *(f"−{tag}" for tag in args.get("remove", ()))]
        ),
        "tickets.pause": lambda: str(dict(Ticket.STATUSES).get(args["status"])),
        "tickets.resume": lambda: str(dict(Ticket.STATUSES)[Ticket.OPEN]),
        "tickets.solve": lambda: _("solve it: “{text}”").format(text=args["solution"]),
        "tickets.follow": lambda: _("follow it"),
        "tickets.snooze": lambda: _put_off(int(args["hours"])),
        "tickets.send_sms": lambda: _("text them: “{text}”").format(text=args["text"]),
        "tickets.add_items": lambda: _("to do: {items}").format(items=", ".join(args["items"])),
    }
    return said[operation]()


def words_of_skips(macro: Macro, skips: Skips) -> str:
    """What `macro` did not do and why, as a sentence; empty where it did all. Statements as for `words_of_steps`."""
    if not skips:
        return ""
    words = words_of_steps(macro.steps)
    told = [_("{deed} ({reason})").format(deed=words[number], reason=skip.reason) for number, skip in skips.items()]
    return _("Not done: {deeds}.").format(deeds="; ".join(told))


def _put_off(hours: int) -> str:
    if not hours:
        return _("put off until a reply")
    days, rest = divmod(hours, 24)
    if rest:
        return ngettext("put off for %(n)d hour", "put off for %(n)d hours", hours) % {"n": hours}
    return ngettext("put off for %(n)d day", "put off for %(n)d days", days) % {"n": days}


def macros_for(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/macros?q=: those that fit, to choose from in the composer; else a page of them."""
    ticket = workable(request, number)
    words = request.GET.get("q", "")
    found = found_macros(ticket, request.viewer, words)
    if is_fragment(request):
        texts = found_articles(request.viewer, words)
        context = {"ticket": ticket, "macros": found[: OFFERED - len(texts)], "texts": texts}
        return render(request, "workspace/macros/offers.html", context)
    return render(request, "workspace/macros/choose.html", {"ticket": ticket, "macros": found, "place": "inbox"})


def macro(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """GET tickets/<number>/macros/<id>: what it would say and do; as JSON for the composer. POST: say and do it."""
    ticket = workable(request, number)
    found = get_object_or_404(Macro.objects.visible_to(request.viewer), pk=pk, is_active=True)
    require_steps(request.viewer, ticket, found, says=request.method == "POST")
    if request.method == "POST":
        return _apply(request, ticket, found)
    _language, html = text_for(found, ticket, me(request))
    steps = list(enumerate(words_of_steps(found.steps)))
    if "application/json" in request.headers.get("Accept", ""):
        chips = render_to_string("workspace/macros/chips.html", {"macro": found, "steps": steps}, request)
        return JsonResponse({"html": html, "kind": found.kind, "steps": chips})
    context = {
        "ticket": ticket,
        "macro": found,
        "html": html,
        "steps": steps,
        "title": found.name,
        "post_to": request.path,
        "ask_base": f"workspace/tickets/ask_{'dialog' if is_fragment(request) else 'page'}.html",
    }
    return render(request, "workspace/macros/preview.html", context)


def require_steps(viewer: Viewer, ticket: Ticket, macro: Macro, *, says: bool = False) -> None:
    """A 403 unless `viewer` may do all that `macro` does; `says`: its text is sent as well."""
    require(all(may_perform(viewer, ticket, step["operation"]) for step in macro.steps))
    require(not says or not macro.says_something or macro.kind == Macro.NOTE or may_answer(viewer, ticket))


def _apply(request: StaffRequest, ticket: Ticket, found: Macro) -> HttpResponse:
    applied = apply_macro(ticket, macro=found, agent=me(request), by=request.viewer)
    message = applied.message
    said = [_("Done: {name}.").format(name=found.name)] if message or len(applied.skips) < len(found.steps) else []
    text = " ".join([*said, words_of_skips(found, applied.skips)]).strip()
    seconds = READ_SECONDS if applied.skips else UNDO_SECONDS
    if message is None or message.direction == Message.NOTE:
        return changed(request, ticket, text, seconds=seconds)
    undo = reverse("workspace:call_back", args=[ticket.number, message.pk])
    return changed(request, ticket, text, undo=undo, seconds=seconds)


def mentions(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/mentions?q=: colleagues who may be named in a note, to choose from. Three statements."""
    ticket = workable(request, number)
    words = request.GET.get("q", "").strip()
    people = (
        may_be_mentioned(ticket).filter(name__icontains=words).exclude(pk=request.viewer.agent_id or 0).order_by("name")
    )
    return render(request, "workspace/macros/people.html", {"people": people[:OFFERED]})


urls = [
    staff_path("tickets/<int:number>/macros", macros_for, name="macros_for"),
    staff_path("tickets/<int:number>/macros/<int:pk>", macro, name="macro_on"),
    staff_path("tickets/<int:number>/mentions", mentions, name="mentions"),
]
