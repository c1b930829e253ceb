"""Invoices as customers see them: what is open, each with its files, how to pay, and a way to say that it is wrong."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.billing.actions.reminding import dispute_invoice
from charterdesk.billing.cards import provider
from charterdesk.billing.documents.pdf import invoice_pdf
from charterdesk.billing.documents.xml import invoice_xml
from charterdesk.billing.models import Account, Credit, Invoice, Refund
from charterdesk.billing.queries.invoices import disputed, lines_of
from charterdesk.billing.queries.lists import invoices_page
from charterdesk.billing.queries.seller import today_of_seller
from charterdesk.billing.queries.taxes import shares_of
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.ui.card_page import card_page
from charterdesk.ui.words_field import words_field

PAGE = 30


class DisputeForm(forms.Form):
    """What is wrong with an invoice."""

    text = words_field(
        gettext_lazy("What is wrong"), missing=gettext_lazy("Say what is wrong with it."), most=2000, rows=3
    )


def invoices(request: PortalRequest) -> HttpResponse:
    """GET invoices/?after=: theirs, and those of the organisation whose requests they may see. Five statements."""
    if request.viewer.contact_id is None:
        return redirect(f"/account/login/?next={request.path}")
    after, today = request.GET.get("after", ""), today_of_seller()
    page = invoices_page(
        Invoice.objects.visible_to(request.viewer),
        on=today,
        after=int(after) if after.isdecimal() and len(after) < 19 else None,
        size=PAGE,
    )
    disputes = disputed(page.invoices)
    accounts = Account.objects.visible_to(request.viewer)
    context = {
        "rows": [
            {"invoice": one, "late": one.days_late(today), "is_disputed": one.pk in disputes} for one in page.invoices
        ],
        "credits": list(Credit.objects.filter(account__in=accounts, left_amount__gt=0).order_by("pk")[:PAGE]),
        "refunds": list(Refund.objects.filter(account__in=accounts).order_by("-pk")[:10]),
        "after": page.after,
        "place": "invoices",
    }
    return render(request, "portal/invoices.html", context)


def _read(request: PortalRequest, pk: int) -> Invoice:
    if request.viewer.is_staff:  # they have pages of their own, and dispute nothing in a customer's name
        raise Http404
    related = Invoice.objects.visible_to(request.viewer).select_related("account__contact", "counters")
    return get_object_or_404(related, pk=pk)


def invoice(request: PortalRequest, pk: int) -> HttpResponse:
    """GET invoices/<id>: what it is for, what it comes to, how to pay it. Six statements."""
    return _page(request, _read(request, pk), DisputeForm())


def _page(request: PortalRequest, found: Invoice, form: DisputeForm) -> HttpResponse:
    lines = lines_of(found)
    disputes = list(found.disputes.order_by("-pk"))
    context: dict[str, Any] = {
        "invoice": found,
        "lines": lines,
        "shares": shares_of(lines, found.currency, tax=found.tax),
        "late": found.days_late(today_of_seller()),
        "disputes": disputes,
        "is_disputed": any(each.settled_at is None for each in disputes),
        "dispute_form": form,
        "may_pay_by_card": found.is_invoice and bool(found.open) and provider() is not None,
        "place": "invoices",
    }
    return render(request, "portal/invoice.html", context, status=422 if form.errors else 200)


def pdf(request: PortalRequest, pk: int) -> HttpResponse:
    """GET invoices/<id>/pdf: to keep."""
    return _file(invoice_pdf(found := _read(request, pk)), found, "pdf")


def xml(request: PortalRequest, pk: int) -> HttpResponse:
    """GET invoices/<id>/xml: for their own programs, as EN 16931 has it."""
    return _file(invoice_xml(found := _read(request, pk)), found, "xml")


def _file(made: bytes, found: Invoice, kind: str) -> HttpResponse:
    response = HttpResponse(made, content_type=f"application/{kind}")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def pay(request: PortalRequest, pk: int) -> HttpResponse:
    """GET invoices/<id>/pay: on to a page where what is open is paid by card; a 404 where that is not possible."""
    page = card_page(_read(request, pk))
    if page is None:
        raise Http404
    return redirect(page)


@require_POST
def dispute(request: PortalRequest, pk: int) -> HttpResponse:
    """POST invoices/<id>/dispute: say what is wrong (`text`); nobody reminds them until it is answered."""
    found, form = _read(request, pk), DisputeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    dispute_invoice(found, by=request.viewer, text=form.cleaned_data["text"])
    return redirect("portal:invoice", pk)


urls = [
    portal_path("invoices/", invoices, "invoices"),
    portal_path("invoices/<int:pk>", invoice, "invoice"),
    portal_path("invoices/<int:pk>/pdf", pdf, "invoice_pdf"),
    portal_path("invoices/<int:pk>/xml", xml, "invoice_xml"),
    portal_path("invoices/<int:pk>/pay", pay, "pay"),
    portal_path("invoices/<int:pk>/dispute", dispute, "dispute"),
]
