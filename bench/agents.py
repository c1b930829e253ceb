"""Two hundred agents at work: what each of their actions takes at p50 and p95 while all of them work, and errors.

    python bench/agents.py --data FOLDER [--agents 200] [--seconds 300] [--think 10] [--json FILE]

`charterdesk run` serves the data folder (of `charterdesk demo fill`, as big as you like); agents have a session each,
look at lists, open tickets, search, and answer, each after a pause of `--think` seconds on average, and hold their live
stream open and count anew when it tells of a change, as the pages do. The clock is the agents' own, over HTTP on this
machine, whose two cores desk, database and agents share. Beside it, in the same run: the empty answer of `/healthz`.
"""

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
from desk import Figures, arguments, machine, report

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from charterdesk.ops.testing import RunningDesk  # noqa: E402

WORDS = ("water", "meter", "brown water kitchen", "invoice", "leak street", "presure")
LISTS = ("mine", "unassigned", "open", "late", "waiting")
COUNT_AGAIN_S = 2.0  # a page counts anew at most so often, however much it is told
SESSIONS = """
import json, sys, django; django.setup()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from charterdesk.people.models import Agent
found = []
for agent in Agent.objects.filter(is_active=True, login__email__contains=sys.argv[1]).select_related("login"):
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(agent.login_id), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = agent.login.get_session_auth_hash()
    session.save()
    found.append(session.session_key)
print(json.dumps([settings.SESSION_COOKIE_NAME, found]))
"""
NUMBER = re.compile(r'href="/desk/tickets/(\d+)/')
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="(\d+)"')


def options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--think", type=float, default=10, help="seconds between two actions of an agent, on average")


class Notes:
    """What every agent's clock said, by action."""

    def __init__(self) -> None:
        self.times: defaultdict[str, list[float]] = defaultdict(list)
        self.errors: Counter[str] = Counter()
        self.told = 0

    async def timed(self, action: str, asked: Awaitable[httpx.Response]) -> httpx.Response | None:
        """The answer, noted; None (and an error) for what is none."""
        began = time.perf_counter()
        try:
            answer = await asked
        except httpx.HTTPError as error:
            self.errors[f"{action}: {type(error).__name__}"] += 1
            return None
        self.times[action].append(1000 * (time.perf_counter() - began))
        if answer.status_code >= 400:
            self.errors[f"{action}: {answer.status_code}"] += 1
            return None
        return answer


class Agent:
    """One agent's browser: a session, the list last seen, and the stream."""

    def __init__(self, http: httpx.AsyncClient, cookie: tuple[str, str], notes: Notes, think: float) -> None:
        self.http, self.notes, self.think = http, notes, think
        self.cookies = {cookie[0]: cookie[1]}
        self.numbers: list[str] = []
        self.actions: list[tuple[int, Callable[[], Awaitable[object]]]] = [
            (40, self.look_at_a_list),
            (40, self.open_a_ticket),
            (8, self.search),
            (12, self.answer_a_ticket),
        ]

    async def work(self, until: float) -> None:
        """Act and think until it is over, the stream open all the while."""
        listening = asyncio.create_task(self.listen())
        weights = [weight for weight, _act in self.actions]
        await asyncio.sleep(random.uniform(0, self.think))
        while time.monotonic() < until:
            ((_weight, act),) = random.choices(self.actions, weights)
            await act()
            await asyncio.sleep(random.expovariate(1 / self.think))
        listening.cancel()

    async def look_at_a_list(self) -> None:
        """One of the queues."""
        answer = await self.get("list", f"/desk/inbox/{random.choice(LISTS)}/")
        if answer:
            self.numbers = NUMBER.findall(answer.text) or self.numbers

    async def open_a_ticket(self) -> str:
        """One of the list, as the page swaps it in."""
        if not self.numbers:
            await self.look_at_a_list()
        if not self.numbers:
            return ""
        headers = {"HX-Request": "true", "HX-Target": "div#ticket"}
        answer = await self.get("ticket", f"/desk/tickets/{random.choice(self.numbers)}/", headers=headers)
        return answer.text if answer else ""

    async def search(self) -> None:
        """Some words."""
        await self.get("search", "/desk/search", params={"q": random.choice(WORDS)})

    async def answer_a_ticket(self) -> None:
        """Open one, and send what the composer sends."""
        page = await self.open_a_ticket()
        token, number = CSRF.search(page), re.search(r"/desk/tickets/(\d+)/messages", page)
        if not token or not number:
            return
        await asyncio.sleep(random.uniform(1, 5))
        seen = SEEN.search(page)
        form = {
            "csrfmiddlewaretoken": token[1],
            "kind": "note",
            "html": "<p>Looked at; we call back tomorrow.</p>",
            "once": uuid.uuid4().hex,
            "seen": seen[1] if seen else "",
        }
        cookies = {**self.cookies, "csrftoken": token[1]}
        headers = {"HX-Request": "true", "Referer": str(self.http.base_url)}
        sent = self.http.post(f"/desk/tickets/{number[1]}/messages", data=form, cookies=cookies, headers=headers)
        await self.notes.timed("answer", sent)

    async def listen(self) -> None:
        """Hold the stream open; count anew when it tells of something."""
        counted = 0.0
        found = await self.get("way to the stream", "/desk/live")
        if not found:
            return
        way = found.json()
        try:
            async with self.http.stream(
                "GET", f"{way['url']}/live", params={"token": way["token"]}, timeout=None
            ) as news:
                async for line in news.aiter_lines():
                    if line.startswith("event: changed"):
                        self.notes.told += 1
                        if time.monotonic() - counted > COUNT_AGAIN_S:
                            counted = time.monotonic()
                            await self.get("counts", "/desk/inbox/open/counts")
        except httpx.HTTPError as error:
            self.notes.errors[f"stream: {type(error).__name__}"] += 1

    async def get(self, action: str, path: str, **asked: Any) -> httpx.Response | None:
        """A page, as this agent."""
        return await self.notes.timed(action, self.http.get(path, cookies=self.cookies, **asked))


async def work(address: str, cookies: list[tuple[str, str]], chosen: argparse.Namespace) -> Figures:
    """Have everybody work; the figures."""
    notes, limit = Notes(), []
    connections = httpx.Limits(max_connections=2 * chosen.agents + 20, max_keepalive_connections=chosen.agents)
    async with httpx.AsyncClient(base_url=address, timeout=30, limits=connections) as http:
        until = time.monotonic() + chosen.seconds
        agents = [Agent(http, cookies[number % len(cookies)], notes, chosen.think) for number in range(chosen.agents)]
        working = [asyncio.create_task(agent.work(until)) for agent in agents]
        while time.monotonic() < until:
            began = time.perf_counter()
            await http.get("/healthz")
            limit.append(1000 * (time.perf_counter() - began))
            await asyncio.sleep(1)
        await asyncio.gather(*working)
    actions = {name: _spread(times) for name, times in notes.times.items()}
    return {
        "actions": actions,
        "requests_per_second": round(sum(len(t) for t in notes.times.values()) / chosen.seconds, 1),
        "told": notes.told,
        "errors": dict(notes.errors),
        "limit: an empty answer": _spread(limit),
    }


def _spread(times: list[float]) -> Figures:
    ordered = sorted(times)
    return {
        "count": len(ordered),
        "p50": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)], 1),
    }


def sessions(data: Path, email: str = "") -> list[tuple[str, str]]:
    """A session for every agent there is (whose address contains `email`): cookie's name and value."""
    url = f"postgresql://charterdesk@/charterdesk?host={data}/database/run&port=5432"
    environment = {**os.environ, "DATABASE_URL": url, "CHARTERDESK_DATA": str(data)}
    environment["DJANGO_SETTINGS_MODULE"] = "charterdesk.settings"
    command = [sys.executable, "-c", SESSIONS, email]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    name, keys = json.loads(done.stdout.splitlines()[-1])
    return [(name, key) for key in keys]


def main() -> None:
    """Serve, work, tell."""
    chosen = arguments(__doc__, options)
    before = machine()
    chosen.data = chosen.data.absolute()
    with RunningDesk(chosen.data) as desk:
        desk.wait_until_ready()
        figures = asyncio.run(work(desk.told("public_url"), sessions(chosen.data), chosen))
    lines = [
        (name, f"{spread['count']:>6} times, {spread['p50']:>7} ms p50, {spread['p95']:>7} ms p95")
        for name, spread in [*figures["actions"].items(), ("limit: an empty answer", figures["limit: an empty answer"])]
    ]
    lines += [(name, str(figures[name])) for name in ("requests_per_second", "told", "errors")]
    report(
        f"{chosen.agents} agents at work for {chosen.seconds:.0f} s", {"machine": before, **figures}, lines, chosen.json
    )


if __name__ == "__main__":
    main()
