"""Who may comment, and where nobody does."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.comments.events import CommentsClosed, CommentsOpened, CommentTermsChanged
from charterdesk.comments.models import Closed, CommentTerms
from charterdesk.events.log import publish
from charterdesk.knowledge.models import Article, Category


@transaction.atomic
def set_terms(*, open_to: str, by: Actor) -> None:
    """Have so many comment: nobody (but staff), signed-in or everybody. Raises `Refused("comments.no_such_choice")`."""
    if open_to not in dict(CommentTerms.WHO):
        raise Refused("comments.no_such_choice", _("Choose one of the list."))
    terms = CommentTerms.objects.select_for_update().order_by("pk").first() or CommentTerms()
    if terms.pk and terms.open_to == open_to:
        return
    terms.open_to = open_to
    terms.save()
    publish(CommentTermsChanged(open_to=open_to), on=terms, by=by)


@transaction.atomic
def close(place: Article | Category, *, by: Actor, is_closed: bool = True) -> None:
    """Have nobody comment below an article, or below those of a category, or have people comment again."""
    here = {"article": place} if isinstance(place, Article) else {"category": place}
    if is_closed:
        _kept, is_change = Closed.objects.get_or_create(**here)
    else:
        is_change = bool(Closed.objects.filter(**here).delete()[0])
    if not is_change:
        return
    made = CommentsClosed if is_closed else CommentsOpened
    ids = {"article_id": place.pk} if isinstance(place, Article) else {"category_id": place.pk}
    publish(made(**ids), on=place, by=by)
