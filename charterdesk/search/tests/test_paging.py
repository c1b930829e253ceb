"""Paging goes on to the last hit, however many there are and however they are found."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from charterdesk.search import plan as planning
from charterdesk.search.audience import Reader, staff
from charterdesk.search.counting import count_by_tag, count_words
from charterdesk.search.index import Document, put
from charterdesk.search.queries import search
from charterdesk.search.statements import branch_query, candidates, ranked_page
from charterdesk.search.words import Question

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, tzinfo=UTC)
ALL = Reader(everything=True)
COUNTS = (900_000, 450_000, 200_000, 50_000, 9_000)
FOUND = "SELECT source FROM search_document WHERE vector @@ %s::tsquery"


def asked_of(sql: str, *params: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def fill(count: int, *, audience: tuple[str, ...] = ("t:1",)) -> None:
    """`count` documents that all have "water"; each fifth "leak" too; lengths differ."""
    put(
        Document(
            source=f"note:{number}",
            title="",
            body="water " + "leak " * (number % 5 == 0) + "filler " * (number % 17),
            audience=audience,
            language="en",
            created_at=AT + timedelta(seconds=number),
        )
        for number in range(count)
    )
    count_words()


def all_pages(text: str, reader: Reader, limit: int = 100) -> list[str]:
    sources, cursor = [], ""
    while True:
        results = search(text, reader=reader, limit=limit, cursor=cursor)
        sources += [hit.source for hit in results.hits]
        if results.after is None:
            return sources
        cursor = results.after


def test_more_hits_than_are_ranked_are_all_reached_once_each():
    fill(3_400)

    sources = all_pages("water leak", ALL)

    assert len(sources) == 3_400
    assert len(set(sources)) == 3_400
    assert {int(source[5:]) % 5 for source in sources[:500]} == {0}


def test_pages_that_begin_while_typing_hold_every_hit_once_as_well():
    fill(1_400)
    first = search("wat", reader=ALL, limit=100, is_typing=True)

    rest, cursor = [], first.after
    while cursor:
        page = search("wat", reader=ALL, limit=100, cursor=cursor)
        rest, cursor = rest + [hit.source for hit in page.hits], page.after

    assert planning.TYPING_BUDGET < 1_400 < planning.BUDGET
    assert sorted([hit.source for hit in first.hits] + rest) == sorted(f"note:{n}" for n in range(1_400))


def test_each_document_is_scored_once():
    fill(20)
    question = Question(terms=(planning.Term("water", {"en": "water"}, COUNTS),), documents=3_000_000)
    everything = planning.Plan((((0, 0),),), is_complete=True)
    page = ranked_page(question, candidates(question, everything, ALL), after=None, size=10)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {page.text}", page.params)
        lines = [line for (line,) in cursor.fetchall()]

    assert any("CTE graded" in line for line in lines)
    assert [line for line in lines if "Filter" in line and "ts_rank" in line] == []


def test_pages_of_a_team_hold_all_of_its_hits_and_nobody_else_s():
    fill(300, audience=("t:1",))
    put(
        Document(source=f"other:{n}", title="water", audience=("t:2",), created_at=AT, language="en")
        for n in range(300)
    )

    assert sorted(all_pages("water", staff([1]), limit=7)) == sorted(f"note:{n}" for n in range(300))


def test_what_is_new_between_two_pages_neither_repeats_nor_hides_a_hit():
    fill(400)
    first = search("water", reader=ALL, limit=50)
    put([Document(source="note:9999", title="water", audience=("t:1",), created_at=AT, language="en")])
    count_words()

    rest, cursor = [], first.after
    while cursor:
        page = search("water", reader=ALL, limit=50, cursor=cursor)
        rest, cursor = rest + [hit.source for hit in page.hits], page.after

    assert sorted([hit.source for hit in first.hits] + rest) == sorted(f"note:{n}" for n in range(400))


def test_what_was_guessed_at_does_not_push_out_what_was_said():
    fill(4_000)
    put(
        [Document(source="note:9999", title="", body="leak leak leak", audience=("t:1",), created_at=AT, language="en")]
    )
    count_words()
    count_by_tag()

    results = search("leak waterr", reader=staff([1]))

    assert results.corrected == (("waterr", "water"),)
    assert (results.hits[0].source, len(results.hits)) == ("note:9999", 20)


def test_a_search_never_reads_the_whole_table():
    fill(3_400)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_document")
        cursor.execute("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'search_document'")
        ((before,),) = cursor.fetchall()
        all_pages("water", ALL)
        cursor.execute("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'search_document'")
        ((after,),) = cursor.fetchall()

    assert after == before


def test_few_documents_are_ranked_whole_and_many_by_their_strong_words():
    rare = planning.Term("burst", {"simple": "burst"}, (50, 20, 5, 1, 0))
    frequent = planning.Term("water", {"simple": "water"}, (900_000, 450_000, 200_000, 50_000, 1_000))

    alone = planning.make_plan([rare], total=3_000_000, share=1.0)
    both = planning.make_plan([rare, frequent], total=3_000_000, share=1.0)
    in_a_tiny_team = planning.make_plan([rare, frequent], total=3_000_000, share=0.001)

    assert alone == planning.Plan((((0, 0),),), is_complete=True)
    assert both.branches[0] == ((0, 0),) and ((1, 4),) in both.branches and ((1, 0),) not in both.branches
    assert in_a_tiny_team.is_complete


def test_a_word_that_is_frequent_elsewhere_is_looked_up_whole_where_it_is_rare():
    brown = planning.Term("brown", {"simple": "brown"}, (22_000, 21_000, 19_000, 9_000, 7_000), seen=(2, 2, 1, 0, 0))
    water = planning.Term("water", {"simple": "water"}, (900_000, 450_000, 200_000, 50_000, 1_000))

    branches = planning.make_plan([brown, water], total=3_000_000, share=0.4).branches

    assert branches[0] == ((0, 0),)
    assert all(number == 1 for branch in branches[1:] for number, _step in branch)


def test_of_several_frequent_words_no_branch_finds_again_what_another_finds():
    words = [planning.Term(name, {"simple": name}, COUNTS) for name in ("water", "meter", "bill")]

    branches = planning.make_plan(words, total=3_000_000, share=1.0).branches

    asked = [dict(branch) for branch in branches if len(branch) > 1]
    wider = [
        (one, other)
        for one in asked
        for other in asked
        if one is not other and all(other.get(number, -1) >= step for number, step in one.items())
    ]
    assert len(asked) > 2
    assert wider == []


def test_a_branch_that_would_be_cut_off_anywhere_leaves_its_place_to_narrower_ones():
    words = [planning.Term(name, {"simple": name}, COUNTS) for name in ("water", "meter", "bill")]

    branches = planning.make_plan(words, total=3_000_000, share=1.0).branches

    likely = [
        math.prod(COUNTS[step] / 3_000_000 for _number, step in branch) * 3_000_000 * planning.TOGETHER ** (many - 1)
        for branch in branches
        if (many := len(branch)) > 1
    ]
    assert max(likely) <= planning.TOO_WIDE * planning.BUDGET


def test_the_branches_of_one_frequent_word_find_each_document_once_the_strongest_first():
    for number in range(1, 5):  # in that many of the words of a short text, so that all steps occur
        put(
            Document(
                source=f"note:{number * 1000 + each}", title="", body="water " * number + "filler " * (each % 9 * 5),
                audience=("t:1",), language="en", created_at=AT,
            )
            for each in range(600)
        )  # fmt: skip
        count_words()
    ((counts,),) = asked_of("SELECT array_agg(documents ORDER BY word) FROM search_word WHERE word ~ '^.[1-4]water$'")
    water = planning.Term("water", {"en": "water"}, (2_400, *counts))
    plan = planning.make_plan([water], total=2_400, share=1.0, budget=900)
    question = Question(terms=(water,), documents=2_400)

    found = [
        [source for (source,) in asked_of(FOUND, branch_query(branch, question, plan))] for branch in plan.branches
    ]

    assert [branch[0][1] for branch in plan.branches][:2] == [4, 3]
    assert all(found[:2])
    assert len({source for some in found for source in some}) == sum(map(len, found))
