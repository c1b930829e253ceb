"""What is done with invoices, payments and credit afterwards: papers, lines, answers, taking back; the ledger."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, file_answer, nothing, read_cursor, state_answer, write_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Date, Email, Given, Id, Size, Words, line
from charterdesk.api.money import (
    GivenLine,
    InvoiceOut,
    MoneyOut,
    account_to_work_on,
    invoice_rows,
    invoice_to_work_on,
    money_row,
    new_line,
    seen_invoices,
)
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import LANGUAGE
from charterdesk.base.clock import now
from charterdesk.base.refused import Refused, require
from charterdesk.billing.actions.bank import bank_text, import_statement
from charterdesk.billing.actions.credits import revoke_credit
from charterdesk.billing.actions.drafts import add_line, change_draft, remove_line
from charterdesk.billing.actions.payments import counter_payment
from charterdesk.billing.actions.reminding import settle_dispute
from charterdesk.billing.actions.seller import change_bill_to
from charterdesk.billing.actions.sending import send_invoice_again
from charterdesk.billing.documents.ledger_csv import ledger_csv
from charterdesk.billing.documents.pdf import invoice_pdf
from charterdesk.billing.documents.xml import invoice_xml
from charterdesk.billing.models import Account, BillTo, Booking, Credit, Dispute, Invoice, InvoiceLine, Payment
from charterdesk.billing.policies import may_read_ledger, may_work_on_money
from charterdesk.billing.queries.invoices import totals
from charterdesk.billing.queries.ledger import bookings_page
from charterdesk.billing.queries.seller import seller

router = Router(tags=["Money"])
MOST_DAYS = 3660
BILL_TO = {"billing.bad_country": "country", "billing.bad_email": "email"}


class DraftChanges(Given):
    """What becomes different; what is left out stays."""

    note: Annotated[str, line(500)] = Field(ABSENT, description="A line for the customer.")
    language: LANGUAGE = ABSENT


class DisputeAnswer(Given):
    """What was found, in words for the customer."""

    answer: Words = Field(min_length=1, max_length=2000)


class BillToOut(BaseModel):
    """To whom invoices go."""

    name: str
    street: str
    postcode: str
    city: str
    country: str = Field(examples=["IE"])
    vat_id: str
    reference: str
    email: str


class BillToChanges(Given):
    """What becomes different; what is left out stays."""

    name: Annotated[str, line(200)] = ABSENT
    street: Annotated[str, line(200)] = ABSENT
    postcode: Annotated[str, line(20)] = ABSENT
    city: Annotated[str, line(120)] = ABSENT
    country: Annotated[str, line(2)] = Field(ABSENT, examples=["IE"])
    vat_id: Annotated[str, line(30)] = ABSENT
    reference: Annotated[str, line(80)] = ABSENT
    email: Email | None = Field(ABSENT, description="null for none.")


class DaysAsked(Asked):
    """From which day to which, both included; left out, the month so far."""

    since: Date = ABSENT
    until: Date = ABSENT


class LedgerAsked(DaysAsked):
    """And from where on."""

    cursor: Cursor = ""
    limit: Size = 50


class PartOut(BaseModel):
    """What was booked on one part of the ledger."""

    part: str = Field(examples=["receivable"])
    debit: MoneyOut
    credit: MoneyOut


class EntryOut(BaseModel):
    """One side of a booking; below nothing is credit."""

    part: str
    account_id: int | None
    money: MoneyOut


class BookingOut(BaseModel):
    """What was booked at once; its entries come to nothing together."""

    id: int
    kind: str
    cause: str = Field(examples=["invoice:7"])
    booked_at: datetime
    by: str
    entries: list[EntryOut]


class LedgerOut(BaseModel):
    """Totals of a time, and its bookings, the latest first; `next` is the cursor of the next page."""

    since: date
    until: date
    totals: list[PartOut]
    items: list[BookingOut]
    next: str | None


class BankListOut(BaseModel):
    """What became of a bank's list."""

    recorded: list[int] = Field(description="Ids of the payments that were recorded.")
    known: int = Field(description="Movements that were recorded before.")
    unmatched: list[str] = Field(description="Movements that name no invoice, in the bank's words.")
    outgoing: int


BANK_LIST = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get(
    "/invoices/{invoice_id}/pdf",
    auth=Scope("money:read"),
    response={200: None},
    openapi_extra=file_answer("application/pdf", "The invoice as its customer gets it."),
)
def read_invoice_pdf(request: ApiRequest, invoice_id: Path[Id]) -> HttpResponse:
    """An invoice or credit note as a PDF; a draft, for staff, as it would be."""
    return _paper(invoice_pdf(_seen(request, invoice_id)), "application/pdf")


@router.get(
    "/invoices/{invoice_id}/xml",
    auth=Scope("money:read"),
    response={200: None},
    openapi_extra=file_answer("application/xml", "The invoice for programs, as EN 16931 has it."),
)
def read_invoice_xml(request: ApiRequest, invoice_id: Path[Id]) -> HttpResponse:
    """An invoice or credit note for programs. 409 `billing.not_issued` for a draft."""
    found = _seen(request, invoice_id)
    if found.is_draft:
        raise Refused("billing.not_issued", _("Only what was issued has a file for programs."))
    return _paper(invoice_xml(found), "application/xml")


def _seen(request: ApiRequest, pk: int) -> Invoice:
    found = seen_invoices(request.viewer).select_related("account__contact", "account__organisation", "counters")
    if (invoice := found.filter(pk=pk).first()) is None:
        raise Http404
    return invoice  # type: ignore[no-any-return]


def _paper(made: bytes, kind: str) -> HttpResponse:
    return HttpResponse(made, content_type=kind, headers={"Cache-Control": "no-store"})


@router.post("/invoices/{invoice_id}/mail", auth=Scope("money:write", staff=True), response={202: None})
@once
def mail_invoice_again(request: ApiRequest, invoice_id: Path[Id]) -> HttpResponse:
    """Mail an invoice once more. 409 `billing.not_issued`, `billing.no_address`."""
    send_invoice_again(invoice_to_work_on(request, invoice_id), by=request.viewer)
    return HttpResponse(status=202)


@router.patch("/invoices/{invoice_id}", auth=Scope("money:write", staff=True), response=InvoiceOut)
@once
def change_one_draft(request: ApiRequest, invoice_id: Path[Id], given: DraftChanges) -> HttpResponse:
    """Change what a draft says, or in which language. 409 `billing.issued` for what was issued."""
    draft = invoice_to_work_on(request, invoice_id)
    check_state(request, invoice_rows([draft])[0])
    change_draft(draft, by=request.viewer, **{"note": draft.note, "language": draft.language, **given.sent()})
    return state_answer(request, invoice_rows([draft])[0])


@router.post("/invoices/{invoice_id}/lines", auth=Scope("money:write", staff=True), response={201: InvoiceOut})
@once
def add_one_line(request: ApiRequest, invoice_id: Path[Id], given: GivenLine) -> HttpResponse:
    """Put a line on a draft. 409 `billing.issued` for what was issued."""
    draft = invoice_to_work_on(request, invoice_id)
    add_line(draft, new_line(given, draft.currency), by=request.viewer)
    draft.refresh_from_db()
    return answer(invoice_rows([draft])[0], status=201)


@router.delete("/invoices/{invoice_id}/lines/{line_id}", auth=Scope("money:write", staff=True), response=InvoiceOut)
@once
def remove_one_line(request: ApiRequest, invoice_id: Path[Id], line_id: Path[Id]) -> HttpResponse:
    """Take a line off a draft; what it charged for can be charged again. 409 `billing.issued`."""
    draft = invoice_to_work_on(request, invoice_id)
    remove_line(get_object_or_404(InvoiceLine, pk=line_id, invoice=draft), by=request.viewer)
    draft.refresh_from_db()
    return answer(invoice_rows([draft])[0])


@router.post("/invoices/{invoice_id}/disputes/answer", auth=Scope("money:write", staff=True), response=InvoiceOut)
@once
def answer_one_dispute(request: ApiRequest, invoice_id: Path[Id], given: DisputeAnswer) -> HttpResponse:
    """Answer what its customer says is wrong; reminders go on. 404 where nobody says so."""
    found = invoice_to_work_on(request, invoice_id)
    dispute = get_object_or_404(Dispute.objects.select_related("invoice__account"), invoice=found, settled_at=None)
    settle_dispute(dispute, by=request.viewer, answer=given.answer)
    return answer(invoice_rows([found])[0])


@router.delete("/payments/{payment_id}", auth=Scope("money:write", staff=True), response={204: None})
@once
def counter_one_payment(request: ApiRequest, payment_id: Path[Id]) -> HttpResponse:
    """Counter a payment that was recorded in error, or that the bank took back; what it settled is open again."""
    require(may_work_on_money(request.viewer))
    counter_payment(get_object_or_404(Payment.objects.select_related("account"), pk=payment_id), by=request.viewer)
    return nothing()


@router.delete("/credits/{credit_id}", auth=Scope("money:write", staff=True), response={204: None})
@once
def revoke_one_credit(request: ApiRequest, credit_id: Path[Id]) -> HttpResponse:
    """Take back what is left of a credit. 409 `billing.credit_used` when nothing is."""
    require(may_work_on_money(request.viewer))
    revoke_credit(get_object_or_404(Credit.objects.select_related("account"), pk=credit_id), by=request.viewer)
    return nothing()


@router.get("/accounts/{account_id}/bill-to", auth=Scope("money:read", staff=True), response=BillToOut)
def read_bill_to(request: ApiRequest, account_id: Path[Id]) -> HttpResponse:
    """To whom invoices of an account go, as far as that was said. Two statements."""
    return state_answer(request, _bill_to(account_to_work_on(request, account_id)))


@router.patch("/accounts/{account_id}/bill-to", auth=Scope("money:write", staff=True), response=BillToOut)
@once
def change_one_bill_to(request: ApiRequest, account_id: Path[Id], given: BillToChanges) -> HttpResponse:
    """Say to whom invoices go from now on. 409 `billing.bad_country`, `billing.bad_email`."""
    account = account_to_work_on(request, account_id)
    check_state(request, _bill_to(account))
    with naming(BILL_TO):
        change_bill_to(account, by=request.viewer, **{name: value or "" for name, value in given.sent().items()})
    return state_answer(request, _bill_to(account))


def _bill_to(account: Account) -> dict[str, str]:
    row = BillTo.objects.filter(account=account).first() or BillTo(account=account)
    return {name: getattr(row, name) for name in BillTo.FIELDS}


@router.get("/ledger", auth=Scope("money:read", staff=True), response=LedgerOut)
def read_ledger(request: ApiRequest, asked: Query[LedgerAsked]) -> HttpResponse:
    """What was booked in a time, for managers. Four statements."""
    require(may_read_ledger(request.viewer))
    since, until = _days(asked)
    after = read_cursor(asked.cursor, int)[0] if asked.cursor else None
    page = bookings_page(since=since, until=until, after=after, size=asked.limit)
    parts = totals(seller().currency, since=since, until=until)
    return answer(
        {
            "since": since,
            "until": until,
            "totals": [
                {"part": each.part, "debit": money_row(each.debit), "credit": money_row(each.credit)} for each in parts
            ],
            "items": [_booking(each) for each in page.bookings],
            "next": write_cursor([page.after]) if page.after else None,
        }
    )


@router.get(
    "/ledger/csv",
    auth=Scope("money:read", staff=True),
    response={200: None},
    openapi_extra=file_answer("text/csv", "A line for each entry."),
)
def download_ledger(request: ApiRequest, asked: Query[DaysAsked]) -> StreamingHttpResponse:
    """Every entry of a time as CSV, for managers, as many as there are."""
    require(may_read_ledger(request.viewer))
    since, until = _days(asked)
    return StreamingHttpResponse(ledger_csv(since=since, until=until), content_type="text/csv; charset=utf-8")


def _days(asked: DaysAsked) -> tuple[date, date]:
    """The days asked for. Raises `Refused("billing.bad_days")`."""
    until = asked.until or now().date()
    since = asked.since or until.replace(day=1)
    if not 0 <= (until - since).days <= MOST_DAYS:
        raise Refused("billing.bad_days", _("Ask for at most ten years, from a day to a later one."))
    return since, until


def _booking(each: Booking) -> dict[str, Any]:
    return {
        "id": each.pk,
        "kind": each.kind,
        "cause": each.cause_key,
        "booked_at": each.booked_at,
        "by": each.by,
        "entries": [
            {"part": one.part, "account_id": one.account_id, "money": money_row(one.money)}
            for one in each.entries.all()
        ],
    }


@router.post("/bank-lists", auth=Scope("money:write", staff=True), response=BankListOut, openapi_extra=BANK_LIST)
@once
def take_bank_list(request: ApiRequest) -> HttpResponse:
    """Send a bank's movements as CSV in the body (columns date, amount, reference): what names an invoice is recorded.

    Sent again, nothing is recorded twice. 409 `billing.bad_list`.
    """
    require(may_work_on_money(request.viewer))
    found = import_statement(bank_text(request.body), by=request.viewer, currency=seller().currency)
    said = [f"{each.day} {each.amount} {each.currency} {each.text}".strip() for each in found.unmatched]
    recorded = [each.pk for each in found.recorded]
    return answer({"recorded": recorded, "known": found.known, "unmatched": said, "outgoing": found.outgoing})
