"""Writing: an article is begun, its draft rewritten, translated, brought back to what it said before."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import key_of, publish
from charterdesk.events.timers import cancel_timer
from charterdesk.knowledge.bodies import body_text, clean_body
from charterdesk.knowledge.events import ArticleChanged, ArticleDrafted
from charterdesk.knowledge.models import Article, ArticleText, ArticleVersion, Category
from charterdesk.knowledge.slugs import text_slug
from charterdesk.people.models import LANGUAGES, Agent

TITLE, SUMMARY = 200, 400
DRAFTED = (ArticleText.DRAFT, ArticleText.REVIEW, ArticleText.APPROVED)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What an article says in one language. `body` is HTML not yet made safe; `note` says why it was written."""

    title: str
    summary: str = ""
    body: str = ""
    note: str = ""


@transaction.atomic
def begin_article(
    words: Words,
    *,
    by: Actor,
    category: Category,
    language: str = "en",
    kind: str = Article.ARTICLE,
    audience: str = Article.PUBLIC,
    owner: Agent | None = None,
    about: str = "",
) -> ArticleText:
    """Begin an article in its first language; `about` is the key of what it was made of.

    Raises `Refused`: `knowledge.no_title`, `knowledge.no_such_language`.
    """
    article = Article.objects.create(
        category=category,
        kind=kind,
        audience=audience,
        language=language,
        owner=owner,
        about=about,
        position=Article.objects.filter(category=category).count(),
    )
    return _begin(article, language, words, by=by)


@transaction.atomic
def translate(article: Article, words: Words, *, language: str, by: Actor) -> ArticleText:
    """Begin the article in another language, from what its first one says now.

    Raises `Refused`: `knowledge.is_translated`, and as `begin_article`.
    """
    Article.objects.select_for_update().get(pk=article.pk)
    if article.texts.filter(language=language).exists():
        raise Refused("knowledge.is_translated", _("It is written in this language already."))
    return _begin(article, language, words, by=by)


def _begin(article: Article, language: str, words: Words, *, by: Actor) -> ArticleText:
    if language not in dict(LANGUAGES):
        raise Refused("knowledge.no_such_language", _("Choose a language from the list."))
    title = _titled(words)
    text = ArticleText(article=article, language=language, slug=text_slug(title, language=language))
    text.title = title
    text.save()
    _put(text, words, by=by)
    publish(ArticleDrafted(**about(text)), on=text, by=by)
    return text


@transaction.atomic
def write(text: ArticleText, words: Words, *, by: Actor, is_current: bool = False) -> bool:
    """Have the draft say this; return whether anything differs. An approval falls, as it was of other words.

    Readers go on reading the published version until this one is. `is_current`: the translation was brought up to what
    the first language says now. Raises `Refused("knowledge.no_title")`.
    """
    lock(text)
    title, newest = _titled(words), newest_of(text)
    body, summary = clean_body(words.body), words.summary.strip()[:SUMMARY]
    is_same = (newest.title, newest.summary, newest.body) == (title, summary, body)
    follows = is_current and newest.source_number != source_number(text)
    if is_same and not follows:
        return False
    _put(text, words, by=by, is_current=is_current)
    publish(ArticleChanged(**about(text)), on=text, by=by)
    return True


@transaction.atomic
def restore(text: ArticleText, version: ArticleVersion, *, by: Actor) -> None:
    """Make a draft of what an earlier version said."""
    note = _("As in version %(number)d") % {"number": version.number}
    write(text, Words(title=version.title, summary=version.summary, body=version.body, note=note), by=by)


@transaction.atomic
def discard_draft(text: ArticleText, *, by: Actor) -> None:
    """Throw away what readers have not seen. Raises `Refused("knowledge.nothing_drafted")`."""
    lock(text)
    if text.state not in DRAFTED:
        raise Refused("knowledge.nothing_drafted", _("There is no draft."))
    publish(ArticleChanged(**about(text)), on=text, by=by)
    cancel_timer(timer_name(text))
    if not text.live_number:
        article = text.article
        text.delete()
        if not article.texts.exists():
            article.delete()
        return
    text.versions.filter(number__gt=text.live_number).delete()
    text.newest_number, text.publish_at = text.live_number, None
    text.state = ArticleText.PUBLISHED if text.is_live else ArticleText.WITHDRAWN
    text.save(update_fields=["newest_number", "publish_at", "state"])


def lock(text: ArticleText) -> None:
    """Hold the row until the transaction ends, and read it anew."""
    text.refresh_from_db(from_queryset=ArticleText.objects.select_for_update(of=("self",)).select_related("article"))


def newest_of(text: ArticleText) -> ArticleVersion:
    """Its newest version, published or not. One query."""
    return text.versions.get(number=text.newest_number)


def about(text: ArticleText) -> dict[str, Any]:
    """What every event about a text says."""
    return {
        "article_id": text.article_id,
        "text_id": text.pk,
        "language": text.language,
        "number": text.newest_number,
    }


def timer_name(text: ArticleText) -> str:
    """The timer that publishes it."""
    return f"knowledge:publish:{text.pk}"


def source_number(text: ArticleText) -> int:
    """The version of the article's first language that a translation is made from now; 0 for the first language."""
    if text.language == text.article.language:
        return 0
    source = ArticleText.objects.filter(article_id=text.article_id, language=text.article.language).first()
    return (source.live_number or source.newest_number) if source else 0


def _titled(words: Words) -> str:
    title = " ".join(words.title.split())[:TITLE]
    if not title:
        raise Refused("knowledge.no_title", _("Give it a title."))
    return title


def _put(text: ArticleText, words: Words, *, by: Actor, is_current: bool = True) -> None:
    """Write into the draft: the same version while its writer goes on with it, else the next one."""
    newest = text.versions.filter(number=text.newest_number).first()
    goes_on = newest is not None and text.state == ArticleText.DRAFT and newest.written_by == key_of(by)
    if newest is None or not goes_on or newest.published_at:
        source = newest.source_number if newest else 0
        newest = ArticleVersion(text=text, number=text.newest_number + 1, written_by=key_of(by), source_number=source)
    newest.title, newest.summary = _titled(words), words.summary.strip()[:SUMMARY]
    newest.body, newest.note, newest.written_at = clean_body(words.body), words.note.strip()[:300], now()
    if is_current:
        newest.source_number = source_number(text)
    newest.save()
    text.newest_number, text.state, text.publish_at = newest.number, ArticleText.DRAFT, None
    if not text.live_number:
        show(text, newest)
    text.save()
    cancel_timer(timer_name(text))


def show(text: ArticleText, version: ArticleVersion) -> None:
    """Have the text say what `version` says; the caller saves it."""
    text.title, text.summary, text.body = version.title, version.summary, version.body
    text.text, text.source_number = body_text(version.body), version.source_number
