"""When customers are reminded of what is late, in which words, and what nobody is reminded of for a while."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.billing.models.invoices import Invoice


class ReminderStep(Keyed):
    """A reminder so many days after an invoice was due. `words` maps languages to `subject` and `text`.

    Where there are steps, they stand in place of the seller's even distances; a language without words has the desk's.
    """

    days = models.PositiveSmallIntegerField(
        _("days after it was due"), unique=True, validators=[MaxValueValidator(365)]
    )
    words = models.JSONField(_("texts by language"), default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["days"]

    def __str__(self) -> str:
        return str(self.days)

    def words_in(self, language: str) -> dict[str, str]:
        """Its own `subject` and `text` in a language; {} where the desk's are used."""
        written: dict[str, dict[str, str]] = self.words
        return written.get(language, {})


class ReminderPause(Keyed):
    """Nobody is reminded of an invoice up to and including a day."""

    invoice = models.OneToOneField(Invoice, models.CASCADE, related_name="pause")
    until_on = models.DateField(_("until"))
    by = models.CharField(max_length=80)
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.invoice_id} until {self.until_on}"
