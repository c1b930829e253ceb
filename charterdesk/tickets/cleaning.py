"""A ticket's words without what is personal: what helped one customer, so that others may read it."""

from dataclasses import dataclass

from charterdesk.cleaning.finding import Known, clean, find
from charterdesk.cleaning.spans import Span
from charterdesk.people.models import LANGUAGES, Identity
from charterdesk.tickets.models import Message, Ticket

LONGEST = 4000  # characters of a question


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was asked on a ticket and what solved it, as plain text."""

    title: str
    question: str
    answer: str


def people_of(ticket: Ticket) -> Known:
    """Everybody who had to do with `ticket`, its organisation and numbers: what a cleaning knows. Two statements."""
    contact, organisation = ticket.contact, ticket.organisation
    # The desk's own texts carry a team's name, which is made of words.
    written = Message.objects.filter(ticket=ticket, template="").exclude(author_name="")
    authors = written.values_list("author_name", flat=True)
    values = Identity.objects.filter(contact=contact).values_list("value", flat=True)
    return Known(
        names=(contact.name, *authors.distinct()),
        organisations=(organisation.name,) if organisation else (),
        others=(*values, f"#{ticket.number}"),
    )


def told_on(ticket: Ticket, answer: str = "") -> Told:
    """What the customer asked first, and `answer`, or else the solution. One statement."""
    asked = Message.objects.filter(ticket=ticket, direction="in", redacted_at=None).order_by("pk").first()
    question = asked.body_text.strip()[:LONGEST] if asked else ""
    return Told(title=ticket.subject, question=question, answer=(answer or ticket.solution).strip())


def language_of(ticket: Ticket) -> str:
    """The language its customer writes, if the desk has it."""
    return ticket.language if ticket.language in dict(LANGUAGES) else "en"


def cleaned(ticket: Ticket, told: Told) -> Told:
    """`told` with placeholders for what is personal. Two statements."""
    known, language = people_of(ticket), language_of(ticket)
    title, question, answer = (
        clean(text, language=language, known=known).text for text in (told.title, told.question, told.answer)
    )
    return Told(title=title, question=question, answer=answer)


def removed_from(ticket: Ticket, told: Told) -> dict[str, list[tuple[str, str]]]:
    """What `cleaned` takes out, to be shown: each text as pieces in order, with the kind of what goes; "" stays.

    Two statements.
    """
    known, language = people_of(ticket), language_of(ticket)
    texts = {"title": told.title, "question": told.question, "answer": told.answer}
    return {name: _pieces(text, find(text, language=language, known=known)) for name, text in texts.items()}


def taken_out(ticket: Ticket, told: Told) -> list[str]:
    """What `cleaned` takes out, each once. Two statements."""
    pieces = removed_from(ticket, told).values()
    return list(dict.fromkeys(text for each in pieces for text, kind in each if kind))


def _pieces(text: str, spans: list[Span]) -> list[tuple[str, str]]:
    pieces, at = [], 0
    for span in spans:
        pieces += [(text[at : span.start], ""), (text[span.start : span.end], span.kind)]
        at = span.end
    return [piece for piece in [*pieces, (text[at:], "")] if piece[0]]
