"""Looking after articles by API: terms, files, what readers say, in and out, and articles on a ticket."""

from io import BytesIO
from zipfile import ZipFile

from charterdesk.api.tests.conftest import Program
from charterdesk.knowledge.models import Article, ArticleText, Correction
from charterdesk.knowledge.testing import make_text
from charterdesk.people.models import Agent, Organisation, Team
from charterdesk.people.testing import make_agent
from charterdesk.tickets.actions import send_message, solve_ticket
from charterdesk.tickets.testing import make_ticket


def test_terms_say_who_reads_an_article_and_who_looks_after_it(program: Program, agent: Agent, hers: Program) -> None:
    lead = Program(make_agent("Lea", role=Agent.LEAD))
    text = make_text("Your meter")
    mill = Organisation.objects.create(name="Mill")
    path = f"/articles/{text.pk}/terms"
    moved = lead.ask("PATCH", path, {"owner_id": agent.pk, "labels": ["Meter", "home"], "review_on": "2027-01-01"})

    assert (moved.status_code, moved.json()["labels"]) == (200, ["home", "meter"])
    assert lead.ask("PATCH", path, {"position": 2}, If_Match='"old"').status_code == 412
    assert lead.ask("PATCH", path, {"audience": "organisation"}).json()["code"] == "knowledge.no_organisation"
    assert lead.ask("PATCH", path, {"organisation_ids": [mill.pk + 1]}).json()["code"] == "api.no_such_organisation"
    assert program.ask("PATCH", path, {"position": 2}).status_code == 403  # readers see it
    lead.ask("PATCH", path, {"audience": "organisation", "organisation_ids": [mill.pk]})
    assert hers.get(f"/articles/{text.pk}").status_code == 404
    (row,) = program.get(f"/article-standings?owner_id={agent.pk}&due=false").json()["items"]
    assert (row["text_id"], row["standing"], row["audience"]) == (text.pk, "published", "organisation")


def test_every_article_is_listed_a_page_at_a_time_drafts_as_well(program: Program) -> None:
    made = [make_text(title, is_live=is_live).pk for title, is_live in (("One", True), ("Two", False), ("Three", True))]
    first = program.get("/article-standings?limit=2").json()
    rest = program.get(f"/article-standings?limit=2&cursor={first['next']}").json()

    assert {row["text_id"] for row in first["items"] + rest["items"]} == set(made)
    assert rest["next"] is None
    assert [row["text_id"] for row in program.get("/article-standings?standing=draft").json()["items"]] == [made[1]]


def test_files_of_articles_come_and_go_and_are_read_by_whom_the_article_is_for(program: Program, hers: Program) -> None:
    text, draft = make_text("Your meter"), make_text("Not yet", is_live=False)
    paths = [f"/articles/{one.pk}/files" for one in (text, draft)]
    made = [program.post(path, {"upload": program.upload(), "is_inline": True}).json() for path in paths]

    assert [(one["filename"], one["is_inline"]) for one in made] == [("meter.png", True)] * 2
    assert [one["id"] for one in hers.get(paths[0]).json()["items"]] == [made[0]["id"]]
    assert [hers.get(f"/article-files/{one['id']}").status_code for one in made] == [200, 404]
    assert b"PNG" in b"".join(program.get(f"/article-files/{made[1]['id']}").streaming_content)
    assert program.ask("DELETE", f"{paths[1]}/{made[0]['id']}").status_code == 404  # it is another article's
    assert program.ask("DELETE", f"{paths[0]}/{made[0]['id']}").status_code == 204
    assert hers.get(paths[0]).json()["items"] == []


def test_what_a_reader_says_counts_once_and_opens_a_correction(program: Program, hers: Program, agent: Agent) -> None:
    text = make_text("Your meter")
    path = f"/articles/{text.pk}/feedback"
    assert hers.post(path, {"kind": "helpful"}).status_code == 201
    hers.post(path, {"kind": "outdated", "words": "It is blue now."})
    lead = Program(make_agent("Lea", role=Agent.LEAD))
    correction = Correction.objects.get()
    handed = lead.ask("PUT", f"/corrections/{correction.pk}/owner", {"owner_id": agent.pk, "due_on": "2027-01-01"})

    (said,) = program.get(path).json()["items"]
    assert (said["kind"], said["said"], said["version_read"]) == ("outdated", "It is blue now.", 1)
    assert hers.get(path).status_code == 403
    assert (handed.json()["owner_id"], handed.json()["due_on"]) == (agent.pk, "2027-01-01")
    figures = program.get("/article-figures").json()
    assert (figures["helpful"] + figures["unhelpful"], figures["items"][0]["text_id"]) == (1, text.pk)


def test_articles_are_taken_in_from_a_table_and_given_out_as_files(program: Program) -> None:
    lead = Program(make_agent("Lea", role=Agent.LEAD))
    table = b"category,title,language,body\nMeters,Read it,en,# Look\nMeters,,en,nothing\n"
    taken = lead.post("/article-imports", {"upload": lead.upload(table, filename="list.csv")}).json()

    assert (taken["taken"], [each["place"] for each in taken["failed"]]) == (1, ["row 3"])
    assert lead.post("/article-imports", {"upload": lead.upload(b"none", filename="list.zip")}).status_code == 409
    assert b"Read it" in b"".join(lead.get("/article-export/csv").streaming_content)
    packed = ZipFile(BytesIO(b"".join(lead.get("/article-export/zip").streaming_content)))
    assert [name for name in packed.namelist() if "read-it" in name] != []
    assert program.get("/article-export/csv").status_code == 403
    assert (
        program.post("/markdown", {"markdown": "*Hm* <script>x</script>"}).json()["html"].strip().startswith("<p><em>")
    )


def test_what_was_withdrawn_is_given_back_and_a_version_read(program: Program) -> None:
    lead = Program(make_agent("Lea", role=Agent.LEAD))
    path = f"/articles/{make_text('Your meter').pk}"
    assert lead.ask("DELETE", f"{path}/publication").status_code == 204
    assert program.get(path).status_code == 404
    assert lead.post(f"{path}/publication", {"is_again": True}).status_code == 204

    assert program.get(path).json()["title"] == "Your meter"
    assert program.get(f"{path}/versions/1").json()["title"] == "Your meter"
    assert program.get(f"{path}/versions/7").status_code == 404


def test_articles_are_given_on_a_ticket_made_of_it_and_said_to_be_wrong(
    program: Program, team: Team, agent: Agent
) -> None:
    text = make_text("No water since this morning")
    ticket = make_ticket(team=team)
    path = f"/tickets/{ticket.number}"
    fitting = program.get(f"{path}/articles").json()
    program.post(f"{path}/messages", {"text": "See there.", "articles": [text.pk]})
    wrong = program.post("/corrections", {"text_id": text.pk, "reason": "It is blue.", "number": ticket.number})
    home = {"category_id": text.article.category_id}
    assert program.post(f"{path}/article", home).json()["code"] == "tickets.no_solution"
    reply = send_message(ticket, by=agent, agent=agent, html="<p>Open the valve.</p>")
    of_reply = program.post(f"{path}/article", {**home, "message_id": reply.pk})
    solve_ticket(ticket, by=agent, solution="Open the valve.")
    made = program.post(f"{path}/article", home)

    assert (fitting["given"], fitting["article_id"]) == ([], None)
    assert (wrong.status_code, wrong.json()["about"]) == (201, ticket.key)
    assert (of_reply.status_code, made.status_code) == (201, 201)
    assert of_reply.json()["text_id"] != made.json()["text_id"]
    assert {each.article.audience for each in ArticleText.objects.exclude(pk=text.pk)} == {Article.STAFF}
    found = program.get(f"{path}/articles").json()
    assert [each["text_id"] for each in found["given"]] == [text.pk]
    assert found["article_id"] == made.json()["text_id"]
