"""What readers did with articles and said of them, and what is put right."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.knowledge.models.articles import Article, ArticleText
from charterdesk.people.models import Agent, Contact


class DayCount(models.Model):
    """How often a text was read on a day, and what came of it. Kept by counting, never reckoned anew."""

    text = models.ForeignKey(ArticleText, models.CASCADE, related_name="days")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0, db_default=0)
    helpful = models.PositiveIntegerField(default=0, db_default=0)
    unhelpful = models.PositiveIntegerField(default=0, db_default=0)
    taken = models.PositiveIntegerField(default=0, db_default=0, help_text="read instead of sending a request")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "day"], name="knowledge_day_once"),
        ]

    def __str__(self) -> str:
        return f"text {self.text_id} on {self.day}"


class Feedback(Keyed):
    """What a reader said of one version."""

    HELPFUL, UNHELPFUL, MISSING, OUTDATED = "helpful", "unhelpful", "missing", "outdated"
    KINDS: ClassVar = [
        (HELPFUL, _("It helped")),
        (UNHELPFUL, _("It did not help")),
        (MISSING, _("Something is missing")),
        (OUTDATED, _("It is out of date")),
    ]

    text = models.ForeignKey(ArticleText, models.CASCADE, related_name="feedback")
    number = models.PositiveIntegerField(help_text="of the version they read")
    kind = models.CharField(max_length=10, choices=KINDS)
    words = models.TextField(blank=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    once = models.CharField(max_length=64, unique=True, help_text="who reads, so that nobody counts twice")
    given_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["text", "-given_at"], name="knowledge_feedback_latest")]

    def __str__(self) -> str:
        return f"{self.kind} on text {self.text_id}"


class Taken(Keyed):
    """What somebody opened while they wrote a request; `asked_at` when they sent it, or the same again, all the same.

    `source` is the document, such as `articletext:7`; `text` the one of the help centre, if it is. A visitor's random
    number and the marks that stand for their words are kept for the week in which they may come back.
    """

    text = models.ForeignKey(ArticleText, models.CASCADE, null=True, blank=True, related_name="taken")
    source = models.CharField(max_length=40, blank=True, db_default="")
    visitor = models.CharField(max_length=32, blank=True, db_default="")
    marks = ArrayField(models.IntegerField(), default=list, db_default=[])
    form = models.CharField(max_length=64, help_text="the name in the form's pass")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(default=now, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "text"], name="knowledge_taken_once"),
            models.UniqueConstraint(fields=["form", "source"], condition=~Q(source=""), name="knowledge_source_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["taken_at"], name="knowledge_taken_by_time"),
            models.Index(fields=["visitor"], condition=~Q(visitor=""), name="knowledge_taken_by_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.source or self.text_id} instead of a request"


class Correction(Keyed):
    """A task: somebody said that an article is wrong. `about` is where it came up, such as `ticket:1042`."""

    OPEN, CORRECTED, UNFOUNDED = "open", "corrected", "unfounded"
    STATES: ClassVar = [
        (OPEN, _("to be put right")),
        (CORRECTED, _("put right")),
        (UNFOUNDED, _("nothing was wrong")),
    ]

    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections")
    text = models.ForeignKey(ArticleText, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(help_text="of the version that is wrong")
    about = models.CharField(max_length=40, blank=True)
    reason = models.TextField()
    reported_by = models.CharField(max_length=40)
    owner = models.ForeignKey(Agent, models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default=OPEN)
    result = models.TextField(blank=True)
    ended_by = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField(default=now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(state="open"), name="knowledge_correction_open"),
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"
