"""What a request costs, as its customer reads it: why, time, what of a contract is left; accepted or contested here."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused, require
from charterdesk.billing.actions.verdicts import accept_verdict, contest_verdict
from charterdesk.billing.deciding import Case, active_reasons, decide
from charterdesk.billing.models import Contract, Order, TimeEntry, Verdict
from charterdesk.billing.queries.contracts import left_of
from charterdesk.billing.queries.set_up import charges_nothing, is_charging
from charterdesk.billing.queries.verdicts import costs_of
from charterdesk.billing.words import hours_words, included_words, left_words, verdict_words
from charterdesk.people.models import Contact
from charterdesk.people.viewer import Viewer
from charterdesk.portal.customers import PortalRequest, address_of, contact_of, portal_path, request_of
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_accept_price, may_contest, may_decline_price
from charterdesk.ui.words_field import words_field

SHOWN = 50


class ContestForm(forms.Form):
    """What is wrong with the verdict they saw."""

    text = words_field(
        gettext_lazy("What is wrong with it?"),
        missing=gettext_lazy("Say what is wrong with it, so that we can look into it."),
        most=5000,
        rows=3,
    )


def costs_context(ticket: Ticket, viewer: Viewer, token: str) -> dict[str, Any]:
    """What there is to say of costs; nothing where the desk charges for nothing. Five statements at most."""
    if charges_nothing():
        return {}
    found = costs_of(ticket.key, on=now().date())
    if found.is_empty:
        is_charging()  # remembers for the next pages that it does not
        return {}
    return {
        "costs": found,
        "spent": hours_words(found.minutes),
        "charged": hours_words(found.charged),
        "covered": hours_words(found.covered),
        "entries": [entry for entry in found.entries if not entry.is_running],
        "courtesy": TimeEntry.COURTESY,
        "left": left_words(found.left.contract, found.left.incidents, found.left.minutes) if found.left else "",
        "may_accept": may_accept_price(viewer, ticket),
        "may_contest": may_contest(viewer, ticket) and found.verdict is not None and found.contest is None,
        "may_decline": may_decline_price(viewer, ticket),
        "is_declined": found.verdict is not None and found.verdict.is_waiting and ticket.status == Ticket.CLOSED,
        "accept_url": address_of(ticket, token, "accept"),
        "contest_url": address_of(ticket, token, "contest"),
        "decline_url": address_of(ticket, token, "close"),
    }


def costs(request: PortalRequest, number: int, token: str = "") -> HttpResponse:
    """GET requests/<number>/costs: the part of the status page that comes later, or a page. Ten statements at most."""
    ticket, viewer = request_of(request, number, token)
    return _page(request, ticket, viewer, token, ContestForm(auto_id="contest_%s"))


def _page(request: PortalRequest, ticket: Ticket, viewer: Viewer, token: str, form: ContestForm) -> HttpResponse:
    template = "costs.html" if "HX-Request" in request.headers else "costs_page.html"
    context = {
        "ticket": ticket,
        "status_url": address_of(ticket, token),
        "contest_form": form,
        **costs_context(ticket, viewer, token),
    }
    return render(request, f"portal/{template}", context, status=422 if form.errors else 200)


def costs_url(ticket: Ticket, token: str) -> str:
    """Where the status page gets what it says of costs; "" where the desk charges for nothing. No query."""
    return "" if charges_nothing() else address_of(ticket, token, "costs")


def _seen(request: PortalRequest, ticket: Ticket) -> Verdict:
    """The verdict the customer had before their eyes. Raises `Http404`."""
    number = request.POST.get("verdict", "")
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    return get_object_or_404(Verdict, about=ticket.key, pk=number)


@require_POST
def accept(request: PortalRequest, number: int, token: str = "") -> HttpResponse:
    """POST: the customer accepts the price they saw (`verdict`); kept with the time and the words."""
    ticket, viewer = request_of(request, number, token)
    require(may_accept_price(viewer, ticket))
    accept_verdict(_seen(request, ticket), by=viewer)
    messages.success(request, _("Thank you. We begin, and you see here what it comes to."))
    return redirect(f"{address_of(ticket, token)}#costs")


@require_POST
def contest(request: PortalRequest, number: int, token: str = "") -> HttpResponse:
    """POST: the customer says why the verdict they saw is wrong (`text`); somebody who leads decides."""
    ticket, viewer = request_of(request, number, token)
    require(may_contest(viewer, ticket))
    seen, form = _seen(request, ticket), ContestForm(request.POST, auto_id="contest_%s")
    if not (form.is_valid() and _contested(seen, form, viewer)):
        return _page(request, ticket, viewer, token, form)
    messages.success(request, _("Thank you. Somebody who leads the team looks into it and tells you why."))
    return redirect(f"{address_of(ticket, token)}#costs")


def _contested(seen: Verdict, form: ContestForm, viewer: Viewer) -> bool:
    """Keep what is wrong with it; where something else was said meanwhile, that is told at what they wrote."""
    try:
        contest_verdict(seen, text=form.cleaned_data["text"], contact_id=viewer.contact_id, by=viewer)
    except Refused as refused:
        if refused.code != "billing.other_verdict":
            raise
        form.add_error("text", refused.message)
    return not form.errors


def bought(request: PortalRequest) -> HttpResponse:
    """GET account/bought: one's contracts with what is left of them, and orders. Four statements."""
    contact_of(request)
    today = now().date()
    contracts = Contract.objects.visible_to(request.viewer).order_by(F("ends_on").desc(nulls_first=True), "-pk")
    lines = [
        {
            "contract": left.contract,
            "included": included_words(left.contract),
            "left": "" if left.contract.is_unlimited else left_words(left.contract, left.incidents, left.minutes),
            "is_running": left.contract.is_running_on(today),
        }
        for left in left_of(contracts[:SHOWN], on=today)
    ]
    orders = Order.objects.visible_to(request.viewer).prefetch_related("lines").order_by("-ordered_at")[:SHOWN]
    return render(request, "portal/bought.html", {"lines": lines, "orders": orders, "now": now()})


def expected_cost(viewer: Viewer, type: str) -> tuple[str, bool]:
    """What a request of `type` would cost whoever is signed in, in words before they write it, and whether that is a
    price; "" for who is not, and where nothing is charged. Five statements at most."""
    if viewer.contact_id is None or not is_charging():
        return "", False
    contact = Contact.objects.get(pk=viewer.contact_id)
    case = Case(
        about="",
        contact_id=contact.pk,
        organisation_id=contact.organisation_id,
        type=type,
        channel="portal",
        at=now(),
    )
    verdict = Verdict(**decide(case, active_reasons()).as_row())
    return verdict_words(verdict), not verdict.is_free


urls = [
    portal_path("account/bought", bought, "bought"),
    portal_path("requests/<int:number>/costs", costs, "costs"),
    portal_path("requests/<int:number>/price", accept, "accept"),
    portal_path("requests/<int:number>/contest", contest, "contest"),
    portal_path("status/<int:number>/<str:token>/costs", costs, "costs_by_link"),
    portal_path("status/<int:number>/<str:token>/price", accept, "accept_by_link"),
    portal_path("status/<int:number>/<str:token>/contest", contest, "contest_by_link"),
]
