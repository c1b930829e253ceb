"""Webhooks by API: for whoever may set them up, and their keys kept out of what is kept."""

import pytest

from charterdesk.api.tests.conftest import Program
from charterdesk.events.models import Webhook, WebhookCall
from charterdesk.people.models import Agent, KeptAnswer
from charterdesk.people.testing import make_agent

NEW = {"name": "Billing", "url": "https://example.org/hooks", "codes": ["ticket.solved"]}


@pytest.fixture
def boss(db: None) -> Program:
    """A program of an administrator's."""
    return Program(make_agent("Amy", role=Agent.ADMINISTRATOR))


def test_a_webhook_is_made_once_changed_tested_sent_again_and_removed(boss: Program) -> None:
    made, again = (boss.post("/webhooks", NEW, Idempotency_Key="one") for _time in range(2))
    path = f"/webhooks/{made.json()['id']}"

    assert (made.status_code, made.json()["codes"]) == (201, ["ticket.solved"]), made.content
    assert made.json() == again.json() and Webhook.objects.count() == 1
    etag = boss.get(path).headers["ETag"]
    assert boss.ask("PATCH", path, {"name": "Bills"}, If_Match=etag).json()["name"] == "Bills"
    assert boss.ask("PATCH", path, {"name": "x"}, If_Match=etag).status_code == 412
    call = boss.post(f"{path}/test").json()
    assert (call["code"], call["state"]) == ("webhook.tested", "waiting")
    WebhookCall.objects.update(state=WebhookCall.FAILED)
    assert [row["id"] for row in boss.get(f"{path}/calls?state=failed").json()["items"]] == [call["id"]]
    assert boss.post(f"{path}/replay", {"call_id": call["id"]}).json() == {"count": 1}
    assert boss.post(f"{path}/replay", {}).json() == {"count": 0}
    assert boss.ask("DELETE", path).status_code == 204
    assert boss.get(path).status_code == 404


def test_a_webhooks_keys_are_read_apart_and_never_kept_with_an_answer(boss: Program) -> None:
    path = f"/webhooks/{boss.post('/webhooks', NEW, Idempotency_Key='one').json()['id']}/keys"
    (first,) = boss.get(path).json()["keys"]
    assert boss.post(path, {}, Idempotency_Key="two").status_code == 204
    newest, before = boss.get(path).json()["keys"]

    assert before == first != newest
    kept = "".join(KeptAnswer.objects.values_list("body", flat=True))
    assert kept and first not in kept and newest not in kept
    assert boss.post(path, {"key": "short"}).json()["code"] == "events.webhook_key"


def test_what_no_webhook_can_be_made_of_is_refused_with_what_to_do(boss: Program, program: Program) -> None:
    refused = [boss.post("/webhooks", NEW | wrong).json()["code"] for wrong in (
        {"url": "ftp://example.org"}, {"codes": ["ticket.sung"]}, {"team_ids": [999]},
    )]  # fmt: skip

    assert refused == ["events.webhook_url", "events.webhook_code", "api.no_such_team"]
    assert program.post("/webhooks", NEW).status_code == 403
