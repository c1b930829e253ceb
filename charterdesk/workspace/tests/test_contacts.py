"""Customers and organisations in the workspace: found, looked at, changed, made one and parted."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from charterdesk.people.actions import add_organisation, add_person_field, merge_contacts
from charterdesk.people.models import Agent, Contact, ContactMerge, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions import Incoming, receive_message
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team("Leaks")


@pytest.fixture
def desk(team: Team) -> Client:
    client = Client()
    client.force_login(make_agent("Ada", teams=(team,)).login)
    return client


def test_customers_are_found_by_parts_of_name_address_and_number(desk: Client) -> None:
    mia = make_contact("Mia Möller", email="mm@harbour.example")
    mia.identities.create(kind="phone", value="+353209155501")
    make_contact("Omar Quill", email="omar@home.example")

    found = {
        words: [each.pk for each in desk.get("/desk/contacts/", {"q": words}).context["people"]]
        for words in ("möll", "harbour", "(020) 915", "915 5501", "mia quill", "")
    }

    assert found["möll"] == found["harbour"] == found["915 5501"] == [mia.pk]
    assert (found["(020) 915"], found["mia quill"], len(found[""])) == ([], [], 2)


def test_the_list_goes_on_where_it_ended(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("charterdesk.workspace.contacts.PAGE", 2)
    names = ["ada", "Ben", "Ben", "Ćiro", "Dora"]
    for name in names:
        make_contact(name)
    seen, more = [], "?"
    while more:
        page = desk.get(f"/desk/contacts/{more}").context
        seen += [each.name for each in page["people"]]
        more = page["more"]
        assert not any(name.lower() in more.lower() for name in names)  # addresses are kept in many places

    assert sorted(seen) == sorted(names)
    assert len(desk.get("/desk/contacts/?after=ben~2").context["people"]) == 2  # as they once were: from the beginning


def test_a_customers_page_shows_only_tickets_of_the_readers_teams(desk: Client, team: Team) -> None:
    mia = make_contact("Mia")
    ours = make_ticket(team=team, contact=mia, subject="Brown water")
    make_ticket(team=make_team("Billing"), contact=mia, subject="Secret bill")

    page = desk.get(f"/desk/contacts/{mia.pk}/")

    assert [row.ticket for row in page.context["rows"]] == [ours]
    assert "Secret bill" not in page.content.decode()


def test_what_is_known_is_changed_by_form_own_fields_included(desk: Client) -> None:
    mia, mill = make_contact("Mia"), add_organisation(by="system", name="The Mill")
    add_person_field(by="system", of="contact", name="Meter", kind="number")
    form = {"name": "Mia Miller", "language": "de", "organisation": "the mill", "may_see_organisation": "on"}

    wrong = desk.post(f"/desk/contacts/{mia.pk}/details", {**form, "own_meter": "many"})
    answer = desk.post(f"/desk/contacts/{mia.pk}/details", {**form, "own_meter": "12"})

    mia.refresh_from_db()
    assert (wrong.status_code, answer.status_code) == (422, 302)
    assert (mia.name, mia.language, mia.organisation, mia.may_see_organisation) == ("Mia Miller", "de", mill, True)
    assert mia.own_fields.values == {"meter": 12}


def test_a_customer_is_added_by_hand_once_and_belongs_to_whom_their_address_says(desk: Client) -> None:
    mill = add_organisation(by="system", name="The Mill", domains=["mill.example"])
    form = {"name": "Mia Miller", "email": "Mia@Mill.example", "language": "de"}
    answer = desk.post("/desk/contacts/new", form)

    contact = Contact.objects.get()
    assert answer["Location"] == f"/desk/contacts/{contact.pk}/"
    assert (contact.name, contact.email, contact.language) == ("Mia Miller", "mia@mill.example", "de")
    assert contact.organisation == mill
    again = desk.post("/desk/contacts/new", form)
    assert (again.status_code, Contact.objects.count()) == (422, 1)
    assert "Merge the two" in again.content.decode()


def test_merging_takes_the_tickets_along_and_undoing_gives_them_back(
    desk: Client, team: Team, run_reactions: Callable[[], int]
) -> None:
    mia, other = make_contact("Mia"), make_contact("M.", email="m@work.example")
    own, theirs = (make_ticket(team=team, contact=contact) for contact in (mia, other))

    desk.post(f"/desk/contacts/{mia.pk}/merging", {"other": "m@work.example"})
    run_reactions()
    together = set(Ticket.objects.filter(contact=mia))
    redirected = desk.get(f"/desk/contacts/{other.pk}/").headers["Location"]
    later = make_ticket(team=team, contact=mia)
    desk.post(f"/desk/contacts/{mia.pk}/merging", {"undo": ContactMerge.objects.get().pk})
    run_reactions()

    assert (together, redirected) == ({own, theirs}, f"/desk/contacts/{mia.pk}/")
    assert (set(Ticket.objects.filter(contact=mia)), set(Ticket.objects.filter(contact=other))) == (
        {own, later},
        {theirs},
    )
    assert {message.contact for message in theirs.messages.exclude(contact=None)} == {other}


def test_a_customer_is_known_since_the_first_of_those_they_were_made_of(desk: Client) -> None:
    other = make_contact("M.", email="m@work.example")
    Contact.objects.filter(pk=other.pk).update(created_at=datetime(2019, 5, 3, tzinfo=UTC))
    mia = make_contact("Mia")
    before = desk.get(f"/desk/contacts/{mia.pk}/").content.decode()
    merge_contacts(mia, Contact.objects.get(pk=other.pk), by="system")

    assert ("3 May 2019" in before, "3 May 2019" in desk.get(f"/desk/contacts/{mia.pk}/").content.decode()) == (
        False,
        True,
    )


def test_who_signs_in_as_a_merged_customer_is_the_one_who_goes_on(team: Team, run_reactions: Callable[[], int]) -> None:
    mia, other = make_contact("Mia", login=True), make_contact("M.", login=True)
    ticket = make_ticket(team=team, contact=other)
    merge_contacts(mia, other, by="system")
    run_reactions()
    portal = Client()
    assert other.login
    portal.force_login(other.login)

    assert portal.get(f"/requests/{ticket.number}").status_code == 200


def test_splitting_takes_along_what_was_written_from_the_address(
    desk: Client, team: Team, run_reactions: Callable[[], int]
) -> None:
    mia = make_contact("Mia", email="mia@home.example")
    work = mia.identities.create(kind="email", value="omar@work.example")
    stays, goes = make_ticket(team=team, contact=mia), make_ticket(team=team, contact=mia)
    goes.messages.update(author_address="omar@work.example")
    receive_message(stays, Incoming(contact=mia, text="Hm", author_address="omar@work.example"), by="system")

    desk.post(f"/desk/contacts/{mia.pk}/split", {"identity": work.pk, "name": "Omar"})
    run_reactions()

    omar = Contact.objects.get(name="Omar")
    assert (list(Ticket.objects.filter(contact=omar)), list(Ticket.objects.filter(contact=mia))) == ([goes], [stays])


def test_an_organisation_says_who_sees_all_its_requests(desk: Client) -> None:
    mill, mia = add_organisation(by="system", name="Mill"), make_contact("Mia", email="mia@mill.example")

    desk.post(f"/desk/organisations/{mill.pk}/members", {"email": "MIA@mill.example"})
    desk.post(f"/desk/organisations/{mill.pk}/members", {"member": mia.pk, "sees": "1"})
    seen = Contact.objects.get(pk=mia.pk)
    desk.post(f"/desk/organisations/{mill.pk}/members", {"member": mia.pk, "remove": "1"})
    gone = Contact.objects.get(pk=mia.pk)

    assert (seen.organisation, seen.may_see_organisation) == (mill, True)
    assert (gone.organisation, gone.may_see_organisation) == (None, False)


def test_the_pages_of_people_need_few_statements(
    desk: Client, team: Team, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    mill = add_organisation(by="system", name="Mill")
    add_person_field(by="system", of="contact", name="Meter", kind="number")
    mia = make_contact("Mia")
    mia.organisation = mill
    mia.save()
    for _ in range(3):
        make_ticket(team=team, contact=mia)
    merge_contacts(mia, make_contact("M."), by="system")

    for path in (
        "contacts/",
        f"contacts/{mia.pk}/",
        f"contacts/{mia.pk}/alike",
        "contacts/duplicates",
        f"organisations/{mill.pk}/",
        f"contacts/{mia.pk}/details",
    ):
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
            assert desk.get(f"/desk/{path}").status_code == 200


def test_a_field_is_made_changed_and_taken_out_of_use_by_form(team: Team) -> None:
    client = Client()
    client.force_login(make_agent("Amy", role=Agent.ADMINISTRATOR).login)
    form = {"of": "contact", "kind": "choice", "name": "Tariff", "choices": "home\ngarden\n", "position": "5"}

    no_choices = client.post("/desk/admin/person-fields/new", {**form, "choices": ""})
    client.post("/desk/admin/person-fields/new", form)
    listed = client.get("/desk/admin/person-fields").context["fields"]
    client.post(f"/desk/admin/person-fields/{listed[0].pk}", {**form, "name_de": "Tarif", "choices": "home"})
    client.post(f"/desk/admin/person-fields/{listed[0].pk}/retirement")

    field = client.get("/desk/admin/person-fields").context["fields"][0]
    assert no_choices.status_code == 422
    assert (field.code, field.names, field.choices, field.retired_at is None) == (
        "tariff",
        {"de": "Tarif"},
        ["home"],
        False,
    )
