"""How long we keep what, and what must not go: retention rules and legal holds."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed


class RetentionRule(Keyed):
    """What happens to old things of one kind. Carried out once a day, in pieces; `last_id` is where to go on."""

    TICKETS, FILES, RAW_MAILS, SENT_MAILS, EVIDENCE = "tickets", "files", "raw_mails", "sent_mails", "evidence"
    CALLS = "calls"
    SUBJECTS: ClassVar = [
        (TICKETS, _("Closed tickets")),
        (FILES, _("Files of closed tickets")),
        (RAW_MAILS, _("Mails as they came")),
        (SENT_MAILS, _("Mails as they were sent")),
        (CALLS, _("Calls")),
        (EVIDENCE, _("What rules went by")),
    ]
    ANONYMISE, DELETE, STORE = "anonymise", "delete", "store"
    ACTIONS: ClassVar = [
        (ANONYMISE, pgettext_lazy("retention", "anonymise: keep times and states")),
        (DELETE, pgettext_lazy("retention", "delete")),
        (STORE, pgettext_lazy("retention", "move from the database to the file store")),
    ]
    POSSIBLE: ClassVar[dict[str, tuple[str, ...]]] = {
        TICKETS: (ANONYMISE, DELETE),
        FILES: (DELETE,),
        RAW_MAILS: (STORE, DELETE),
        SENT_MAILS: (DELETE,),
        CALLS: (ANONYMISE, DELETE),
        EVIDENCE: (DELETE,),
    }

    slug = models.CharField(max_length=60, unique=True, null=True, help_text="of one that came with the desk")
    subject = models.CharField(_("what"), max_length=12, choices=SUBJECTS)
    action = models.CharField(_("what happens to it"), max_length=10, choices=ACTIONS)
    days = models.PositiveIntegerField(_("older than (days)"), validators=[MinValueValidator(1)])
    types = ArrayField(models.CharField(max_length=20), default=list, blank=True, help_text="of tickets; empty is all")
    is_active = models.BooleanField(_("in use"), default=False)
    last_id = models.BigIntegerField(default=0, help_text="the last row of the run under way that was looked at")
    ran_at = models.DateTimeField(null=True, blank=True, help_text="when the last run came to its end")
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.get_action_display()}"


class LegalHold(Keyed):
    """Nothing of this contact, organisation or ticket is deleted or erased until the hold is lifted."""

    CONTACT, ORGANISATION, TICKET = "contact", "organisation", "ticket"
    KINDS: ClassVar = [(CONTACT, _("customer")), (ORGANISATION, _("organisation")), (TICKET, _("ticket"))]

    kind = models.CharField(max_length=12, choices=KINDS)
    subject_id = models.BigIntegerField()
    reason = models.CharField(_("reason"), max_length=500)
    placed_by = models.CharField(max_length=80, help_text="key of who placed it")
    placed_at = models.DateTimeField(default=now, editable=False)
    lifted_by = models.CharField(max_length=80, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"], condition=Q(lifted_at=None), name="records_hold_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject_id}"
