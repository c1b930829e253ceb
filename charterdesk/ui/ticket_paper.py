"""A ticket as a PDF, for the web and for programs. Notes are left out unless asked for."""

import json
import unicodedata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.later import later
from charterdesk.base.refused import require
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.links import without_status_links
from charterdesk.tickets.models import Message, MessageQuerySet, Ticket
from charterdesk.tickets.policies import may_read_notes
from charterdesk.ui.moments import full_moment
from charterdesk.ui.speakers import author_of, kind_of

typst = later("typst")

MOST = 1000
"""So many of the newest messages are printed."""
HERE = Path(__file__).parent


def ticket_pdf(ticket: Ticket, viewer: Viewer, *, with_notes: bool) -> bytes:
    """What the customer may read of `ticket`, as a PDF in our own fonts; `with_notes`, what was said inside as well.

    Its contact, team and assignee are best fetched with it. Two statements, some tenths of a second of processor time.
    """
    said = printed(ticket, viewer, with_notes=with_notes).select_related("agent", "contact", "side_thread")
    shown = [for_paper(message) for message in said.prefetch_related("attachments").order_by("-pk")[:MOST]]
    return typeset(
        {
            "title": f"#{ticket.number} {ticket.subject}",
            "language": (get_language() or "en").partition("-")[0],
            "rtl": get_language_bidi(),
            "facts": facts_of(ticket),
            "solution": ticket.solution,
            "solution_rtl": runs_from_right(ticket.solution),
            "solution_word": _("Solution"),
            "files_word": _("Files:"),
            "footer": _("Printed {time}").format(time=full_moment(now())),
            "messages": [_message(message) for message in reversed(shown)],
        }
    )


def printed(ticket: Ticket, viewer: Viewer, *, with_notes: bool) -> MessageQuerySet:
    """What is printed of `ticket`. Raises `PermissionDenied` for notes that `viewer` may not read."""
    require(not with_notes or may_read_notes(viewer, ticket))
    return ticket.messages.exclude(delivery=Message.CANCELLED) if with_notes else ticket.messages.public()


def for_paper(message: Message) -> Message:
    """`message` without the customer's own links, which would let whoever holds the paper act in their name."""
    for name in ("body_text", "quoted_text", "body_html"):
        text = without_status_links(getattr(message, name), instead=_("[link for the customer alone]"))
        setattr(message, name, text)
    return message


def facts_of(ticket: Ticket) -> list[tuple[str, str]]:
    """What stands at the head: whose it is, how it stands, when things were."""
    facts = [
        (_("Customer"), str(ticket.contact)),
        (_("Organisation"), str(ticket.contact.organisation or "")),
        (_("Status"), ticket.get_status_display()),
        (_("Type"), ticket.get_type_display()),
        (_("Team"), str(ticket.team)),
        (_("Assignee"), str(ticket.assignee or "")),
        (_("Opened"), full_moment(ticket.opened_at)),
        (_("Solved"), full_moment(ticket.solved_at) if ticket.solved_at else ""),
    ]
    return [(name, value) for name, value in facts if value]


def typeset(data: dict[str, Any]) -> bytes:
    """`data` set by `ticket.typ`. Some tenths of a second of processor time."""
    inputs = {"ticket": json.dumps(data)}
    made: bytes = typst.compile(HERE / "ticket.typ", font_paths=[settings.PRINT_FONTS], sys_inputs=inputs)
    return made


def _message(message: Message) -> dict[str, Any]:
    text = _("The content was taken out.") if message.redacted_at else message.body_text
    # Pictures in the text as well: here it is without them.
    files = [file for file in message.attachments.all() if file.redacted_at is None]
    return {
        "author": author_of(message),
        "at": full_moment(message.created_at),
        "kind": kind_of(message),
        "note": message.direction == Message.NOTE or message.side_thread_id is not None,
        "text": text,
        "rtl": runs_from_right(text),
        "files": [file.filename for file in files],
    }


def runs_from_right(text: str) -> bool:
    """Whether `text` runs from right to left: its first letter with a direction says so (UAX #9, rule P2)."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return get_language_bidi()
