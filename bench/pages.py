"""Pages on the server: milliseconds at p50 and p95, SQL statements, bytes; each page for each sort of reader.

    python bench/pages.py [--tickets 10000] [--data FOLDER] [--than FIGURES] [--times 40] [--only TEXT] [--json FILE]

Requests go through the deployed WSGI application with its middleware and real sessions, one at a time, in this process,
over a pooled connection; what the network and granian add is not in it. `--data` names a data folder of `charterdesk
demo` (filled when it is empty, and tickets of 20 and of 9,000 messages are put into it when it has none); `--than`
is the JSON of a run on a smaller world to compare with. Beside them, measured in the same run: an empty page behind the
same middleware, and the same rows read by one prepared statement each.
"""

import argparse
import gc
import json
import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus
from wsgiref.util import setup_testing_defaults

from desk import Figures, arguments, machine, on_a_world, report

on_a_world(__file__)

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

from charterdesk import urls  # noqa: E402
from charterdesk.people.models import LANGUAGES, Agent, Contact, Login  # noqa: E402
from charterdesk.tickets.actions.views import save_view  # noqa: E402
from charterdesk.tickets.links import status_link  # noqa: E402
from charterdesk.tickets.models import SavedView, Ticket  # noqa: E402
from charterdesk.wsgi import application  # noqa: E402

LONG = 9_000
ROLES = ("agent", "lead", "manager", "administrator")
QUEUES = ("mine", "unassigned", "late", "open", "waiting", "following", "solved", "closed", "all")
ADMIN = ("", "accounts", "people", "teams", "promises", "calendars", "failures", "held-mail", "aside", "blocked")
SEARCHES = {
    "a frequent word": "water",
    "three frequent words": "brown water kitchen",
    "a sentence": "brown water comes out of our taps since this morning and smells",
    "a mistyped word": "presure",
    "a phrase": '"brown water"',
    "words nobody wrote": "xylophone quartet",
}
Rows = list[tuple[Any, ...]]


def empty(_request: HttpRequest) -> HttpResponse:
    """A page with nothing on it: what everything else stands on."""
    return HttpResponse("")


urls.urlpatterns.insert(0, path("bench/empty", empty))


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page to ask for: its addresses, in turn, and who asks."""

    name: str
    urls: list[str]
    cookie: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back, in how many milliseconds by the clock and of processor (ours and the database's)."""

    status: int
    size: int
    clock: float
    processor: float


def rows(sql: str, *params: Any) -> Rows:
    """Read something of the world."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def cookie_of(login: Login) -> str:
    """A session of `login`, as signing in makes it."""
    session = SessionStore()
    session[SESSION_KEY] = str(login.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = login.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def ask(url: str, page: Page, *, method: str = "GET") -> Answer:
    """One request, from its environment to the last byte of its answer."""
    path_, _, query = url.partition("?")
    environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path_, "QUERY_STRING": query}
    environ |= {"HTTP_HOST": "localhost", "HTTP_COOKIE": page.cookie, "wsgi.input": BytesIO(), **page.headers}
    setup_testing_defaults(environ)
    said: list[str] = []

    def started(status: str, _headers: Any, _error: Any = None) -> Any:
        said.append(status)

    worked, began = processor(), time.perf_counter()
    answered = application(environ, started)
    size = sum(map(len, answered))
    answered.close()
    clock = 1000 * (time.perf_counter() - began)
    return Answer(status=int(said[0][:3]), size=size, clock=clock, processor=processor() - worked)


def processor() -> float:
    """Milliseconds that this process and the database for it have computed so far."""
    theirs = 0
    for pid in BACKENDS:
        try:
            theirs += int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
        except OSError:
            continue
    return time.process_time() * 1000 + theirs / 1e6


BACKENDS: set[int] = set()


class Statements:
    """Counts what is sent to the database."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.sent.append(sql)
        return execute(sql, params, many, context)


def measure(page: Page, times: int) -> Figures:
    """Ask `times` times, after a few that warm up; every address in turn."""
    counted = Statements()
    with connection.execute_wrapper(counted):
        first = [ask(url, page) for url in page.urls[:3]]
    BACKENDS.update(pid for (pid,) in rows("SELECT pg_backend_pid()"))
    most = 0
    for url in page.urls[:10]:
        counted.sent.clear()
        with connection.execute_wrapper(counted):
            ask(url, page)
        most = max(most, len(counted.sent))
    gc.collect()
    answers = [ask(page.urls[at % len(page.urls)], page) for at in range(times)]
    return {
        "status": sorted({answer.status for answer in [*first, *answers]}),
        "statements": most,
        "clock": spread([answer.clock for answer in answers]),
        "processor": spread([answer.processor for answer in answers]),
        "bytes": round(sum(answer.size for answer in answers) / len(answers)),
    }


def spread(values: list[float]) -> dict[str, float]:
    """p50 and p95."""
    values = sorted(values)
    return {"p50": round(values[len(values) // 2], 1), "p95": round(values[math.ceil(len(values) * 0.95) - 1], 1)}


def make_ticket_of(messages: int) -> int:
    """The number of a ticket with so many messages; it is made of the letters of the world where there is none."""
    subject = f"{messages} messages"
    found = Ticket.objects.filter(subject=subject).first()
    if found:
        return found.number
    pattern = rows("SELECT ticket_id FROM tickets_message GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")[0][0]
    ticket = Ticket.objects.get(pk=pattern)
    columns = 'direction, channel, contact_id, agent_id, author_name, author_address, "to", cc, body_text'
    rest = "quoted_text, body_html, template, is_automatic, delivery, delivery_note, subject"
    ticket.pk, ticket.subject = None, subject
    ticket.number = rows("SELECT nextval('tickets_number')")[0][0]
    ticket.save(force_insert=True)
    rows(
        f"INSERT INTO tickets_message (ticket_id, {columns}, {rest}, created_at)"
        f" SELECT %s, {columns}, {rest}, now() - (%s - step) * interval '1 hour' FROM generate_series(1, %s) AS step"
        " CROSS JOIN LATERAL (SELECT * FROM tickets_message WHERE ticket_id = %s AND direction IN ('in', 'out')"
        " AND once IS NULL AND side_thread_id IS NULL ORDER BY id OFFSET step %% 200 LIMIT 1) AS letter",
        ticket.pk, messages, messages, pattern,
    )  # fmt: skip
    rows(
        "INSERT INTO events_event (at, depth, code, subject, actor, data)"
        " SELECT created_at + step * interval '1 second', 0, 'ticket.resumed', 'ticket:' || ticket_id, 'system',"
        " jsonb_build_object('ticket_id', ticket_id, 'team_id', %s, 'former', 'pending')"
        " FROM tickets_message CROSS JOIN generate_series(1, 3) AS step WHERE ticket_id = %s",
        ticket.team_id, ticket.pk,
    )  # fmt: skip
    return ticket.number


def pages(usual: int, long: int) -> Iterator[Page]:
    """Everything that is asked for; `usual` has 20 messages, `long` has 9,000."""
    for role in ROLES:
        agent = Agent.objects.select_related("login").filter(role=role, is_active=True).earliest("pk")
        assert agent.login
        yield from of_staff(agent, cookie_of(agent.login), usual, long)
    yield from of_views()
    yield from of_customers(long)


def of_staff(agent: Agent, cookie: str, usual: int, long: int) -> Iterator[Page]:
    """The workspace as one of its people sees it."""

    def page(name: str, *urls: str, **headers: str) -> Page:
        return Page(name=f"{agent.role}: {name}", urls=[f"/desk/{url}" for url in urls], cookie=cookie, headers=headers)

    yield Page(name=f"{agent.role}: an empty page", urls=["/bench/empty"], cookie=cookie)
    for code in QUEUES:
        yield page(f"queue {code}", f"inbox/{code}/")
    yield page("queue all, deep", *(f"inbox/all/?after={at}" for at in deep()))
    yield page("queue closed, deep", *(f"inbox/closed/?after={at}" for at in deep()))
    yield page("filter: language, type", "inbox/all/?language=de&type=complaint", "inbox/all/?language=ar&type=order")
    yield page("filter: tag", *(f"inbox/all/?tag={tag}" for tag in tags()))
    yield page("filter: priority, channel, nobody's", "inbox/closed/?priority=1&channel=letter&assignee=nobody")
    yield page("filter: customer", *(f"inbox/all/?contact={pk}" for pk in contacts(20)))
    yield page("filter: words", "inbox/all/?words=leak", "inbox/all/?words=meter+reading")
    yield page("counts", "inbox/mine/counts", HTTP_HX_REQUEST="true")
    yield page("news of a list", "inbox/open/news", HTTP_HX_REQUEST="true", HTTP_X_ROWS="30")
    numbers = visible(agent, "count(*) BETWEEN 4 AND 8")
    yield page("ticket of 4 to 8 messages", *(f"tickets/{number}/" for number in numbers))
    pane = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "div#pane"}
    yield page("ticket of 4 to 8, pane", *(f"tickets/{number}/" for number in numbers), **pane)
    beside = [f"tickets/{number}/beside" for number in numbers]
    yield page("ticket of 4 to 8, what comes beside it", *beside, HTTP_HX_REQUEST="true")
    if Ticket.objects.filter(number=long, team__in=teams_of(agent)).exists():
        oldest = rows(
            "SELECT id FROM tickets_message WHERE ticket_id = (SELECT id FROM tickets_ticket WHERE number = %s)"
            " ORDER BY id OFFSET %s LIMIT 5", long, LONG // 2,
        )  # fmt: skip
        yield page("ticket of 20 messages", f"tickets/{usual}/")
        yield page("ticket of 9,000 messages", f"tickets/{long}/")
        yield page(
            "ticket of 9,000, earlier ones",
            *(f"tickets/{long}/before/{pk}" for (pk,) in oldest),
            HTTP_HX_REQUEST="true",
        )
    for name, words in SEARCHES.items():
        yield page(f"search: {name}", f"search?q={words.replace(' ', '+')}")
    yield page("search: a number", *(f"search?q={number}" for number in numbers))
    yield page("search: a name", *(f"search?q={quote_plus(name)}" for name in names()))
    yield page("palette", *(f"palette?q={quote_plus(name[:4])}" for name in names()), HTTP_HX_REQUEST="true")
    yield page("new ticket", "tickets/new")
    yield page("today", "today/")
    yield page("today: what will be late", "today/forecast")
    yield page("reports", "reports/")
    yield page("customers", "contacts/")
    yield page("a customer", *(f"contacts/{pk}/" for pk in contacts(10)))
    yield page("customers: a name", *(f"contacts/?q={quote_plus(name)}" for name in names()))
    if agent.role == "administrator":
        for name in ADMIN:
            yield page(f"settings: {name or 'operation'}", f"admin/{name}")


def of_views() -> Iterator[Page]:
    """The inbox of somebody with twenty views of their own, none like another; they are kept with the world."""
    agent = Agent.objects.select_related("login").filter(role=Agent.AGENT, is_active=True).latest("pk")
    assert agent.login
    for name, asked in twenty_filters():
        if not SavedView.objects.filter(owner=agent, name=name).exists():
            save_view(
                None, by=agent, owner=agent, name=name, filter={"all": asked}, columns=["subject", "contact", "due"]
            )
    views = [f"view-{pk}" for pk in SavedView.objects.filter(owner=agent).values_list("pk", flat=True)]
    cookie = cookie_of(agent.login)
    counts = [f"/desk/inbox/{view}/counts" for view in views]
    yield Page(name="agent, 20 views: the inbox", urls=["/desk/inbox/open/"], cookie=cookie)
    yield Page(name="agent, 20 views: a view", urls=[f"/desk/inbox/{view}/" for view in views], cookie=cookie)
    yield Page(name="agent, 20 views: counts", urls=counts, cookie=cookie, headers={"HTTP_HX_REQUEST": "true"})


def twenty_filters() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What the twenty views ask for: open tickets by type, tag, language and channel, and pairs of these."""
    is_open = {"field": "status", "op": "is", "value": list(Ticket.UNFINISHED)}
    types = [{"field": "type", "op": "is", "value": [code]} for code, _name in Ticket.TYPES]
    tagged = [{"field": "tags", "op": "any_of", "value": [tag]} for tag in tags()]
    spoken = [{"field": "language", "op": "is", "value": [code]} for code, _name in LANGUAGES]
    pairs = [[one, other] for one, other in product(spoken, types + tagged)]
    for number, asked in enumerate([*([one] for one in (*types, *tagged, *spoken)), *pairs][:20], start=1):
        yield f"Bench {number}", [is_open, *asked]


def of_customers(long: int) -> Iterator[Page]:
    """The portal."""
    yield Page(name="portal: front page", urls=["/"])
    yield Page(name="portal: new request", urls=["/requests/new"])
    contact = Contact.objects.select_related("login").filter(login__isnull=False).earliest("pk")
    assert contact.login
    cookie = cookie_of(contact.login)
    own = list(Ticket.objects.filter(contact=contact, merged_into=None).values_list("number", flat=True)[:20])
    yield Page(name="portal: an empty page", urls=["/bench/empty"], cookie=cookie)
    yield Page(name="portal: my requests", urls=["/requests/"], cookie=cookie)
    yield Page(name="portal: a request, signed in", urls=[f"/requests/{number}" for number in own], cookie=cookie)
    some = Ticket.objects.filter(merged_into=None).order_by("pk")[1000:1020]
    yield Page(name="portal: a request, by link", urls=[link(ticket) for ticket in some])
    yield Page(name="portal: a request of 9,000 messages", urls=[link(Ticket.objects.get(number=long))])


def link(ticket: Ticket) -> str:
    """The path of its status page."""
    return status_link(ticket).removeprefix(settings.PUBLIC_URL)


def teams_of(agent: Agent) -> list[int]:
    """The teams whose tickets `agent` sees."""
    if agent.role in (Agent.MANAGER, Agent.ADMINISTRATOR):
        return [pk for (pk,) in rows("SELECT id FROM people_team")]
    return [pk for (pk,) in rows("SELECT team_id FROM people_membership WHERE agent_id = %s", agent.pk)]


def visible(agent: Agent, having: str) -> list[int]:
    """Numbers of some tickets of the agent's teams whose messages are as many as `having` says."""
    found = rows(
        "SELECT number FROM (SELECT id, number FROM tickets_ticket WHERE team_id = ANY(%s) AND merged_into_id IS NULL"
        " ORDER BY id DESC LIMIT 20000) AS late CROSS JOIN LATERAL (SELECT count(*) AS messages FROM tickets_message"
        f" WHERE ticket_id = late.id HAVING {having}) AS counted LIMIT 20",
        teams_of(agent),
    )
    return [number for (number,) in found]


def deep() -> list[str]:
    """Places far down a list that goes by activity."""
    found = rows(
        "SELECT last_message_at, id FROM tickets_ticket WHERE id = ANY(SELECT min(id) + (max(id) - min(id)) * share"
        " / 10 FROM tickets_ticket CROSS JOIN generate_series(1, 9) AS share GROUP BY share)"
    )
    return [f"{at.isoformat().replace('+', '%2B')}~{pk}" for at, pk in found]


def tags() -> list[str]:
    """Tags that tickets have."""
    return [tag for (tag,) in rows(
        "SELECT DISTINCT unnest(tags) AS tag FROM (SELECT tags FROM tickets_ticket LIMIT 2000) AS these"
        " ORDER BY 1 LIMIT 8"
    )]  # fmt: skip


def contacts(count: int) -> list[int]:
    """Some customers."""
    return [pk for (pk,) in rows("SELECT DISTINCT contact_id FROM tickets_ticket LIMIT %s", count)]


def names() -> list[str]:
    """Names of some customers, whatever their language."""
    return [name for (name,) in rows("SELECT name FROM people_contact ORDER BY id OFFSET 30 LIMIT 20")]


LIMITS = {
    "30 rows of a list": (
        "SELECT t.*, c.name, a.name, m.name FROM tickets_ticket t JOIN people_contact c ON c.id = t.contact_id"
        " LEFT JOIN people_agent a ON a.id = t.assignee_id JOIN people_team m ON m.id = t.team_id"
        " WHERE t.status = 'closed' ORDER BY last_message_at DESC, t.id DESC LIMIT 31"
    ),
    "20 messages of a ticket": (
        "SELECT * FROM tickets_message WHERE ticket_id = (SELECT ticket_id FROM tickets_message WHERE id ="
        " (SELECT max(id) / 2 FROM tickets_message)) ORDER BY id DESC LIMIT 20"
    ),
}


def limits(times: int) -> Figures:
    """The same rows, by one statement each, prepared: milliseconds."""
    measured = {}
    connection.ensure_connection()
    raw = connection.connection
    for name, sql in LIMITS.items():
        for _ in range(10):
            raw.execute(sql, prepare=True).fetchall()
        spent = []
        for _ in range(times):
            began = time.perf_counter()
            raw.execute(sql, prepare=True).fetchall()
            spent.append(1000 * (time.perf_counter() - began))
        measured[name] = spread(spent)
    return measured


def options(parser: argparse.ArgumentParser) -> None:
    """Ours, beside those of every bench."""
    parser.add_argument("--tickets", type=int, default=10_000, help="so many, where the world has to be made")
    parser.add_argument("--data", type=Path, help="a data folder of `charterdesk demo`")
    parser.add_argument("--than", type=Path, help="figures of a smaller world")
    parser.add_argument("--times", type=int, default=40, help="requests of each page")
    parser.add_argument("--only", default="", help="pages whose name has this")


def main() -> None:
    """Measure, and report."""
    given, about = arguments(__doc__, options), machine()
    before = json.loads(given.than.read_text())["pages"] if given.than else {}
    usual, long = make_ticket_of(20), make_ticket_of(LONG)
    gc.collect()
    gc.freeze()  # as `charterdesk web` does
    measured = {
        page.name: measure(page, given.times) for page in pages(usual, long) if given.only in page.name and page.urls
    }
    count = rows("SELECT count(*) FROM tickets_ticket")[0][0]
    beside = limits(given.times * 3)
    figures = {
        "machine": about,
        "tickets": count,
        "pages": measured,
        "limits": beside,
        "worst": worst(measured, before),
    }
    lines = [(name, line(page, before.get(name))) for name, page in measured.items()]
    lines += [(f"limit: {name}", f"{one['p50']:7.2f} {one['p95']:7.2f}") for name, one in beside.items()]
    lines += [(name, str(value)) for name, value in (*figures["worst"].items(), ("machine", about))]
    report(f"{count:,} tickets: ms p50, p95; of processor p50, p95; statements; bytes", figures, lines, given.json)


def worst(measured: Mapping[str, Figures], before: Mapping[str, Figures]) -> Figures:
    """The page furthest from each aim: 30 ms, 50 ms, 15 statements, 1.3 times the smaller world's processor time."""
    ratios = {name: ratio(page, before[name]) for name, page in measured.items() if name in before}
    found = {
        "p50": max((page["clock"]["p50"], name) for name, page in measured.items()),
        "p95": max((page["clock"]["p95"], name) for name, page in measured.items()),
        "statements": max((page["statements"], name) for name, page in measured.items()),
        "statuses": sorted({status for page in measured.values() for status in page["status"]}),
    }
    return found | ({"times the smaller world": max((value, name) for name, value in ratios.items())} if ratios else {})


def ratio(page: Figures, before: Figures) -> float:
    """How many times as long as in the smaller world, of processor, which other work on the machine disturbs less."""
    return round(float(page["processor"]["p50"]) / float(before["processor"]["p50"]), 2)


def line(page: Figures, before: Figures | None) -> str:
    """One row of the table."""
    clock, computed = page["clock"], page["processor"]
    times = f"{clock['p50']:7.1f} {clock['p95']:7.1f} {computed['p50']:7.1f} {computed['p95']:7.1f}"
    compared = f"  x{ratio(page, before):.2f}" if before else ""
    wrong = "" if page["status"] == [200] else f"  {page['status']}"
    return f"{times}  {page['statements']:3}  {page['bytes']:7,}{compared}{wrong}"


if __name__ == "__main__":
    main()
