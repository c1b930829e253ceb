"""Articles for tests: published, unless the test is about the way there."""

from itertools import count
from typing import Any

from django.db import transaction

from charterdesk.knowledge.actions.categories import save_category
from charterdesk.knowledge.actions.deciding import publish_imported
from charterdesk.knowledge.actions.keeping import Terms, keep
from charterdesk.knowledge.actions.writing import Words, begin_article
from charterdesk.knowledge.models import Article, ArticleText, Category

_numbers = count(1)


def make_category(name: str = "", **more: Any) -> Category:
    """A category with an English name."""
    return save_category(by="system", names={"en": name or f"Category {next(_numbers)}"}, **more)


@transaction.atomic
def make_text(
    title: str = "Your meter",
    *,
    body: str = "<p>Read the black digits.</p>",
    summary: str = "",
    category: Category | None = None,
    language: str = "en",
    audience: str = Article.PUBLIC,
    kind: str = Article.ARTICLE,
    is_live: bool = True,
    **terms: Any,
) -> ArticleText:
    """An article in one language."""
    home = category or Category.objects.first() or make_category("Meters")
    words = Words(title=title, summary=summary, body=body)
    text = begin_article(words, by="system", category=home, language=language, kind=kind)
    keep(text.article, Terms(category=home, kind=kind, audience=audience, **terms), by="system")
    if is_live:
        publish_imported(text, by="system")
    return text
