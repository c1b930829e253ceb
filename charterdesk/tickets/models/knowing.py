"""Articles on tickets: which were given as an answer; and topics made of tickets, or the other way round."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.community.models import Topic
from charterdesk.knowledge.models import ArticleText
from charterdesk.tickets.models.ticket import Ticket


class PassedOver(Keyed):
    """Somebody looked at what solved a ticket and said that it is not for customers: it is not offered again."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="+")
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return f"ticket {self.ticket_id} stays inside"


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


class TopicLink(Keyed):
    """A topic of the community and a ticket, one made of the other; `origin` says which came first."""

    TOPIC, TICKET = "topic", "ticket"
    ORIGINS: ClassVar = [
        (TOPIC, _("the ticket was made of the topic")),
        (TICKET, _("the topic was made of the ticket")),
    ]

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+", db_index=False)
    origin = models.CharField(max_length=6, choices=ORIGINS)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "ticket"], name="tickets_topic_linked_once"),
        ]

    def __str__(self) -> str:
        return f"topic {self.topic_id} and ticket {self.ticket_id}"
