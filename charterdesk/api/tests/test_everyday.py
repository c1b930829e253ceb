"""What agents do every day, by API: drafts, paper, and what may be the same twice."""

from charterdesk.api.tests.conftest import Program
from charterdesk.api.tests.test_surfaces import upload
from charterdesk.people.models import Agent, Contact, Organisation, Team
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.tickets.testing import make_ticket


def test_a_draft_is_kept_by_its_writer_alone_with_its_files(program: Program, team: Team) -> None:
    path = f"/tickets/{make_ticket(team=team).number}/draft"
    assert program.get(path).status_code == 404
    kept = program.ask("PUT", path, {"text": "On our way", "attachments": [upload(program)]}).json()
    program.ask("PUT", path, {"kind": "note", "html": "<p>He was <script>x</script>rude.</p>", "seen_id": 7})
    found = program.get(path).json()

    assert kept["html"] == "<p>On our way</p>"
    assert (found["kind"], found["html"], found["seen_id"]) == ("note", "<p>He was rude.</p>", 7)
    assert [file["filename"] for file in found["attachments"]] == ["meter.png"]
    assert Program(make_agent("Ben", teams=(team,))).get(path).status_code == 404
    assert program.ask("DELETE", f"{path}/files/{found['attachments'][0]['id']}").status_code == 204
    assert program.get(path).json()["attachments"] == []
    assert program.ask("DELETE", path).status_code == 204
    assert program.get(path).status_code == 404


def test_a_ticket_on_paper_holds_notes_only_for_whom_asks_for_them(program: Program, team: Team) -> None:
    ticket = make_ticket(team=team)
    program.post(f"/tickets/{ticket.number}/messages", {"kind": "note", "text": "He was rude. " * 40})
    paper = program.get(f"/tickets/{ticket.number}/pdf")

    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    assert paper.content.startswith(b"%PDF-")
    assert len(program.get(f"/tickets/{ticket.number}/pdf?notes=true").content) > len(paper.content)


def test_what_may_be_the_same_is_found_and_told_apart(program: Program, team: Team, agent: Agent, mia: Contact) -> None:
    one, two = (make_ticket(team=team, contact=mia, subject="No water since Monday") for _ in range(2))
    twin = make_contact("Mia Miller", email="mia.miller@work.example")
    mill, same = (Organisation.objects.create(name=name) for name in ("Mill Ltd", "Mill"))

    assert [each["number"] for each in program.get(f"/tickets/{one.number}/similar").json()["items"]] == [two.number]
    pair = {"contact_id": mia.pk, "other_id": twin.pk, "reason": "name"}
    assert program.get(f"/contacts/{mia.pk}/alike").json()["items"] == [pair]
    pairs = program.get("/organisation-duplicates").json()["items"]
    assert pairs == [{"organisation_id": mill.pk, "other_id": same.pk, "reason": "name"}]
    assert program.get(f"/organisations/{same.pk}/alike").json()["items"] == pairs

    told = [
        program.post(f"/contacts/{mia.pk}/distinctions", {"contact_id": twin.pk}),
        program.post(f"/organisations/{same.pk}/distinctions", {"organisation_id": mill.pk}),
    ]
    assert [each.status_code for each in told] == [204, 204]
    assert program.get(f"/contacts/{mia.pk}/alike").json()["items"] == []
    assert program.get("/organisation-duplicates").json()["items"] == []
    itself = program.post(f"/contacts/{mia.pk}/distinctions", {"contact_id": mia.pk})
    assert (itself.status_code, itself.json()["code"]) == (409, "people.same_contact")
