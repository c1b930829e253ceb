"""Request forms and own fields by API: what a form needs is there, customers change theirs, files stand in fields."""

from typing import Any

import pytest

from charterdesk.api.tests.conftest import Program
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.people.testing import make_agent
from charterdesk.tickets.actions.definitions import define_field, define_request_form
from charterdesk.tickets.models import RequestForm, Ticket, TicketField


@pytest.fixture
def leak(team: Team) -> RequestForm:
    """What is asked of a leak: its customer's meter, what we note for us, and a picture."""
    for code, more in (
        ("meter", {"is_public": True, "is_editable": True, "required": TicketField.ON_SUBMIT}),
        ("photo", {"is_public": True, "is_editable": True, "kind": TicketField.FILE}),
        ("crew", {}),
    ):
        define_field(None, code=code, labels={"en": code.title()}, by="system", **{"kind": "text", **more})
    codes = ["meter", "photo", "crew"]
    return define_request_form(
        None, by="system", code="leak", names={"en": "A leak"}, team=team, type="incident", fields=codes
    )


def test_a_request_by_a_form_holds_what_the_form_needs(
    hers: Program, program: Program, leak: RequestForm, team: Team, mia: Contact
) -> None:
    (offered,) = hers.get("/request-forms").json()["items"]
    assert (offered["code"], offered["fields"]) == ("leak", ["meter", "photo"])
    new = {"subject": "It drips", "text": "In the cellar.", "form": "leak"}
    refused = [
        hers.post("/tickets", new),
        hers.post("/tickets", {**new, "fields": {"meter": "7", "crew": "blue"}}),
        hers.post("/tickets", {**new, "form": "flood"}),
        program.post("/tickets/bulk", {"tickets": [{**new, "contact": {"id": mia.pk}, "team_id": team.pk}]}),
    ]
    codes = [each.json()["code"] for each in refused[:3]]
    assert codes == ["tickets.field_required", "tickets.no_such_field", "api.no_such_form"]
    assert refused[3].json()["results"][0]["code"] == "api.not_in_bulk"
    assert not Ticket.objects.exists()

    made = hers.post("/tickets", {**new, "fields": {"meter": "M-7", "photo": hers.upload()}}).json()
    assert (made["team_id"], made["type"]) == (team.pk, "incident")
    path = f"/tickets/{made['number']}/fields"
    assert hers.get(path).json()["values"]["meter"] == "M-7"
    assert b"PNG" in b"".join(hers.get(f"{path}/photo/file").streaming_content)
    assert hers.get(f"{path}/crew/file").status_code == 404
    by_staff = program.post("/tickets", {**new, "contact": {"id": mia.pk}, "fields": {"meter": "8", "crew": "blue"}})
    assert by_staff.status_code == 201


def test_customers_change_what_is_theirs_to_change_and_empty_nothing_needed(
    hers: Program, program: Program, leak: RequestForm
) -> None:
    made = hers.post("/tickets", {"text": "It drips", "form": "leak", "fields": {"meter": "M-7"}}).json()
    path = f"/tickets/{made['number']}/fields"

    def changed(by: Program, **values: Any) -> Any:
        return by.ask("PATCH", path, {"values": values})

    assert changed(hers, meter="M-8").json()["values"] == {"meter": "M-8"}
    assert changed(hers, meter=None).json()["code"] == "tickets.field_required"
    assert changed(hers, crew="red").json()["code"] == "tickets.no_such_field"
    assert changed(program, crew="red", photo=program.upload()).status_code == 200
    assert changed(program, photo="none").json()["code"] == "api.no_such_upload"
    assert changed(program, **{"me\0ter": "M-9"}).json()["code"] == "tickets.no_such_field"
    assert set(hers.get(path).json()["values"]) == {"meter", "photo"}
    Ticket.objects.update(status=Ticket.CLOSED)
    assert changed(hers, meter="M-9").json()["code"] == "tickets.no_such_field"


def test_fields_and_forms_are_put_in_order(leak: RequestForm, team: Team) -> None:
    lead = Program(make_agent("Amy", role=Agent.ADMINISTRATOR))
    define_request_form(None, by="system", code="bill", names={"en": "A bill"}, team=team)

    assert lead.ask("PUT", "/ticket-fields/crew/position", {"position": 0}).status_code == 204
    assert [each["code"] for each in lead.get("/ticket-fields").json()["items"]] == ["crew", "meter", "photo"]
    assert lead.ask("PUT", "/ticket-fields/crew/position", {"position": 99}).status_code == 204
    assert [each["code"] for each in lead.get("/ticket-fields").json()["items"]] == ["meter", "photo", "crew"]
    assert lead.ask("PUT", "/request-forms/bill/position", {"position": 0}).status_code == 204
    assert [each["code"] for each in lead.get("/request-forms").json()["items"]] == ["bill", "leak"]
