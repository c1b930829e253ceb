"""Money: an exact amount in one currency of ISO 4217. Two currencies never mix, and no cent gets lost by sharing.

Amounts are decimals, never floats. They are exact as they stand (a unit price may be a tenth of a cent); what is booked
or paid is `rounded()` first: to the currency's smallest coin, halves away from zero, as invoices are reckoned.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, overload

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

_TWO_DIGITS = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP "
    "CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR "
    "JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN "
    "NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
    "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"
)
CURRENCIES: dict[str, int] = {
    **dict.fromkeys(_TWO_DIGITS.split(), 2),
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}
"""How many digits stand behind the point, by currency (ISO 4217)."""
_ISOLATE, _END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_SPACES = re.compile(r"[\s'’]")
_GROUPED = re.compile(r"[-+]?\d{1,3}((\.\d{3})+|(,\d{3})+)")
_WITH_DECIMALS = re.compile(
    r"(?P<whole>[-+]?(\d+|\d{1,3}(\.\d{3})+(?=,)|\d{1,3}(,\d{3})+(?=\.)))([.,](?P<rest>\d{1,4}))?"
)
TOO_MUCH = Decimal(10**12)


class MixedCurrencies(ValueError):
    """Somebody added, took off or compared amounts of two currencies."""


@dataclass(frozen=True, slots=True)
class Money:
    """So much of one currency. Raises `ValueError` for no currency or no amount, `TypeError` for a float."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal | int):
            raise TypeError("an amount of money is a Decimal")
        if self.currency not in CURRENCIES:
            raise ValueError(f"{self.currency!r} is no currency of ISO 4217")
        object.__setattr__(self, "amount", Decimal(self.amount))
        if not self.amount.is_finite():
            raise ValueError("an amount of money is a number")

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> "Money":
        """Money of an amount as programs write it ("12.50"). Raises `ValueError`."""
        try:
            return cls(Decimal(amount), currency)
        except InvalidOperation as error:
            raise ValueError(f"{amount!r} is no amount") from error

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Nothing."""
        return cls(Decimal(0), currency)

    @property
    def digits(self) -> int:
        """How many digits the smallest coin has behind the point."""
        return CURRENCIES[self.currency]

    @property
    def minor(self) -> int:
        """The amount in smallest coins (cents). Raises `ValueError` where there is a part of a coin."""
        coins = self.amount.scaleb(self.digits)
        if coins != coins.to_integral_value():
            raise ValueError(f"{self} has a part of a coin: round it first")
        return int(coins)

    @classmethod
    def of_minor(cls, coins: int, currency: str) -> "Money":
        """So many smallest coins."""
        return cls(Decimal(coins).scaleb(-CURRENCIES[currency]), currency)

    @property
    def is_whole(self) -> bool:
        """Whether it can be paid: no part of a coin."""
        coins = self.amount.scaleb(self.digits)
        return coins == coins.to_integral_value()

    def rounded(self) -> "Money":
        """To the smallest coin, halves away from zero."""
        return Money(self.amount.quantize(Decimal(1).scaleb(-self.digits), ROUND_HALF_UP), self.currency)

    def split(self, weights: Sequence[Decimal | int]) -> "list[Money]":
        """Share it out by `weights` in whole coins; the parts add up to it, coins left over go to the largest rests.

        Raises `ValueError` for no weights, a negative one, or a part of a coin.
        """
        total = sum((Decimal(weight) for weight in weights), Decimal(0))
        if total <= 0 or any(weight < 0 for weight in weights):
            raise ValueError("weights are never negative, and one is more than nothing")
        sign, coins = (-1, -self.minor) if self.amount < 0 else (1, self.minor)
        exact = [coins * Decimal(weight) / total for weight in weights]
        parts = [int(each) for each in exact]
        by_rest = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
        for place in by_rest[: coins - sum(parts)]:
            parts[place] += 1
        return [Money.of_minor(sign * part, self.currency) for part in parts]

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.amount), self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        if not isinstance(factor, Decimal | int):
            raise TypeError("money is multiplied by a Decimal or an int")
        return Money(self.amount * factor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount >= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        """As programs write it: `12.50 EUR`."""
        return f"{self.plain} {self.currency}"

    @property
    def plain(self) -> str:
        """The amount as programs write it, with all digits of the currency and no needless ones."""
        return f"{self.amount:.{self._places()}f}"

    def shown(self) -> str:
        """The amount as the reader's language writes it, then the currency, never broken apart."""
        number = number_format(self.amount, decimal_pos=self._places(), use_l10n=True, force_grouping=True)
        number = number.replace("-", "\N{MINUS SIGN}", 1)
        said = f"{number}\N{NO-BREAK SPACE}{self.currency}"
        # From right to left, sign and currency would change sides.
        return f"{_ISOLATE}{said}{_END}" if get_language_bidi() else said

    def taken_off(self) -> str:
        """As `shown`, of what is taken off: with a minus before it."""
        return (-self).shown()

    def _places(self) -> int:
        """Digits behind the point: the currency's, or more where there is a part of a coin."""
        exponent = self.amount.normalize().as_tuple().exponent
        return max(self.digits, -exponent if isinstance(exponent, int) else 0)

    def _same(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self.currency} and {other.currency} do not mix")
        return other.amount


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of `amounts`, all in `currency`; nothing of it for none. Raises `MixedCurrencies`."""
    return sum(amounts, Money.zero(currency))


def read_amount(text: str) -> Decimal:
    """An amount as people write it: "1,234.50", "1.234,50", "1 234,5" or "12". Raises `ValueError`.

    The last point or comma stands before the decimals (four at most), unless it groups thousands ("1,234",
    "1.234.567"). From a thousand thousand millions on it is taken for a slip.
    """
    plain = _SPACES.sub("", text).replace("−", "-")
    if _GROUPED.fullmatch(plain):
        plain = re.sub("[.,]", "", plain)
    elif found := _WITH_DECIMALS.fullmatch(plain):
        plain = re.sub("[.,]", "", found["whole"]) + f".{found['rest'] or 0}"
    else:
        raise ValueError(f"{text!r} is no amount")
    amount = Decimal(plain)
    if abs(amount) >= TOO_MUCH:
        raise ValueError(f"{text!r} is no amount anybody pays")
    return amount


# --- in the database ------------------------------------------------------------------------------------


def amount_field(**options: Any) -> "models.DecimalField[Any, Any]":
    """The column of an amount: numeric(20, 4), exact."""
    return models.DecimalField(**{"verbose_name": _("amount"), "max_digits": 20, "decimal_places": 4, **options})


def currency_field(**options: Any) -> "models.CharField[Any, Any]":
    """The column of its currency."""
    return models.CharField(**{"verbose_name": _("currency"), "max_length": 3, **options})


class MoneyPair:
    """Two columns of a model as one `Money`: `price = MoneyPair("price_amount", "currency")`.

    None where the amount is; setting it sets both columns.
    """

    def __init__(self, amount: str = "amount", currency: str = "currency") -> None:
        self.amount, self.currency = amount, currency

    @overload
    def __get__(self, row: None, owner: type) -> "MoneyPair": ...
    @overload
    def __get__(self, row: models.Model, owner: type) -> Money: ...
    def __get__(self, row: models.Model | None, owner: type) -> "Money | MoneyPair":
        if row is None:
            return self
        return Money(getattr(row, self.amount), getattr(row, self.currency))

    def __set__(self, row: models.Model, value: Money) -> None:
        setattr(row, self.amount, value.amount)
        setattr(row, self.currency, value.currency)
