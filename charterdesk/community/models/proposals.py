"""Forums that somebody who takes part would like to have."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.community.models.forums import Forum
from charterdesk.community.models.people import Profile
from charterdesk.people.models import LANGUAGES
from charterdesk.people.permissions import RUN_COMMUNITY
from charterdesk.people.viewer import Viewer


class ForumProposalQuerySet(QuerySet["ForumProposal"]):
    """Which proposals."""

    def visible_to(self, viewer: Viewer) -> Self:
        """All for who makes forums, else one's own: every surface starts here."""
        if viewer.is_staff:
            return self.all() if viewer.may(RUN_COMMUNITY) else self.filter(author__agent_id=viewer.agent_id)
        return self.none() if viewer.contact_id is None else self.filter(author__contact_id=viewer.contact_id)

    def open(self) -> Self:
        """Those nobody decided on."""
        return self.filter(state=ForumProposal.OPEN)


class ForumProposal(Keyed):
    """A forum somebody would like to have, and what became of it. `reason` is what they were told."""

    OPEN, ACCEPTED, DECLINED = "open", "accepted", "declined"
    STATES: ClassVar = [(OPEN, _("we look at it")), (ACCEPTED, _("made")), (DECLINED, _("not made"))]

    author = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=300)
    language = models.CharField(max_length=5, choices=LANGUAGES, default="en")
    state = models.CharField(max_length=8, choices=STATES, default=OPEN)
    forum = models.ForeignKey(Forum, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    objects = ForumProposalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["author"], condition=Q(state="open"), name="community_one_proposal"),
        ]
        indexes: ClassVar = [models.Index(fields=["author", "-created_at"], name="community_proposals")]

    def __str__(self) -> str:
        return self.name
