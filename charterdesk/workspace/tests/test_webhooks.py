"""Webhooks by form: made, tried, their key changed, and what was given up sent again."""

import pytest
from django.test import Client

from charterdesk.events.models import LoggedEvent, Webhook, WebhookCall
from charterdesk.events.webhooks.actions import create_webhook, keys_of, send_test
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(team, sign_in) -> Client:
    client: Client = sign_in(make_agent("Ann", role=Agent.ADMINISTRATOR))
    return client


@pytest.fixture
def webhook(team) -> Webhook:
    return create_webhook(name="Plant", url="https://plant.example/hooks", codes=["ticket.solved"], by="system")


def act(client: Client, webhook: Webhook, **data: str) -> str:
    answer = client.post(f"/desk/admin/webhooks/{webhook.pk}/act", data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_webhook_is_made_by_form_for_some_events_of_some_teams(administrator, team):
    form = {
        "name": "Billing", "url": "https://bills.example/in", "is_active": "on", "team_ids": [team.pk],
        "hears": "some", "codes": ["ticket.solved", "ticket.opened"],
    }  # fmt: skip
    answer = administrator.post("/desk/admin/webhooks/new", form)

    made = Webhook.objects.get()
    assert answer.headers["Location"] == f"/desk/admin/webhooks/{made.pk}/calls"
    assert (made.codes, made.team_ids) == (["ticket.opened", "ticket.solved"], [team.pk])
    assert LoggedEvent.objects.get(code="webhook.created").actor.startswith("agent:")


def test_an_address_that_is_none_is_said_at_its_field_and_nothing_is_made(administrator):
    answer = administrator.post("/desk/admin/webhooks/new", {"name": "X", "url": "ftp://x.example", "hears": "all"})

    assert answer.status_code == 422
    assert "Write an address such as" in answer.content.decode()
    assert not Webhook.objects.exists()


def test_a_webhook_hears_of_everything_only_where_that_was_said(administrator, webhook):
    form = {"name": "Billing", "url": "https://bills.example/in", "hears": "some"}
    refused = administrator.post("/desk/admin/webhooks/new", form)
    assert refused.status_code == 422
    assert "Tick the events it is to hear of." in refused.content.decode()
    assert "bills.example" in refused.content.decode()
    assert Webhook.objects.get() == webhook

    administrator.post("/desk/admin/webhooks/new", {**form, "hears": "all", "codes": ["ticket.solved"]})
    made = Webhook.objects.exclude(pk=webhook.pk).get()
    assert made.codes == []
    for page in ("", f"/{made.pk}/calls"):
        assert "Hears of every event" in administrator.get(f"/desk/admin/webhooks{page}").content.decode()
    assert "Hears of one event" in administrator.get(f"/desk/admin/webhooks/{webhook.pk}/calls").content.decode()


def test_a_change_shows_what_was_set_and_says_what_changed(administrator, webhook):
    page = administrator.get(f"/desk/admin/webhooks/{webhook.pk}").content.decode()
    assert (
        'value="ticket.solved" id="' in page and page.count(" checked") == 3
    )  # the event, that it is chosen, and that it is on

    administrator.post(f"/desk/admin/webhooks/{webhook.pk}", {"name": "Plant", "url": webhook.url, "hears": "all"})
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.codes) == (False, [])
    assert LoggedEvent.objects.get(code="webhook.changed").data["fields"] == ["codes", "is_active"]


def test_a_test_and_a_new_key_are_a_button_each(administrator, webhook):
    (first,) = keys_of(webhook)
    assert "webhook.tested" in act(administrator, webhook, what="test")
    page = act(administrator, webhook, what="key")

    webhook.refresh_from_db()
    assert keys_of(webhook)[1] == first
    assert all(key in page for key in keys_of(webhook))


def test_what_was_given_up_is_sent_again_one_or_all(administrator, webhook):
    for _ in range(3):
        send_test(webhook, by="system")
    WebhookCall.objects.update(state=WebhookCall.FAILED, attempts=10, tries=[{"at": "2026-11-22", "status": 500,
                               "ms": 7, "said": "<b>no</b>"}])  # fmt: skip
    one = WebhookCall.objects.earliest("id")
    page = administrator.get(f"/desk/admin/webhooks/calls/{one.pk}").content.decode()
    assert "&lt;b&gt;no&lt;/b&gt;" in page and "webhook.tested" in page

    act(administrator, webhook, what="replay", call=str(one.pk))
    assert WebhookCall.objects.filter(state=WebhookCall.WAITING).count() == 1
    assert "Sent again: 2." in act(administrator, webhook, what="replay")
    assert WebhookCall.objects.filter(state=WebhookCall.WAITING).count() == 3
    assert "There is nothing to send again." in act(administrator, webhook, what="replay")


def test_a_removed_webhook_takes_its_messages_along(administrator, webhook):
    send_test(webhook, by="system")
    act(administrator, webhook, what="removal")

    assert (Webhook.objects.count(), WebhookCall.objects.count()) == (0, 0)


def test_a_key_that_can_not_be_read_any_more_is_said_on_the_page(administrator, webhook, settings):
    settings.SECRET_KEY = "another"
    administrator.force_login(Agent.objects.get(name="Ann").login)

    assert "make a new one" in administrator.get(f"/desk/admin/webhooks/{webhook.pk}/calls").content.decode()
