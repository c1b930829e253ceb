"""Articles on tickets: which were given as an answer."""

from typing import ClassVar

from django.db import models

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.knowledge.models import ArticleText
from charterdesk.tickets.models.ticket import Ticket


class ArticleUse(Keyed):
    """An article that was given on a ticket, in the version readers saw then. Each counts once for a ticket."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    text = models.ForeignKey(ArticleText, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField(help_text="of the version")
    used_by = models.CharField(max_length=40)
    used_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "ticket"], name="tickets_article_used_once"),
        ]

    def __str__(self) -> str:
        return f"text {self.text_id} on ticket {self.ticket_id}"
