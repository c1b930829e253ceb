"""How one customer stands with us: invoices, payments, credit, refunds, and to whom invoices go."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.billing.actions.booking import account_of
from charterdesk.billing.actions.credits import grant_credit, revoke_credit
from charterdesk.billing.actions.payments import counter_payment, record_payment
from charterdesk.billing.actions.refunds import request_refund
from charterdesk.billing.actions.seller import change_bill_to
from charterdesk.billing.models import Account, BillTo, Credit, Invoice, Payment
from charterdesk.billing.policies import may_read_money, may_work_on_money
from charterdesk.billing.queries.invoices import accounts_of, standings
from charterdesk.billing.queries.seller import seller, today_of_seller
from charterdesk.billing.queries.to_bill import to_bill
from charterdesk.people.models import Contact, Organisation
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.money.forms import BillToForm, CreditForm, PaymentForm, RefundForm
from charterdesk.workspace.money.invoices import state_of
from charterdesk.workspace.money.shared import money_in, money_path
from charterdesk.workspace.staff import StaffRequest, say, staff_path

SHOWN = 30
PAYMENT_FIELDS = {"billing.bad_amount": "amount", "billing.future": "received_on"}
AMOUNT = {
    "billing.bad_amount": "amount",
    "billing.not_so_much": "amount",
    "billing.no_reason": "reason",
}
BILL_TO = {"billing.bad_country": "country", "billing.bad_email": "email"}


def account(request: StaffRequest, pk: int) -> HttpResponse:
    """GET money/accounts/<id>/: one customer in one currency. Thirteen statements at most."""
    return account_page(request, _read(pk))


def _read(pk: int) -> Account:
    return get_object_or_404(Account.objects.select_related("contact", "organisation"), pk=pk)


def account_page(request: StaffRequest, found: Account, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of an account, with forms that were not in order."""
    invoices = list(Invoice.objects.filter(account=found).order_by("-pk")[:SHOWN])
    may_work, today = may_work_on_money(request.viewer), today_of_seller()
    context: dict[str, Any] = {
        "account": found,
        "standing": standings([found])[0],
        "invoices": [{"invoice": one, "state": state_of(one, today), "late": one.days_late(today)} for one in invoices],
        "payments": list(found.payments.order_by("-pk")[:SHOWN]),
        "credits": list(found.credits.order_by("-pk")[:SHOWN]),
        "refunds": list(found.refunds.order_by("-pk")[:SHOWN]),
        "bill_to": BillTo.objects.filter(account=found).first(),
        "may_work": may_work,
        "place": "money",
    }
    if may_work:
        context |= {
            "once": str(uuid4()),
            "to_bill": to_bill(found),
            "has_draft": any(one.is_draft for one in invoices),
            "payment_form": PaymentForm(),
            "credit_form": CreditForm(),
            "refund_form": RefundForm(auto_id="refund_%s"),
            "bill_to_form": BillToForm(instance=context["bill_to"]),
        }
    return render(request, "workspace/money/account.html", {**context, **forms}, status=status)


@require_POST
def pay(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/accounts/<id>/payments: record money that came in; with `invoice` it settles that first."""
    found, form = _read(pk), PaymentForm(request.POST)
    named = request.POST.get("invoice", "")
    chosen = get_object_or_404(Invoice, pk=named, account=found) if named.isdecimal() else None

    def keep() -> None:
        record_payment(
            found,
            money_in(form, "amount", found.currency),
            by=request.viewer,
            invoice=chosen,
            external_id=f"by_hand:{_once(request)}",
            **{name: form.cleaned_data[name] for name in ("way", "received_on", "reference")},
        )

    if form.is_valid() and carried_out(form, keep, fields=PAYMENT_FIELDS):
        say(request, _("Recorded."))
        return redirect("workspace:invoice", chosen.pk) if chosen else redirect("workspace:money_account", pk)
    return account_page(request, found, payment_form=form, paid_invoice=chosen, opened="payment", status=422)


@require_POST
def counter(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/payments/<id>/counter: it was recorded in error, or the bank took it back."""
    payment = get_object_or_404(Payment.objects.select_related("account"), pk=pk)
    counter_payment(payment, by=request.viewer)
    say(request, _("Countered. What it settled is open again."))
    return redirect("workspace:money_account", payment.account_id)


@require_POST
def give_credit(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/accounts/<id>/credits: give credit, which the next invoice uses up."""
    found, form = _read(pk), CreditForm(request.POST)

    def keep() -> None:
        money, reason = money_in(form, "amount", found.currency), form.cleaned_data["reason"]
        grant_credit(found, money, reason=reason, cause_key=f"by_hand:{_once(request)}", by=request.viewer)

    if form.is_valid() and carried_out(form, keep, fields=AMOUNT):
        say(request, _("Given. The next invoice uses it up."))
        return redirect("workspace:money_account", pk)
    return account_page(request, found, credit_form=form, opened="credit", status=422)


@require_POST
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/credits/<id>/revocation: it was given in error."""
    credit = get_object_or_404(Credit.objects.select_related("account"), pk=pk)
    revoke_credit(credit, by=request.viewer)
    say(request, _("Taken back, as far as no invoice had used it."))
    return redirect("workspace:money_account", credit.account_id)


@require_POST
def ask_refund(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/accounts/<id>/refunds: ask for money to go back; others approve."""
    found, form = _read(pk), RefundForm(request.POST, auto_id="refund_%s")

    def keep() -> None:
        request_refund(
            found,
            money_in(form, "amount", found.currency),
            reason=form.cleaned_data["reason"],
            out_of=form.cleaned_data["out_of"],
            cause_key=f"by_hand:{_once(request)}",
            by=request.viewer,
        )

    if form.is_valid() and carried_out(form, keep, fields=AMOUNT):
        say(request, _("Asked for. It waits for approval."))
        return redirect("workspace:money_account", pk)
    return account_page(request, found, refund_form=form, opened="refund", status=422)


def _once(request: StaffRequest) -> str:
    """What tells one press of a button from another: the form's own mark, so that pressing twice gives once."""
    return request.POST.get("once", "")[:36] or str(uuid4())


@require_POST
def bill_to(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/accounts/<id>/bill-to: to whom invoices go from now on."""
    found = _read(pk)
    form = BillToForm(request.POST, instance=BillTo.objects.filter(account=found).first() or BillTo(account=found))
    if form.is_valid() and carried_out(
        form, lambda: change_bill_to(found, by=request.viewer, **form.cleaned_data), fields=BILL_TO
    ):
        say(request, _("Saved. The next invoice goes there."))
        return redirect("workspace:money_account", pk)
    return account_page(request, found, bill_to_form=form, opened="bill-to", status=422)


def of_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """GET contacts/<id>/money: how they stand, for their page. POST: open their account."""
    return _of(request, get_object_or_404(Contact, pk=pk))


def of_organisation(request: StaffRequest, pk: int) -> HttpResponse:
    """GET organisations/<id>/money: how it stands, for its page. POST: open its account."""
    return _of(request, get_object_or_404(Organisation, pk=pk))


def _of(request: StaffRequest, payer: Contact | Organisation) -> HttpResponse:
    require(may_read_money(request.viewer))
    if request.method == "POST":
        require(may_work_on_money(request.viewer))
        return redirect("workspace:money_account", account_of(payer, seller().currency).pk)
    context = {
        "payer": payer,
        "is_organisation": isinstance(payer, Organisation),
        "standings": standings(accounts_of(payer)),
        "may_work": may_work_on_money(request.viewer),
    }
    return render(request, "workspace/money/standing.html", context)


urls = [
    money_path("accounts/<int:pk>/", account, "money_account", may_read_money),
    money_path("accounts/<int:pk>/payments", pay, "record_payment", may_work_on_money),
    money_path("accounts/<int:pk>/credits", give_credit, "give_credit", may_work_on_money),
    money_path("accounts/<int:pk>/refunds", ask_refund, "ask_refund", may_work_on_money),
    money_path("accounts/<int:pk>/bill-to", bill_to, "bill_to", may_work_on_money),
    money_path("payments/<int:pk>/counter", counter, "counter_payment", may_work_on_money),
    money_path("credits/<int:pk>/revocation", revoke, "revoke_credit", may_work_on_money),
    staff_path("contacts/<int:pk>/money", of_contact, name="contact_money"),
    staff_path("organisations/<int:pk>/money", of_organisation, name="organisation_money"),
]
