"""What holds hear of."""

from charterdesk.events.reactions import react
from charterdesk.people.events import ContactMerged, OrganisationMerged
from charterdesk.people.models import Contact, Organisation
from charterdesk.records.actions import carry_hold
from charterdesk.records.models import LegalHold


@react(ContactMerged)
def hold_merged_contact(event: ContactMerged) -> None:
    """What is held went to another contact."""
    carry_hold(LegalHold.CONTACT, from_id=event.merged_id, to=Contact.objects.get(pk=event.contact_id))


@react(OrganisationMerged)
def hold_merged_organisation(event: OrganisationMerged) -> None:
    """What is held went to another organisation."""
    to = Organisation.objects.get(pk=event.organisation_id)
    carry_hold(LegalHold.ORGANISATION, from_id=event.merged_id, to=to)
