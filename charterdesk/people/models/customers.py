"""What customers choose for themselves, and what they ask of us about themselves."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models.core import Contact


def make_receipt() -> str:
    """What a receipt is known by: nobody guesses it, and it says nothing of anybody."""
    return secrets.token_urlsafe(18)


class CustomerChoice(Keyed):
    """Which mails a customer wants of us; without a row, `ANSWERS`."""

    STEPS, ANSWERS, NONE = "steps", "answers", "none"
    MAILS: ClassVar = [
        (STEPS, _("Every step: who has it, when it waits, when it is solved or closed")),
        (ANSWERS, _("The confirmation, our answers, and the solution")),
        (NONE, _("None but those the law asks of us; I look here")),
    ]

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="choice")
    mails = models.CharField(_("mails"), max_length=8, choices=MAILS, default=ANSWERS)


class ErasureRequest(Keyed):
    """A customer asked to be forgotten. The receipt stays when they are: it names nobody."""

    ASKED, DONE, DECLINED, TAKEN_BACK = "asked", "done", "declined", "taken_back"
    STATES: ClassVar = [
        (ASKED, pgettext_lazy("request to be erased", "waits for a decision")),
        (DONE, pgettext_lazy("request to be erased", "erased")),
        (DECLINED, pgettext_lazy("request to be erased", "declined")),
        (TAKEN_BACK, pgettext_lazy("request to be erased", "taken back")),
    ]

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    receipt = models.CharField(max_length=40, unique=True, default=make_receipt, editable=False)
    state = models.CharField(max_length=10, choices=STATES, default=ASKED)
    answer = models.TextField(_("answer"), blank=True, help_text="why it was declined, as the customer reads it")
    asked_at = models.DateTimeField(default=now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    proof = models.JSONField(default=dict, blank=True, help_text="what was erased, as numbers")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact"], condition=models.Q(state="asked"), name="people_erasure_asked_once"
            ),
        ]
