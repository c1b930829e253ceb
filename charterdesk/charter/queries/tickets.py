"""What single tickets were promised, how that stands, and what follows where it was broken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from charterdesk.base.kept import AnyGiven, Kept
from charterdesk.base.money import Money
from charterdesk.charter.content import APOLOGY, CREDIT, DAY, ESCALATION, KINDS, TIME, Charter, Objective, Remedy
from charterdesk.charter.in_force import binding_of
from charterdesk.charter.models import AnswerCase, Case, OwedRemedy


@dataclass(frozen=True, kw_only=True)
class Promised:
    """One promise to the customer of a ticket, as it stands. `state` is that of its case, or `excluded`."""

    case: Case | AnswerCase
    charter: Charter
    objective: Objective
    version: int
    state: str

    @property
    def title(self) -> str:
        """What it is called."""
        return self.charter.said(self.objective.title)

    @property
    def sentence(self) -> str:
        """The promise as the charter words it."""
        return self.charter.said(self.objective.promise) or self.title

    @property
    def is_broken(self) -> bool:
        """Whether it was broken, and nothing excuses it."""
        return self.state == Case.BROKEN

    @property
    def word(self) -> str:
        """How it stands, in a word."""
        return str(state_words()[self.state])

    @property
    def is_timed(self) -> bool:
        """Whether it has a time by which it is due."""
        return self.objective.measure == TIME

    @property
    def due_at(self) -> datetime | None:
        """By when it is to be kept; None for one without a time."""
        return self.case.due_at

    @property
    def chip(self) -> str:
        """The state by which pages colour it."""
        return {Case.KEPT: "kept", Case.BROKEN: "late", Case.PAUSED: "paused"}.get(self.state, "")


# Beside every ticket that is opened, and on each page of a customer's requests.
_CASES = Kept(lambda: Case.objects.filter(ticket_id=AnyGiven("tickets")).order_by("ticket_id", "number"))
_OWED = Kept(
    lambda: OwedRemedy.objects.filter(ticket_id=AnyGiven("tickets")).select_related("case", "answer").order_by("pk")
)


def state_words() -> dict[str, Any]:
    """How a promise may stand, as a customer is told."""
    return {
        Case.RUNNING: _("being kept"),
        Case.PAUSED: _("waits for you"),
        Case.KEPT: _("kept"),
        Case.BROKEN: _("not kept"),
        Case.DROPPED: _("no longer needed"),
        "excluded": _("beyond our control"),
    }


def promises_to(ticket_ids: Sequence[int]) -> dict[int, list[Promised]]:
    """What each of these tickets was promised by the charter, in its order; the latest of what repeats. One query."""
    found: dict[int, dict[str, Promised]] = {}
    for case in _CASES.rows(tickets=list(ticket_ids)):
        binding = binding_of(case.version_id)
        objective = binding.charter.objective(case.objective) if binding else None
        if binding and objective:
            state = "excluded" if case.exclusion_id else case.state
            promised = Promised(
                case=case, charter=binding.charter, objective=objective, version=binding.number, state=state
            )
            found.setdefault(case.ticket_id, {})[case.objective] = promised
    return {pk: _in_order(each.values()) for pk, each in found.items()}


def promises_on_line(remedies: Iterable["RemedyLine"]) -> list[Promised]:
    """What was promised to callers and broken, by the remedies that follow from it; each once. No query."""
    found: dict[int, Promised] = {}
    for line in remedies:
        case = line.owed.answer
        binding = binding_of(case.version_id) if case else None
        objective = binding.charter.objective(case.objective) if binding and case else None
        if case and binding and objective:
            state = "excluded" if case.exclusion_id else case.state
            found[case.pk] = Promised(
                case=case, charter=binding.charter, objective=objective, version=binding.number, state=state
            )
    return list(found.values())


def _in_order(promised: Iterable[Promised]) -> list[Promised]:
    return sorted(promised, key=lambda each: each.charter.objectives.index(each.objective))


@dataclass(frozen=True, kw_only=True)
class RemedyLine:
    """A remedy in words for its customer."""

    owed: OwedRemedy
    title: str

    @property
    def said(self) -> str:
        """What it is and how it stands: "Credit of 10.00 EUR: on your next invoice"."""
        return f"{self.title}: {self.standing}"

    @property
    def standing(self) -> str:
        """How it stands."""
        owed, money = self.owed, self.owed.money
        amount = money.shown() if money else ""
        if owed.state == OwedRemedy.WAITING:
            return _("%(amount)s, a manager looks at it first") % {"amount": amount}
        if owed.state == OwedRemedy.REFUSED:
            return _("refused: %(reason)s") % {"reason": owed.reason}
        if owed.state == OwedRemedy.SUSPENDED:
            return _("not owed, as the cause was beyond our control")
        if owed.kind == CREDIT:
            return _("%(amount)s on your next invoice") % {"amount": amount}
        if owed.kind == APOLOGY:
            return _("we are sorry")
        return (
            _("a lead looks after it now")
            if owed.kind == ESCALATION
            else _("%(amount)s go back to you") % {"amount": amount}
        )


def remedies_for(ticket_ids: Sequence[int]) -> dict[int, list[RemedyLine]]:
    """The remedies of these tickets, oldest first. One query, none for no tickets."""
    if not ticket_ids:
        return {}
    found: dict[int, list[RemedyLine]] = {}
    for each in _OWED.rows(tickets=list(ticket_ids)):
        found.setdefault(each.ticket_id, []).append(line_of(each))
    return found


def line_of(owed: OwedRemedy) -> RemedyLine:
    """A remedy in words, by what the charter calls it. No query where its case and answer were fetched with it."""
    binding = binding_of(owed.promise.version_id)
    remedy = binding.charter.remedy(owed.code) if binding else None
    title = binding.charter.said(remedy.title) if binding and remedy else ""
    return RemedyLine(owed=owed, title=title or str(owed.get_kind_display()))


@dataclass(frozen=True, kw_only=True)
class RemedyTerms:
    """What a remedy gives, and within which caps, in words."""

    what: str
    caps: str


def terms_of(remedy: Remedy) -> RemedyTerms:
    """The terms of a remedy as a customer reads them. No query."""
    money = remedy.money
    amount = money.shown() if money else ""
    what = str(dict(KINDS)[remedy.kind])
    if money:
        by_day = remedy.basis == DAY
        said = _("%(amount)s for each day it stays broken: %(what)s") if by_day else _("%(amount)s: %(what)s")
        what = said % {"amount": amount, "what": what}
    caps = []
    if money and remedy.cap:
        most = Money.of(remedy.cap, remedy.currency).shown()
        caps.append(_("at most %(amount)s for one broken promise") % {"amount": most})
    if money and remedy.cap_year:
        most = Money.of(remedy.cap_year, remedy.currency).shown()
        caps.append(_("at most %(amount)s in a year") % {"amount": most})
    return RemedyTerms(what=what, caps=", ".join(caps))
