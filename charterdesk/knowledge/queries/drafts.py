"""What writers work with: lists, translations side by side with what changed since, versions and their differences."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from charterdesk.knowledge.bodies import body_text
from charterdesk.knowledge.models import ArticleText, ArticleVersion, Correction

SAME, ADDED, REMOVED = "same", "added", "removed"
_WORD = re.compile(r"\s+|\w+|[^\w\s]", re.UNICODE)
MOST_WORDS = 20_000
"""What is longer is compared by lines: words by the square of their number would take too long."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which texts a list shows; "" and None mean any."""

    state: str = ""
    language: str = ""
    owner_id: int | None = None
    category_id: int | None = None
    audience: str = ""
    is_due: bool = False
    is_behind: bool = False
    words: str = ""
    today: date | None = None


def listed(asked: Asked) -> QuerySet[ArticleText]:
    """The texts that were asked for, what waits for somebody first. One query, with whether the source changed."""
    source = ArticleText.objects.filter(
        article_id=OuterRef("article_id"),
        language=OuterRef("article__language"),
        live_number__gt=OuterRef("source_number"),
    )
    open_ones = Correction.objects.filter(article_id=OuterRef("article_id"), state=Correction.OPEN)
    texts = ArticleText.objects.select_related("article__category", "article__owner").defer("body", "text")
    behind = Exists(source.exclude(pk=OuterRef("pk")))
    texts = texts.annotate(is_behind=behind, has_correction=Exists(open_ones))
    if asked.is_behind:
        texts = texts.filter(behind)
    return texts.filter(_conditions(asked)).order_by("-changed_at", "-pk")


def _conditions(asked: Asked) -> Q:
    found = Q()
    if asked.state == "scheduled":
        found &= Q(publish_at__isnull=False)
    elif asked.state:
        found &= Q(state=asked.state)
    if asked.language:
        found &= Q(language=asked.language)
    if asked.owner_id:
        found &= Q(article__owner_id=asked.owner_id)
    if asked.category_id:
        found &= Q(article__category_id=asked.category_id) | Q(article__category__parent_id=asked.category_id)
    if asked.audience:
        found &= Q(article__audience=asked.audience)
    if asked.is_due and asked.today:
        found &= Q(article__review_on__lte=asked.today, is_live=True)
    for word in asked.words.split()[:8]:
        found &= Q(title__icontains=word) | Q(article__labels__contains=[word.lower()])
    return found


def version_of(text: ArticleText, number: int) -> ArticleVersion | None:
    """One version. One query."""
    return text.versions.filter(number=number).first()


def differences(before: str, after: str) -> list[tuple[str, str]]:
    """What one text has in place of another, word by word, as pieces in order: same, added or removed."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return list(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    for tag, from_a, to_a, from_b, to_b in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield SAME, "".join(old[from_a:to_a])
            continue
        if from_a < to_a:
            yield REMOVED, "".join(old[from_a:to_a])
        if from_b < to_b:
            yield ADDED, "".join(new[from_b:to_b])


def compared(before: ArticleVersion | None, after: ArticleVersion) -> dict[str, list[tuple[str, str]]]:
    """What `after` says differently: title, summary and body. The first version says nothing differently."""
    new = (after.title, after.summary, body_text(after.body))
    old = (before.title, before.summary, body_text(before.body)) if before else new
    return dict(zip(("title", "summary", "body"), map(differences, old, new), strict=True))
