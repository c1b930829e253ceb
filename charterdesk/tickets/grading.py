"""How customers are asked for a grade: when, in which words, and by which links."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from charterdesk.tickets.links import status_token
from charterdesk.tickets.models import Grade, GradeTerms, Ticket

SCORES = tuple(score for score, _word in Grade.WORDS)


def grade_terms(team_ids: Collection[int]) -> dict[int, GradeTerms]:
    """By team, how it asks for grades: as it set itself, as all teams do, or as nobody changed it. One statement."""
    rows = {terms.team_id: terms for terms in GradeTerms.objects.filter(Q(team=None) | Q(team_id__in=team_ids))}
    usual = rows.get(None) or GradeTerms()
    return {team_id: rows.get(team_id, usual) for team_id in team_ids}


def terms_of(ticket: Ticket) -> GradeTerms:
    """How the team of `ticket` asks for grades. One statement."""
    return grade_terms([ticket.team_id])[ticket.team_id]


def words_of(terms: GradeTerms, language: str) -> list[tuple[int, str]]:
    """The five grades with their words, from bad to good: the desk's own in `language`, else ours in the active one."""
    own: Sequence[str] = terms.words.get(language) or ()
    if len(own) == len(SCORES):
        return list(zip(SCORES, own, strict=True))
    return [(score, str(word)) for score, word in Grade.WORDS]


def closes_at(ticket: Ticket, terms: GradeTerms) -> datetime | None:
    """When a solved ticket closes if nothing is heard; None for one that is not solved, or over."""
    if ticket.status != Ticket.SOLVED or ticket.solved_at is None:
        return None
    return ticket.solved_at + timedelta(days=terms.close_after)


def grade_link(ticket: Ticket, score: int, *, home: str = "") -> str:
    """The address where the customer confirms this grade without signing in: opening it alone gives none."""
    return f"{home or settings.PUBLIC_URL}/status/{ticket.number}/{status_token(ticket)}/grade/{score}"


def grade_lines(ticket: Ticket, terms: GradeTerms, *, language: str, home: str = "") -> str:
    """The grades as lines of a text, the best first, each with its link; "" where the team does not ask."""
    if not terms.is_asked or ticket.status != Ticket.SOLVED:
        return ""
    words = reversed(words_of(terms, language))
    return "\n".join(f"{score} – {word}: {grade_link(ticket, score, home=home)}" for score, word in words)
