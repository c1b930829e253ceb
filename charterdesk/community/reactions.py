"""What the community does when something happened."""

from charterdesk.community.actions.forums import join_organisations
from charterdesk.community.actions.profiles import join_profiles
from charterdesk.events.reactions import react
from charterdesk.people.events import ContactMerged, OrganisationMerged


@react(ContactMerged)
def go_on_talking(event: ContactMerged) -> None:
    """What either said is said by the one that lives on."""
    join_profiles(event.contact_id, merged_id=event.merged_id)


@react(OrganisationMerged)
def go_on_reading_forums(event: OrganisationMerged) -> None:
    """Their people read on."""
    join_organisations(event.organisation_id, merged_id=event.merged_id)
