"""Of the walk over the API (`test_access.py`): what agents and readers do every day."""

from io import BytesIO
from typing import Any

from charterdesk.charter.models import Case
from charterdesk.knowledge.actions.files import add_file
from charterdesk.knowledge.models import ArticleText, Category
from charterdesk.people.models import Organisation
from charterdesk.people.testing import make_contact
from charterdesk.tickets.actions import IncomingFile, attach_to_draft, save_draft
from tests.test_access import ADMINISTRATORS, AUTHOR, LEADS, OWNER, SIGNED_IN, STAFF, TEAM, World

WHO: dict[str, set[str]] = {
    "GET /tickets/{number}/similar": TEAM,
    "GET /contacts/{contact_id}/alike": STAFF,
    "GET /contact-duplicates": STAFF,
    "POST /contacts/{contact_id}/distinctions": STAFF,
    "GET /organisations/{organisation_id}/alike": STAFF,
    "GET /organisation-duplicates": STAFF,
    "POST /organisations/{organisation_id}/distinctions": STAFF,
    "GET /tickets/{number}/draft": AUTHOR,
    "PUT /tickets/{number}/draft": TEAM,
    "DELETE /tickets/{number}/draft": TEAM,
    "DELETE /tickets/{number}/draft/files/{draft_file_id}": AUTHOR,
    "GET /tickets/{number}/pdf": TEAM,
    "GET /article-standings": STAFF,
    "GET /articles/{text_id}/terms": STAFF,
    "PATCH /articles/{text_id}/terms": LEADS,  # readers see it
    "GET /articles/{text_id}/files": SIGNED_IN,
    "POST /articles/{text_id}/files": STAFF,
    "DELETE /articles/{text_id}/files/{article_file_id}": STAFF,
    "GET /article-files/{article_file_id}": SIGNED_IN,
    "GET /articles/{text_id}/versions/{version_number}": STAFF,
    "POST /articles/{text_id}/feedback": SIGNED_IN,
    "GET /articles/{text_id}/feedback": STAFF,
    "GET /article-figures": STAFF,
    "POST /markdown": STAFF,
    "POST /article-imports": LEADS,
    "GET /article-export/zip": LEADS,
    "GET /article-export/csv": LEADS,
    "PUT /corrections/{correction_id}/owner": LEADS,
    "GET /tickets/{number}/articles": TEAM,
    "POST /tickets/{number}/article": TEAM,
    "GET /tickets/{number}/fields/{code}/file": set(),  # there is none on the ticket
    "PUT /ticket-fields/{code}/position": ADMINISTRATORS,
    "PUT /request-forms/{code}/position": ADMINISTRATORS,
    "GET /tickets/{number}/settled": TEAM,
    "GET /me/erasure-request": OWNER,
    "GET /today": STAFF,
    "GET /charter/objectives/{objective}/broken": STAFF,
    "GET /me/views": STAFF,
    "PUT /me/views": STAFF,
    "PATCH /me/views/{view_id}": TEAM,
}
FOR_CUSTOMERS: dict[str, set[str]] = {
    "FeedbackOut": {"feedback_id", "kind", "said", "version_read", "given_at"},
}
FOR_STAFF_ONLY: dict[str, set[str]] = {
    "SimilarOut": {"number", "subject", "status"},
    "ContactPair": {"contact_id", "other_id", "reason"},
    "OrganisationPair": {"organisation_id", "other_id", "reason"},
    "DraftOut": {"kind", "html", "cc", "seen_id", "macro", "saved_at", "attachments"},
    "MacroKept": {"macro_id", "name", "steps", "left_out"},
    "StandingOut": {
        "text_id", "article_id", "title", "language", "standing", "is_live", "audience", "category_id", "owner_id",
        "review_on", "is_behind", "has_correction", "changed_at",
    },
    "ArticleTermsOut": {
        "article_id", "category_id", "kind", "audience", "organisation_ids", "owner_id", "review_on", "review_days",
        "labels", "position",
    },
    "ArticleVersionText": {
        "number", "title", "summary", "note", "written_by", "written_at", "approved_by", "approved_at",
        "published_at", "version_html",
    },
    "ArticleFigures": {"since", "views", "helpful", "unhelpful", "taken", "deflected", "items"},
    "ReadOut": {"text_id", "title", "language", "views", "helpful", "unhelpful", "taken"},
    "HtmlOut": {"html"},
    "ArticlesTaken": {"taken", "failed"},
    "NotTaken": {"place", "why"},
    "TicketArticles": {"given", "fitting", "article_id", "solution_id"},
    "GivenArticle": {"text_id", "title", "language", "audience"},
    "BrokenOut": {"id", "number", "version", "due_at", "decided_at", "is_excluded"},
    "SettledOut": {"grades", "consents", "refusals"},
    "DayOut": {"queues", "is_capped", "due_today", "late", "mine", "colleagues", "week"},
    "DayTicket": {"number", "subject", "status", "due_at"},
    "Colleague": {"agent_id", "name", "state"},
    "WeekDay": {"day", "came", "solved"},
    "PlacedView": {"view_id", "name", "sharing", "is_pinned", "is_hidden", "count"},
}  # fmt: skip


def named_by(world: World) -> dict[str, Any]:
    """How addresses name what is being written, and a file of an article."""
    draft = save_draft(world.ticket, agent=world.agent, kind="reply", body_html="<p>x</p>")
    file = attach_to_draft(draft, IncomingFile(filename="d.txt", stream=BytesIO(b"draft")))
    text = ArticleText.objects.filter(is_live=True).latest("pk")
    picture = add_file(text.article, filename="a.txt", stream=BytesIO(b"How to"))
    return {"draft_file_id": file.pk, "article_file_id": picture.pk, "objective": Case.objects.all()[0].objective}


def bodies_for(world: World) -> dict[str, Any]:
    """Something right to send."""
    return {
        "POST /contacts/{contact_id}/distinctions": {"contact_id": make_contact("Mia again").pk},
        "POST /organisations/{organisation_id}/distinctions": {
            "organisation_id": Organisation.objects.create(name="Another").pk
        },
        "PUT /tickets/{number}/draft": {"text": "x"},
        "PATCH /articles/{text_id}/terms": {"labels": ["x"]},
        "POST /articles/{text_id}/files": {"upload": "x"},
        "POST /articles/{text_id}/feedback": {"kind": "helpful"},
        "POST /markdown": {"markdown": "# x"},
        "POST /article-imports": {"upload": "x"},
        "PUT /corrections/{correction_id}/owner": {"owner_id": world.agent.pk},
        "PUT /ticket-fields/{code}/position": {"position": 0},
        "PUT /request-forms/{code}/position": {"position": 0},
        "PUT /me/views": {"view_ids": []},
        "PATCH /me/views/{view_id}": {"is_pinned": True},
        "POST /tickets/{number}/article": {"category_id": Category.objects.latest("pk").pk},
    }
