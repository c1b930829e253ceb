"""Somebody is invited, follows the link in the mail, chooses a password and is in."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.test import Client

from charterdesk.base.clock import now
from charterdesk.channels.models import Outgoing
from charterdesk.people.models import Agent, Invitation, Role
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


def test_while_no_mail_leaves_the_link_is_there_to_hand_over(administrator, invite):
    assert "leave this desk yet" in administrator.get("/desk/admin/people/new").content.decode()

    invite()

    page = administrator.get("/desk/admin/people").content.decode()
    (path,) = re.findall(rf'value="{settings.PUBLIC_URL}(/desk/welcome/[^"]+)"', page)
    assert accept(path)[0] == 302
    assert "/desk/welcome/" not in administrator.get("/desk/admin/people").content.decode()


def test_where_mail_leaves_no_link_is_shown(administrator, invite, settings):
    settings.MAIL_RELAY = "smtp://127.0.0.1:25"
    assert "They get a mail" in administrator.get("/desk/admin/people/new").content.decode()

    invite()

    assert "/desk/welcome/" not in administrator.get("/desk/admin/people").content.decode()


def test_nobody_sees_the_link_of_somebody_who_may_do_more_than_they(administrator, team, sign_in):
    setter = Role.objects.create(name="Sets up people", permissions=["settings.people"])
    peter = make_agent("Peter")
    Agent.objects.filter(pk=peter.pk).update(free_role=setter)
    for name, role in (("Nora", "agent"), ("Imke", "administrator")):
        fields = {"name": name, "role": role, "language": "en", "time_zone": "UTC", "capacity": 7}
        administrator.post("/desk/admin/people/new", {**fields, "email": f"{name.lower()}@desk.example"})

    theirs = sign_in(peter).get("/desk/admin/people").content.decode()
    hers = administrator.get("/desk/admin/people").content.decode()

    assert (theirs.count("/desk/welcome/"), hers.count("/desk/welcome/")) == (0, 2)
