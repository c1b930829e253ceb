"""Payment by card: the desk's account with Stripe, and the page on which a customer pays. Secrets are never read."""

from typing import Annotated, Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Given, Id, line
from charterdesk.api.problems import Problem, naming
from charterdesk.base.refused import require
from charterdesk.billing.actions.cards import save_card_provider
from charterdesk.billing.models import CardProvider, Invoice
from charterdesk.billing.policies import may_set_money
from charterdesk.ui.card_page import card_page

router = Router(tags=["Money"])
FIELD_OF = {"billing.no_secrets": "api_key", "billing.no_stripe": "is_active"}
Secret = Annotated[str, line(300, least=1)]


class CardProviderOut(BaseModel):
    """The account with Stripe."""

    is_active: bool = Field(description="Customers may pay by card.")
    has_api_key: bool
    has_webhook_secret: bool
    hook: str = Field(description="What Stripe is to call.", examples=["https://desk.example/hooks/stripe"])


class CardProviderChanges(Given):
    """What becomes different; a secret that is left out stays. No answer holds one."""

    is_active: bool = ABSENT
    api_key: Secret = ABSENT
    webhook_secret: Secret = ABSENT


class PayPage(BaseModel):
    """Where the customer pays."""

    url: str


@router.get("/card-provider", auth=Scope("money:read", staff=True), response=CardProviderOut)
def read_card_provider(request: ApiRequest) -> HttpResponse:
    """Whether customers may pay by card, for who may settle it. One statement."""
    require(may_set_money(request.viewer))
    return state_answer(request, _row())


@router.patch("/card-provider", auth=Scope("money:write", staff=True), response=CardProviderOut)
@once
@transaction.atomic
def change_card_provider(request: ApiRequest, given: CardProviderChanges) -> HttpResponse:
    """Let customers pay by card, or no more. 409 `billing.no_stripe`, `billing.no_secrets`."""
    require(may_set_money(request.viewer))
    check_state(request, _row())
    before = CardProvider.objects.filter(pk=CardProvider.ONLY).first()
    with naming(FIELD_OF):
        save_card_provider(by=request.viewer, **{"is_active": bool(before and before.is_active), **given.sent()})
    return state_answer(request, _row())


@router.post("/invoices/{invoice_id}/card-payment", auth=Scope("money:write"), response={201: PayPage})
@once
def begin_card_payment(request: ApiRequest, invoice_id: Path[Id]) -> HttpResponse:
    """A page where the customer who asks pays what is open, by card; 404 where that is not possible."""
    if request.viewer.contact_id is None:
        raise Problem(403, "api.customers_only", _("Only customers do this for themselves."))
    found = Invoice.objects.visible_to(request.viewer).select_related("account__contact").filter(pk=invoice_id).first()
    page = card_page(found) if found else None
    if page is None:
        raise Http404
    return answer({"url": page}, status=201)


def _row() -> dict[str, Any]:
    """The account as the API writes it. One statement."""
    found = CardProvider.objects.filter(pk=CardProvider.ONLY).first() or CardProvider()
    kept = found.secrets
    return {
        "is_active": found.is_active,
        "has_api_key": bool(kept.get("api_key")),
        "has_webhook_secret": bool(kept.get("webhook_secret")),
        "hook": f"{settings.PUBLIC_URL}/hooks/stripe",
    }
