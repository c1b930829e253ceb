"""Some of what solved the demo's requests, cleaned and shared with customers; one still waits to be looked over."""

from collections.abc import Callable

from django.db import transaction

from charterdesk.knowledge.actions.deciding import approve, publish_text
from charterdesk.knowledge.models import Category
from charterdesk.people.models import Agent
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.tickets.actions.articles import draft_solution
from charterdesk.tickets.answered import solutions_to_share

SHARED, IN_WORK = 3, 1


def share_solutions(say: Callable[[str], object]) -> None:
    """Share what was told most often, as the manager would. Under a second."""
    manager, home = Agent.objects.filter(role=Agent.MANAGER).first(), Category.objects.filter(slug="leaks").first()
    home = home or Category.objects.order_by("pk").first()
    if manager is None or home is None:
        return
    say("sharing solutions with customers")
    with transaction.atomic():
        for number, each in enumerate(solutions_to_share(viewer_of_agent(manager))[: SHARED + IN_WORK]):
            text = draft_solution(each.ticket, by=manager, category=home, owner=manager)
            if number < SHARED:
                approve(text, by=manager, is_looked_over=True)
                publish_text(text, by=manager)
