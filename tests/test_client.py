"""The Python client of the API: made from its description, and asking a real server."""

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

HOME = Path(__file__).resolve().parents[1] / "clients" / "python"
sys.path.insert(0, str(HOME))

from charterdesk_client import ApiError, Client  # noqa: E402
from generate import formatted, sources  # noqa: E402

from charterdesk.api.limits import limits  # noqa: E402
from charterdesk.api.urls import api  # noqa: E402
from charterdesk.people.models import Agent  # noqa: E402
from charterdesk.people.testing import make_agent, make_team  # noqa: E402
from charterdesk.people.tokens.actions import make_token  # noqa: E402
from charterdesk.people.tokens.scopes import SCOPES  # noqa: E402
from charterdesk.tickets.models import Ticket  # noqa: E402


@pytest.mark.parametrize("name", ["models.py", "operations.py"])
def test_the_client_is_in_step_with_the_description_of_the_api(name):
    made = (HOME / "charterdesk_client" / name).read_text()

    assert made == formatted(sources(api.described())[name]), "run: python clients/python/generate.py"


@pytest.fixture
def secret(transactional_db: None) -> str:
    """A token of an agent who may do everything their role allows."""
    limits.forget()
    agent = make_agent("Ada", role=Agent.ADMINISTRATOR, teams=(make_team("Leaks"),))
    assert agent.login
    return make_token(agent.login, by=agent, name="client", scopes=tuple(SCOPES))[1]


@pytest.fixture
def desk(live_server, secret) -> Iterator[Client]:
    """A client of a desk that listens."""
    with Client(live_server.url, token=secret) as client:
        yield client


class Lossy(BaseHTTPRequestHandler):
    """Hands requests on, and loses the first answer on the way back."""

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        answer = httpx.post(self.server.target + self.path, content=content, headers=dict(self.headers))  # type: ignore[attr-defined]
        if not self.server.lost:  # type: ignore[attr-defined]
            self.server.lost = True  # type: ignore[attr-defined]
            self.connection.close()
            return
        self.send_response(answer.status_code)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def lossy(live_server) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Lossy) as server:
        server.target, server.lost = live_server.url, False  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def open_ticket(desk: Client, subject: str = "No water") -> int:
    contact = {"email": "mia@home.example", "name": "Mia"}
    return desk.open_one(subject=subject, text="Since seven.", contact=contact)["number"]


def test_a_ticket_is_opened_answered_solved_and_read(desk):
    number = open_ticket(desk)
    desk.write_message(number, text="Somebody is on the way.")
    desk.solve(number, solution="The valve was replaced.")

    ticket = desk.read_ticket(number)
    assert (ticket["status"], ticket["solution"]) == ("solved", "The valve was replaced.")
    assert [m["direction"] for m in desk.pages(desk.list_messages, number)][:2] == ["in", "out"]


def test_pages_are_walked_to_the_end(desk):
    numbers = {open_ticket(desk, f"No water {each}") for each in range(5)}

    assert {each["number"] for each in desk.pages(desk.list_tickets, limit=2)} == numbers


def test_a_write_whose_answer_was_lost_is_done_once(lossy, secret):
    with Client(lossy, token=secret) as desk:
        number = open_ticket(desk)

    assert [ticket.number for ticket in Ticket.objects.all()] == [number]


def test_what_the_desk_refuses_says_why(desk):
    with pytest.raises(ApiError) as missing:
        desk.read_ticket(999_999)
    assert (missing.value.status, bool(missing.value.detail)) == (404, True)

    number = open_ticket(desk)
    read = desk.read_ticket(number)
    desk.change_ticket(number, priority=4)
    with pytest.raises(ApiError) as changed:
        desk.change_ticket(number, priority=1, if_match=desk.etag_of(read))
    assert changed.value.status == 412
