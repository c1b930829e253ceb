"""An announcement on its way: a piece at a time, each person's row and their mail in one transaction.

Killed in the middle, a piece is undone whole and done again; so everybody is written to once.
"""

from collections.abc import Sequence

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.base.refused import Refused
from charterdesk.channels.actions import queue_mail, queue_mails
from charterdesk.channels.email.addresses import NOTICE, RECIPIENT, make_message_id, tagged
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.jobs import put_off, put_off_all, put_off_text
from charterdesk.channels.models import Outgoing, SmsNumber
from charterdesk.channels.sms.actions import queue_sms
from charterdesk.events.log import BEGINNING, publish, this_cause
from charterdesk.notices.audience import contacts_in
from charterdesk.notices.events import AnnouncementSent, AnnouncementTried
from charterdesk.notices.links import read_link, unsubscribe_link
from charterdesk.notices.models import Announcement, Recipient
from charterdesk.notices.reaching import Reach, reaches
from charterdesk.people.branding import address_of_team, sender_of
from charterdesk.people.models import Agent, Contact
from charterdesk.tickets.filling import fill

PIECE = 100
"""So many people in one transaction."""
SERIALS = 2 * 10**15
"""Message-IDs of test mails count from here, by their event; those of invoices stay below."""


@transaction.atomic
def send_piece(announcement_id: int) -> bool:
    """Write to the next people an announcement is for; whether there may be more of them.

    A dozen statements, and a few for each text.
    """
    rows = Announcement.objects.select_for_update(of=("self",)).select_related("team__branding__brand")
    announcement = rows.filter(pk=announcement_id, state=Announcement.SENDING).first()
    if announcement is None:
        return False
    audience = contacts_in(announcement.audience).filter(pk__gt=announcement.position)
    contacts = list(audience.prefetch_related("identities")[:PIECE])
    if contacts:
        number = SmsNumber.objects.filter(is_active=True).order_by("pk").first()
        _tell(announcement, reaches(announcement, contacts, number), number)
        announcement.position = contacts[-1].pk
    if len(contacts) < PIECE:
        announcement.state, announcement.ended_at = Announcement.DONE, now()
        publish(AnnouncementSent(announcement_id=announcement.pk), on=announcement, by=SYSTEM)
    announcement.save(update_fields=["position", "state", "ended_at"])
    return announcement.state == Announcement.SENDING


def _tell(announcement: Announcement, found: Sequence[Reach], number: SmsNumber | None) -> None:
    """Claim each person, and queue what goes to them."""
    claimed = Recipient.objects.bulk_create(
        [
            Recipient(announcement=announcement, contact=one.contact, language=one.language, state=one.state)
            for one in found
        ]
    )
    pairs = list(zip(claimed, found, strict=True))
    by_mail = [(recipient, one) for recipient, one in pairs if one.state == Recipient.MAILED]
    mails = [mail_of(announcement, recipient, one.to) for recipient, one in by_mail]
    queue_mails(mails)
    put_off_all([(mail.pk, this_cause() or BEGINNING) for mail in mails if mail.state == Outgoing.QUEUED])
    for (recipient, _one), mail in zip(by_mail, mails, strict=True):
        recipient.outgoing = mail
    Recipient.objects.bulk_update([recipient for recipient, _one in by_mail], ["outgoing"])
    for recipient, one in pairs:
        if one.state == Recipient.TEXTED:
            _text(announcement, recipient, one, number)


def mail_of(announcement: Announcement, recipient: Recipient, to: str) -> Outgoing:
    """The mail that carries an announcement to one person, not stored yet."""
    team, said = announcement.team, words_for(announcement, recipient)
    off = unsubscribe_link(recipient.pk, home=address_of_team(team))
    headers = {"Precedence": "bulk"}
    if not announcement.is_contractual:
        headers |= {
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    built = build_plain(
        team=team,
        to=to,
        subject=said["subject"],
        text=said["mail"],
        header=make_message_id(RECIPIENT, announcement.pk, recipient.pk),
        reply_to=team.address,
        headers=headers,
    )
    sender = tagged(team.address, RECIPIENT, recipient.pk)
    return Outgoing(
        header=built.header,
        sender=sender,
        recipients=built.recipients,
        raw=built.raw,
        team_id=team.pk,
        is_automatic=True,
    )


def words_for(announcement: Announcement, recipient: Recipient) -> dict[str, str]:
    """`subject`, `text`, and the text as `mail` carries it, for one person and in their language."""
    said, facts = announcement.text_in(recipient.language), {"customer": recipient.contact.name}
    subject, text = fill(said["subject"], facts), fill(said["text"], facts)
    home = address_of_team(announcement.team)
    with translation.override(recipient.language):
        context = {
            "text": text,
            "announcement": announcement,
            "link": read_link(recipient.pk, home=home),
            "off": unsubscribe_link(recipient.pk, home=home),
            "sender": sender_of(announcement.team),
        }
        mail = render_to_string("notices/announcement.txt", context).strip() + "\n"
    return {"subject": subject, "text": text, "mail": mail}


def _text(announcement: Announcement, recipient: Recipient, one: Reach, number: SmsNumber | None) -> None:
    """One text: what it is about, and where to read it."""
    subject = words_for(announcement, recipient)["subject"]
    text = f"{subject}\n{read_link(recipient.pk, home=address_of_team(announcement.team))}"
    recipient.sms = queue_sms(once=recipient.key, number=number, to=one.to, text=text)
    recipient.save(update_fields=["sms"])
    if recipient.sms:
        put_off_text(recipient.sms)


@transaction.atomic
def note_returned(recipient_id: int) -> None:
    """What was announced to somebody came back. One statement."""
    Recipient.objects.filter(pk=recipient_id, state=Recipient.MAILED).update(state=Recipient.RETURNED)


@transaction.atomic
def try_announcement(announcement: Announcement, *, by: Agent, language: str) -> Outgoing | None:
    """Mail an announcement to somebody of the desk, as customers of `language` get it; its links belong to nobody and
    open nothing.

    Raises `Refused("notices.no_text")`.
    """
    said = announcement.text_in(language)
    if not (said["subject"] and said["text"]):
        raise Refused("notices.no_text", _("Write a subject and a text first."))
    shown = Recipient(pk=0, announcement=announcement, contact=Contact(name=by.name), language=language)
    words = words_for(announcement, shown)
    number = publish(AnnouncementTried(announcement_id=announcement.pk), on=announcement, by=by)
    with translation.override(by.language):
        subject = _("[Test] {subject}").format(subject=words["subject"])
    team = announcement.team
    header = make_message_id(NOTICE, 0, SERIALS + number)
    built = build_plain(team=team, to=by.email, subject=subject, text=words["mail"], header=header)
    mail = queue_mail(
        header=built.header, sender=team.address, recipients=built.recipients, raw=built.raw, team_id=team.pk
    )
    if mail:
        put_off(mail.pk)
    return mail
