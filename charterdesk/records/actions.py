"""Every write of records: what is handed out, what is kept back from deletion, what goes when its time has come."""

from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.models import Contact
from charterdesk.records.events import ContactExported
from charterdesk.records.person import write_person


@transaction.atomic
def export_person(contact: Contact, *, by: Actor, with_notes: bool = False) -> IO[bytes]:
    """Everything we keep of `contact`: an open zip with `person.json`, `person.html` and their files.

    With `with_notes` also what was written inside the house about them: for an administrator to look through first.
    The caller closes the file. Raises `Refused("records.erased")`. Two statements for each ticket.
    """
    if contact.erased_at:
        raise Refused("records.erased", _("This customer was erased: nothing is kept of them any more."))
    publish(ContactExported(contact_id=contact.pk, with_notes=with_notes), on=contact, by=by)
    return write_person(contact, with_notes=with_notes)
