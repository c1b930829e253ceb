"""Somebody is invited, follows the link in the mail, chooses a password and is in."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client

from charterdesk.base.clock import now
from charterdesk.channels.models import Outgoing
from charterdesk.people.models import Agent, Invitation
from charterdesk.people.testing import make_agent

pytestmark = pytest.mark.django_db

PASSWORD = "tall-reeds-by-the-weir"


@pytest.fixture
def administrator(team, sign_in):
    return sign_in(make_agent("Ann", role=Agent.ADMINISTRATOR))


@pytest.fixture
def invite(administrator, run_reactions):
    """Invite Nora, or send her link anew; returns the path in the newest mail."""

    def send(again: bool = False) -> str:
        if again:
            administrator.post(f"/desk/admin/people/{Agent.objects.get(name='Nora').pk}/invitation")
        else:
            fields = {"name": "Nora", "role": "agent", "language": "en", "time_zone": "UTC", "capacity": 7}
            administrator.post("/desk/admin/people/new", {**fields, "email": "nora@desk.example"})
        run_reactions()
        mail = message_from_bytes(bytes(Outgoing.objects.order_by("-pk")[0].raw), policy=policy.default)
        (path,) = re.findall(r"/desk/welcome/\S+", mail.get_body(("plain",)).get_content())
        return str(path)

    return send


def accept(path: str, password: str = PASSWORD) -> tuple[int, Client]:
    client = Client()
    answer = client.post(path, {"name": "Nora W.", "password": password})
    return answer.status_code, client


def test_the_link_lets_the_invited_choose_a_password_and_brings_them_in(invite):
    path = invite()
    status, nora = accept(path)

    assert (status, nora.get("/desk/").status_code) == (302, 200)
    assert Agent.objects.get(name="Nora W.").login.check_password(PASSWORD)
    assert accept(path)[0] == 410
    assert Invitation.objects.get().state == "accepted"


def test_a_weak_password_is_refused_and_the_link_still_opens(invite):
    path = invite()

    assert accept(path, "12345678")[0] == 422
    assert accept(path)[0] == 302


def test_only_the_newest_link_opens_and_none_after_its_end_or_when_revoked(invite, administrator):
    first = invite()
    second = invite(again=True)
    assert [Client().get(path).status_code for path in (first, second, f"{second}x")] == [410, 200, 410]

    Invitation.objects.update(ends_at=now() - timedelta(seconds=1))
    assert Client().get(second).status_code == 410
    third = invite(again=True)
    agent = Agent.objects.get(name="Nora")
    administrator.post(f"/desk/admin/people/{agent.pk}/invitation", {"revoke": "1"})
    agent.refresh_from_db()

    assert (Client().get(third).status_code, agent.is_active) == (410, False)
