"""What the community does when something happened."""

from charterdesk.community.actions.forums import join_organisations
from charterdesk.community.actions.profiles import join_profiles
from charterdesk.community.actions.telling import settle_proposal, tell_of_proposal
from charterdesk.community.events import (
    ForumProposalAccepted,
    ForumProposalDeclined,
    ForumProposalEvent,
    ForumProposalWithdrawn,
    ForumProposed,
)
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


@react(ForumProposed)
def tell_who_makes_forums(event: ForumProposed) -> None:
    """Somebody should decide."""
    tell_of_proposal(event.proposal_id)


@react(ForumProposalAccepted, ForumProposalDeclined, ForumProposalWithdrawn)
def nothing_to_decide(event: ForumProposalEvent) -> None:
    """Somebody did, or it was taken back."""
    settle_proposal(event.proposal_id)
