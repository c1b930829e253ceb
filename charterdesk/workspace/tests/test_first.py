"""A new desk is begun once, by whoever started it."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from charterdesk.base.first_start import first_start_token
from charterdesk.people.models import Agent, Brand, Team
from charterdesk.sla.actions import create_policy
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db

FIELDS = {
    "company": "Mill Water", "language": "en", "time_zone": "Europe/Dublin", "team": "Customer service",
    "address": "help@mill.example", "name": "Ann Mill", "email": "Ann@mill.example", "password": "reeds-by-the-weir",
}  # fmt: skip


def begin(token: str = "", **fields: str) -> tuple[int, Client]:
    client = Client()
    path = f"/desk/first/{token or first_start_token(settings.SECRET_KEY)}"
    return client.post(path, {**FIELDS, **fields}).status_code, client


def test_the_link_in_the_terminal_makes_administrator_team_hours_and_name_and_opens_once():
    status, ann = begin()
    team = Team.objects.get()

    assert (status, ann.get("/desk/admin/start").status_code) == (302, 200)
    assert (Agent.objects.get().role, list(team.agents.all())) == ("administrator", [Agent.objects.get()])
    assert (team.address, team.calendar.zone, str(Brand.objects.get())) == (
        "help@mill.example",
        "Europe/Dublin",
        "Mill Water",
    )
    assert begin(email="eve@mill.example", address="eve@mill.example", team="Eve")[0] == 404
    assert Agent.objects.count() == 1


def test_the_promises_count_as_read_when_somebody_looked_at_them_or_changed_one():
    def steps(client: Client) -> list[str]:
        return re.findall(r'data-done="(\w+)"', client.get("/desk/admin/start").content.decode())

    _status, ann = begin()
    create_policy(by="system", name="Two hours", first_reply=timedelta(hours=2))
    make_ticket()
    assert steps(ann) == ["yes", "yes", "no", "no", "no", "no"]

    ann.get("/desk/admin/promises")

    assert steps(ann) == ["yes", "yes", "no", "yes", "no", "no"]


def test_another_word_opens_nothing_and_a_weak_password_is_refused():
    assert begin("x" * 40)[0] == 404
    assert begin(password="1234567890")[0] == 422
    assert begin(time_zone="Atlantis")[0] == 422
    assert Agent.objects.count() == 0
