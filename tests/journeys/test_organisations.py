"""Two organisations turn out to be one, and then two after all: people, domains, tickets, notes and holds follow."""

import pytest
from django.test import Client

from charterdesk.events.testing import run_reactions
from charterdesk.people.actions import (
    add_organisation,
    add_person_field,
    add_person_note,
    change_contact,
    merge_organisations,
    set_own_fields,
    undo_organisation_merge,
)
from charterdesk.people.duplicate_organisations import organisations_alike
from charterdesk.people.models import Agent, Contact, Organisation, PersonFields
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.records.actions import place_hold
from charterdesk.records.models import LegalHold
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def mill() -> Organisation:
    return add_organisation(by="system", name="Mill Ltd", domains=["mill.example"])


@pytest.fixture
def other() -> Organisation:
    return add_organisation(by="system", name="The Mill, Limited", domains=["old-mill.example"], note="Pays late")


def member(of: Organisation, name: str) -> Contact:
    contact = make_contact(name)
    change_contact(contact, organisation=of, may_see_organisation=True, by="system")
    return contact


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_agent("Ada", role=Agent.LEAD, teams=(make_team("Leaks"),)).login)
    return client


def test_all_of_one_goes_to_the_other_and_back(mill, other):
    mia, omar = member(mill, "Mia"), member(other, "Omar")
    asked = make_ticket(contact=omar)
    assert asked.organisation_id == other.pk
    add_person_field(by="system", of="organisation", name="Meter", kind="text")
    set_own_fields(other, values={"meter": "M-1"}, by="system")
    note = add_person_note(other, text="Ask for the foreman", author=None, by="system")

    merge = merge_organisations(mill, other, by="system")
    run_reactions()

    mill.refresh_from_db()
    assert (mill.domains, mill.note) == (["mill.example", "old-mill.example"], "Pays late")
    assert [each.pk for each in mill.notes.all()] == [note.pk]
    assert PersonFields.objects.get(organisation=mill).values == {"meter": "M-1"}
    assert set(Contact.objects.filter(organisation=mill)) == {mia, omar}
    assert Ticket.objects.get().organisation_id == mill.pk
    late = member(mill, "Lea")

    undo_organisation_merge(merge, by="system")
    run_reactions()

    mill.refresh_from_db(), other.refresh_from_db()
    assert (mill.domains, mill.note, other.domains, other.note) == (
        ["mill.example"], "", ["old-mill.example"], "Pays late",
    )  # fmt: skip
    assert [each.pk for each in other.notes.all()] == [note.pk]
    assert PersonFields.objects.get(organisation=mill).values == {}
    assert set(Contact.objects.filter(organisation=mill)) == {mia, late}
    assert Ticket.objects.get().organisation_id == other.pk


def test_what_is_held_stays_held(mill, other):
    place_hold(other, reason="Court", by="system")

    merge_organisations(mill, other, by="system")
    run_reactions()

    assert LegalHold.objects.filter(kind="organisation", subject_id=mill.pk, lifted_at=None).get().reason == "Court"


def test_those_alike_are_found_until_somebody_tells_them_apart(desk, mill, other):
    harbour = add_organisation(by="system", name="Harbour", domains=["harbour.example"])
    port = add_organisation(by="system", name="Port", domains=["harbour.test", "mail.example"])
    add_organisation(by="system", name="Lettings", domains=["mail.test"])
    found = {(pair.organisation, pair.other): pair.reason for pair in organisations_alike()}
    assert found == {(mill, other): "name", (harbour, port): "domain"}
    assert "The Mill, Limited" in desk.get(f"/desk/organisations/{mill.pk}/alike").content.decode()

    desk.post(f"/desk/organisations/{port.pk}/merging", {"other": harbour.pk, "apart": "1"})
    desk.post(f"/desk/organisations/{mill.pk}/merging", {"other": other.pk, "next": "duplicates"})

    assert organisations_alike() == []
    assert desk.get(f"/desk/organisations/{other.pk}/")["Location"] == f"/desk/organisations/{mill.pk}/"
    listed = desk.get("/desk/organisations/").content.decode()
    assert "Mill Ltd" in listed and "The Mill, Limited" not in listed
    page = desk.get(f"/desk/organisations/{mill.pk}/").content.decode()
    assert "Made one with" in page and "The Mill, Limited" in page
    merge = mill.merges.get()
    desk.post(f"/desk/organisations/{mill.pk}/merging", {"undo": merge.pk})
    assert Organisation.objects.filter(merged_into=None).count() == 5


def test_an_organisation_is_not_merged_with_itself_nor_twice(desk, mill, other):
    third = add_organisation(by="system", name="Third")
    path = f"/desk/organisations/{mill.pk}/merging"
    assert desk.post(path, {"other": mill.name}).status_code == 409
    assert desk.post(path, {"other": "old-mill.example"}).status_code == 302
    assert desk.post(path, {"other": other.pk}).status_code == 409
    assert desk.post(f"/desk/organisations/{other.pk}/merging", {"other": third.pk}).status_code == 409
