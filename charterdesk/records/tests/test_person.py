"""A person is told what we keep of them: all of it, and nothing of others."""

import json
import zipfile
from io import BytesIO

import pytest

from charterdesk.base.refused import Refused
from charterdesk.events.models import LoggedEvent
from charterdesk.people.actions import change_contact, erase_contact
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.records.actions import export_person
from charterdesk.tickets.actions import (
    Incoming,
    IncomingFile,
    add_note,
    mark_sent,
    receive_message,
    send_message,
)
from charterdesk.tickets.actions.definitions import define_field
from charterdesk.tickets.models import FieldValues
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


def test_a_customer_gets_their_requests_and_files_but_neither_notes_nor_what_others_wrote():
    team, mia = make_team("Leaks"), make_contact("Mia Miller", language="de")
    agent = make_agent("Ada Brook", teams=(team,))
    ticket = make_ticket(team=team, contact=mia, subject="Kein Wasser")
    define_field(None, by="system", code="meter", kind="text", labels={"de": "Zähler"}, is_public=True)
    define_field(None, by="system", code="mood", kind="text", labels={"de": "Laune"})
    FieldValues.objects.create(ticket=ticket, data={"meter": "M-7", "mood": "angry"})
    file = IncomingFile(filename="../bad name?.txt", stream=BytesIO(b"the meter"))
    receive_message(ticket, Incoming(contact=mia, text="Look at this", files=[file]), by="system")
    answer = send_message(ticket, by=agent, agent=agent, html="<p>We come today.</p>")
    mark_sent(answer, by=agent)
    add_note(ticket, by=agent, agent=agent, html="<p>Sounds angry.</p>")
    change_contact(mia, by=agent, note="Pays late")
    make_ticket(team=team, contact=make_contact("Omar"), text="A secret of Omar")

    with zipfile.ZipFile(export_person(mia, by=mia)) as made:
        person, page = json.loads(made.read("person.json")), made.read("person.html").decode()
        files = {name: made.read(name) for name in made.namelist() if name.startswith("files/")}

    assert person["contact"][0]["name"] == "Mia Miller"
    assert person["requests"][0]["fields"] == [{"meter": "M-7"}]
    assert [one["text"] for one in person["requests"][0]["messages"]] == [
        "No water since this morning.", "Look at this", "We come today.",
    ]  # fmt: skip
    assert files == {"files/0001-bad name_.txt": b"the meter"}
    assert person["requests"][0]["messages"][1]["files"] == ["files/0001-bad name_.txt"]
    assert 'lang="de"' in page and "We come today." in page
    assert not [word for word in ("angry", "Pays late", "Omar") if word in page + json.dumps(person)]
    assert LoggedEvent.objects.get(code="contact.exported").actor == mia.key


def test_an_administrator_may_hand_out_the_notes_as_well():
    team, mia = make_team("Leaks"), make_contact("Mia Miller")
    agent = make_agent("Ada Brook", teams=(team,))
    add_note(make_ticket(team=team, contact=mia), by=agent, agent=agent, html="<p>Sounds angry.</p>")

    with zipfile.ZipFile(export_person(mia, by=agent, with_notes=True)) as made:
        assert "Sounds angry." in made.read("person.html").decode()


def test_nobody_is_told_of_who_was_erased():
    mia, agent = make_contact("Mia Miller"), make_agent()
    erase_contact(mia, by=agent)

    with pytest.raises(Refused) as refused:
        export_person(mia, by=agent)
    assert refused.value.code == "records.erased"
