"""The bytes of files: kept while anything refers to them, gone soon after nothing does."""

import io
from collections.abc import Callable

import pytest
from django.db import connection

from charterdesk.base.files import file_store
from charterdesk.people.models import Agent
from charterdesk.tickets.actions import attach_to_draft, redact_message, remove_attachment, save_draft
from charterdesk.tickets.actions.files import IncomingFile, attach_incoming
from charterdesk.tickets.models import Attachment, Draft, Message, Ticket
from charterdesk.tickets.testing import let_it_age, make_ticket

PHOTO = b"a photograph of a bank card"


def photo() -> IncomingFile:
    return IncomingFile(filename="card.jpg", stream=io.BytesIO(PHOTO))


def kept(sha256: str) -> bool:
    return file_store().exists(sha256)


def let_time_pass() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


@pytest.fixture
def message(ticket: Ticket) -> Message:
    found = ticket.messages.get()
    attach_incoming(found, [photo()])
    return found


def test_the_bytes_of_a_redacted_file_are_deleted(message: Message, agent: Agent, run_jobs: Callable[[], int]) -> None:
    sha256 = message.attachments.get().sha256
    let_it_age(sha256)
    redact_message(message, by=agent)
    assert kept(sha256)
    run_jobs()

    assert not kept(sha256)


def test_bytes_that_hang_elsewhere_too_are_kept(message: Message, agent: Agent, run_jobs: Callable[[], int]) -> None:
    sha256 = message.attachments.get().sha256
    attach_incoming(make_ticket(team=message.ticket.team).messages.get(), [photo()])
    let_it_age(sha256)
    redact_message(message, by=agent)
    run_jobs()

    assert kept(sha256)


def test_bytes_somebody_uploads_again_at_that_moment_are_kept(
    message: Message, agent: Agent, run_jobs: Callable[[], int]
) -> None:
    sha256 = message.attachments.get().sha256
    let_it_age(sha256)
    redact_message(message, by=agent)
    file_store().store(io.BytesIO(PHOTO))  # stored, and its row not written yet
    run_jobs()
    assert kept(sha256)

    let_it_age(sha256)
    let_time_pass()
    run_jobs()
    assert not kept(sha256)


def test_a_file_taken_off_a_draft_leaves_nothing(ticket: Ticket, agent: Agent, run_jobs: Callable[[], int]) -> None:
    save_draft(ticket, agent=agent, kind=Draft.REPLY, body_html="")
    attachment = attach_to_draft(Draft.objects.get(), photo())
    sha256 = attachment.sha256
    let_it_age(sha256)
    remove_attachment(attachment)
    run_jobs()

    assert not Attachment.objects.exists()
    assert not kept(sha256)
