"""The part of notices in what we keep of people."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from charterdesk.base.exported import exported
from charterdesk.notices.models import NoticeChoice, Recipient, StatusFollower
from charterdesk.people.erasing import Person, erases
from charterdesk.people.models import Contact
from charterdesk.people.personal import Field, Thing, tells

exported("notices")


@tells("announcements", lambda: _("What we announced to you"))
def tell_announcements(contact: Contact, with_notes: bool) -> Iterator[Thing]:
    """What was announced to them, how, and whether they read it, oldest first. One statement."""
    theirs = Q(contact=contact) | Q(contact__merged_into=contact)
    for one in Recipient.objects.filter(theirs).select_related("announcement").order_by("pk"):
        yield [
            Field("subject", _("Subject"), one.announcement.text_in(one.language)["subject"]),
            Field("how", _("How"), one.get_state_display()),
            Field("at", _("Time"), one.told_at),
            Field("read", _("Read"), one.read_at),
            Field("confirmed", _("Confirmed"), one.confirmed_at),
        ]


@tells("announcement_choices", lambda: _("How you want announcements"))
def tell_choices(contact: Contact, with_notes: bool) -> Iterator[Thing]:
    """Their way, consent and unsubscription, and what of the status they follow. Three statements."""
    for one in NoticeChoice.objects.filter(contact=contact):
        yield [
            Field("way", _("How"), one.get_way_display()),
            Field("sms_consent", _("Agreed to texts"), one.sms_consent_at),
            Field("unsubscribed", _("Unsubscribed"), one.unsubscribed_at),
        ]
    addresses = [identity.value for identity in contact.identities.all()]
    for follower in StatusFollower.objects.filter(address__in=addresses).select_related("incident"):
        yield [
            Field("follows", _("Follows the status"), str(follower.incident or _("everything"))),
            Field("since", _("Since"), follower.confirmed_at),
        ]


@erases
def forget_in_notices(person: Person) -> None:
    """What they chose and followed goes; that something was announced to somebody stays as a figure. Two statements."""
    NoticeChoice.objects.filter(contact=person.contact_id).delete()
    StatusFollower.objects.filter(address__in=person.addresses).delete()
