"""What people of the desk choose for themselves: what they hear of and how, who stands in, where their day begins."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.keys import Keyed
from charterdesk.people.models.core import Agent


class Preferences(Keyed):
    """An agent's choices; who chose nothing has none.

    `ways` maps a kind of notice to the ways by which it comes. Between `quiet_from` and `quiet_until`, in the agent's
    own time zone, nothing is pushed or mailed: it waits. While they are away, `stand_in` hears and gets what they
    would.
    """

    INBOX, DASHBOARD = "inbox", "dashboard"
    LANDINGS: ClassVar = [
        (INBOX, _("Inbox")),
        (DASHBOARD, pgettext_lazy("page that shows how the day stands", "Today")),
    ]

    agent = models.OneToOneField(Agent, models.CASCADE, related_name="preferences")
    ways = models.JSONField(default=dict)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    stand_in = models.ForeignKey(Agent, models.SET_NULL, null=True, blank=True, related_name="+")
    landing = models.CharField(_("the day begins at"), max_length=12, choices=LANDINGS, default=INBOX)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stand_in=None) | ~Q(stand_in=F("agent")), name="people_nobody_stands_in_for_themselves"
            )
        ]

    def __str__(self) -> str:
        return f"what agent {self.agent_id} chose"
