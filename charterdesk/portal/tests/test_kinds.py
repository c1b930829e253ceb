"""Request forms by kind: what they ask, what they leave out, and what the customer may change later."""

from datetime import timedelta

import pytest

from charterdesk.people.actions.branding import add_brand, publish_brand
from charterdesk.people.branding import Look
from charterdesk.people.testing import make_contact, make_team
from charterdesk.people.viewer import Viewer
from charterdesk.portal import spam
from charterdesk.portal.details import details_of
from charterdesk.portal.spam import make_pass
from charterdesk.tickets.actions.definitions import define_field, define_request_form
from charterdesk.tickets.actions.fields import set_fields
from charterdesk.tickets.fields import values_of
from charterdesk.tickets.links import status_token
from charterdesk.tickets.models import Ticket
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


def test_the_form_in_a_frame_asks_what_it_is_about_and_then_what_the_form_asks(client, kind, monkeypatch):
    monkeypatch.setattr(spam, "QUICKEST", timedelta(0))
    brand = add_brand(by="system", host="river.example", look=Look(name="River"), origins=["https://shop.example"])
    publish_brand(brand, by="system")
    frame = f"/embed/{brand.pk}/request"

    offered = client.get(f"{frame}?lang=de&subject=Wet").content.decode()
    assert "Ein Leck" in offered and "?lang=de&amp;subject=Wet&amp;kind=leak" in offered
    assert "Ein Leck" not in client.get(f"{frame}?lang=de&other=1").content.decode()
    assert "Meter" in client.get(f"{frame}?kind=leak").content.decode()
    assert client.get(f"{frame}?kind=nothing").status_code == 404

    sent = {"subject": "Wet", "text": "Very", "name": "Mia", "email": "mia@home.example", "form_pass": make_pass()}
    assert client.post(f"{frame}?kind=leak", sent).status_code == 422
    assert client.post(f"{frame}?kind=leak", {**sent, "field_meter": "X 1"}).status_code == 200
    ticket = Ticket.objects.get()
    assert (ticket.type, values_of(ticket)) == ("incident", {"meter": "X 1"})
