"""What is personal leaves a text, and what is not stays; how much of it is measured on written examples."""

import pytest

from charterdesk.cleaning.finding import Known, clean, find
from charterdesk.cleaning.spans import KINDS
from charterdesk.cleaning.testing import HELD_OUT, LANGUAGES, WRITTEN, Tally, examples


def _tally(which: str, languages: tuple[str, ...] = LANGUAGES) -> Tally:
    total = Tally()
    for language in languages:
        for example in examples(language, which):
            total.add(example.judge(find(example.text, language=language)))
    return total


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_the_texts_written_before_nearly_all_is_found_in_each_language(language):
    tally = _tally(WRITTEN, (language,))

    assert len(examples(language)) == 40
    assert tally.recall >= 0.98, tally.missed
    assert tally.precision >= 0.98, tally.wrong


def test_of_the_texts_written_after_most_is_found():
    tally = _tally(HELD_OUT)

    assert tally.recall >= 0.90, tally.missed
    assert tally.precision >= 0.95, tally.wrong


def test_a_placeholder_says_in_the_language_of_the_text_what_was_there():
    cleaned = clean("Bonjour, je m'appelle Rosalie Charpentier, r.c@example.fr.", language="fr")

    assert [span.kind for span in cleaned.spans] == ["name", "email"]
    assert "Charpentier" not in cleaned.text
    assert "example.fr" not in cleaned.text
    assert cleaned.text.startswith("Bonjour, je m'appelle [")


def test_who_is_known_is_found_wherever_they_stand():
    known = Known(names=("Quillon Bexley",), organisations=("Harbour Bakery",), others=("CASTLE-9",))

    cleaned = clean("quillon bexley at harbour  bakery: Bexley's lock is castle-9. A bakery has ovens.", known=known)

    assert cleaned.text == "[name] at [organisation]: [name]'s lock is [number]. A bakery has ovens."


def test_a_mistyped_account_and_an_arabic_number_are_found_as_well():
    assert [span.kind for span in find("IBAN DE88 3704 0044 0532 0130 00")] == ["bank"]
    assert clean("رقم العميل ٤٤٧١٩٩٢٠ هنا", language="en").text == "رقم العميل [number] هنا"


def test_numbers_that_a_system_gave_go_without_a_word_before_them_and_norms_stay():
    said = (
        "I cannot pay R-2026-343532 at once (AW-4208-46). It is by ISO-9001-2015, EN-1717 and CVE-2024-123456, in B-12."
    )

    assert clean(said).text == (
        "I cannot pay [number] at once ([number]). It is by ISO-9001-2015, EN-1717 and CVE-2024-123456, in B-12."
    )


def test_every_kind_has_a_placeholder_in_every_language():
    for language in LANGUAGES:
        texts = [example.text for example in examples(language)]
        assert all(clean(text, language=language).text for text in texts)
    assert {span.kind for language in LANGUAGES for each in examples(language) for span in each.spans} < set(KINDS)


def test_a_hostile_text_is_read_in_time():
    text = "Calle de la de la de la " * 400 + "a@" * 500 + "1-" * 3000 + "Anna " * 500

    assert find(text, language="es")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Votre contrat au {Ropewalk 86} court depuis le 3 mai."),
        ("fr", "Les factures du {Millbank 12 b} vont au locataire."),
        ("en", "We live at {Northgate 7}, and Orchard Row is dry."),
        ("en", "Water stands in front of {Orchard Close 41}."),
        ("de", "Der Vertrag für {Ropewalk 86, 10969 Berlin} endet im Mai 2024."),
        ("es", "Vivo en {Millbank 12} desde mayo de 2024."),
        ("ar", "انتهى عقدكم في {Ropewalk 86} بتاريخ 3 مايو."),
    ],
)
def test_a_street_that_has_no_word_for_it_is_found_where_somebody_lives_or_is_supplied(language, text):
    personal = text[text.index("{") + 1 : text.index("}")]
    plain = text.replace("{", "").replace("}", "")

    assert [plain[span.start : span.end] for span in find(plain, language=language)] == [personal]


@pytest.mark.parametrize(
    "text",
    [
        "Our contract for Windows 11 ends, we moved to Office 365 and live on Level 3.",
        "Unsere Wohnung in Zone 3; der Vertrag für Mai 2024 liegt bei.",
        "Votre contrat au Tarif 2 reste, la facture de Mai 12 aussi.",
        "The house in Springfield 2024 report costs 12.50.",
        "The bill for Ropewalk 86 € is paid.",
    ],
)
def test_a_name_with_a_number_that_is_no_street_stays(text):
    assert find(text) == []
