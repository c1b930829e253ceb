"""What customers can buy: offers, the reasons for free or charged in their order, and tiers of loyalty."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.money import CURRENCIES
from charterdesk.billing.actions.contracts import OFFER, remove_tier, save_offer, save_tier
from charterdesk.billing.actions.verdicts import remove_reason, save_reason
from charterdesk.billing.models import PER, Offer, Reason, Terms, Tier
from charterdesk.billing.words import included_words, price_words
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.models import LANGUAGES
from charterdesk.people.permissions import SET_BILLING
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.fields import OpenTimeField
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.amounts import AmountField
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {
    "billing.no_name": "name",
    "billing.name_taken": "name",
    "billing.nothing_included": "incidents",
    "billing.half_overage": "overage_amount",
    "billing.no_price": "price_amount",
    "billing.no_condition": "tags",
    "billing.tier_taken": "orders",
    "billing.no_margin": "margin",
}
CURRENCY = [(code, code) for code in sorted(CURRENCIES)]
NOTHING = ("", gettext_lazy("nothing: it ends there"))


def _several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class OfferForm(forms.Form):
    """What an offer includes and costs."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    description = forms.CharField(
        label=gettext_lazy("What it is, as customers read it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    period = forms.ChoiceField(label=gettext_lazy("Counted by the"), choices=Terms.PERIODS)
    is_unlimited = forms.BooleanField(label=gettext_lazy("All requests are included"), required=False)
    incidents = forms.IntegerField(
        label=gettext_lazy("Requests included"), required=False, min_value=0, max_value=10**6
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes included"),
        required=False,
        min_value=0,
        max_value=10**6,
        help_text=gettext_lazy("Time noted as billable uses them up."),
    )
    price_amount = AmountField(label=gettext_lazy("Price for each of these periods"), least=0)
    overage_per = forms.ChoiceField(
        label=gettext_lazy("When that is used up, charge by the"), choices=[NOTHING, *PER], required=False
    )
    overage_amount = AmountField(label=gettext_lazy("at"), required=False, least=0)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=CURRENCY)
    months = forms.IntegerField(
        label=gettext_lazy("Runs for months"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=gettext_lazy("Empty: until somebody ends it."),
    )
    remind_days = forms.IntegerField(
        label=gettext_lazy("Remind so many days before its end"), min_value=0, max_value=3660
    )
    calendar = forms.ModelChoiceField(
        label=gettext_lazy("Hours"),
        queryset=BusinessCalendar.objects.order_by("name"),
        required=False,
        empty_label=gettext_lazy("those of the team"),
    )
    types = _several(gettext_lazy("Type"), Ticket.TYPES)
    channels = _several(gettext_lazy("Channel"), Ticket.CHANNELS)
    position = forms.IntegerField(label=gettext_lazy("Position"), min_value=1, max_value=32767)
    is_active = forms.BooleanField(label=gettext_lazy("It is offered"), required=False)


class ReasonForm(forms.Form):
    """One reason, which requests it is for, and what the customer reads."""

    kind = forms.ChoiceField(label=gettext_lazy("What decides"), choices=Reason.KINDS)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    tags = forms.CharField(
        label=gettext_lazy("Only with one of these tags"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Apart by commas; empty is all."),
    )
    types = _several(gettext_lazy("Type"), Ticket.TYPES)
    channels = _several(gettext_lazy("Channel"), Ticket.CHANNELS)
    price_amount = AmountField(label=gettext_lazy("Price"), required=False, least=0)
    per = forms.ChoiceField(label=gettext_lazy("for each"), choices=[("", "—"), *PER], required=False)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=CURRENCY)
    position = forms.IntegerField(
        label=gettext_lazy("Position"),
        min_value=1,
        max_value=32767,
        help_text=gettext_lazy("The first reason that fits, by position, decides."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in LANGUAGES:
            self.fields[f"words_{code}"] = forms.CharField(
                label=name, required=False, max_length=300, widget=forms.TextInput(attrs={"dir": "auto", "lang": code})
            )

    def clean_tags(self) -> list[str]:
        """Tags, as they stand between commas."""
        return list(self.cleaned_data["tags"].split(","))

    @property
    def words(self) -> list[forms.BoundField]:
        """What the customer reads, by language."""
        return [self[f"words_{code}"] for code, _name in LANGUAGES]

    @property
    def values(self) -> dict[str, Any]:
        """What `save_reason` takes."""
        data = self.cleaned_data
        words = {code: text for code, _name in LANGUAGES if (text := data[f"words_{code}"].strip())}
        return {name: data[name] for name in ReasonForm.base_fields} | {"words": words}


class TierForm(forms.Form):
    """Whose requests go earlier."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    orders = forms.IntegerField(label=gettext_lazy("From so many orders in a year"), min_value=1, max_value=10**6)
    classes = forms.IntegerField(label=gettext_lazy("Priority classes earlier"), min_value=1, max_value=3)
    margin = OpenTimeField(
        label=gettext_lazy("Only while nobody else is due within"),
        help_text=gettext_lazy("As 2:00, hours and minutes. Loyalty never breaks somebody else's promise."),
    )


def offers(request: StaffRequest) -> HttpResponse:
    """GET admin/offers: all of them, in their order. One statement."""
    lines = [(each, included_words(each), _over(each)) for each in Offer.objects.all()]
    return render(request, "workspace/admin/offers.html", {"lines": lines, "place": "admin"})


def _over(terms: Terms) -> str:
    return price_words(terms.overage, terms.overage_per) if terms.overage else ""


def offer(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/offers/<id> or admin/offers/new: look at one, change it, add one."""
    instance = get_object_or_404(Offer, pk=pk) if pk else None
    start = instance or Offer(remind_days=30)
    form = OfferForm(request.POST or None, initial={name: getattr(start, name) for name in OFFER})
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda: save_offer(instance, by=request.viewer, **form.cleaned_data), fields=FIELD_OF)
    ):
        say(request, _("Saved. Contracts agreed before keep their terms."))
        return redirect("workspace:offers")
    return form_page(request, "workspace/admin/offer.html", form, offer=instance)


def reasons(request: StaffRequest) -> HttpResponse:
    """GET admin/reasons: in the order in which they are tried. One statement."""
    lines = [(each, price_words(each.price, each.per) if each.price else "") for each in Reason.objects.all()]
    return render(request, "workspace/admin/reasons.html", {"lines": lines, "place": "admin"})


def reason(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/reasons/<id> or admin/reasons/new: look at one, change it, add one."""
    instance = get_object_or_404(Reason, pk=pk) if pk else None
    form = ReasonForm(request.POST or None, initial=_reason_initial(instance or Reason(kind=Reason.WINDOW)))
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda: save_reason(instance, by=request.viewer, **form.values), fields=FIELD_OF)
    ):
        say(request, _("Saved. It holds for requests that come from now on."))
        return redirect("workspace:reasons")
    return form_page(request, "workspace/admin/reason.html", form, reason=instance)


def _reason_initial(reason: Reason) -> dict[str, Any]:
    plain = {name: getattr(reason, name) for name in ReasonForm.base_fields}
    return plain | {"tags": ", ".join(reason.tags)} | {f"words_{code}": text for code, text in reason.words.items()}


@require_POST
def reason_removal(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/reasons/<id>/removal: judge by it no more."""
    remove_reason(get_object_or_404(Reason, pk=pk), by=request.viewer)
    say(request, _("Removed. What was said by it stays."))
    return redirect("workspace:reasons")


def tiers(request: StaffRequest) -> HttpResponse:
    """GET admin/loyalty: the tiers, the highest first. One statement."""
    return render(request, "workspace/admin/tiers.html", {"tiers": Tier.objects.all(), "place": "admin"})


def tier(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/loyalty/<id> or admin/loyalty/new: look at one, change it, add one."""
    instance = get_object_or_404(Tier, pk=pk) if pk else None
    start = instance or Tier()
    form = TierForm(request.POST or None, initial={name: getattr(start, name) for name in TierForm.base_fields})
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda: save_tier(instance, by=request.viewer, **form.cleaned_data), fields=FIELD_OF)
    ):
        say(request, _("Saved. It holds for requests that come from now on."))
        return redirect("workspace:tiers")
    return form_page(request, "workspace/admin/tier.html", form, tier=instance)


@require_POST
def tier_removal(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/loyalty/<id>/removal: have it no more."""
    remove_tier(get_object_or_404(Tier, pk=pk), by=request.viewer)
    say(request, _("Removed."))
    return redirect("workspace:tiers")


urls = [
    administrator_path("admin/offers", offers, name="offers", settings=SET_BILLING),
    administrator_path("admin/offers/new", offer, name="new_offer", settings=SET_BILLING),
    administrator_path("admin/offers/<int:pk>", offer, name="offer", settings=SET_BILLING),
    administrator_path("admin/reasons", reasons, name="reasons", settings=SET_BILLING),
    administrator_path("admin/reasons/new", reason, name="new_reason", settings=SET_BILLING),
    administrator_path("admin/reasons/<int:pk>", reason, name="reason", settings=SET_BILLING),
    administrator_path("admin/reasons/<int:pk>/removal", reason_removal, name="reason_removal", settings=SET_BILLING),
    administrator_path("admin/loyalty", tiers, name="tiers", settings=SET_BILLING),
    administrator_path("admin/loyalty/new", tier, name="new_tier", settings=SET_BILLING),
    administrator_path("admin/loyalty/<int:pk>", tier, name="tier", settings=SET_BILLING),
    administrator_path("admin/loyalty/<int:pk>/removal", tier_removal, name="tier_removal", settings=SET_BILLING),
]
