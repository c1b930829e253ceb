"""A ticket's timeline: messages, and between them what happened as grey lines that open."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.html import conditional_escape, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.kept import Given, Kept
from charterdesk.channels.models import RawMail
from charterdesk.events.models import LoggedEvent
from charterdesk.people.viewer import Viewer
from charterdesk.scanning.clamd import is_set_up
from charterdesk.scanning.showing import scan_columns, scan_note
from charterdesk.tickets.models import Attachment, Message, Ticket
from charterdesk.tickets.policies import may_read_notes
from charterdesk.ui.files import SHOWN_IN_PLACE
from charterdesk.ui.speakers import author_of, kind_of
from charterdesk.workspace.history import Entry, told
from charterdesk.workspace.remote import showing_pictures, with_pictures

PAGE = 30
LONGEST = 300
EVENTS_AT_MOST = 200
NO_END = 2**63 - 1
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# The Content-Security-Policy lets no style of a mail through anyway.
STYLE = re.compile(r'(<[a-z][^<>]*?) style="[^"]*"')
CID_IMAGE = re.compile(r'src="cid:([^"]*)"')
DELIVERY_ICONS = {
    Message.SCHEDULED: "clock",
    Message.QUEUED: "clock",
    Message.SENT: "check",
    Message.DELIVERED: "check-check",
    Message.UNDELIVERED: "mail-warning",
    Message.IN_DOUBT: "mail-question-mark",
    Message.CANCELLED: "undo-2",
}

DELIVERY_HINTS = {
    Message.QUEUED: gettext_lazy("It waits for a mail server to take it."),
    Message.SENT: gettext_lazy("A mail server took it over. If it comes back, it says so here."),
    Message.DELIVERED: gettext_lazy("It is on their phone."),
    Message.UNDELIVERED: gettext_lazy("It came back, or was refused."),
    Message.IN_DOUBT: gettext_lazy("Nobody knows whether it was taken over. It is not sent again by itself."),
}


@dataclass(frozen=True, kw_only=True)
class FileView:
    """A file as `ui/attachments.html` shows it."""

    pk: int
    name: str
    size: int
    url: str
    thumbnail_url: str
    is_redacted: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class MessageView:
    """A message as `ui/message.html` shows it, with what the viewer may do to it."""

    pk: int
    side: str
    author: str
    at: datetime
    html: SafeString
    quoted: SafeString | str
    files: Sequence[FileView]
    kind: str
    delivery: str
    delivery_word: str
    delivery_note: str
    to: Sequence[str]
    cc: Sequence[str]
    checks: Mapping[str, str]
    is_redacted: bool
    is_scheduled: bool
    send_at: datetime | None
    may_resend: bool
    is_public: bool
    pictures: int
    sender: str
    thread: int | None

    @property
    def is_doubtful(self) -> bool:
        """Whether the sender may be somebody else: the domain's own rule (DMARC) failed."""
        return self.checks.get("DMARC") == "fail"

    @property
    def anchor(self) -> str:
        """What the address of this message ends with."""
        return f"message-{self.pk}"

    @property
    def delivery_hint(self) -> str:
        """What the delivery state means, in a sentence."""
        return str(DELIVERY_HINTS.get(self.delivery, ""))

    @property
    def delivery_icon(self) -> str:
        """The picture beside the delivery state."""
        return DELIVERY_ICONS.get(self.delivery, "circle")


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing on the timeline: a day begins, a message, or some events in a row."""

    kind: str
    at: datetime
    message: MessageView | None = None
    entries: Sequence[Entry] = ()

    @property
    def more(self) -> int:
        """How many events the line stands for beside the one it tells."""
        return len(self.entries) - 1

    @property
    def key(self) -> str:
        """A name that stays the same when the timeline is made anew."""
        if self.message:
            return self.message.anchor
        return f"day-{self.at:%Y%m%d}" if self.kind == "day" else f"event-{self.entries[0].pk}"


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """A stretch of the timeline, oldest first. `earlier` is the message before which more lies, or None."""

    items: Sequence[Item] = field(default=())
    earlier: int | None = None
    oldest: int = 0
    newest: int = 0


def timeline_of(
    ticket: Ticket,
    viewer: Viewer,
    *,
    before: int | None = None,
    back_to: int | None = None,
    size: int = PAGE,
    once: Collection[int] = (),
) -> Timeline:
    """The last `size` messages of `ticket` (before message `before`) and what happened between. Three statements.

    With `back_to` it goes back to that message, at most `LONGEST`: what is fetched anew joins what was fetched before.
    Remote pictures are shown of the messages `once`, and of senders the viewer trusts (one statement more).
    """
    if back_to:
        size = min(LONGEST, max(size, ticket.messages.filter(pk__gte=back_to)[:LONGEST].count()))
    messages = _messages(ticket, viewer, before, size)
    page, more = messages[:size], len(messages) > size
    since = page[-1].created_at if more else None
    until = page[0].created_at if before and page else None
    entries = told(_events(ticket, since, until))
    pictured = showing_pictures(page, viewer, once)
    views = [message_view(message, viewer, pictured=message.pk in pictured) for message in reversed(page)]
    return Timeline(
        items=list(_with_days(_in_a_row(_merged(views, entries)))),
        earlier=page[-1].pk if more else None,
        oldest=page[-1].pk if page else 0,
        newest=page[0].pk if page else 0,
    )


def _messages(ticket: Ticket, viewer: Viewer, before: int | None, size: int) -> list[Message]:
    """Newest first, one more than asked for, with their files as dictionaries in `file_rows`. One statement."""
    # Who sees the ticket and reads notes reads all of it: no need to have the database look for the team again.
    reads_all = may_read_notes(viewer, ticket)
    if reads_all and size == PAGE:
        return _a_page(is_set_up()).rows(ticket=ticket.pk, before=min(before or NO_END, NO_END))
    seen = ticket.messages.all() if reads_all else ticket.messages.visible_to(viewer)
    return list(_shown(seen.filter(pk__lt=before) if before else seen)[: size + 1])


def _shown(found: QuerySet[Message]) -> QuerySet[Message]:
    return with_files(found.exclude(delivery=Message.CANCELLED)).order_by("-pk")


@cache
def _a_page(_is_scanned: bool) -> Kept[Message, Message]:
    """One with the columns of the scanner, one without."""
    found = Message.objects.filter(ticket=Given("ticket"), pk__lt=Given("before"))
    return Kept(lambda: _shown(found)[: PAGE + 1], one_plan=False)


def with_files(found: QuerySet[Message]) -> QuerySet[Message]:
    """`found` with what `message_view` needs: people, `file_rows`, `verdicts`."""
    files = Attachment.objects.filter(message=OuterRef("pk")).order_by("pk")
    row = _file_row()
    verdicts = RawMail.objects.filter(message=OuterRef("pk")).values("verdicts")[:1]
    people = found.select_related("agent", "contact", "side_thread")
    return people.annotate(file_rows=ArraySubquery(files.values(row=row)), verdicts=Subquery(verdicts))


def _file_row() -> JSONObject:
    return JSONObject(
        pk="pk",
        name="filename",
        size="size",
        type="content_type",
        cid="content_id",
        inline="is_inline",
        redacted_at="redacted_at",
        **scan_columns(),
    )


def file_views(message_ids: Iterable[int | None]) -> dict[int, list[FileView]]:
    """The files of these messages, by message, as `ui/attachments.html` shows them. One statement, none for none."""
    found: dict[int, list[FileView]] = {}
    if ids := [pk for pk in message_ids if pk is not None]:
        files = Attachment.objects.filter(message__in=ids).order_by("pk")
        for message_id, row in files.values_list("message", _file_row()):
            found.setdefault(message_id, []).append(_file_view(row))
    return found


def _events(ticket: Ticket, since: datetime | None, until: datetime | None) -> list[LoggedEvent]:
    """What was logged about `ticket` in a span, oldest first; of a very long list the newest. One statement.

    The log of a ticket has an index by number alone. So the newest are read without asking for the time: asked for it,
    the database reads all that ever happened to a ticket of thousands of messages.
    """
    if until:
        found = _EARLIER.rows(subject=ticket.key, since=since or LONG_AGO, until=until)
    else:
        found = [event for event in _NEWEST.rows(subject=ticket.key) if since is None or event.at >= since]
    return found[::-1]


def _logged() -> QuerySet[LoggedEvent]:
    found = LoggedEvent.objects.filter(subject=Given("subject")).order_by("-id")
    return found.only("id", "at", "code", "actor", "data")


_NEWEST = Kept(lambda: _logged()[:EVENTS_AT_MOST], one_plan=False)
_EARLIER = Kept(
    lambda: _logged().filter(at__gte=Given("since"), at__lt=Given("until"))[:EVENTS_AT_MOST], one_plan=False
)


def has_whole(message: Message) -> bool:
    """Whether `message` was more than is shown of it: quotes folded away, as plain text."""
    return bool(message.direction == Message.IN and message.quoted_text and message.body_html)


def message_view(message: Message, viewer: Viewer, *, pictured: bool = False) -> MessageView:
    """`message` (with `file_rows`) as it is shown, with its remote pictures if `pictured`. No statement."""
    is_part = has_whole(message)
    shown = "" if is_part else message.body_html
    files = [_file_view(row) for row in message.file_rows if not _stands_in(shown, row)]  # type: ignore[attr-defined]
    return MessageView(
        pk=message.pk,
        side=_side(message),
        author=author_of(message),
        at=message.created_at,
        html=_html(message, whole=not is_part, pictured=pictured),
        quoted=_text(message.quoted_text) if message.quoted_text else "",
        files=[file for file in files if not file.is_redacted],
        kind=kind_of(message),
        delivery=message.delivery,
        delivery_word=message.get_delivery_display() if message.delivery else "",
        delivery_note=message.delivery_note,
        to=message.to,
        cc=message.cc,
        checks=_checks(message.verdicts or {}),  # type: ignore[attr-defined]
        is_redacted=message.redacted_at is not None,
        is_scheduled=message.delivery == Message.SCHEDULED,
        send_at=message.send_at,
        may_resend=message.delivery in (Message.UNDELIVERED, Message.IN_DOUBT),
        is_public=message.is_public,
        pictures=0 if pictured or is_part else message.body_html.count(" data-remote-src="),
        sender=message.author_address,
        thread=message.side_thread_id,
    )


def _checks(verdicts: Mapping[str, Any]) -> dict[str, str]:
    """What was found out about the sender: SPF, DKIM and DMARC, as far as they were looked at."""
    return {name.upper(): str(verdicts[name]) for name in ("spf", "dkim", "dmarc") if verdicts.get(name)}


def _side(message: Message) -> str:
    if message.direction == Message.NOTE or message.side_thread_id:
        return "is-note" if message.direction != Message.IN else "is-note third"
    return "ours" if message.direction == Message.OUT else "customer"


def _html(message: Message, *, whole: bool, pictured: bool) -> SafeString:
    """What the message says: its own HTML, made safe at the door; else its text."""
    if message.redacted_at:
        return conditional_escape(_("The content was taken out."))
    if message.body_html and whole:
        html = with_pictures(message, message.body_html) if pictured else message.body_html
        return own_images(html, message.file_rows)  # type: ignore[attr-defined]
    return _text(message.body_text)


def _stands_in(html: str, row: Mapping[str, Any]) -> bool:
    """Whether a file is a picture that the text shows already."""
    return bool(row["inline"] and row["cid"] and row["type"] in SHOWN_IN_PLACE and f"cid:{row['cid']}" in html)


def own_images(html: str, files: Sequence[Mapping[str, Any]]) -> SafeString:
    """`html`, which `clean_html` made safe, with its `cid:` images taken from the message's own files."""
    urls = {row["cid"].strip("<>"): _url(row) for row in files if row["cid"] and row["type"] in SHOWN_IN_PLACE}

    def source(found: re.Match[str]) -> str:
        url = urls.get(found.group(1))
        return f'src="{url}?show=1" loading="lazy"' if url else ""

    return mark_safe(CID_IMAGE.sub(source, STYLE.sub(r"\1", html)))


def _text(text: str) -> SafeString:
    """Plain text as paragraphs with links."""
    return mark_safe(linebreaks(urlize(text, nofollow=True, autoescape=True)))


def _url(row: Mapping[str, Any]) -> str:
    return reverse("workspace:file", args=[row["pk"]])


def _file_view(row: Mapping[str, Any]) -> FileView:
    url = _url(row)
    return FileView(
        pk=row["pk"],
        name=row["name"],
        size=row["size"],
        url=url,
        thumbnail_url=f"{url}?show=1" if row["type"] in SHOWN_IN_PLACE else "",
        is_redacted=row["redacted_at"] is not None,
        note=scan_note(row.get("scan"), row.get("found")),
    )


def _merged(views: Sequence[MessageView], entries: Sequence[Entry]) -> list[Item]:
    """Both in the order of time."""
    items = [Item(kind="message", at=view.at, message=view) for view in views]
    items += [Item(kind="events", at=entry.at, entries=(entry,)) for entry in entries]
    return sorted(items, key=lambda item: item.at)


def _in_a_row(items: Sequence[Item]) -> Iterator[Item]:
    """Events with no message between them become one item."""
    gathered: list[Entry] = []
    for item in items:
        if item.kind == "events":
            gathered.extend(item.entries)
            continue
        if gathered:
            yield Item(kind="events", at=gathered[0].at, entries=tuple(gathered))
            gathered = []
        yield item
    if gathered:
        yield Item(kind="events", at=gathered[0].at, entries=tuple(gathered))


def _with_days(items: Iterator[Item]) -> Iterator[Item]:
    """A mark where a new day begins."""
    day = None
    for item in items:
        if item.at.date() != day:
            day = item.at.date()
            yield Item(kind="day", at=item.at)
        yield item
