"""Cards by Stripe, against its official library and a server that answers as Stripe does."""

import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl

import pytest
import stripe
from django.test import Client

from charterdesk.base.money import Money
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.cards import save_card_provider
from charterdesk.billing.actions.refunds import approve_refund, request_refund
from charterdesk.billing.cards import CardTrouble, coins_of, money_of, page_to_pay, pay_back, provider
from charterdesk.billing.models import CardProvider, Invoice, Payment, Refund, RefundLimit
from charterdesk.billing.models.ledger import BANK
from charterdesk.billing.testing import balance_of, eur, ledger_problems, pay_for_something
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "whsec_river"


class Answers(BaseHTTPRequestHandler):
    """What Stripe's API answers: an address to pay on, a refund; the same for the same idempotency key."""

    asked: list[tuple[str, dict[str, str]]]
    known: dict[str, bytes]
    fails: bool

    def do_POST(self) -> None:
        """Keep what was asked, and answer."""
        body = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        key = self.headers["Idempotency-Key"]
        cls = type(self)
        if cls.fails:
            return self._say(402, json.dumps({"error": {"type": "card_error", "message": "It was declined."}}).encode())
        if key not in cls.known:
            cls.asked.append((self.path, body))
            number = len(cls.asked)
            kind = "cs" if self.path.endswith("sessions") else "re"
            answer = {"id": f"{kind}_{number}", "object": "x", "url": f"https://pay.example/{number}"}
            cls.known[key] = json.dumps(answer).encode()
        return self._say(200, cls.known[key])

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def at_stripe() -> Iterator[type[Answers]]:
    handler = type("Handler", (Answers,), {"asked": [], "known": {}, "fails": False})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    save_card_provider(by="system", is_active=True, api_key="sk_test_river", webhook_secret=SECRET)
    CardProvider.objects.update(address=f"http://127.0.0.1:{server.server_address[1]}")
    yield handler
    server.shutdown()


@pytest.fixture
def invoice() -> Invoice:
    found = pay_for_something(make_contact("Rosalind"))["invoice"]
    assert isinstance(found, Invoice)
    return found


def call(about: dict[str, object], kind: str, *, secret: str = SECRET, at: float | None = None) -> int:
    """Call us as Stripe does, signed by the library's own code; the status of our answer."""
    event = {"id": "evt_1", "object": "event", "type": kind, "data": {"object": {"object": "x", **about}}}
    payload, moment = json.dumps(event), int(at or time.time())
    signature = stripe.WebhookSignature._compute_signature(f"{moment}.{payload}", secret)
    return (
        Client()
        .post(
            "/hooks/stripe",
            payload,
            content_type="application/json",
            headers={"Stripe-Signature": f"t={moment},v1={signature}"},
        )
        .status_code
    )


def paid(invoice: Invoice) -> dict[str, object]:
    return {
        "payment_status": "paid", "amount_total": coins_of(invoice.open), "currency": "eur",
        "payment_intent": "pi_7", "metadata": {"invoice_id": str(invoice.pk)},
    }  # fmt: skip


def test_the_page_to_pay_on_asks_for_what_is_open_and_is_the_same_when_asked_again(
    at_stripe: type[Answers], invoice: Invoice
) -> None:
    account = provider()
    assert account is not None
    pages = {page_to_pay(account, invoice, back="https://desk.example/") for _time in range(2)}

    assert pages == {"https://pay.example/1"}
    [(path, asked)] = at_stripe.asked
    assert path == "/v1/checkout/sessions"
    assert asked["line_items[0][price_data][unit_amount]"] == "10300"
    assert asked["metadata[invoice_id]"] == str(invoice.pk)


def test_what_stripe_signed_is_booked_once_however_often_it_calls(at_stripe: type[Answers], invoice: Invoice) -> None:
    told = paid(invoice)
    assert [call(told, "checkout.session.completed") for _time in range(2)] == [204, 204]

    assert Payment.objects.filter(way=Payment.STRIPE).count() == 1
    invoice.refresh_from_db()
    assert invoice.is_paid
    assert ledger_problems() == []


def test_what_somebody_else_signed_or_long_ago_is_not_booked(at_stripe: type[Answers], invoice: Invoice) -> None:
    told = paid(invoice)

    assert call(told, "checkout.session.completed", secret="whsec_other") == 403
    assert call(told, "checkout.session.completed", at=time.time() - 3600) == 403
    assert not Payment.objects.filter(way=Payment.STRIPE).exists()


def test_where_no_cards_are_taken_nobody_answers(invoice: Invoice) -> None:
    assert call(paid(invoice), "checkout.session.completed") == 404


def test_a_refund_goes_back_to_the_card_by_itself_and_once(
    at_stripe: type[Answers], invoice: Invoice, run_reactions: Callable[[], int], run_jobs: Callable[[], int]
) -> None:
    RefundLimit.objects.create(role=Agent.MANAGER, amount=50)
    call(paid(invoice), "checkout.session.completed")
    refund = request_refund(invoice.account, eur(30), reason="Late", cause_key="x", by="system")
    approve_refund(refund, agent=make_agent(role=Agent.MANAGER))
    run_reactions()
    run_jobs()
    refund.refresh_from_db()
    account = provider()
    assert account is not None
    assert refund.payment is not None
    again = pay_back(account, refund, refund.payment)  # a crash before it was noted: the job runs once more

    assert (refund.state, refund.reference) == (Refund.PAID, again)
    assert [path for path, _asked in at_stripe.asked] == ["/v1/refunds"]
    assert at_stripe.asked[0][1]["payment_intent"] == "pi_7"
    assert balance_of(invoice.account, BANK) == eur("93.00")  # 20 and 103 came, 30 went


def test_what_stripe_declines_stays_due_and_says_why(
    at_stripe: type[Answers], invoice: Invoice, run_reactions: Callable[[], int], run_jobs: Callable[[], int]
) -> None:
    RefundLimit.objects.create(role=Agent.MANAGER, amount=50)
    call(paid(invoice), "checkout.session.completed")
    refund = request_refund(invoice.account, eur(30), reason="Late", cause_key="x", by="system")
    approve_refund(refund, agent=make_agent(role=Agent.MANAGER))
    at_stripe.fails = True
    run_reactions()
    with pytest.raises(CardTrouble):  # so that the worker tries again
        run_jobs()
    refund.refresh_from_db()

    assert (refund.state, refund.trouble) == (Refund.APPROVED, "It was declined.")


def test_without_both_secrets_no_cards_are_taken() -> None:
    with pytest.raises(Refused) as refused:
        save_card_provider(by="system", is_active=True, api_key="sk_test_river")

    assert refused.value.code == "billing.no_secrets"
    assert provider() is None


def test_amounts_are_counted_as_stripe_counts_them() -> None:
    amounts = [eur("12.34"), Money.of("500", "JPY"), Money.of("500", "ISK"), Money.of("1.234", "KWD")]

    assert [coins_of(each) for each in amounts] == [1234, 500, 50000, 1234]
    assert [money_of(coins_of(each), each.currency) for each in amounts] == amounts
