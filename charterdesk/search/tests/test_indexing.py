"""Keeping the index: what is noted is read again soon, what moved is moved, what is gone is gone."""

import pytest
from django.db import connection, transaction

from charterdesk.search.audience import everybody, staff
from charterdesk.search.counting import count_by_tag, count_words
from charterdesk.search.index import index_noted, move, note, note_under, refresh
from charterdesk.search.models import Document, Noted, Rebuild, TagWord, Word
from charterdesk.search.queries import search
from charterdesk.search.rebuild import rebuild
from charterdesk.search.words import understand

pytestmark = pytest.mark.django_db


def found(text: str, reader=None) -> list[str]:
    return [hit.source for hit in search(text, reader=reader or everybody()).hits]


def change(pk: int, **columns: str | list[str] | None) -> None:
    with connection.cursor() as cursor:
        for name, value in columns.items():
            cursor.execute(f"UPDATE test_page SET {name} = %s WHERE id = %s", [value, pk])


def test_what_was_noted_is_indexed_and_the_note_is_gone(pages):
    pk = pages("A leak")
    note(f"page:{pk}")

    index_noted()

    assert found("leak") == [f"page:{pk}"]
    assert Noted.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_note_is_worked_off_as_soon_as_its_transaction_commits(pages):
    try:
        with transaction.atomic():
            pk = pages("A leak")
            note(f"page:{pk}")
            assert found("leak") == []

        assert found("leak") == [f"page:{pk}"]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE test_page")


def test_what_has_changed_is_found_by_its_new_words_only(pages):
    pk = pages("A leak")
    refresh("page", [pk])
    change(pk, title="A burst")
    refresh("page", [pk])

    assert found("leak") == []
    assert found("burst") == [f"page:{pk}"]


def test_what_is_no_longer_findable_is_taken_out(pages):
    pk = pages("A leak")
    refresh("page", [pk])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM test_page")
    refresh("page", [pk])

    assert Document.objects.count() == 0


def test_what_moves_to_another_team_leaves_the_old_one(pages):
    pk = pages("A leak", audience=("t:1",), parent="ticket:5")
    refresh("page", [pk])
    change(pk, audience=["t:2"], parent="ticket:6")

    note_under("ticket:5")
    index_noted()

    assert found("leak", staff([1])) == []
    assert found("leak", staff([2])) == [f"page:{pk}"]
    assert Document.objects.get().parent == "ticket:6"


def test_moving_does_not_read_text_again(pages):
    pk = pages("A leak", parent="ticket:5")
    refresh("page", [pk])
    change(pk, title="A burst")

    move(["ticket:5"])

    assert found("leak") == [f"page:{pk}"]


def test_one_document_that_can_not_be_indexed_keeps_no_other_from_it(pages, monkeypatch):
    good, bad = pages("A leak"), pages("A leak")
    change(bad, created_at=None)  # the index wants a time
    note(f"page:{good}", f"page:{bad}")

    index_noted()

    assert found("leak") == [f"page:{good}"]
    left = Noted.objects.get()
    assert (left.key, left.attempts) == (f"page:{bad}", 1)
    assert "NotNullViolation" in left.error or "IntegrityError" in left.error


def test_a_note_about_an_unknown_kind_is_passed_over(pages):
    note("unicorn:1")

    index_noted()

    assert Noted.objects.count() == 0


def test_words_are_counted_once_however_often_one_asks(pages):
    refresh("page", [pages("leak leak"), pages("leak")])
    count_words()
    count_words()

    assert Word.objects.get(word="leak").documents == 2
    assert Word.objects.get(word="@k:page").documents == 2


def test_a_rebuild_goes_on_where_it_was_interrupted(pages, monkeypatch):
    numbers = [pages("leak", f"number{n}") for n in range(30)]
    monkeypatch.setattr("charterdesk.search.rebuild.BATCH", 10)
    Rebuild.objects.create(kind="page", done_to=numbers[9], up_to=numbers[-1])

    passed = rebuild("page")

    assert passed == 20
    assert found("number5") == []
    assert found("number29") == [f"page:{numbers[29]}"]
    assert Rebuild.objects.get().finished_at is not None


def test_a_rebuild_finds_everything_again(pages):
    numbers = [pages("leak") for _ in range(5)]

    rebuild("page")
    rebuild("page")

    assert sorted(found("leak")) == [f"page:{n}" for n in numbers]


def test_a_rebuild_writes_what_indexing_one_by_one_writes(pages):
    numbers = [pages("leak in the yard" if n % 2 else "water", "leak leak pressure" * (n % 3 + 1)) for n in range(9)]
    Word.objects.bulk_create(Word(word=word, documents=900, is_plain=True) for word in ("leak", "pressur"))
    refresh("page", numbers)
    one_by_one = dict(Document.objects.values_list("source", "vector"))
    Document.objects.all().delete()

    rebuild("page")

    assert dict(Document.objects.values_list("source", "vector")) == one_by_one
    assert "'^1leak'" in one_by_one[f"page:{numbers[1]}"]


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_a_rebuild_leave_nothing_out_and_count_every_word_once(pages, monkeypatch):
    numbers = [pages("leak", f"number{n}") for n in range(30)]
    monkeypatch.setattr("charterdesk.search.rebuild.BATCH", 4)

    try:
        rebuild("page", writers=2)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE test_page")

    assert sorted(Document.objects.values_list("source", flat=True)) == sorted(f"page:{n}" for n in numbers)
    assert Word.objects.get(word="leak").documents == 30
    assert Word.objects.get(word="number29").documents == 1


def test_frequent_words_are_counted_by_team_and_audience_from_a_sample(pages, monkeypatch):
    monkeypatch.setattr("charterdesk.search.counting.FREQUENT", 10)
    refresh("page", [pages("leak", audience=["t:1", "c:9"]) for _ in range(16)])
    refresh("page", [pages("water", audience=["t:2"]) for _ in range(16)])
    refresh("page", [pages("tap", audience=["staff", "signed-in"]) for _ in range(16)])
    refresh("page", [pages("seldom", audience=["t:2"]) for _ in range(8)])
    count_words()

    counted = [count_by_tag(), count_by_tag()]

    assert counted == [True, False]
    assert sorted(TagWord.objects.values_list("tag", "word", "documents")) == [
        ("signed-in", "tap", 16),
        ("staff", "tap", 16),
        ("t:1", "leak", 16),
        ("t:2", "water", 16),
    ]


def test_what_a_reader_may_see_of_a_word_is_counted_once_however_many_audiences_it_is_for(pages, monkeypatch):
    for module in ("counting", "words"):
        monkeypatch.setattr(f"charterdesk.search.{module}.FREQUENT", 10)
    refresh("page", [pages("leak", audience=["staff", "signed-in", "public"]) for _ in range(16)])
    refresh("page", [pages("leak frost", audience=["t:2"]) for _ in range(8)])
    refresh("page", [pages("leak", audience=["t:3"]) for _ in range(40)])
    count_words()
    count_by_tag()

    question = understand("leak frost", reader=staff([2]))
    frost, leak = question.terms

    assert question.share == pytest.approx(24 / 64)
    assert (leak.documents[0], leak.seen[0]) == (64, 24)
    assert (frost.documents[0], frost.seen[0]) == (8, 3)  # too rare to be counted by team: the reader's share of it
