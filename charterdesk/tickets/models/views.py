"""Saved views: lists that people, teams and the desk keep."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import Agent, Team
from charterdesk.people.viewer import Viewer


class SavedViewQuerySet(QuerySet["SavedView"]):
    """Views, chainable."""

    def visible_to(self, viewer: Viewer) -> Self:
        """One's own, those of one's teams, and those of the desk; none for customers."""
        if not viewer.is_staff:
            return self.none()
        teams = Q(sharing=SavedView.TEAM, team_id__in=viewer.team_ids)
        return self.filter(Q(sharing=SavedView.MINE, owner_id=viewer.agent_id) | teams | Q(sharing=SavedView.DESK))


class SavedView(Keyed):
    """Which tickets, in which columns, groups and order. `filter` is what `tickets.views` reads."""

    MINE, TEAM, DESK = "mine", "team", "desk"
    SHARINGS: ClassVar = [
        (MINE, pgettext_lazy("who sees a view", "only you")),
        (TEAM, pgettext_lazy("who sees a view", "a team")),
        (DESK, pgettext_lazy("who sees a view", "everybody of the desk")),
    ]

    name = models.CharField(max_length=80)
    sharing = models.CharField(max_length=4, choices=SHARINGS, default=MINE)
    owner = models.ForeignKey(Agent, models.SET_NULL, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    filter = models.JSONField(default=dict)
    columns = ArrayField(models.CharField(max_length=48), default=list, blank=True)
    grouping = models.CharField(max_length=20, blank=True)
    sorting = models.CharField(max_length=20, default="-updated")
    created_at = models.DateTimeField(default=now, editable=False)
    objects = SavedViewQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        """What addresses call it, beside the names of the queues."""
        return f"view-{self.pk}"


class ViewPlace(models.Model):
    """Where an agent has a view in their list: pinned to the tabs, hidden, and in which order."""

    id = models.BigAutoField(primary_key=True)
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="places")
    is_pinned = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agent", "view"], name="tickets_view_place_once")]
