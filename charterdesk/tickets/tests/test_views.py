"""Views as data: what a filter finds, in which order, and how many; what it refuses, and what it says is gone."""

from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.tickets.actions import assign_ticket, follow_ticket, pause_ticket, prioritise_ticket, tag_ticket
from charterdesk.tickets.actions.definitions import define_field, retire_field
from charterdesk.tickets.actions.details import Due, set_due
from charterdesk.tickets.actions.fields import set_fields
from charterdesk.tickets.actions.views import order_views, place_view, save_view
from charterdesk.tickets.models import SavedView, Ticket, TicketField
from charterdesk.tickets.testing import make_ticket
from charterdesk.tickets.view_lists import (
    SORTS,
    list_page,
    read_cursor,
    selection_of,
    view_counts,
    views_of,
    write_cursor,
)
from charterdesk.tickets.views import asking, gone

pytestmark = pytest.mark.django_db


def where(field, op, value=None):
    return {"field": field, "op": op, "value": value}


def view(agent, *conditions, joined="all", **more):
    more.setdefault("name", "Mine")
    return save_view(None, by=agent, owner=agent, filter={joined: list(conditions)}, **more)


def found(agent, *conditions, joined="all", sorting="-created"):
    """The subjects that a view of these conditions lists, and the count agrees."""
    viewer, kept = viewer_of_agent(agent), view(agent, *conditions, joined=joined)
    page = list_page(viewer, selection_of(kept, asking(viewer, [kept.filter])), sorting=sorting)
    subjects = [ticket.subject for ticket in page.tickets]
    assert view_counts(viewer, [kept]) == {kept.pk: len(subjects)}
    return subjects


@pytest.fixture
def some(team, agent):
    """Three tickets that differ in everything, and one of another team."""
    other = make_contact("Omar", language="de")
    a = make_ticket(team=team, subject="A", tags=["leak", "meter"], type="incident")
    b = make_ticket(team=team, subject="B", contact=other, language="de", tags=["leak"])
    c = make_ticket(team=team, subject="C")
    make_ticket(team=make_team("Board"), subject="Nobody may know")
    Ticket.objects.filter(pk=a.pk).update(opened_at=now() - timedelta(days=10))
    assign_ticket(a, agent=agent, by=agent)
    prioritise_ticket(b, by=agent, priority=1)
    pause_ticket(c, by=agent, status="pending")
    set_due([Due(a.pk, now() - timedelta(hours=1), None), Due(b.pk, now() + timedelta(hours=1), None)])
    follow_ticket(b, by=agent, agent=agent)
    return {"A": a, "B": b, "C": c}


@pytest.mark.parametrize(
    ("condition", "subjects"),
    [
        (("status", "is", ["pending"]), ["C"]),
        (("status", "is_not", ["pending"]), ["B", "A"]),
        (("priority", "is", [1, 2]), ["B"]),
        (("type", "is", ["incident"]), ["A"]),
        (("language", "is", ["de"]), ["B"]),
        (("channel", "is_not", ["email"]), []),
        (("assignee", "is", ["me"]), ["A"]),
        (("assignee", "is", ["nobody"]), ["C", "B"]),
        (("assignee", "is_not", ["me"]), ["C", "B"]),
        (("assignee", "is_set", None), ["A"]),
        (("follower", "is", ["me"]), ["B"]),
        (("tags", "any_of", ["meter", "leak"]), ["B", "A"]),
        (("tags", "all_of", ["meter", "leak"]), ["A"]),
        (("tags", "none_of", ["meter"]), ["C", "B"]),
        (("tags", "is_empty", None), ["C"]),
        (("created", "last", "7d"), ["C", "B"]),
        (("created", "longer_ago", "1w"), ["A"]),
        (("created", "after", "2001-01-01"), ["C", "B", "A"]),
        (("due", "next", "2h"), ["B"]),
        (("due", "is_empty", None), ["C"]),
        (("promise", "is", ["late"]), ["A"]),
        (("promise", "is", ["soon"]), ["B"]),
        (("promise", "is_not", ["late", "soon"]), ["C"]),
    ],
)
def test_a_condition_finds_what_it_says(some, agent, condition, subjects):
    assert sorted(found(agent, where(*condition))) == sorted(subjects)


def test_conditions_are_joined_by_all_or_by_any(some, agent):
    late, leak = where("promise", "is", ["late"]), where("tags", "any_of", ["leak"])
    urgent = where("priority", "is", [1])

    assert found(agent, late, leak) == ["A"]
    assert found(agent, late, urgent, joined="any") == ["B", "A"]
    assert found(agent, leak, {"any": [late, {"all": [urgent, leak]}]}) == ["B", "A"]


@pytest.mark.parametrize(
    ("kind", "given", "condition", "is_found"),
    [
        ("text", "X 1", ("is", "X 1"), True),
        ("text", "X 1", ("is_not", "X 1"), False),
        ("number", 12.5, ("at_least", 12.5), True),
        ("number", 12.5, ("at_least", 13), False),
        ("number", 12.5, ("at_most", 13), True),
        ("number", 12, ("is", 12), True),
        ("date", "2026-05-04", ("on", "2026-05-04"), True),
        ("date", "2026-05-04", ("before", "2026-05-04"), False),
        ("date", "2026-05-04", ("after", "2026-05-04"), True),
        ("yes_no", False, ("is", False), True),
        ("yes_no", False, ("is", True), False),
        ("yes_no", False, ("is_set", None), True),
        ("yes_no", False, ("is_empty", None), False),
    ],
)
def test_custom_fields_are_conditions_as_any_other(ticket, agent, kind, given, condition, is_found):
    define_field(None, by="system", code="f", kind=kind, labels={"en": "F"})
    set_fields(ticket, by=agent, values={"f": given})

    assert (found(agent, where("field.f", *condition)) == [ticket.subject]) is is_found


def test_words_are_searched_for(ticket, agent):
    kept = view(agent, where("words", "has", "water"))
    asked = asking(viewer_of_agent(agent), [kept.filter])
    object.__setattr__(asked, "ids_with", lambda words, viewer: [ticket.pk] if words == "water" else [])

    page = list_page(asked.viewer, selection_of(kept, asked), sorting="-updated")
    assert [one.pk for one in page.tickets] == [ticket.pk]
    assert view_counts(asked.viewer, [kept]) == {}


@pytest.mark.parametrize(
    "filter",
    [
        {"all": [where("status", "is", ["nonsense"])]},
        {"all": [where("status", "last", "7d")]},
        {"all": [where("created", "last", "7 days")]},
        {"all": [where("created", "after", "yesterday")]},
        {"all": [where("team", "is", ["x' OR 1=1"])]},
        {"all": [where("solution", "is", ["x"])]},
        {"all": [where("field.none", "is_set")]},
        {"all": [], "any": []},
        {"all": [{"all": [{"all": [{"all": [{"all": []}]}]}]}]},
        {"all": [where("tags", "is_set")] * 61},
        ["status"],
    ],
)
def test_a_filter_that_makes_no_sense_is_not_kept(agent, filter):
    with pytest.raises(Refused):
        save_view(None, by=agent, name="x", owner=agent, filter=filter)
    assert not SavedView.objects.exists()


def test_a_view_of_a_field_that_is_gone_says_so_and_finds_nothing(ticket, agent):
    field = define_field(None, by="system", code="meter", kind="text", labels={"en": "Meter"})
    kept = view(agent, where("field.meter", "is_empty"))
    retire_field(field, by="system")
    viewer = viewer_of_agent(agent)
    asked = asking(viewer, [kept.filter])

    assert gone(kept.filter, asked.fields) == ["meter"]
    assert list_page(viewer, selection_of(kept, asked), sorting="-updated").tickets == []
    assert view_counts(viewer, [kept]) == {kept.pk: 0}


@pytest.mark.parametrize("sorting", [sign + name for name in SORTS for sign in ("", "-")])
def test_pages_of_any_order_hold_each_ticket_once(team, agent, sorting):
    teammate = make_agent("Bea", teams=(team,))
    for number in range(7):
        made = make_ticket(team=team, subject=f"S {number % 3}", tags=["x"])
        if number % 2:
            assign_ticket(made, agent=teammate, by=agent)
            set_due([Due(made.pk, now() + timedelta(hours=number), None)])
    viewer = viewer_of_agent(agent)
    for grouping in ("", "assignee"):
        kept = view(agent, where("tags", "any_of", ["x"]))
        selection, after, seen = selection_of(kept, asking(viewer, [kept.filter])), None, []
        for _page in range(4):
            page = list_page(viewer, selection, sorting=sorting, grouping=grouping, after=after, size=2)
            seen += [ticket.pk for ticket in page.tickets]
            after = read_cursor(write_cursor(page.after))
        assert (len(seen), len(set(seen)), after) == (7, 7, None)


def test_counts_of_twenty_views_take_few_statements(some, agent, django_assert_max_num_queries):
    define_field(None, by="system", code="f", kind="text", labels={"en": "F"})
    kept = [view(agent, where("status", "is", ["new"]), where("assignee", "is", ["me"])) for _n in range(10)]
    kept += [view(agent, where("field.f", "is", "x")) for _n in range(10)]
    viewer = viewer_of_agent(agent)
    with django_assert_max_num_queries(6):
        counts = view_counts(viewer, kept)

    assert sorted(counts.values()) == [0] * 10 + [1] * 10


def test_everybody_has_their_own_views_those_of_their_teams_and_the_desks(team, agent):
    other = make_agent("Otto", teams=(make_team("Board"),))
    make_agent("Max", role=Agent.MANAGER)
    view(agent, name="Ada's")
    view(agent, name="Leaks'", sharing=SavedView.TEAM, team=team)
    view(agent, name="All's", sharing=SavedView.DESK)

    assert [each.view.name for each in views_of(viewer_of_agent(agent))] == ["Ada's", "Leaks'", "All's"]
    assert [each.view.name for each in views_of(viewer_of_agent(other))] == ["All's"]


def test_views_are_pinned_hidden_and_put_in_order_by_each_person(agent):
    first, second = view(agent, name="First"), view(agent, name="Second")
    order_views([second.pk, first.pk], agent=agent)
    place_view(first, agent=agent, is_pinned=True)

    assert [(each.view.name, each.is_pinned) for each in views_of(viewer_of_agent(agent))] == [
        ("Second", False),
        ("First", True),
    ]


def test_a_choice_that_depends_on_nothing_is_a_condition(ticket, agent):
    choices = [{"code": "smart", "labels": {"en": "Smart"}, "under": ""}]
    define_field(None, by="system", code="meter", kind=TicketField.CHOICE, labels={"en": "Meter"}, choices=choices)
    tag_ticket(ticket, by=agent, add=["x"])
    set_fields(ticket, by=agent, values={"meter": "smart"})

    assert found(agent, where("field.meter", "is", ["smart"])) == [ticket.subject]
    assert found(agent, where("field.meter", "is_not", ["smart"])) == []
