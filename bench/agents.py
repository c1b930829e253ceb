"""Two hundred agents at work: what each of their actions takes at p50 and p95 while all of them work, and errors.

    python bench/agents.py --data FOLDER [--agents 200] [--seconds 300] [--think 30] [--json FILE]

`charterdesk run` serves the data folder (of `charterdesk demo fill`, as big as you like); agents have a session each,
look at lists, open tickets, search, and answer, each after a pause of `--think` seconds on average. As the pages do,
they hold their live stream open (another one for each ticket that is opened, by the way in that came with it), fetch
what comes beside a ticket after it, and the list's news when the stream tells of a change, as often as it says. The
clock is the agents' own, over HTTP on this machine, whose two cores desk, database and agents share. Beside it, in the
same run: the empty answer of `/healthz`.
"""

import argparse
import asyncio
import html
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
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
from desk import Figures, arguments, machine, report

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from charterdesk.ops.testing import RunningDesk  # noqa: E402

WORDS = ("water", "meter", "brown water kitchen", "invoice", "leak street", "presure")
LISTS = ("mine", "unassigned", "open", "late", "waiting")
AGAIN_MS = 4000  # as `desk/live.ts`: a list is fetched anew at most so often, and more seldom where the stream says so
SOON_MS = 150
SETTLED_S = 60  # all have come by then, and the caches have what they work with
LIMIT = "limit: an empty answer"
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
WAY = re.compile(r'data-way="([^"]+)"')
SEEN = re.compile(r'name="seen" value="(\d+)"')


def options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--think", type=float, default=30, help="seconds between two actions of an agent, on average")


class Notes:
    """What every agent's clock said, by action."""

    def __init__(self) -> None:
        self.times: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        self.began = time.perf_counter()
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
        self.times[action].append((began - self.began, 1000 * (time.perf_counter() - began)))
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
        self.list = LISTS[0]
        self.way: Figures | None = None
        self.opened = asyncio.Event()
        self.last = ""
        self.refreshing: asyncio.Task[None] | None = None
        self.refreshed = 0.0
        self.actions: list[tuple[int, Callable[[], Awaitable[object]]]] = [
            (40, self.look_at_a_list),
            (40, self.open_a_ticket),
            (8, self.search),
            (12, self.answer_a_ticket),
        ]

    async def work(self, until: float) -> None:
        """Act and think until it is over, the stream open all the while."""
        weights = [weight for weight, _act in self.actions]
        await asyncio.sleep(random.uniform(0, self.think))  # at the rate of all the rest from the start
        listening = asyncio.create_task(self.listen())
        while time.monotonic() < until:
            ((_weight, act),) = random.choices(self.actions, weights)
            await act()
            await asyncio.sleep(min(random.expovariate(1 / self.think), max(0.0, until - time.monotonic())))
        listening.cancel()
        if self.refreshing:
            self.refreshing.cancel()

    async def look_at_a_list(self) -> None:
        """One of the queues."""
        self.list = random.choice(LISTS)
        answer = await self.get("list", f"/desk/inbox/{self.list}/")
        if answer:
            self.numbers = NUMBER.findall(answer.text) or self.numbers

    async def open_a_ticket(self) -> str:
        """One of the list, as the page swaps it in."""
        if not self.numbers:
            await self.look_at_a_list()
        if not self.numbers:
            return ""
        headers = {"HX-Request": "true", "HX-Target": "div#ticket"}
        number = random.choice(self.numbers)
        answer = await self.get("ticket", f"/desk/tickets/{number}/", headers=headers)
        if answer is None:
            return ""
        if way := WAY.search(answer.text):
            self.way = json.loads(html.unescape(way[1]))
        self.opened.set()
        await self.get("beside", f"/desk/tickets/{number}/beside", headers={"HX-Request": "true"})
        return answer.text

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
        """Hold the stream open, another one for each ticket that is opened."""
        while True:
            self.opened.clear()
            way, self.way = self.way, None
            if way is None:
                found = await self.get("way to the stream", "/desk/live")
                if not found:
                    return
                way = found.json()
            hearing = asyncio.create_task(self.hear(way))
            opening = asyncio.create_task(self.opened.wait())
            try:
                await asyncio.wait({hearing, opening}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                hearing.cancel()
                opening.cancel()

    async def hear(self, way: Figures) -> None:
        """What the stream tells; it says how long a page waits before it fetches its list again."""
        asked = {"token": way["token"], "last": self.last}
        try:
            async with self.http.stream("GET", f"{way['url']}/live", params=asked, timeout=None) as news:
                async for line in news.aiter_lines():
                    if line.startswith("id: "):
                        self.last = line[4:]
                    elif '"pace"' in line:
                        self.notes.told += 1
                        self.refresh_soon(json.loads(line.removeprefix("data: "))["pace"])
        except httpx.HTTPError as error:
            self.notes.errors[f"stream: {type(error).__name__}"] += 1

    def refresh_soon(self, pace: float) -> None:
        """As `seldom` in `desk/live.ts` has it: a part of a long pause is each page's own, by chance."""
        if self.refreshing and not self.refreshing.done():
            return
        spread = random.random() * max(0.0, pace - AGAIN_MS) / 4
        wait = max(SOON_MS, 1000 * (self.refreshed - time.monotonic()) + pace) + spread
        self.refreshing = asyncio.create_task(self.refresh(wait / 1000))

    async def refresh(self, wait: float) -> None:
        """The list that was looked at last, and the counts of all."""
        await asyncio.sleep(wait)
        self.refreshed = time.monotonic()
        await self.get("news", f"/desk/inbox/{self.list}/news", headers={"HX-Request": "true", "X-Rows": "30"})

    async def get(self, action: str, path: str, **asked: Any) -> httpx.Response | None:
        """A page, as this agent."""
        return await self.notes.timed(action, self.http.get(path, cookies=self.cookies, **asked))


async def work(address: str, cookies: list[tuple[str, str]], chosen: argparse.Namespace) -> Figures:
    """Have everybody work; the figures."""
    notes = Notes()
    async with AsyncExitStack() as stack:
        # Each has connections of its own, as a browser has: a pool of them all takes longer to look through.
        browsers = [
            await stack.enter_async_context(httpx.AsyncClient(base_url=address, timeout=30, verify=False))
            for _ in range(chosen.agents + 1)
        ]
        http = browsers.pop()
        until = time.monotonic() + chosen.seconds
        agents = [
            Agent(browser, cookies[number % len(cookies)], notes, chosen.think)
            for number, browser in enumerate(browsers)
        ]
        working = [asyncio.create_task(agent.work(until)) for agent in agents]
        while time.monotonic() < until:
            await notes.timed(LIMIT, http.get("/healthz"))
            await asyncio.sleep(1)
        await asyncio.gather(*working)
    return {
        "actions": {name: _spread([ms for _at, ms in times]) for name, times in notes.times.items()},
        "settled": {name: _spread([ms for at, ms in times if at > SETTLED_S]) for name, times in notes.times.items()},
        "requests_per_second": round(sum(len(t) for t in notes.times.values()) / chosen.seconds, 1),
        "told": notes.told,
        "errors": dict(notes.errors),
    }


def _spread(times: list[float]) -> Figures:
    ordered = sorted(times) or [0.0]
    return {
        "count": len(times),
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
        (
            name,
            f"{spread['count']:>6} times, {spread['p50']:>7} ms p50, {spread['p95']:>7} ms p95; after a minute "
            f"{figures['settled'][name]['p50']:>7} and {figures['settled'][name]['p95']:>7}",
        )
        for name, spread in figures["actions"].items()
    ]
    lines += [(name, str(figures[name])) for name in ("requests_per_second", "told", "errors")]
    report(
        f"{chosen.agents} agents at work for {chosen.seconds:.0f} s", {"machine": before, **figures}, lines, chosen.json
    )


if __name__ == "__main__":
    main()
