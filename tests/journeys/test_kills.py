"""Whatever is killed, whenever: no mail that got its 250 is lost or taken twice, and nothing is sent twice."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from charterdesk.channels.testing import Outside, running_outside
from charterdesk.ops.testing import RunningDesk, type_command, until
from tests.journeys.storm import ANSWER, SUBJECT, Storm, customer

PEOPLE = """
from charterdesk.people.testing import make_agent, make_team
team = make_team("Leaks", address="leaks@desk.example")
make_agent("Ada Brook", teams=(team,), email="ada@desk.example", capacity=10000)
"""


@pytest.fixture
def outside() -> Iterator[Outside]:
    with running_outside() as outside:
        yield outside


@pytest.fixture
def desk(outside: Outside, tmp_path: Path) -> Iterator[RunningDesk]:
    """A desk with a database of its own, which bears a kill; with one team and one agent."""
    data = tmp_path / "data"
    for words in (["migrate"], ["manage", "shell", "-v", "0", "-c", PEOPLE]):
        done = type_command(data, *words)
        assert done.returncode == 0, done.stderr
    settings = {"CHARTERDESK_RELAY": f"smtp://127.0.0.1:{outside.port}", "CHARTERDESK_CHECK_SENDERS": "0"}
    with RunningDesk(data, **settings) as running:
        yield running.wait_until_ready()


def weather(desk: RunningDesk, outside: Outside, *, count: int, least_kills: int, seconds: float) -> None:
    """A storm of `count` mails and answers; then everything promised must be so."""
    storm = Storm(desk, count, seed=count)
    storm.rage(least_kills=least_kills, seconds=seconds)
    came_to_rest = until(lambda: not unfinished(storm), 300)
    print(f"kills {dict(storm.kills)}, seen by callers {dict(storm.errors)}")

    assert came_to_rest, f"still under way: {unfinished(storm)}\n{desk.said('worker')[-3000:]}"
    assert storm.delivered == storm.answered == set(range(count))
    every_request_is_one_ticket_with_one_message(storm)
    nothing_is_in_quarantine(storm)
    everybody_heard_once_or_is_listed_in_doubt(storm, outside)


def unfinished(storm: Storm) -> dict[str, object]:
    """What still waits for the worker, by kind."""
    waiting = {
        "mails not read": "select count(*) from channels_rawmail where state = 'waiting'",
        "mails to go": "select count(*) from channels_outgoing where state in ('queued', 'in_flight')",
        "jobs": "select count(*) from procrastinate_jobs where status in ('todo', 'doing') and queue_name = 'mail'",
        "answers without a mail": """select count(*) from tickets_message m where direction = 'out'
            and not exists (select 1 from channels_outgoing o where o.message_id = m.id)""",
        "tickets without acknowledgement": f"""select {storm.count} - count(distinct m.ticket_id)
            from channels_outgoing o join tickets_message m on m.id = o.message_id where o.is_automatic""",
    }
    found = {what: storm.ask(statement)[0][0] for what, statement in waiting.items()}
    return {what: number for what, number in found.items() if number}


def every_request_is_one_ticket_with_one_message(storm: Storm) -> None:
    rows = storm.ask("""select t.subject, count(distinct t.id), count(*) filter (where m.direction = 'in')
        from tickets_ticket t join tickets_message m on m.ticket_id = t.id group by t.subject""")
    assert sorted(rows) == sorted((SUBJECT.format(number), 1, 1) for number in range(storm.count))


def nothing_is_in_quarantine(storm: Storm) -> None:
    assert storm.ask("select state, reason from channels_rawmail where state = 'quarantined'") == []


def everybody_heard_once_or_is_listed_in_doubt(storm: Storm, outside: Outside) -> None:
    """Each customer got one acknowledgement and one answer; one not seen outside is before the operator."""
    doubts = Counter(
        storm.ask("""select t.subject, o.is_automatic from channels_outgoing o
        join tickets_message m on m.id = o.message_id join tickets_ticket t on t.id = m.ticket_id
        where o.state = 'in_doubt'""")
    )
    queued = Counter(
        storm.ask("""select t.subject, o.is_automatic from channels_outgoing o
        join tickets_message m on m.id = o.message_id join tickets_ticket t on t.id = m.ticket_id""")
    )
    faults = []
    for number in range(storm.count):
        mails = outside.to(customer(number))
        acknowledgements = sum(mail["Auto-Submitted"] == "auto-replied" for mail in mails)
        answers = sum(ANSWER.format(number) in mail.get_body(("plain",)).get_content() for mail in mails)
        for is_automatic, seen in ((True, acknowledgements), (False, answers)):
            key = (SUBJECT.format(number), is_automatic)
            if seen > 1 or (seen == 0 and doubts[key] != 1) or queued[key] != 1:
                faults.append((*key, f"seen {seen}, in doubt {doubts[key]}, queued {queued[key]}"))
    assert faults == []


@pytest.mark.timeout(900)
def test_twenty_mails_and_answers_survive_kills_of_every_part(desk: RunningDesk, outside: Outside):
    weather(desk, outside, count=20, least_kills=12, seconds=500)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_five_hundred_mails_and_answers_survive_kills_of_every_part(desk: RunningDesk, outside: Outside):
    weather(desk, outside, count=500, least_kills=150, seconds=2400)
