"""How a request ended for its customer: their grade, their consent, and what was tried to refuse it."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.tickets.models.message import Message
from charterdesk.tickets.models.ticket import Ticket


def usual_reminders() -> list[int]:
    """Days after the solution at which a customer is reminded, where nothing else was set."""
    return [3]


class GradeTerms(Keyed):
    """How a team asks for a grade; the row without a team holds for all that have none. Days count from the solution.

    A customer who says nothing is reminded after each of `remind_after`, and after `close_after` the ticket closes.
    """

    CLOSE_AFTER = 7

    team = models.OneToOneField(Team, models.CASCADE, null=True, blank=True, related_name="+")
    is_asked = models.BooleanField(_("customers are asked for a grade"), default=True)
    remind_after = ArrayField(models.PositiveSmallIntegerField(), default=usual_reminders, blank=True)
    close_after = models.PositiveSmallIntegerField(
        default=CLOSE_AFTER, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    words = models.JSONField(default=dict, blank=True, help_text="by language, five words from bad to good")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(models.Value(1), condition=Q(team=None), name="tickets_grade_terms_of_all_once"),
            models.CheckConstraint(condition=Q(close_after__gte=1), name="tickets_grade_terms_close"),
        ]

    def __str__(self) -> str:
        return str(self.team) if self.team else "all teams"


class Grade(Keyed):
    """What a customer gave for one solution, 1 (bad) to 5 (good): at 1 and 2 it was none, and the ticket is open again.

    `solved_at` says which solution it was for; team and agent are those who solved it.
    """

    WORDS: ClassVar[list[tuple[int, Any]]] = [
        (1, _("very bad")),
        (2, _("bad")),
        (3, _("all right")),
        (4, _("good")),
        (5, _("very good")),
    ]
    POSITIVE = 3
    """From this grade on a request is settled for its customer."""
    MAIL, PAGE, API = "mail", "page", "api"
    WAYS: ClassVar = [(MAIL, _("by mail")), (PAGE, _("on the page")), (API, _("by API"))]

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="grades", db_index=False)
    score = models.PositiveSmallIntegerField(_("grade"), choices=WORDS)
    comment = models.TextField(_("comment"), blank=True)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    way = models.CharField(max_length=4, choices=WAYS, default=PAGE)
    solved_at = models.DateTimeField()
    given_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "solved_at"], name="tickets_grade_once"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="tickets_grade_score"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["team", "given_at"], include=["score", "agent"], name="tickets_grade_by_team"),
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.ticket_id}"

    @property
    def is_positive(self) -> bool:
        """Whether it says that the request is settled."""
        return self.score >= self.POSITIVE


class Consent(Keyed):
    """A customer agreed in writing that their request ends: `message` is where they wrote it, else `text`.

    Where they did so on paper, on the day `signed_on`, `message` is the note that has its scans. It counts while the
    ticket stays closed: `given_at` is when it was closed, or later.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="consents")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_index=False)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    agent = models.ForeignKey(
        Agent, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, help_text="who recorded it"
    )
    signed_on = models.DateField(null=True, blank=True, help_text="the day on the paper; null: not on paper")
    given_at = models.DateTimeField(default=now)


class RefusalAttempt(Keyed):
    """Somebody wanted to refuse a request. `missing` says why they could not; empty: it was refused."""

    NOT_MANAGEMENT, NO_EXPLANATION, NOT_SETTLED = "not_management", "no_explanation", "not_settled"
    MISSING: ClassVar = [
        (NOT_MANAGEMENT, _("Only management may refuse a request.")),
        (NO_EXPLANATION, _("Write the explanation that is sent to the customer.")),
        (
            NOT_SETTLED,
            _("The customer has to agree first: by a grade from 3 to 5 for the solution, or by consent in writing."),
        ),
    ]

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="refusal_attempts")
    actor = models.CharField(max_length=60, help_text="key of who tried")
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    missing = ArrayField(models.CharField(max_length=20, choices=MISSING), default=list, blank=True)
    explanation = models.TextField(blank=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    grade = models.ForeignKey(Grade, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    consent = models.ForeignKey(Consent, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-made_at", "-id"], name="tickets_refusal_latest")]

    @property
    def is_barred(self) -> bool:
        """Whether it was kept from happening."""
        return bool(self.missing)
