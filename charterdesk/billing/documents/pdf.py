"""An invoice as PDF, in its customer's language; made from what was frozen when it was issued, so it never differs."""

import json
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import dateformat, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from charterdesk.base.money import Money
from charterdesk.billing.models import Invoice, InvoiceLine
from charterdesk.billing.queries.invoices import lines_of
from charterdesk.billing.queries.taxes import TaxShare, shares_of

HERE = Path(__file__).parent


def invoice_pdf(invoice: Invoice) -> bytes:
    """The invoice or credit note as a PDF. Three statements; some tenths of a second of processor time."""
    with translation.override(invoice.language):
        inputs = {"invoice": json.dumps(_as_data(invoice))}
    typst: Any = import_module("typst")  # not before a PDF is wanted: every process imports this module
    made: bytes = typst.compile(HERE / "invoice.typ", font_paths=[settings.PRINT_FONTS], sys_inputs=inputs)
    return made


def _as_data(invoice: Invoice) -> dict[str, Any]:
    """What the template wants, every word and figure as the customer reads it."""
    lines = lines_of(invoice)
    title = _("Invoice %(number)s") if invoice.is_invoice else _("Credit note %(number)s")
    return {
        "title": title % {"number": invoice.number or _("(draft)")},
        "language": invoice.language,
        "rtl": translation.get_language_bidi(),
        "seller": _address(invoice.seller),
        "seller_line": " · ".join(_address(invoice.seller)),
        "buyer": _address(invoice.buyer) or ([] if invoice.buyer else [_("(forgotten at their wish)")]),
        "facts": _facts(invoice),
        "heads": [_("What for"), _("Quantity"), _("Price"), _("Tax"), _("Sum")],
        "lines": [_line(line) for line in lines],
        "sums": _sums(invoice, shares_of(lines, invoice.currency, tax=invoice.tax)),
        "notes": _notes(invoice, lines),
        "pay": _how_to_pay(invoice),
        "footer": _footer(invoice.seller),
    }


def _address(party: dict[str, Any]) -> list[str]:
    town = " ".join(filter(None, (party.get("postcode", ""), party.get("city", ""))))
    return [line for line in (party.get("name", ""), party.get("street", ""), town, party.get("country", "")) if line]


def _day(day: date | None) -> str:
    return dateformat.format(day, pgettext("date format: day, month and year, long", "j F Y")) if day else ""


def _facts(invoice: Invoice) -> list[tuple[str, str]]:
    counters = invoice.counters.number if invoice.counters else ""
    facts = [
        (_("Number"), invoice.number or ""),
        (_("Date"), _day(invoice.issued_on)),
        (_("Supplied"), _day(invoice.issued_on)),
        (_("To be paid by"), _day(invoice.due_on) if invoice.is_invoice else ""),
        (_("Takes back"), counters or ""),
        (_("Your reference"), invoice.buyer.get("reference", "")),
        (_("Your VAT number"), invoice.buyer.get("vat_id", "")),
    ]
    return [(name, value) for name, value in facts if value]


def _number(value: Decimal) -> str:
    """Without needless zeros, as the language writes it."""
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    places = max(-exponent, 0) if isinstance(exponent, int) else 0
    return str(number_format(plain, decimal_pos=places, force_grouping=True))


def _line(line: InvoiceLine) -> dict[str, str]:
    unit = "" if line.unit == InvoiceLine.PIECE else f" {line.get_unit_display()}"
    return {
        "text": line.text,
        "quantity": f"{_number(line.quantity)}{unit}",
        "price": line.price.shown(),
        "tax": f"{_number(line.percent)} %",
        "sum": line.net.shown(),
    }


def _sums(invoice: Invoice, shares: list[TaxShare]) -> list[dict[str, Any]]:
    """From the net sum to what is left to pay; the last one stands out."""
    rows: list[tuple[str, Money]] = [(_("Net"), invoice.net)]
    rows += [
        (_("Tax %(percent)s %% on %(net)s") % {"percent": _number(share.percent), "net": share.net.shown()}, share.tax)
        for share in shares
    ]
    rows.append((_("Total"), invoice.gross))
    if invoice.is_invoice and not invoice.is_draft:
        set_off = [(_("Paid before"), -invoice.prepaid), (_("Credit used"), -invoice.credit)]
        rows += [(word, money) for word, money in set_off if money]
        if invoice.prepaid or invoice.credit:
            rows.append((_("To pay"), invoice.gross - invoice.prepaid - invoice.credit))
    last = len(rows) - 1
    return [{"word": word, "sum": money.shown(), "strong": place == last} for place, (word, money) in enumerate(rows)]


def _notes(invoice: Invoice, lines: list[InvoiceLine]) -> list[str]:
    reasons = {line.rate.why for line in lines if line.rate and line.rate.why}
    return [*filter(None, [invoice.note]), *sorted(reasons)]


def _how_to_pay(invoice: Invoice) -> str:
    if not invoice.is_invoice or invoice.is_draft or not invoice.seller.get("iban"):
        return ""
    facts = {"iban": _in_fours(invoice.seller["iban"]), "number": invoice.number, "day": _day(invoice.due_on)}
    return _("Please pay by %(day)s to %(iban)s and name %(number)s.") % facts


def _in_fours(iban: str) -> str:
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def _footer(seller: dict[str, Any]) -> list[str]:
    """What the law wants to be there of a seller."""
    parts = [
        seller.get("name", ""),
        seller.get("registration", ""),
        _("VAT number %(number)s") % {"number": seller["vat_id"]} if seller.get("vat_id") else "",
        f"IBAN {_in_fours(seller['iban'])}" if seller.get("iban") else "",
        f"BIC {seller['bic']}" if seller.get("bic") else "",
        seller.get("email", ""),
        seller.get("footer", ""),
    ]
    return [part for part in parts if part]
