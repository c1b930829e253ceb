"""Many new requests read in the statements of one: what a desk meets after a night, or when a main has burst.

Only the plain case is taken here: somebody's own mail that answers nothing, isn't junk and came once. Every other mail
is left to `intake`, one by one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from charterdesk.base.keys import SYSTEM
from charterdesk.channels.actions import remember_all
from charterdesk.channels.email import intake
from charterdesk.channels.email.addresses import read_tag
from charterdesk.channels.email.intake import (
    WANTED,
    fingerprint_of_mail,
    incoming_of,
    name_of,
    read_arrived,
    recipients_of,
    sender_of,
)
from charterdesk.channels.email.junk import blocked_among, junk_scores
from charterdesk.channels.email.language import language_of
from charterdesk.channels.email.reading.mail import ReadMail, read_mail
from charterdesk.channels.email.threads import REFERENCE
from charterdesk.channels.email.verdicts import sender_verdicts
from charterdesk.channels.events import MailRead
from charterdesk.channels.models import MailReference, RawMail
from charterdesk.events.log import Cause, caused_by, event_row, write_events
from charterdesk.people.actions import Writer, identify_contacts
from charterdesk.people.models import Team
from charterdesk.tickets.actions import open_ticket
from charterdesk.tickets.models import Message

BIG = 500_000  # bytes: such mails are read one by one, lest many of them fill the memory


@dataclass(slots=True)
class _Request:
    """A mail that opens a ticket, and what was found out about it."""

    mail: RawMail
    read: ReadMail
    sender: str
    team: Team
    language: str
    cause: Cause

    @property
    def writer(self) -> Writer:
        """Whom it is from."""
        return Writer(email=self.sender, name=name_of(self.read), language=self.language, cause=self.cause)


def read_arrived_together(causes: Mapping[int, Cause]) -> None:
    """Read the mails with these numbers, each because of its cause; in the caller's transaction.

    About fifteen statements for all new requests and one for each; the mails that are something else cost what they
    cost `read_arrived`. Raises what reading them raises: the caller has each tried alone.
    """
    plain: list[_Request] = []
    if len(causes) > 1:
        with transaction.atomic():
            plain = _plain_requests(causes)
            _open(plain)
    taken = {request.mail.pk for request in plain}
    for mail_id, cause in causes.items():
        if mail_id not in taken:
            with caused_by(cause):
                read_arrived(mail_id)


def _plain_requests(causes: Mapping[int, Cause]) -> list[_Request]:
    """The mails among `causes` that are plain requests, locked. Six statements."""
    waiting = RawMail.objects.filter(pk__in=list(causes), state=RawMail.WAITING, size__lt=BIG)
    mails = waiting.select_for_update().order_by("pk")
    found = [
        (mail, read) for mail in mails if mail.reason != WANTED if _is_plain(mail, read := read_mail(bytes(mail.raw)))
    ]
    for mail, read in found:
        mail.fingerprint, mail.verdicts = fingerprint_of_mail(read), sender_verdicts(mail, read)
    found = [(mail, read) for mail, read in _not_came_before(found) if mail.verdicts.get("dmarc") != "fail"]
    blocked = blocked_among([sender_of(read) for _mail, read in found])
    found = [(mail, read) for mail, read in found if sender_of(read) not in blocked]
    scores = junk_scores([read for _mail, read in found])
    teams = {team.pk: team for team in Team.objects.order_by("pk")} if found else {}
    requests: list[_Request] = []
    for (mail, read), score in zip(found, scores, strict=True):
        mail.verdicts["junk"] = round(score, 3)
        team = teams.get(intake.mailboxes.team_id(recipients_of(mail, read)) or 0) or next(iter(teams.values()), None)
        if team and score <= settings.JUNK_THRESHOLD:
            language = language_of(read.subject or "", read.reply_text or "") or team.language
            requests.append(_Request(mail, read, sender_of(read), team, language, causes[mail.pk]))
    return requests


def _is_plain(mail: RawMail, read: ReadMail) -> bool:
    """Whether it can only be a new request: from somebody, answering nothing, and not of our own making."""
    return (
        read.verdict == "message"
        and bool(sender_of(read))
        and not (read.in_reply_to or read.references or read.faults)
        and not mail.source.startswith("sent:")
        and not read.headers("X-Charterdesk")
        and not REFERENCE.search(read.subject or "")
        and not any(read_tag(recipient) for recipient in recipients_of(mail, read))
    )


def _not_came_before(found: Iterable[tuple[RawMail, ReadMail]]) -> list[tuple[RawMail, ReadMail]]:
    """Those of which no copy was read before; of copies among them, the first. One statement."""
    mails = list(found)
    prints = [mail.fingerprint for mail, _read in mails if mail.fingerprint]
    seen = set(
        RawMail.objects.filter(fingerprint__in=prints, state=RawMail.READ).values_list("fingerprint", flat=True)
        if prints
        else ()
    )
    fresh: list[tuple[RawMail, ReadMail]] = []
    for mail, read in mails:
        if not mail.fingerprint or mail.fingerprint not in seen:
            fresh.append((mail, read))
            seen.add(mail.fingerprint)
    return fresh


def _open(requests: Sequence[_Request]) -> None:
    """Open the tickets, and say what became of the mails. About nine statements and one for each ticket."""
    if not requests:
        return
    contacts = identify_contacts([request.writer for request in requests], by=SYSTEM)
    for request in requests:
        incoming = incoming_of(
            request.mail, request.read, contact_email=request.sender, contact=contacts[request.sender]
        )
        with caused_by(request.cause):
            open_ticket(incoming, team=request.team, by=SYSTEM, language=request.language)
    once = {f"mail:{request.mail.pk}": number for number, request in enumerate(requests)}
    messages = sorted(Message.objects.filter(once__in=list(once)), key=lambda message: once[message.once or ""])
    remember_all(
        [
            MailReference(message=message, header=request.read.message_id[:500])
            for request, message in zip(requests, messages, strict=True)
            if request.read.message_id
        ]
    )
    _mark_read(requests, messages)


_UPDATE = """
    UPDATE channels_rawmail AS mail
       SET state = %s, reason = '', subject = row.subject, from_address = row.from_address,
           fingerprint = row.fingerprint, verdicts = row.verdicts, message_id = row.message_id
      FROM jsonb_to_recordset(%s::jsonb) AS row (
           id bigint, subject text, from_address text, fingerprint text, verdicts jsonb, message_id bigint)
     WHERE mail.id = row.id
"""


def _mark_read(requests: Sequence[_Request], messages: Sequence[Message]) -> None:
    """The mails became `messages`. Two statements, which leave alone what is big."""
    rows = [
        {
            "id": request.mail.pk,
            "subject": (request.read.subject or "")[:300],
            "from_address": request.sender[:320],
            "fingerprint": request.mail.fingerprint,
            "verdicts": request.mail.verdicts,
            "message_id": message.pk,
        }
        for request, message in zip(requests, messages, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [RawMail.READ, json.dumps(rows)])
    events = []
    for request, message in zip(requests, messages, strict=True):
        with caused_by(request.cause):
            event = MailRead(mail_id=request.mail.pk, message_id=message.pk)
            events.append(event_row(event, on=request.mail, by=SYSTEM))
    write_events(events)
