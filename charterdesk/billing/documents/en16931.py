"""What the European standard EN 16931 asks of an invoice beyond the schema of its XML: its business rules.

Only what may be missing or wrong in ours is looked at: what `xml.py` always writes (a number, a day, a currency, a
line's name) is left to the tests, where the official rules judge all of it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from charterdesk.base.money import Money, total
from charterdesk.billing.models import Invoice, InvoiceLine, TaxRate
from charterdesk.billing.queries.taxes import HUNDRED, TaxShare

COUNTRIES = frozenset(
    "1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM "
    "FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT "
    "JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN "
    "MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT "
    "PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL "
    "TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XI YE YT ZA ZM ZW".split()
)
"""The codes of ISO 3166-1 as the standard lists them, with those for Kosovo (1A) and Northern Ireland (XI)."""
VAT_PREFIXES = COUNTRIES | {"EL"}  # Greece is EL where VAT is concerned
MOST_DIGITS = 2
"""Digits behind the point of any amount but a unit price: the standard knows no thousandths."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that an invoice does not keep: its name in the standard, and what to do about it."""

    rule: str
    words: str


def broken_rules(invoice: Invoice, lines: Sequence[InvoiceLine], shares: Sequence[TaxShare]) -> list[Broken]:
    """The rules of the standard that `invoice` does not keep; a draft is looked at as if it were issued. No query."""
    categories = {share.category for share in shares}
    return [
        *_parties(invoice, categories),
        *_taxes(invoice, categories, shares),
        *_sums(invoice, lines, shares),
    ]


def country_of_buyer(invoice: Invoice) -> str:
    """Where the buyer is: in our country, unless their address says otherwise."""
    return str(invoice.buyer.get("country") or invoice.seller.get("country", ""))


def _parties(invoice: Invoice, categories: set[str]) -> Iterator[Broken]:
    seller = invoice.seller
    if not seller.get("name"):
        yield Broken("BR-06", _("Your company's name is missing."))
    for rule, country, words in (
        ("BR-09", seller.get("country", ""), _("Your country is missing, or no country has this code.")),
        ("BR-11", country_of_buyer(invoice), _("The customer's country is missing, or no country has this code.")),
    ):
        if country not in COUNTRIES:
            yield Broken("BR-CL-14" if country else rule, words)
    if not seller.get("registration") and (not seller.get("vat_id") or TaxRate.OUTSIDE in categories):
        yield Broken("BR-CO-26", _("Your company registration or VAT number is missing."))
    if TaxRate.OUTSIDE in categories:
        return  # then no VAT number is written
    for of, words in (
        (seller, _("Your VAT number has to begin with the two letters of its country.")),
        (invoice.buyer, _("The customer's VAT number has to begin with the two letters of its country.")),
    ):
        if of.get("vat_id") and of["vat_id"][:2] not in VAT_PREFIXES:
            yield Broken("BR-CO-09", words)


def _taxes(invoice: Invoice, categories: set[str], shares: Sequence[TaxShare]) -> Iterator[Broken]:
    for category in sorted(categories - {TaxRate.OUTSIDE}):
        if not invoice.seller.get("vat_id"):
            yield Broken(f"BR-{category}-02", _("Your VAT number is missing."))
    if TaxRate.REVERSE in categories and not invoice.buyer.get("vat_id"):
        yield Broken("BR-AE-02", _("The customer owes the tax: their VAT number is missing."))
    if TaxRate.OUTSIDE in categories and len(shares) > 1:
        yield Broken("BR-O-11", _("What is not subject to tax can't stand on one invoice with what is. Write two."))
    for share in shares:
        if share.category == TaxRate.STANDARD and not share.percent:
            yield Broken("BR-S-05", _("What is taxed needs a percentage above 0. Choose another kind of tax."))
        if share.category == TaxRate.EXEMPT and not share.why:
            yield Broken("BR-E-10", _("Say why no tax is charged, with the rate of tax."))


def _sums(invoice: Invoice, lines: Sequence[InvoiceLine], shares: Sequence[TaxShare]) -> Iterator[Broken]:
    """The arithmetic. Ours adds up by construction: what fails here was not written by this desk, or is a mistake."""
    amounts = [invoice.net, invoice.tax, invoice.gross, invoice.prepaid + invoice.credit]
    amounts += [line.net for line in lines] + [each for share in shares for each in (share.net, share.tax)]
    if any(-int(each.amount.normalize().as_tuple().exponent) > MOST_DIGITS for each in amounts):
        yield Broken("BR-DEC-12", _("The standard knows amounts of two decimals at most, this currency has three."))
    added: list[tuple[str, Callable[[], bool]]] = [
        ("BR-16", lambda: bool(lines)),
        ("BR-CO-10", lambda: total((line.net for line in lines), invoice.currency) == invoice.net),
        ("BR-CO-14", lambda: total((share.tax for share in shares), invoice.currency) == invoice.tax),
        ("BR-CO-15", lambda: invoice.net + invoice.tax == invoice.gross),
        ("BR-CO-16", lambda: (invoice.gross - invoice.prepaid - invoice.credit).amount >= 0),
        ("BR-CO-17", lambda: all(_is_tax_of(share) for share in shares)),
    ]
    for rule, holds in added:
        if not holds():
            yield Broken(rule, _("Its amounts do not add up."))


def _is_tax_of(share: TaxShare) -> bool:
    """Whether the tax is the percentage of the net sum; the last credit note of an invoice bears what rounding left."""
    reckoned = Money(share.net.amount * share.percent / HUNDRED, share.net.currency)
    return abs((share.tax - reckoned).amount) < Decimal(1)
