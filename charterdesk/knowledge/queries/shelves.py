"""What readers browse: the shelves with what they may read, an article with its other languages and its neighbours."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Sum, Window

from charterdesk.knowledge.models import Article, ArticleText, Category
from charterdesk.people.models import Brand
from charterdesk.people.viewer import Viewer

RELATED = 4


@dataclass(kw_only=True)
class Shelf:
    """A category with what stands in it, and the categories within it."""

    category: Category
    texts: list[ArticleText] = field(default_factory=list)
    within: list["Shelf"] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many articles stand here and within."""
        return len(self.texts) + sum(each.count for each in self.within)


def readable(viewer: Viewer, brand: Brand | None) -> QuerySet[ArticleText]:
    """What `viewer` may read on the pages of `brand`, in every language, without the bodies."""
    texts = ArticleText.objects.visible_to(viewer).live().of_brand(brand)
    return texts.select_related("article__category").defer("body", "text")


def best_language(texts: Iterable[ArticleText], languages: Sequence[str]) -> list[ArticleText]:
    """One text for each article: in the first of `languages` it has, else in the language it was written in."""
    of: defaultdict[int, list[ArticleText]] = defaultdict(list)
    for text in texts:
        of[text.article_id].append(text)
    return [min(each, key=lambda text: _rank(text, languages)) for each in of.values()]


def _rank(text: ArticleText, languages: Sequence[str]) -> int:
    if text.language in languages:
        return languages.index(text.language)
    return len(languages) + (text.language != text.article.language)


def shelves(viewer: Viewer, brand: Brand | None, languages: Sequence[str]) -> list[Shelf]:
    """Every category that holds something for `viewer`, in order, each article in the best language. Two queries."""
    texts = best_language(readable(viewer, brand), languages)
    on: defaultdict[int, list[ArticleText]] = defaultdict(list)
    for text in sorted(texts, key=lambda each: (each.article.position, each.article_id)):
        on[text.article.category_id].append(text)
    categories = list(Category.objects.filter(Q(brand=None) | Q(brand=brand)).order_by("position", "pk"))
    made = {each.pk: Shelf(category=each, texts=on.get(each.pk, [])) for each in categories}
    for each in categories:
        if each.parent_id in made and made[each.pk].count:
            made[each.parent_id].within.append(made[each.pk])
    return [made[each.pk] for each in categories if each.parent_id is None and made[each.pk].count]


def most_read(viewer: Viewer, brand: Brand | None, languages: Sequence[str], limit: int) -> list[ArticleText]:
    """The articles read most in any of `languages`, each in the best of them. One query."""
    read = Window(Sum("views"), partition_by="article_id")
    texts = readable(viewer, brand).filter(language__in=languages).annotate(read=read)
    found = texts.order_by("-read", "article_id")[: limit * len(languages)]  # each has as many texts at most
    return best_language(found, languages)[:limit]


def first_category() -> Category | None:
    """Where a draft stands until somebody says otherwise: the first category that is not within another. One query."""
    return Category.objects.filter(parent=None).order_by("position", "pk").first()


def languages_of(text: ArticleText, viewer: Viewer) -> list[ArticleText]:
    """The same article in every language `viewer` may read it in, this one included. One query."""
    texts = ArticleText.objects.visible_to(viewer).live().filter(article_id=text.article_id)
    return list(texts.defer("body", "text").order_by("language"))


def related(text: ArticleText, viewer: Viewer, brand: Brand | None) -> list[ArticleText]:
    """Others a reader may go on with: those that share the most labels, then neighbours on the shelf. One query."""
    near = Q(article__category_id=text.article.category_id)
    if text.article.labels:
        near |= Q(article__labels__overlap=text.article.labels)
    others = readable(viewer, brand).filter(near, language=text.language).exclude(article_id=text.article_id)
    labels = set(text.article.labels)
    found = sorted(
        others[:60], key=lambda each: (-len(labels & set(each.article.labels)), each.article.position, each.pk)
    )
    return found[:RELATED]


def workable() -> QuerySet[Article]:
    """All articles for the workspace, with how many corrections are open."""
    open_ones = Count("corrections", filter=Q(corrections__state="open"), distinct=True)
    return (
        Article.objects.select_related("category", "owner")
        .annotate(open_corrections=open_ones)
        .order_by(F("review_on").asc(nulls_last=True), "-pk")
    )
