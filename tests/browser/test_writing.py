"""Writing as agents do: two at one ticket, rich text, pictures, macros; and the commonest tasks by keyboard alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from charterdesk.base.clock import now
from charterdesk.people.models import Agent, Notice
from charterdesk.people.testing import PASSWORD, make_agent, make_contact, make_team
from charterdesk.search.rebuild import rebuild_all
from charterdesk.tickets.actions import assign_ticket, release_message, save_macro
from charterdesk.tickets.models import Macro, Message, Snooze, Ticket
from charterdesk.tickets.testing import make_ticket
from tests.conftest import PATIENCE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PNG = (
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f00"
    "050001ff89993d1d0000000049454e44ae426082"
)
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {color: red}</style></head>
<body><!--StartFragment--><p class=MsoNormal style='margin:0'><b>Dear</b>
<span style='font-weight:bold'>Mia</span>,<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·   </span>First</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·   </span>Second</p>
<p onclick="alert(1)"><a href="javascript:alert(1)">bad</a> <a href="https://water.example">good</a>
<img src="https://tracker.example/x.png"></p><!--EndFragment--></body></html>"""


@pytest.fixture
def agent(transactional_db: None) -> Agent:
    return make_agent("Ada Brook", teams=(make_team("Leaks"),), role=Agent.LEAD, email="ada@desk.example")


@pytest.fixture
def ticket(agent: Agent) -> Ticket:
    mia = make_contact("Mia Miller", email="mia@home.example")
    made = make_ticket(team=agent.teams.get(), contact=mia, subject="Brown water", text="It is brown.")
    assign_ticket(made, agent=agent, by=agent)
    return made


@pytest.fixture
def enter(live_server, open_browser) -> Callable[[Agent], Page]:
    """Call it with an agent for a page on which they are signed in, in a browser of their own."""

    def entered(who: Agent) -> Page:
        page: Page = open_browser(viewport={"width": 1440, "height": 900}).new_page()
        sign_in(page, live_server.url, who.email)
        return page

    return entered


@pytest.fixture
def open_ticket(enter, live_server, ticket) -> Callable[[Agent], Page]:
    """Call it with an agent who opens the ticket and puts the caret where one writes."""

    def opened(who: Agent) -> Page:
        page: Page = enter(who)
        page.goto(f"{live_server.url}/desk/tickets/{ticket.number}/")
        page.locator(".rail[data-awake]").wait_for()
        page.locator(".composer-rich").click()
        expect(page.locator(".composer-rich p")).to_have_count(1)  # the editor has come
        return page

    return opened


def paste(page: Page, **data: str) -> None:
    page.evaluate(
        """(data) => { const carried = new DataTransfer();
            for (const [type, text] of Object.entries(data)) carried.setData(type, text);
            document.querySelector(".composer-rich").dispatchEvent(
              new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true})); }""",
        data,
    )


def paste_picture(page: Page) -> None:
    page.evaluate(
        """(hex) => { const carried = new DataTransfer();
            const bytes = new Uint8Array(hex.match(/../g).map((pair) => parseInt(pair, 16)));
            carried.items.add(new File([bytes], "tap.png", {type: "image/png"}));
            document.querySelector(".composer-rich").dispatchEvent(
              new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true})); }""",
        PNG,
    )


def ours(ticket: Ticket) -> list[str]:
    return list(ticket.messages.filter(direction=Message.OUT).order_by("pk").values_list("body_text", flat=True))


def test_of_two_who_answer_at_once_the_second_reads_the_first_answer_before_sending(open_ticket, ticket, agent):
    ben = make_agent("Ben Reed", teams=(ticket.team,), email="ben@desk.example")
    ada_page, ben_page = open_ticket(agent), open_ticket(ben)
    ada_page.keyboard.type("I am on it.")
    ben_page.keyboard.type("So am I.")

    ada_page.keyboard.press("Control+Enter")
    expect(ada_page.locator(".toast", has_text="Sent.")).to_be_visible()
    ben_page.keyboard.press("Control+Enter")

    told = ben_page.locator("#composer-errors")
    expect(told).to_contain_text("I am on it.")
    expect(ben_page.locator(".composer-rich")).to_have_text("So am I.")
    assert ours(ticket) == ["I am on it."]

    told.get_by_role("button", name="Send anyway").click()
    expect(ben_page.locator(".toast", has_text="Sent.")).to_be_visible()
    assert ours(ticket) == ["I am on it.", "So am I."]


def test_a_draft_begun_on_one_machine_is_held_back_on_the_other_when_the_customer_was_answered_meanwhile(
    open_ticket, ticket, agent
):
    laptop = open_ticket(agent)
    laptop.keyboard.type("Half a thought")
    expect(laptop.locator(".composer-saved")).to_have_text("Draft kept")
    laptop.context.close()  # the lid falls shut
    ben = make_agent("Ben Reed", teams=(ticket.team,), email="ben@desk.example")
    other = open_ticket(ben)
    other.keyboard.type("All done.")
    other.keyboard.press("Control+Enter")
    expect(other.locator(".toast", has_text="Sent.")).to_be_visible()

    desktop = open_ticket(agent)
    expect(desktop.locator(".composer-rich")).to_have_text("Half a thought")
    desktop.keyboard.press("Control+Enter")

    expect(desktop.locator("#composer-errors")).to_contain_text("All done.")
    assert ours(ticket) == ["All done."]


def test_a_reply_written_while_the_session_ended_stays_and_is_sent_once_its_writer_is_back(
    chromium, live_server, ticket, agent
):
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sign_in(page, live_server.url, agent.email, lands=f"/desk/tickets/{ticket.number}/")
    page.locator(".composer-rich").click()
    expect(page.locator(".composer-rich p")).to_have_count(1)
    context.clear_cookies(name="sessionid")
    page.keyboard.type("It is repaired.")
    page.keyboard.press("Control+Enter")

    told = page.locator("[data-signed-out]")
    expect(told).to_contain_text("You are signed out. What you wrote stays on this page")
    expect(page.locator(".composer-rich")).to_have_text("It is repaired.")
    expect(page.get_by_label("Password")).to_have_count(0)  # the door is not put into the page
    assert ours(ticket) == []

    with context.expect_page() as opened:
        told.get_by_role("link", name="Sign in").click()
    door = opened.value
    door.get_by_label("Email").fill(agent.email)
    door.get_by_label("Password").fill(PASSWORD)
    door.get_by_role("button", name="Sign in", exact=True).click()
    expect(door.locator(".composer-rich")).to_be_visible()  # and leads to the same ticket
    page.bring_to_front()
    page.locator(".composer-rich").press("Control+Enter")
    expect(page.locator(".toast", has_text="Sent.")).to_be_visible()
    expect(told).to_be_hidden()
    assert ours(ticket) == ["It is repaired."]
    context.close()


def test_what_is_formatted_by_keys_leaves_as_clean_html(open_ticket, ticket, agent):
    page = open_ticket(agent)
    page.keyboard.type("Dear ")
    page.keyboard.press("Control+b")
    page.keyboard.type("Mia")
    page.keyboard.press("Control+b")
    page.keyboard.type(",")
    page.keyboard.press("Enter")
    page.keyboard.type("one")
    page.keyboard.press("Control+Shift+8")
    page.keyboard.press("Enter")
    page.keyboard.type("two")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".toast", has_text="Sent.")).to_be_visible()
    html = ticket.messages.get(direction=Message.OUT).body_html.replace("\u200b", "").replace("&nbsp;", " ")
    assert html == "<p>Dear <b>Mia</b>,</p><ul><li>one</li><li>two</li></ul>"


def test_what_is_pasted_from_word_keeps_its_meaning_and_loses_its_clothes(open_ticket, ticket, agent):
    page = open_ticket(agent)

    paste(page, **{"text/html": WORD, "text/plain": "Dear Mia"})

    expect(page.locator(".composer-rich li")).to_have_text(["First", "Second"])
    expect(page.locator(".composer-rich b")).to_have_text(["Dear", "Mia"])
    html = page.inner_html(".composer-rich")
    assert 'href="https://water.example"' in html
    assert not [word for word in ("Mso", "style=", "javascript", "onclick", "tracker", "o:p") if word in html]


def test_a_pasted_picture_stands_in_the_text_and_leaves_with_it(open_ticket, ticket, agent):
    page = open_ticket(agent)
    page.keyboard.type("See: ")
    paste_picture(page)
    expect(page.locator(".composer-rich img")).to_have_count(1)
    expect(page.locator("#draft-files li")).to_have_count(0)

    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast", has_text="Sent.")).to_be_visible()
    expect(page.locator(".message.ours .message-body img")).to_be_visible()
    expect(page.locator(".message.ours .attachments")).to_have_count(0)

    message = ticket.messages.get(direction=Message.OUT)
    picture = message.attachments.get()
    assert picture.is_inline
    assert f'src="cid:{picture.content_id}"' in message.body_html


def test_a_macro_is_taken_up_by_a_slash_and_done_on_sending(open_ticket, ticket, agent):
    save_macro(
        Macro(),
        by=agent,
        name="Flushed",
        texts={"en": "<p>Dear {customer}, we <b>flushed</b> it.</p>"},
        steps=[{"operation": "tickets.tag", "args": {"add": ["flushed"]}}],
    )
    page = open_ticket(agent)
    page.keyboard.type("/flu")
    expect(page.locator(".composer-offers [role=option]", has_text="Flushed")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".composer-rich")).to_have_text("Dear Mia Miller, we flushed it.")
    expect(page.locator("#composer-macro")).to_contain_text("+flushed")

    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast", has_text="Sent.")).to_be_visible()

    ticket.refresh_from_db()
    assert (ours(ticket), ticket.tags) == (["Dear Mia Miller, we flushed it."], ["flushed"])


def test_a_macro_is_done_from_the_page_of_its_own_too(live_server, enter, ticket, agent):
    """The ticket is not on that page: what came back was squeezed into it."""
    steps = [{"operation": "tickets.tag", "args": {"add": ["flushed"]}}]
    save_macro(Macro(), by=agent, name="Flushed", steps=steps)
    page = enter(agent)
    page.goto(f"{live_server.url}/desk/tickets/{ticket.number}/macros")
    page.get_by_role("link", name="Flushed").click()
    page.get_by_role("button", name="Do it").click()

    expect(page.locator(".toast", has_text="Done: Flushed.")).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/desk/tickets/{ticket.number}/")
    expect(page.locator("#ticket-subject")).to_contain_text("Brown water")


def test_the_ten_commonest_tasks_are_done_by_keyboard_alone(live_server, enter, ticket, agent):
    ben = make_agent("Ben Reed", teams=(ticket.team,), email="ben@desk.example")
    page = enter(agent)
    page.goto(f"{live_server.url}/desk/")
    page.locator(".rail[data-awake]").wait_for()
    keys = page.keyboard

    keys.press("j")  # 1: open the next ticket
    expect(page.locator("#ticket-subject")).to_contain_text("Brown water")
    expect(page.locator(".composer-rich")).to_be_visible()
    keys.press("r")  # 2: reply
    keys.type("Dear Mia, soon.")
    keys.press("Control+Enter")
    expect(page.locator(".toast", has_text="Sent.")).to_be_visible()
    release_message(ticket.messages.get(direction=Message.OUT).pk, by="system")

    page.locator("body").press("m")  # 3: a note in which a colleague is named
    keys.type("@Ben")
    expect(page.locator(".composer-offers [role=option]", has_text="Ben Reed")).to_be_visible()
    keys.press("Enter")
    keys.type("please look")
    keys.press("Control+Enter")
    expect(page.locator(".toast", has_text="Note added.")).to_be_visible()
    assert list(Notice.objects.filter(agent=ben).values_list("code", flat=True)) == ["ticket.mentioned"]

    page.locator("body").press("p")  # 4: priority
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator(".control[data-priority='1']")).to_be_visible()
    expect(page.locator(".controls details[open]")).to_have_count(0)
    page.locator("body").press("l")  # 5: tag
    keys.type("mill lane")
    keys.press("Enter")
    expect(page.locator(".controls .tag")).to_have_text("mill lane")
    page.locator("body").press("a")  # 6: give it to a colleague
    expect(page.locator("#people").get_by_role("button", name="Ben Reed")).to_be_visible()
    tab_to(page, "Ben Reed")
    page.evaluate("document.querySelector('.controls').dataset.before = ''")
    keys.press("Enter")
    expect(page.locator(".controls[data-before]")).to_have_count(0)  # what stood there is swapped, buttons and all
    expect(page.locator(".controls")).to_contain_text("Ben Reed")
    page.locator("body").press("f")  # 7: follow
    expect(page.get_by_role("button", name="Follow", pressed=True)).to_be_visible()
    page.locator("body").press("c")  # 8: something to do
    keys.type("Call the plumber")
    keys.press("Enter")
    expect(page.locator(".checklist .task")).to_have_count(1)
    keys.press("Escape")
    page.locator("body").press("h")  # 9: put it off
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator(".control.is-snoozed")).to_be_visible()
    page.locator("body").press("s")  # 10: solve it
    expect(page.get_by_text("Not done yet:")).to_be_visible()
    keys.type("Main flushed.")
    keys.press("Control+Enter")
    expect(page.locator(".toast", has_text="Solved.")).to_be_visible()

    ticket.refresh_from_db()
    assert (ticket.status, ticket.solution, ticket.priority, ticket.tags, ticket.assignee) == (
        "solved", "Main flushed.", 1, ["mill lane"], ben,
    )  # fmt: skip
    assert Snooze.objects.filter(since__gt=now() - timedelta(minutes=5)).exists()


def test_a_letter_pressed_right_after_a_key_goes_to_the_field_that_key_opened(open_ticket, ticket, agent):
    page = open_ticket(agent)
    page.locator(".rail[data-awake]").wait_for()

    focused = page.evaluate("""() => {
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "l", bubbles: true }));
        return document.activeElement.name;
    }""")

    assert focused == "add"


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says `words`. Fails when nothing within sixty steps does."""
    said = "() => { const at = document.activeElement; return at.getAttribute('aria-label') || at.innerText || ''; }"
    for _step in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate(said):
            return
    pytest.fail(f"Tab never comes to {words!r}")


def test_tickets_are_found_changed_together_and_made_by_keyboard_alone(live_server, enter, ticket, agent):
    for subject in ("Leak in Mill Lane", "Leak in Weir Lane"):
        make_ticket(team=ticket.team, contact=make_contact(), subject=subject)
    page = enter(agent)
    page.goto(f"{live_server.url}/desk/")
    page.locator(".rail[data-awake]").wait_for()
    keys = page.keyboard

    tab_to(page, "Unassigned")  # 1: to another list
    keys.press("Enter")
    expect(page.locator("#rows .ticket-row")).to_have_count(2)
    page.locator(".rail[data-awake]").wait_for()

    tab_to(page, "Leak in")  # 2: two tickets at once
    keys.press("x")
    tab_to(page, "Leak in")
    keys.press("x")
    expect(page.locator(".bulk-count")).to_have_text("2 selected")
    tab_to(page, "Priority")
    keys.press("Enter")
    tab_to(page, "urgent")
    keys.press("Enter")
    expect(page.locator(".toast", has_text="2 tickets changed.")).to_be_visible()
    assert list(Ticket.objects.filter(priority=1).values_list("subject", flat=True).order_by("subject")) == [
        "Leak in Mill Lane", "Leak in Weir Lane",
    ]  # fmt: skip

    keys.press("j")  # 3: take one, and say by the palette for whom it waits
    expect(page.locator(".composer-rich")).to_be_visible()
    keys.press("t")
    expect(page.locator(".controls")).to_contain_text("Ada Brook")
    keys.press("Control+k")
    keys.type("waits for the customer")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator(".controls .chip").first).to_have_text("waiting for the customer")

    rebuild_all()
    keys.press("/")  # 4: search
    expect(page.locator("main [name=q]")).to_be_focused()
    with page.expect_response(lambda answer: "q=brown&" in answer.url):  # found as one types
        keys.type("brown")
    expect(page.locator("#results")).to_contain_text("Brown water")
    page.evaluate("document.querySelector('#results').firstElementChild.dataset.before = ''")
    keys.press("Enter")  # asks once more: what stands there is swapped
    expect(page.locator("#results [data-before]")).to_have_count(0)
    expect(page.locator("#results")).to_contain_text("Brown water")
    tab_to(page, "Brown water")
    keys.press("Enter")
    expect(page.locator("#ticket-subject")).to_contain_text("Brown water")

    page.locator(".rail[data-awake]").wait_for()
    keys.press("n")  # 5: a ticket for somebody who calls
    expect(page.get_by_label("E-mail address of the customer")).to_be_focused()
    keys.type("zoe@home.example")
    tab_to_field(page, "subject", "Two bills")
    tab_to_field(page, "text", "Which is right?")
    keys.press("Tab")
    tab_to(page, "Open the ticket")
    keys.press("Enter")
    expect(page.locator("#ticket-subject")).to_contain_text("Two bills")

    page.locator(".rail[data-awake]").wait_for()
    keys.press("g")  # 6: back to the inbox
    keys.press("i")
    expect(page.locator("#rows")).to_contain_text("Two bills")


def tab_to_field(page: Page, name: str, words: str) -> None:
    """Press Tab until the field `name` has the focus, and write `words` in it."""
    for _step in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return page.keyboard.type(words)
    pytest.fail(f"Tab never comes to {name}")


def test_a_laptop_closed_in_mid_draft_with_a_macro_is_taken_up_elsewhere_and_its_deeds_are_done_once(
    open_ticket, ticket, agent
):
    steps = [
        {"operation": "tickets.tag", "args": {"add": ["flushed"]}},
        {"operation": "tickets.prioritise", "args": {"priority": 1}},
        {"operation": "tickets.add_items", "args": {"items": ["Call back"]}},
    ]
    macro = Macro()
    save_macro(macro, by=agent, name="Flushed", texts={"en": "<p>We flushed it.</p>"}, steps=steps)
    laptop = open_ticket(agent)
    laptop.keyboard.type("/flu")
    expect(laptop.locator(".composer-offers [role=option]", has_text="Flushed")).to_be_visible()
    laptop.keyboard.press("Enter")
    laptop.get_by_label("priority: urgent").uncheck()
    expect(laptop.locator(".composer-saved")).to_have_text("Draft kept")
    laptop.context.close()  # the lid falls shut
    save_macro(macro, by=agent, steps=[{"operation": "tickets.solve", "args": {"solution": "Done."}}])

    desktop = open_ticket(agent)
    expect(desktop.locator(".composer-rich")).to_have_text("We flushed it.")
    expect(desktop.get_by_label("+flushed")).to_be_checked()
    expect(desktop.get_by_label("priority: urgent")).not_to_be_checked()
    expect(desktop.locator("#composer-macro")).to_contain_text("The macro is another by now, or gone.")
    desktop.keyboard.press("Control+Enter")
    expect(desktop.locator(".toast", has_text="Sent.")).to_be_visible()
    expect(desktop.locator("#composer-macro")).to_have_text("")

    ticket.refresh_from_db()
    assert (ours(ticket), ticket.tags, ticket.priority, ticket.is_open) == (["We flushed it."], ["flushed"], 3, True)
    assert [item.text for item in ticket.checklist.all()] == ["Call back"]
    assert Macro.objects.get().used == 1


def test_a_macro_taken_off_in_one_browser_is_off_in_the_other(open_ticket, ticket, agent):
    steps = [{"operation": "tickets.tag", "args": {"add": ["flushed"]}}]
    save_macro(Macro(), by=agent, name="Flushed", texts={"en": "<p>We flushed it.</p>"}, steps=steps)
    laptop = open_ticket(agent)
    laptop.keyboard.type("/flu")
    expect(laptop.locator(".composer-offers [role=option]", has_text="Flushed")).to_be_visible()
    laptop.keyboard.press("Enter")
    expect(laptop.locator(".composer-saved")).to_have_text("Draft kept")
    laptop.get_by_role("button", name="Do none of it").click()
    expect(laptop.locator(".composer-saved")).to_have_text("")
    expect(laptop.locator(".composer-saved")).to_have_text("Draft kept")
    laptop.context.close()

    desktop = open_ticket(agent)
    expect(desktop.locator(".composer-rich")).to_have_text("We flushed it.")
    expect(desktop.locator("#composer-macro")).to_have_text("")


def test_a_name_nobody_has_is_said_to_be_nobodys_and_one_written_out_is_left_alone(open_ticket, ticket, agent):
    make_agent("Ben Reed", teams=(ticket.team,), email="ben@desk.example")
    page = open_ticket(agent)
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    page.locator(".composer-rich").click()
    page.locator(".composer-rich").evaluate("surface => { surface.blur(); surface.focus() }")  # back at once
    page.keyboard.type("@Xav")
    offers = page.locator(".composer-offers")
    expect(offers).to_have_text("Nobody by that name can see this ticket.")
    page.keyboard.press("Enter")  # goes to the text, for there is nobody to choose
    expect(page.locator(".composer-rich p, .composer-rich div")).to_have_count(2)
    page.keyboard.type("@ben")
    expect(offers.locator("[role=option]")).to_have_text(["Ben Reed"])
    page.keyboard.press("Enter")
    expect(page.locator(".composer-rich")).to_contain_text("@Ben Reed")
    with page.expect_response(lambda answer: "/mentions?" in answer.url):
        page.keyboard.type("knows")
    expect(offers).to_be_hidden()
