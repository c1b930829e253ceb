"""The forms of money."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from charterdesk.billing.models import BillTo, InvoiceLine, Payment, Refund, TaxRate
from charterdesk.billing.queries.seller import today_of_seller
from charterdesk.people.models import LANGUAGES
from charterdesk.ui.words_field import words_field
from charterdesk.workspace.amounts import AmountField

BAD_DAY = _("Choose a day from today, within a year.")


class LineForm(forms.Form):
    """A line of a draft."""

    text = forms.CharField(label=_("What for"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    quantity = AmountField(label=_("Quantity"), initial="1")
    unit = forms.ChoiceField(label=_("Unit"), choices=InvoiceLine.UNITS)
    price = AmountField(label=_("Price of one"))
    rate = forms.ModelChoiceField(label=_("Tax"), queryset=TaxRate.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rates: Any = self.fields["rate"]
        rates.queryset = TaxRate.objects.order_by("-is_default", "name")
        rates.empty_label = None if rates.queryset else _("none")


class DraftForm(forms.Form):
    """What a draft says to its customer, and in which language."""

    note = forms.CharField(
        label=_("A line for the customer"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


class ReasonForm(forms.Form):
    """Why, in words for the customer."""

    reason = forms.CharField(
        label=_("Why, as the customer reads it"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )


class AnswerForm(forms.Form):
    """What was found of an invoice that its customer says is wrong."""

    answer = words_field(
        _("What you found, as the customer reads it"),
        missing=_("Say what you found, in words the customer can read."),
        most=2000,
    )


class WhyForm(forms.Form):
    """Why money does not go back."""

    why = words_field(
        _("Why, as the customer reads it"), missing=_("Say why, in words the customer can read."), most=1000
    )


class PauseForm(forms.Form):
    """The last day on which nobody is reminded."""

    until = forms.DateField(
        label=_("Until"),
        error_messages={"required": BAD_DAY, "invalid": BAD_DAY},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PaymentForm(forms.Form):
    """Money that came in."""

    amount = AmountField(label=_("Amount"))
    way = forms.ChoiceField(label=_("How"), choices=[each for each in Payment.WAYS if each[0] != Payment.STRIPE])
    received_on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reference = forms.CharField(label=_("Reference"), max_length=140, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = today_of_seller()


class CreditForm(ReasonForm):
    """Credit given by hand."""

    amount = AmountField(label=_("Amount"))
    field_order: tuple[str, ...] = ("amount", "reason")


class RefundForm(CreditForm):
    """Money to go back."""

    out_of = forms.ChoiceField(label=_("Out of"), choices=Refund.SOURCES)
    field_order = ("amount", "out_of", "reason")


class BillToForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when run
    """To whom invoices go."""

    class Meta:
        model = BillTo
        fields = BillTo.FIELDS


class BankForm(forms.Form):
    """A bank's list of movements."""

    file = forms.FileField(
        label=_("CSV file of the bank"),
        help_text=_("With a first line that names the columns: date, amount, reference."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )
