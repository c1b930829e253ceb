"""Of the walk over the API (`test_access.py`): what sets the desk up."""

from typing import Any

from charterdesk.channels.models import MailAccount, SmsNumber
from charterdesk.knowledge.models import ArticleText, Category
from charterdesk.people.models import ErasureRequest, Organisation
from charterdesk.records.actions import place_hold
from charterdesk.records.models import RetentionRule
from tests.test_access import ADMINISTRATORS, LEADS, SIGNED_IN, STAFF, World

WHO: dict[str, set[str]] = {
    "GET /sms-numbers": ADMINISTRATORS,
    "POST /sms-numbers": ADMINISTRATORS,
    "GET /sms-numbers/{sms_number_id}": ADMINISTRATORS,
    "PATCH /sms-numbers/{sms_number_id}": ADMINISTRATORS,
    "DELETE /sms-numbers/{sms_number_id}": ADMINISTRATORS,
    "POST /sms-numbers/{sms_number_id}/checks": ADMINISTRATORS,
    "GET /mail-accounts": ADMINISTRATORS,
    "POST /mail-accounts": ADMINISTRATORS,
    "GET /mail-accounts/{mail_account_id}": ADMINISTRATORS,
    "PATCH /mail-accounts/{mail_account_id}": ADMINISTRATORS,
    "DELETE /mail-accounts/{mail_account_id}": ADMINISTRATORS,
    "POST /mail-accounts/{mail_account_id}/checks/{part}": ADMINISTRATORS,
    "GET /texts": ADMINISTRATORS,
    "GET /texts/{name}/{language}": ADMINISTRATORS,
    "PUT /texts/{name}/{language}": ADMINISTRATORS,
    "DELETE /texts/{name}/{language}": set(),  # none is written
    "POST /texts/{name}/{language}/preview": ADMINISTRATORS,
    "POST /texts/{name}/{language}/trial": ADMINISTRATORS,
    "GET /retention-rules": ADMINISTRATORS,
    "POST /retention-rules": ADMINISTRATORS,
    "POST /retention-rules/preview": ADMINISTRATORS,
    "GET /retention-rules/{rule_id}": ADMINISTRATORS,
    "GET /retention-rules/{rule_id}/preview": ADMINISTRATORS,
    "PATCH /retention-rules/{rule_id}": ADMINISTRATORS,
    "DELETE /retention-rules/{rule_id}": ADMINISTRATORS,
    "GET /holds": ADMINISTRATORS,
    "POST /holds": ADMINISTRATORS,
    "DELETE /holds/{hold_id}": ADMINISTRATORS,
    "GET /erasure-requests": ADMINISTRATORS,
    "GET /erasure-requests/{wish_id}": ADMINISTRATORS,
    "POST /erasure-requests/{wish_id}/erasure": ADMINISTRATORS,
    "POST /erasure-requests/{wish_id}/refusal": ADMINISTRATORS,
    "GET /articles": SIGNED_IN,
    "GET /articles/{text_id}": SIGNED_IN,
    "GET /article-categories": SIGNED_IN,
    "POST /articles": STAFF,
    "GET /articles/{text_id}/draft": STAFF,
    "PATCH /articles/{text_id}/draft": STAFF,
    "POST /articles/{text_id}/translations": STAFF,
    "POST /articles/{text_id}/submission": STAFF,
    "POST /articles/{text_id}/approval": LEADS,
    "POST /articles/{text_id}/publication": LEADS,
    "DELETE /articles/{text_id}/publication": LEADS,
}
FOR_STAFF_ONLY: dict[str, set[str]] = {
    "SmsNumberOut": {
        "id", "name", "number", "team_id", "language", "provider", "url", "host", "port", "uses_tls", "user",
        "join_hours", "daily_cap", "is_active", "has_secret", "checked_at", "error",
    },
    "MailAccountOut": {
        "id", "name", "address", "team_id", "user", "login_by", "imap_host", "imap_port", "imap_security", "folder",
        "sent_folder", "smtp_host", "smtp_port", "smtp_security", "is_active", "secrets", "checked_at", "error",
    },
    "CheckOut": {"steps"},
    "CheckStepOut": {"name", "state", "said", "todo", "records"},
    "DnsRecordOut": {"name", "type", "value"},
    "SystemTexts": {"items", "facts"},
    "SystemTextOut": {"name", "title", "when", "own"},
    "OwnTextOut": {"language", "team_id", "changed_at"},
    "WrittenOut": {"name", "language", "team_id", "subject", "text", "is_own"},
    "TextPreview": {"number", "subject", "text", "html"},
    "RetentionRuleOut": {"id", "subject", "action", "days", "types", "is_active", "ran_at"},
    "RetentionPreview": {"count", "is_capped", "held", "sample"},
    "GoingOut": {"number", "text", "at"},
    "HoldOut": {"id", "kind", "held_id", "name", "reason", "placed_by", "placed_at"},
    "ErasureRequestOut": {
        "id", "contact_id", "receipt", "state", "answer", "asked_at", "decided_at", "proof",
    },
    "ArticleDraftOut": {
        "text_id", "draft_title", "draft_summary", "draft_html", "standing", "newest_number", "live_number",
        "publish_at", "audience",
    },
    "ErasureProof": {"requests", "messages", "files", "addresses", "left"},
}  # fmt: skip


def named_by(world: World) -> dict[str, Any]:
    """How addresses name what `world` has set up, and something held."""
    far_away = Organisation.objects.create(name="Far away")
    return {
        "mail_account_id": MailAccount.objects.get().pk,
        "sms_number_id": SmsNumber.objects.get().pk,
        "part": "way-out",
        "name": "price",
        "language": "en",
        "rule_id": RetentionRule.objects.latest("pk").pk,
        "hold_id": place_hold(far_away, reason="x", by=world.agent).pk,
        "text_id": ArticleText.objects.filter(is_live=True).latest("pk").pk,
        "wish_id": ErasureRequest.objects.get().pk,
    }


def bodies_for(world: World) -> dict[str, Any]:
    """Something right to send."""
    words = {"subject": "x", "text": "x"}
    rule = {"subject": "evidence", "action": "delete", "days": 30}
    return {
        "POST /sms-numbers": {
            "name": "x",
            "number": "+4930123456",
            "team_id": world.team.pk,
            "host": "x",
            "user": "x",
            "provider": "smpp",
        },
        "PATCH /sms-numbers/{sms_number_id}": {"name": "x"},
        "POST /mail-accounts": {"name": "x", "address": "x@desk.example", "team_id": world.team.pk, "imap_host": "x"},
        "PATCH /mail-accounts/{mail_account_id}": {"name": "x"},
        "PUT /texts/{name}/{language}": words,
        "POST /texts/{name}/{language}/preview": words,
        "POST /texts/{name}/{language}/trial": words,
        "POST /retention-rules": rule,
        "POST /retention-rules/preview": rule,
        "PATCH /retention-rules/{rule_id}": {"days": 60},
        "POST /holds": {"kind": "ticket", "id": world.ticket.number, "reason": "x"},
        "POST /erasure-requests/{wish_id}/refusal": {"answer": "x"},
        "POST /articles": {"category_id": Category.objects.latest("pk").pk, "title": "x"},
        "PATCH /articles/{text_id}/draft": {"title": "x"},
        "POST /articles/{text_id}/translations": {"language": "de", "title": "x"},
        "POST /articles/{text_id}/publication": {},
    }
