"""A customer asks to be erased: whoever may decide that hears of it, on the page and by mail, and where to go."""

from email import message_from_bytes
from typing import Any

import pytest
from django.test import Client

from charterdesk.channels.models import Outgoing
from charterdesk.events.testing import run_reactions
from charterdesk.people.actions import set_preferences
from charterdesk.people.actions.customers import ask_erasure, decline_erasure
from charterdesk.people.models import Agent, Notice, Role
from charterdesk.people.testing import make_agent, make_contact, make_team

pytestmark = pytest.mark.django_db
QUIET: dict[str, Any] = {"quiet_from": None, "quiet_until": None, "stand_in": None, "landing": "inbox"}


def test_whoever_may_decide_hears_of_it_as_they_chose_until_it_is_decided():
    make_team("Leaks")
    amy = make_agent("Amy", role=Agent.ADMINISTRATOR, email="amy@desk.example")
    bea = make_agent("Bea", role=Agent.ADMINISTRATOR)
    set_preferences(bea, by=bea, ways={"erasure": ["page"]}, **QUIET)
    own = make_agent("Omar")
    Agent.objects.filter(pk=own.pk).update(
        free_role=Role.objects.create(name="Sets up", permissions=["settings.everything"])
    )
    make_agent("Lea", role=Agent.LEAD)
    mia = make_contact("Mia Quill", email="mia@quill.example")

    asked = ask_erasure(mia, by=mia)
    run_reactions()

    told = Notice.objects.filter(code="erasure.asked", about=asked.key)
    assert set(told.values_list("agent_id", flat=True)) == {amy.pk, bea.pk, own.pk}
    mails = {tuple(mail.recipients): message_from_bytes(bytes(mail.raw)) for mail in Outgoing.objects.all()}
    assert len(mails) == 2 and ("amy@desk.example",) in mails
    parts = [part for part in mails["amy@desk.example",].walk() if part.get_content_type() == "text/plain"]
    text = parts[0].get_payload(decode=True).decode()
    assert "/desk/admin/erasure-requests" in text
    assert "Mia" not in mails["amy@desk.example",].as_string() and "quill" not in text
    client = Client()
    client.force_login(amy.login)
    page = client.get("/desk/notices/").content.decode()
    assert 'href="/desk/admin/erasure-requests"' in page and "A customer asks to be erased" in page
    assert client.get("/desk/admin/erasure-requests").status_code == 200

    decline_erasure(asked, by=amy, answer="The law")
    run_reactions()

    assert not told.filter(read_at=None).exists()


def test_only_those_who_may_decide_are_asked_whether_they_want_to_hear_of_it():
    shown = {}
    for role in (Agent.LEAD, Agent.ADMINISTRATOR):
        client = Client()
        client.force_login(make_agent(f"The {role}", role=role).login)
        shown[role] = "A customer asks to be erased" in client.get("/desk/me/preferences").content.decode()

    assert shown == {Agent.LEAD: False, Agent.ADMINISTRATOR: True}
