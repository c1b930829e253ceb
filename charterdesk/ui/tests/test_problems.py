"""Pages that say what went wrong: in the reader's words, with a way back, never bare."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

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


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "ar"])
def test_each_can_be_said_without_a_request(name: str, language: str) -> None:
    with translation.override(language):
        page = render_to_string(f"{name}.html")

    assert f'lang="{language}"' in page
    assert "<h1>" in page
