"""Names in addresses: made of titles, in their own letters, each once."""

import re

from django.utils.text import slugify

from charterdesk.knowledge.models import ArticleText, Category, Redirect

LONGEST = 80


def text_slug(title: str, *, language: str, pk: int | None = None) -> str:
    """A free name for an article with this title in `language`; its own (`pk`) counts as free. Two statements."""
    base = _base(title)
    known = set(
        ArticleText.objects.filter(language=language, slug__startswith=base)
        .exclude(pk=pk or 0)
        .values_list("slug", flat=True)
    )
    led = Redirect.objects.filter(language=language, slug__startswith=base)
    return _free(base, known | set(led.exclude(text_id=pk or 0).values_list("slug", flat=True)))


def category_slug(name: str, *, pk: int | None = None) -> str:
    """A free name for a category, likewise."""
    base = _base(name)
    known = set(Category.objects.filter(slug__startswith=base).exclude(pk=pk or 0).values_list("slug", flat=True))
    led = Redirect.objects.filter(language="", slug__startswith=base)
    return _free(base, known | set(led.exclude(category_id=pk or 0).values_list("slug", flat=True)))


def _base(title: str) -> str:
    return re.sub(r"-+$", "", slugify(title, allow_unicode=True)[:LONGEST]) or "page"


def _free(base: str, taken: set[str]) -> str:
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
