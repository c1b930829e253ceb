"""Money by API: what the webs do, a program does."""

from typing import Any

import pytest
from django.test import Client

from charterdesk.billing.actions.seller import change_seller
from charterdesk.billing.testing import ledger_problems
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.people.tokens.actions import make_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask():
    change_seller(by="system", name="Aldermouth Water", country="IE")
    agent = make_agent("Max", role=Agent.MANAGER)
    _token, secret = make_token(agent.login, by=agent, name="x", scopes=["money:write"])
    client = Client(headers={"Authorization": f"Bearer {secret}"})

    def call(method: str, path: str, body: Any = None, **headers: str) -> Any:
        return getattr(client, method)(f"/api/v1{path}", body, content_type="application/json", headers=headers)

    return call


def test_an_invoice_is_drafted_issued_paid_and_credited(ask) -> None:
    mia = make_contact("Mia")
    body = {"contact_id": mia.pk, "lines": [{"text": "Meter check", "price": "60.00", "quantity": "1.5"}]}
    headers = {"Idempotency-Key": "draft-1"}
    drafts = [ask("post", "/invoices", body, **headers) for _time in range(2)]
    assert [each.status_code for each in drafts] == [201, 201]
    assert drafts[0].json() == drafts[1].json()

    number = drafts[0].json()["id"]
    issued = ask("post", f"/invoices/{number}/number").json()
    assert issued["gross"] == {"amount": "90.00", "currency": "EUR"}
    paid = {"account_id": issued["account_id"], "amount": "90", "invoice_id": number, "external_id": "b-1"}
    assert ask("post", "/payments", paid).json()["left"]["amount"] == "0.00"
    assert ask("get", f"/invoices/{number}").json()["open"]["amount"] == "0.00"
    note = ask("post", f"/invoices/{number}/credit-notes", {"reason": "Wrong meter"}).json()
    assert (note["kind"], note["counters_id"], note["open"]["amount"]) == ("credit_note", number, "90.00")
    assert ask("get", "/accounts").json()["items"][0]["owed"]["amount"] == "-90.00"
    assert ledger_problems() == []


def test_what_is_refused_says_why(ask) -> None:
    mia = make_contact("Mia")
    draft = ask("post", "/invoices", {"contact_id": mia.pk}).json()
    refused = ask("post", f"/invoices/{draft['id']}/number")

    assert (refused.status_code, refused.json()["code"]) == (409, "billing.nothing_on_it")
    assert ask("delete", f"/invoices/{draft['id']}").status_code == 204


def test_a_refund_of_one_cause_is_one(ask) -> None:
    account = ask("post", "/accounts", {"contact_id": make_contact("Mia").pk}).json()
    body = {"account_id": account["id"], "amount": "5.00", "reason": "Late", "cause": "crm-1"}
    made = {ask("post", "/refunds", body).json()["id"] for _time in range(2)}

    assert len(made) == 1
    [number] = made
    own = ask("post", f"/refunds/{number}/approval")
    assert (own.status_code, own.json()["code"]) == (409, "billing.own_refund")
    assert ask("post", f"/refunds/{number}/refusal", {"reason": "Paid back in May"}).json()["state"] == "refused"
