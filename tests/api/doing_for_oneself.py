"""Of the walk over the API (`test_access.py`): what people do for themselves, what got stuck, and bookkeeping."""

from typing import Any

from charterdesk.billing.models import InvoiceLine
from charterdesk.channels.models import Outgoing, PushSubscription, SmsOut
from charterdesk.events.models import Delivery
from charterdesk.tickets.models import BulkRun
from tests.test_access import (
    ADMINISTRATORS,
    AUTHOR,
    CUSTOMERS,
    LEADS,
    MANAGERS,
    OWNER,
    STAFF,
    TEAM,
    World,
)

WHO: dict[str, set[str]] = {
    "GET /me/profile": CUSTOMERS,
    "PATCH /me/profile": CUSTOMERS,
    "POST /me/addresses": CUSTOMERS,
    "POST /me/addresses/proof": CUSTOMERS,
    "DELETE /me/addresses/{identity_id}": OWNER,
    "GET /me/data": CUSTOMERS,
    "POST /me/erasure-request": CUSTOMERS,
    "DELETE /me/erasure-request": OWNER,
    "GET /contacts/{contact_id}/data": ADMINISTRATORS,
    "GET /invitations": ADMINISTRATORS,
    "POST /agents/{agent_id}/invitation": ADMINISTRATORS,
    "DELETE /agents/{agent_id}/invitation": set(),  # none was sent
    "GET /first-steps": ADMINISTRATORS,
    "POST /first-steps/mail": ADMINISTRATORS,
    "GET /first-steps/mail/{trial_id}": ADMINISTRATORS,
    "GET /me/browsers": STAFF,
    "POST /me/browsers": STAFF,
    "DELETE /me/browsers/{browser_id}": AUTHOR,
    "GET /card-provider": ADMINISTRATORS,
    "PATCH /card-provider": ADMINISTRATORS,
    "POST /invoices/{invoice_id}/card-payment": set(),  # nobody takes cards here
    "GET /invoices/{invoice_id}/pdf": STAFF | OWNER,
    "GET /invoices/{invoice_id}/xml": STAFF | OWNER,
    "POST /invoices/{invoice_id}/mail": LEADS,
    "PATCH /invoices/{invoice_id}": LEADS,
    "POST /invoices/{invoice_id}/lines": LEADS,
    "DELETE /invoices/{invoice_id}/lines/{line_id}": LEADS,
    "POST /invoices/{invoice_id}/disputes/answer": LEADS,
    "DELETE /payments/{payment_id}": LEADS,
    "DELETE /credits/{credit_id}": LEADS,
    "GET /accounts/{account_id}/bill-to": LEADS,
    "PATCH /accounts/{account_id}/bill-to": LEADS,
    "GET /ledger": MANAGERS,
    "GET /ledger/csv": MANAGERS,
    "POST /bank-lists": LEADS,
    "GET /bulk-runs": STAFF,
    "POST /bulk-runs": STAFF,
    "GET /bulk-runs/{run_id}": AUTHOR,
    "DELETE /bulk-runs/{run_id}": AUTHOR,
    "POST /bulk-runs/{run_id}/undo": AUTHOR,
    "PUT /tickets/{number}/junk": TEAM,
    "DELETE /tickets/{number}/junk": TEAM,
    "DELETE /articles/{text_id}/draft": STAFF,
    "GET /articles/{text_id}/versions": STAFF,
    "POST /articles/{text_id}/versions/{version_number}/restoration": STAFF,
    "POST /articles/{text_id}/review": STAFF,
    "POST /articles/{text_id}/return": LEADS,
    "GET /tasks": STAFF,
    "GET /failures": LEADS,
    "POST /failures/{failure_kind}/{failure_id}/retry": LEADS,
    "POST /failures/{failure_kind}/{failure_id}/abandonment": LEADS,
    "GET /held-mail": LEADS,
    "POST /held-mail/{outgoing_id}/settlement": LEADS,
    "GET /held-texts": LEADS,
    "POST /held-texts/{text_message_id}/settlement": LEADS,
}
FOR_CUSTOMERS: dict[str, set[str]] = {
    "ProfileOut": {"id", "name", "phone", "language", "time_zone", "mails", "identities"},
    "AddressAsked": {"address"},
    "PayPage": {"url"},
    "AddressErasureOut": {"is_erased", "comments", "follows", "mails", "tickets", "left"},
    "ErasureRequestOut": {"id", "contact_id", "receipt", "state", "answer", "asked_at", "decided_at", "proof"},
    "ErasureProof": {"requests", "messages", "files", "addresses", "left"},
}
FOR_STAFF_ONLY: dict[str, set[str]] = {
    "InvitationOut": {"agent_id", "name", "email", "state", "times", "sent_at", "ends_at", "link"},
    "FirstStepsOut": {
        "has_team", "has_way_out", "fetches_mail", "mail_came", "first_ticket", "has_colleagues", "has_answered",
    },
    "TrialMailOut": {"id", "state", "note"},
    "Browsers": {"items", "key"},
    "BrowserOut": {"id", "browser", "created_at"},
    "CardProviderOut": {"is_active", "has_api_key", "has_webhook_secret", "hook"},
    "BillToOut": {"name", "street", "postcode", "city", "country", "vat_id", "reference", "email"},
    "LedgerOut": {"since", "until", "totals", "items", "next"},
    "PartOut": {"part", "debit", "credit"},
    "BookingOut": {"id", "kind", "cause", "booked_at", "by", "entries"},
    "EntryOut": {"part", "account_id", "money"},
    "BankListOut": {"recorded", "known", "unmatched", "outgoing"},
    "BulkRunOut": {
        "id", "what", "value", "state", "total", "done", "refused", "undone", "said", "started_at", "finished_at",
    },
    "ArticleVersionOut": {
        "number", "title", "summary", "note", "written_by", "written_at", "approved_by", "approved_at", "published_at",
    },
    "TaskOut": {"id", "text", "assignee_id", "due_on", "done_at", "done_by_id", "number"},
    "FailureOut": {"kind", "id", "what", "about", "error", "attempts", "at"},
    "HeldMailOut": {"id", "state", "ticket", "sender", "recipients", "note", "attempts", "queued_at"},
    "HeldTextOut": {"id", "state", "ticket", "number_id", "to", "text", "note", "attempts", "queued_at"},
}  # fmt: skip


def named_by(world: World) -> dict[str, Any]:
    """How addresses name what is stuck, what was paid, and where an agent is notified."""
    browser = PushSubscription.objects.create(agent=world.agent, endpoint="https://push.example/1")
    return {
        "outgoing_id": Outgoing.objects.get(state=Outgoing.IN_DOUBT).pk,
        "trial_id": Outgoing.objects.get(state=Outgoing.IN_DOUBT).pk,
        "text_message_id": SmsOut.objects.get().pk,
        "failure_kind": "delivery",
        "failure_id": Delivery.objects.get(state=Delivery.PARKED).pk,
        "version_number": 1,
        "run_id": BulkRun.objects.get().pk,
        "line_id": InvoiceLine.objects.filter(invoice_id=world.bought["invoice"].pk)[0].pk,
        **{f"{name}_id": world.bought[name].pk for name in ("payment", "credit", "account")},
        "browser_id": browser.pk,
    }


def bodies_for(world: World) -> dict[str, Any]:
    """Something right to send."""
    return {
        "PATCH /me/profile": {"name": "x"},
        "POST /me/addresses": {"address": "mia@work.example"},
        "POST /me/addresses/proof": {"proof": "x"},
        "POST /me/erasure-request": {"sure": True},
        "POST /me/browsers": {"endpoint": "https://push.example/2", "p256dh": "x", "auth": "x"},
        "PATCH /card-provider": {},
        "PATCH /invoices/{invoice_id}": {"note": "x"},
        "POST /invoices/{invoice_id}/lines": {"text": "x", "price": "1.50"},
        "POST /invoices/{invoice_id}/disputes/answer": {"answer": "x"},
        "PATCH /accounts/{account_id}/bill-to": {"name": "x"},
        "POST /bulk-runs": {"what": "priority", "value": "1", "numbers": [world.ticket.number]},
        "PUT /tickets/{number}/junk": {},
        "POST /articles/{text_id}/return": {"note": "x"},
        "POST /failures/{failure_kind}/{failure_id}/abandonment": {"reason": "x"},
        "POST /held-mail/{outgoing_id}/settlement": {"arrived": True},
        "POST /held-texts/{text_message_id}/settlement": {"arrived": True},
    }
