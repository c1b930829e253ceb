"""The utility's help centre: what it says, who looks after it, and how it was read."""

import tomllib
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.events.log import event_row, key_of, write_events
from charterdesk.knowledge.actions.categories import save_category
from charterdesk.knowledge.actions.deciding import publish_imported, submit
from charterdesk.knowledge.actions.feedback import open_correction
from charterdesk.knowledge.actions.keeping import Terms, keep
from charterdesk.knowledge.actions.writing import Words, about, begin_article, write
from charterdesk.knowledge.bodies import body_text, clean_body
from charterdesk.knowledge.events import ArticlePublished
from charterdesk.knowledge.models import ArticleText, ArticleVersion, Category, DayCount, Taken
from charterdesk.people.models import Agent

CONTENT = Path(__file__).parent / "content"
LANGUAGES = ("en", "de", "fr", "es", "ar")
READ_FOR, AGE = 30, timedelta(days=200)
OFFERED, OPENED = 12, 9


def make_help_centre(say: Callable[[str], object]) -> None:
    """Write, publish and translate the articles, and count a month of reading. About a second."""
    say("writing the help centre")
    told, said = _read_toml("help.toml"), texts_by_key()
    writers = list(Agent.objects.filter(role=Agent.AGENT).order_by("pk")[:4])
    if not writers:
        return
    with transaction.atomic():
        shelves = _shelves(told["category"])
        firsts = [
            _article(each, said[each["key"]], shelves[each["category"]], writers[number % len(writers)], number)
            for number, each in enumerate(told["article"])
        ]
        _translate(firsts, [said[each["key"]] for each in told["article"]])
        _age()
        _read()
        _go_on(writers[0], said)


def texts_by_key() -> dict[str, dict[str, Words]]:
    """What each article says, by its key in help.toml and then by language; reads files only. Also for bench/."""
    said: dict[str, dict[str, Words]] = {}
    for code in LANGUAGES:
        for key, each in _read_toml(f"help/{code}.toml").items():
            said.setdefault(key, {})[code] = _words(each)
    return said


def _read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def _shelves(told: list[dict[str, Any]]) -> dict[str, Category]:
    made: dict[str, Category] = {}
    for each in told:
        parent = made.get(each.get("parent", ""))
        made[each["key"]] = save_category(by=SYSTEM, names=each["names"], intros=each.get("intros"), parent=parent)
    return made


def _article(each: dict[str, Any], said: dict[str, Words], home: Category, owner: Agent, number: int) -> ArticleText:
    kind, audience = each.get("kind", "article"), each.get("audience", "public")
    text = begin_article(said["en"], by=owner, category=home, kind=kind, audience=audience)
    review_on = timezone.localdate() + timedelta(days=13 * number - 20)
    terms = Terms(
        category=home, kind=kind, audience=audience, owner=owner, review_on=review_on, labels=each.get("labels", ())
    )
    keep(text.article, terms, by=owner)
    publish_imported(text, by=SYSTEM)
    return text


def _translate(firsts: Sequence[ArticleText], said: Sequence[dict[str, Words]]) -> None:
    """The other languages in three statements: one action for each of 130 would take most of the time there is."""
    texts = [
        _translation(first, code, words[code])
        for first, words in zip(firsts, said, strict=True)
        for code in LANGUAGES[1:]
        if code in words
    ]
    ArticleText.objects.bulk_create(texts)
    ArticleVersion.objects.bulk_create(
        ArticleVersion(
            text=text, number=1, title=text.title, summary=text.summary, body=text.body, source_number=1,
            written_by=key_of(text.article.owner or SYSTEM), approved_by=key_of(SYSTEM),
        )
        for text in texts
    )  # fmt: skip
    write_events([event_row(ArticlePublished(**about(text)), on=text, by=SYSTEM) for text in texts])


def _translation(first: ArticleText, language: str, words: Words) -> ArticleText:
    body = clean_body(words.body)
    slug = slugify(words.title, allow_unicode=True)
    return ArticleText(
        article=first.article, language=language, slug=slug, title=words.title, summary=words.summary, body=body,
        text=body_text(body), state=ArticleText.PUBLISHED, is_live=True, live_number=1, newest_number=1,
        source_number=1,
    )  # fmt: skip


def _words(said: dict[str, str]) -> Words:
    return Words(title=said["title"], summary=said.get("summary", ""), body=said["body"].strip())


def _age() -> None:
    """What was written today was written long ago."""
    at = now() - AGE
    ArticleText.objects.update(published_at=at, changed_at=at)
    ArticleVersion.objects.update(written_at=at, approved_at=at, published_at=at)


def _read() -> None:
    """A month of readers, more for what stands first; some opened an article in place of a request."""
    dice, today = Random(1887), timezone.localdate()
    texts = list(ArticleText.objects.filter(is_live=True).order_by("pk"))
    days = []
    for place, text in enumerate(texts):
        usual = max(2, 60 // (1 + place // 2))
        mine = [_day(text, today - timedelta(days=ago), usual, dice) for ago in range(READ_FOR)]
        for number in range(OPENED if place < OFFERED else 0):
            mine[1 + number % 25].taken += 1
        text.views = sum(day.views for day in mine)
        text.helpful = sum(day.helpful for day in mine)
        text.unhelpful = sum(day.unhelpful for day in mine)
        days += mine
    DayCount.objects.bulk_create(days)
    ArticleText.objects.bulk_update(texts, ["views", "helpful", "unhelpful"])
    at = now()
    Taken.objects.bulk_create(
        Taken(
            text=text,
            form=f"demo-{text.pk}-{number}",
            taken_at=at - timedelta(days=1 + number % 25),
            asked_at=at - timedelta(days=1) if number % 3 == 0 else None,
        )
        for text in texts[:OFFERED]
        for number in range(OPENED)
    )


def _day(text: ArticleText, day: Any, usual: int, dice: Random) -> DayCount:
    views = dice.randint(usual // 2, usual + usual // 2)
    answered = views // 9
    helpful = sum(dice.random() < 0.8 for _each in range(answered))
    return DayCount(text=text, day=day, views=views, helpful=helpful, unhelpful=answered - helpful)


def _go_on(writer: Agent, said: dict[str, dict[str, Words]]) -> None:
    """Work in hand: a new version that waits for a yes, a translation behind it, something to put right."""
    text = _english(said["read-meter"])
    words = Words(
        title=text.title,
        summary=text.summary,
        body=f"{text.body}<p>Meters with a radio send the figure by themselves once a day.</p>",
        note="Radio meters are new",
    )
    write(text, words, by=writer)
    submit(text, by=writer)
    reason = "Reedham gets its water from the new well since May: 11 °dH."
    open_correction(_english(said["hardness"]), reason=reason, by=writer)


def _english(said: dict[str, Words]) -> ArticleText:
    return ArticleText.objects.get(language="en", title=said["en"].title)
