"""Macros on a ticket: found from the composer by "/", looked at before they are used, used from the palette."""

from django.db.models import F, Value
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from charterdesk.base.html import html_to_text
from charterdesk.base.refused import require
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions import apply_macro
from charterdesk.tickets.macros import fits, text_for
from charterdesk.tickets.mentions import may_be_mentioned
from charterdesk.tickets.models import Macro, Message, Ticket
from charterdesk.tickets.policies import may_answer, may_perform, may_use_macro
from charterdesk.tickets.taken_up import TakenUp
from charterdesk.ui.found_articles import found_articles
from charterdesk.workspace.controls import me, workable
from charterdesk.workspace.macro_words import words_of_skips, words_of_steps
from charterdesk.workspace.staff import StaffRequest, is_fragment, staff_path
from charterdesk.workspace.taken_up import chips
from charterdesk.workspace.tickets import changed

OFFERED = 12
UNDO_SECONDS = 10
READ_SECONDS = 15
"""A toast that says what was not done stays for so long."""


def found_macros(ticket: Ticket, viewer: Viewer, words: str = "") -> list[Macro]:
    """The macros `viewer` may use on `ticket` whose name or text holds `words`, the most used first. One statement."""
    asked = words.casefold().split()
    known = Macro.objects.visible_to(viewer).filter(is_active=True).select_related("team").order_by("-used", "name")
    usable = [each for each in known if may_use_macro(viewer, ticket, each) and fits(each, ticket)]
    return [each for each in usable if all(word in _searched(each) for word in asked)]


def _searched(macro: Macro) -> str:
    return " ".join([macro.name, *(html_to_text(html) for html in macro.texts.values())]).casefold()


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
    if "application/json" in request.headers.get("Accept", ""):
        steps = chips(request, TakenUp.of(found), ticket)
        return JsonResponse({"html": html, "kind": found.kind, "steps": steps})
    context = {
        "ticket": ticket,
        "macro": found,
        "html": html,
        "steps": words_of_steps(found.steps),
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
    text = " ".join([*said, words_of_skips(found.steps, applied.skips)]).strip()
    seconds = READ_SECONDS if applied.skips else UNDO_SECONDS
    if message is None or message.direction == Message.NOTE:
        return changed(request, ticket, text, seconds=seconds)
    undo = reverse("workspace:call_back", args=[ticket.number, message.pk])
    return changed(request, ticket, text, undo=undo, seconds=seconds)


def mentions(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/mentions?q=: colleagues who may be named in a note, to choose from. At most four statements.

    Nothing is offered, and nobody missed, where the words begin with a whole name: it is written, and the note goes on.
    """
    ticket = workable(request, number)
    words, known = request.GET.get("q", ""), may_be_mentioned(ticket)
    people = known.filter(name__icontains=words.strip()).exclude(pk=request.viewer.agent_id or 0).order_by("name")
    found = list(people[:OFFERED])
    goes_on = words.rstrip() != words or not found
    is_named = goes_on and known.alias(words=Value(words)).filter(words__istartswith=F("name")).exists()
    return render(request, "workspace/macros/people.html", {"people": () if is_named else found, "is_named": is_named})


urls = [
    staff_path("tickets/<int:number>/macros", macros_for, name="macros_for"),
    staff_path("tickets/<int:number>/macros/<int:pk>", macro, name="macro_on"),
    staff_path("tickets/<int:number>/mentions", mentions, name="mentions"),
]
