"""Erasing somebody of whom we know an e-mail address alone, who is no customer.

A reader who commented without an account, follows the status, or was copied on somebody else's ticket.
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.channels.forgetting import mails_to
from charterdesk.channels.models import MailAccount, Outgoing, RawMail
from charterdesk.comments.models import Comment, CommentFollow
from charterdesk.events.log import publish
from charterdesk.notices.models import StatusFollower
from charterdesk.people.erasing import NO_CONTACT, Person, forget
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.records.events import AddressErased
from charterdesk.records.queries import held_among
from charterdesk.tickets.models import Copied, Message, SideThread, Ticket

Numbers = dict[str, int]
"""How much there is: `comments`, `follows` (articles and status), `mails`, `tickets` that name the address."""


def owner_of(address: str) -> Contact | None:
    """The customer who has `address`, or signs in with it. One query, or two."""
    by_login = Contact.objects.filter(login__email__iexact=address.strip(), erased_at=None)
    return Contact.objects.with_email(address).first() or by_login.first()


def kept_of(address: str) -> Numbers:
    """What there is of somebody known by `address` alone. Eight statements, one of them over all mails of no ticket.

    Raises `Refused`: `records.bad_address`, `records.of_a_customer`, `records.of_the_house`.
    """
    return _numbers(_of_nobody_else(address))


@transaction.atomic
def erase_address(address: str, *, with_words: bool, by: Actor) -> Numbers:
    """Forget `address` through and through; return what there was, and how much is `left` of it: 0 if all went well.

    Comments stay without name and address, `with_words` they go. Where it is done again, nothing happens. Raises
    `Refused` as `kept_of`, and `records.on_hold`.
    """
    address = _of_nobody_else(address)
    if held_among(_tickets_of(address)):
        raise Refused("records.on_hold", _("A legal hold keeps a ticket that names this address. Lift it first."))
    there = _numbers(address)
    person = Person(
        contact_id=NO_CONTACT, name="", addresses=frozenset({address}), phones=frozenset(), takes_words=with_words
    )
    forget(person)
    left = sum(_numbers(address).values())
    if any(there.values()):
        publish(AddressErased(**there, left=left, with_words=with_words), on="desk:1", by=by)
    return {**there, "left": left}


def _of_nobody_else(address: str) -> str:
    """`address` as it is kept, if neither a customer nor the house has it. Raises `Refused`."""
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused("records.bad_address", _("This is no e-mail address.")) from error
    if owner_of(address):
        raise Refused("records.of_a_customer", _("A customer has this address: erase the customer."))
    ours = (
        Agent.objects.filter(login__email__iexact=address),
        Team.objects.filter(address__iexact=address),
        MailAccount.objects.filter(address__iexact=address),
    )
    if any(found.exists() for found in ours):
        raise Refused("records.of_the_house", _("This is an address of the desk itself or of its staff."))
    return address


def _numbers(address: str) -> Numbers:
    follows = CommentFollow.objects.filter(address=address), StatusFollower.objects.filter(address=address)
    return {
        "comments": Comment.objects.filter(address=address).count(),
        "follows": sum(each.count() for each in follows),
        "mails": _mails(address),
        "tickets": _tickets_of(address).count(),
    }


def _mails(address: str) -> int:
    """Mails that came from `address`, and those of no ticket that say it or are still to go there."""
    came = RawMail.objects.filter(Q(sender=address) | Q(from_address=address))
    waiting = Outgoing.objects.filter(recipients__contains=[address]).values_list("pk", flat=True)
    return came.count() + len({*waiting, *mails_to([address])})


def _tickets_of(address: str) -> QuerySet[Ticket]:
    """Tickets of others on which `address` got copies, was asked or wrote."""
    copied = Copied.objects.filter(address=address).values("ticket_id")
    asked = SideThread.objects.filter(address=address).values("ticket_id")
    wrote = Message.objects.filter(author_address=address).values("ticket_id")
    return Ticket.objects.filter(Q(pk__in=copied) | Q(pk__in=asked) | Q(pk__in=wrote))
