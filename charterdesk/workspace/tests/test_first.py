"""A new desk is begun once, by whoever started it."""

import pytest
from django.conf import settings
from django.test import Client

from charterdesk.base.first_start import first_start_token
from charterdesk.people.models import Agent, Brand, Team

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


def test_another_word_opens_nothing_and_a_weak_password_is_refused():
    assert begin("x" * 40)[0] == 404
    assert begin(password="1234567890")[0] == 422
    assert begin(time_zone="Atlantis")[0] == 422
    assert Agent.objects.count() == 0
