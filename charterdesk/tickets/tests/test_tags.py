"""Tags as a whole."""

from collections.abc import Callable

import pytest

from charterdesk.base.refused import Refused
from charterdesk.people.models import Agent, Team
from charterdesk.tickets.actions import tag_ticket
from charterdesk.tickets.actions import tags as tags_actions
from charterdesk.tickets.actions.tags import turn_tag
from charterdesk.tickets.jobs import change_tag_over
from charterdesk.tickets.models import Tag, Ticket
from charterdesk.tickets.testing import make_ticket


def tagged(team: Team, agent: Agent, *tags: str) -> Ticket:
    ticket = make_ticket(team=team)
    tag_ticket(ticket, by=agent, add=tags)
    return ticket


def tags_of(*tickets: Ticket) -> list[list[str]]:
    return [Ticket.objects.get(pk=ticket.pk).tags for ticket in tickets]


def test_a_tag_is_known_from_its_first_use_on(team: Team, agent: Agent, run_reactions: Callable[[], int]) -> None:
    tagged(team, agent, "Leak", "urgent pipe")
    run_reactions()
    run_reactions()

    assert sorted(Tag.objects.values_list("name", flat=True)) == ["leak", "urgent pipe"]


def test_two_tags_become_one_on_every_ticket_a_stretch_at_a_time(
    team: Team, agent: Agent, run_reactions: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tags_actions, "CHUNK", 2)
    tickets = [tagged(team, agent, "leaky"), tagged(team, agent, "leaky", "leak"), tagged(team, agent, "leaky", "far")]
    run_reactions()
    tag = Tag.objects.get(name="leaky")
    turn_tag(tag, into="Leak", by=agent)
    with pytest.raises(Refused):
        turn_tag(tag, into="other", by=agent)
    change_tag_over(tag_id=tag.pk, by=agent.key)
    change_tag_over(tag_id=tag.pk, by=agent.key)

    assert tags_of(*tickets) == [["leak"], ["leak"], ["far", "leak"]]
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["far", "leak"]


def test_a_tag_that_is_done_away_with_leaves_the_others(
    team: Team, agent: Agent, run_reactions: Callable[[], int]
) -> None:
    ticket = tagged(team, agent, "old", "new")
    run_reactions()
    tag = Tag.objects.get(name="old")
    turn_tag(tag, into="", by=agent)
    change_tag_over(tag_id=tag.pk, by=agent.key)

    assert tags_of(ticket) == [["new"]]
    assert list(Tag.objects.values_list("name", flat=True)) == ["new"]
