"""Pages that say what went wrong: in the reader's words, with a way back, never bare."""

import re
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from charterdesk.people.models import LANGUAGES
from charterdesk.ui.away import away_page

pytestmark = pytest.mark.django_db


def test_an_address_with_nothing_behind_it_is_answered_with_a_page_of_ours(client: Client) -> None:
    response = client.get("/no/such/place", headers={"Accept-Language": "de"})

    assert response.status_code == 404
    assert "Hier ist nichts" in response.content.decode()
    assert 'href="/"' in response.content.decode()
    assert 'href="/requests/new"' in response.content.decode()  # a person to reach, always


def test_a_form_without_its_token_is_answered_with_a_page_of_ours() -> None:
    response = Client(enforce_csrf_checks=True).post("/language", {"language": "de"})

    assert response.status_code == 403
    assert "This page is too old" in response.content.decode()


def test_an_address_that_only_takes_forms_shows_a_page_to_who_types_it(client: Client) -> None:
    response = client.get("/status/follow")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Nothing is shown at this address" in response.content.decode()


def test_who_asks_for_too_many_passwords_is_told_so_by_a_page_of_ours(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    answers = [client.post(reverse("account_reset_password"), {"email": "mia@home.example"}) for _ in range(2)]

    assert answers[-1].status_code == 429
    assert "That was too often" in answers[-1].content.decode()


def test_a_form_with_more_text_than_is_read_at_a_time_is_answered_with_a_page_of_ours(
    client: Client, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post(reverse("portal:new"), {"text": "x" * 2000})

    assert response.status_code == 413
    assert "Send less at a time." in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_a_form_that_cannot_be_read_is_answered_with_a_page_of_ours(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    response = client.post(reverse("portal:new"), {"text": "x", "subject": "y"})

    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()


def test_while_the_database_is_away_pages_say_so_and_that_it_will_be_back() -> None:
    def away(*_asked: Any) -> None:
        raise OperationalError("the connection is lost")

    with connection.execute_wrapper(away):
        response = Client(raise_request_exception=False).get("/")

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "Back in a moment" in response.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "413", "429", "500", "503"])
@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "ar"])
def test_each_can_be_said_without_a_request(name: str, language: str) -> None:
    with translation.override(language):
        page = render_to_string(f"{name}.html")

    assert f'lang="{language}"' in page
    assert "<h1>" in page


def test_the_page_for_when_the_desk_is_away_needs_nothing_of_the_desk() -> None:
    page = away_page()

    assert all(f'<section lang="{code}"' in page for code, _name in LANGUAGES)
    assert 'lang="ar" dir="rtl"' in page
    assert not re.search(r"(src|href)=|url\(|@import", page)
    assert "entrance-card{" in page  # its look is in it
