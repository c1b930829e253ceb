"""Staff write the help centre: from a draft to its readers, from a ticket and back, in and out of files."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from charterdesk.knowledge.models import Article, ArticleFile, ArticleText, Correction
from charterdesk.knowledge.packing import table_of_all
from charterdesk.knowledge.testing import make_category, make_text
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.search.index import index_noted
from charterdesk.tickets.actions import solve_ticket
from charterdesk.tickets.actions.articles import say_wrong
from charterdesk.tickets.models import ArticleUse, Message
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG\r\n\x1a\n0000"


@pytest.fixture
def team() -> Team:
    return make_team("Meters")


def desk_of(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent.login)
    return client


def test_a_draft_goes_its_way_to_readers_and_the_list_says_where_it_stands(team: Team) -> None:
    shelf = make_category("Meters")
    writer, lead = desk_of(make_agent("Ada", teams=(team,))), desk_of(make_agent("Noor", teams=(team,), role="lead"))
    begun = {"title": "Your meter", "category": shelf.pk, "kind": "article", "language": "en", "audience": "public"}
    page = writer.post("/desk/knowledge/new", begun)["Location"]
    writer.post(page, {"title": "Your meter", "html": "<h2>Where</h2><script>x</script><p>In the cellar.</p>"})
    writer.post(f"{page}/submission")
    assert writer.post(f"{page}/approval").status_code == 403
    assert "in review" in writer.get("/desk/knowledge/?state=review").content.decode()
    assert "Your meter" in lead.get("/desk/knowledge/waiting").content.decode()
    lead.post(f"{page}/approval", {"publish": "1"})

    text = ArticleText.objects.get()
    assert (text.state, text.body) == ("published", "<h3>Where</h3><p>In the cellar.</p>")
    assert "In the cellar." in Client().get("/help/en/your-meter").content.decode()
    german = writer.post(f"{page}/translations", {"language": "de"})["Location"]
    assert "The original" in writer.get(german).content.decode()
    writer.post(page, {"title": "Your meter", "html": "<p>In the garden.</p>"})
    differs = writer.get(f"{page}/versions").content.decode()
    assert "<del>" in differs
    assert "garden" in differs
    assert writer.post(f"{page}/withdrawal").status_code == 403


def test_who_wrote_it_is_told_that_somebody_else_approves_it_and_a_title_alone_is_not_handed_in(team: Team) -> None:
    make_agent("Sol", teams=(team,), role="manager")
    lead, shelf = desk_of(make_agent("Noor", teams=(team,), role="lead")), make_category("Meters")
    begun = {"title": "Your meter", "category": shelf.pk, "kind": "article", "language": "en", "audience": "public"}
    page = lead.post("/desk/knowledge/new", begun)["Location"]
    refused = lead.post(f"{page}/submission")
    assert (refused.status_code, "no text below its title" in refused.content.decode()) == (409, True)
    lead.post(page, {"title": "Your meter", "html": "<p>In the cellar.</p>"})
    lead.post(f"{page}/submission")

    mine = lead.get(page).content.decode()
    assert ("somebody else has to approve" in mine, f"{page}/approval" in mine) == (True, False)
    Agent.objects.filter(name="Sol").update(role="agent")
    assert f"{page}/approval" in lead.get(page).content.decode()  # nobody else may


def test_an_article_that_only_staff_read_says_so_at_its_head_and_one_made_of_a_ticket_asks_for_whom_it_is(
    team: Team,
) -> None:
    lead = make_agent("Noor", teams=(team,), role="lead")
    everybody, inside = make_text("Outside", owner=lead), make_text("Inside", audience=Article.STAFF, owner=lead)
    heads = [desk_of(lead).get(f"/desk/knowledge/texts/{text.pk}").content.decode() for text in (everybody, inside)]
    assert ['data-audience="staff"' in head for head in heads] == [False, True]
    assert ['<details class="fold" open>' in head for head in heads] == [False, False]
    Article.objects.filter(pk=inside.article_id).update(about="ticket:1")
    made = desk_of(lead).get(f"/desk/knowledge/texts/{inside.pk}").content.decode()
    assert '<details class="fold" open>' in made


def test_the_pages_cost_few_statements(team: Team, django_assert_max_num_queries) -> None:
    client = desk_of(make_agent("Noor", teams=(team,), role="lead"))
    for number in range(12):
        text = make_text(f"Article {number}")
    for path in ("/desk/knowledge/", f"/desk/knowledge/texts/{text.pk}", "/desk/knowledge/waiting"):
        client.get(path)
        with django_assert_max_num_queries(15):
            client.get(path)


@pytest.mark.django_db(transaction=True)
def test_an_article_is_found_and_given_in_a_reply_counted_and_said_to_be_wrong(
    run_reactions: Callable[[], int],
) -> None:
    team = make_team("Meters")
    ada = make_agent("Ada", teams=(team,))
    ticket = make_ticket(team=team, contact=make_contact("Mia"), subject="Reading of my meter")
    text = make_text("Read your meter", owner=ada)
    run_reactions()
    index_noted()
    client, at = desk_of(ada), f"/desk/tickets/{ticket.number}"

    assert "Read your meter" in client.get(f"{at}/macros?q=meter", headers={"HX-Request": "true"}).content.decode()
    given = client.get(f"{at}/articles/{text.pk}").json()
    assert given["html"].endswith('/help/en/read-your-meter">Read your meter</a>')
    client.post(f"{at}/messages", {"kind": "reply", "html": given["html"], "article": str(text.pk)})
    assert [(use.ticket, use.number) for use in ArticleUse.objects.all()] == [(ticket, 1)]
    assert "/help/en/read-your-meter" in Message.objects.filter(ticket=ticket).latest("pk").body_html
    beside = client.get(f"{at}/articles", headers={"HX-Request": "true"}).content.decode()
    assert "Given to the customer" in beside

    client.post(f"{at}/wrong-article", {"article": text.pk, "reason": "The red digits count, too."})
    correction = Correction.objects.get()
    assert (correction.about, correction.owner) == (ticket.key, ada)
    client.post(f"/desk/knowledge/corrections/{correction.pk}/end", {"outcome": "corrected", "result": "Written anew"})
    correction.refresh_from_db()
    assert (correction.state, correction.result) == ("corrected", "Written anew")


def test_a_lead_reads_that_a_wrong_article_was_given_on_tickets_of_other_teams_too(team: Team) -> None:
    text, ticket = make_text("Your meter"), make_ticket(team=team, subject="My own question")
    agent, lead = make_agent("Ada", teams=(team,)), make_agent("Noor", teams=(make_team("Bills"),), role="lead")
    wrong = say_wrong(ticket, text=text, reason="It is red.", by=agent)
    page = f"/desk/knowledge/corrections/{wrong.pk}/misled"

    elsewhere = desk_of(lead).get(page).content.decode()
    assert ("1 ticket of a team that is not yours" in elsewhere, "Nobody was given it" in elsewhere) == (True, False)
    assert "My own question" not in elsewhere
    ours = desk_of(make_agent("Sam", teams=(team,), role="lead")).get(page).content.decode()
    assert ("not yours" in ours, "My own question" in ours) == (False, True)


def test_a_solution_becomes_a_draft_for_staff_once_linked_both_ways(team: Team) -> None:
    ada = make_agent("Ada", teams=(team,))
    ticket = make_ticket(team=team, contact=make_contact("Mia"), subject="Brown water")
    make_category("Quality")
    client, at = desk_of(ada), f"/desk/tickets/{ticket.number}"
    assert client.post(f"{at}/article").status_code == 409
    solve_ticket(ticket, by=ada, solution="Let the tap run.")
    first, again = client.post(f"{at}/article"), client.post(f"{at}/article")

    made = ArticleText.objects.get()
    assert first["Location"] == again["Location"]
    assert (made.article.about, made.article.audience, made.is_live) == (ticket.key, Article.STAFF, False)
    assert "Let the tap run." in made.text
    assert "Brown water" in client.get(f"{at}/articles", headers={"HX-Request": "true"}).content.decode()


def test_a_folder_of_markdown_comes_in_with_its_pictures_and_goes_out_as_it_came(team: Team) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        head = "---\ntitle: Read your meter\nsummary: Black digits\nlabels: [meter, reading]\n---\n"
        folder.writestr(
            "Meters/Reading/read.md", head + "# Where\n\n![Dial](pics/dial.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |"
        )
        folder.writestr("Meters/Reading/read.de.md", "# Ablesen\n\nSchwarze Ziffern.")
        folder.writestr("Meters/Reading/pics/dial.png", PICTURE)
        folder.writestr("lost.md", "No category")
    client = desk_of(make_agent("Noor", teams=(team,), role="lead"))
    upload = SimpleUploadedFile("help.zip", packed.getvalue())
    page = client.post("/desk/knowledge/import", {"file": upload, "is_published": "on"}).content.decode()
    assert "lost.md" in page

    english, german = ArticleText.objects.order_by("-language")
    assert (english.title, english.summary, english.article.labels) == (
        "Read your meter",
        "Black digits",
        ["meter", "reading"],
    )
    assert f'<img src="cid:{ArticleFile.objects.get().pk}" alt="Dial">' in english.body
    assert "<td>1</td>" in english.body
    assert (german.title, german.article_id, german.is_live) == ("Ablesen", english.article_id, True)
    assert (str(english.article.category), str(english.article.category.parent)) == ("Reading", "Meters")

    before = table_of_all()
    out = b"".join(client.get("/desk/knowledge/export.zip").streaming_content)  # type: ignore[attr-defined]
    client.post("/desk/knowledge/import", {"file": SimpleUploadedFile("out.zip", out), "is_published": "on"})
    assert (table_of_all(), ArticleText.objects.count()) == (before, 2)
    bad = client.post("/desk/knowledge/import", {"file": SimpleUploadedFile("x.zip", b"x")})
    assert (bad.status_code, "no zip file" in bad.content.decode()) == (422, True)
