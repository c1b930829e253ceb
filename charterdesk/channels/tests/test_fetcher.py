"""A mailbox elsewhere, on a real IMAP server."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from imap_tools import MailBoxUnencrypted, MailMessageFlags

from charterdesk.channels.dovecot import PASSWORD, PROGRAM, Dovecot, running_dovecot
from charterdesk.channels.email.fetcher import check, connect, take_in_new, watch_all
from charterdesk.channels.models import MailAccount, RawMail
from charterdesk.channels.testing import make_mail
from charterdesk.people.models import Agent, Team
from charterdesk.tickets.models import Message, Ticket

pytestmark = [pytest.mark.dovecot, pytest.mark.skipif(PROGRAM is None, reason="Dovecot is not installed")]


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as running:
        yield running


@pytest.fixture
def account(team: Team, dovecot: Dovecot, request: pytest.FixtureRequest) -> MailAccount:
    account = MailAccount(
        name="Leaks",
        address="leaks@desk.example",
        team=team,
        user=f"user{abs(hash(request.node.name))}",
        imap_host="127.0.0.1",
        imap_port=dovecot.port,
        imap_security=MailAccount.PLAIN,
    )
    account.seal(password=PASSWORD)
    account.save()
    return account


@pytest.fixture
def put(account: MailAccount) -> Callable[..., None]:
    """Lay a mail into the mailbox, as its own server does."""

    def append(raw: bytes, folder: str = "INBOX", *, seen: bool = False) -> None:
        with MailBoxUnencrypted(account.imap_host, account.imap_port).login(account.user, PASSWORD) as box:
            if not box.folder.exists(folder):
                box.folder.create(folder)
            box.append(raw, folder, flag_set=[MailMessageFlags.SEEN] if seen else [])

    return append


def look(account: MailAccount, folder: str = "INBOX", source: str = "") -> int:
    """One look at a folder, on a connection of its own."""
    account.refresh_from_db()
    box = connect(account)
    try:
        return take_in_new(box, account, folder, source=source or f"imap:{account.pk}")
    finally:
        box.logout()


def test_the_first_look_takes_what_nobody_has_read(account: MailAccount, put: Callable[..., None]) -> None:
    put(make_mail("old", message_id="<1@x>"), seen=True)
    put(make_mail("new", message_id="<2@x>"))

    assert look(account) == 1
    assert b"new" in bytes(RawMail.objects.get().raw)


def test_each_mail_is_taken_in_once_even_when_somebody_read_it_first(
    account: MailAccount, put: Callable[..., None]
) -> None:
    put(make_mail("one", message_id="<1@x>"))
    look(account)
    put(make_mail("two", message_id="<2@x>"), seen=True)

    assert [look(account), look(account)] == [1, 0]
    assert RawMail.objects.count() == 2


def test_a_look_cut_off_after_the_commit_takes_nothing_twice(account: MailAccount, put: Callable[..., None]) -> None:
    put(make_mail("one", message_id="<1@x>"))
    look(account)
    MailAccount.objects.update(positions={})
    with MailBoxUnencrypted(account.imap_host, account.imap_port).login(account.user, PASSWORD) as box:
        box.flag(box.uids(), MailMessageFlags.SEEN, False)

    assert (look(account), RawMail.objects.count()) == (0, 1)


def test_what_an_agent_sent_from_a_mail_program_is_on_the_ticket(
    account: MailAccount, put: Callable[..., None], run_reactions: Callable[[], int], agent: Agent
) -> None:
    put(make_mail())
    look(account)
    run_reactions()
    ticket = Ticket.objects.get()
    account.sent_folder = "Sent"
    account.save()
    put(make_mail("Before", sender=agent.email, message_id="<0@desk>"), "Sent")
    look(account, "Sent", f"sent:{account.pk}")
    put(
        make_mail(
            "We come at four.",
            sender=f"Ada Brook <{agent.email}>",
            to="mia@home.example",
            message_id="<1@desk>",
            In_Reply_To="<one@home.example>",
            subject=f"Re: No water [#{ticket.number}]",
        ),
        "Sent",
    )
    Ticket.objects.get().messages.create(direction="out", author_address=agent.email, body_text="x")
    look(account, "Sent", f"sent:{account.pk}")
    run_reactions()

    message = Message.objects.latest("pk")
    assert (message.body_text, message.delivery, message.agent) == ("We come at four.", Message.SENT, agent)


def test_a_wrong_password_is_told_in_words(account: MailAccount) -> None:
    account.seal(password="wrong")

    assert "AUTHENTICATIONFAILED" in check(account) or "Authentication failed" in check(account)


def test_a_folder_that_is_not_there_is_named(account: MailAccount) -> None:
    account.folder = "Nowhere"

    assert check(account) == "There is no folder Nowhere."


@pytest.mark.django_db(transaction=True)
def test_new_mail_is_taken_in_while_waiting(account: MailAccount, put: Callable[..., None]) -> None:
    stopping = threading.Event()
    watching = threading.Thread(target=watch_all, args=[stopping])
    watching.start()
    try:
        wait_for(lambda: MailAccount.objects.exclude(checked_at=None).exists())
        put(make_mail("while waiting", message_id="<9@x>"))
        wait_for(lambda: RawMail.objects.count() == 1)
    finally:
        stopping.set()
        watching.join(20)

    assert RawMail.objects.get().source == f"imap:{account.pk}"


def wait_for(condition: Callable[[], bool]) -> None:
    """Until `condition` holds, for a minute at most."""
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.1)
