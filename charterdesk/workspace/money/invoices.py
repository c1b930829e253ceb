"""Invoices: the list with what is late, one invoice or credit note, and its files."""

import urllib.parse
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.money import read_amount
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.issuing import buyer_of, credit_invoice, seller_of
from charterdesk.billing.actions.reminding import pause_reminders, resume_reminders, settle_dispute
from charterdesk.billing.actions.sending import send_invoice_again
from charterdesk.billing.documents.en16931 import broken_rules
from charterdesk.billing.documents.pdf import invoice_pdf
from charterdesk.billing.documents.xml import invoice_xml
from charterdesk.billing.models import Dispute, Invoice, Payment, Refund, ReminderPause
from charterdesk.billing.policies import may_approve_refunds, may_read_ledger, may_read_money, may_work_on_money
from charterdesk.billing.queries.invoices import ages, disputed, lines_of
from charterdesk.billing.queries.lists import ALL, DISPUTED, DRAFTS, LATE, OPEN, PAID, STATES, invoices_page
from charterdesk.billing.queries.seller import seller, today_of_seller
from charterdesk.billing.queries.taxes import shares_of
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.money.forms import AnswerForm, DraftForm, LineForm, PauseForm, PaymentForm, ReasonForm
from charterdesk.workspace.money.shared import money_path
from charterdesk.workspace.staff import StaffRequest, say, wants

PAGE = 50
CAP = 100
WORDS = {
    ALL: gettext_lazy("All"),
    OPEN: gettext_lazy("Open"),
    LATE: gettext_lazy("Late"),
    DISPUTED: gettext_lazy("Disputed"),
    DRAFTS: gettext_lazy("Drafts"),
    PAID: gettext_lazy("Paid"),
}


def money(request: StaffRequest) -> HttpResponse:
    """GET money/?state=&q=&after=: invoices, the newest first, and what is open by how late it is. Nine statements."""
    state = request.GET.get("state", ALL)
    state, words = state if state in STATES else ALL, request.GET.get("q", "").strip()[:80]
    after = request.GET.get("after", "")
    today = today_of_seller()
    page = invoices_page(
        Invoice.objects.all(),
        state=state,
        words=words,
        on=today,
        after=int(after) if after.isdecimal() and len(after) < 19 else None,
        size=PAGE,
    )
    asked = {"state": state, "q": words, "after": page.after}
    context = {
        "invoices": _rows(page.invoices),
        "more": "?" + urllib.parse.urlencode(asked) if page.after else "",
        "state": state,
        "states": [(each, WORDS[each]) for each in STATES],
        "words": words,
        "place": "money",
    }
    if wants(request, "results"):
        return render(request, "workspace/money/results.html", context)
    context |= {"ages": _ages(), **counts(request)}
    return render(request, "workspace/money/list.html", context)


def counts(request: StaffRequest) -> dict[str, Any]:
    """What waits for whoever looks, and where else they may go. One statement for who approves refunds."""
    may_approve = may_approve_refunds(request.viewer)
    waiting = Refund.objects.filter(state=Refund.REQUESTED)[:CAP].count() if may_approve else 0
    return {
        "refunds_waiting": waiting,
        "may_work": may_work_on_money(request.viewer),
        "may_approve": may_approve,
        "may_read_ledger": may_read_ledger(request.viewer),
    }


def _rows(invoices: list[Invoice]) -> list[dict[str, Any]]:
    """Invoices with what their rows say. Two statements."""
    today, disputes = today_of_seller(), disputed(invoices)
    return [
        {"invoice": one, "late": one.days_late(today), "is_disputed": one.pk in disputes, "state": state_of(one, today)}
        for one in invoices
    ]


def state_of(invoice: Invoice, today: date) -> str:
    """The colour of its state on a day."""
    if invoice.is_draft or not invoice.is_invoice:
        return ""
    if invoice.is_paid:
        return "kept"
    return "late" if invoice.days_late(today) else "waiting"


def _ages() -> list[dict[str, Any]]:
    """Open amounts in the desk's currency by how late they are, each with its share of the largest."""
    found = ages(seller().currency, on=today_of_seller())
    most = max((age.money.amount for age in found), default=Decimal(0))
    return [
        {
            "age": age,
            "share": round(age.money.amount * 100 / most) if most else 0,
            "state": _colour(age.first) if age.money else "",
        }
        for age in found
    ]


def _colour(first: int | None) -> str:
    return "" if first is None else "soon" if first == 1 else "late"


def invoice(request: StaffRequest, pk: int) -> HttpResponse:
    """GET money/invoices/<id>/: one of them with all that hangs on it. Eleven statements at most."""
    return invoice_page(request, _read(pk))


def _read(pk: int) -> Invoice:
    related = Invoice.objects.select_related("account__contact", "account__organisation", "counters")
    return get_object_or_404(related, pk=pk)


def invoice_page(
    request: StaffRequest, found: Invoice, *, status: int = 200, typed: Mapping[int, str] | None = None, **forms: Any
) -> HttpResponse:
    """The page of an invoice, with forms that were not in order; `typed` is how many of which lines were to be taken
    back."""
    lines, today = lines_of(found), today_of_seller()
    may_work = may_work_on_money(request.viewer)
    context: dict[str, Any] = {
        "invoice": found,
        "lines": lines,
        "shares": shares_of(lines, found.currency, tax=found.tax),
        "late": found.days_late(today),
        "state": state_of(found, today),
        "may_work": may_work,
        "place": "money",
    }
    if found.is_draft:
        initial = {"note": found.note, "language": found.language}
        context |= {"line_form": LineForm(), "draft_form": DraftForm(initial=initial)}
        found.seller, found.buyer = seller_of(seller()), buyer_of(found.account)
    else:
        context |= _around(found, today)
        if may_work and found.open and found.is_invoice:
            context["once"] = str(uuid4())
            context["payment_form"] = PaymentForm(initial={"amount": found.open.plain, "reference": found.number})
        context |= {"reason_form": ReasonForm(), "answer_form": AnswerForm(), "pause_form": PauseForm()}
        context["to_credit"] = [(line, (typed or {}).get(line.pk, "")) for line in lines]
    context["broken"] = broken_rules(found, lines, context["shares"]) if lines else ()
    return render(request, "workspace/money/invoice.html", {**context, **forms}, status=status)


def _around(found: Invoice, today: date) -> dict[str, Any]:
    """What settled it, what took it back, and who says that it is wrong. Five statements."""
    allocations = list(found.allocations.order_by("pk"))
    payments = Payment.objects.in_bulk([int(each.source_key[8:]) for each in allocations if _is_payment(each)])
    return {
        "settled": [
            {"each": each, "payment": payments.get(int(each.source_key[8:])) if _is_payment(each) else None}
            for each in allocations
        ],
        "notes": list(found.credit_notes.filter(state=Invoice.ISSUED).order_by("pk")),
        "disputes": list(found.disputes.order_by("-pk")),
        "pause": ReminderPause.objects.filter(invoice=found, until_on__gte=today).first(),
    }


def _is_payment(allocation: Any) -> bool:
    return str(allocation.source_key).startswith("payment:")


@require_POST
def credit_note(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/invoices/<id>/credit-note: take it back, or of the lines named so many (`line-<id>`)."""
    found, form = _read(pk), ReasonForm(request.POST)
    typed = {
        int(name[5:]): str(value).strip() for name, value in request.POST.items()
        if name.startswith("line-") and name[5:].isdecimal() and str(value).strip()
    }  # fmt: skip
    issued: list[Invoice] = []

    def keep() -> None:
        quantities = {line: _quantity(text) for line, text in typed.items()}
        reason = form.cleaned_data["reason"]
        issued.append(credit_invoice(found, by=request.viewer, reason=reason, quantities=quantities or None))

    if form.is_valid() and carried_out(form, keep, fields={}):
        say(request, _("Credit note %(number)s is issued.") % {"number": issued[0].number})
        return redirect("workspace:invoice", issued[0].pk)
    return invoice_page(request, found, status=422, reason_form=form, typed=typed)


def _quantity(text: str) -> Decimal:
    try:
        return read_amount(text)
    except ValueError as error:
        raise Refused("billing.bad_quantity", _("Write a quantity as a number.")) from error


@require_POST
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/invoices/<id>/dispute: answer what its customer says is wrong (`answer`)."""
    found = get_object_or_404(Dispute.objects.select_related("invoice__account"), invoice=pk, settled_at=None)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return invoice_page(request, _read(pk), status=422, answer_form=form)
    settle_dispute(found, by=request.viewer, answer=form.cleaned_data["answer"])
    say(request, _("Answered. Reminders go on."))
    return redirect("workspace:invoice", pk)


@require_POST
def pause(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/invoices/<id>/pause: remind nobody of it up to a day (`until`), or with `again` as before."""
    found, form = _read(pk), PauseForm(request.POST)
    if "again" in request.POST:
        resume_reminders(found, by=request.viewer)
        say(request, _("Reminders go on."))
        return redirect("workspace:invoice", pk)

    def rest() -> None:
        pause_reminders(found, by=request.viewer, until_on=form.cleaned_data["until"])

    if not (form.is_valid() and carried_out(form, rest, fields={"billing.bad_day": "until"})):
        return invoice_page(request, found, status=422, pause_form=form)
    say(request, _("Nobody is reminded of it until then."))
    return redirect("workspace:invoice", pk)


@require_POST
def send_again(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/invoices/<id>/mail: mail it once more."""
    send_invoice_again(_read(pk), by=request.viewer)
    say(request, _("It is on its way."))
    return redirect("workspace:invoice", pk)


def pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """GET money/invoices/<id>/pdf: as the customer gets it; a draft as it would be."""
    return file_of(_read(pk), "pdf")


def xml(request: StaffRequest, pk: int) -> HttpResponse:
    """GET money/invoices/<id>/xml: for programs, as EN 16931 has it. A draft has none."""
    found = _read(pk)
    if found.is_draft:
        raise Refused("billing.not_issued", _("Only what was issued has a file for programs."))
    return file_of(found, "xml")


def file_of(found: Invoice, kind: str) -> HttpResponse:
    """The invoice as a file to keep: `pdf` or `xml`."""
    made = invoice_pdf(found) if kind == "pdf" else invoice_xml(found)
    response = HttpResponse(made, content_type="application/pdf" if kind == "pdf" else "application/xml")
    response["Content-Disposition"] = f'attachment; filename="{found.number or "draft"}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


urls = [
    money_path("", money, "money", may_read_money),
    money_path("invoices/<int:pk>/", invoice, "invoice", may_read_money),
    money_path("invoices/<int:pk>/pdf", pdf, "invoice_pdf", may_read_money),
    money_path("invoices/<int:pk>/xml", xml, "invoice_xml", may_read_money),
    money_path("invoices/<int:pk>/credit-note", credit_note, "credit_invoice", may_work_on_money),
    money_path("invoices/<int:pk>/dispute", settle, "settle_dispute", may_work_on_money),
    money_path("invoices/<int:pk>/pause", pause, "pause_reminders", may_work_on_money),
    money_path("invoices/<int:pk>/mail", send_again, "mail_invoice", may_work_on_money),
]
