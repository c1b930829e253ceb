"""Everything out of one desk and into another: nothing is lost, nothing happens twice, nothing is half done."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from charterdesk.base.files import file_store
from charterdesk.channels.models import MailAccount, Outgoing
from charterdesk.events.delivery import deliver_due
from charterdesk.events.models import Delivery, Timer
from charterdesk.events.reader import read_batches
from charterdesk.ops.demo.load import fill
from charterdesk.people.models import Agent
from charterdesk.records.changes import write_changes
from charterdesk.records.reading import naming_lines, read_export
from charterdesk.records.sources import BadExport, FolderSource, StreamSource
from charterdesk.records.tables import unspoken
from charterdesk.records.targets import MANIFEST, Folder, Stream
from charterdesk.records.writing import write_export
from charterdesk.search.rebuild import rebuild_all
from charterdesk.sla.models import Promise
from charterdesk.tickets.actions import Incoming, IncomingFile, open_ticket, receive_message, save_draft
from charterdesk.tickets.models import Attachment, Message, StatusCount, Ticket
from charterdesk.tickets.taken_up import TakenUp

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "attachments")
    file_store.cache_clear()
    yield
    file_store.cache_clear()


@pytest.fixture
def url(transactional_db) -> str:
    given = connection.settings_dict
    return make_conninfo(
        host=given["HOST"], port=given["PORT"], user=given["USER"], dbname=given["NAME"], password=given["PASSWORD"]
    )


@pytest.fixture
def world(transactional_db) -> Ticket:
    """Tickets of the demo, reacted to; and one just come, with a file, of which nobody has heard."""
    fill(tickets=60, seed=5, at=MORNING, say=lambda _line: None)
    ticket = Ticket.objects.latest("pk")
    account = MailAccount(
        name="Leaks", address="leaks@water.example.org", team=ticket.team, error='a "quote" \\ and\ttab'
    )
    account.seal(password="secret")
    account.save()
    file = IncomingFile(filename="é\n☂.txt", stream=BytesIO(b"the meter"))
    incoming = Incoming(contact=ticket.contact, subject="New \\n water", text="line\r\n\ttab\\", to=[], files=[file])
    _begin_to_answer(ticket)
    return open_ticket(incoming, team=ticket.team, by="system")


def _begin_to_answer(ticket: Ticket) -> None:
    """A draft with a macro taken up, which is no more as it was then."""
    step = {"operation": "tickets.add_items", "args": {"items": ['call "back"\n']}}
    taken_up = TakenUp(macro_id=77, name="Gone", steps=[step, step], left_out=frozenset({1}))
    agent = Agent.objects.order_by("pk")[0]
    save_draft(ticket, agent=agent, kind="reply", body_html="<p>Half</p>", taken_up=taken_up)


def export(url: str, folder: Path) -> Path:
    write_export(url, Folder(folder), file_store(), stamp="x", say=lambda _line: None)
    return folder


def load(source: FolderSource | StreamSource) -> None:
    with naming_lines(source), transaction.atomic():
        connection.ensure_connection()
        read_export(connection.connection, source, file_store(), say=lambda _line: None)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def forget_files(tmp_path: Path) -> None:
    (tmp_path / "attachments").rename(tmp_path / "former attachments")


def react() -> None:
    while read_batches() or deliver_due():
        pass


def test_what_was_exported_comes_out_of_the_next_desk_byte_by_byte(world: Ticket, url: str, tmp_path: Path):
    first = contents(export(url, tmp_path / "first"))
    counts = list(StatusCount.objects.order_by("id").values_list("id", "tickets"))
    forget_files(tmp_path)

    load(FolderSource(tmp_path / "first"))

    assert contents(export(url, tmp_path / "second")) == first
    assert first["tickets_ticket.jsonl"].count(b"\n") == 61
    assert list(StatusCount.objects.order_by("id").values_list("id", "tickets")) == counts
    assert {file_store().exists(sha256) for sha256 in Attachment.objects.values_list("sha256", flat=True)} == {True}
    assert MailAccount.objects.get().secrets == {"password": "secret"}
    last = Ticket.objects.order_by("-number").first()
    incoming = Incoming(contact=last.contact, subject="Next", text="x", to=[])
    assert open_ticket(incoming, team=last.team, by="system").number == last.number + 1


def test_a_stream_carries_the_same_as_a_folder(world: Ticket, url: str, tmp_path: Path):
    first = contents(export(url, tmp_path / "first"))
    stream = io.BytesIO()
    write_export(url, Stream(stream), file_store(), stamp="x", say=lambda _line: None)
    forget_files(tmp_path)

    load(StreamSource(io.BytesIO(stream.getvalue())))

    assert contents(export(url, tmp_path / "second")) == first
    with pytest.raises(BadExport, match="cut off"):
        load(StreamSource(io.BytesIO(b"".join(stream.getvalue().splitlines(keepends=True)[:-1]))))


def test_after_an_import_what_was_not_heard_is_heard_once_and_the_past_is_not_heard_again(
    world: Ticket, url: str, tmp_path: Path
):
    export(url, tmp_path / "first")
    said, timers = Message.objects.count(), Timer.objects.count()
    load(FolderSource(tmp_path / "first"))

    assert set(Delivery.objects.values_list("handler", "subject")) == {("*", world.key)}
    react()
    acknowledgements = Message.objects.filter(ticket=world, template="acknowledgement")
    assert acknowledgements.count() == 1
    assert Message.objects.count() == said + 1
    assert Promise.objects.filter(ticket=world).count() == 1
    assert Timer.objects.count() >= timers
    load(FolderSource(export(url, tmp_path / "second")))
    react()
    assert acknowledgements.count() == 1


def test_what_waits_to_be_sent_is_sent_once_by_the_next_desk(
    world: Ticket, url: str, tmp_path: Path, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
):
    react()  # which acknowledges the new ticket
    load(FolderSource(export(url, tmp_path / "first")))
    waiting = Outgoing.objects.filter(state=Outgoing.QUEUED)
    before = waiting.count()
    monkeypatch.setattr(settings, "MAIL_RELAY", None)
    MailAccount.objects.all().delete()

    run_jobs()

    assert before > 0
    assert set(waiting.values_list("attempts", "note")) == {(1, "no server is set up to send mail through")}


def _break(folder: Path, name: str, change: Callable[[list[str]], None]) -> None:
    path = folder / name
    lines = path.read_text().splitlines()
    change(lines)
    path.write_text("\n".join(lines) + "\n")


def _with(lines: list[str], number: int, **fields: object) -> None:
    lines[number - 1] = json.dumps({**json.loads(lines[number - 1]), **fields})


BAD = [
    ("people_team", lambda lines: lines.__setitem__(2, '{"id": 3'), "people_team.jsonl, line 3: "),
    ("people_team", lambda lines: _with(lines, 2, colour="red"), "line 2: fields missing or unknown: colour"),
    ("people_agent", lambda lines: _with(lines, 4, capacity="many"), "people_agent.jsonl, line 4: invalid input"),
    ("tickets_ticket", lambda lines: _with(lines, 9, contact_id=987654), "tickets_ticket.jsonl, line 9: insert or"),
    ("tickets_message", lambda lines: lines.pop(), "tickets_message: "),
]


def test_a_bad_line_is_named_and_leaves_nothing_half_done(world: Ticket, url: str, tmp_path: Path):
    first = contents(export(url, tmp_path / "first"))
    for name, change, said in BAD:
        _break(tmp_path / "first", f"{name}.jsonl", change)
        with pytest.raises(BadExport) as bad:
            load(FolderSource(tmp_path / "first"))
        assert said in str(bad.value)
        (tmp_path / "first" / f"{name}.jsonl").write_bytes(first[f"{name}.jsonl"])

    assert contents(export(url, tmp_path / "second")) == first


def test_a_damaged_file_and_a_newer_or_unfinished_export_are_refused(world: Ticket, url: str, tmp_path: Path):
    folder = export(url, tmp_path / "first")
    file = next((folder / "files").glob("??/*"))
    kept = file.read_bytes()
    file.write_bytes(b"something else")
    with pytest.raises(BadExport, match="is damaged"):
        load(FolderSource(folder))
    file.write_bytes(kept)

    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**manifest, "format": 99, "version": "7.0"}))
    with pytest.raises(BadExport, match=r"exported by charterdesk 7\.0; install that version or a later one"):
        FolderSource(folder)
    (folder / MANIFEST).unlink()
    with pytest.raises(BadExport, match="no whole export"):
        FolderSource(folder)


def test_every_table_is_exported_or_said_why_not(url: str):
    with psycopg.connect(url) as raw:
        assert unspoken(raw) == [], "name these tables in the records.py of their package"


def test_changes_since_a_cursor_carry_what_changed_and_nothing_else(world: Ticket, url: str, tmp_path: Path):
    start = write_changes(url, Folder(tmp_path / "all"), since="start")
    assert start.rows["tickets_ticket"] == Ticket.objects.count()
    message = receive_message(world, Incoming(contact=world.contact, text="Still no water"), by="system")

    changed = write_changes(url, Folder(tmp_path / "changes"), since=start.cursor)

    lines = (tmp_path / "changes" / "tickets_message.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [message.pk]
    assert changed.rows["tickets_ticket"] == 1
    assert write_changes(url, Folder(tmp_path / "none"), since=changed.cursor).rows == {
        "tickets_ticket": 0, "tickets_message": 0, "events_event": 0,
    }  # fmt: skip
    with pytest.raises(ValueError, match="cursor"):
        write_changes(url, Folder(tmp_path / "bad"), since="yesterday")


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_ten_thousand_tickets_come_out_byte_by_byte(transactional_db, url: str, tmp_path: Path):
    fill(tickets=10_000, seed=1887, at=MORNING, say=lambda _line: None)
    first = contents(export(url, tmp_path / "first"))
    load(FolderSource(tmp_path / "first"))
    rebuild_all()
    assert contents(export(url, tmp_path / "second")) == first
