"""What is said of free and charged, in the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from charterdesk.base.money import Money
from charterdesk.billing.models import HOUR, Contract, Reason, Terms, Verdict


def day_words(day: date) -> str:
    """A day as people write it: "3 May 2026"."""
    return format_date(day, pgettext("date format: day, month and year", "j M Y"))


def hours_words(minutes: int) -> str:
    """Minutes as hours: "3:20"."""
    return f"{minutes // 60}:{minutes % 60:02}"


def price_words(price: Money, per: str) -> str:
    """A price and what it is for: "60.00 EUR per hour"."""
    if per == HOUR:
        return _("%(price)s per hour") % {"price": price.shown()}
    return _("%(price)s for the request") % {"price": price.shown()}


def verdict_words(verdict: Verdict) -> str:
    """Why a request is free or charged, in one sentence for its customer. No query where its facts are complete."""
    if verdict.is_free:
        return _("Free: %(why)s") % {"why": _why_free(verdict.kind, verdict.facts)}
    price = price_words(verdict.price, verdict.per) if verdict.price else ""
    agreed_on = verdict.facts.get("agreed_on")
    if agreed_on:
        return _("Charged at %(price)s, agreed on %(day)s") % {"price": price, "day": day_words(_day(agreed_on))}
    if verdict.accepted_at:
        day = day_words(timezone.localtime(verdict.accepted_at).date())
        return _("Charged at %(price)s, agreed on %(day)s") % {"price": price, "day": day}
    return _("Charged at %(price)s") % {"price": price}


def _why_free(kind: str, facts: Mapping[str, Any]) -> str:
    if kind == Reason.WINDOW:
        return _window(facts)
    if kind == Reason.CONTRACT:
        return _included(facts)
    return _own_words(facts) or {
        Reason.CAUSE: _("we caused it ourselves"),
        Reason.DECIDED: _("we decided so"),
    }.get(kind, _("we charge nothing for this"))


def _window(facts: Mapping[str, Any]) -> str:
    text = ngettext(
        "inside your one day after order %(order)s",
        "inside your %(days)s days after order %(order)s",
        facts["days"],
    )
    return text % facts


def _included(facts: Mapping[str, Any]) -> str:
    if "minutes" in facts:
        left = {"left": hours_words(facts["minutes"]), "of": hours_words(facts["of"])}
        return _("%(left)s of %(of)s hours left in your contract") % left
    if facts.get("left") == 0:  # "0 left", yet free, would read like a mistake
        return ngettext(
            "the one request your contract includes", "the last of the %(of)s requests your contract includes",
            facts["of"],
        ) % facts  # fmt: skip
    if "of" in facts:
        return ngettext(
            "%(left)s of %(of)s request left in your contract", "%(left)s of %(of)s requests left in your contract",
            facts["of"],
        ) % facts  # fmt: skip
    return _("included in your contract “%(contract)s”") % facts


def _own_words(facts: Mapping[str, Any]) -> str:
    """What the desk wrote for it: in the reader's language, else in whichever there is."""
    words: Mapping[str, str] = facts.get("words") or {}
    return words.get((get_language() or "en")[:2]) or next((text for text in words.values() if text), "")


def _day(text: str) -> date:
    return datetime.fromisoformat(text).date()


def included_words(terms: Terms) -> str:
    """What terms include: "5 requests a year", "all requests", "10:00 hours a month"."""
    every = {
        Terms.MONTH: pgettext("included in a contract", "%(what)s a month"),
        Terms.QUARTER: pgettext("included in a contract", "%(what)s a quarter"),
        Terms.YEAR: pgettext("included in a contract", "%(what)s a year"),
        Terms.WHOLE: "%(what)s",
    }[terms.period]
    parts = []
    if terms.is_unlimited:
        return _("All requests")
    if terms.incidents:
        parts.append(ngettext("%(n)s request", "%(n)s requests", terms.incidents) % {"n": terms.incidents})
    if terms.minutes:
        parts.append(_("%(time)s hours") % {"time": hours_words(terms.minutes)})
    return every % {"what": " + ".join(parts)} if parts else _("Nothing included")


def left_words(contract: Contract, incidents: int | None, minutes: int | None) -> str:
    """What of a contract is left in this period; None for what it does not count."""
    parts = []
    if incidents is not None:
        left = {"left": incidents, "of": contract.incidents}
        parts.append(_("%(left)s of %(of)s requests left") % left)
    if minutes is not None:
        left = {"left": hours_words(minutes), "of": hours_words(contract.minutes or 0)}  # type: ignore[dict-item]
        parts.append(_("%(left)s of %(of)s hours left") % left)
    return " · ".join(parts)
