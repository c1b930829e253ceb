"""What the help centre does when something happened."""

from charterdesk.events.reactions import react
from charterdesk.knowledge.actions.keeping import join_organisations
from charterdesk.people.events import OrganisationMerged


@react(OrganisationMerged)
def go_on_reading(event: OrganisationMerged) -> None:
    """Their people read on."""
    join_organisations(event.organisation_id, merged_id=event.merged_id)
