"""Money is exact, never mixes, and is shared without loss."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from charterdesk.base.money import CURRENCIES, MixedCurrencies, Money, read_amount, total


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def test_amounts_are_equal_however_many_digits_they_were_written_with() -> None:
    assert eur("12.5") == eur("12.5000")
    assert hash(eur("12.5")) == hash(eur("12.5000"))


@pytest.mark.parametrize(
    ("amount", "rounded"), [("1.005", "1.01"), ("-1.005", "-1.01"), ("1.0049", "1.00"), ("2.675", "2.68")]
)
def test_halves_are_rounded_away_from_zero(amount: str, rounded: str) -> None:
    assert eur(amount).rounded() == eur(rounded)


def test_each_currency_is_rounded_to_its_own_coin() -> None:
    assert str(Money.of("1.5", "JPY").rounded()) == "2 JPY"
    assert str(Money.of("1.0005", "KWD").rounded()) == "1.001 KWD"


def test_two_currencies_never_mix() -> None:
    with pytest.raises(MixedCurrencies):
        eur("1") + Money.of("1", "GBP")
    with pytest.raises(MixedCurrencies):
        assert eur("1") < Money.of("2", "GBP")


def test_floats_and_unknown_currencies_are_no_money() -> None:
    with pytest.raises(TypeError):
        Money(1.1, "EUR")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no currency"):
        Money.of("1", "XXX")
    with pytest.raises(ValueError, match="no amount"):
        Money.of("one", "EUR")
    with pytest.raises(ValueError, match="a number"):
        Money(Decimal("NaN"), "EUR")


def test_a_hundred_in_three_parts_adds_up_to_a_hundred() -> None:
    assert eur("100").split([1, 1, 1]) == [eur("33.34"), eur("33.33"), eur("33.33")]


@given(
    st.integers(-(10**12), 10**12),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any),
    st.sampled_from(sorted(CURRENCIES)),
)
def test_parts_always_add_up_and_are_never_more_than_a_coin_off(coins: int, weights: list[int], currency: str) -> None:
    money = Money.of_minor(coins, currency)

    parts = money.split(weights)

    assert total(parts, currency) == money
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor - Decimal(coins) * weight / sum(weights)) < 1


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "1,234.50\xa0EUR"), ("de", "1.234,50\xa0EUR"), ("fr", "1\xa0234,50\xa0EUR")]
)
def test_amounts_are_shown_as_the_reader_writes_them(language: str, shown: str) -> None:
    with translation.override(language):
        assert eur("1234.5").shown() == shown


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1 234,5", "1234.5"),
        ("12", "12"),
        ("1.234.567", "1234567"),
        ("1,234", "1234"),
        ("0,5", "0.5"),
        ("-3.20", "-3.20"),
        ("999,999,999,999.9999", "999999999999.9999"),
        ("1234567,5", "1234567.5"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


def test_among_words_from_right_to_left_sign_and_currency_keep_their_sides() -> None:
    with translation.override("ar"):
        assert eur("-1.5").shown() == "\u2066\N{MINUS SIGN}1,50\xa0EUR\u2069"
        assert eur("1.5").taken_off() == eur("-1.5").shown()


@pytest.mark.parametrize(
    "text", ["12 EUR", "1,2,3", "1.23,456.7", "0.00001", "1e5", "NaN", "", "9" * 13, "-1000000000000"]
)
def test_what_is_no_amount_is_never_made_one(text: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        read_amount(text)
