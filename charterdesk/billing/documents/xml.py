"""An invoice as XML of the European standard EN 16931, in the syntax of UN/CEFACT's Cross Industry Invoice (CII)."""

from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from charterdesk.base.money import Money
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
for _prefix, _uri in (("rsm", RSM), ("ram", RAM), ("udt", UDT), ("qdt", QDT)):
    register_namespace(_prefix, _uri)


def invoice_xml(invoice: Invoice) -> bytes:
    """The invoice or credit note, issued, as EN 16931 CII. Two statements."""
    lines = lines_of(invoice)
    root = Element(f"{{{RSM}}}CrossIndustryInvoice")
    context = SubElement(root, f"{{{RSM}}}ExchangedDocumentContext")
    _add(_add(context, "GuidelineSpecifiedDocumentContextParameter"), "ID", GUIDELINE)
    _document(root, invoice)
    trade = SubElement(root, f"{{{RSM}}}SupplyChainTradeTransaction")
    for line in lines:
        _line(trade, line)
    _agreement(trade, invoice)
    delivery = _add(trade, "ApplicableHeaderTradeDelivery")
    _date(_add(_add(delivery, "ActualDeliverySupplyChainEvent"), "OccurrenceDateTime"), invoice.issued_on)
    _settlement(trade, invoice, shares_of(lines, invoice.currency, tax=invoice.tax))
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


def _document(root: Element, invoice: Invoice) -> None:
    document = SubElement(root, f"{{{RSM}}}ExchangedDocument")
    _add(document, "ID", invoice.number or "")
    _add(document, "TypeCode", COMMERCIAL_INVOICE if invoice.is_invoice else CREDIT_NOTE)
    _date(_add(document, "IssueDateTime"), invoice.issued_on)
    for text in filter(None, (invoice.note, invoice.seller.get("registration"), invoice.seller.get("footer"))):
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
    _add(sums, "LineTotalAmount", line.net.plain)


def _tax_kind(tax: Element, category: str, percent: Decimal, *, basis: Money | None = None, why: str = "") -> None:
    """Type, category and percentage, in the order of the schema; what is not subject to tax has no percentage."""
    _add(tax, "TypeCode", "VAT")
    _may_add(tax, "ExemptionReason", why)
    if basis is not None:
        _add(tax, "BasisAmount", basis.plain)
    _add(tax, "CategoryCode", category)
    if category != TaxRate.OUTSIDE:
        _add(tax, "RateApplicablePercent", _plain(percent))


def _agreement(trade: Element, invoice: Invoice) -> None:
    agreement = _add(trade, "ApplicableHeaderTradeAgreement")
    _may_add(agreement, "BuyerReference", invoice.buyer.get("reference", ""))
    _party(_add(agreement, "SellerTradeParty"), invoice.seller)
    _party(_add(agreement, "BuyerTradeParty"), invoice.buyer)


def _party(party: Element, said: dict[str, Any]) -> None:
    _add(party, "Name", said.get("name") or "-")
    address = _add(party, "PostalTradeAddress")
    _may_add(address, "PostcodeCode", said.get("postcode", ""))
    _may_add(address, "LineOne", said.get("street", ""))
    _may_add(address, "CityName", said.get("city", ""))
    _may_add(address, "CountryID", said.get("country", ""))
    if said.get("email"):
        _add(_add(party, "URIUniversalCommunication"), "URIID", said["email"], schemeID="EM")
    if said.get("vat_id"):
        _add(_add(party, "SpecifiedTaxRegistration"), "ID", said["vat_id"], schemeID="VA")


def _settlement(trade: Element, invoice: Invoice, shares: list[TaxShare]) -> None:
    settlement = _add(trade, "ApplicableHeaderTradeSettlement")
    _add(settlement, "PaymentReference", invoice.number or "")
    _add(settlement, "InvoiceCurrencyCode", invoice.currency)
    if invoice.is_invoice and invoice.seller.get("iban"):
        _bank(settlement, invoice.seller)
    for share in shares:
        tax = _add(settlement, "ApplicableTradeTax")
        _add(tax, "CalculatedAmount", share.tax.plain)
        why = share.why if share.category not in (TaxRate.STANDARD, TaxRate.ZERO) else ""
        _tax_kind(tax, share.category, share.percent, basis=share.net, why=why)
    if invoice.due_on:
        _date(_add(_add(settlement, "SpecifiedTradePaymentTerms"), "DueDateDateTime"), invoice.due_on)
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
    _add(sums, "LineTotalAmount", invoice.net.plain)
    _add(sums, "TaxBasisTotalAmount", invoice.net.plain)
    _add(sums, "TaxTotalAmount", invoice.tax.plain, currencyID=invoice.currency)
    _add(sums, "GrandTotalAmount", invoice.gross.plain)
    if before:
        _add(sums, "TotalPrepaidAmount", before.plain)
    _add(sums, "DuePayableAmount", (invoice.gross - before).plain)
