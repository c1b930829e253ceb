"""A bank's list of movements as CSV: each that names an invoice of ours is recorded, once."""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.money import CURRENCIES, Money, read_amount
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.payments import record_payment
from charterdesk.billing.models import Invoice, Payment
from charterdesk.billing.queries.seller import today_of_seller

MOST_LINES = 20_000
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("date", "booking date", "value date", "buchungstag", "datum", "fecha", "date operation", "التاريخ"),
    "amount": ("amount", "betrag", "importe", "montant", "credit", "المبلغ"),
    "text": ("reference", "text", "description", "verwendungszweck", "concepto", "libellé", "libelle", "details",
             "remittance information", "purpose", "البيان"),
    "payer": ("name", "payer", "counterparty", "beguenstigter/zahlungspflichtiger", "auftraggeber", "ordenante"),
    "currency": ("currency", "waehrung", "währung", "moneda", "devise", "العملة"),
    "id": ("id", "transaction id", "bank reference", "entry reference"),
}  # fmt: skip
"""Names that banks give their columns, in small letters."""
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d/%m/%y", "%Y%m%d")


@dataclass(frozen=True, kw_only=True)
class Movement:
    """One line of the bank: money that came (or, below nothing, went)."""

    day: date
    amount: Decimal
    text: str
    payer: str
    currency: str
    external_id: str


@dataclass(kw_only=True)
class BankResult:
    """What became of a list: recorded now, known before, and those that name no invoice of ours."""

    recorded: list[Payment] = field(default_factory=list)
    known: int = 0
    unmatched: list[Movement] = field(default_factory=list)
    outgoing: int = 0


def bank_text(raw: bytes) -> str:
    """A bank's file as text: UTF-8, else as most banks that don't write it do."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def import_statement(text: str, *, by: Actor, currency: str) -> BankResult:
    """Record what a bank's list says came in; the same list read again records nothing anew.

    Each movement is recorded by itself, so a list broken off in the middle is simply read again. Raises
    `Refused("billing.bad_list")` before anything is recorded where the list can't be read.
    """
    result = BankResult()
    for movement in list(read_statement(text, currency=currency)):
        if movement.amount <= 0:
            result.outgoing += 1
            continue
        if Payment.objects.filter(external_id=movement.external_id).exists():
            result.known += 1
            continue
        invoice = _named(movement)
        if invoice is None:
            result.unmatched.append(movement)
            continue
        payment = record_payment(
            invoice.account,
            Money(movement.amount, movement.currency),
            by=by,
            received_on=movement.day,
            reference=movement.text,
            external_id=movement.external_id,
            invoice=invoice,
        )
        result.recorded.append(payment)
    return result


def _named(movement: Movement) -> Invoice | None:
    """The invoice whose number stands in the text, however it is set apart. One statement."""
    if movement.day > today_of_seller():
        return None
    words = re.findall(r"[\w./-]+", movement.text)
    squeezed = re.sub(r"\s", "", movement.text).upper()
    candidates = {word.strip(".-/").upper() for word in words} | set(re.findall(r"[A-Z]+-?(?:\d{4}-)?\d{5,}", squeezed))
    found = Invoice.objects.filter(kind=Invoice.INVOICE, state=Invoice.ISSUED, number__in=sorted(candidates))
    matching = list(found.filter(currency=movement.currency).select_related("account")[:2])
    return matching[0] if len(matching) == 1 else None


def read_statement(text: str, *, currency: str) -> Iterator[Movement]:
    """The movements of a list; `currency` is meant where the list names none. Raises `Refused("billing.bad_list")`."""
    rows = _rows(text)
    seen: Counter[str] = Counter()
    for number, row in enumerate(rows, start=2):
        if not any(row.values()):
            continue
        named = row["currency"].upper() or currency
        try:
            day, amount = _day(row["day"]), read_amount(row["amount"])
        except ValueError as error:
            message = _("Line %(number)s has no day or no amount that can be read.") % {"number": number}
            raise Refused("billing.bad_list", message) from error
        if named not in CURRENCIES:
            message = _("Line %(number)s names no currency we know.") % {"number": number}
            raise Refused("billing.bad_list", message)
        said = row["id"] or "\0".join((row["day"], row["amount"], row["text"], row["payer"], named))
        seen[said] += 1
        mark = hashlib.sha256(f"{said}\0{seen[said]}".encode()).hexdigest()[:40]
        yield Movement(
            day=day,
            amount=amount,
            text=row["text"][:500],
            payer=row["payer"][:200],
            currency=named,
            external_id=f"bank:{mark}",
        )


def _rows(text: str) -> list[dict[str, str]]:
    """The lines by what their columns mean."""
    text = text.removeprefix("\ufeff").strip()
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    lines = list(csv.reader(text.splitlines(), delimiter=delimiter))
    if len(lines) > MOST_LINES:
        message = _("This is more than %(number)s lines. Read it in in parts.") % {"number": MOST_LINES}
        raise Refused("billing.bad_list", message)
    heads = [head.strip().casefold() for head in lines[0]] if lines else []
    places = {
        meaning: next((heads.index(name) for name in names if name in heads), None)
        for meaning, names in COLUMNS.items()
    }
    if places["day"] is None or places["amount"] is None or places["text"] is None:
        message = _("The first line must name the columns: date, amount and reference.")
        raise Refused("billing.bad_list", message)
    return [
        {meaning: line[at].strip() if at is not None and at < len(line) else "" for meaning, at in places.items()}
        for line in lines[1:]
    ]


def _day(text: str) -> date:
    for pattern in DAYS:
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 -- a day, not a time
        except ValueError:
            continue
    raise ValueError(f"{text!r} is no day")
