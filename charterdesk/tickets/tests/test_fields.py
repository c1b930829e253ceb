"""Custom fields: what fits is kept, what is required is asked for, what changed is told."""

from io import BytesIO

import pytest

from charterdesk.base.refused import Refused
from charterdesk.events.models import LoggedEvent
from charterdesk.people.actions import erase_contact
from charterdesk.people.testing import make_contact
from charterdesk.tickets.actions import IncomingFile, classify_ticket, solve_ticket
from charterdesk.tickets.actions.definitions import (
    define_field,
    move_defined,
    read_choices,
    retire_field,
    write_choices,
)
from charterdesk.tickets.actions.fields import set_fields
from charterdesk.tickets.fields import shown, values_of
from charterdesk.tickets.models import Attachment, FieldMeasure, TicketField
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def make_field(code, kind=TicketField.TEXT, **given):
    given.setdefault("labels", {"en": code.title()})
    return define_field(None, by="system", code=code, kind=kind, **given)


@pytest.fixture
def meter(db):
    return make_field("meter", TicketField.CHOICE, choices=read_choices("analog = Analog\nsmart = Smart | de: Digital"))


@pytest.fixture
def model(meter):
    choices = read_choices("analog > a1 = A 1\nsmart > s1 = S 1\nsmart > s2 = S 2")
    return make_field("model", TicketField.DEPENDENT, depends_on=meter, choices=choices)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (TicketField.TEXT, "  two \n words ", "two words"),
        (TicketField.LONG, "one\ntwo", "one\ntwo"),
        (TicketField.NUMBER, "1 200,50", 1200.5),
        (TicketField.NUMBER, "7", 7),
        (TicketField.DATE, "2026-11-22", "2026-11-22"),
        (TicketField.YES_NO, "no", False),
        (TicketField.TEXT, "", None),
    ],
)
def test_a_value_is_kept_as_its_kind_says(ticket, kind, given, kept):
    make_field("f", kind)
    set_fields(ticket, by="system", values={"f": given})

    assert values_of(ticket).get("f") == kept


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (TicketField.NUMBER, "many"),
        (TicketField.NUMBER, "1e15"),
        (TicketField.NUMBER, "nan"),
        (TicketField.DATE, "24.12."),
        (TicketField.YES_NO, "perhaps"),
        (TicketField.TEXT, "x" * 501),
        (TicketField.CONTACT, "nobody@nowhere.example"),
        (TicketField.FILE, "a.png"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(ticket, kind, given):
    make_field("f", kind)
    if kind == TicketField.FILE:
        set_fields(ticket, by="system", values={"f": given})
    else:
        with pytest.raises(Refused, match="F"):
            set_fields(ticket, by="system", values={"f": given})

    assert values_of(ticket) == {}


def test_a_choice_that_depends_on_another_follows_it(ticket, meter, model):
    set_fields(ticket, by="system", values={"meter": "smart", "model": "s2"})
    with pytest.raises(Refused):
        set_fields(ticket, by="system", values={"model": "a1"})
    assert values_of(ticket) == {"meter": "smart", "model": "s2"}

    set_fields(ticket, by="system", values={"meter": "analog"})
    assert values_of(ticket) == {"meter": "analog"}


def test_a_ticket_is_not_solved_before_what_has_to_be_known_is(ticket, agent):
    make_field("cause", required=TicketField.ON_SOLVE, labels={"en": "Cause", "de": "Ursache"})
    make_field("other", required=TicketField.ON_SOLVE, types=["order"])
    with pytest.raises(Refused) as refused:
        solve_ticket(ticket, by=agent, solution="Valve replaced.")
    assert (refused.value.code, refused.value.message) == (
        "tickets.field_required",
        "Before it is solved, fill in: Cause.",
    )

    set_fields(ticket, by=agent, values={"cause": "frost"})
    solve_ticket(ticket, by=agent, solution="Valve replaced.")
    assert ticket.status == "solved"


def test_the_log_says_which_fields_changed_and_nothing_that_was_written(ticket, agent, meter):
    make_field("name")
    set_fields(ticket, by=agent, values={"name": "Zephyrine", "meter": "smart"})
    set_fields(ticket, by=agent, values={"name": "Zephyrine", "meter": "smart"})

    found = LoggedEvent.objects.filter(code="fields.changed")
    assert [(event.data["fields"], event.data["chosen"]) for event in found] == [
        (["meter", "name"], {"meter": "smart"})
    ]


def test_numbers_and_dates_stand_in_an_order_too(ticket):
    make_field("litres", TicketField.NUMBER)
    make_field("day", TicketField.DATE)
    set_fields(ticket, by="system", values={"litres": "2.5", "day": "0001-01-02"})
    assert sorted(FieldMeasure.objects.values_list("value", flat=True)) == [2, 2.5]

    set_fields(ticket, by="system", values={"litres": None})
    assert list(FieldMeasure.objects.values_list("value", flat=True)) == [2]


def test_a_file_takes_the_place_of_the_one_before_it(ticket):
    field = make_field("plan", TicketField.FILE)
    for name in ("old.txt", "new.txt"):
        set_fields(ticket, by="system", values={"plan": IncomingFile(filename=name, stream=BytesIO(name.encode()))})

    assert [one.filename for one in Attachment.objects.all()] == ["new.txt"]
    assert [each.text for each in shown([field], values_of(ticket))] == ["new.txt"]


def test_a_field_of_another_type_is_refused(ticket):
    make_field("invoice", types=["order"])
    with pytest.raises(Refused, match="invoice"):
        set_fields(ticket, by="system", values={"invoice": "1"})

    classify_ticket(ticket, by="system", type="order")
    set_fields(ticket, by="system", values={"invoice": "1"})
    assert values_of(ticket) == {"invoice": "1"}


def test_a_removed_field_keeps_what_stands_in_it_and_is_written_no_more(ticket):
    field = make_field("old")
    set_fields(ticket, by="system", values={"old": "x"})
    retire_field(field, by="system")

    with pytest.raises(Refused):
        set_fields(ticket, by="system", values={"old": "y"})
    assert values_of(ticket) == {"old": "x"}


def test_choices_are_written_as_they_are_read():
    text = "smart > s1 = S 1 | de: S eins\nother = Other"
    assert write_choices(read_choices(text)) == text
    assert read_choices("In the street")[0]["code"] == "in_the_street"


def test_fields_change_places(db):
    fields = [make_field(code) for code in ("a", "b", "c")]
    move_defined(fields[2], by="system", step=-1)
    move_defined(fields[0], by="system", step=-1)

    assert [field.code for field in TicketField.objects.in_use()] == ["a", "c", "b"]


def test_erasing_a_person_empties_what_may_tell_of_them(team, agent, meter):
    mia = make_contact("Zephyrine Quill", email="z@quill.example")
    for code, kind in (("note", "text"), ("who", "contact"), ("age", "number")):
        make_field(code, kind)
    own, other = make_ticket(team=team, contact=mia), make_ticket(team=team, contact=make_contact("Omar"))
    set_fields(own, by=agent, values={"note": "Zephyrine Quill", "meter": "smart", "age": 44})
    set_fields(other, by=agent, values={"who": "z@quill.example", "meter": "analog"})

    erase_contact(mia, by=agent)
    assert (values_of(own), values_of(other)) == ({"meter": "smart"}, {"meter": "analog"})
    assert FieldMeasure.objects.count() == 0
