"""The hub of the live stream: who listens to which topic, and who else looks or types. In memory, no database."""

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from charterdesk.events.topics import Pass

LONGEST_QUEUE = 500
LEAST_PACE_MS = 4000
# For each open stream: all pages together fetch their lists anew two or three times a second for each core, however
# many look.
PACE_MS = 400 // (os.cpu_count() or 1)
EXPIRES_S = {"looking": 40.0, "typing": 8.0}  # pages say again that they look every 15 s, and while keys are hit
LEFT = "left"


def message(event: str, data: Any, *, position: str = "") -> bytes:
    """One message as the browser's EventSource reads it; `position` is what it hands back when it connects again."""
    where = f"id: {position}\n" if position else ""
    return f"{where}event: {event}\ndata: {msgspec.json.encode(data).decode()}\n\n".encode()


@dataclass(eq=False)
class Listener:
    """One open stream."""

    given: Pass
    waiting: list[bytes] = field(default_factory=list)
    something: asyncio.Event = field(default_factory=asyncio.Event)

    def send(self, what: bytes) -> None:
        """Queue a message; who is too slow is told to fetch everything anew instead."""
        if len(self.waiting) >= LONGEST_QUEUE:
            self.waiting = [message("resync", {})]
        else:
            self.waiting.append(what)
        self.something.set()

    async def take(self, seconds: float) -> bytes:
        """All queued messages; empty when there were none for `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self.something.wait()
        except TimeoutError:
            return b""
        self.something.clear()
        taken, self.waiting = self.waiting, []
        return b"".join(taken)


@dataclass(slots=True)
class Presence:
    """What one person does on a topic, and until when that is believed."""

    name: str
    doing: str
    looks_until: float
    types_until: float


class Hub:
    """Hands what happens to who listens."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._present: dict[str, dict[str, Presence]] = defaultdict(dict)
        self._open: set[Listener] = set()

    def __len__(self) -> int:
        return len(self._open)

    @property
    def pace(self) -> int:
        """Milliseconds that a page leaves between two fetches of its lists on account of what it hears."""
        return max(LEAST_PACE_MS, PACE_MS * len(self._open))

    def enter(self, given: Pass, *, hello: bytes = b"") -> Listener:
        """Open a stream that begins with `hello`; staff hear at once who is there already."""
        listener = Listener(given)
        self._open.add(listener)
        if hello:
            listener.send(hello)
        for topic in given.topics:
            self._listeners[topic].add(listener)
            if given.is_staff and self._present.get(topic):
                listener.send(self._people(topic))
        return listener

    def leave(self, listener: Listener) -> None:
        """Close a stream."""
        self._open.discard(listener)
        for topic in listener.given.topics:
            self._listeners[topic].discard(listener)
            if not self._listeners[topic]:
                del self._listeners[topic]

    def tell(self, number: int, topics: Iterable[str], *, position: str) -> None:
        """Event `number` happened; each stream hears of it once, with those of its own topics it touches."""
        touched: dict[Listener, list[str]] = defaultdict(list)
        for topic in sorted(topics):
            for listener in self._listeners.get(topic, ()):
                touched[listener].append(topic)
        for listener, its in touched.items():
            self.tell_one(listener, number, its, position=position)

    def tell_one(self, listener: Listener, number: int, topics: Sequence[str], *, position: str) -> None:
        """Event `number` happened, which touches `topics` of this stream's own."""
        changed = {"event": number, "topics": topics, "pace": self.pace}
        listener.send(message("changed", changed, position=position))

    def tell_all(self, what: bytes) -> None:
        """The same to every stream."""
        for listener in self._open:
            listener.send(what)

    def note(self, given: Pass, topic: str, doing: str) -> None:
        """Somebody looks, types or has left; colleagues hear of it when it is news."""
        before = self._doings(topic)
        if doing == LEFT:
            self._present[topic].pop(given.viewer, None)
        else:
            known = self._present[topic].get(given.viewer) or Presence(given.name, doing, 0, 0)
            known.looks_until = self._clock() + EXPIRES_S["looking"]
            known.types_until = self._clock() + EXPIRES_S["typing"] if doing == "typing" else 0
            self._present[topic][given.viewer] = known
        self._refresh(topic, before)

    def forget_who_left(self) -> None:
        """Let go of who has not been heard of; to be called every second or two."""
        for topic in list(self._present):
            self._refresh(topic, {v: p.doing for v, p in self._present[topic].items()})

    def _refresh(self, topic: str, before: dict[str, str]) -> None:
        """Drop who is gone, and tell the others when anything is different from `before`."""
        present = self._present[topic]
        for viewer in [v for v, p in present.items() if p.looks_until < self._clock()]:
            del present[viewer]
        for person in present.values():
            person.doing = "typing" if person.types_until >= self._clock() else "looking"
        if self._doings(topic) != before:
            for listener in self._listeners.get(topic, ()):
                if listener.given.is_staff:
                    listener.send(self._people(topic))
        if not present:
            del self._present[topic]

    def _doings(self, topic: str) -> dict[str, str]:
        return {viewer: person.doing for viewer, person in self._present.get(topic, {}).items()}

    def _people(self, topic: str) -> bytes:
        people = [
            {"key": viewer, "name": person.name, "doing": person.doing}
            for viewer, person in sorted(self._present.get(topic, {}).items())
        ]
        return message("presence", {"topic": topic, "people": people})
