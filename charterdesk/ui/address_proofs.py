"""The mail that proves an address to be a customer's own: both their profile and the API send it."""

from django.core.cache import cache
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.people.actions.customers import address_proof
from charterdesk.people.models import Contact

PER_HOUR = 20
"""So many of these mails one customer has sent in an hour, by each process of the web server."""


def mail_address_proof(contact: Contact, address: str, *, home: str) -> None:
    """Write to `address`; whoever opens the link in it, below `home` and signed in as `contact`, proves it theirs.

    Raises `Refused("people.too_many_proofs")`: nobody has us write to strangers by the hundred.
    """
    key = f"people.proofs:{contact.pk}"
    cache.add(key, 0, timeout=3600)
    if cache.incr(key) > PER_HOUR:
        raise Refused("people.too_many_proofs", _("Those were many mails. Please try again in an hour."))
    path = reverse("portal:prove_address", args=[address_proof(contact, address)])
    facts = {"name": contact.name, "link": f"{home}{path}"}
    subject = render_to_string("ui/mails/address.subject.txt", facts).strip()
    text = render_to_string("ui/mails/address.txt", facts).strip() + "\n"
    send_mail(subject, text, None, [address])
