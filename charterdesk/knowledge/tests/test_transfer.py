"""Articles go out as files and come in again: here they are known, elsewhere they are new, and nothing is lost."""

import zipfile
from io import BytesIO

import pytest

from charterdesk.base.files import open_stored
from charterdesk.knowledge.actions.files import add_file
from charterdesk.knowledge.actions.importing import import_text
from charterdesk.knowledge.actions.writing import Words, translate, write
from charterdesk.knowledge.models import Article, ArticleFile, ArticleText, ArticleVersion
from charterdesk.knowledge.packing import read_csv, read_zip, table_of_all, write_zip
from charterdesk.knowledge.testing import make_category, make_text
from charterdesk.people.models import Organisation

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG\r\n\x1a\n0000"
CODE = "<p>Type this:</p><pre>one\n\n    two</pre><p># no heading</p>"


def _exported() -> BytesIO:
    packed = BytesIO()
    write_zip(packed, open_stored)
    return packed


def _taken_in(packed: BytesIO) -> None:
    for each in read_zip(packed):
        import_text(each, by="system", is_published=True)


@pytest.fixture
def meters() -> ArticleText:
    """An article with a picture, a page to take along, quotes in its title, a translation and a draft behind it."""
    text = make_text('"Black" or "red"', category=make_category("Meters / reading"))
    picture = add_file(text.article, filename="dial.png", stream=BytesIO(PICTURE), is_inline=True)
    add_file(text.article, filename="notes.md", stream=BytesIO(b"# Notes"))
    ArticleText.objects.filter(pk=text.pk).update(body=f'{CODE}<p><img src="cid:{picture.pk}" alt="Dial"></p>')
    translate(text.article, Words(title="أسود أم أحمر", body="<p>أسود</p>"), language="ar", by="system")
    write(text, Words(title="Better", body="<p>A draft.</p>"), by="agent:1")
    return ArticleText.objects.get(pk=text.pk)


def test_what_is_exported_and_comes_in_again_is_known_and_changes_nothing(meters: ArticleText) -> None:
    before, versions = table_of_all(), ArticleVersion.objects.count()

    _taken_in(_exported())

    assert table_of_all() == before
    assert (Article.objects.count(), ArticleFile.objects.count(), ArticleVersion.objects.count()) == (1, 2, versions)
    assert ArticleText.objects.get(language="ar").state == ArticleText.DRAFT, "nobody published what was a draft"
    for each in read_csv(BytesIO(before.replace("Type this", "Type that").encode())):
        import_text(each, by="system", is_published=True)
    meters.refresh_from_db()
    assert (Article.objects.count(), "Type that" in meters.body) == (1, True)


def test_what_is_exported_is_the_same_on_another_desk(meters: ArticleText) -> None:
    packed, body = _exported(), meters.body
    Article.objects.all().delete()

    _taken_in(packed)

    article = Article.objects.get()
    english, arabic = article.texts.get(language="en"), article.texts.get(language="ar")
    picture = article.files.get(is_inline=True)
    assert (article.language, english.title, english.state) == ("en", '"Black" or "red"', "published")
    assert english.body == body.replace(body[body.index("cid:") : body.index('" alt')], f"cid:{picture.pk}")
    assert (arabic.title, arabic.is_live) == ("أسود أم أحمر", False)
    assert [file.filename for file in article.files.filter(is_inline=False)] == ["notes.md"]


def test_an_article_for_an_organisation_comes_in_again_where_it_was_written() -> None:
    text = make_text(
        audience=Article.ORGANISATION, organisation_ids=[Organisation.objects.create(name="Town").pk], labels=["a"]
    )
    changed = table_of_all().replace("black", "red").encode()

    for each in read_csv(BytesIO(changed)):
        import_text(each, by="system", is_published=True)

    text.refresh_from_db()
    assert (text.body, text.article.audience) == ("<p>Read the red digits.</p>", Article.ORGANISATION)


def test_long_names_that_begin_alike_are_two_articles_each_time() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        for name in ("pay", "move"):
            folder.writestr(f"Getting started with your water supply/how-to-{name}.md", f"# How to {name}\n\nAsk us.")
    for _time in range(2):
        _taken_in(packed)
        assert sorted(ArticleText.objects.values_list("title", flat=True)) == ["How to move", "How to pay"]


def test_a_name_that_another_desk_gave_is_no_article_of_this_one() -> None:
    text = make_text("Ours", category=make_category("Meters"))
    row = f"name,language,category,title,body\n{text.article.key}-0123456789,en,Meters,Theirs,<p>x</p>\n"

    for each in read_csv(BytesIO(row.encode())):
        import_text(each, by="system", is_published=True)

    assert sorted(ArticleText.objects.values_list("title", flat=True)) == ["Ours", "Theirs"]
