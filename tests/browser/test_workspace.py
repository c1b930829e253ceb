"""The workspace as an agent uses it: by mouse, by keyboard, on a phone, in the dark, right to left, without script."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions import (
    Incoming,
    add_note,
    assign_ticket,
    forward_ticket,
    receive_message,
    save_draft,
)
from charterdesk.tickets.actions.files import IncomingFile
from charterdesk.tickets.models import Draft, Message, Ticket
from charterdesk.tickets.testing import make_ticket
from tests.browser.test_writing import paste
from tests.conftest import at_rest, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def agent(transactional_db: None) -> Agent:
    return make_agent("Ada Brook", teams=(make_team("Leaks"),), role=Agent.ADMINISTRATOR, email="ada@desk.example")


@pytest.fixture
def ticket(agent: Agent) -> Ticket:
    """A ticket with a mail, a picture, a note and a history."""
    mia = make_contact("Mia Miller", email="mia@home.example")
    made = make_ticket(team=agent.teams.get(), contact=mia, subject="Brown water", tags=["meter"])
    picture = IncomingFile(filename="tap.png", stream=io.BytesIO(PNG), content_type="image/png")
    receive_message(made, Incoming(contact=mia, text="See picture.", quoted="> Really?", files=[picture]), by="system")
    assign_ticket(made, agent=agent, by=agent)
    add_note(made, by=agent, agent=agent, html="<p>Call Ronan first.</p>")
    return made


@pytest.fixture
def enter(live_server, open_browser, agent) -> Callable[..., Page]:
    """Call it for a page on which the agent is signed in; options as Playwright's `new_context`.

    With `held`, a list, the editor's script does not come: its routes are put there.
    """

    def entered(held: list[Route] | None = None, **options) -> Page:
        context: BrowserContext = open_browser(**{"viewport": {"width": 1440, "height": 900}, **options})
        if held is not None:  # before the first page: what a browser may keep for ever it does not ask for twice
            context.route("**/workspace/composer*.js", lambda route: held.append(route))
        page = context.new_page()
        sign_in(page, live_server.url, agent.email, lands="/desk/")
        if options.get("java_script_enabled", True):
            page.locator(".rail[data-awake]").wait_for()
        return page

    return entered


def open_ticket_page(page: Page, live_server, ticket: Ticket) -> None:
    page.goto(f"{live_server.url}/desk/tickets/{ticket.number}/")
    expect(page.locator(".composer-rich")).to_be_visible()
    page.locator(".rail[data-awake]").wait_for()


def test_an_agent_answers_by_keyboard_alone_and_undoes_it(enter, ticket):
    page = enter()

    page.keyboard.press("j")
    expect(page.locator("#ticket-subject")).to_contain_text("Brown water")
    expect(page.locator(".composer-rich")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("Dear Mia, it clears by four.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast", has_text="Sent.")).to_be_visible()
    message = ticket.messages.get(direction="out")
    assert (message.delivery, message.body_text) == (Message.SCHEDULED, "Dear Mia, it clears by four.")

    page.keyboard.press("z")
    expect(page.locator(".composer-rich")).to_have_text("Dear Mia, it clears by four.")
    message.refresh_from_db()
    assert message.delivery == Message.CANCELLED


def test_a_draft_survives_a_crash_and_waits_in_another_browser(enter, live_server, ticket):
    page = enter()
    open_ticket_page(page, live_server, ticket)
    page.click(".composer-rich")
    page.keyboard.type("Half a sentence")
    expect(page.locator(".composer-saved")).to_have_text("Draft kept")
    page.context.close()

    other = enter()
    open_ticket_page(other, live_server, ticket)

    expect(other.locator(".composer-rich")).to_have_text("Half a sentence")


def test_the_caret_stays_in_an_empty_line_when_the_editor_comes_late(enter, live_server, ticket, agent):
    save_draft(ticket, agent=agent, kind="reply", body_html="<p>Half a sentence</p>")
    held: list[Route] = []
    page = enter()
    open_ticket_page(page, live_server, ticket)
    page.context.route("**/workspace/chunk*.js", lambda route: held.append(route))  # the editor; all else is there
    page.click(".composer-rich")
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    expect(page.locator(".composer-rich p")).to_have_count(2)
    paste(page, **{"text/plain": "And another"})  # which waits for the editor
    for route in held:
        route.continue_()

    expect(page.locator(".composer-rich p")).to_have_text(["Half a sentence", "And another"])
    assert held


def test_a_draft_is_thrown_away(enter, live_server, ticket, agent):
    save_draft(ticket, agent=agent, kind="reply", body_html="<p>Half a sentence</p>")
    page = enter()
    open_ticket_page(page, live_server, ticket)

    page.get_by_role("button", name="Throw the draft away").click()

    expect(page.locator(".toast", has_text="Draft thrown away.")).to_be_visible()
    expect(page.locator(".composer-rich")).to_have_text("")
    assert not Draft.objects.exists()


def test_the_ground_changes_so_that_nobody_mails_a_note(enter, live_server, ticket):
    page = enter()
    open_ticket_page(page, live_server, ticket)
    ground = "getComputedStyle(document.querySelector('#composer')).backgroundColor"
    before = page.evaluate(ground)

    page.locator("body").press("m")
    page.wait_for_function(f"before => {ground} !== before", arg=before)
    expect(page.get_by_role("button", name="Add note")).to_be_visible()
    page.keyboard.type("He was in a hurry.")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".message.is-note")).to_have_count(2)
    assert not ticket.messages.filter(direction="out").exists()


def test_a_note_begun_before_the_editor_has_come_stays_a_note(enter, live_server, ticket):
    held: list[Route] = []
    page = enter(held)
    held.clear()
    page.goto(f"{live_server.url}/desk/tickets/{ticket.number}/")
    expect(page.locator(".composer-plain")).to_be_visible()
    page.locator(".rail[data-awake]").wait_for()

    page.locator("body").press("m")
    page.keyboard.type("Remember")
    for route in held:
        route.continue_()
    expect(page.locator(".composer-rich")).to_have_text("Remember")
    page.keyboard.press("End")
    page.keyboard.type(" Ronan")

    expect(page.locator(".composer-rich")).to_have_text("Remember Ronan")
    expect(page.locator("[name=kind][value=note]")).to_be_checked()


def test_files_come_by_paste_and_by_choice_and_go_with_the_reply(enter, live_server, ticket, tmp_path: Path):
    page = enter()
    open_ticket_page(page, live_server, ticket)
    (tmp_path / "plan.txt").write_text("Valve 7")

    page.set_input_files("#composer input[type=file]", tmp_path / "plan.txt")
    expect(page.locator("#draft-files")).to_contain_text("plan.txt")
    page.evaluate(
        """() => { const data = new DataTransfer();
                   data.items.add(new File([new Uint8Array([1, 2])], "pasted.bin"));
                   const surface = document.querySelector(".composer-rich");
                   surface.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true})); }"""
    )
    expect(page.locator("#draft-files")).to_contain_text("pasted.bin")
    page.get_by_role("button", name="Take plan.txt off").click()
    expect(page.locator("#draft-files")).not_to_contain_text("plan.txt")

    assert [file.filename for file in Draft.objects.get().attachments.all()] == ["pasted.bin"]


def test_what_is_pasted_keeps_its_meaning_and_loses_what_runs(enter, live_server, ticket):
    page = enter()
    open_ticket_page(page, live_server, ticket)

    page.evaluate(
        """() => { const data = new DataTransfer();
                   data.setData("text/html", "<b onclick=alert(1)>bold</b>"); data.setData("text/plain", "bold");
                   const surface = document.querySelector(".composer-rich"); surface.focus();
                   surface.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true})); }"""
    )

    expect(page.locator(".composer-rich b")).to_have_text("bold")
    assert "onclick" not in page.inner_html(".composer-rich")


def test_controls_are_changed_in_place(enter, live_server, ticket):
    page = enter()
    open_ticket_page(page, live_server, ticket)

    page.locator(".controls summary", has_text="normal").click()
    page.get_by_role("button", name="urgent").click()
    expect(page.locator(".control[data-priority='1']")).to_be_visible()
    page.locator(".controls summary").first.click()
    page.get_by_role("button", name="Waits for the customer").click()
    expect(page.locator(".controls .chip").first).to_have_text("waiting for the customer")
    page.locator(".controls summary", has_text="Ada Brook").click()
    page.get_by_role("button", name="Back in the queue").click()
    expect(page.locator(".controls")).to_contain_text("nobody")

    ticket.refresh_from_db()
    assert (ticket.priority, ticket.status, ticket.assignee) == (1, "pending", None)


def test_a_seldom_form_is_a_dialog_that_says_what_was_wrong(enter, live_server, ticket, agent):
    into = make_ticket(team=agent.teams.get(), subject="Main burst")
    page = enter()
    open_ticket_page(page, live_server, ticket)

    page.get_by_label("More to do with this ticket").click()
    page.get_by_role("link", name="Merge into another ticket").click()
    page.get_by_label("Number of the other ticket").fill(f"#{into.number}")
    page.get_by_role("button", name="Merge", exact=True).click()

    expect(page.locator(".toast", has_text=f"Merged into #{into.number}")).to_be_visible()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator("#ticket-head")).not_to_contain_text("It goes on in")


def test_the_palette_goes_to_a_ticket(enter, ticket):
    page = enter()

    page.keyboard.press("Control+k")
    page.keyboard.type(str(ticket.number))
    expect(page.locator("#palette-results")).to_contain_text("Brown water")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#ticket-subject")).to_contain_text("Brown water")


def test_a_long_conversation_is_read_backwards_without_jumping(enter, live_server, ticket):
    for number in range(70):
        receive_message(ticket, Incoming(contact=ticket.contact, text=f"Line {number}."), by="system")
    page = enter()
    open_ticket_page(page, live_server, ticket)
    expect(page.get_by_text("Line 69.", exact=True)).to_be_in_viewport()

    page.get_by_role("link", name="Show earlier messages").click()
    expect(page.locator(".message")).to_have_count(60)
    page.get_by_role("link", name="Show earlier messages").click()
    expect(page.locator(".message")).to_have_count(73)


def test_on_a_phone_there_is_one_pane_at_a_time(enter, live_server, ticket):
    page = enter(viewport={"width": 390, "height": 800}, has_touch=True)

    page.get_by_text("Brown water").click()
    expect(page.locator("#ticket-subject")).to_be_visible()
    expect(page.locator("#list")).to_be_hidden()
    page.get_by_label("Back to the list").click()
    expect(page.locator("#list")).to_be_visible()
    expect(page.locator("#ticket-subject")).to_have_count(0)


def test_without_script_a_reply_is_sent_by_a_plain_form(enter, live_server, ticket):
    page = enter(java_script_enabled=False)
    page.goto(f"{live_server.url}/desk/tickets/{ticket.number}/")

    page.fill("textarea[name=text]", "Plain and simple.")
    page.locator("#composer .send").click()

    expect(page.locator("body")).to_contain_text("Plain and simple.")
    assert ticket.messages.get(direction="out").body_text == "Plain and simple."


def test_tickets_are_selected_by_keyboard_and_mouse_and_what_is_done_to_them_is_undone(enter, ticket, agent):
    for number in range(3):
        make_ticket(team=agent.teams.get(), contact=make_contact(), subject=f"Leak {number}")
    page = enter()
    page.goto(page.url.split("/desk/")[0] + "/desk/inbox/open/")
    page.locator(".rail[data-awake]").wait_for()
    expect(page.locator("#bulk")).to_be_hidden()

    boxes = page.locator("#rows .row-check")
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.locator(".bulk-count")).to_have_text("3 selected")
    page.locator("#rows .ticket-row a").nth(3).focus()
    page.keyboard.press("x")
    expect(page.locator(".bulk-count")).to_have_text("4 selected")

    page.locator("#bulk summary", has_text="Priority").click()
    page.locator("#bulk").get_by_role("button", name="urgent").click()
    expect(page.locator(".toast", has_text="4 tickets changed.")).to_be_visible()
    expect(page.locator("#rows .row-priority")).to_have_count(4)
    expect(page.locator("#bulk")).to_be_hidden()

    page.keyboard.press("z")
    expect(page.locator("#rows .row-priority")).to_have_count(0)
    assert set(Ticket.objects.values_list("priority", flat=True)) == {3}

    boxes.nth(0).check()  # the list is whole after it, and takes the next
    page.locator("#bulk summary", has_text="Tag").click()
    page.locator("#bulk [name=tags]").fill("storm")
    page.keyboard.press("Enter")
    expect(page.locator(".toast", has_text="1 ticket changed.")).to_be_visible()
    changed = Ticket.objects.get(tags__contains=["storm"])
    assert changed.assignee is None or changed == ticket
    expect(boxes).to_have_count(4)


def test_a_pane_is_drawn_wider_by_mouse_and_keyboard_and_stays_so(enter, agent, ticket):
    page = enter()
    edge = page.locator(".edge-list")
    box = edge.bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 105, box["y"] + 300, steps=4)
    with page.expect_response("**/me/panes"):
        page.mouse.up()
    assert round(page.locator("#list").bounding_box()["width"]) == 460

    edge.focus()
    with page.expect_response("**/me/panes"):
        page.keyboard.press("ArrowLeft")
    page.reload()
    assert round(page.locator("#list").bounding_box()["width"]) == 440
    agent.refresh_from_db()
    assert agent.panes == {"list": 440}


def test_the_palette_does_something_to_the_open_ticket(enter, ticket):
    page = enter()
    page.keyboard.press("j")
    expect(page.locator(".composer-rich")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("priority: urgent")
    expect(page.get_by_role("option", name="Priority: urgent", exact=True)).to_be_visible()
    expect(page.get_by_role("option", name="Priority: high", exact=True)).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator(".control[data-priority='1']")).to_be_visible()
    expect(page.locator("#palette")).to_be_hidden()


def test_keys_pressed_before_the_palette_has_answered_act_on_its_answer(enter, ticket):
    page = enter()
    page.keyboard.press("j")
    expect(page.locator(".composer-rich")).to_be_visible()
    slow = page.context.new_cdp_session(page)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option", name="My tickets", exact=True)).to_be_visible()
    slow.send("Network.enable")
    slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1},
    )

    page.keyboard.type("priority: urgent")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator(".control[data-priority='1']")).to_be_visible()


def test_a_third_party_is_written_to_in_an_editor_of_its_own(enter, live_server, ticket, agent):
    forward_ticket(ticket, by=agent, agent=agent, address="lab@lab.example", html="<p>Is it iron?</p>")
    page = enter()
    open_ticket_page(page, live_server, ticket)
    page.get_by_role("link", name="Write to them").click()

    dialog = page.get_by_role("dialog", name="Asked: lab@lab.example")
    expect(dialog.get_by_text("Is it iron?")).to_be_visible()
    dialog.get_by_label("Text").fill("And lead?")
    dialog.get_by_role("button", name="Send to lab@lab.example").click()

    expect(page.locator(".toast", has_text="Sent to lab@lab.example.")).to_be_visible()
    assert ticket.messages.get(body_text="And lead?").to == ["lab@lab.example"]


def test_the_theme_is_chosen_and_remembered(enter):
    page = enter()

    page.locator(".rail-me summary").click()
    page.get_by_role("button", name="Dark").click()
    page.reload()

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


PAGES = [
    "", "inbox/open/?type=question", "tickets/{number}/", "tickets/{number}/ask/split", "tickets/new", "search?q=x",
    "admin/", "admin/failures", "admin/held-mail", "admin/aside", "admin/blocked", "admin/accounts/new",
    "admin/teams", "admin/teams/{team}", "admin/people", "admin/people/new", "admin/promises/new",
    "admin/calendars", "admin/calendars/{calendar}", "admin/contacts/{contact}/erasure", "admin/retention",
    "admin/roles", "admin/roles/new", "admin/tags", "admin/texts", "admin/texts/solution/en", "admin/imports",
    "admin/start", "admin/accounts",
    "admin/retention/new", "admin/settings-file", "admin/tokens", "admin/integrations/new", "tokens/new",
    "tickets/{number}/threads/{thread}",
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("de", "dark", 1024), ("de", "light", 390)],  # two more looks than those of test_every_page
)
def test_no_page_has_a_fault_that_axe_finds_nor_is_wider_than_the_screen(
    enter, live_server, ticket, agent, axe_violations, language, scheme, width
):
    page = enter(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    asked = forward_ticket(ticket, by=agent, agent=agent, address="lab@lab.example", html="<p>Is it iron?</p>")
    names = {
        "number": ticket.number,
        "team": ticket.team_id,
        "calendar": ticket.team.calendar_id,
        "contact": ticket.contact_id,
        "thread": asked.side_thread_id,
    }
    faults = {}
    for path in PAGES:
        page.goto(f"{live_server.url}/desk/{path.format(**names)}")
        at_rest(page)
        found = axe_violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("wider than the screen")
        if found:
            faults[path] = found

    assert faults == {}
