"""Many similar requests for tests, made by the actions themselves."""

from charterdesk.people.models import Team
from charterdesk.people.testing import make_contact
from charterdesk.surges.actions import notice_surges
from charterdesk.surges.models import Surge
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

USUAL = (
    "My bill for March is higher than I thought",
    "Please send me the contract on paper",
    "I moved and want to tell you my new address",
    "How do I pay by card in the portal",
    "The fitter did not come in the morning",
    "Can you explain the standing charge on my bill",
)


def make_past(team: Team) -> None:
    """Thirty requests as they come every day, from long ago."""
    for number in range(30):
        make_ticket(team=team, subject=f"A question about {USUAL[number % 6].split()[-1]}", text=USUAL[number % 6])
    Ticket.objects.filter(team=team).update(opened_at="2026-01-05T08:00:00Z")


def make_outage(team: Team, *, street: str = "Mill Lane", people: int = 8, language: str = "en") -> list[Ticket]:
    """As many customers say that they have no water there."""
    ways = (
        "No water in {}",
        "There is no water at {} since this morning",
        "Hello, we have no water, {} 3",
        "{}: no water",
    )
    return [
        make_ticket(
            team=team,
            contact=make_contact(f"Customer {number}", language=language),
            subject="A question",
            text=ways[number % 4].format(street),
        )
        for number in range(people)
    ]


def make_surge(team: Team) -> Surge:
    """A surge of eight tickets as the job notices it."""
    make_past(team)
    make_outage(team)
    (surge,) = notice_surges()
    return surge
