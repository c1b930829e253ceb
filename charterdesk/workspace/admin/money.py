"""Settings of money: who sells, on which terms, who approves how much alone, and taxes with their history."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.clock import now
from charterdesk.base.money import CURRENCIES, Money
from charterdesk.billing.actions.cards import save_card_provider
from charterdesk.billing.actions.seller import SELLER, change_seller, save_tax_rate
from charterdesk.billing.models import CardProvider, RefundLimit, Seller, TaxRate
from charterdesk.billing.queries.seller import seller
from charterdesk.people.models import Agent
from charterdesk.people.permissions import SET_MONEY
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.amounts import AmountField
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {"billing.bad_country": "country", "billing.same_prefix": "credit_prefix"}
TAX_FIELDS = {
    "billing.no_tax_name": "name",
    "billing.tax_taken": "name",
    "billing.tax_percent": "percent",
    "billing.no_tax_reason": "why",
}
ALONE = [each for each in Agent.ROLES if each[0] != Agent.AGENT]


class SellerForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when run
    """Who sells, and the terms; with a limit for each role."""

    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=[(code, code) for code in sorted(CURRENCIES)])
    alone_amount = AmountField(label=gettext_lazy("Refunds a published charter gives by itself, up to"), required=False)

    class Meta:
        model = Seller
        fields = SELLER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = dict(RefundLimit.objects.values_list("role", "amount"))
        currency = self.instance.currency
        for role, name in ALONE:
            label = _("Somebody who is %(role)s approves alone up to") % {"role": name}
            initial = Money(kept[role], currency).plain if role in kept else ""
            self.fields[f"limit_{role}"] = AmountField(label=label, required=False, initial=initial)
        self.initial["alone_amount"] = self.instance.alone.plain

    def groups(self) -> list[tuple[str, list[Any]]]:
        """Its fields under headings."""
        named = [
            (_("Who you are"), ["name", "street", "postcode", "city", "country", "vat_id", "registration", "email"]),
            (_("Where money goes"), ["currency", "iban", "bic", "payment_days"]),
            (_("Numbers and words"), ["invoice_prefix", "credit_prefix", "yearly", "footer", "keep_years"]),
            (_("Reminders"), ["reminder_days", "reminders"]),
            (_("Refunds"), [*(f"limit_{role}" for role, _name in ALONE), "alone_amount"]),
        ]
        return [(title, [self[name] for name in names]) for title, names in named]


class CardForm(forms.Form):
    """Our account with Stripe."""

    is_active = forms.BooleanField(label=gettext_lazy("Customers may pay by card"), required=False)
    api_key = forms.CharField(
        label=gettext_lazy("Secret key"),
        max_length=300,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Empty leaves it as it is. It is kept encrypted."),
    )
    webhook_secret = forms.CharField(
        label=gettext_lazy("Signing secret"),
        max_length=300,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Of the webhook in Stripe's settings."),
    )


class TaxForm(forms.Form):
    """A rate of tax, and from when."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    category = forms.ChoiceField(label=gettext_lazy("Kind"), choices=TaxRate.CATEGORIES)
    percent = AmountField(label=gettext_lazy("Percent"))
    valid_from = forms.DateField(
        label=gettext_lazy("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(
        label=gettext_lazy("Why no tax is charged"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Stands on the invoice where no tax does."),
    )
    is_default = forms.BooleanField(label=gettext_lazy("For new lines"), required=False)


def money(request: StaffRequest) -> HttpResponse:
    """GET and POST admin/money: who sells, terms and limits; taxes below. Five statements."""
    settled = seller()
    form = SellerForm(request.POST or None, instance=settled)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "alone_amount": form.cleaned_data["alone_amount"] or 0}
        fields = {name: given[name] for name in SELLER}
        limits = {role: given[f"limit_{role}"] for role, _name in ALONE}
        if carried_out(form, lambda: change_seller(by=request.viewer, limits=limits, **fields), fields=FIELD_OF):
            say(request, _("Saved. What was issued keeps what it said."))
            return redirect("workspace:money_settings")
    return form_page(request, "workspace/admin/money.html", form, **_beside(), cards=_card_form())


def _beside() -> dict[str, Any]:
    """What stands below the form. Two statements."""
    return {
        "taxes": TaxRate.objects.prefetch_related("versions").order_by("name"),
        "hook": f"{settings.PUBLIC_URL}/hooks/stripe",
    }


def _card_form() -> CardForm:
    known = CardProvider.objects.filter(pk=CardProvider.ONLY).first()
    return CardForm(initial={"is_active": bool(known and known.is_active)})


@require_POST
def cards(request: StaffRequest) -> HttpResponse:
    """POST admin/money/cards: our account with Stripe."""
    form = CardForm(request.POST)

    def keep() -> None:
        save_card_provider(by=request.viewer, **form.cleaned_data)

    if form.is_valid() and carried_out(form, keep, fields={"billing.no_secrets": "api_key"}):
        say(request, _("Saved."))
        return redirect("workspace:money_settings")
    return form_page(request, "workspace/admin/money.html", SellerForm(instance=seller()), **_beside(), cards=form)


def tax(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/money/taxes/<id> or /new. Four statements."""
    found = get_object_or_404(TaxRate.objects.prefetch_related("versions"), pk=pk) if pk else None
    form = TaxForm(request.POST or None, initial=_initial(found))
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda: save_tax_rate(found, by=request.viewer, **form.cleaned_data), fields=TAX_FIELDS)
    ):
        say(request, _("Saved. What was issued keeps what it said."))
        return redirect("workspace:money_settings")
    context = {"form": form, "tax": found, "place": "admin"}
    return render(request, "workspace/admin/tax.html", context, status=422 if form.errors else 200)


def _initial(found: TaxRate | None) -> dict[str, Any]:
    if found is None:
        return {"valid_from": now().date(), "is_default": not TaxRate.objects.exists()}
    latest = next(iter(found.versions.all()), None)
    return {
        "name": found.name,
        "category": found.category,
        "why": found.why,
        "is_default": found.is_default,
        "percent": f"{latest.percent.normalize():f}" if latest else "",
        "valid_from": now().date(),
    }


urls = [
    administrator_path("admin/money", money, name="money_settings", settings=SET_MONEY),
    administrator_path("admin/money/cards", cards, name="card_settings", settings=SET_MONEY),
    administrator_path("admin/money/taxes/new", tax, name="new_tax", settings=SET_MONEY),
    administrator_path("admin/money/taxes/<int:pk>", tax, name="tax", settings=SET_MONEY),
]
