"""What solved a request, for others: cleaned, looked over, approved with a right of its own, found, and withdrawn."""

import pytest
from django.db import transaction
from django.test import Client

from charterdesk.knowledge.models import ArticleText
from charterdesk.knowledge.testing import make_category
from charterdesk.people.actions import erase_contact
from charterdesk.people.models import Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.search.index import index_noted
from charterdesk.tickets.actions import solve_ticket
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket
from charterdesk.workspace.tests.test_knowledge import desk_of

pytestmark = pytest.mark.django_db
ASKED = "Our dishwasher drips. I am Quilla Bexley, 14 Harbour Lane, Bristol BS1 4ST, call 0117 496 0123."
SOLVED = "Dear Ms Bexley, the inlet hose was loose. Tighten the brass nut by hand, a quarter turn more with a spanner."


@pytest.fixture
def team() -> Team:
    return make_team("Meters")


def solved(team: Team, *, asked: str = ASKED, solution: str = SOLVED) -> Ticket:
    contact = make_contact(name="Quilla Bexley")
    ticket = make_ticket(team=team, contact=contact, subject="Dishwasher of Quilla Bexley drips", text=asked)
    with transaction.atomic():
        solve_ticket(ticket, by="system", solution=solution)
    return ticket


def test_a_solution_is_cleaned_looked_over_approved_found_by_anybody_and_withdrawn(team, run_reactions):
    make_category("Meters")
    writer, lead = desk_of(make_agent("Ada", teams=(team,))), desk_of(make_agent("Noor", teams=(team,), role="lead"))
    ticket = solved(team)
    solved(team, solution=f"  {SOLVED.upper()} ")

    offered = writer.get("/desk/knowledge/solutions").content.decode()
    assert "Given on 2 tickets" in offered
    page = writer.post(f"/desk/tickets/{ticket.number}/shared-solution")["Location"]
    text = ArticleText.objects.get()
    whole = f"{text.title} {text.summary} {text.body}"
    assert not [word for word in ("Quilla", "Bexley", "Harbour", "0117") if word in whole]
    assert "brass nut" in whole
    beside = writer.get(page).content.decode()
    assert '<del title="Taken out">Quilla Bexley</del>' in beside
    assert "Given on" not in writer.get("/desk/knowledge/solutions").content.decode()

    said = {"title": "A dishwasher drips", "summary": "", "category": text.article.category_id, "audience": "public"}
    bad = {**said, "body": "Ask Quilla Bexley on 0117 496 0123.", "approve": "1"}
    refused = lead.post(page, bad)
    assert refused.status_code == 422
    assert "looks personal" in refused.content.decode()
    good = {**said, "body": "The inlet hose was loose.\n\nTighten the brass nut.", "approve": "1"}
    assert writer.post(page, good).status_code == 403
    assert Client().get("/help/en/a-dishwasher-drips").status_code == 404
    assert lead.post(page, good).status_code == 302
    run_reactions()
    index_noted()

    read = Client().get("/help/en/a-dishwasher-drips").content.decode()
    assert "brass nut" in read
    assert not [word for word in ("Quilla", "Bexley", str(ticket.number), "0117") if word in read]
    found = Client().get("/search/?q=dishwasher+drips&kind=solution").content.decode()
    assert "/help/en/a-dishwasher-drips" in found
    lead.post(f"{page}/withdrawal")
    assert Client().get("/help/en/a-dishwasher-drips").status_code == 404


def test_what_is_passed_over_is_not_offered_again(team):
    make_category("Meters")
    lead = desk_of(make_agent("Noor", teams=(team,), role="lead"))
    ticket = solved(team)
    assert "Dishwasher" in lead.get("/desk/knowledge/solutions").content.decode()
    lead.post(f"/desk/tickets/{ticket.number}/kept-solution")
    assert "Dishwasher" not in lead.get("/desk/knowledge/solutions").content.decode()


def test_solved_tickets_like_one_at_hand_are_shown_with_what_solved_them_and_others_of_other_teams_are_not(
    team, run_reactions
):
    elsewhere = make_team("Elsewhere")
    solved(team)
    solved(elsewhere, solution="Not for your eyes: replace the whole dishwasher hose.")
    ticket = make_ticket(team=team, subject="Dishwasher drips again", text="The dishwasher drips since Monday.")
    run_reactions()
    index_noted()

    found = desk_of(make_agent("Ada", teams=(team,))).get(f"/desk/tickets/{ticket.number}/solved").content.decode()

    assert "brass nut" in found
    assert "Not for your eyes" not in found


def test_an_article_is_made_of_any_reply_without_what_is_personal(team):
    make_category("Meters")
    ada = make_agent("Ada", teams=(team,))
    ticket = make_ticket(team=team, contact=make_contact(name="Quilla Bexley"))
    writer = desk_of(ada)
    writer.post(f"/desk/tickets/{ticket.number}/messages", {"kind": "reply", "text": "Dear Quilla, open the stopcock."})
    reply = ticket.messages.filter(direction="out").get()

    first = writer.post(f"/desk/tickets/{ticket.number}/article", {"reply": reply.pk})["Location"]
    again = writer.post(f"/desk/tickets/{ticket.number}/article", {"reply": reply.pk})["Location"]

    assert first == again
    text = ArticleText.objects.get()
    assert "stopcock" in text.body
    assert "Quilla" not in text.body
    assert text.article.audience == "staff"


def test_a_draft_goes_with_the_person_it_was_made_of_and_what_customers_read_stays(team):
    make_category("Meters")
    lead = desk_of(make_agent("Noor", teams=(team,), role="lead"))
    shared, drafted = solved(team), solved(team, solution="Another thing altogether helped here, in the end.")
    page = lead.post(f"/desk/tickets/{shared.number}/shared-solution")["Location"]
    text = ArticleText.objects.get()
    said = {"title": "A dishwasher drips", "summary": "", "body": "Tighten it.", "audience": "public", "approve": "1"}
    lead.post(page, {**said, "category": text.article.category_id})
    lead.post(f"/desk/tickets/{drafted.number}/shared-solution")

    for contact in {shared.contact, drafted.contact}:
        erase_contact(contact, by="system")

    kept = ArticleText.objects.get()
    assert (kept.title, kept.is_live, kept.article.about) == ("A dishwasher drips", True, "")
    assert [version.title for version in kept.versions.all()] == ["A dishwasher drips"]
