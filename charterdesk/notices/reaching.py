"""How one person is reached: what they chose and consented to, and what we know of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from charterdesk.channels.models import SmsNumber, SmsStop
from charterdesk.channels.sms.phone import international
from charterdesk.notices.models import Announcement, NoticeChoice, Recipient
from charterdesk.people.models import Contact, CustomerChoice


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The `state` a recipient begins with, and the address or number that goes with it."""

    contact: Contact
    state: str
    to: str = ""
    language: str = ""


def reaches(announcement: Announcement, contacts: Sequence[Contact], number: SmsNumber | None) -> list[Reach]:
    """How each of `contacts` (with their identities) gets it; texts go from `number`. Three statements."""
    ids = [contact.pk for contact in contacts]
    choices = _choices(ids)
    quiet = set(
        CustomerChoice.objects.filter(contact__in=ids, mails=CustomerChoice.NONE).values_list("contact", flat=True)
    )
    wants_text = [pk for pk, one in choices.items() if one.way == NoticeChoice.SMS and one.sms_consent_at]
    phones = {
        one.pk: international(one.phone, like=number.number) for one in contacts if number and one.pk in wants_text
    }
    stopped = _stopped(phones, number)
    found = []
    for contact in contacts:
        phone = phones.get(contact.pk, "")
        found.append(
            _reach(
                announcement,
                contact,
                choices.get(contact.pk),
                phone="" if phone in stopped else phone,
                is_quiet=contact.pk in quiet,
            )
        )
    return found


def _choices(ids: Sequence[int]) -> dict[int, NoticeChoice]:
    """What each chose; who unsubscribed as a contact that was merged since stays unsubscribed. One statement."""
    rows = NoticeChoice.objects.select_related("contact")
    found: dict[int, NoticeChoice] = {}
    for one in rows.filter(contact__in=ids) | rows.filter(contact__merged_into__in=ids):
        owner = one.contact.merged_into_id or one.contact_id
        if owner == one.contact_id or owner not in found or one.unsubscribed_at:
            kept = found.get(owner)
            if kept and kept.unsubscribed_at:
                continue
            found[owner] = one
    return found


def _stopped(phones: dict[int, str], number: SmsNumber | None) -> set[str]:
    """Numbers that sent STOP. One statement; none where nobody gets a text."""
    if not any(phones.values()) or number is None:
        return set()
    return set(SmsStop.objects.filter(phone__in=phones.values(), number=number).values_list("phone", flat=True))


def _reach(
    announcement: Announcement, contact: Contact, choice: NoticeChoice | None, *, phone: str, is_quiet: bool
) -> Reach:
    must, language = announcement.is_contractual, announcement.language_for(contact.language)
    if choice and choice.unsubscribed_at and not must:
        return Reach(contact=contact, state=Recipient.SKIPPED, language=language)
    portal_only = (choice is not None and choice.way == NoticeChoice.PORTAL) or is_quiet
    if portal_only and not must:
        return Reach(contact=contact, state=Recipient.SHOWN, language=language)
    if phone:
        return Reach(contact=contact, state=Recipient.TEXTED, to=phone, language=language)
    if contact.email:
        return Reach(contact=contact, state=Recipient.MAILED, to=contact.email, language=language)
    return Reach(contact=contact, state=Recipient.SHOWN, language=language)
