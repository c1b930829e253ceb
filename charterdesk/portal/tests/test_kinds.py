"""Request forms by kind: what they ask, what they leave out, and what the customer may change later."""

import pytest

from charterdesk.people.testing import make_contact, make_team
from charterdesk.people.viewer import Viewer
from charterdesk.portal.details import details_of
from charterdesk.tickets.actions.definitions import define_field, define_request_form
from charterdesk.tickets.actions.fields import set_fields
from charterdesk.tickets.fields import values_of
from charterdesk.tickets.links import status_token
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(db):
    team = make_team("Leaks")
    for code, more in (("meter", {"is_editable": True}), ("secret", {"is_public": False})):
        given = {"is_public": True, "labels": {"en": code.title(), "de": f"{code} de"}, **more}
        define_field(None, by="system", code=code, kind="text", required="submit", **given)
    return define_request_form(
        None, by="system", code="leak", names={"en": "A leak", "de": "Ein Leck"}, team=team, type="incident",
        fields=["secret", "meter"],
    )  # fmt: skip


def test_the_portal_asks_what_it_is_about_and_then_what_the_form_asks(client, kind):
    assert "A leak" in client.get("/requests/new").content.decode()
    page = client.get("/requests/new/leak").content.decode()
    assert "Meter" in page and "Secret" not in page

    sent = {"subject": "Wet", "text": "Very", "name": "Mia", "email": "mia@home.example"}
    refused = client.post("/requests/new/leak", sent)
    assert refused.status_code == 422 and "This is needed." in refused.content.decode()


def test_a_customer_sees_and_changes_what_they_may(client, kind):
    ticket = make_ticket(team=kind.team, contact=make_contact(), type="incident")
    set_fields(ticket, by="system", values={"meter": "X 1", "secret": "Never shown"})
    viewer = Viewer(key=ticket.contact.key, name="", role="customer", contact_id=ticket.contact_id)
    assert [line["text"] for line in details_of(ticket, viewer, "")["lines"]] == ["X 1"]

    where = f"/status/{ticket.number}/{status_token(ticket)}/details"
    assert "Never shown" not in client.get(where).content.decode()
    client.post(where, {"field_meter": "X 2", "field_secret": "Hacked"})
    assert values_of(ticket) == {"meter": "X 2", "secret": "Never shown"}

    refused = client.post(where, {"field_meter": ""})
    assert refused.status_code == 422
    assert values_of(ticket)["meter"] == "X 2"
