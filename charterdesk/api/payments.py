"""Money that came in, and credit that was given. Amounts are decimal text with a currency, never floats."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Date, Given, Id, Size, line, one_of
from charterdesk.api.money import Amount, MoneyOut, Why, account_to_work_on, money_row, seen_accounts
from charterdesk.api.ticket_opening import no_such
from charterdesk.base.money import Money
from charterdesk.billing.actions.credits import grant_credit
from charterdesk.billing.actions.payments import record_payment
from charterdesk.billing.models import Credit, Invoice, Payment

router = Router(tags=["Money"])


class PaymentOut(BaseModel):
    """Money that came in."""

    id: int
    account_id: int
    money: MoneyOut
    left: MoneyOut
    way: str
    received_on: date
    reference: str
    is_countered: bool


class CreditOut(BaseModel):
    """Credit, which the next invoice uses up."""

    id: int
    account_id: int
    money: MoneyOut
    left: MoneyOut
    reason: str
    granted_at: datetime


class PaymentPage(BaseModel):
    """Some payments; `next` is the cursor of the next page, null at the end."""

    items: list[PaymentOut]
    next: str | None


class CreditPage(BaseModel):
    """Some credits; `next` is the cursor of the next page, null at the end."""

    items: list[CreditOut]
    next: str | None


class OfAccountAsked(Asked):
    """Of which account; of all the asker sees where none is named."""

    account_id: Id = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class NewPayment(Given):
    """Money that came in; with the `external_id` of a payment recorded before nothing happens."""

    account_id: Id
    amount: Amount
    way: Annotated[str, one_of(["bank", "cash", "card", "other"])] = "bank"
    received_on: Date = ABSENT
    reference: Annotated[str, line(140)] = ""
    external_id: Annotated[str, line(100)] = ""
    invoice_id: Id = ABSENT


class NewCredit(Why):
    """Credit for one cause; for a cause credited before, that credit is given back."""

    account_id: Id
    amount: Amount
    cause: Annotated[str, line(100, least=1)] = Field(examples=["crm:case-88"])


@router.get("/payments", auth=Scope("money:read"), response=PaymentPage)
def list_payments(request: ApiRequest, asked: Query[OfAccountAsked]) -> HttpResponse:
    """Payments, the first recorded first; customers see their own. One statement."""
    return page_of([payment_row(each) for each in _of_account(request, Payment.objects.all(), asked)], asked.limit)


def _of_account(request: ApiRequest, found: Any, asked: OfAccountAsked) -> Any:
    """Those of the accounts the asker sees, one more than a page of them."""
    found = found.filter(account__in=seen_accounts(request.viewer))
    if asked.account_id:
        found = found.filter(account_id=asked.account_id)
    if asked.cursor:
        found = found.filter(pk__gt=read_cursor(asked.cursor, int)[0])
    return found.order_by("pk")[: asked.limit + 1]


@router.post("/payments", auth=Scope("money:write", staff=True), response={201: PaymentOut})
@once
def record_one_payment(request: ApiRequest, given: NewPayment) -> HttpResponse:
    """Record money that came in: it settles the invoice named, then whatever is due longest."""
    account = account_to_work_on(request, given.account_id)
    invoice = Invoice.objects.filter(pk=given.invoice_id).first() if given.invoice_id else None
    if given.invoice_id and invoice is None:
        raise no_such("invoice")
    payment = record_payment(
        account,
        Money(Decimal(given.amount), account.currency),
        by=request.viewer,
        way=given.way,
        received_on=given.received_on,
        reference=given.reference,
        external_id=f"api:{given.external_id}" if given.external_id else "",
        invoice=invoice,
    )
    return answer(payment_row(payment), status=201)


def payment_row(payment: Payment) -> dict[str, Any]:
    """A payment as the API writes it."""
    plain = ("id", "account_id", "way", "received_on", "reference")
    return {
        **{name: getattr(payment, name) for name in plain},
        "money": money_row(payment.money),
        "left": money_row(payment.left),
        "is_countered": payment.countered_at is not None,
    }


@router.get("/credits", auth=Scope("money:read"), response=CreditPage)
def list_credits(request: ApiRequest, asked: Query[OfAccountAsked]) -> HttpResponse:
    """Credits, the first given first; customers see their own. One statement."""
    return page_of([credit_row(each) for each in _of_account(request, Credit.objects.all(), asked)], asked.limit)


@router.post("/credits", auth=Scope("money:write", staff=True), response={201: CreditOut})
@once
def give_credit(request: ApiRequest, given: NewCredit) -> HttpResponse:
    """Give credit for a cause, once."""
    account = account_to_work_on(request, given.account_id)
    money = Money(Decimal(given.amount), account.currency)
    made = grant_credit(account, money, reason=given.reason, cause_key=f"api:{given.cause}", by=request.viewer)
    return answer(credit_row(made), status=201)


def credit_row(credit: Credit) -> dict[str, Any]:
    """Credit as the API writes it."""
    return {
        **{name: getattr(credit, name) for name in ("id", "account_id", "reason", "granted_at")},
        "money": money_row(credit.money),
        "left": money_row(credit.left),
    }
