"""What customers bought: contracts agreed, looked at and ended; orders looked up."""

from typing import Any

from django import forms
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.clock import now
from charterdesk.base.refused import require
from charterdesk.billing.actions.contracts import agree_contract, end_contract
from charterdesk.billing.actions.loyalty import tier_of
from charterdesk.billing.models import Contract, Offer, Order, Use
from charterdesk.billing.policies import may_agree_contracts, may_see_bought
from charterdesk.billing.queries.contracts import left_of
from charterdesk.billing.words import included_words, left_words, price_words
from charterdesk.people.models import Contact, Organisation
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.staff import StaffRequest, say, staff_path

PAGE, SHOWN, USES = 50, 10, 100
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
FIELD_OF = {"billing.bad_end": "ends_on"}


class ContractForm(forms.Form):
    """An offer for a customer, from a day on."""

    offer = forms.ModelChoiceField(Offer.objects.filter(is_active=True), label=gettext_lazy("Offer"), empty_label=None)
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=DAY)
    ends_on = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=DAY,
        help_text=gettext_lazy("Empty: as long as the offer says."),
    )
    agreed_on = forms.DateField(
        label=gettext_lazy("Agreed on"), widget=DAY, help_text=gettext_lazy("The customer reads it with every price.")
    )


def contracts(request: StaffRequest) -> HttpResponse:
    """GET contracts/?page=: those in force, the one that ends next first. Three statements."""
    require(may_see_bought(request.viewer))
    today = now().date()
    found = Contract.objects.running_on(today).select_related("contact", "organisation")
    rows = list(found.order_by(F("ends_on").asc(nulls_last=True), "pk")[:PAGE])
    lines = [{"contract": left.contract, "left": _left(left)} for left in left_of(rows, on=today)]
    return render(request, "workspace/bought/contracts.html", {"lines": lines, "place": "contacts"})


def _left(left: Any) -> str:
    if left.contract.is_unlimited:
        return _("all requests included")
    return left_words(left.contract, left.incidents, left.minutes)


def new_contract(request: StaffRequest) -> HttpResponse:
    """GET and POST contracts/new?contact=<id> or ?organisation=<id>: agree on an offer."""
    require(may_agree_contracts(request.viewer))
    if not request.GET.keys() & {"contact", "organisation"}:
        return redirect("workspace:contacts")  # whose it is to be, is said on their page
    customer = _customer(request)
    today = now().date()
    form = ContractForm(request.POST or None, initial={"starts_on": today, "agreed_on": today})
    made: list[Contract] = []

    def agree() -> None:
        fields = {name: value for name, value in form.cleaned_data.items() if value}
        made.append(agree_contract(customer, by=request.viewer, **fields))

    if request.method == "POST" and form.is_valid() and carried_out(form, agree, fields=FIELD_OF):
        say(request, _("Agreed. It holds for requests from its first day on."))
        return redirect("workspace:contract", made[0].pk)
    context = {"form": form, "customer": customer, "has_offers": Offer.objects.exists(), "place": "contacts"}
    return render(request, "workspace/bought/new_contract.html", context, status=422 if form.errors else 200)


def _customer(request: StaffRequest) -> Contact | Organisation:
    organisation = request.GET.get("organisation", "")
    if organisation:
        return get_object_or_404(Organisation, pk=_number(organisation))
    contact = get_object_or_404(Contact, pk=_number(request.GET.get("contact", "")), erased_at=None)
    return contact.merged_into or contact


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def contract(request: StaffRequest, pk: int) -> HttpResponse:
    """GET contracts/<id>/: its terms, what is left, and what was used for what. Three statements."""
    require(may_see_bought(request.viewer))
    found = get_object_or_404(Contract.objects.select_related("contact", "organisation", "calendar"), pk=pk)
    uses = Use.objects.filter(contract=found).order_by("-pk")[:USES]
    context = {
        "contract": found,
        "included": included_words(found),
        "overage": price_words(found.overage, found.overage_per) if found.overage else "",
        "left": _left(left_of([found], on=now().date())[0]),
        "is_running": found.is_running_on(now().date()),
        "uses": uses,
        "may_agree": may_agree_contracts(request.viewer),
        "place": "contacts",
    }
    return render(request, "workspace/bought/contract.html", context)


@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """POST contracts/<id>/end: it holds for no request from now on."""
    require(may_agree_contracts(request.viewer))
    end_contract(get_object_or_404(Contract, pk=pk), by=request.viewer)
    say(request, _("Ended. What was used of it stays used."))
    return redirect("workspace:contract", pk)


def orders(request: StaffRequest) -> HttpResponse:
    """GET orders/?q=: the latest; with a number, those that have it. One statement."""
    require(may_see_bought(request.viewer))
    words = request.GET.get("q", "").strip().lstrip("#")[:80]
    found = Order.objects.select_related("contact", "source").order_by("-ordered_at", "-pk")
    found = found.filter(number=words) if words else found
    context = {"orders": found[:PAGE], "words": words, "now": now(), "place": "contacts"}
    return render(request, "workspace/bought/orders.html", context)


def order(request: StaffRequest, pk: int) -> HttpResponse:
    """GET orders/<id>/: one order with its lines. Two statements."""
    require(may_see_bought(request.viewer))
    found = get_object_or_404(Order.objects.select_related("contact", "source").prefetch_related("lines"), pk=pk)
    return render(request, "workspace/bought/order.html", {"order": found, "now": now(), "place": "contacts"})


def contact_bought(request: StaffRequest, pk: int) -> HttpResponse:
    """GET contacts/<id>/bought: contracts and orders, a part of the page that comes later. Seven statements."""
    require(may_see_bought(request.viewer))
    found = get_object_or_404(Contact, pk=pk)
    whose: Any = {"contact_id": found.pk, "organisation_id": found.organisation_id}
    more = {"ask": f"contact={found.pk}", "tier": tier_of(**whose, at=now())}
    return _bought(request, Contract.objects.of(**whose), Order.objects.of(**whose), **more)


def organisation_bought(request: StaffRequest, pk: int) -> HttpResponse:
    """GET organisations/<id>/bought: as `contact_bought`."""
    require(may_see_bought(request.viewer))
    found = get_object_or_404(Organisation, pk=pk)
    own = {"organisation": found}
    return _bought(request, Contract.objects.filter(**own), Order.objects.filter(**own), ask=f"organisation={found.pk}")


def _bought(request: StaffRequest, contracts: Any, orders: Any, **more: Any) -> HttpResponse:
    today = now().date()
    rows = list(contracts.order_by(F("ends_on").desc(nulls_first=True), "-pk")[:SHOWN])
    context = {
        "contracts": [
            {"contract": each.contract, "left": _left(each), "is_running": each.contract.is_running_on(today)}
            for each in left_of(rows, on=today)
        ],
        "orders": orders.order_by("-ordered_at")[:SHOWN],
        "now": now(),
        "may_agree": may_agree_contracts(request.viewer),
        **more,
    }
    return render(request, "workspace/bought/beside.html", context)


urls = [
    staff_path("contracts/", contracts, name="contracts"),
    staff_path("contracts/new", new_contract, name="new_contract"),
    staff_path("contracts/<int:pk>/", contract, name="contract"),
    staff_path("contracts/<int:pk>/end", end, name="end_contract"),
    staff_path("orders/", orders, name="orders"),
    staff_path("orders/<int:pk>/", order, name="order"),
    staff_path("contacts/<int:pk>/bought", contact_bought, name="contact_bought"),
    staff_path("organisations/<int:pk>/bought", organisation_bought, name="organisation_bought"),
]
