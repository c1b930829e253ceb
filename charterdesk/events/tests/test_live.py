"""The live stream, over real HTTP: who hears of what, nothing missed, nobody else's pages, who else is there."""

import http.client
import json
import threading
import time
from urllib.parse import quote

import pytest
import uvicorn
from django.db import connection, transaction

from charterdesk.events import queries, topics
from charterdesk.events.hub import LEAST_PACE_MS, PACE_MS, Hub
from charterdesk.events.log import publish
from charterdesk.events.tests.pumps import PumpFailed, database_url, fail_pump
from charterdesk.events.topics import BadToken, Pass, read_token, sign_topics, topics_of
from charterdesk.events.wake import connect
from charterdesk.live import Live

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S = 20


@pytest.fixture
def live():
    """A live server on the test database; the value is its port."""
    config = uvicorn.Config(Live(url=database_url()), port=0, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until = time.monotonic() + PATIENCE_S
        while not server.started or status(port_of(server), "GET", "/healthz") != 200:
            assert time.monotonic() < until
            time.sleep(0.02)
        yield port_of(server)
    finally:
        server.should_exit = True
        thread.join(PATIENCE_S)
    assert not thread.is_alive()


def port_of(server):
    return server.servers[0].sockets[0].getsockname()[1] if server.started else 0


def status(port, method, path, body=None):
    if not port:
        return 0
    own = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    own.request(method, path, body=json.dumps(body) if body else None)
    answer = own.getresponse()
    answer.read()
    own.close()
    return answer.status


class Stream:
    """An open stream, read message by message."""

    def __init__(self, port, token, *, last="", header=""):
        self.own = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        headers = {"Last-Event-ID": header} if header else {}
        self.own.request("GET", f"/live?token={token}&last={quote(last)}", headers=headers)
        self.answer = self.own.getresponse()
        self.position = ""
        if self.answer.status == 200:
            assert self.next()[0] == "hello"

    def next(self):
        """The next message: event and data. Comments are passed over."""
        fields = {}
        while line := self.answer.readline().decode():
            name, _, value = line.rstrip("\n").partition(": ")
            fields[name] = value
            if not name and "event" in fields:
                self.position = fields.get("id", self.position)
                return fields["event"], json.loads(fields["data"])
        raise AssertionError("the stream ended")

    def close(self):
        self.own.close()


def token(*topics, viewer="agent:1", name="Anna"):
    return sign_topics(topics, viewer, name)


def test_a_page_hears_of_its_topics_and_of_no_others(live):
    stream = Stream(live, token("pump:1"))
    fail_pump(2)
    number = fail_pump(1)

    assert stream.next() == ("changed", {"event": number, "topics": ["pump:1"], "pace": LEAST_PACE_MS})


def test_an_event_is_told_once_with_all_topics_of_the_page_it_touches(live):
    stream = Stream(live, token("ticket:5", "team:3", "agent:7", "team:4"))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_event (code, subject, actor, data) VALUES ('x', 'ticket:5', 'system', "
            '\'{"team_id": 3, "former_team_id": 9, "assignee_id": 7}\') RETURNING id'
        )
        (number,) = cursor.fetchone()

    touched = ["agent:7", "team:3", "ticket:5"]
    assert stream.next() == ("changed", {"event": number, "topics": touched, "pace": LEAST_PACE_MS})


def test_what_is_committed_late_is_told_too(live):
    stream = Stream(live, token("pump:1", "pump:2"))
    with connect() as somebody_else:
        somebody_else.autocommit = False
        somebody_else.execute(
            "INSERT INTO events_event (code, subject, actor) VALUES ('pump.failed', 'pump:1', 'agent:1')"
        )
        fail_pump(2)
        assert stream.next()[1]["topics"] == ["pump:2"]
        somebody_else.commit()
    assert stream.next()[1]["topics"] == ["pump:1"]


def test_a_browser_that_connects_again_is_told_what_it_missed(live):
    stream = Stream(live, token("pump:1"))
    fail_pump(1)
    stream.next()
    stream.close()
    with connect() as somebody_else:
        somebody_else.autocommit = False
        late = somebody_else.execute(
            "INSERT INTO events_event (code, subject, actor) VALUES ('pump.failed', 'pump:1', 'agent:1') RETURNING id"
        ).fetchone()
        missed = fail_pump(1)
        again = Stream(live, token("pump:1"), header=stream.position)
        assert again.next()[1]["event"] == missed
        again.close()
        somebody_else.commit()

    last = Stream(live, token("pump:1"), header=again.position)
    assert (last.next()[1]["event"],) == late


def test_a_page_misses_nothing_between_its_making_and_its_stream(live):
    position = queries.position()
    number = fail_pump(1)

    assert Stream(live, token("pump:1"), last=position).next()[1]["event"] == number


def test_a_page_may_also_say_which_event_it_saw_last(live):
    first = fail_pump(1)
    second = fail_pump(1)

    stream = Stream(live, token("pump:1"), last=str(first))
    told = [*iter(lambda: stream.next()[1]["event"], second), second]  # ends with it, or never
    assert told[-1] == second


def test_a_page_with_a_position_that_makes_no_sense_fetches_everything_anew(live):
    assert Stream(live, token("pump:1"), last="yesterday").next() == ("resync", {})


def test_a_page_that_missed_too_much_fetches_everything_anew(live, monkeypatch):
    monkeypatch.setattr("charterdesk.events.log_stream.MOST", 3)
    position = queries.position()
    for number in range(5):
        fail_pump(number)

    assert Stream(live, token("pump:1"), last=position).next() == ("resync", {})


@pytest.mark.parametrize("spoil", [lambda t: t[:-2], lambda t: "x" + t, lambda t: "", lambda t: t.partition(".")[0]])
def test_a_token_that_is_not_ours_opens_nothing(live, spoil):
    assert Stream(live, spoil(token("pump:1"))).answer.status == 403


def test_a_token_ends():
    with pytest.raises(BadToken, match="too old"):
        read_token(sign_topics(["pump:1"], "agent:1", "Anna", seconds=-1))


def test_a_token_says_what_was_signed(settings):
    signed = sign_topics(["ticket:2", "ticket:1", "ticket:2"], "agent:1", "Añna")
    given = read_token(signed)
    assert (given.topics, given.viewer, given.name) == (("ticket:1", "ticket:2"), "agent:1", "Añna")

    settings.SECRET_KEY = "another"
    with pytest.raises(BadToken):
        read_token(signed)


def test_colleagues_see_who_looks_and_who_types(live):
    anna, ben = token("ticket:1"), token("ticket:1", viewer="agent:2", name="Ben")
    stream = Stream(live, anna)
    say = {"token": ben, "topic": "ticket:1"}
    assert status(live, "POST", "/live/presence", {**say, "doing": "looking"}) == 204
    assert stream.next() == (
        "presence", {"topic": "ticket:1", "people": [{"key": "agent:2", "name": "Ben", "doing": "looking"}]},
    )  # fmt: skip
    status(live, "POST", "/live/presence", {**say, "doing": "typing"})
    assert stream.next()[1]["people"][0]["doing"] == "typing"
    late = Stream(live, anna)
    assert late.next()[1]["people"][0]["name"] == "Ben"

    status(live, "POST", "/live/presence", {**say, "doing": "left"})
    assert stream.next()[1]["people"] == []


def test_a_customer_neither_sees_who_looks_nor_is_seen(live):
    customer, agent = token("ticket:1", viewer="contact:9", name="Carla"), token("ticket:1")
    stream = Stream(live, customer)
    assert status(live, "POST", "/live/presence", {"token": agent, "topic": "ticket:1", "doing": "typing"}) == 204
    assert status(live, "POST", "/live/presence", {"token": customer, "topic": "ticket:1", "doing": "typing"}) == 403
    with transaction.atomic():
        publish(PumpFailed(pump_id=1), on="ticket:1", by="system")

    assert stream.next()[0] == "changed"


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"topic": "ticket:2", "doing": "looking"}, 403),
        ({"topic": "ticket:1", "doing": "singing"}, 400),
        ({"doing": "looking"}, 400),
        ({"topic": "ticket:1", "doing": "looking", "token": "x.y"}, 403),
    ],
)
def test_presence_that_makes_no_sense_is_refused(live, body, answer):
    assert status(live, "POST", "/live/presence", {"token": token("ticket:1"), **body}) == answer


def test_only_pages_of_the_desk_may_read_the_stream(live, settings):
    settings.PUBLIC_URL = "https://help.example.org/desk"
    stream = Stream(live, token("pump:1"))

    assert stream.answer.headers["Access-Control-Allow-Origin"] == "https://help.example.org"
    assert stream.answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"


def test_unknown_paths_are_not_found(live):
    assert [status(live, "GET", "/secret"), status(live, "POST", "/live")] == [404, 404]


def test_the_stream_goes_on_when_the_database_comes_back(live):
    stream = Stream(live, token("pump:1"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'charterdesk live'"
        )
    number = fail_pump(1)

    assert stream.next() == ("changed", {"event": number, "topics": ["pump:1"], "pace": LEAST_PACE_MS})


def test_the_more_pages_are_open_the_less_often_each_fetches_its_lists():
    hub = Hub()
    several = [hub.enter(Pass(("team:1",), f"agent:{number}", "Anna", 0)) for number in range(200)]
    hub.tell(7, ["team:1"], position="1:1:")
    for listener in several[1:]:
        hub.leave(listener)

    assert f'"pace":{max(LEAST_PACE_MS, 200 * PACE_MS)}' in several[0].waiting[0].decode()
    assert (len(hub), hub.pace) == (1, LEAST_PACE_MS)


def test_who_is_not_heard_of_is_forgotten():
    now = [0.0]
    hub = Hub(clock=lambda: now[0])
    anna = Pass(("ticket:1",), "agent:1", "Anna", 0)
    listener = hub.enter(Pass(("ticket:1",), "agent:2", "Ben", 0))
    listener.waiting.clear()
    hub.note(anna, "ticket:1", "typing")
    now[0] = 10.0
    hub.forget_who_left()
    now[0] = 50.0
    hub.forget_who_left()
    hub.forget_who_left()

    said = [json.loads(what.decode().split("data: ")[1])["people"] for what in listener.waiting]
    assert [[p["doing"] for p in people] for people in said] == [["typing"], ["looking"], []]
    hub.leave(listener)
    assert len(hub) == 0


def test_who_is_too_slow_is_told_to_fetch_everything_anew(monkeypatch):
    monkeypatch.setattr("charterdesk.events.hub.LONGEST_QUEUE", 3)
    hub = Hub()
    listener = hub.enter(Pass(("ticket:1",), "agent:2", "Ben", 0))
    listener.waiting.clear()
    for number in range(4):
        hub.tell(number, ["ticket:1"], position="1:1:")

    assert [what.split(b"\n")[0] for what in listener.waiting] == [b"event: resync"]


def test_topics_of_an_event_are_its_subject_and_whom_it_names():
    data = {"team_id": 1, "former_team_id": 2, "assignee_id": 3, "agent_id": None, "contact_id": 4, "message_id": 5}

    assert topics_of("ticket:9", data) == {"ticket:9", "team:1", "team:2", "agent:3", "contact:4"}
    assert topics.topics_of("pump:1", {}) == {"pump:1"}
