"""A customer is erased: nothing anywhere names them or says what they said, and the desk still knows what it did."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.mail import send_mail
from django.db import connection

from charterdesk.base.clock import now
from charterdesk.base.files import file_store
from charterdesk.base.refused import Refused
from charterdesk.channels.actions import accept_mail, block_sender
from charterdesk.channels.email import intake
from charterdesk.channels.email.mailboxes import Mailboxes
from charterdesk.channels.models import Outgoing, RawMail
from charterdesk.channels.testing import make_mail
from charterdesk.comments.actions.correcting import make_correction
from charterdesk.comments.actions.moderating import approve
from charterdesk.comments.actions.reporting import report as report_comment
from charterdesk.comments.actions.writing import NewComment, write_comment
from charterdesk.comments.models import Comment
from charterdesk.comments.testing import make_comment
from charterdesk.community.actions.files import NewFile
from charterdesk.community.actions.profiles import block
from charterdesk.community.actions.proposing import Wished, decline_proposal, propose_forum
from charterdesk.community.actions.reporting import report
from charterdesk.community.actions.writing import edit
from charterdesk.community.models import Profile
from charterdesk.community.testing import make_answer, make_profile, make_topic, staff_profile
from charterdesk.complaints.actions import complain, decide_complaint
from charterdesk.events.models import Delivery, Dropped, JobError, LoggedEvent, Timer
from charterdesk.knowledge.actions.feedback import rate
from charterdesk.knowledge.testing import make_text
from charterdesk.notices.actions.following import follow_status
from charterdesk.people.actions import change_contact, erase_contact, open_login
from charterdesk.people.models import Agent, Contact, Identity, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.records.actions import place_hold
from charterdesk.records.addresses import erase_address, kept_of
from charterdesk.search.counting import count_words
from charterdesk.search.index import index_noted
from charterdesk.sla.models import Clock
from charterdesk.tickets.actions import (
    Incoming,
    IncomingFile,
    add_note,
    attach_to_draft,
    forward_ticket,
    give_consent,
    grade_ticket,
    receive_message,
    refuse_request,
    save_draft,
    send_message,
    set_copies,
    solve_ticket,
)
from charterdesk.tickets.models import Attachment, Message, Ticket
from charterdesk.tickets.testing import let_it_age, make_ticket

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "zephyrine@quillfeather.example"
NAME = "Zephyrine Quillfeather"
PHONE = "+353209155501"
SECRET = "xylophonequartz"
TRACES = ["zephyrine", "quillfeather", "209155501", SECRET]


@pytest.fixture
def team(monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setattr(intake, "mailboxes", Mailboxes())
    return make_team("Leaks", address="leaks@desk.example")


@pytest.fixture
def agent(team: Team) -> Agent:
    return make_agent("Ada Brook", teams=(team,))


def traces_in_the_database() -> set[str]:
    """Every column of every table that holds a trace."""
    return {f"{table}.{column}" for table, column in _columns() if _holds(table, column)}


def _columns() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name FROM information_schema.columns AS c "
            "JOIN information_schema.tables AS t USING (table_schema, table_name) "
            "WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1, 2"
        )
        return list(cursor.fetchall())


def _holds(table: str, column: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')
        return any(trace in _readable(text) for (text,) in cursor.fetchall() for trace in TRACES)


def _readable(text: str) -> str:
    """What a value says in small letters; bytes come written as hexadecimal numbers."""
    return (bytes.fromhex(text[2:]).decode("latin-1") if text.startswith("\\x") else text).lower()


def mail_in(text: str, number: int, **headers: str) -> None:
    """A mail of hers is accepted as the receiver accepts it."""
    raw = make_mail(text, sender=f"{NAME} <{ADDRESS}>", message_id=f"<{number}@quillfeather.example>", **headers)
    accept_mail(raw, source="smtp", sender=ADDRESS, recipients=["leaks@desk.example"], client_name="zephyrine-laptop")


def file(name: str) -> IncomingFile:
    return IncomingFile(filename=f"{SECRET}-{name}.txt", stream=BytesIO(f"{SECRET} {name}".encode()))


def judge(team: Team, agent: Agent, contact: Contact) -> None:
    """She grades a solution, agrees in writing, complains; somebody wants to refuse what she asked for."""
    ticket = make_ticket(team=team, contact=contact, text="Once more")
    solve_ticket(ticket, by=agent, solution="Done.")
    refuse_request(ticket, by=agent, explanation=f"<p>No {SECRET} for you.</p>")
    grade_ticket(ticket, by=contact, score=4, comment=f"A fine {SECRET}.")
    give_consent(ticket, by=contact, text=f"{NAME} agrees.")
    complaint = complain(contact, by=contact, subject="Hm", text="Hm", kind="other", team=team)
    decide_complaint(complaint, by=agent, agent=agent, verdict="upheld", reasons=f"The {SECRET} was wrong.")


def talk(contact: Contact, agent: Agent) -> None:
    """She takes part in the community; a neighbour names her, somebody reports it."""
    hers = make_profile(f"{NAME[:9]} Q", contact=contact)
    mine = NewFile(filename=f"{SECRET}.txt", stream=BytesIO(f"{SECRET} posted".encode()))
    topic = make_topic(f"{NAME} asks", body=f"<p>I am {NAME}, {ADDRESS}.</p>", author=hers, files=[mine])
    edit(topic.posts.get(), by=hers, editor=hers, body=f"<p>{NAME} asks: why?</p>")
    answer = make_answer(topic, f"<p>Dear @{hers.name}, call {PHONE}.</p>")
    report(answer, profile=hers, reason="other", words=f"{NAME} does not like it", by=hers)
    comment(hers, agent)
    wished = propose_forum(Wished(name=f"{SECRET}s", purpose=f"{NAME} likes them"), author=hers, by=hers)
    decline_proposal(wished, reason=f"No, {NAME}.", by=agent)
    block(hers, why=f"{NAME} is loud", by=agent)


def comment(hers: Profile, agent: Agent) -> None:
    """She comments on an article, with an account and without one; somebody reports it, and has the article mended."""
    text = make_text("Pipes")
    said = make_comment(text, f"<p>{NAME} has another one.</p>", author=hers)
    make_correction(said, by=agent)
    report_comment(said, profile=staff_profile(agent), reason="personal", words=f"{NAME} again", by=agent)
    stranger = NewComment(body=f"<p>Write to {ADDRESS}</p>", name="A reader", address=ADDRESS)
    approve(write_comment(text, stranger, by="system"), by=agent)
    make_comment(text, f"<p>Thank you, {NAME}!</p>")


def fail(ticket: Ticket, other: Ticket) -> None:
    """Something fails on her ticket, on a neighbour's and in a job; an operator gave up another."""
    soon, common = now() + timedelta(days=1), {"event_id": 1, "next_try_at": now() + timedelta(days=1)}
    Delivery.objects.create(**common, handler="a.mine", subject=ticket.key, error=f"no room for a {SECRET}")
    Delivery.objects.create(**common, handler="a.theirs", subject=other.key, error=f"{ADDRESS.upper()} is not valid")
    Timer.objects.create(
        name="x", due_at=soon, try_at=soon, operation="x.y", subject=ticket.key, actor="system", error=SECRET
    )
    JobError.objects.create(job_id=1, error=f"550 <{ADDRESS}>", at=now())
    Dropped.objects.create(what="a.mine 1", error=f"to {NAME}", reason=f"{NAME} called", actor="system")
    Delivery.objects.create(**common, handler="a.other", subject="account:1", error="disk full")


def be_near() -> None:
    """She is sent a code, follows the status, and readers name her elsewhere: below an article, in a forum, to us."""
    send_mail("Your code", "12345", None, [ADDRESS])
    follow_status(ADDRESS, language="en")
    make_comment(make_text("Taps"), f"<p>Ask {ADDRESS.title()} about taps.</p>")
    make_topic(f"Who is {ADDRESS}?", body=f"<p>She signs as {ADDRESS}.</p>")
    said = rate(make_text("Drains"), kind="outdated", once="x", by="system", words=f"Ask {ADDRESS}.")
    assert said.words


def live_a_while(team: Team, agent: Agent, run_all: Callable[[], None]) -> tuple[Contact, Ticket, Ticket]:
    """She writes, is answered, spoken about, asked for and copied, in every way; then a stranger's ticket."""
    mail_in(f"The {SECRET} is broken.", 1, subject=f"Water for {NAME}")
    run_all()
    contact = Contact.objects.get(name=NAME)
    Identity.objects.create(contact=contact, kind=Identity.PHONE, value=PHONE)
    change_contact(contact, by=agent, note=f"Calls from {PHONE}")
    open_login(contact)
    ticket = Ticket.objects.get(contact=contact)
    attach_to_draft(save_draft(ticket, agent=agent, kind="reply", body_html="x"), file("answer"))
    send_message(ticket, by=agent, agent=agent, html=f"<p>Dear {NAME}, the {SECRET} comes.</p>")
    add_note(ticket, by=agent, agent=agent, html=f"<p>{NAME} was angry.</p>")
    forward_ticket(ticket, by=agent, agent=agent, address="plumber@pipes.example", html=f"<p>Go to {NAME}</p>")
    receive_message(ticket, Incoming(contact=contact, text=f"And {SECRET}", files=[file("picture")]), by="system")
    set_copies(ticket, by=agent, addresses=["brother@quillfeather.example"])
    run_all()
    solve_ticket(ticket, by=agent, solution=f"{NAME} got a new {SECRET}.")
    send_message(ticket, by=agent, agent=agent, html=f"<p>{SECRET}</p>", send_at=now() + timedelta(hours=1))
    save_draft(ticket, agent=agent, kind="reply", body_html=f"<p>{SECRET}</p>")
    judge(team, agent, contact)
    talk(contact, agent)
    be_near()
    other = make_ticket(team=team, contact=make_contact("Omar"), subject=f"Neighbour of {NAME}", text="Hello")
    set_copies(other, by=agent, addresses=[ADDRESS])
    send_message(other, by=agent, agent=agent, html=f"<p>Hello Omar, {NAME.upper()} told us, too.</p>")
    receive_message(other, Incoming(contact=contact, text=f"I have a {SECRET}", cc=[ADDRESS]), by="system")
    block_sender(ADDRESS, by=agent)
    mail_in(f"Junk of {SECRET}", 2)
    run_all()
    fail(ticket, other)
    return contact, ticket, other


@pytest.fixture
def run_all(
    run_reactions: Callable[[], int], run_jobs: Callable[[], int], fire_timers: Callable[[datetime], int]
) -> Callable[[], None]:
    """Everything that happens after commit and within a minute, the index and its words included."""

    def run() -> None:
        fire_timers(now() + timedelta(minutes=1))
        run_reactions()
        run_jobs()
        index_noted()
        count_words()

    return run


def test_nothing_is_left_of_an_erased_customer_but_what_the_desk_did_and_when(
    team: Team, agent: Agent, run_all: Callable[[], None]
) -> None:
    contact, ticket, _other = live_a_while(team, agent, run_all)
    before = traces_in_the_database()
    assert {
        "people_contact.name", "people_identity.value", "people_login.email", "tickets_ticket.subject",
        "tickets_ticket.solution", "tickets_message.body_text", "tickets_message.author_address",
        "tickets_message.to", "tickets_draft.body_html", "tickets_attachment.filename", "tickets_copied.address",
        "channels_rawmail.raw", "channels_outgoing.raw", "channels_blockedsender.pattern", "search_document.body",
        "search_word.word", "events_event.facts", "tickets_grade.comment", "tickets_consent.text",
        "tickets_refusalattempt.explanation", "complaints_decision.reasons", "events_delivery.error",
        "events_timer.error", "events_joberror.error", "events_dropped.error", "events_dropped.reason",
    } <= before  # fmt: skip
    files = set(Attachment.objects.filter(filename__contains=SECRET).values_list("sha256", flat=True))
    assert {file_store().exists(sha256) for sha256 in files} == {True}
    times = Ticket.objects.filter(pk=ticket.pk).values_list(
        "number", "status", "opened_at", "first_replied_at", "solved_at", "team_id", "assignee_id"
    )
    kept, events = times.get(), LoggedEvent.objects.filter(subject=ticket.key).count()
    clocks = list(Clock.objects.filter(promise_id=ticket.pk).values_list("kind", "state", "due_at", "stopped_at"))

    for sha256 in files:
        let_it_age(sha256)  # bytes stored this very moment are deleted some minutes later
    erase_contact(contact, by=agent)
    run_all()

    assert traces_in_the_database() == set()
    assert set(Delivery.objects.values_list("handler", "error")) == {
        ("a.mine", "—"), ("a.theirs", "—"), ("a.other", "disk full"),
    }  # fmt: skip
    assert {file_store().exists(sha256) for sha256 in files} == {False}
    assert {bytes(raw) for raw in RawMail.objects.values_list("raw", flat=True)} == {b""}
    assert not Outgoing.objects.filter(state=Outgoing.QUEUED, message__ticket=ticket).exists()
    assert times.get() == kept
    assert LoggedEvent.objects.filter(subject=ticket.key).count() == events
    assert clocks == list(
        Clock.objects.filter(promise_id=ticket.pk).values_list("kind", "state", "due_at", "stopped_at")
    )


def test_what_others_said_stays_readable_without_the_name(
    team: Team, agent: Agent, run_all: Callable[[], None]
) -> None:
    contact, _ticket, other = live_a_while(team, agent, run_all)
    erase_contact(contact, by=agent)
    run_all()

    said = Message.objects.filter(ticket=other).order_by("pk").values_list("body_text", "redacted_at")
    texts = [text for text, redacted_at in said if redacted_at is None]
    assert "Hello Omar, — told us, too." in " ".join(texts)
    assert [text for text, redacted_at in said if redacted_at] == [""]
    assert Ticket.objects.get(pk=other.pk).subject == "Neighbour of —"


def test_erasing_twice_changes_nothing(team: Team, agent: Agent, run_all: Callable[[], None]) -> None:
    contact = make_contact("Mia")
    erase_contact(contact, by=agent)
    erase_contact(contact, by=agent)

    assert LoggedEvent.objects.filter(code="contact.erased").count() == 1


def read_a_while(team: Team, agent: Agent, run_all: Callable[[], None]) -> Ticket:
    """She has no account: she comments, hears of answers and answers one by mail, follows the status, gets copies."""
    text = make_text("Pipes")
    said = NewComment(body=f"<p>I am {ADDRESS}, ours drips.</p>", name=NAME, address=ADDRESS)
    hers = write_comment(text, said, by="system")
    approve(hers, by=agent)
    make_correction(hers, by=agent)
    make_comment(text, f"<p>Thank you, {NAME}, write to {ADDRESS.upper()}.</p>")
    ticket = make_ticket(team=team, contact=make_contact("Omar"), subject=f"Asked by {ADDRESS}", text="Hello")
    set_copies(ticket, by=agent, addresses=[ADDRESS])
    send_message(ticket, by=agent, agent=agent, html=f"<p>Hello Omar, {ADDRESS} reads this.</p>")
    be_near()
    block_sender(ADDRESS, by=agent)
    mail_in(f"Junk of {SECRET}", 3)
    run_all()
    run_all()
    return ticket


@pytest.mark.parametrize("with_words", [False, True])
def test_nothing_is_left_of_who_is_known_by_an_address_alone(
    team: Team, agent: Agent, run_all: Callable[[], None], *, with_words: bool
) -> None:
    read_a_while(team, agent, run_all)
    assert {
        "comments_comment.address", "comments_comment.name", "comments_comment.words", "comments_commentfollow.address",
        "community_post.text", "community_topic.title", "knowledge_feedback.words", "knowledge_correction.reason",
        "notices_statusfollower.address", "tickets_copied.address", "tickets_message.cc", "tickets_ticket.subject",
        "channels_rawmail.raw", "channels_outgoing.raw", "channels_blockedsender.pattern", "search_document.body",
        "search_word.word",
    } <= traces_in_the_database()  # fmt: skip
    there = kept_of(ADDRESS)

    proof = erase_address(f" {ADDRESS.upper()}", with_words=with_words, by=agent)
    run_all()

    assert traces_in_the_database() == set()
    assert {name: proof[name] for name in there} == there
    assert (there["comments"], there["follows"], there["tickets"], proof["left"]) == (1, 2, 1, 0)
    facts = LoggedEvent.objects.get(code="address.erased").data
    assert facts == {**proof, "with_words": with_words}
    assert erase_address(ADDRESS, with_words=with_words, by=agent) == dict.fromkeys(proof, 0)
    words = Comment.objects.order_by("pk").values_list("words", "name").first()
    assert words == (("—", "") if with_words else ("I am —, ours drips.", ""))


def test_an_address_is_not_erased_where_a_customer_or_the_house_has_it_or_a_hold_keeps_a_ticket(
    team: Team, agent: Agent, run_all: Callable[[], None]
) -> None:
    ticket = read_a_while(team, agent, run_all)
    make_contact("Mia", email="mia@home.example")
    for address, code in (
        ("mia@home.example", "records.of_a_customer"),
        (team.address, "records.of_the_house"),
        (agent.login.email, "records.of_the_house"),
        ("nobody", "records.bad_address"),
    ):
        with pytest.raises(Refused) as refused:
            erase_address(address, with_words=True, by=agent)
        assert refused.value.code == code
    place_hold(ticket, reason="Court", by=agent)
    before = traces_in_the_database()
    with pytest.raises(Refused) as refused:
        erase_address(ADDRESS, with_words=True, by=agent)

    assert refused.value.code == "records.on_hold"
    assert traces_in_the_database() == before
