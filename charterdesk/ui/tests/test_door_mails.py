"""What the door mails: in the voice of the desk whose page it was, with all that somebody needs and nothing else."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from charterdesk.people.actions.branding import add_brand, publish_brand
from charterdesk.people.branding import Look
from charterdesk.people.models import Agent
from charterdesk.people.testing import PASSWORD, make_agent, make_contact, make_team

pytestmark = pytest.mark.django_db
NEW = "a-new-stream-2026"


@pytest.fixture(autouse=True)
def kept_mails(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def ada() -> Agent:
    publish_brand(add_brand(by="system", look=Look(name="Mill Water")), by="system")
    return make_agent("Ada", teams=(make_team(),), email="ada@desk.example")


def last_line(body: str) -> str:
    return body.strip().splitlines()[-1]


def test_a_code_stands_in_the_subject_and_is_said_to_be_mailed_to_whom(ada):
    make_contact("Mia", email="mia@home.example")
    client = Client()

    page = client.post("/account/login/code/", {"email": "mia@home.example"}, follow=True).content.decode()

    [sent] = mail.outbox
    code = sent.subject.partition(" ")[0]
    assert sent.subject == f"{code} is your sign-in code"
    assert f"\n{code}\n" in sent.body and sent.body.rstrip().endswith(f"Mill Water\n{settings.PUBLIC_URL}")
    assert "<title>Enter the code · Mill Water</title>" in re.sub(r"\s+", " ", page)
    assert "<bdi>mia@home.example</bdi>" in page
    client.post("/account/login/code/confirm/", {"code": code})
    assert "_auth_user_id" in client.session


def test_another_code_is_asked_for_while_one_is_awaited(ada):
    client = Client()
    client.post("/account/login/code/", {"email": ada.email})

    again = "/account/login/code/"
    assert client.post("/account/logout/", {"next": again}, follow=True).redirect_chain == [(again, 302)]
    client.post("/account/login/code/", {"email": ada.email})

    first, second = mail.outbox
    client.post("/account/login/code/confirm/", {"code": first.subject.partition(" ")[0]})
    assert "_auth_user_id" not in client.session
    client.post("/account/login/code/confirm/", {"code": second.subject.partition(" ")[0]})
    assert "_auth_user_id" in client.session


def test_whoever_is_not_known_is_told_how_to_begin(ada):
    Client().post("/account/login/code/", {"email": "nobody@home.example"})

    [sent] = mail.outbox
    assert (sent.subject, sent.to) == ("You wanted to sign in", ["nobody@home.example"])
    assert f"{settings.PUBLIC_URL}/requests/new" in sent.body and "signup" not in sent.body


def test_a_link_for_a_new_password_comes_and_its_use_is_told(ada):
    client = Client()
    client.post("/account/password/reset/", {"email": ada.email})
    [asked] = mail.outbox
    assert asked.subject == "Choose a new password"
    link = re.search(r"http://\S+", str(asked.body))
    assert link

    form = client.get(link[0].removeprefix("http://testserver"), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})

    told = mail.outbox[-1]
    assert told.subject == "Your password was changed"
    assert f"{settings.PUBLIC_URL}/account/security" in told.body and "127.0.0.1" in told.body


def test_a_changed_password_is_told_with_what_to_do_about_it(ada):
    client = Client(headers={"user-agent": "Firefox 143"})
    client.force_login(ada.login)

    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    [told] = mail.outbox
    assert told.subject == "Your password was changed"
    assert f"{settings.PUBLIC_URL}/account/security" in told.body and "Firefox 143" in told.body
    assert "Mill Water" in told.body and last_line(str(told.body)) == settings.PUBLIC_URL
