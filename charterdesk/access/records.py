"""The part of access in what we keep, with the second factors and single sign-on of allauth.

Keys of second factors and client secrets stay sealed with the secret key of their installation.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from charterdesk.access.models import OpenSession
from charterdesk.base.exported import emptied, exported
from charterdesk.people.models import Contact
from charterdesk.people.personal import Field, Thing, tells

exported("access", "mfa", "socialaccount")
emptied("access_opensession", why="everybody signs in again")
emptied("access_tries", why="counted for some minutes")


@tells("devices", lambda: _("Where you are signed in"))
def tell_devices(contact: Contact, with_notes: bool) -> Iterator[Thing]:
    """Devices on which they are signed in. One query."""
    for session in OpenSession.objects.filter(login_id=contact.login_id or 0).order_by("pk"):
        yield [
            Field("device", _("Device"), session.device),
            Field("address", _("Address"), session.ip or ""),
            Field("way", _("Signed in"), session.get_way_display()),
            Field("opened_at", _("Since"), session.opened_at),
            Field("seen_at", _("Last seen"), session.seen_at),
        ]
