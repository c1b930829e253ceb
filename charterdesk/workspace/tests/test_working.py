"""Working on a ticket: every control does what it says, and says no where it must."""

from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.channels.email.sending import queue_messages
from charterdesk.channels.models import BlockedSender, Outgoing
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.search.index import index_noted
from charterdesk.tickets.actions import assign_ticket, merge_ticket, solve_ticket
from charterdesk.tickets.models import Draft, Message, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(desk, ticket, fragment):
    """Call it with a path under the ticket and the form's fields."""

    def send(path, headers=fragment, **fields):
        response = desk.post(f"/desk/tickets/{ticket.number}/{path}", fields, headers=headers)
        ticket.refresh_from_db()
        return response

    return send


@pytest.mark.parametrize("status", ["pending", "on_hold", "open"])
def test_a_status_is_set_in_place(post, ticket, status):
    response = post("status", status=status)

    assert (response.status_code, ticket.status) == (200, status)
    assert "<html" not in response.content.decode()


def test_a_solved_ticket_is_closed_and_opened_again(post, ticket, agent):
    solve_ticket(ticket, by=agent, solution="Done.")

    post("status", status="closed")
    assert ticket.status == Ticket.CLOSED
    post("status", status="open")
    assert ticket.status == Ticket.OPEN


def test_what_is_refused_says_why_and_changes_nothing(post, ticket):
    response = post("status", status="closed")

    assert (response.status_code, ticket.status) == (409, Ticket.NEW)
    assert "Solve this ticket before it is closed" in response.content.decode()


def test_without_script_a_refusal_is_a_page_and_an_action_a_redirect(post, ticket):
    refused = post("status", headers={}, status="closed")
    done = post("status", headers={}, status="pending")

    assert (refused.status_code, "<html" in refused.content.decode()) == (409, True)
    assert (done.status_code, done["Location"]) == (302, f"/desk/tickets/{ticket.number}/")


def test_an_agent_takes_a_ticket_gives_it_and_puts_it_back(post, ticket, agent, team):
    colleague = make_agent("Ben Reed", teams=(team,))

    post("assignee", agent="me")
    assert ticket.assignee == agent
    post("assignee", agent=colleague.pk)
    assert ticket.assignee == colleague
    post("assignee", agent="")
    assert ticket.assignee is None


def test_a_ticket_is_not_given_to_somebody_outside_its_team(post, ticket):
    stranger = make_agent("Otto", teams=(make_team(),))

    assert post("assignee", agent=stranger.pk).status_code == 409
    assert ticket.assignee is None


def test_priority_type_tags_and_subject_are_set_in_place(post, ticket):
    post("priority", priority="1")
    post("type", type="complaint")
    post("tags", add="Mill Lane, leak")
    post("tags", take_off="leak")
    post("subject", subject="Brown water in Mill Lane")

    assert (ticket.priority, ticket.type, ticket.tags) == (1, "complaint", ["mill lane"])
    assert ticket.subject == "Brown water in Mill Lane"


def test_a_ticket_moved_out_of_sight_leaves_the_screen(post, ticket):
    response = post("team", team=make_team("Billing").pk)

    assert ticket.team.name == "Billing"
    assert response["HX-Redirect"] == "/desk/"


def test_following_starts_and_stops(post, ticket, agent):
    post("following", follow="1")
    assert [row.agent for row in ticket.followers.all()] == [agent]
    post("following", follow="")
    assert not ticket.followers.exists()


def test_a_reply_can_be_called_back_and_is_a_draft_again(desk, post, ticket, agent, fragment):
    response = post("messages", kind="reply", html="<p>Dear Mia</p>", then="pending")
    message = ticket.messages.get(direction="out")

    assert (message.delivery, ticket.status) == (Message.SCHEDULED, Ticket.PENDING)
    assert f"/desk/tickets/{ticket.number}/messages/{message.pk}/call-back" in response.content.decode()

    desk.post(f"/desk/tickets/{ticket.number}/messages/{message.pk}/call-back", headers=fragment)
    message.refresh_from_db()
    assert message.delivery == Message.CANCELLED
    assert Draft.objects.get(ticket=ticket, agent=agent).body_html == "<p>Dear Mia</p>"


def test_a_reply_may_leave_later(post, ticket):
    at = now() + timedelta(days=1)

    post("messages", kind="reply", html="<p>Tomorrow</p>", send_at=at.strftime("%Y-%m-%dT%H:%M"))

    assert abs(ticket.messages.get(direction="out").send_at - at) < timedelta(minutes=1)


def test_plain_text_without_script_becomes_safe_paragraphs(post, ticket):
    post("messages", headers={}, kind="reply", text="Dear Mia,\n\n<b>soon</b>")

    assert ticket.messages.get(direction="out").body_html == "<p>Dear Mia,</p>\n\n<p>&lt;b&gt;soon&lt;/b&gt;</p>"


def test_a_note_is_never_mailed(post, ticket):
    post("messages", kind="note", html="<p>He was rude.</p>", cc="boss@example.org")

    note = ticket.messages.get(direction="note")
    assert (note.delivery, note.to, note.cc) == ("", [], [])


def test_solving_takes_the_text_as_the_solution(post, ticket):
    response = post("messages", kind="solution", text="Main flushed.", html="<p>Main flushed.</p>")

    assert (ticket.status, ticket.solution) == (Ticket.SOLVED, "Main flushed.")
    assert not ticket.messages.filter(direction="out").exists()
    assert response.status_code == 200


def test_a_wrong_address_on_copy_is_named_and_nothing_is_sent(post, ticket):
    response = post("messages", kind="reply", html="<p>Hi</p>", cc="boss@example.org, no address")

    assert response.status_code == 422
    assert "“no address” is not an e-mail address." in response.content.decode()
    assert not ticket.messages.filter(direction="out").exists()


def test_an_empty_reply_is_refused(post, ticket):
    assert post("messages", kind="reply", html="<p> </p>").status_code == 409


def test_a_draft_is_kept_made_safe_and_waits_on_every_machine(desk, post, ticket, sign_in, agent):
    post("draft", kind="note", html="<p onclick=x>Half a</p><script>1</script>")

    page = sign_in(agent).get(f"/desk/tickets/{ticket.number}/").content.decode()

    assert "&lt;p&gt;Half a&lt;/p&gt;" in page
    assert Draft.objects.get().kind == "note"
    post("draft", discard="1")
    assert not Draft.objects.exists()


def test_a_colleagues_draft_is_not_shown(post, ticket, team, sign_in):
    post("draft", kind="reply", html="<p>Half a thought</p>")

    page = sign_in(make_agent("Ben Reed", teams=(team,))).get(f"/desk/tickets/{ticket.number}/")

    assert "Half a thought" not in page.content.decode()


def test_files_go_with_the_reply_unless_taken_off(desk, ticket, fragment, post):
    from_here = __file__
    for _n in range(2):
        with open(from_here, "rb") as file:
            desk.post(f"/desk/tickets/{ticket.number}/files", {"files": file}, headers=fragment)
    first, second = Draft.objects.get().attachments.order_by("pk")
    post(f"files/{first.pk}/removal")

    post("messages", kind="reply", html="<p>See file</p>")

    assert list(ticket.messages.get(direction="out").attachments.all()) == [second]


def test_tickets_are_merged_and_the_merge_is_undone(desk, post, ticket, team, fragment):
    into = make_ticket(team=team)

    post("merge", number=f"#{into.number}")
    assert ticket.merged_into == into
    merge = into.received_merges.get()
    desk.post(f"/desk/tickets/{into.number}/merges/{merge.pk}/undo", headers=fragment)
    ticket.refresh_from_db()
    assert ticket.merged_into is None


@pytest.mark.parametrize(
    ("is_theirs", "said"), [(True, "."), (False, " of Omar, who can read now what Mia Miller wrote.")]
)
def test_a_merge_into_another_customers_ticket_says_who_reads_it_now(post, ticket, team, is_theirs, said):
    into = make_ticket(team=team, contact=ticket.contact if is_theirs else make_contact("Omar"))

    answer = post("merge", number=str(into.number))

    assert ticket.merged_into == into
    assert f"<span>Merged into #{into.number}{said}</span>" in answer.content.decode()


def test_nothing_is_merged_into_a_ticket_one_may_not_see(post, ticket, foreign):
    response = post("merge", number=str(foreign.number))

    assert (response.status_code, ticket.merged_into) == (409, None)
    assert "There is no ticket with that number." in response.content.decode()


def test_a_merge_is_undone_only_by_who_may_work_on_both(desk, ticket, foreign, fragment):
    merge = merge_ticket(foreign, into=ticket, by="system")

    assert desk.post(f"/desk/tickets/{ticket.number}/merges/{merge.pk}/undo", headers=fragment).status_code == 403


def test_messages_are_split_off(desk, post, ticket, agent):
    post("messages", kind="note", html="<p>Another matter</p>")
    note = ticket.messages.get(direction="note")

    assert "Another matter" in desk.get(f"/desk/tickets/{ticket.number}/ask/split").content.decode()
    post("split", subject="Another", message=str(note.pk))

    assert Ticket.objects.get(subject="Another").messages.get() == note


def test_links_requester_copies_and_third_parties(post, ticket, team):
    other = make_ticket(team=team)

    post("links", number=str(other.number), kind="caused_by")
    assert [(link.other, link.kind) for link in ticket.links.all()] == [(other, "caused_by")]
    post("links", number=str(other.number), take_off="1")
    assert not ticket.links.exists()
    post("copies", addresses="a@example.org, b@example.org")
    assert sorted(ticket.copied.values_list("address", flat=True)) == ["a@example.org", "b@example.org"]
    post("requester", email="new@example.org", name="Nia New")
    assert ticket.contact.name == "Nia New"
    post("forward", address="lab@example.org", text="Is it iron?\nOr < rust?")
    assert ticket.side_threads.get().address == "lab@example.org"


@pytest.mark.parametrize("what", ["merge", "links", "requester", "copies", "forward", "split"])
def test_seldom_forms_come_as_a_dialog_or_as_a_page(desk, ticket, fragment, what):
    path = f"/desk/tickets/{ticket.number}/ask/{what}"

    assert desk.get(path, headers=fragment).content.decode().lstrip().startswith("<dialog")
    assert "<html" in desk.get(path).content.decode()


def test_junk_is_closed_its_sender_blocked_and_both_undone(post, ticket):
    post("junk", block="1")
    assert (ticket.status, ticket.status_reason) == (Ticket.CLOSED, "junk")
    assert BlockedSender.objects.get().pattern == ticket.contact.email

    post("not-junk")
    assert ticket.status == Ticket.OPEN
    assert not BlockedSender.objects.exists()


def test_an_agent_takes_their_own_words_out_but_not_a_customers(desk, post, ticket, fragment):
    post("messages", kind="note", html="<p>Password: 123</p>")
    note, question = ticket.messages.get(direction="note"), ticket.messages.get(direction="in")

    assert desk.post(f"/desk/messages/{note.pk}/redaction", headers=fragment).status_code == 200
    assert desk.post(f"/desk/messages/{question.pk}/redaction", headers=fragment).status_code == 403


def test_what_did_not_arrive_is_sent_again(desk, post, ticket, fragment):
    post("messages", kind="reply", html="<p>Hi</p>")
    message = ticket.messages.get(direction="out")
    Message.objects.filter(pk=message.pk).update(delivery=Message.UNDELIVERED)

    desk.post(f"/desk/messages/{message.pk}/resend", headers=fragment)

    message.refresh_from_db()
    assert (message.delivery, message.resent) == (Message.QUEUED, 1)


def test_what_was_sent_is_sent_to_another_address_as_a_mail_of_its_own(desk, post, ticket, fragment):
    post("messages", kind="reply", html="<p>Hi</p>", cc="boss@example.org")
    message = ticket.messages.get(direction="out")
    assert desk.post(f"/desk/messages/{message.pk}/resend", headers=fragment).status_code == 409  # not out yet
    message.delivery = Message.QUEUED
    message.save()
    [first] = queue_messages([message.pk])
    Outgoing.objects.update(state=Outgoing.SENT)
    Message.objects.update(delivery=Message.UNDELIVERED)  # it bounced

    assert desk.post(f"/desk/messages/{message.pk}/resend", {"address": "nobody"}, headers=fragment).status_code == 422
    desk.post(f"/desk/messages/{message.pk}/resend", {"address": "mia@new.example"}, headers=fragment)

    message.refresh_from_db()
    [second] = queue_messages([message.pk])
    assert (message.to, message.cc, second.recipients) == (["mia@new.example"], [], ["mia@new.example"])
    assert second.header != first.header


def test_an_agent_opens_a_ticket_for_a_customer_and_takes_it(desk, agent, team):
    fields = {
        "email": "new@example.org", "name": "Nia New", "language": "de", "subject": "Called: no pressure",
        "text": "She called at nine.", "channel": "phone", "team": team.pk, "type": "incident", "priority": 2,
        "is_mine": "on",
    }  # fmt: skip

    response = desk.post("/desk/tickets/new", fields)

    opened = Ticket.objects.get(subject="Called: no pressure")
    assert response["Location"] == f"/desk/tickets/{opened.number}/"
    assert (opened.assignee, opened.contact.name, opened.channel, opened.language) == (agent, "Nia New", "phone", "de")


def test_no_ticket_is_opened_for_a_team_one_is_not_in(desk, agent):
    response = desk.post("/desk/tickets/new", {"team": make_team().pk, "email": "a@example.org", "subject": "x"})

    assert response.status_code == 422
    assert not Ticket.objects.exists()


def test_nobody_works_on_another_teams_ticket(desk, foreign, fragment, agent):
    paths = ["status", "assignee", "team", "priority", "type", "tags", "subject", "following", "messages", "draft",
             "files", "merge", "split", "links", "requester", "copies", "forward", "junk", "not-junk"]  # fmt: skip

    answers = {
        path: desk.post(f"/desk/tickets/{foreign.number}/{path}", headers=fragment).status_code for path in paths
    }

    assert answers == dict.fromkeys(paths, 404)


def test_an_agent_says_that_they_work_or_go(desk, agent, fragment):
    desk.post("/desk/me/state", {"state": "away"}, headers=fragment)

    assert Agent.objects.get(pk=agent.pk).state == "away"
    assert desk.post("/desk/me/state", {"state": "asleep"}).status_code == 422


def test_the_palette_finds_tickets_people_and_places_one_may_see(desk, ticket, foreign, agent):
    assign_ticket(ticket, agent=agent, by=agent)

    def found(words):
        return desk.get("/desk/palette", {"q": words}).content.decode()

    assert "Brown water" in found(str(ticket.number))
    assert "Nobody may know" not in found(str(foreign.number))
    assert "Mia Miller" in found("mia")
    assert "Unassigned" in found("unass")
    assert "Settings" not in found("team")


def test_the_palette_does_to_the_open_ticket_what_its_words_say(desk, ticket, foreign):
    def found(words, number):
        return desk.get("/desk/palette", {"q": words, "ticket": number}).content.decode()

    assert f'action="/desk/tickets/{ticket.number}/priority"' in found("urgent", ticket.number)
    assert f"/desk/tickets/{ticket.number}/ask/merge" in found("merge", ticket.number)
    assert "/priority" not in found("urgent", foreign.number)
    assert 'value="busy"' in found("take nothing", "")


def test_the_palette_finds_tickets_by_their_words(desk, ticket, foreign, run_reactions):
    run_reactions()
    index_noted()

    assert f"/desk/tickets/{ticket.number}/" in desk.get("/desk/palette", {"q": "brown wat"}).content.decode()
    assert f"/desk/tickets/{foreign.number}/" not in desk.get("/desk/palette", {"q": "nobody may"}).content.decode()
