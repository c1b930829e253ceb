"""What agents do every day, by API: drafts, paper, and what may be the same twice."""

from charterdesk.api.tests.conftest import Program
from charterdesk.people.models import Agent, Contact, Organisation, Role, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.actions import link_tickets
from charterdesk.tickets.models import Link, Message, Ticket
from charterdesk.tickets.testing import make_ticket


def test_a_draft_is_kept_by_its_writer_alone_with_its_files(program: Program, team: Team) -> None:
    path = f"/tickets/{make_ticket(team=team).number}/draft"
    assert program.get(path).status_code == 404
    kept = program.ask("PUT", path, {"text": "On our way", "attachments": [program.upload()]}).json()
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


def test_a_day_says_what_is_late_mine_and_who_is_here(program: Program, team: Team, agent: Agent) -> None:
    make_ticket(team=team)
    ticket = make_ticket(team=team)
    program.ask("PATCH", f"/tickets/{ticket.number}", {"assignee_id": agent.pk})
    ben = make_agent("Ben", teams=(team,))
    day = program.get("/today").json()

    assert [each["number"] for each in day["mine"]] == [ticket.number]
    assert (day["queues"]["mine"], day["queues"]["unassigned"], day["is_capped"]) == (1, 1, False)
    assert [each["agent_id"] for each in day["colleagues"]] == [ben.pk]
    assert len(day["week"]) == 7
    assert program.get(f"/today?team_id={team.pk}").json()["queues"] == day["queues"]
    assert program.get(f"/today?team_id={make_team('Billing').pk}").status_code == 404  # none of theirs


def test_views_stand_in_ones_own_order_pinned_or_hidden(program: Program, team: Team) -> None:
    make_ticket(team=team)
    one, two = (program.post("/views", {"name": name, "filter": {"all": []}}).json()["id"] for name in ("A", "B"))
    assert program.ask("PUT", "/me/views", {"view_ids": [two, 99_999]}).status_code == 204
    assert program.ask("PATCH", f"/me/views/{two}", {"is_pinned": True}).status_code == 204
    other = Program(make_agent("Ben", teams=(team,)))

    rows = program.get("/me/views").json()["items"]
    assert [(row["view_id"], row["is_pinned"], row["count"]) for row in rows] == [(two, True, 1), (one, False, 1)]
    assert other.get("/me/views").json()["items"] == []
    assert other.ask("PATCH", f"/me/views/{one}", {"is_hidden": True}).status_code == 404


def test_parts_are_solved_with_the_whole_and_a_message_goes_to_another_address(
    program: Program, hers: Program, team: Team, agent: Agent, mia: Contact
) -> None:
    whole, part = make_ticket(team=team), make_ticket(team=team, contact=mia)
    link_tickets(part, other=whole, kind=Link.PART_OF, by=agent)
    sent = program.post(f"/tickets/{part.number}/messages", {"text": "Hm."}).json()["id"]
    Message.objects.filter(pk=sent).update(delivery=Message.UNDELIVERED)
    again = program.post(f"/messages/{sent}/resend", {"address": "mia@work.example"})
    solved = program.post(f"/tickets/{whole.number}/solution", {"solution": "Valve replaced.", "with_parts": True})
    graded = hers.post(f"/tickets/{part.number}/grades", {"score": 5})

    assert (again.status_code, again.json()["to"]) == (200, ["mia@work.example"])
    assert solved.status_code == 200
    assert Ticket.objects.unfinished().count() == 0
    assert graded.status_code == 201
    settled = program.get(f"/tickets/{part.number}/settled").json()
    assert ([each["score"] for each in settled["grades"]], settled["refusals"]) == ([5], [])


def test_a_customer_reads_what_became_of_their_wish_to_be_forgotten(hers: Program) -> None:
    assert hers.get("/me/erasure-request").status_code == 404
    receipt = hers.post("/me/erasure-request", {"sure": True}).json()["receipt"]

    found = hers.get("/me/erasure-request").json()
    assert (found["receipt"], found["state"]) == (receipt, "asked")


def test_a_draft_carries_a_macro_as_it_was_chosen_and_takes_it_back_as_it_gave_it(program: Program, team: Team) -> None:
    path = f"/tickets/{make_ticket(team=team).number}/draft"
    steps = [{"operation": "tickets.tag", "args": {"add": ["leak"]}}, {"operation": "tickets.release"}]
    steps += [{"operation": "tickets.send_sms", "args": {"text": "On our way"}}]
    macro_id = program.post("/macros", {"name": "On our way", "steps": steps}).json()["id"]
    chosen = program.ask("PUT", path, {"text": "Hi", "macro": {"macro_id": macro_id, "left_out": [1]}}).json()["macro"]
    program.ask("DELETE", f"/macros/{macro_id}")

    assert (chosen["macro_id"], chosen["name"], chosen["left_out"]) == (macro_id, "On our way", [1])
    assert [step["operation"] for step in chosen["steps"]] == ["tickets.tag", "tickets.release", "tickets.send_sms"]
    assert program.ask("PUT", path, {"text": "Hello", "macro": chosen}).json()["macro"] == chosen
    assert program.get(path).json()["macro"] == chosen
    assert program.ask("PUT", path, {"text": "Hello"}).json()["macro"] is None
    gone = program.ask("PUT", path, {"text": "Hello", "macro": chosen})
    assert (gone.status_code, gone.json()["code"]) == (409, "api.no_such_macro")


def test_a_draft_takes_no_step_that_is_none_nor_one_its_writer_may_not_do(program: Program, team: Team) -> None:
    path = f"/tickets/{make_ticket(team=team).number}/draft"
    steps = [{"operation": "tickets.solve", "args": {"solution": "Done."}}]
    macro_id = program.post("/macros", {"name": "Done", "sharing": "mine", "steps": steps}).json()["id"]

    def told(**macro: object) -> tuple[int, str]:
        answer = program.ask("PUT", path, {"text": "Hi", "macro": {"macro_id": macro_id, **macro}})
        return answer.status_code, answer.json().get("code", "")

    assert told(left_out=[1]) == (409, "api.no_such_step")
    assert told(steps=[{"operation": "tickets.solve"}]) == (409, "api.macro_step")
    assert told(macro_id=99_999) == (409, "api.no_such_macro")
    reader = Role.objects.create(name="Trainee", permissions=["tickets.read", "tickets.work"])
    Agent.objects.filter(pk=program.person.pk).update(free_role=reader)
    assert told()[0] == 403
    assert told(left_out=[0])[0] == 200
