"""The part of comments in what we keep."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from charterdesk.base.exported import exported
from charterdesk.comments.models import Comment
from charterdesk.people.models import Contact
from charterdesk.people.personal import Field, Thing, tells

exported("comments")


@tells("comments", lambda: _("What you said below articles"))
def tell_comments(contact: Contact, with_notes: bool) -> Iterator[Thing]:
    """What they wrote, with or without an account, oldest first. Two queries."""
    addresses = list(contact.identities.filter(kind="email").values_list("value", flat=True))
    theirs = Q(author__contact=contact) | (Q(address__in=addresses) if addresses else Q())
    for comment in Comment.objects.filter(theirs).select_related("text", "author").order_by("pk"):
        yield [
            Field("at", _("Time"), comment.created_at),
            Field("article", _("Article"), comment.text.title),
            Field("name", _("Name"), comment.signed),
            Field("text", _("Text"), comment.words),
        ]
