"""Taking articles over from elsewhere, one at a time; the same one again becomes its next version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.knowledge.actions.categories import save_category
from charterdesk.knowledge.actions.deciding import publish_imported
from charterdesk.knowledge.actions.files import add_file
from charterdesk.knowledge.actions.keeping import Terms, keep
from charterdesk.knowledge.actions.writing import Words, begin_article, newest_of, translate, write
from charterdesk.knowledge.bodies import clean_body, says_something
from charterdesk.knowledge.models import Article, ArticleText, Category, Redirect
from charterdesk.people.models import Agent


@dataclass(frozen=True, kw_only=True)
class Imported:
    """One text from elsewhere. `place` is where it stood, for messages; `name` what its languages have in common.

    `body` is HTML; `{picture:path}` in it stands for one of `pictures`, by path. `link` is the end of the address by
    which others that came with it lead there, whichever comes first.
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
    link: str = ""


@transaction.atomic
def import_text(given: Imported, *, by: Actor, owner: Agent | None = None, is_published: bool = False) -> ArticleText:
    """Take one text over: as a draft, or with `is_published` for readers at once.

    What came under this name and in this language before gets a new version. Raises `Refused`, as writing does, and
    `knowledge.no_category` for one that names none, `knowledge.no_organisation` for an audience that needs more,
    `knowledge.says_nothing` for one without text that is to be published; as a draft it is taken.
    """
    if given.audience == Article.ORGANISATION or given.audience not in dict(Article.AUDIENCES):
        raise Refused("knowledge.no_organisation", _("Import it for everybody, signed-in customers or staff."))
    if is_published and not says_something(clean_body(given.body)) and not given.pictures:
        raise Refused("knowledge.says_nothing", _("There is no text below its title: readers would see an empty page."))
    about = f"import:{given.name}"[:40]
    category = _category(given, by=by)
    known = Article.objects.filter(about=about, category=category).first()
    text = known.texts.filter(language=given.language).first() if known else None
    words = Words(title=given.title, summary=given.summary, body=given.body, note=_("Imported"))
    if text is None and known is None:
        kind = given.kind if given.kind in dict(Article.KINDS) else Article.ARTICLE
        text = begin_article(
            words, by=by, category=category, language=given.language, kind=kind, audience=given.audience,
            owner=owner, about=about,
        )  # fmt: skip
        terms = Terms(category=category, kind=kind, audience=given.audience, owner=owner, labels=given.labels)
        keep(text.article, terms, by=by)
    elif text is None and known is not None:
        text = translate(known, words, language=given.language, by=by)
    assert text is not None
    write(text, Words(**{**vars(words), "body": _with_pictures(text, given)}), by=by)
    if given.link:
        Redirect.objects.update_or_create(language=given.language, slug=given.link, defaults={"text": text})
    if is_published and not (text.is_live and newest_of(text).number == text.live_number):
        publish_imported(text, by=by)
    return text


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
    made = add_file(article, filename=path.rpartition("/")[2], stream=BytesIO(content), is_inline=True)
    older = article.files.filter(sha256=made.sha256, is_inline=True).exclude(pk=made.pk).first()
    if older is None:
        return made.pk
    made.delete()
    return older.pk
