"""Comments below articles among what was found."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.comments.models import Comment
from charterdesk.comments.search import KIND
from charterdesk.community.models.talk import SHOWN
from charterdesk.knowledge.models import ArticleText
from charterdesk.search.queries import Hit
from charterdesk.ui.finding.families import Asker, Family, Place


def places(asker: Asker, hits: Sequence[Hit]) -> Mapping[str, Place]:
    """Where readers read them, staff too; visitors those of the brand whose page they are on. One statement."""
    seen = Comment.objects.visible_to(asker.viewer).filter(state=SHOWN, pk__in=[hit.id for hit in hits])
    if not asker.viewer.is_staff:
        seen = seen.filter(text__in=ArticleText.objects.of_brand(asker.brand).values("pk"))
    return {comment.key: _place(comment) for comment in seen.select_related("text", "author")}


def _place(comment: Comment) -> Place:
    text = comment.text
    url = reverse("portal:article", args=[text.language, text.slug])
    note = _("official answer below the article") if comment.is_official else _("below the article")
    return Place(url=f"{url}#comment-{comment.pk}", title=text.title, note=note)


FAMILY = Family(
    code="comments",
    kinds=(KIND,),
    answers={KIND: 0.9},  # official
    name=gettext_lazy("Comment"),
    names=gettext_lazy("Comments"),
    icon="message-circle",
    places=places,
    scope="community:read",
)
