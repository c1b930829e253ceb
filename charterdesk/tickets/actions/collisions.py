"""Two people answering at once: whoever comes second is told, and nothing is sent twice."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.tickets.models import Message, Ticket

MOST = 5
"""So many of the messages that came between are told."""


class Overtaken(Refused):
    """Others wrote while somebody was writing. `news` are their messages, oldest first; nothing was sent."""

    def __init__(self, news: Sequence[Message]) -> None:
        text = _("Something came in or went out since you began. Nothing was sent; your text is kept.")
        super().__init__("tickets.overtaken", text)
        self.news = news

    @property
    def newest(self) -> int:
        """What has been seen by whoever has read the news."""
        return max(message.pk for message in self.news)


def refuse_overtaken(ticket: Ticket, *, seen_id: int | None) -> None:
    """Raise `Overtaken` when something came in or went out on `ticket` after message `seen_id`. One statement.

    `ticket` is locked: what others are about to send waits, or is seen. Automatic texts of ours are no news.
    """
    if seen_id is None:
        return
    ours = Q(direction=Message.OUT, is_automatic=False)
    between = ticket.messages.filter(ours | Q(direction=Message.IN), pk__gt=seen_id, side_thread=None)
    news = between.exclude(delivery=Message.CANCELLED).select_related("agent", "contact").order_by("-pk")[:MOST]
    if found := list(reversed(news)):
        raise Overtaken(found)
