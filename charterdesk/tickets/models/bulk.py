"""One thing done to many tickets: who wanted what, and how far it has come, ticket by ticket."""

from typing import ClassVar

from django.db import models

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import Agent
from charterdesk.tickets.models.ticket import Ticket


class BulkRun(Keyed):
    """A change of many tickets. `undoing` is a run that is taken back."""

    RUNNING, DONE, STOPPED, UNDOING, UNDONE = "running", "done", "stopped", "undoing", "undone"
    STATES: ClassVar = [(state, state) for state in (RUNNING, DONE, STOPPED, UNDOING, UNDONE)]
    AT_WORK = (RUNNING, UNDOING)

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    what = models.CharField(max_length=60, help_text="code of the deed")
    value = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=STATES, default=RUNNING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    undone = models.PositiveIntegerField(default=0)
    said = models.CharField(max_length=300, blank=True, help_text="the first refusal, for whoever wanted the change")
    started_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True, blank=True)

    @property
    def is_at_work(self) -> bool:
        """Whether something is still to be done."""
        return self.state in self.AT_WORK


class BulkItem(models.Model):
    """A ticket of a run: written in the transaction that changes the ticket, so nothing is done twice or forgotten."""

    WAITING, DONE, REFUSED, UNDONE = "waiting", "done", "refused", "undone"
    STATES: ClassVar = [(state, state) for state in (WAITING, DONE, REFUSED, UNDONE)]

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="items", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    before = models.JSONField(null=True, blank=True, help_text="what undoing brings back")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "ticket"], name="tickets_bulk_item_once")]
        indexes: ClassVar = [models.Index(fields=["run", "state", "id"], name="tickets_bulk_items")]
