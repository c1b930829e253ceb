"""Which remote pictures of a mail are shown: those of messages an agent asked for, and of senders they always show."""

import re
from collections.abc import Collection, Iterable
from html import unescape

from django.http import HttpRequest
from django.urls import reverse

from charterdesk.channels.models import PicturesFrom, RawMail
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Message

ONCE = "pictures"
REMOTE = re.compile(r' data-remote-src="([^"]*)"')


def shown_once(request: HttpRequest) -> Collection[int]:
    """The messages whose pictures the viewer asked for since they signed in."""
    return frozenset(request.session.get(ONCE, ()))


def remote_addresses(html: str) -> list[str]:
    """Where the remote pictures of a message lie, in order."""
    return [unescape(address) for address in REMOTE.findall(html)]


def with_pictures(message: Message, html: str) -> str:
    """`html` with its remote pictures taken from the desk, which fetches them."""
    numbers = iter(range(html.count(" data-remote-src=")))

    def source(found: re.Match[str]) -> str:
        return f' src="{reverse("workspace:picture", args=[message.pk, next(numbers)])}" loading="lazy"'

    return REMOTE.sub(source, html)


def showing_pictures(messages: Iterable[Message], viewer: Viewer, once: Collection[int]) -> set[int]:
    """Those of `messages` (with `verdicts`) whose remote pictures the viewer sees. A statement, if any has some.

    A sender who may be somebody else (DMARC failed) is not the one the viewer knows.
    """
    having = [message for message in messages if "data-remote-src" in message.body_html]
    shown = {message.pk for message in having if message.pk in once}
    senders = {message.author_address.lower(): message for message in having if message.pk not in shown}
    if not senders:
        return shown
    known = PicturesFrom.objects.filter(agent_id=viewer.agent_id or 0, address__in=list(senders))
    trusted = set(known.values_list("address", flat=True))
    return shown | {message.pk for message in having if message.author_address.lower() in trusted and _is_sure(message)}


def _is_sure(message: Message) -> bool:
    verdicts = getattr(message, "verdicts", None) or {}
    return verdicts.get("dmarc") != "fail"


def with_verdicts(message: Message) -> Message:
    """`message` with what was found out about its sender. One statement."""
    message.verdicts = RawMail.objects.filter(message=message).values_list("verdicts", flat=True).first()  # type: ignore[attr-defined]
    return message
