"""Figures kept day by day, so that no report reads tickets; and reports that are mailed by the clock."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import Agent


class Case(models.Model):
    """What was counted of one ticket, up to event `applied_id`: what comes again is known, what changes is undone."""

    ticket_id = models.BigIntegerField(primary_key=True)
    applied_id = models.BigIntegerField()
    state = models.JSONField()

    def __str__(self) -> str:
        return f"what was counted of ticket {self.ticket_id}"


class Daily(models.Model):
    """The figures of a day for one team: of all its tickets, or of those of one agent, channel, tag, level of
    complaints or tier of loyal customers.

    The day is the team's own, in the time zone of its opening hours. Times are seconds of open time. `flow` is how
    many more came into the backlog than left it.
    """

    ALL, AGENT, CHANNEL, TAG, LEVEL, TIER = "all", "agent", "channel", "tag", "level", "tier"

    day = models.DateField()
    team_id = models.BigIntegerField()
    by = models.CharField(max_length=8)
    value = models.CharField(max_length=50)
    opened = models.IntegerField(default=0)
    replied = models.IntegerField(default=0)
    reply_s = models.BigIntegerField(default=0)
    reply_kept = models.IntegerField(default=0)
    reply_late = models.IntegerField(default=0)
    solved = models.IntegerField(default=0)
    solve_s = models.BigIntegerField(default=0)
    solve_kept = models.IntegerField(default=0)
    solve_late = models.IntegerField(default=0)
    flow = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["by", "team_id", "day", "value"], name="quality_daily_once")
        ]


class Spread(models.Model):
    """How many of a day's first replies or solutions took about so long: what medians are read from.

    Bucket n holds times from 2 ** (n / 4) minutes up to the next one's.
    """

    REPLY, SOLVE = "reply", "solve"

    day = models.DateField()
    team_id = models.BigIntegerField()
    by = models.CharField(max_length=8)
    value = models.CharField(max_length=50)
    what = models.CharField(max_length=5)
    bucket = models.SmallIntegerField()
    tickets = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["by", "team_id", "what", "day", "value", "bucket"], name="quality_spread_once"
            )
        ]


class Schedule(Keyed):
    """A report that is mailed by itself: whose it is decides which teams it tells of."""

    WEEKLY, MONTHLY, RULED = "weekly", "monthly", "ruled"
    RHYTHMS: ClassVar = [
        (WEEKLY, _("every week, on Monday")),
        (MONTHLY, _("every month, on the first")),
        (RULED, _("whenever a rule says so")),
    ]

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    measure = models.CharField(_("measure"), max_length=10)
    by = models.CharField(_("by"), max_length=8)
    rhythm = models.CharField(_("how often"), max_length=8, choices=RHYTHMS, default=WEEKLY)
    to = ArrayField(models.EmailField(), verbose_name=_("to"))
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.measure} by {self.by}, {self.rhythm}"
