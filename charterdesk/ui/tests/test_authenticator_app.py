"""The authenticator app is removed on a page of the desk's own."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from charterdesk.people.testing import PASSWORD, make_contact

pytestmark = pytest.mark.django_db


def test_an_authenticator_app_is_removed_after_a_question_in_the_desks_words():
    login = make_contact("Mia", email="mia@home.example", login=True).login
    assert login is not None
    client = Client()
    client.post("/account/login/", {"login": "mia@home.example", "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    TOTP.activate(login, generate_totp_secret())
    page = client.get("/account/2fa/totp/deactivate/").content.decode()

    assert "<h1>Remove the authenticator app</h1>" in page
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=login, type=Authenticator.Type.TOTP).exists()
