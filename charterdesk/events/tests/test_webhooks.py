"""What webhooks promise: every event they want, at least once, signed, whatever happens to either side."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from psycopg.conninfo import make_conninfo
from standardwebhooks import Webhook as TheirVerifier
from standardwebhooks import WebhookVerificationError

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.events.erasure import erase_facts
from charterdesk.events.log import publish
from charterdesk.events.models import LoggedEvent, Webhook, WebhookCall
from charterdesk.events.reader import read_batch
from charterdesk.events.tests.pumps import PumpFailed, PumpRepaired
from charterdesk.events.tests.receiver import Receiver, receiving
from charterdesk.events.webhooks import sender
from charterdesk.events.webhooks.actions import (
    change_key,
    change_webhook,
    create_webhook,
    keys_of,
    remove_webhook,
    replay,
    send_test,
)
from charterdesk.events.webhooks.sender import call_due, forget_old_calls

pytestmark = pytest.mark.django_db(transaction=True)
BY = "agent:1"


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    with receiving() as server:
        yield server


def fail(number: int, **facts: object) -> None:
    with transaction.atomic():
        publish(PumpFailed(pump_id=number), on=f"pump:{number}", by=BY, facts=facts or None)


def tell() -> None:
    """Let the worker read what is new, and send what is due."""
    while read_batch():
        pass
    while call_due():
        pass


def waits_no_longer(webhook: Webhook) -> None:
    """As if the pauses after failures were over."""
    Webhook.objects.filter(pk=webhook.pk).update(try_at=None)
    WebhookCall.objects.filter(webhook=webhook).update(next_try_at=Now())


def numbers(receiver: Receiver) -> list[int]:
    return [json.loads(content)["data"]["event"]["pump_id"] for _path, _headers, content in receiver.heard]


def test_a_webhook_hears_of_the_events_it_wants_in_a_form_that_others_can_verify(receiver):
    webhook = create_webhook(name="Plant", url=f"{receiver.url}/hooks?x=1", codes=["pump.failed"], by=BY)
    fail(7, team_id=3, model="P-400")
    with transaction.atomic():
        publish(PumpRepaired(pump_id=7), on="pump:7", by=BY)
    tell()

    ((path, headers, content),) = receiver.heard
    (key,) = keys_of(webhook)
    event = LoggedEvent.objects.get(code="pump.failed")
    assert (path, headers["webhook-id"], headers["content-type"]) == (
        "/hooks?x=1",
        f"evt_{event.pk}",
        "application/json",
    )
    assert TheirVerifier(key).verify(content, headers) == {
        "type": "pump.failed",
        "timestamp": event.at.isoformat(),
        "data": {
            "id": event.pk, "subject": "pump:7", "actor": BY, "cause": None, "event": event.data,
            "snapshot": {"team_id": 3, "model": "P-400"},
        },
    }  # fmt: skip
    with pytest.raises(WebhookVerificationError):
        TheirVerifier(key).verify(content.replace(b"P-400", b"P-401"), headers)


def test_a_webhook_of_a_team_hears_of_that_team_only_and_of_nothing_before_it_was_made(receiver):
    fail(1, team_id=3)
    create_webhook(name="Plant", url=receiver.url, codes=["pump.failed"], team_ids=[3], by=BY)
    for number, facts in ((2, {"team_id": 4}), (3, {"team_id": 3}), (4, {})):
        fail(number, **facts)
    tell()

    assert numbers(receiver) == [3]


def test_what_fails_is_tried_again_with_the_same_id_and_what_the_other_side_asks_for_is_kept(receiver):
    webhook = create_webhook(name="Plant", url=receiver.url, codes=["pump.failed"], by=BY)
    receiver.answers = [(500, {}), (503, {"Retry-After": "900"})]
    fail(1)
    for _ in range(3):
        tell()
        waits_no_longer(webhook)
        if len(receiver.heard) == 2:
            asked = WebhookCall.objects.get()

    assert len({headers["webhook-id"] for _path, headers, _content in receiver.heard}) == 1
    call = WebhookCall.objects.get()
    assert (call.state, call.attempts, [each["status"] for each in call.tries]) == ("delivered", 3, [500, 503, 204])
    assert asked.attempts == 2
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.failing_since) == (0, None)


def test_after_an_answer_that_asks_for_a_pause_nothing_is_sent_before_it_is_over(receiver):
    webhook = create_webhook(name="Plant", url=receiver.url, codes=["pump.failed"], by=BY)
    receiver.answers = [(429, {"Retry-After": "900"})]
    fail(1)
    tell()
    fail(2)
    tell()

    webhook.refresh_from_db()
    call = WebhookCall.objects.earliest("id")
    assert (numbers(receiver), webhook.failures) == ([1], 1)
    assert webhook.try_at and webhook.try_at > now() + timedelta(seconds=800)
    assert call.next_try_at > now() + timedelta(seconds=800)


def test_an_address_that_is_away_delays_nobody_else(receiver):
    away = create_webhook(name="Away", url="http://127.0.0.1:1/", codes=["pump.failed"], by=BY)
    create_webhook(name="Here", url=receiver.url, codes=["pump.failed"], by=BY)
    for number in range(20):
        fail(number)
    tell()

    assert sorted(numbers(receiver)) == list(range(20))
    away.refresh_from_db()
    assert (away.failures, away.calls.filter(attempts__gt=0).count()) == (sender.AT_ONE, sender.AT_ONE)
    assert away.try_at and away.try_at > now()


def test_who_says_that_it_is_gone_or_fails_for_days_is_switched_off_and_hears_the_rest_when_switched_on(receiver):
    webhook = create_webhook(name="Plant", url=receiver.url, codes=["pump.failed"], by=BY)
    receiver.answers = [(410, {})]
    fail(1)
    tell()
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.off_because) == (False, "gone")
    assert LoggedEvent.objects.get(code="webhook.stopped").data == {"webhook_id": webhook.pk, "reason": "gone"}

    change_webhook(webhook, is_active=True, by=BY)
    receiver.answers = [(500, {})]
    waits_no_longer(webhook)
    long_ago = now() - sender.GIVEN_UP_AFTER - timedelta(minutes=1)
    Webhook.objects.filter(pk=webhook.pk).update(failing_since=long_ago, failures=40)
    tell()
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.off_because) == (False, "failing")

    change_webhook(webhook, is_active=True, by=BY)
    waits_no_longer(webhook)
    tell()
    assert WebhookCall.objects.get().state == "delivered"


def test_after_the_last_try_a_message_is_given_up_and_can_be_sent_again(receiver):
    webhook = create_webhook(name="Plant", url=receiver.url, codes=["pump.failed"], by=BY)
    receiver.answers = [(500, {})] * sender.MOST_TRIES
    fail(1)
    for _ in range(sender.MOST_TRIES):
        tell()
        waits_no_longer(webhook)
    tell()
    assert (WebhookCall.objects.get().state, len(receiver.heard)) == ("failed", sender.MOST_TRIES)

    assert replay(webhook, by=BY) == 1
    tell()
    assert WebhookCall.objects.get().state == "delivered"
    assert replay(webhook, call=WebhookCall.objects.get(), by=BY) == 1
    tell()
    assert len(receiver.heard) == sender.MOST_TRIES + 2


def test_where_nothing_was_given_up_nothing_is_sent_again_and_nobody_hears_of_it(receiver):
    webhook = create_webhook(name="Plant", url=receiver.url, codes=["pump.failed"], by=BY)
    receiver.answers = [(500, {})]
    fail(1)
    tell()
    waiting = WebhookCall.objects.get()

    assert [replay(webhook, by=BY), replay(webhook, call=waiting, by=BY)] == [0, 0]
    assert not LoggedEvent.objects.filter(code="webhook.replayed").exists()
    assert WebhookCall.objects.get().next_try_at == waiting.next_try_at


def test_whoever_is_killed_while_the_other_side_answers_has_it_sent_again_and_noted_once(receiver, settings):
    create_webhook(name="Plant", url=receiver.url, codes=["pump.failed"], by=BY)
    fail(1)
    read_batch()
    receiver.gate.clear()
    given = connection.settings_dict
    url = make_conninfo(dbname=given["NAME"], user=given["USER"], host=given["HOST"], port=given["PORT"])
    environment = {**os.environ, "DATABASE_URL": url, "CHARTERDESK_PRIVATE_NETWORKS": "127.0.0.0/8"}
    environment["CHARTERDESK_SECRET_KEY"] = settings.SECRET_KEY
    calling = subprocess.Popen([sys.executable, "-m", "charterdesk.events.tests.receiver"], env=environment)
    patience = time.monotonic() + 60
    while not receiver.heard and time.monotonic() < patience:
        time.sleep(0.05)
    calling.send_signal(signal.SIGKILL)
    calling.wait()
    receiver.gate.set()

    assert call_due() == 0, "it is taken until the lease ends"
    WebhookCall.objects.update(next_try_at=Now())
    assert call_due() == 1
    assert [headers["webhook-id"] for _path, headers, _content in receiver.heard] == [
        f"evt_{WebhookCall.objects.get().event_id}"
    ] * 2
    assert (WebhookCall.objects.get().state, len(WebhookCall.objects.get().tries)) == ("delivered", 1)


def test_a_new_key_signs_beside_the_last_one(receiver):
    webhook = create_webhook(name="Plant", url=receiver.url, codes=["pump.failed"], by=BY)
    (first,) = keys_of(webhook)
    second = change_key(webhook, by=BY)
    fail(1)
    tell()

    ((_path, headers, content),) = receiver.heard
    for key in (first, second):
        TheirVerifier(key).verify(content, headers)
    webhook.refresh_from_db()
    assert first.encode() not in bytes(webhook.sealed)


def test_a_test_reaches_a_webhook_that_waits_for_something_else(receiver):
    webhook = create_webhook(name="Plant", url=receiver.url, codes=["pump.failed"], by=BY)
    send_test(webhook, by=BY)
    tell()

    assert [json.loads(content)["type"] for _path, _headers, content in receiver.heard] == ["webhook.tested"]
    change_webhook(webhook, is_active=False, by=BY)
    with pytest.raises(Refused):
        send_test(webhook, by=BY)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "https://", "hooks", "https://me:secret@example.org/", "http://["]
)
def test_only_an_address_that_can_be_called_is_taken(url):
    with pytest.raises(Refused) as refused:
        create_webhook(name="Plant", url=url, by=BY)
    assert refused.value.code == "events.webhook_url"


def test_an_unknown_event_is_refused_with_its_name():
    with pytest.raises(Refused) as refused:
        create_webhook(name="Plant", url="https://example.org", codes=["pump.sang"], by=BY)
    assert "pump.sang" in refused.value.message


def test_nothing_is_sent_into_a_private_network_that_the_operator_did_not_open(receiver, settings):
    settings.PRIVATE_NETWORKS = []
    create_webhook(name="Plant", url=receiver.url, codes=["pump.failed"], by=BY)
    fail(1)
    tell()

    assert receiver.heard == []
    assert "private network" in WebhookCall.objects.get().tries[0]["said"]


def test_what_was_erased_is_not_told_afterwards_and_answers_about_it_go(receiver):
    webhook = create_webhook(name="Plant", url=receiver.url, codes=["pump.failed"], by=BY)
    receiver.answers = [(500, {})]
    fail(1, owner="Rosalind")
    tell()
    with transaction.atomic():
        erase_facts(["pump:1"])
    assert WebhookCall.objects.get().tries == []
    waits_no_longer(webhook)
    tell()

    assert json.loads(receiver.heard[-1][2])["data"]["snapshot"] is None


def test_calls_that_ended_long_ago_are_forgotten_and_a_removed_webhook_takes_its_own_along(receiver):
    webhook = create_webhook(name="Plant", url=receiver.url, codes=["pump.failed"], by=BY)
    for number in (1, 2):
        fail(number)
    tell()
    old = WebhookCall.objects.earliest("id")
    WebhookCall.objects.filter(pk=old.pk).update(done_at=now() - sender.KEPT - timedelta(days=1))

    assert forget_old_calls() == 1
    assert WebhookCall.objects.count() == 1
    remove_webhook(webhook, by=BY)
    assert (Webhook.objects.count(), WebhookCall.objects.count()) == (0, 0)
