"""Files from strangers: looked at by a real clamd, held until then, set aside when something is found."""

from io import BytesIO

import pytest
from django.test import Client

from charterdesk.base.files import store
from charterdesk.base.refused import Refused
from charterdesk.events.models import LoggedEvent
from charterdesk.events.testing import run_jobs, run_reactions
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.scanning.actions import have_scanned, held, look_at, refuse_infected
from charterdesk.scanning.clamd import FileTooLarge, ScannerAway, scan
from charterdesk.scanning.models import FileScan
from charterdesk.tickets.actions import Incoming, IncomingFile, attach_to_draft, receive_message, save_draft
from charterdesk.tickets.models import Attachment
from charterdesk.tickets.testing import make_ticket
from tests.scanning.conftest import EICAR

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scanner(clamd, settings):
    settings.CLAMD = clamd


@pytest.fixture
def nobody(settings, tmp_path):
    settings.CLAMD = str(tmp_path / "nobody")


def test_clamd_tells_a_clean_file_from_one_with_a_virus_and_looks_at_none_too_large(scanner):
    assert scan(BytesIO(b"The meter reads 4711.")) == ""
    assert scan(BytesIO(b"")) == ""
    assert scan(BytesIO(b"x" * 300_000 + EICAR)) == "Eicar-Test-Signature.UNOFFICIAL"
    with pytest.raises(FileTooLarge):
        scan(BytesIO(b"x" * 3 * 2**20))


def test_a_scanner_that_is_away_never_means_that_a_file_is_clean(nobody):
    with pytest.raises(ScannerAway):
        scan(BytesIO(b"anything"))


def test_an_agent_who_uploads_a_virus_is_told_and_nothing_is_kept(scanner):
    agent = make_agent("Ada", teams=(team := make_team(),))
    draft = save_draft(make_ticket(team=team), agent=agent, kind="reply", body_html="<p>x</p>")

    with pytest.raises(Refused) as refused:
        attach_to_draft(draft, IncomingFile(filename="bill.pdf", stream=BytesIO(EICAR)))

    assert refused.value.code == "scanning.infected"
    assert "Eicar" in refused.value.message
    assert not Attachment.objects.exists()


def test_a_clean_upload_is_stored_whole_after_it_was_looked_at(scanner):
    stream = BytesIO(b"head The meter reads 4711.")
    stream.seek(5)

    refuse_infected(stream)

    assert stream.read() == b"The meter reads 4711."


def test_a_virus_in_a_mail_is_set_aside_and_the_agent_sees_why(scanner):
    agent, mia = make_agent("Ada", teams=(team := make_team(),)), make_contact("Mia")
    ticket = make_ticket(team=team, contact=mia)
    bad = IncomingFile(filename="invoice.doc", stream=BytesIO(b"hello" + EICAR))
    receive_message(ticket, Incoming(contact=mia, text="See", files=[bad]), by="system")
    file = Attachment.objects.get()
    client = Client()
    client.force_login(agent.login)
    waiting = client.get(f"/desk/files/{file.pk}")
    assert waiting.status_code == 409
    assert "being checked for viruses" in waiting.content.decode()

    run_reactions()
    run_jobs()

    refused = client.get(f"/desk/files/{file.pk}")
    assert refused.status_code == 409
    assert "A virus was found" in refused.content.decode() and "Eicar" in refused.content.decode()
    assert "set aside: a virus was found" in client.get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert LoggedEvent.objects.filter(code="file.infected").count() == 1


def test_a_clean_file_of_a_mail_is_handed_out_once_it_was_looked_at(scanner):
    agent, mia = make_agent("Ada", teams=(team := make_team(),)), make_contact("Mia")
    ticket = make_ticket(team=team, contact=mia)
    good = IncomingFile(filename="meter.txt", stream=BytesIO(b"4711"))
    receive_message(ticket, Incoming(contact=mia, text="See", files=[good]), by="system")
    run_reactions()
    run_jobs()
    client = Client()
    client.force_login(agent.login)

    answer = client.get(f"/desk/files/{Attachment.objects.get().pk}")

    assert (answer.status_code, answer.getvalue()) == (200, b"4711")


def test_while_the_scanner_is_away_files_are_held_and_tried_again(nobody, clamd, settings):
    stored = store(BytesIO(b"4711"))
    have_scanned([stored.sha256])
    with pytest.raises(ScannerAway):
        look_at(stored.sha256)
    assert held(stored.sha256) is not None

    settings.CLAMD = clamd
    look_at(stored.sha256)

    assert held(stored.sha256) is None


def test_files_that_came_before_there_was_a_scanner_are_looked_at_when_asked_for(scanner):
    stored = store(BytesIO(EICAR + b"old"))

    assert held(stored.sha256) is not None
    run_reactions()
    run_jobs()

    assert FileScan.objects.get().state == FileScan.INFECTED


def test_the_same_bytes_are_looked_at_once(scanner):
    stored = store(BytesIO(b"4711"))
    have_scanned([stored.sha256, stored.sha256])
    have_scanned([stored.sha256])

    assert LoggedEvent.objects.filter(code="file.held").count() == 1


def test_without_a_scanner_nothing_is_held_and_nothing_asked(settings):
    settings.CLAMD = ""
    stored = store(BytesIO(EICAR))
    have_scanned([stored.sha256])

    assert held(stored.sha256) is None
    assert not FileScan.objects.exists()
