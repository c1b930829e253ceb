"""Money: accounts and invoices. Amounts are decimal text with a currency, never floats."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, page_of, read_cursor, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Size, Words, line, one_of
from charterdesk.api.ticket_opening import LANGUAGE, no_such
from charterdesk.base.money import CURRENCIES, Money
from charterdesk.base.refused import require
from charterdesk.billing.actions.booking import account_of
from charterdesk.billing.actions.drafts import NewLine, add_line, change_draft, collect, discard_draft, draft_invoice
from charterdesk.billing.actions.issuing import credit_invoice, issue_invoice
from charterdesk.billing.actions.reminding import dispute_invoice
from charterdesk.billing.models import Account, Invoice, InvoiceLine
from charterdesk.billing.policies import may_read_money, may_work_on_money
from charterdesk.billing.queries.invoices import disputed, standings
from charterdesk.billing.queries.lists import ALL, STATES, invoices_page
from charterdesk.billing.queries.seller import today_of_seller
from charterdesk.people.models import Contact, Organisation
from charterdesk.people.viewer import Viewer

router = Router(tags=["Money"])
Amount = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{1,12}(\.[0-9]{1,4})?$"),
    Field(examples=["12.50"], description="Decimal text with a point."),
]
Currency = Annotated[str, one_of(CURRENCIES), Field(examples=["EUR"], description="ISO 4217.")]


class MoneyOut(BaseModel):
    """An amount in a currency."""

    amount: str = Field(examples=["12.50"])
    currency: str = Field(examples=["EUR"])


class AccountOut(BaseModel):
    """What stands between us and one customer in one currency. `owed` below nothing was paid too much."""

    id: int
    contact_id: int | None
    organisation_id: int | None
    owed: MoneyOut
    credit: MoneyOut
    refunds: MoneyOut = Field(description="Approved, and not paid out yet.")


class AccountPage(BaseModel):
    """Some accounts."""

    items: list[AccountOut]
    next: str | None


class LineOut(BaseModel):
    """A line of an invoice."""

    id: int
    text: str
    quantity: str
    unit: str = Field(description="UN/ECE Recommendation 20: C62 piece, HUR hour, MON month.")
    price: MoneyOut
    net: MoneyOut
    tax_category: str = Field(description="UNTDID 5305: S, Z, E, AE or O.")
    tax_percent: str


class InvoiceOut(BaseModel):
    """An invoice, or a credit note that counters one. `state` is draft or issued."""

    id: int
    kind: str
    state: str
    number: str | None
    account_id: int
    counters_id: int | None
    issued_on: date | None
    due_on: date | None
    language: str
    note: str
    net: MoneyOut
    tax: MoneyOut
    gross: MoneyOut
    open: MoneyOut
    is_disputed: bool
    lines: list[LineOut]


class InvoicePage(BaseModel):
    """Some invoices; `next` is the cursor of the next page, null at the end."""

    items: list[InvoiceOut]
    next: str | None


class AccountsAsked(Asked):
    """Which accounts."""

    contact_id: Id = ABSENT
    organisation_id: Id = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class InvoicesAsked(Asked):
    """Which invoices."""

    state: Annotated[str, one_of(STATES)] = ALL
    account_id: Id = ABSENT
    number: Annotated[str, line(40, least=1)] = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class Payer(Given):
    """Whose account: a contact's or an organisation's."""

    contact_id: Id = ABSENT
    organisation_id: Id = ABSENT
    currency: Currency = "EUR"


class GivenLine(Given):
    """A line to charge; with a `source`, what that names is charged once and nowhere else."""

    text: Annotated[str, line(300, least=1)] = Field(examples=["Meter check"])
    price: Amount
    quantity: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}(\.[0-9]{1,4})?$")] = "1"
    unit: Annotated[str, one_of(["C62", "HUR", "MON"])] = "C62"
    source: Annotated[str, line(100)] = Field("", examples=["erp:4711"])


class NewInvoice(Payer):
    """A draft: what is to be charged by itself is put on it with `collect`."""

    lines: list[GivenLine] = Field([], max_length=500)
    collect: bool = True
    note: Annotated[str, line(500)] = ""
    language: LANGUAGE = ABSENT


class Why(Given):
    """Why, in words for the customer."""

    reason: Annotated[str, line(300, least=1)] = Field(examples=["We charged the wrong meter."])


class NewDispute(Given):
    """What is wrong with an invoice."""

    text: Words = Field(min_length=1, max_length=2000)


def money_row(money: Money) -> dict[str, str]:
    """Money as the API writes it."""
    return {"amount": money.plain, "currency": money.currency}


def account_rows(accounts: Sequence[Account]) -> list[dict[str, Any]]:
    """Accounts as rows with how they stand. One statement."""
    return [
        {
            "id": each.account.pk,
            "contact_id": each.account.contact_id,
            "organisation_id": each.account.organisation_id,
            "owed": money_row(each.owed),
            "credit": money_row(each.credit),
            "refunds": money_row(each.refunds),
        }
        for each in standings(accounts)
    ]


def invoice_rows(invoices: Sequence[Invoice]) -> list[dict[str, Any]]:
    """Invoices as rows with their lines. Two statements."""
    disputes = disputed(invoices)
    lines: dict[int, list[InvoiceLine]] = {}
    for each in InvoiceLine.objects.filter(invoice__in=invoices).order_by("invoice_id", "position"):
        lines.setdefault(each.invoice_id, []).append(each)
    return [_invoice_row(one, lines.get(one.pk, []), one.pk in disputes) for one in invoices]


def _invoice_row(one: Invoice, lines: Sequence[InvoiceLine], is_disputed: bool) -> dict[str, Any]:
    plain = (
        "id", "kind", "state", "number", "account_id", "counters_id", "issued_on", "due_on", "language", "note",
    )  # fmt: skip
    return {
        **{name: getattr(one, name) for name in plain},
        **{name: money_row(getattr(one, name)) for name in ("net", "tax", "gross", "open")},
        "is_disputed": is_disputed,
        "lines": [_line_row(each) for each in lines],
    }


def _line_row(each: InvoiceLine) -> dict[str, Any]:
    return {
        "id": each.pk,
        "text": each.text,
        "quantity": f"{each.quantity.normalize():f}",
        "unit": each.unit,
        "price": money_row(each.price),
        "net": money_row(each.net),
        "tax_category": each.category,
        "tax_percent": f"{each.percent.normalize():f}",
    }


def seen_invoices(viewer: Viewer) -> Any:
    """Staff who read money see all, customers what was issued to them."""
    if viewer.is_staff:
        require(may_read_money(viewer))
    return Invoice.objects.visible_to(viewer)


def seen_accounts(viewer: Viewer) -> Any:
    """Staff who read money see all, customers their own."""
    if viewer.is_staff:
        require(may_read_money(viewer))
    return Account.objects.visible_to(viewer)


def account_to_work_on(request: ApiRequest, pk: int) -> Account:
    """An account whose money the asker may move."""
    require(may_work_on_money(request.viewer))
    found = Account.objects.select_related("contact", "organisation").filter(pk=pk).first()
    if found is None:
        raise no_such("account")
    return found


def invoice_to_work_on(request: ApiRequest, pk: int) -> Invoice:
    """An invoice that the asker may work on. One statement."""
    require(may_work_on_money(request.viewer))
    return get_object_or_404(Invoice.objects.select_related("account__contact", "account__organisation"), pk=pk)


@router.get("/accounts", auth=Scope("money:read"), response=AccountPage)
def list_accounts(request: ApiRequest, asked: Query[AccountsAsked]) -> HttpResponse:
    """Accounts with how they stand, the first opened first. Two statements."""
    found = seen_accounts(request.viewer)
    if asked.contact_id:
        found = found.filter(contact_id=asked.contact_id)
    if asked.organisation_id:
        found = found.filter(organisation_id=asked.organisation_id)
    if asked.cursor:
        found = found.filter(pk__gt=read_cursor(asked.cursor, int)[0])
    return page_of(account_rows(list(found.order_by("pk")[: asked.limit + 1])), asked.limit)


@router.post("/accounts", auth=Scope("money:write", staff=True), response=AccountOut)
@once
def open_account(request: ApiRequest, given: Payer) -> HttpResponse:
    """The account of a customer in a currency, opened when first asked for."""
    require(may_work_on_money(request.viewer))
    return answer(account_rows([account_of(_payer(given), given.currency)])[0])


def _payer(given: Payer) -> Contact | Organisation:
    found: Contact | Organisation | None
    if given.organisation_id:
        found = Organisation.objects.filter(pk=given.organisation_id).first()
        kind = "organisation"
    else:
        found, kind = Contact.objects.filter(pk=given.contact_id or 0, erased_at=None).first(), "contact"
    if found is None:
        raise no_such(kind)
    return found


@router.get("/invoices", auth=Scope("money:read"), response=InvoicePage)
def list_invoices(request: ApiRequest, asked: Query[InvoicesAsked]) -> HttpResponse:
    """Invoices and credit notes, the newest first. Four statements."""
    found = seen_invoices(request.viewer)
    if asked.account_id:
        found = found.filter(account_id=asked.account_id)
    if asked.number:
        found = found.filter(number=asked.number)
    after = read_cursor(asked.cursor, int)[0] if asked.cursor else None
    page = invoices_page(found, state=asked.state, on=today_of_seller(), after=after, size=asked.limit + 1)
    return page_of(invoice_rows(page.invoices), asked.limit)


@router.post("/invoices", auth=Scope("money:write", staff=True), response={201: InvoiceOut})
@once
@transaction.atomic
def draft_one_invoice(request: ApiRequest, given: NewInvoice) -> HttpResponse:
    """Begin, or go on with, the draft of a customer's invoice; all lines come onto it, or none."""
    require(may_work_on_money(request.viewer))
    account = account_of(_payer(given), given.currency)
    draft = (collect if given.collect else draft_invoice)(account, by=request.viewer)
    for each in given.lines:
        add_line(draft, new_line(each, account.currency), by=request.viewer)
    if given.note or given.language:
        change_draft(draft, by=request.viewer, note=given.note, language=given.language or draft.language)
    draft.refresh_from_db()
    return answer(invoice_rows([draft])[0], status=201, headers={"Location": f"/api/v1/invoices/{draft.pk}"})


def new_line(given: GivenLine, currency: str) -> NewLine:
    """A line as a program gives it, to be charged."""
    return NewLine(
        text=given.text,
        price=Money(Decimal(given.price), currency),
        quantity=Decimal(given.quantity),
        unit=given.unit,
        source_key=given.source,
    )


@router.get("/invoices/{invoice_id}", auth=Scope("money:read"), response=InvoiceOut)
def read_invoice(request: ApiRequest, invoice_id: Path[Id]) -> HttpResponse:
    """One invoice with its lines, and the ETag of its state. Three statements."""
    found = seen_invoices(request.viewer).filter(pk=invoice_id).first()
    if found is None:
        raise Http404
    return state_answer(request, invoice_rows([found])[0])


@router.delete("/invoices/{invoice_id}", auth=Scope("money:write", staff=True), response={204: None})
@once
def discard_one_draft(request: ApiRequest, invoice_id: Path[Id]) -> HttpResponse:
    """Throw a draft away; 409 `billing.issued` for what was issued."""
    discard_draft(invoice_to_work_on(request, invoice_id), by=request.viewer)
    return HttpResponse(status=204)


@router.post("/invoices/{invoice_id}/number", auth=Scope("money:write", staff=True), response=InvoiceOut)
@once
def issue_one_invoice(request: ApiRequest, invoice_id: Path[Id]) -> HttpResponse:
    """Issue a draft: it gets its number, credit is used up, and it is mailed."""
    issued = issue_invoice(invoice_to_work_on(request, invoice_id), by=request.viewer)
    return answer(invoice_rows([issued])[0])


@router.post("/invoices/{invoice_id}/credit-notes", auth=Scope("money:write", staff=True), response={201: InvoiceOut})
@once
def credit_one_invoice(request: ApiRequest, invoice_id: Path[Id], given: Why) -> HttpResponse:
    """Take back all that is left of an issued invoice."""
    note = credit_invoice(invoice_to_work_on(request, invoice_id), by=request.viewer, reason=given.reason)
    return answer(invoice_rows([note])[0], status=201, headers={"Location": f"/api/v1/invoices/{note.pk}"})


@router.post("/invoices/{invoice_id}/disputes", auth=Scope("money:write"), response={201: InvoiceOut})
@once
def dispute_one_invoice(request: ApiRequest, invoice_id: Path[Id], given: NewDispute) -> HttpResponse:
    """Say that an invoice is wrong: nobody is reminded of it until that is answered."""
    found = seen_invoices(request.viewer).select_related("account").filter(pk=invoice_id).first()
    if found is None:
        raise Http404
    dispute_invoice(found, by=request.viewer, text=given.text)
    return answer(invoice_rows([found])[0], status=201)
