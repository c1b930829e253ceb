"""Views by form, the wide list, and changing all of a list."""

import pytest

from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent
from charterdesk.tickets.actions import prioritise_ticket
from charterdesk.tickets.actions.definitions import define_field, define_request_form, read_choices, retire_field
from charterdesk.tickets.actions.fields import set_fields
from charterdesk.tickets.actions.views import save_view
from charterdesk.tickets.fields import values_of
from charterdesk.tickets.models import BulkRun, RequestForm, SavedView, Ticket, TicketField
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true", "HX-Target": "ol#rows"}


def subjects(response) -> list[str]:
    return [row.ticket.subject for row in response.context["rows"]]


def test_a_view_is_made_by_form_and_lists_what_it_says(desk, team, ticket):
    prioritise_ticket(ticket, by="system", priority=1)
    make_ticket(team=team, subject="Not urgent")
    answer = desk.post(
        "/desk/views/new",
        {
            "name": "Urgent",
            "sharing": "mine",
            "sorting": "-updated",
            "all-0-field": "priority",
            "all-0-op": "is",
            "all-0-value": ["1", "2"],
            "all-1-field": "created",
            "all-1-op": "last",
            "all-1-value": "7",
            "all-1-unit": "d",
            "any-0-field": "assignee",
            "any-0-op": "is",
            "any-0-value": ["nobody", "me"],
        },
    )
    view = SavedView.objects.get()

    assert answer.headers["Location"] == f"/desk/inbox/view-{view.pk}/"
    assert view.filter == {
        "all": [
            {"field": "priority", "op": "is", "value": [1, 2]},
            {"field": "created", "op": "last", "value": "7d"},
            {"any": [{"field": "assignee", "op": "is", "value": ["nobody", "me"]}]},
        ]
    }
    assert subjects(desk.get(answer.headers["Location"])) == ["Brown water"]
    form = desk.get(f"/desk/views/{view.pk}").content.decode()
    assert 'name="all-1-value"' in form and 'value="7"' in form


def test_choosing_a_field_brings_what_fits_it_and_keeps_what_was_written(desk):
    sent = {"name": "Half", "all-0-field": "created", "all-0-op": "is", "all-0-value": ["new"], "again": "1"}
    answer = desk.post("/desk/views/new", sent, headers=FRAGMENT)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert 'name="all-0-unit"' in page and 'value="Half"' in page
    assert not SavedView.objects.exists()


def test_what_makes_no_sense_is_said_and_nothing_is_kept(desk):
    sent = {"name": "x", "sharing": "mine", "sorting": "due", "all-0-field": "created", "all-0-op": "after"}
    answer = desk.post("/desk/views/new", {**sent, "all-0-value": "soon"})

    assert answer.status_code == 422
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("field", "op", "value", "said"),
    [
        ("created", "last", "abc", "Write a whole number."),
        ("created", "after", "soon", "Choose a day."),
        ("status", "is", "", "Choose at least one."),
        ("tags", "any_of", " , ", "Write a text."),
        ("contact", "is", "nobody@home.example", "No customer has this address."),
        ("organisation", "is", "No such mill", "No organisation is called that."),
    ],
)
def test_a_condition_says_what_is_wrong_with_it_and_keeps_what_was_written(desk, field, op, value, said):
    sent = {"name": "x", "sharing": "mine", "sorting": "due", "any-0-field": "status", "any-0-op": "is"}
    sent |= {"any-0-value": "new", "all-0-field": field, "all-0-op": op, "all-0-value": value}
    answer = desk.post("/desk/views/new", sent)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert page.count('class="field-error"') == 1
    assert f'<p class="field-error" id="all-0-wrong">{said}</p>' in page
    assert field == "status" or f'value="{value}"' in page
    assert not SavedView.objects.exists()


def test_an_agent_gives_no_view_to_a_team_and_a_lead_does(desk, team, sign_in):
    sent = {"name": "x", "sharing": f"team:{team.pk}", "sorting": "due"}
    assert desk.post("/desk/views/new", sent).status_code == 422

    lead = sign_in(make_agent("Lea", teams=(team,), role=Agent.LEAD))
    lead.post("/desk/views/new", sent)
    assert [(view.sharing, view.team) for view in SavedView.objects.all()] == [("team", team)]


def test_a_view_of_a_field_that_was_removed_says_so(desk, agent, ticket):
    field = define_field(None, by="system", code="meter", kind="text", labels={"en": "Meter"})
    asked = {"all": [{"field": "field.meter", "op": "is", "value": "1"}]}
    view = save_view(None, by=agent, owner=agent, name="Meters", filter=asked)
    retire_field(field, by="system")
    page = desk.get(f"/desk/inbox/{view.slug}/")

    assert "a field that was removed (meter)" in page.content.decode()
    assert subjects(page) == []
    assert "This field was removed" in desk.get(f"/desk/views/{view.pk}").content.decode()


def test_the_wide_list_has_the_views_columns_groups_and_sorting(desk, agent, team, ticket):
    define_field(
        None, by="system", code="meter", kind="choice", labels={"en": "Meter"}, choices=read_choices("s = Smart")
    )
    set_fields(ticket, by=agent, values={"meter": "s"})
    make_ticket(team=team, subject="A second")
    view = save_view(
        None, by=agent, owner=agent, name="V", filter={}, columns=["subject", "field.meter"], grouping="status"
    )
    desk.post("/desk/me/layout", {"wide": "1"})
    page = desk.get(f"/desk/inbox/{view.slug}/")

    assert [column.name for column in page.context["chosen"].columns] == ["Subject", "Meter"]
    assert "Smart" in page.content.decode()
    assert [row.group for row in page.context["rows"]] == ["new", ""]
    assert subjects(desk.get(f"/desk/inbox/{view.slug}/?sort=subject")) == ["A second", "Brown water"]
    assert subjects(desk.get(f"/desk/inbox/{view.slug}/?sort=-subject")) == ["Brown water", "A second"]
    assert subjects(desk.get(f"/desk/inbox/{view.slug}/?sort=nonsense&after=[1]")) == ["A second", "Brown water"]


@pytest.mark.parametrize("is_wide", ["0", "1"])
def test_a_list_with_views_costs_few_statements(desk, agent, team, ticket, is_wide, django_assert_max_num_queries):
    define_field(None, by="system", code="meter", kind="text", labels={"en": "Meter"})
    asked = {"all": [{"field": "field.meter", "op": "is_empty"}]}
    views = [
        save_view(None, by=agent, owner=agent, name=f"V{n}", filter=asked, columns=["subject", "field.meter"])
        for n in range(20)
    ]
    desk.post("/desk/me/layout", {"wide": is_wide})
    with django_assert_max_num_queries(15):
        desk.get(f"/desk/inbox/{views[0].slug}/")
    with django_assert_max_num_queries(15):
        counts = desk.get(f"/desk/inbox/{views[0].slug}/counts", headers={"HX-Request": "true"})
    assert [link.count for link in counts.context["views"]] == [1] * 20


def test_all_of_a_list_is_changed_in_the_background_with_progress_and_undo(desk, agent, team, run_jobs):
    for number in range(40):
        make_ticket(team=team, subject=f"Water {number}")
    make_ticket(team=team, subject="Other", type="order")
    sent = {"do": "priority:1", "everything": "1"}
    answer = desk.post("/desk/inbox/open/bulk?type=question", sent, headers=FRAGMENT)
    run = BulkRun.objects.get()
    assert "0 / 40" in answer.content.decode()

    run_jobs()
    shown = desk.get(f"/desk/bulk/{run.pk}", headers={"HX-Request": "true"}).content.decode()
    assert "40 tickets changed." in shown
    assert Ticket.objects.filter(priority=1).count() == 40

    desk.post(f"/desk/bulk/{run.pk}/steps", {"step": "undo"}, headers={"HX-Request": "true"})
    run_jobs()
    assert Ticket.objects.filter(priority=1).count() == 0
    desk.post(f"/desk/bulk/{run.pk}/steps", {"step": "done"})
    assert "bulk_run" not in desk.session


def test_fields_are_shown_beside_the_ticket_and_changed_there(desk, ticket):
    assert 'id="fields"' not in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()
    define_field(None, by="system", code="litres", kind="number", labels={"en": "Litres"}, required="solve")
    assert "Needed to solve it:" in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()

    define_field(None, by="system", code="seal", kind="text", labels={"en": "Seal"}, types=["complaint"])

    refused = desk.post(f"/desk/tickets/{ticket.number}/fields", {"field_litres": "many"})
    assert refused.status_code == 422 and 'value="many"' in refused.content.decode()
    desk.post(f"/desk/tickets/{ticket.number}/fields", {"field_litres": "12,5"})

    assert values_of(ticket) == {"litres": 12.5}
    page = desk.get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert "12.5" in page and "Ada Brook changed details: Litres" in page


def test_an_agents_new_ticket_asks_what_its_form_asks(desk, agent, team):
    define_field(None, by="system", code="meter", kind="text", labels={"en": "Meter"}, required="submit")
    define_request_form(None, by="system", code="m", names={"en": "Meters"}, team=team, type="order", fields=["meter"])
    assert "Meters" in desk.get("/desk/tickets/new").content.decode()
    sent = {
        "email": "mia@home.example", "language": "en", "subject": "Meter", "text": "Broken", "channel": "phone",
        "team": team.pk, "type": "order", "priority": "3",
    }  # fmt: skip
    assert desk.post("/desk/tickets/new?form=m", sent).status_code == 422

    desk.post("/desk/tickets/new?form=m", {**sent, "field_meter": "X 1"})
    made = Ticket.objects.get()
    assert (made.type, values_of(made)) == ("order", {"meter": "X 1"})


def test_an_administrator_makes_fields_and_forms_and_puts_them_in_order(sign_in, team):
    amy = sign_in(make_agent("Amy", role=Agent.ADMINISTRATOR))
    choices = "a = A | de: Ä\nb = B"
    for code in ("where", "when"):
        amy.post(
            "/desk/admin/fields/new",
            {"code": code, "kind": "choice", "label_en": code.title(), "label_de": "D", "choices": choices},
        )
    first, second = TicketField.objects.in_use()
    assert (first.labels, first.choices[0]["labels"]) == ({"en": "Where", "de": "D"}, {"en": "A", "de": "Ä"})

    amy.post(f"/desk/admin/fields/{second.pk}/place", {"step": "-1"})
    assert [field.code for field in TicketField.objects.in_use()] == ["when", "where"]
    refused = amy.post("/desk/admin/fields/new", {"code": "x", "kind": "choice", "label_en": "X", "choices": ""})
    assert refused.status_code == 422

    amy.post("/desk/admin/forms/new", {"name_en": "A léak: 2", "type": "incident", "team": team.pk})
    form = RequestForm.objects.get()
    assert form.code == "a_leak_2"  # made of its name
    for step in ({"add": "where"}, {"add": "when"}, {"up": "when"}):
        amy.post(f"/desk/admin/forms/{form.pk}/fields", step)
    form.refresh_from_db()
    assert form.fields == ["when", "where"]
    assert "When" in amy.get(f"/desk/admin/forms/{form.pk}").content.decode()
