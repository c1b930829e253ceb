"""A journey: an announcement begins with a template, is for some, is sent, paused, gone on with, and confirmed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from charterdesk.notices.actions import sending
from charterdesk.notices.actions.choosing import unsubscribe
from charterdesk.notices.links import read_link
from charterdesk.notices.models import Announcement, NoticeChoice, Recipient
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions.templates import save_template
from tests.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXTS = {
    "en": {"subject": "New terms", "html": "<p>Dear {{ customer }}, our terms change.</p>"},
    "ar": {"subject": "شروط جديدة", "html": "<p>{{ customer }}، تتغير شروطنا.</p>"},
}


def test_an_announcement_is_written_for_some_sent_paused_and_confirmed(
    live_server,
    open_browser: Callable[..., BrowserContext],
    axe_violations: Callable[[Page], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    team = make_team("Leaks")
    imke = make_agent("Imke Dahl", teams=(team,), role=Agent.ADMINISTRATOR)
    save_template(None, by=imke, name="Terms", texts=TEXTS)
    huda, _sami, quiet = (make_contact(name, language="ar") for name in ("Huda", "Sami", "Quiet"))
    make_contact("Eve")
    unsubscribe(quiet, how=NoticeChoice.PAGE)
    monkeypatch.setattr(sending, "PIECE", 1)
    page = open_browser(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, live_server.url, imke.login.email, "/desk/announcements/new")

    page.get_by_label("Begin with a template").select_option(label="Terms")
    page.get_by_role("button", name="Take its texts").click()
    expect(page.locator("[name=subject_en]")).to_have_value("New terms")
    expect(page.locator("[name=text_ar]")).to_have_value("{{ customer }}، تتغير شروطنا.")
    expect(page.locator(".rail[data-awake]")).to_be_visible()  # what counts the audience is there
    page.locator("[name=languages][value=ar]").check()
    expect(page.locator("#audience-count")).to_contain_text("3")
    page.get_by_label("Ask them to confirm that they read it").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_text("Dear Robin Example, our terms change.")).to_be_visible()
    assert axe_violations(page) == []
    page.go_back()
    page.get_by_role("button", name="Send now to 3 customers").click()
    announcement = Announcement.objects.get()
    sending.send_piece(announcement.pk)
    expect(page.locator("#progress")).to_contain_text("1 of 3 customers were reached.")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#progress .chip")).to_have_text("paused")
    assert not sending.send_piece(announcement.pk)
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#progress .chip")).to_have_text("being sent")
    while sending.send_piece(announcement.pk):
        pass
    expect(page.locator("#progress")).to_contain_text("3 of 3 customers were reached.")
    assert sorted(announcement.recipients.values_list("contact__name", "state")) == [
        ("Huda", Recipient.MAILED), ("Quiet", Recipient.SKIPPED), ("Sami", Recipient.MAILED),
    ]  # fmt: skip

    theirs = announcement.recipients.get(contact=huda)
    phone = open_browser(viewport={"width": 390, "height": 844}, color_scheme="dark", locale="ar").new_page()
    phone.goto(read_link(theirs.pk, home=live_server.url))
    expect(phone.locator("main")).to_contain_text("Huda، تتغير شروطنا.")
    assert phone.locator("html").get_attribute("dir") == "rtl"
    assert axe_violations(phone) == []
    phone.locator("main form button").first.click()
    phone.wait_for_load_state()
    page.reload()
    expect(page.locator("#progress [data-state=kept] dd")).to_have_text("1")
