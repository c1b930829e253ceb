"""Drafts of invoices: lines in and out, what they say, and issuing them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.billing.actions.drafts import NewLine, add_line, change_draft, collect, discard_draft, remove_line
from charterdesk.billing.actions.issuing import issue_invoice
from charterdesk.billing.models import Account, Invoice, InvoiceLine
from charterdesk.billing.policies import may_work_on_money
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.money.forms import DraftForm, LineForm
from charterdesk.workspace.money.invoices import invoice_page
from charterdesk.workspace.money.shared import money_in, money_path
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {"billing.no_text": "text", "billing.bad_quantity": "quantity", "billing.bad_amount": "price"}


def _draft(pk: int) -> Invoice:
    related = Invoice.objects.select_related("account__contact", "account__organisation")
    return get_object_or_404(related, pk=pk)


@require_POST
def begin(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/accounts/<id>/draft: the account's draft with all there is to charge for."""
    account = get_object_or_404(Account.objects.select_related("contact", "organisation"), pk=pk)
    return redirect("workspace:invoice", collect(account, by=request.viewer).pk)


@require_POST
def lines(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/invoices/<id>/lines: add a line, or take one out (`remove`, its id)."""
    draft = _draft(pk)
    removed = request.POST.get("remove", "")
    if removed.isdecimal():
        remove_line(get_object_or_404(InvoiceLine, pk=removed, invoice=draft), by=request.viewer)
        return redirect("workspace:invoice", pk)
    form = LineForm(request.POST)

    def add() -> None:
        add_line(draft, _line(form, draft), by=request.viewer)

    if form.is_valid() and carried_out(form, add, fields=FIELD_OF):
        return redirect("workspace:invoice", pk)
    return invoice_page(request, draft, line_form=form, status=422)


def _line(form: LineForm, draft: Invoice) -> NewLine:
    given = form.cleaned_data
    return NewLine(
        text=given["text"],
        price=money_in(form, "price", draft.currency),
        quantity=given["quantity"],
        unit=given["unit"],
        rate=given["rate"],
    )


@require_POST
def details(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/invoices/<id>/details: what it says, and in which language."""
    draft, form = _draft(pk), DraftForm(request.POST)
    if form.is_valid():
        change_draft(draft, by=request.viewer, **form.cleaned_data)
        say(request, _("Saved."))
        return redirect("workspace:invoice", pk)
    return invoice_page(request, draft, draft_form=form, status=422)


@require_POST
def issue(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/invoices/<id>/issue: it gets its number, and is mailed."""
    issued = issue_invoice(_draft(pk), by=request.viewer)
    say(request, _("Invoice %(number)s is issued.") % {"number": issued.number})
    return redirect("workspace:invoice", pk)


@require_POST
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/invoices/<id>/discard: what it charged for can be charged again."""
    draft = _draft(pk)
    discard_draft(draft, by=request.viewer)
    say(request, _("The draft is gone. What it charged for can be charged again."))
    return redirect("workspace:money_account", draft.account_id)


urls = [
    money_path("accounts/<int:pk>/draft", begin, "begin_invoice", may_work_on_money),
    money_path("invoices/<int:pk>/lines", lines, "invoice_lines", may_work_on_money),
    money_path("invoices/<int:pk>/details", details, "invoice_details", may_work_on_money),
    money_path("invoices/<int:pk>/issue", issue, "issue_invoice", may_work_on_money),
    money_path("invoices/<int:pk>/discard", discard, "discard_invoice", may_work_on_money),
]
