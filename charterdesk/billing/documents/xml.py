"""An invoice as XML of the European standard EN 16931, in the syntax of UN/CEFACT's Cross Industry Invoice (CII)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from django.utils import translation
from django.utils.translation import gettext as _

from charterdesk.base.money import Money
from charterdesk.base.refused import Refused
from charterdesk.billing.documents.en16931 import MOST_DIGITS, broken_rules, country_of_buyer
from charterdesk.billing.models import Invoice, InvoiceLine, TaxRate
from charterdesk.billing.queries.invoices import lines_of
from charterdesk.billing.queries.taxes import TaxShare, shares_of

RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
QDT = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
GUIDELINE = "urn:cen.eu:en16931:2017"
COMMERCIAL_INVOICE, CREDIT_NOTE = "380", "381"  # UNTDID 1001
CREDIT_TRANSFER = "30"  # UNTDID 4461
REASONS = {TaxRate.REVERSE: "VATEX-EU-AE", TaxRate.OUTSIDE: "VATEX-EU-O"}  # the standard's own codes for why no tax
for _prefix, _uri in (("rsm", RSM), ("ram", RAM), ("udt", UDT), ("qdt", QDT)):
    register_namespace(_prefix, _uri)


def invoice_xml(invoice: Invoice) -> bytes:
    """The invoice or credit note, issued, as EN 16931 CII. Two statements.

    Raises `Refused("billing.not_en16931")`, which says what is missing, where it breaks a rule of the standard.
    """
    lines, shares = _parts(invoice)
    if broken := broken_rules(invoice, lines, shares):
        said = " ".join(f"{each.words} ({each.rule})" for each in broken)
        raise Refused("billing.not_en16931", _("Programs can't read this invoice yet. {why}").format(why=said))
    return written(invoice, lines, shares)


def _parts(invoice: Invoice) -> tuple[list[InvoiceLine], list[TaxShare]]:
    lines = lines_of(invoice)
    return lines, shares_of(lines, invoice.currency, tax=invoice.tax)


def written(invoice: Invoice, lines: Sequence[InvoiceLine], shares: Sequence[TaxShare]) -> bytes:
    """The invoice as CII, whatever rules it breaks. No statement."""
    has_vat = all(share.category != TaxRate.OUTSIDE for share in shares)
    root = Element(f"{{{RSM}}}CrossIndustryInvoice")
    context = SubElement(root, f"{{{RSM}}}ExchangedDocumentContext")
    _add(_add(context, "GuidelineSpecifiedDocumentContextParameter"), "ID", GUIDELINE)
    _document(root, invoice)
    trade = SubElement(root, f"{{{RSM}}}SupplyChainTradeTransaction")
    for line in lines:
        _line(trade, line)
    _agreement(trade, invoice, has_vat=has_vat)
    delivery = _add(trade, "ApplicableHeaderTradeDelivery")
    _date(_add(_add(delivery, "ActualDeliverySupplyChainEvent"), "OccurrenceDateTime"), invoice.issued_on)
    _settlement(trade, invoice, shares)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A child of `parent`, which is of the reusable kind."""
    child = SubElement(parent, f"{{{RAM}}}{name}", attributes)
    child.text = text or None
    return child


def _may_add(parent: Element, name: str, text: str, **attributes: str) -> None:
    """A child where there is something to say."""
    if text:
        _add(parent, name, text, **attributes)


def _date(parent: Element, day: date | None, *, namespace: str = UDT) -> None:
    text = SubElement(parent, f"{{{namespace}}}DateTimeString", {"format": "102"})
    text.text = f"{day:%Y%m%d}" if day else ""


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _sum(money: Money) -> str:
    """An amount to the coin, its last digit left out where that is the thousandth and nought: no sum may have three."""
    digits = money.plain
    return digits[:-1] if money.digits > MOST_DIGITS and digits.endswith("0") else digits


def _document(root: Element, invoice: Invoice) -> None:
    document = SubElement(root, f"{{{RSM}}}ExchangedDocument")
    _add(document, "ID", invoice.number or "")
    _add(document, "TypeCode", COMMERCIAL_INVOICE if invoice.is_invoice else CREDIT_NOTE)
    _date(_add(document, "IssueDateTime"), invoice.issued_on)
    for text in filter(None, (invoice.note, invoice.seller.get("footer"))):
        _add(_add(document, "IncludedNote"), "Content", text)


def _line(trade: Element, line: InvoiceLine) -> None:
    item = _add(trade, "IncludedSupplyChainTradeLineItem")
    _add(_add(item, "AssociatedDocumentLineDocument"), "LineID", str(line.position))
    _add(_add(item, "SpecifiedTradeProduct"), "Name", line.text)
    price = _add(_add(item, "SpecifiedLineTradeAgreement"), "NetPriceProductTradePrice")
    _add(price, "ChargeAmount", _plain(line.price.amount))
    delivery = _add(item, "SpecifiedLineTradeDelivery")
    _add(delivery, "BilledQuantity", _plain(line.quantity), unitCode=line.unit)
    settlement = _add(item, "SpecifiedLineTradeSettlement")
    _tax_kind(_add(settlement, "ApplicableTradeTax"), line.category, line.percent)
    sums = _add(settlement, "SpecifiedTradeSettlementLineMonetarySummation")
    _add(sums, "LineTotalAmount", _sum(line.net))


def _tax_kind(tax: Element, category: str, percent: Decimal, *, basis: Money | None = None, why: str = "") -> None:
    """Type, category and percentage, in the order of the schema; what is not subject to tax has no percentage."""
    _add(tax, "TypeCode", "VAT")
    _may_add(tax, "ExemptionReason", why)
    if basis is not None:
        _add(tax, "BasisAmount", _sum(basis))
    _add(tax, "CategoryCode", category)
    if basis is not None and category in REASONS:
        _add(tax, "ExemptionReasonCode", REASONS[category])
    if category != TaxRate.OUTSIDE:
        _add(tax, "RateApplicablePercent", _plain(percent))


def _agreement(trade: Element, invoice: Invoice, *, has_vat: bool) -> None:
    agreement = _add(trade, "ApplicableHeaderTradeAgreement")
    _may_add(agreement, "BuyerReference", invoice.buyer.get("reference", ""))
    _party(_add(agreement, "SellerTradeParty"), invoice.seller, has_vat=has_vat)
    buyer = {**invoice.buyer, "country": country_of_buyer(invoice)}
    _party(_add(agreement, "BuyerTradeParty"), buyer, has_vat=has_vat)


def _party(party: Element, said: dict[str, Any], *, has_vat: bool) -> None:
    """Who sells or buys; VAT numbers have no place on an invoice that is not subject to VAT (BR-O-02)."""
    _add(party, "Name", said.get("name") or "-")
    if said.get("registration"):
        _add(_add(party, "SpecifiedLegalOrganization"), "ID", said["registration"])
    address = _add(party, "PostalTradeAddress")
    _may_add(address, "PostcodeCode", said.get("postcode", ""))
    _may_add(address, "LineOne", said.get("street", ""))
    _may_add(address, "CityName", said.get("city", ""))
    _may_add(address, "CountryID", said.get("country", ""))
    if said.get("email"):
        _add(_add(party, "URIUniversalCommunication"), "URIID", said["email"], schemeID="EM")
    if said.get("vat_id") and has_vat:
        _add(_add(party, "SpecifiedTaxRegistration"), "ID", said["vat_id"], schemeID="VA")


def _settlement(trade: Element, invoice: Invoice, shares: Sequence[TaxShare]) -> None:
    settlement = _add(trade, "ApplicableHeaderTradeSettlement")
    _add(settlement, "PaymentReference", invoice.number or "")
    _add(settlement, "InvoiceCurrencyCode", invoice.currency)
    if invoice.is_invoice and invoice.seller.get("iban"):
        _bank(settlement, invoice.seller)
    for share in shares:
        tax = _add(settlement, "ApplicableTradeTax")
        _add(tax, "CalculatedAmount", _sum(share.tax))
        why = share.why if share.category not in (TaxRate.STANDARD, TaxRate.ZERO) else ""
        _tax_kind(tax, share.category, share.percent, basis=share.net, why=why)
    terms = _add(settlement, "SpecifiedTradePaymentTerms")
    if invoice.due_on:
        _date(_add(terms, "DueDateDateTime"), invoice.due_on)
    else:
        with translation.override(invoice.language):
            _add(terms, "Description", _("Set off against what is open, else paid back."))
    _summation(settlement, invoice)
    if invoice.counters:
        before = _add(settlement, "InvoiceReferencedDocument")
        _add(before, "IssuerAssignedID", invoice.counters.number or "")
        _date(_add(before, "FormattedIssueDateTime"), invoice.counters.issued_on, namespace=QDT)


def _bank(settlement: Element, seller: dict[str, Any]) -> None:
    means = _add(settlement, "SpecifiedTradeSettlementPaymentMeans")
    _add(means, "TypeCode", CREDIT_TRANSFER)
    _add(_add(means, "PayeePartyCreditorFinancialAccount"), "IBANID", seller["iban"])
    if seller.get("bic"):
        _add(_add(means, "PayeeSpecifiedCreditorFinancialInstitution"), "BICID", seller["bic"])


def _summation(settlement: Element, invoice: Invoice) -> None:
    sums = _add(settlement, "SpecifiedTradeSettlementHeaderMonetarySummation")
    before = invoice.prepaid + invoice.credit
    _add(sums, "LineTotalAmount", _sum(invoice.net))
    _add(sums, "TaxBasisTotalAmount", _sum(invoice.net))
    _add(sums, "TaxTotalAmount", _sum(invoice.tax), currencyID=invoice.currency)
    _add(sums, "GrandTotalAmount", _sum(invoice.gross))
    if before:
        _add(sums, "TotalPrepaidAmount", _sum(before))
    _add(sums, "DuePayableAmount", _sum(invoice.gross - before))
