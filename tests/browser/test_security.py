"""Second factors and passkeys, with a device that Chromium plays (CDP WebAuthn): set up, used, and lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.access.actions import demand_second_factor
from charterdesk.access.models import OpenSession
from charterdesk.people.models import Agent
from charterdesk.people.testing import PASSWORD, make_agent, make_contact, make_team

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_device(page: Page) -> None:
    """Give the browser of `page` a fingerprint reader whose finger is always there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def sign_in(page: Page, base: str, address: str) -> None:
    page.goto(f"{base}/account/login/")
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page) -> None:
    """From the page of security on: name it, and confirm by password that it is you."""
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("Blue telephone")
    page.get_by_role("button", name="Add this device").click()


def test_an_agent_who_needs_a_second_factor_adds_a_passkey_and_signs_in_with_it(
    live_server: Any, open_browser: Callable[..., BrowserContext], axe_violations: Callable[[Page], list[Any]]
):
    make_agent("Ada", teams=(make_team(),), email="ada@desk.example")
    demand_second_factor([Agent.AGENT], by="system")
    page = open_browser(viewport={"width": 1440, "height": 900}).new_page()
    with_device(page)
    sign_in(page, live_server.url, "ada@desk.example")

    expect(page.get_by_role("alert")).to_contain_text("Your role needs a second factor")
    assert axe_violations(page) == []
    add_passkey(page)
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Blue telephone")).to_be_visible()
    page.get_by_role("link", name="Back to the desk").click()
    expect(page).to_have_url(f"{live_server.url}/desk/")

    page.goto("about:blank")  # what the page still asks for would bring a cookie after they are gone
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{live_server.url}/desk/")
    assert OpenSession.objects.latest("pk").way == OpenSession.PASSKEY


def test_a_customer_has_a_passkey_too_and_sees_where_they_are_signed_in_on_a_telephone(
    live_server: Any, open_browser: Callable[..., BrowserContext], axe_violations: Callable[[Page], list[Any]]
):
    make_contact("Mia", email="mia@home.example", login=True)
    page = open_browser(viewport={"width": 390, "height": 800}, color_scheme="dark").new_page()
    with_device(page)
    sign_in(page, live_server.url, "mia@home.example")
    page.goto(f"{live_server.url}/account/security")
    expect(page.get_by_text("this device")).to_be_visible()
    add_passkey(page)
    page.get_by_role("link", name="I have kept them").click()

    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.goto("about:blank")  # what the page still asks for would bring a cookie after they are gone
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{live_server.url}/requests/")


def test_a_passkey_is_renamed_and_removed(
    live_server: Any, open_browser: Callable[..., BrowserContext], axe_violations: Callable[[Page], list[Any]]
):
    make_contact("Mia", email="mia@home.example", login=True)
    page = open_browser(viewport={"width": 390, "height": 800}).new_page()
    with_device(page)
    sign_in(page, live_server.url, "mia@home.example")
    page.goto(f"{live_server.url}/account/security")
    add_passkey(page)
    page.get_by_role("link", name="I have kept them").click()

    page.get_by_role("link", name="Rename").click()
    expect(page.get_by_role("heading", name="Rename a passkey")).to_be_visible()
    page.get_by_label("Name").fill("Red telephone")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove").click()
    expect(page.get_by_text("Nobody signs in with “Red telephone” any more.")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("You have none yet.")).to_be_visible()


def test_whoever_knows_the_password_but_has_not_the_device_stays_outside(
    live_server: Any, open_browser: Callable[..., BrowserContext]
):
    make_agent("Ada", teams=(make_team(),), email="ada@desk.example")
    mine = open_browser().new_page()
    with_device(mine)
    sign_in(mine, live_server.url, "ada@desk.example")
    mine.goto(f"{live_server.url}/account/security")
    add_passkey(mine)
    expect(mine.get_by_role("heading", name="Recovery codes")).to_be_visible()
    code = mine.locator(".recovery-codes li").first.inner_text()

    thief = open_browser().new_page()
    sign_in(thief, live_server.url, "ada@desk.example")
    expect(thief.get_by_role("heading", name="One more step")).to_be_visible()
    thief.goto(f"{live_server.url}/desk/")
    expect(thief.get_by_role("heading", name="One more step")).to_be_visible()

    lost = open_browser().new_page()
    sign_in(lost, live_server.url, "ada@desk.example")
    lost.get_by_label("Code").fill(code)
    lost.get_by_role("button", name="Sign in", exact=True).click()
    expect(lost).to_have_url(f"{live_server.url}/desk/")


def test_a_customer_signs_in_on_a_telephone_by_a_code_that_comes_by_mail(
    live_server: Any, open_browser: Callable[..., BrowserContext], axe_violations: Callable[[Page], list[Any]]
):
    make_team()
    make_contact("Mia", email="mia@home.example")
    page = open_browser(viewport={"width": 390, "height": 800}, color_scheme="dark").new_page()
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_role("link", name="Get a sign-in code by e-mail").click()
    page.get_by_label("Email").fill("mia@home.example")
    page.get_by_role("button", name="Send me the code").click()

    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_label("Code").fill("WRON-GONE")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Incorrect code")).to_be_visible()
    page.get_by_role("button", name="Send another code").click()
    page.get_by_label("Email").fill("mia@home.example")
    page.get_by_role("button", name="Send me the code").click()
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()

    _first, second = mail.outbox
    page.get_by_label("Code").fill(str(second.subject).partition(" ")[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}/requests/")
