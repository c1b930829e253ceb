"""A contract runs out soon: its customer is told, once."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.billing.models import Contract
from charterdesk.channels.actions import queue_mails
from charterdesk.channels.email.addresses import CONTRACT, make_message_id
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.jobs import put_off_all
from charterdesk.channels.models import Outgoing
from charterdesk.events.log import BEGINNING, this_cause
from charterdesk.people.branding import sender_of
from charterdesk.people.models import Contact, Team


@transaction.atomic
def tell_of_end(contract_id: int) -> int:
    """Mail whoever has a contract that it ends, in their language; return how many were told. Asked again, nobody is.

    It concerns their contract, so it goes to those who unsubscribed as well.
    """
    contract = Contract.objects.filter(pk=contract_id, cancelled_at=None, ends_on__isnull=False).first()
    team = Team.objects.select_related("branding__brand").order_by("pk").first()
    if contract is None or team is None:
        return 0
    queued = queue_mails([_mail(team, contract, one) for one in _whom(contract)])
    put_off_all([(one.pk, this_cause() or BEGINNING) for one in queued if one.state == Outgoing.QUEUED])
    return len(queued)


def _whom(contract: Contract) -> list[Contact]:
    """The person whose it is; of an organisation those who see what it asks. Two statements."""
    living = Contact.objects.filter(erased_at=None, merged_into=None).prefetch_related("identities")
    if contract.organisation_id:
        theirs = living.filter(organisation=contract.organisation_id, may_see_organisation=True)
    else:
        theirs = living.filter(pk=contract.contact_id or 0)
    return [one for one in theirs.order_by("pk") if one.email]


def _mail(team: Team, contract: Contract, contact: Contact) -> Outgoing:
    with translation.override(contact.language):
        facts = {"contract": contract, "contact": contact, "link": settings.PUBLIC_URL, "sender": sender_of(team)}
        subject = render_to_string("notices/ending.subject.txt", facts)
        text = render_to_string("notices/ending.txt", facts).strip() + "\n"
    built = build_plain(
        team=team,
        to=contact.email,
        subject=subject,
        text=text,
        header=make_message_id(CONTRACT, contract.pk, contact.pk),
        reply_to=team.address,
    )
    return Outgoing(
        header=built.header,
        sender=team.address,
        recipients=built.recipients,
        raw=built.raw,
        team_id=team.pk,
        is_automatic=True,
    )
