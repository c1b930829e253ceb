"""What happens just now: a street without water, and customers who were given a wrong answer."""

from collections.abc import Callable

from django.db import transaction

from charterdesk.knowledge.models import Correction
from charterdesk.people.models import Contact, Team
from charterdesk.tickets.actions import Incoming, open_ticket
from charterdesk.tickets.models import ArticleUse, Ticket

TEAM, MISLED = "Leaks and emergencies", 6
LETTERS = (
    ("No water in Mill Lane", "Since half past eight there has been no water in Mill Lane, on no floor."),
    ("Dry taps", "We have no water. We live in Mill Lane, opposite the bakery. Is it a burst pipe?"),
    ("Mill Lane", "Hello, no water here in Mill Lane since this morning. When will it be back?"),
    ("What is going on?", "There is no water in our whole house in Mill Lane, and my mother needs care."),
    ("Water off without notice", "Nobody told us. No water in Mill Lane, and I run a hairdresser's there."),
    ("Water", "no water mill lane, please hurry, small children"),
    ("Outage?", "Is there an outage? We have no water, and neither have the neighbours in Mill Lane."),
    ("No water", "No water since about nine. Mill Lane, upper end. There is water standing in the road, too."),
    ("Nothing comes out of the tap", "The tap only coughs. No water at all. Our flat is in Mill Lane."),
)


def make_outage(say: Callable[[str], object]) -> None:
    """Open a request for each of the letters, as if they came just now. Some twenty statements."""
    say("breaking a main in Mill Lane")
    team = Team.objects.get(name=TEAM)
    people = Contact.objects.filter(language="en", organisation=None, erased_at=None).order_by("-pk")
    with transaction.atomic():
        for contact, (subject, text) in zip(people[: len(LETTERS)], LETTERS, strict=False):
            incoming = Incoming(
                contact=contact, subject=subject, text=text, author_name=contact.name, author_address=contact.email
            )
            open_ticket(incoming, team=team, by=contact, type="incident")


def make_misled(say: Callable[[str], object]) -> None:
    """Note on the latest tickets about hardness that they were given the article that is wrong. Three statements."""
    say("noting whom a wrong article reached")
    wrong = Correction.objects.first()
    if wrong is None:
        return
    asked = Ticket.objects.filter(tags__contains=["hardness"], merged_into=None).select_related("assignee")
    ArticleUse.objects.bulk_create(
        ArticleUse(
            ticket=ticket,
            text_id=wrong.text_id,
            number=wrong.number,
            used_by=ticket.assignee.key if ticket.assignee else "system",
            used_at=ticket.last_message_at,
        )
        for ticket in asked.order_by("-pk")[:MISLED]
    )
