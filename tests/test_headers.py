"""What every page tells the browser: nothing inline runs, nobody frames it, no sensor, no guessing of types."""

from collections.abc import Mapping

import pytest
from django.test import Client
from django.test.utils import override_settings

from charterdesk.people.testing import PASSWORD, make_agent
from tests.test_access import everything_asked

pytestmark = pytest.mark.django_db
NEEDED = ("Referrer-Policy", "Permissions-Policy", "Cross-Origin-Resource-Policy", "Cross-Origin-Opener-Policy")
FRAMED = ("portal:embed",)
"""Pages made to stand in other people's: who may do so is theirs to say."""


def lacks(said: Mapping[str, str], name: str) -> list[str]:
    """What an answer with these headers should say and does not."""
    wrong = []
    policy = said.get("Content-Security-Policy", "")
    if "default-src" not in policy or any(word in policy for word in ("unsafe-inline", "unsafe-eval", "*", "data:")):
        wrong.append(f"policy {policy!r}")
    if "frame-ancestors 'none'" not in policy and "sandbox" not in policy and not name.startswith(FRAMED):
        wrong.append("may be framed")
    if said.get("X-Content-Type-Options") != "nosniff":
        wrong.append("types are guessed")
    wrong += [f"no {header}" for header in NEEDED if not said.get(header)]
    return wrong


@pytest.mark.timeout(600)
def test_every_page_forbids_what_it_does_not_need() -> None:
    pages = {
        f"{name} as {who}": lacks(seen.headers, name)
        for name, by in everything_asked().items()
        for who, seen in by.items()
        if seen.headers.get("Content-Type", "").startswith("text/html")
    }

    assert len(pages) > 300
    assert {page: wrong for page, wrong in pages.items() if wrong} == {}


def test_cookies_are_for_this_site_alone_and_no_script_reads_the_session(client: Client) -> None:
    ada = make_agent("Ada")
    client.post("/account/login/", {"login": ada.email, "password": PASSWORD})

    for name in ("sessionid", "charterdesk_device"):
        assert client.cookies[name]["httponly"] and client.cookies[name]["samesite"] == "Lax"


@override_settings(SECURE_HSTS_SECONDS=31536000)
def test_a_desk_on_https_is_asked_for_by_https_ever_after(client: Client) -> None:
    said = client.get("/account/login/", secure=True).headers["Strict-Transport-Security"]
    assert said == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/account/login/").headers
