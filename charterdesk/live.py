"""The live stream: tells open pages that something changed, never what. Bare ASGI, without Django's ORM.

GET  /live?token=…&last=…   Server-Sent Events: `hello` {} first of all; `changed` {"event": 123, "topics":
                            ["ticket:1042"], "pace": 4000}, lists to be fetched anew at most every so many
                            milliseconds; `presence` {"topic", "people": [{"key", "name", "doing"}]}, to staff;
                            `resync` {}: fetch everything anew. `last`, or the Last-Event-ID a browser
                            sends when it connects again, is a position (the `id` of a message, or what
                            `queries.position` gave the page) or an event's number: what was missed comes first.
POST /live/presence         {"token", "topic", "doing": "looking" | "typing" | "left"}, of any content type
GET  /healthz               200 while the log is heard, else 503
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import msgspec
from django.conf import settings

from charterdesk.events.hub import EXPIRES_S, LEFT, Hub, Listener, message
from charterdesk.events.log_stream import LogStream, Piece
from charterdesk.events.position import Snapshot
from charterdesk.events.topics import BadToken, read_token

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

STILL_HERE_S = 15.0
STILL_HERE = b": still here\n\n"
LARGEST_BODY = 64_000
DOINGS = (*EXPIRES_S, LEFT)

log = logging.getLogger(__name__)


class Live:
    """The ASGI application: one hub, one follower of the log, any number of streams."""

    def __init__(self, *, url: str | None = None) -> None:
        self.hub = Hub()
        self._url = url
        self._log: LogStream | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or the server's start and stop."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """From the server's start to its stop."""
        while True:
            step = (await receive())["type"]
            if step == "lifespan.startup":
                self._log = LogStream(self._url or os.environ["DATABASE_URL"])
                self._tasks = [asyncio.create_task(self._follow()), asyncio.create_task(self._forget())]
            else:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)
            await send({"type": f"{step}.complete"})
            if step == "lifespan.shutdown":
                return

    async def _follow(self) -> None:
        """Tell the streams what happens."""
        async for piece in self._stream.follow():
            self._tell(piece)

    def _tell(self, piece: Piece) -> None:
        if piece.news is None:
            self.hub.tell_all(message("resync", {}, position=str(piece.position)))
        for news in piece.news or ():
            self.hub.tell(news.number, news.topics, position=str(piece.position))

    async def _forget(self) -> None:
        """Let go of people who have gone without a word."""
        while True:
            await asyncio.sleep(1.0)
            self.hub.forget_who_left()

    @property
    def _stream(self) -> LogStream:
        if self._log is None:
            raise RuntimeError("the server has not started")
        return self._log

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path = scope["method"], scope["path"].rstrip("/")
        if method == "OPTIONS":
            await _reply(send, 204)
        elif (method, path) == ("GET", "/healthz"):
            await _reply(send, 200 if self._stream.is_connected else 503)
        elif (method, path) == ("GET", "/live"):
            await self._serve(scope, receive, send)
        elif (method, path) == ("POST", "/live/presence"):
            await _reply(send, self._note(await _body(receive)))
        else:
            await _reply(send, 404)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One stream, until the browser closes it or its token ends."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        try:
            given = read_token(query.get("token", [""])[0])
        except BadToken:
            await _reply(send, 403)  # the browser gives up; the page's script loads it anew
            return
        headers = dict(scope["headers"])
        last = headers.get(b"last-event-id", b"").decode("latin-1") or query.get("last", [""])[0]
        hello = b"retry: 2000\n" + message("hello", {}, position=str(self._stream.position))
        listener = self.hub.enter(given, hello=hello)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _stream_headers()})
            await self._catch_up(listener, last)
            await _until_closed(listener, receive, send)
        finally:
            self.hub.leave(listener)

    async def _catch_up(self, listener: Listener, last: str) -> None:
        """Tell what was missed since `last`; a page that missed too much is told to fetch all anew."""
        if not last:
            return
        try:
            piece = await self._missed(last)
        except (ValueError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            piece = Piece(None, self._stream.position)
        if piece.news is None:
            listener.send(message("resync", {}, position=str(piece.position)))
        for news in piece.news or ():
            if topics := sorted(news.topics.intersection(listener.given.topics)):
                self.hub.tell_one(listener, news.number, topics, position=str(piece.position))

    async def _missed(self, last: str) -> Piece:
        if last.isdecimal():
            return await self._stream.since_number(int(last))
        return await self._stream.since(Snapshot.read(last))

    def _note(self, body: bytes) -> int:
        """Take in what somebody does; returns the status."""
        try:
            said = msgspec.json.decode(body)
            given, topic, doing = read_token(said["token"]), said["topic"], said["doing"]
        except BadToken:
            return 403
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
            return 400
        if topic not in given.topics or not given.is_staff:
            return 403
        if doing not in DOINGS:
            return 400
        self.hub.note(given, topic, doing)
        return 204


async def _until_closed(listener: Listener, receive: Receive, send: Send) -> None:
    """Send what there is, or a comment that keeps proxies from closing, until the browser goes."""
    closed = asyncio.create_task(_closed(receive))
    try:
        while not closed.done():
            what = await _take(listener, closed) or STILL_HERE
            await send({"type": "http.response.body", "body": what, "more_body": True})
    finally:
        closed.cancel()
        with suppress(asyncio.CancelledError):
            await closed


async def _take(listener: Listener, closed: asyncio.Task[None]) -> bytes:
    """What is to be sent next; nothing after `STILL_HERE_S`, or as soon as the stream is closed."""
    taking: asyncio.Task[bytes] = asyncio.create_task(listener.take(STILL_HERE_S))
    await asyncio.wait({taking, closed}, return_when=asyncio.FIRST_COMPLETED)
    if not taking.done():
        taking.cancel()
        return b""
    what: bytes = taking.result()
    return what


async def _closed(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _body(receive: Receive) -> bytes:
    """The request's body; empty, which nobody accepts, when it is too long."""
    body: bytes = b""
    while True:
        part = await receive()
        body += part.get("body", b"")
        if len(body) > LARGEST_BODY:
            return b""
        if not part.get("more_body"):
            return body


async def _reply(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [*_origin(), (b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def _stream_headers() -> Headers:
    return [
        *_origin(),
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),  # nginx would hold messages back
    ]


def _origin() -> Headers:
    """Only pages of the desk itself may read the stream."""
    parts = urlsplit(settings.PUBLIC_URL)
    return [
        (b"access-control-allow-origin", f"{parts.scheme}://{parts.netloc}".encode()),
        (b"access-control-allow-methods", b"GET, POST"),
        (b"access-control-allow-headers", b"content-type, last-event-id"),
        (b"vary", b"origin"),
    ]


application = Live()
