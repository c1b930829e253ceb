"""A bank's list read in: what it paid, and what names no invoice of ours."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.billing.actions.bank import BankResult, bank_text, import_statement
from charterdesk.billing.policies import may_work_on_money
from charterdesk.billing.queries.seller import seller
from charterdesk.workspace.money.forms import BankForm
from charterdesk.workspace.money.shared import money_path
from charterdesk.workspace.staff import StaffRequest

MOST_BYTES = 8 * 2**20


def bank(request: StaffRequest) -> HttpResponse:
    """GET and POST money/bank: read a list in and show what became of each movement."""
    form = BankForm(request.POST or None, request.FILES or None)
    result: BankResult | None = None
    if request.method == "POST" and form.is_valid():
        try:
            result = import_statement(_text(form), by=request.viewer, currency=seller().currency)
        except Refused as refused:
            form.add_error("file", refused.message)
    context = {"form": form, "result": result, "place": "money"}
    return render(request, "workspace/money/bank.html", context, status=422 if form.errors else 200)


def _text(form: BankForm) -> str:
    """The file as text. Raises `Refused("billing.bad_list")`."""
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        raise Refused("billing.bad_list", _("This file is too large for a bank's list."))
    return bank_text(file.read())


urls = [money_path("bank", bank, "bank", may_work_on_money)]
