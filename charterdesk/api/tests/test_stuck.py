"""What got stuck, changes of many tickets in the background, junk, and bookkeeping, by API."""

from decimal import Decimal
from typing import Any

import pytest

from charterdesk.api.tests.conftest import Program
from charterdesk.base.clock import now
from charterdesk.billing.testing import pay_for_something
from charterdesk.channels.models import BlockedSender, Outgoing, SmsOut
from charterdesk.channels.testing_sms import make_number
from charterdesk.events.models import Delivery, Dropped
from charterdesk.events.testing import run_jobs
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket


@pytest.fixture
def boss(team: Team) -> Program:
    """A program of an administrator's."""
    return Program(make_agent("Amy", role=Agent.ADMINISTRATOR, teams=(team,)))


def test_what_failed_is_tried_again_or_given_up_with_a_reason(boss: Program, program: Program) -> None:
    parked = [
        Delivery.objects.create(
            event_id=at, subject="ticket:1", handler="x", state=Delivery.PARKED, error="Boom", next_try_at=now()
        )
        for at in (1, 2)
    ]
    found = boss.get("/failures").json()["items"]
    assert [(each["kind"], each["id"], each["error"]) for each in found] == [
        ("delivery", each.pk, "Boom") for each in reversed(parked)
    ]
    assert boss.post(f"/failures/delivery/{parked[0].pk}/retry").status_code == 204
    path = f"/failures/delivery/{parked[1].pk}/abandonment"
    assert boss.post(path, {"reason": "Told by phone."}).status_code == 204
    assert boss.post(path, {"reason": "Again."}).json()["code"] == "events.not_parked"
    assert (boss.get("/failures").json()["items"], Dropped.objects.get().reason) == ([], "Told by phone.")
    assert program.get("/failures").status_code == 403


def test_held_mails_and_texts_are_settled(boss: Program, team: Team) -> None:
    mail = Outgoing.objects.create(header="x@y", recipients=["a@b.example"], raw=b"x", state=Outgoing.IN_DOUBT)
    text = SmsOut.objects.create(once="x", number=make_number(team), to="+491", text="x", state=SmsOut.HELD)

    assert [each["id"] for each in boss.get("/held-mail").json()["items"]] == [mail.pk]
    assert boss.post(f"/held-mail/{mail.pk}/settlement", {"arrived": True}).status_code == 204
    assert [each["to"] for each in boss.get("/held-texts").json()["items"]] == ["+491"]
    assert boss.post(f"/held-texts/{text.pk}/settlement", {"arrived": False}).status_code == 204
    mail.refresh_from_db()
    text.refresh_from_db()
    assert (mail.state, text.state) == (Outgoing.SENT, SmsOut.QUEUED)
    assert boss.post(f"/held-mail/{mail.pk}/settlement", {"arrived": True}).json()["code"] == "channels.not_held"


def test_many_tickets_are_changed_in_the_background_and_taken_back(program: Program, team: Team) -> None:
    numbers = [make_ticket(team=team).number for _ in range(3)]
    run = program.post("/bulk-runs", {"what": "priority", "value": "1", "numbers": numbers}).json()
    run_jobs()
    done = program.get(f"/bulk-runs/{run['id']}").json()
    assert (run["state"], done["state"], done["done"]) == ("running", "done", 3)
    program.post(f"/bulk-runs/{run['id']}/undo")
    run_jobs()
    assert set(Ticket.objects.values_list("priority", flat=True)) == {3}
    assert Program(make_agent("Otto", teams=(team,))).get(f"/bulk-runs/{run['id']}").status_code == 404


def test_junk_is_closed_and_its_sender_blocked_and_taken_up_again(program: Program, team: Team) -> None:
    ticket = make_ticket(team=team, contact=make_contact("Spam", email="win@shop.example"))
    path = f"/tickets/{ticket.number}/junk"
    assert program.ask("PUT", path, {"block_sender": True}).json()["status"] == "closed"
    assert BlockedSender.objects.get().pattern == "win@shop.example"
    assert program.ask("DELETE", path).json()["status"] == "open"
    assert not BlockedSender.objects.exists()


@pytest.fixture
def bought(mia: Contact) -> dict[str, Any]:
    """An invoice, a draft, a payment and a credit."""
    return pay_for_something(mia)


def test_invoices_are_read_as_files_changed_answered_and_countered(
    boss: Program, hers: Program, program: Program, bought: dict[str, Any]
) -> None:
    invoice, draft = (f"/invoices/{bought[name].pk}" for name in ("invoice", "draft"))
    assert hers.get(f"{invoice}/pdf").content.startswith(b"%PDF")
    assert b"CrossIndustryInvoice" in hers.get(f"{invoice}/xml").content
    assert (hers.get(f"{draft}/pdf").status_code, boss.get(f"{draft}/xml").json()["code"]) == (
        404,
        "billing.not_issued",
    )

    longer = boss.post(f"{draft}/lines", {"text": "Way", "price": "10.00"}).json()
    assert [line["text"] for line in longer["lines"]] == ["Meter check", "Way"]
    shorter = boss.ask("DELETE", f"{draft}/lines/{longer['lines'][1]['id']}").json()
    assert Decimal(shorter["net"]["amount"]) == 100
    assert boss.ask("PATCH", draft, {"note": "Thank you."}).json()["note"] == "Thank you."
    assert boss.ask("PATCH", invoice, {"note": "x"}).json()["code"] == "billing.issued"

    assert boss.post(f"{invoice}/disputes/answer", {"answer": "You have one."}).json()["is_disputed"] is False
    assert boss.ask("DELETE", f"/payments/{bought['payment'].pk}").status_code == 204
    assert boss.ask("DELETE", f"/credits/{bought['credit'].pk}").status_code == 204
    account = f"/accounts/{bought['account'].pk}/bill-to"
    assert boss.ask("PATCH", account, {"name": "The Mill", "country": "ie"}).json()["country"] == "IE"
    assert program.get(account).status_code == 403


def test_the_ledger_adds_up_and_a_banks_list_is_taken_once(boss: Program, bought: dict[str, Any]) -> None:
    ledger = boss.get("/ledger").json()
    assert {sum(Decimal(one["money"]["amount"]) for one in each["entries"]) for each in ledger["items"]} == {0}
    assert sum(Decimal(each["debit"]["amount"]) - Decimal(each["credit"]["amount"]) for each in ledger["totals"]) == 0
    assert boss.get("/ledger?since=2026-11-02&until=2026-11-01").json()["code"] == "billing.bad_days"
    lines = b"".join(boss.get("/ledger/csv").streaming_content).decode().splitlines()
    assert len(lines) == 1 + sum(len(each["entries"]) for each in ledger["items"])

    number = bought["invoice"].number
    raw = f"date,amount,reference\n2026-11-20,5.00,{number}\n2026-11-20,7.00,nobody\n".encode()
    taken = [boss.client.generic("POST", "/api/v1/bank-lists", raw).json() for _ in range(2)]
    assert [(len(each["recorded"]), each["known"], len(each["unmatched"])) for each in taken] == [(1, 0, 1), (0, 1, 1)]


def test_the_secrets_of_card_payment_are_kept_and_never_read(boss: Program) -> None:
    before = boss.get("/card-provider")
    kept = boss.ask("PATCH", "/card-provider", {"api_key": "sk_1"}, If_Match=before.headers["ETag"])
    assert (kept.json()["has_api_key"], kept.json()["has_webhook_secret"]) == (True, False)
    assert "sk_1" not in kept.content.decode()
    refused = boss.ask("PATCH", "/card-provider", {"is_active": True}).json()
    assert refused["code"] in ("billing.no_secrets", "billing.no_stripe")


def test_grade_terms_are_changed_only_as_they_were_read(boss: Program) -> None:
    first = boss.get("/grade-terms")
    boss.ask("PATCH", "/grade-terms", {"close_after": 10})
    late = boss.ask("PATCH", "/grade-terms", {"close_after": 11}, If_Match=first.headers["ETag"])
    assert boss.ask("PATCH", "/grade-terms", {}, If_Match=boss.get("/grade-terms").headers["ETag"]).status_code == 200
    assert (late.status_code, boss.get("/grade-terms").json()["items"][0]["close_after"]) == (412, 10)
