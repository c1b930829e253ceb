"""What customers want to hear: their way, their consent to texts, and that they want nothing more."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.notices.events import AnnouncementConfirmed, NoticesChosen
from charterdesk.notices.models import NoticeChoice, Recipient
from charterdesk.people.models import Contact


@transaction.atomic
def choose_notices(
    contact: Contact, *, by: Actor, way: str, consents_to_sms: bool, is_unsubscribed: bool, how: str
) -> NoticeChoice:
    """Keep how `contact` wants announcements; `how` says where they said so (link, page or desk).

    Raises `Refused`: `notices.no_consent` for texts without a consent, `notices.no_phone`.
    """
    if way == NoticeChoice.SMS and not consents_to_sms:
        raise Refused("notices.no_consent", _("To get texts, agree to them."))
    if way == NoticeChoice.SMS and not contact.phone:
        raise Refused("notices.no_phone", _("We know no phone number of yours. Add it to your profile first."))
    choice = NoticeChoice.objects.select_for_update().filter(contact=contact).first() or NoticeChoice(contact=contact)
    before = (choice.way, bool(choice.sms_consent_at), bool(choice.unsubscribed_at))
    if choice.pk and before == (way, consents_to_sms, is_unsubscribed):
        return choice
    choice.way = way
    choice.sms_consent_at = (choice.sms_consent_at or now()) if consents_to_sms else None
    choice.unsubscribed_at = (choice.unsubscribed_at or now()) if is_unsubscribed else None
    choice.unsubscribed_by = (choice.unsubscribed_by or how) if is_unsubscribed else ""
    choice.save()
    publish(NoticesChosen(contact_id=contact.pk, way=way, is_unsubscribed=is_unsubscribed), on=contact, by=by)
    return choice


def unsubscribe(contact: Contact, *, how: str) -> None:
    """They want no announcements that are not part of their contract."""
    _set_subscribed(contact, how=how, is_unsubscribed=True)


def subscribe_again(contact: Contact, *, how: str) -> None:
    """They want announcements again, as they did before."""
    _set_subscribed(contact, how=how, is_unsubscribed=False)


def _set_subscribed(contact: Contact, *, how: str, is_unsubscribed: bool) -> None:
    known = choice_of(contact)
    choose_notices(
        contact,
        by=contact,
        way=NoticeChoice.MAIL if known.way == NoticeChoice.SMS and not contact.phone else known.way,
        consents_to_sms=known.sms_consent_at is not None,
        is_unsubscribed=is_unsubscribed,
        how=how,
    )


def choice_of(contact: Contact) -> NoticeChoice:
    """What they chose; not stored where they chose nothing. One statement."""
    return NoticeChoice.objects.filter(contact=contact).first() or NoticeChoice(contact=contact)


def note_read(recipient: Recipient) -> None:
    """They opened it. One statement, the first time."""
    if recipient.read_at is None:
        Recipient.objects.filter(pk=recipient.pk, read_at=None).update(read_at=now())


@transaction.atomic
def confirm_read(recipient: Recipient) -> None:
    """They confirm that they read it, once."""
    moment = now()
    done = Recipient.objects.filter(pk=recipient.pk, confirmed_at=None).update(confirmed_at=moment)
    if done:
        Recipient.objects.filter(pk=recipient.pk, read_at=None).update(read_at=moment)
        event = AnnouncementConfirmed(announcement_id=recipient.announcement_id, contact_id=recipient.contact_id)
        publish(event, on=recipient.announcement, by=recipient.contact)
