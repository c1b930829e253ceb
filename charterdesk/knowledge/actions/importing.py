"""Taking articles over from elsewhere, one at a time; the same one again becomes its next version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.knowledge.actions.categories import save_category
from charterdesk.knowledge.actions.deciding import publish_imported
from charterdesk.knowledge.actions.files import add_file
from charterdesk.knowledge.actions.keeping import Terms, keep
from charterdesk.knowledge.actions.writing import Words, begin_article, translate, write
from charterdesk.knowledge.bodies import clean_body, says_something
from charterdesk.knowledge.models import Article, ArticleFile, ArticleText, Category, Redirect
from charterdesk.people.models import Agent

_LONGEST, _MARK = 40, 10  # letters: of `Article.about`, of what tells this desk's articles from another's
_IMPORTED = "import:"


@dataclass(frozen=True, kw_only=True)
class Imported:
    """One text from elsewhere. `place` is where it stood, for messages; `name` what its languages have in common.

    `body` is HTML; `{picture:path}` in it stands for one of `pictures`, by path; `files` are those to take along.
    `link` is the end of the address by which others that came with it lead there, whichever comes first. `state` is
    the one it had there, "" where nothing is known of it.
    """

    place: str
    name: str
    title: str
    body: str
    language: str = "en"
    summary: str = ""
    category: Sequence[str] = ()
    kind: str = Article.ARTICLE
    audience: str = Article.PUBLIC
    labels: Sequence[str] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    link: str = ""
    state: str = ""


@transaction.atomic
def import_text(given: Imported, *, by: Actor, owner: Agent | None = None, is_published: bool = False) -> ArticleText:
    """Take one text over: as a draft, or with `is_published` for readers at once, unless it was a draft there.

    What came under this name and in this language before, or was exported here, gets a new version, if it says anything
    else than readers see. Raises `Refused`, as writing does, and `knowledge.no_category` for one that names none,
    `knowledge.no_organisation` for an audience that needs more, `knowledge.says_nothing` for one without text that is
    to be published; as a draft it is taken.
    """
    is_published = is_published and given.state in ("", ArticleText.PUBLISHED)
    if is_published and not says_something(clean_body(given.body)) and not given.pictures:
        raise Refused("knowledge.says_nothing", _("There is no text below its title: readers would see an empty page."))
    text = _text_for(given, by=by, owner=owner)
    words = Words(title=given.title, summary=given.summary, body=_with_pictures(text, given), note=_("Imported"))
    _take_files(text.article, given)
    if given.link:
        Redirect.objects.update_or_create(language=given.language, slug=given.link, defaults={"text": text})
    if _is_read(text, words):
        return text
    write(text, words, by=by)
    if is_published and not (text.is_live and text.newest_number == text.live_number):
        publish_imported(text, by=by)
    return text


def _text_for(given: Imported, *, by: Actor, owner: Agent | None) -> ArticleText:
    """The text that what is taken over is about; begun where there is none."""
    words = Words(title=given.title, summary=given.summary, note=_("Imported"))
    category = None if (known := _exported_here(given.name)) else _category(given, by=by)
    about = f"{_IMPORTED}{_kept_name(given.name)}"
    known = known or Article.objects.filter(about=about, category=category).first()
    if known is not None:
        text = known.texts.filter(language=given.language).first()
        return text or translate(known, words, language=given.language, by=by)
    if given.audience == Article.ORGANISATION or given.audience not in dict(Article.AUDIENCES):
        raise Refused("knowledge.no_organisation", _("Import it for everybody, signed-in customers or staff."))
    assert category is not None
    kind = given.kind if given.kind in dict(Article.KINDS) else Article.ARTICLE
    text = begin_article(
        words, by=by, category=category, language=given.language, kind=kind, audience=given.audience, owner=owner,
        about=about,
    )  # fmt: skip
    terms = Terms(category=category, kind=kind, audience=given.audience, owner=owner, labels=given.labels)
    keep(text.article, terms, by=by)
    return text


def _is_read(text: ArticleText, words: Words) -> bool:
    """Whether readers see these words already: nothing is to be written, and a draft behind them stays."""
    seen = (text.title, text.summary, text.body)
    return text.is_live and seen == (words.title.strip(), words.summary.strip(), clean_body(words.body))


def name_for_export(article: Article) -> str:
    """What the languages of an article have in common in files.

    By it this desk knows the article again; any other takes it for a new one.
    """
    if article.about.startswith(_IMPORTED):
        return article.about.removeprefix(_IMPORTED)
    return f"{article.key}-{_mark(article.key)}"


def _mark(key: str) -> str:
    return salted_hmac("knowledge.export", key).hexdigest()[:_MARK]


def _exported_here(name: str) -> Article | None:
    """The article of this desk that was exported under `name`. One query, none for other names."""
    key, _sign, mark = name.rpartition("-")
    kind, _colon, pk = key.partition(":")
    if kind != "article" or not pk.isdecimal() or not constant_time_compare(mark, _mark(key)):
        return None
    return Article.objects.filter(pk=int(pk)).first()


def _kept_name(name: str) -> str:
    """`name` itself, or a digest of one that is too long to be kept: cut off, two of them would be one."""
    return name if len(_IMPORTED + name) <= _LONGEST else sha256(name.encode()).hexdigest()[: _LONGEST - len(_IMPORTED)]


def _category(given: Imported, *, by: Actor) -> Category:
    """The category of that name, or of those two names; made where there is none."""
    names = [name.strip() for name in given.category if name.strip()][:2]
    if not names:
        raise Refused("knowledge.no_category", _("Name a category: a folder, or “category” at the top."))
    found: Category | None = None
    for name in names:
        siblings = Category.objects.filter(parent=found)
        known = next((each for each in siblings if name in each.names.values()), None)
        found = known or save_category(by=by, names={given.language: name}, parent=found)
    assert found is not None
    return found


def _with_pictures(text: ArticleText, given: Imported) -> str:
    """The body with its pictures kept at the desk; the same bytes are one file."""
    body = given.body
    for path, content in given.pictures.items():
        mark = f"{{picture:{path}}}"
        if mark in body:
            body = body.replace(mark, f"/help/files/{_picture(text.article, path, content)}")
    return body


def _picture(article: Article, path: str, content: bytes) -> int:
    return _file(article, path, content, is_inline=True).pk


def _take_files(article: Article, given: Imported) -> None:
    for path, content in given.files.items():
        _file(article, path, content, is_inline=False)


def _file(article: Article, path: str, content: bytes, *, is_inline: bool) -> ArticleFile:
    """The file of an article with these bytes; the same ones are one file."""
    older = article.files.filter(sha256=sha256(content).hexdigest(), is_inline=is_inline).first()
    return older or add_file(article, filename=path.rpartition("/")[2], stream=BytesIO(content), is_inline=is_inline)
