"""Refunds: asked for, approved by whoever may, refused with a reason, noted as paid out."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Size, line, one_of
from charterdesk.api.money import Amount, MoneyOut, Why, account_to_work_on, money_row, seen_accounts
from charterdesk.base.money import Money
from charterdesk.base.refused import require
from charterdesk.billing.actions.refunds import approve_refund, note_refund_paid, refuse_refund, request_refund
from charterdesk.billing.models import Refund
from charterdesk.billing.policies import may_approve_refunds, may_work_on_money
from charterdesk.people.models import Agent

router = Router(tags=["Money"])
OUT_OF = [code for code, _name in Refund.SOURCES]


class RefundOut(BaseModel):
    """Money that is to go back: requested, approved, refused or paid."""

    id: int
    account_id: int
    money: MoneyOut
    state: str
    reason: str
    refusal: str
    requested_at: datetime
    decided_at: datetime | None
    paid_at: datetime | None


class RefundPage(BaseModel):
    """Some refunds; `next` is the cursor of the next page, null at the end."""

    items: list[RefundOut]
    next: str | None


class RefundsAsked(Asked):
    """Which refunds."""

    state: Annotated[str, one_of(code for code, _name in Refund.STATES)] = ABSENT
    account_id: Id = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class NewRefund(Why):
    """Money to go back for one cause; for a cause asked for before, that refund is given back."""

    account_id: Id
    amount: Amount
    out_of: Annotated[str, one_of(OUT_OF)] = Field("goodwill", examples=["goodwill"])
    cause: Annotated[str, line(100, least=1)] = Field(examples=["crm:case-88"])


class PaidOut(Given):
    """That it has gone back, by which transfer."""

    reference: Annotated[str, line(120)] = ""


def _row(refund: Refund) -> dict[str, Any]:
    plain = ("id", "account_id", "state", "reason", "refusal", "requested_at", "decided_at", "paid_at")
    return {**{name: getattr(refund, name) for name in plain}, "money": money_row(refund.money)}


@router.get("/refunds", auth=Scope("money:read"), response=RefundPage)
def list_refunds(request: ApiRequest, asked: Query[RefundsAsked]) -> HttpResponse:
    """Refunds, the first asked for first; customers see their own. One statement."""
    found = Refund.objects.filter(account__in=seen_accounts(request.viewer))
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.account_id:
        found = found.filter(account_id=asked.account_id)
    if asked.cursor:
        found = found.filter(pk__gt=read_cursor(asked.cursor, int)[0])
    return page_of([_row(each) for each in found.order_by("pk")[: asked.limit + 1]], asked.limit)


@router.post("/refunds", auth=Scope("money:write", staff=True), response={201: RefundOut})
@once
def ask_for_refund(request: ApiRequest, given: NewRefund) -> HttpResponse:
    """Ask for money to go back; it waits for approval."""
    account = account_to_work_on(request, given.account_id)
    refund = request_refund(
        account,
        Money(Decimal(given.amount), account.currency),
        reason=given.reason,
        cause_key=f"api:{given.cause}",
        by=request.viewer,
        out_of=given.out_of,
    )
    return answer(_row(refund), status=201)


def _to_decide(request: ApiRequest, pk: int) -> Refund:
    require(may_approve_refunds(request.viewer))
    return get_object_or_404(Refund.objects.select_related("account"), pk=pk)


@router.post("/refunds/{refund_id}/approval", auth=Scope("money:write", staff=True), response=RefundOut)
@once
def approve_one_refund(request: ApiRequest, refund_id: Path[Id]) -> HttpResponse:
    """Say yes. Above the limit of the asker's role the refund stays requested until a second person says so, too."""
    refund = _to_decide(request, refund_id)
    approve_refund(refund, agent=Agent.objects.get(pk=request.viewer.agent_id or 0))
    return answer(_row(refund))


@router.post("/refunds/{refund_id}/refusal", auth=Scope("money:write", staff=True), response=RefundOut)
@once
def refuse_one_refund(request: ApiRequest, refund_id: Path[Id], given: Why) -> HttpResponse:
    """Say no, with words for the customer."""
    refund = _to_decide(request, refund_id)
    refuse_refund(refund, by=request.viewer, why=given.reason)
    return answer(_row(refund))


@router.post("/refunds/{refund_id}/payout", auth=Scope("money:write", staff=True), response=RefundOut)
@once
def note_one_refund_paid(request: ApiRequest, refund_id: Path[Id], given: PaidOut) -> HttpResponse:
    """Note that an approved refund has gone back. Noted before, nothing happens."""
    require(may_work_on_money(request.viewer))
    refund = get_object_or_404(Refund.objects.select_related("account"), pk=refund_id)
    note_refund_paid(refund, by=request.viewer, reference=given.reference)
    return answer(_row(refund))
