"""Texts the desk sends, as a desk wrote them itself."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import LANGUAGES, Team


class OwnText(Keyed):
    """What stands in place of a text of ours, in one language: for one team, or, without one, for all."""

    name = models.CharField(max_length=60, help_text="of the text it replaces, such as acknowledgement")
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name", "language", "team"], nulls_distinct=False, name="tickets_own_text_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.language}"
