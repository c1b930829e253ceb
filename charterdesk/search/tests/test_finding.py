"""What is found, and what comes first."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from charterdesk.base.refused import Refused
from charterdesk.search.audience import Reader, everybody, staff
from charterdesk.search.counting import count_words
from charterdesk.search.cursors import Place, write_cursor
from charterdesk.search.index import Document, put, refresh, remove
from charterdesk.search.plan import BUDGET, STEPS, Term
from charterdesk.search.queries import Manner, find, search
from charterdesk.search.synonyms import define_synonyms
from charterdesk.search.words import LEAST_MEASURED, Question

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, tzinfo=UTC)
ALL = Reader(everything=True)


def document(source: str, body: str = "", *, title: str = "", reference: tuple[str, ...] = ()) -> Document:
    """A public English document."""
    return Document(
        source=source, title=title, body=body, reference=reference, audience=("public",), language="en", created_at=AT
    )


def given(**texts: str | tuple[str, ...]) -> None:
    """Index one public English document for each name."""
    put(
        [
            Document(
                source=f"note:{number}", title=name, body=str(text), audience=("public",), language="en", created_at=AT
            )
            for number, (name, text) in enumerate(texts.items(), start=1)
        ]
    )


def found(text: str, **how) -> list[str]:
    return [hit.source for hit in search(text, reader=ALL, **how).hits]


def test_a_document_is_found_by_any_of_its_words_and_the_one_with_the_rarer_word_comes_first():
    given(one="The meter is in the cellar.", two="The meter drips since the frost.", three="Nothing to see.")
    given_more = Document(source="note:9", title="x", body="meter", audience=("public",), language="en", created_at=AT)
    put([given_more])

    assert found("frost meter")[0] == "note:2"
    assert set(found("frost meter")) == {"note:1", "note:2", "note:9"}


def test_a_word_in_the_title_weighs_more_than_one_in_the_text():
    given(alpha="The pump was loud.", pump="It was very loud.")

    assert found("pump") == ["note:2", "note:1"]


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [
        ("en", "Two invoices were paid.", "invoice paying"),
        ("de", "Die Zähler wurden abgelesen.", "zahler"),
        ("fr", "La facture a été payée.", "factures payees"),
        ("es", "La presión es baja.", "presion"),
        ("ar", "وصلت الفاتورة اليوم", "فاتورة"),
        ("pt", "A conta chegou", "conta"),
    ],
)
def test_words_are_found_in_other_forms_and_without_their_accents(language, text, asked):
    put([Document(source="note:1", title="", body=text, audience=("public",), language=language, created_at=AT)])

    assert found(asked) == ["note:1"]


def test_words_are_found_between_typographic_marks():
    given(one="He wrote «leak», “burst” and meter—room; see pipe/valve, not <tap>.")

    for word in ("leak", "burst", "meter", "room", "pipe", "valve", "tap"):
        assert found(word) == ["note:1"], word


def test_a_phrase_in_quotes_is_found_in_its_order_only():
    given(one="the water bill came", two="the bill for water came")

    assert found('"water bill"') == ["note:1"]
    assert set(found("water bill")) == {"note:1", "note:2"}


def test_a_reference_comes_first_however_it_is_written():
    put(
        [
            Document(source="note:1", title="About 1042 things", body="1042 1042", audience=("public",), created_at=AT),
            Document(
                source="note:2", title="Burst", audience=("public",), created_at=AT, reference=("CD-1042", "1042")
            ),
        ]
    )

    for asked in ("1042", "#1042", "cd-1042", "is CD-1042 done?"):
        first = search(asked, reader=ALL).hits[0]
        assert first.source == "note:2", asked
    assert first.why[0] == ("#cd1042", 100.0)


def test_the_last_word_may_be_unfinished_while_typing():
    given(one="The invoice is wrong.", two="Nothing at all.")
    count_words()

    assert found("inv", is_typing=True) == ["note:1"]
    assert found("inv") == []


def test_a_word_that_nothing_has_is_guessed_at():
    given(one="The accommodation was flooded.", two="A new tap.")
    count_words()

    results = search("acommodatoin", reader=ALL)

    assert [hit.source for hit in results.hits] == ["note:1"]
    assert results.corrected == (("acommodatoin", "accommodation"),)


@pytest.mark.parametrize("typed", ["watre", "wader", "wster", "waterr", "wter"])
def test_one_mistake_in_a_short_word_is_forgiven(typed):
    given(one="No water in the house.", two="The bill is late.", three="A whole winter.")
    count_words()

    assert (found(typed), search(typed, reader=ALL).corrected) == (["note:1"], ((typed, "water"),))


def test_what_is_hardly_like_it_is_found_and_not_proposed():
    given(one="Pay at the bar.", two="The bill is late.")
    count_words()

    assert (found("barrel"), search("barrel", reader=ALL).corrected) == (["note:1"], ())


def test_what_is_proposed_is_a_whole_word_of_what_the_reader_found():
    put([document("note:1", "Both accommodations were flooded."), document("note:2", "The cellar is wet.")])
    put([Document(source="note:3", title="", body="accommodating", audience=("t:7",), language="en", created_at=AT)])
    count_words()

    results = search("wet acommodatoins", reader=everybody())

    assert {hit.source for hit in results.hits} == {"note:1", "note:2"}
    assert results.corrected == (("acommodatoins", "accommodations"),)


def test_a_word_that_stands_only_where_the_reader_may_not_look_is_not_proposed():
    put([document("note:1", "A visit by the gardener, Wednesday at noon.")])
    put([Document(source="note:2", title="", body="Mr Gruenewald", audience=("t:7",), language="en", created_at=AT)])
    count_words()

    results = search("visit by gruenwald", reader=everybody(), limit=1)

    assert [hit.source for hit in results.hits] == ["note:1"]
    assert results.corrected == ()
    assert search("visit by gruenwald", reader=staff([7])).corrected == (("gruenwald", "Gruenewald"),)


def test_words_of_no_meaning_are_passed_over_unless_nothing_else_was_asked():
    given(one="the who", two="a leak")
    put([Document(source="note:3", title="", body="the who", audience=("public",), language="simple", created_at=AT)])

    assert found("the leak", language="en") == ["note:2"]
    assert found("the", language="en") == ["note:3"]


def test_new_text_is_found_before_its_words_are_counted():
    given(one="An old meter.")
    count_words()
    put(
        [
            Document(
                source="note:7", title="", body="A new aqueduct.", audience=("public",), language="en", created_at=AT
            )
        ]
    )

    assert found("aqueduct") == ["note:7"]


def test_every_word_of_a_huge_text_is_found_and_the_text_only_once():
    words = " ".join(f"w{number:06d}q" for number in range(60_000))
    put([Document(source="note:1", title="Log", body=words, audience=("public",), created_at=AT)])

    for number in (0, 999, 1_001, 7_523, 30_000, 59_999):
        assert found(f"w{number:06d}q") == ["note:1"]
    assert found("log") == ["note:1"]


def test_a_text_that_has_become_short_is_not_found_by_what_it_said_before():
    put([Document(source="note:1", title="", body="first " * 30_000 + "zebra", audience=("public",), created_at=AT)])
    put([Document(source="note:1", title="", body="short", audience=("public",), created_at=AT)])

    assert found("zebra") == []
    assert found("short") == ["note:1"]


def test_what_was_removed_is_not_found():
    given(one="leak", two="leak")

    remove(["note:1"])

    assert found("leak") == ["note:2"]


def test_extracts_show_neither_signs_of_quotes_nor_what_only_serves_to_be_found():
    said = "I asked:\n> > The meter is stuck.\n>\n> What now?\nTurn it.\n\x1cplumbing valves"
    put([document("note:1", said)])

    (asked,), (labelled,) = search("meter", reader=ALL).hits, search("plumbing", reader=ALL).hits

    assert ("<mark>meter</mark>" in asked.extract, "&gt;" in asked.extract) == (True, False)
    assert labelled.extract.startswith("I asked:")
    assert "plumbing" not in f"{asked.extract} {labelled.extract}" and "&gt;" not in labelled.extract


def test_extracts_mark_what_matched_and_let_no_markup_of_the_text_through():
    given(one="<script>alert(1)</script> the \x02leak\x03 & more <b>bold</b> of the \x02 kind")

    extract = search("leak", reader=ALL).hits[0].extract

    assert "<mark>leak</mark>" in extract
    assert "<script" not in extract and "<b>" not in extract and "\x02" not in extract
    assert "&amp; more" in extract


def test_an_extract_shows_where_it_was_cut():
    given(one="and then the pipe began to leak in the cellar", two="Pipes leak")

    extracts = {hit.source: hit.extract for hit in search("leak", reader=ALL).hits}

    assert extracts["note:1"].startswith("… then the pipe") and extracts["note:1"].endswith("cellar …")
    assert extracts["note:2"].startswith("Pipes ")


def test_a_hit_says_why_it_was_found():
    given(one="A leak in the cellar.", two="A leak.")

    hit = next(hit for hit in search("leak cellar", reader=ALL).hits if hit.source == "note:1")

    assert {word for word, _part in hit.why} == {"leak", "cellar"}
    assert hit.score == pytest.approx(sum(part for _word, part in hit.why) * (1 + sum(hit.lifts.values())))
    assert hit.covers == 1


def test_only_kinds_asked_for_are_found():
    given(one="leak")
    put([Document(source="article:1", title="leak", audience=("public",), created_at=AT)])

    assert found("leak", kinds=["article"]) == ["article:1"]


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00", "!!! ???", '""', "'", "\\", "a'b\\c & | ! ( ) : * <-> %s %%", "-" * 5000]
)
def test_no_text_is_an_error(text):
    given(one="leak a'b")

    search(text, reader=everybody())
    search(text, reader=everybody(), is_typing=True)


def test_a_cursor_says_nothing_of_what_the_index_counted_to_who_holds_it():
    given(**{f"page-{number}": f"Leak {number}" for number in range(4)})

    after = search("leak", reader=ALL, limit=2).after or ""

    assert b"leak" not in urlsafe_b64decode(after + "===").lower()
    assert len(search("leak", reader=ALL, limit=2, cursor=after).hits) == 2


@pytest.mark.parametrize("cursor", ["x", "bm90IGpzb24", "e30", "\u2603", "eyJzY29yZSI6MX0"])
def test_a_cursor_that_is_none_is_refused(cursor):
    with pytest.raises(Refused) as refusal:
        search("leak", reader=ALL, cursor=cursor)

    assert refusal.value.code == "search.bad_cursor"


def test_a_stem_of_another_language_does_not_find_what_only_looks_like_it():
    put([document("note:1", "one cell of the battery"), document("note:2", "water in the cellar")])

    assert found("cellar") == ["note:2"]  # in French its stem is cell


def test_who_asks_for_a_word_finds_what_means_the_same_a_little_later():
    given(one="Your bill is late.", two="Your invoices are late.", three="A gift is late.")
    define_synonyms(None, language="en", words=["Bill", "invoice"], by="agent:1")
    define_synonyms(None, language="de", words=["Rechnungen", "gift"], by="agent:1")

    assert found("bill") == ["note:1", "note:2"]
    assert found("invoicing") == ["note:2", "note:1"]
    assert found("rechnung") == ["note:3"]
    assert "<mark>invoices</mark>" in search("bill", reader=ALL).hits[1].extract


def test_several_words_in_a_row_mean_the_same_as_one_and_the_other_way_round():
    given(one="The gauges are old.", two="Old water meters.", three="The meter has no water.", four="Bills for lading.")
    define_synonyms(None, language="en", words=["gauge", "water meter", "bill of lading"], by="agent:1")

    assert found("gauge") == ["note:1", "note:4", "note:2"]
    assert set(found("a bill of lading")) == {"note:1", "note:2", "note:4"}
    assert set(found("water meter")) == {"note:1", "note:2", "note:3", "note:4"}
    assert set(found("water")) == {"note:2", "note:3"}
    assert "note:1" in found("meter water meters")
    assert "<mark>water</mark> <mark>meters</mark>" in search("gauge", reader=ALL).hits[2].extract


@pytest.mark.parametrize("places", [0, -1, BUDGET + 1])
def test_a_cursor_of_a_version_that_ranked_more_than_there_is_room_for_is_refused(places):
    term = Term("gauge", {"en": "gaug"}, (1,) * STEPS)
    with pytest.raises(Refused):
        search("gauge", reader=ALL, cursor=write_cursor(Place(1.0, 1, Question(terms=(term,), places=places))))


def test_a_best_answer_is_looked_for_only_where_there_may_be_one():
    given(one="A leak in the cellar.")
    manner = Manner(answers={"article": 0.0}, last_word=lambda hits: [hit.source for hit in hits])

    asked = {}
    for text in ("leak", "#7 leak cellar", "leak cellar"):
        with CaptureQueriesContext(connection) as captured:
            find(text, reader=ALL, manner=manner)
        asked[text] = sum("candidates AS" in each["sql"] for each in captured)

    assert asked == {"leak": 1, "#7 leak cellar": 1, "leak cellar": 2}


def test_a_cursor_of_a_version_that_had_words_of_nothing_is_refused():
    term = Term("gauge", {"en": "gaug"}, (1,) * STEPS, akin=(" ",))
    with pytest.raises(Refused):
        search("gauge", reader=ALL, cursor=write_cursor(Place(1.0, 1, Question(terms=(term,)))))


@pytest.mark.parametrize("words", [["bill"], ["bill", "Bill "], ["bill", "a b c d e f g"], ["bill", "???"]])
def test_synonyms_are_two_at_least_and_of_five_words_at_most(words):
    with pytest.raises(Refused):
        define_synonyms(None, language="en", words=words, by="agent:1")


def test_length_counts_as_part_of_what_is_usual_in_the_kind_once_there_are_enough_to_know():
    given(one="meter " + "cold " * 3, two="meter meter " + "warm " * 18)
    put(document(f"note:{number}", "tap tap tap tap") for number in range(10, 10 + LEAST_MEASURED))
    assert found("meter") == ["note:2", "note:1"]
    count_words()
    assert found("meter") == ["note:1", "note:2"]


def test_two_forms_of_a_word_count_once():
    given(one="The card.", two="The card has a chip.")

    assert [word for word, _part in search("card cards", reader=ALL, language="en").hits[0].why] == ["cards"]


@pytest.mark.parametrize(
    ("language", "written", "typed", "corrected"),
    [
        ("ar", "متى تصل الفاتورة القادمة؟", "الفاتوررة", "الفاتورة"),
        ("ar", "قراءة عداد المياه في الشتاء", "الميااه", "المياه"),
        ("ru", "Когда придет следующий счетчик воды", "счетчк", "счетчик"),
        ("ru", "Когда придет следующий счетчик воды", "Счетчик", ""),
        ("el", "Πότε έρχεται ο λογαριασμός του νερού", "λογαριασμς", "λογαριασμός"),
    ],
)
def test_typos_are_forgiven_in_other_letters_as_well(pages, language, written, typed, corrected):
    pk, other = pages(written, language=language), pages("Something else", language="en")
    refresh("page", [pk, other])
    count_words()

    results = search(typed, reader=everybody(), language=language)

    assert [hit.source for hit in results.hits] == [f"page:{pk}"]
    assert results.corrected == (((typed, corrected),) if corrected else ())


def test_a_word_is_guessed_in_its_own_script_only(pages):
    refresh("page", [pages("счетчик", language="ru"), pages("عداد المياه", language="ar")])
    count_words()

    assert search("fqpcqsst", reader=everybody()).hits == ()
    assert search("λογαριασμς", reader=everybody()).hits == ()
