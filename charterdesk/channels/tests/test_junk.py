"""A filter that learns from the agents' button."""

from collections.abc import Callable

from charterdesk.channels.models import JunkWord, RawMail
from charterdesk.channels.testing import make_mail
from charterdesk.people.models import Agent
from charterdesk.tickets.actions import close_ticket, reopen_ticket, solve_ticket
from charterdesk.tickets.models import Ticket

Arrive = Callable[..., RawMail]

PILLS = "Cheap pills online, buy now without prescription, limited lottery offer number {}"
WATER = "The meter in our cellar leaks water since yesterday, please send somebody, case {}"


def mail(text: str, number: int) -> bytes:
    sender = f"p{number}@{'pills' if text == PILLS else 'home'}.example"
    return make_mail(text.format(number), sender=sender, message_id=f"<{number}@{sender}>")


def test_after_enough_examples_junk_is_set_aside_and_requests_are_not(
    arrive: Arrive, agent: Agent, run_reactions: Callable[[], int]
) -> None:
    for number in range(10):
        arrive(mail(PILLS, number))
        close_ticket(Ticket.objects.latest("pk"), by=agent, reason="junk")
        arrive(mail(WATER, number))
        solve_ticket(Ticket.objects.latest("pk"), by=agent, solution="Mended.")
    run_reactions()

    assert (arrive(mail(PILLS, 77)).state, arrive(mail(WATER, 78)).state) == (RawMail.JUNK, RawMail.READ)


def test_who_thinks_again_teaches_it_anew(arrive: Arrive, agent: Agent, run_reactions: Callable[[], int]) -> None:
    arrive(mail(PILLS, 1))
    ticket = Ticket.objects.get()
    close_ticket(ticket, by=agent, reason="junk")
    run_reactions()
    assert counts() == (1, 0)

    reopen_ticket(ticket, by=agent)
    solve_ticket(ticket, by=agent, solution="It was a real order.")
    run_reactions()
    assert counts() == (0, 1)


def counts() -> tuple[int, int]:
    """How often "pills" stood in junk, and in what was not."""
    word = JunkWord.objects.get(word="pills")
    return word.junk, word.good
