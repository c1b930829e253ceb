"""The index is made anew by one call: whatever was wrong with it, it is then what the tables say."""

import threading

import pytest
from django.db import connection, transaction

from charterdesk.base.refused import Refused
from charterdesk.search.anew import LOCK, make_anew
from charterdesk.search.audience import everybody, staff
from charterdesk.search.counting import count_words
from charterdesk.search.index import Document, note, put, refresh, write_range
from charterdesk.search.models import Document as Row
from charterdesk.search.models import Noted, Rebuild, Word
from charterdesk.search.queries import search

pytestmark = pytest.mark.django_db(transaction=True)


def run(sql: str, *params: str | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def found(text: str, reader=None) -> list[str]:
    return sorted(hit.source for hit in search(text, reader=reader or everybody()).hits)


@pytest.fixture
def table(pages):
    """The pages, whose table goes again: what one of these tests writes is committed."""
    yield pages
    run("DROP TABLE test_page")


def test_a_damaged_index_is_what_the_tables_say_again(table, monkeypatch):
    monkeypatch.setattr("charterdesk.search.anew.BATCH", 2)
    lost, garbled, theirs = table("leak", "in the yard"), table("burst", "pipe"), table("meter", audience=["t:1"])
    gone, good = table("gone"), table("good")
    refresh("page", [lost, garbled, theirs, gone, good])
    put(
        [Document(source="made:1", audience=["public"], title="Of no table", created_at=Row.objects.first().created_at)]
    )
    count_words()
    before = dict(Row.objects.exclude(source=f"page:{gone}").values_list("source", "vector"))
    kept = Row.objects.get(source=f"page:{good}").pk
    run("DELETE FROM search_document WHERE source = %s", f"page:{lost}")
    run("UPDATE search_document SET vector = '''nonsense''' WHERE source = %s", f"page:{garbled}")
    run("UPDATE search_document SET tags = ARRAY['public', 'k:page'] WHERE source = %s", f"page:{theirs}")
    run("DELETE FROM test_page WHERE id = %s", gone)
    run("UPDATE search_word SET documents = 7000")
    run("DROP INDEX search_document_words")
    said: list[str] = []

    held = make_anew(say=said.append)

    assert held == 5
    assert dict(Row.objects.values_list("source", "vector")) == before
    assert (found("leak"), found("burst"), found("gone")) == ([f"page:{lost}"], [f"page:{garbled}"], [])
    assert (found("meter"), found("meter", staff([1]))) == ([], [f"page:{theirs}"])
    assert Row.objects.get(source=f"page:{good}").pk == kept  # what was right was left as it stood
    assert dict(Word.objects.filter(word__in=["leak", "nonsens", "gone"]).values_list("word", "documents")) == {
        "leak": 1
    }
    assert [line for line in said if "1 documents taken out" in line]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_index WHERE indrelid = 'search_document'::regclass AND indisvalid")
        assert cursor.fetchone() == (4,)


def test_an_empty_index_is_filled_and_what_could_not_be_indexed_is_tried_again(table):
    pk = table("leak")
    with transaction.atomic():
        note("unicorn:1")
    run("INSERT INTO search_noted (key, is_parent, attempts, error) VALUES (%s, false, 5, 'broken')", f"page:{pk}")

    assert make_anew() == 1

    assert found("leak") == [f"page:{pk}"]
    assert Noted.objects.count() == 0


def test_a_first_filling_that_was_killed_goes_on_on_all_cores_and_counts_every_word_once(table, monkeypatch):
    monkeypatch.setattr("charterdesk.search.rebuild.BATCH", 2)
    monkeypatch.setattr("charterdesk.search.rebuild.os.cpu_count", lambda: 2)
    pages = [table("leak", f"number {number}") for number in range(11)]
    threads = set()

    def killed(findable, after, up_to, *, frequent):
        if after >= pages[7]:
            raise KeyboardInterrupt
        write_range(findable, after, up_to, frequent=frequent)

    def noted(findable, after, up_to, *, frequent):
        threads.add(threading.get_ident())
        write_range(findable, after, up_to, frequent=frequent)

    monkeypatch.setattr("charterdesk.search.rebuild.write_range", killed)
    with pytest.raises(KeyboardInterrupt):
        make_anew()
    run("DROP INDEX search_document_words, search_word_typos")  # as a kill leaves it, who has no time to make them
    monkeypatch.setattr("charterdesk.search.rebuild.write_range", noted)
    held = make_anew()

    assert (held, len(found("leak"))) == (11, 11)
    assert Word.objects.get(word="leak").documents == 11
    assert len(threads - {threading.get_ident()}) == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_index WHERE indrelid = 'search_document'::regclass AND indisvalid")
        assert cursor.fetchone() == (4,)


def test_it_goes_on_where_it_was_interrupted_unless_told_to_begin_anew(table):
    first, second = table("leak"), table("leak")
    refresh("page", [first, second])
    run("UPDATE search_document SET vector = ''")
    Rebuild.objects.create(kind="page", done_to=first, up_to=second)

    make_anew()
    goes_on = found("leak")
    Rebuild.objects.create(kind="page2", done_to=1, up_to=2)
    Rebuild.objects.filter(kind="page").update(done_to=first, finished_at=None)
    make_anew(restart=True)

    assert (goes_on, found("leak")) == ([f"page:{second}"], [f"page:{first}", f"page:{second}"])


def test_two_at_once_are_refused(table):
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    with pytest.raises(Refused) as refused:
        make_anew()
    other.close()

    assert refused.value.code == "search.at_work"
