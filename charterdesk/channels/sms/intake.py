"""From a text as it came to a message on its ticket."""

import re
from collections.abc import Sequence
from io import BytesIO

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.channels.email.language import language_of
from charterdesk.channels.events import SmsRead
from charterdesk.channels.models import SmsIn, SmsNumber, SmsOut
from charterdesk.channels.sms.actions import queue_sms, start_texts, stop_texts, waiting_parts
from charterdesk.channels.sms.http import NoMedia, fetch_media
from charterdesk.channels.sms.phone import international, written_ways
from charterdesk.events.log import publish
from charterdesk.people.actions import identify_caller
from charterdesk.people.models import Contact
from charterdesk.tickets.actions import Incoming, IncomingFile, open_ticket, receive_message
from charterdesk.tickets.models import Message, Ticket

STOP = {"stop", "stopall", "unsubscribe", "stopp", "arret", "arrêt", "alto", "baja", "توقف", "إيقاف"}
START = {"start", "unstop", "inicio", "ابدأ", "تشغيل"}
"""The words networks and providers know, in the languages of the desk; alone in a text, whatever their case."""
REFERENCE = re.compile(r"#\s?(\d{1,18})\b")


def read_sms(sms_id: int) -> SmsOut | None:
    """Make a text that waits a message; return what is to be answered to STOP, if anything. Fetches its pictures.

    Of a long text, whatever parts are there are taken as one. Done before: nothing happens.
    """
    sms = SmsIn.objects.select_related("number").get(pk=sms_id)
    if sms.state != SmsIn.WAITING:
        return None
    files, missed = _files(sms)
    with transaction.atomic():
        sms.refresh_from_db(from_queryset=SmsIn.objects.select_for_update(of=("self",)).select_related("number"))
        if sms.state != SmsIn.WAITING:
            return None
        text = _whole_text(sms)
        if missed:
            text = f"{text}\n\n{_('(A picture that came with it could not be fetched.)')}".strip()
        return _take_in(sms, text, files)


def _files(sms: SmsIn) -> tuple[list[IncomingFile], bool]:
    """Its pictures, and whether one of them could not be had."""
    files: list[IncomingFile] = []
    missed = False
    for place, url in enumerate(sms.media, 1):
        try:
            content, kind = fetch_media(sms.number, url)
        except NoMedia:
            missed = True
            continue
        ending = kind.rpartition("/")[2].partition("+")[0] or "bin"
        files.append(IncomingFile(filename=f"{place}.{ending}", stream=BytesIO(content), content_type=kind))
    return files, missed


def _whole_text(sms: SmsIn) -> str:
    """Its text, with those of the other parts, which are done with it."""
    if not sms.bundle:
        return sms.text
    parts = list(waiting_parts(sms.bundle).select_for_update())
    SmsIn.objects.filter(pk__in=[part.pk for part in parts if part.pk != sms.pk]).update(state=SmsIn.JOINED)
    return "".join(part.text for part in parts)


def _take_in(sms: SmsIn, text: str, files: Sequence[IncomingFile]) -> SmsOut | None:
    number = sms.number
    if number is None:
        _done(sms, reason="number removed")
        return None
    phone = international(sms.sender, like=number.number)
    if SmsNumber.objects.filter(number=phone or sms.sender).exists():
        _done(sms, reason="loop")
        return None
    word = text.strip().strip(".!").lower()
    if phone and word in STOP:
        return _stop(sms, number, phone)
    if phone and word in START:
        start_texts(number, phone)
        _done(sms, reason="start")
        return None
    _done(sms, message=_message(sms, number, phone, text, files))
    return None


def _stop(sms: SmsIn, number: SmsNumber, phone: str) -> SmsOut | None:
    """They want no more: kept, and said back once."""
    is_new = stop_texts(number, phone)
    _done(sms, reason="stop")
    if not is_new:
        return None
    known = _contact(phone, number, "")
    with translation.override(known.language):
        text = _("You get no more texts from us than answers to what you write. Send START to have them again.")
    return queue_sms(once=f"stop:{sms.pk}", number=number, to=phone, text=text)


def _done(sms: SmsIn, *, message: Message | None = None, reason: str = "") -> None:
    sms.state, sms.message, sms.reason = (SmsIn.READ if message else SmsIn.ASIDE), message, reason
    sms.save(update_fields=["state", "message", "reason"])
    publish(SmsRead(sms_id=sms.pk, message_id=message.pk if message else None, reason=reason), on=sms, by=SYSTEM)


def _contact(phone: str, number: SmsNumber, text: str) -> Contact:
    """Who has that phone; somebody new speaks what they write, or what the number says."""
    language = language_of("", text) or number.language
    ways = written_ways(phone, like=number.number) if phone.startswith("+") else []
    return identify_caller(number=phone, known_as=ways, language=language, by=SYSTEM)


def _message(sms: SmsIn, number: SmsNumber, phone: str, text: str, files: Sequence[IncomingFile]) -> Message:
    """Their message: on the ticket it belongs to, or the first of a new one. A sender that is no phone is a machine."""
    contact = _contact(phone or sms.sender, number, text)
    incoming = Incoming(
        contact=contact,
        channel="sms",
        text=text,
        author_name=contact.name,
        author_address=phone or sms.sender,
        to=[number.number],
        files=files,
        is_automatic=not phone,
        once=f"sms:{sms.pk}",
    )
    if ticket := _ticket(contact, number, text):
        return receive_message(ticket, incoming, by=SYSTEM)
    opened = open_ticket(incoming, team=number.team, by=SYSTEM, language=language_of("", text) or contact.language)
    return opened.messages.get()


def _ticket(contact: Contact, number: SmsNumber, text: str) -> Ticket | None:
    """What they write about: the ticket of theirs that they name, else that of their talk with this number."""
    theirs = Ticket.objects.select_related("team", "contact", "merged_into").filter(contact=contact)
    named = theirs.filter(number__in=[int(found) for found in REFERENCE.findall(text)]).first()
    if named:
        return named
    since = now() - number.joins_for
    talked = Message.objects.filter(
        ticket__contact=contact, direction=Message.IN, channel="sms", to__contains=[number.number]
    )
    lately = theirs.exclude(status=Ticket.CLOSED).filter(last_message_at__gte=since, merged_into=None)
    return lately.filter(pk__in=talked.values("ticket_id")).order_by("-last_message_at").first()
