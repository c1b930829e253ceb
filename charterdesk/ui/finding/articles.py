"""Articles of the help centre, and solutions of requests, among what was found."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from charterdesk.knowledge.models import ArticleText
from charterdesk.knowledge.search import KIND, SOLUTION
from charterdesk.search.queries import Hit
from charterdesk.ui.finding.families import Asker, Family, Place


def places(asker: Asker, hits: Sequence[Hit]) -> Mapping[str, Place]:
    """Where readers read them, staff too; visitors those of the brand whose page they are on. One statement."""
    seen = ArticleText.objects.visible_to(asker.viewer).live().filter(pk__in=[hit.id for hit in hits])
    if not asker.viewer.is_staff:
        seen = seen.of_brand(asker.brand)
    texts = seen.select_related("article__category").defer("body", "text")
    by_id = {text.pk: text for text in texts}
    return {hit.source: _place(by_id[hit.id]) for hit in hits if hit.id in by_id}


def _place(text: ArticleText) -> Place:
    url = reverse("portal:article", args=[text.language, text.slug])
    return Place(url=url, title=text.title, note=text.article.category.name)


FAMILY = Family(
    code="article",
    kinds=(KIND,),
    answers={KIND: 0.0},
    name=_("Article"),
    names=_("Articles"),
    icon="book-open",
    places=places,
    scope="knowledge:read",
)

SOLUTIONS = Family(
    code="solution",
    kinds=(SOLUTION,),
    answers={SOLUTION: 0.0},
    name=_("Solution"),
    names=_("Solutions"),
    icon="circle-check",
    places=places,
    scope="knowledge:read",
)
