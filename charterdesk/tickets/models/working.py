"""What helps to work on a ticket: macros, checklists, and putting it off."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import Agent, Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models.ticket import Ticket


class MacroQuerySet(QuerySet["Macro"]):
    """Macros, chainable."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those `viewer` may use: shared ones, those of their teams, and their own."""
        own = Q(agent_id=viewer.agent_id or 0)
        return self.filter(own | Q(agent=None) & (Q(team=None) | Q(team_id__in=viewer.team_ids)))


class Macro(Keyed):
    """A text in several languages and what is done with it. It belongs to an agent, to a team, or to the whole desk."""

    REPLY, NOTE = "reply", "note"
    KINDS: ClassVar = [(REPLY, _("reply to the customer")), (NOTE, _("note inside the house"))]

    name = models.CharField(_("name"), max_length=120)
    agent = models.ForeignKey(Agent, models.CASCADE, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=5, choices=KINDS, default=REPLY)
    texts = models.JSONField(default=dict, blank=True, help_text="HTML by language, with {facts} in braces")
    template = models.CharField(
        max_length=60,
        default="",
        db_default="",
        blank=True,
        help_text="a template whose text it takes",
    )
    condition = models.JSONField(default=dict, blank=True, help_text="when it is offered; {} always")
    steps = models.JSONField(default=list, blank=True, help_text="operations with their arguments, in order")
    is_active = models.BooleanField(_("in use"), default=True)
    used = models.PositiveIntegerField(default=0, help_text="how often")
    used_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(default=now)
    objects = MacroQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agent"], name="tickets_macro_by_agent"),
            models.Index(fields=["team"], name="tickets_macro_by_team"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def says_something(self) -> bool:
        """Whether it has a text, of its own or of a template."""
        return bool(self.texts or self.template)


class ChecklistItem(Keyed):
    """Something to be done on a ticket, by somebody, by some day."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="checklist")
    text = models.CharField(max_length=300)
    assignee = models.ForeignKey(Agent, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Agent, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["assignee", "due_on", "id"], condition=Q(done_at=None), name="tickets_checklist_to_do"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Snooze(Keyed):
    """A ticket out of the way until a time, or (`until` None) until its customer writes. Its promises run on."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="snooze")
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, blank=True, related_name="+")
    until = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField(default=now)
