"""The part of the help centre in what we keep."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from charterdesk.base.exported import exported
from charterdesk.knowledge.models import Feedback
from charterdesk.people.models import Contact
from charterdesk.people.personal import Field, Thing, tells

exported("knowledge")


@tells("feedback", lambda: _("What you said about articles"))
def tell_feedback(contact: Contact, with_notes: bool) -> Iterator[Thing]:
    """What they said of articles, oldest first. One query."""
    for given in Feedback.objects.filter(contact=contact).select_related("text").order_by("pk"):
        yield [
            Field("at", _("Time"), given.given_at),
            Field("article", _("Article"), given.text.title),
            Field("answer", _("Answer"), given.get_kind_display()),
            Field("words", _("Words"), given.words),
        ]
