"""Who may do what by API: every operation, and every field of every answer.

A new operation, and a new field, fail here until somebody says who may use and see it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from charterdesk.api.answers import JSON
from charterdesk.api.limits import limits
from charterdesk.api.urls import api
from charterdesk.billing.models import HOUR, Contract, Order, Reason, Tier, TimeEntry
from charterdesk.billing.testing_bought import make_reason
from charterdesk.channels.models import BlockedSender, RawMail
from charterdesk.charter.models import Exclusion, OwedRemedy
from charterdesk.complaints.levels import define_level
from charterdesk.events.models import Rule
from charterdesk.events.webhooks.actions import create_webhook
from charterdesk.people.actions import (
    add_organisation,
    add_person_note,
    change_contact,
    merge_contacts,
    merge_organisations,
)
from charterdesk.people.models import ImportRun, PersonField
from charterdesk.people.testing import make_contact
from charterdesk.people.tokens.actions import make_token
from charterdesk.people.tokens.scopes import SCOPES
from charterdesk.quality.scheduling import add_schedule
from charterdesk.search.synonyms import define_synonyms
from charterdesk.sla.actions import create_policy
from charterdesk.tickets.actions import add_item, add_note, forward_ticket, link_tickets, set_copies, tag_ticket
from charterdesk.tickets.actions.definitions import define_field, define_request_form
from charterdesk.tickets.actions.fields import set_fields
from charterdesk.tickets.actions.tags import keep_tags
from charterdesk.tickets.actions.views import save_view
from charterdesk.tickets.charging import judge_ticket
from charterdesk.tickets.models import Macro, Tag, TicketField
from charterdesk.tickets.testing import make_ticket
from tests.api import announcing, calling, commenting, doing_for_oneself, everyday, setting_up, talking
from tests.test_access import ADMINISTRATORS, EVERYBODY, OWNER, SIGNED_IN, STAFF, TEAM, World

PEOPLE = SIGNED_IN
LEADS = {"lead", "manager", "administrator"}
MANAGERS = {"manager", "administrator"}
INSIDE = "culvert"

WHO: dict[str, set[str]] = {
    "GET /tickets": PEOPLE,
    "POST /tickets": PEOPLE,
    "POST /tickets/bulk": STAFF,
    "POST /tickets/bulk-changes": STAFF,
    "GET /tickets/{number}": TEAM | OWNER,
    "PATCH /tickets/{number}": TEAM,
    "POST /tickets/{number}/solution": TEAM,
    "DELETE /tickets/{number}/solution": TEAM | OWNER,
    "POST /tickets/{number}/closure": TEAM | OWNER,
    "GET /complaints": MANAGERS,
    "POST /complaints": {"customer", "other customer"},
    "GET /tickets/{number}/complaint": set(),  # it is none
    "PUT /tickets/{number}/complaint": TEAM,
    "POST /tickets/{number}/decisions": set(),
    "POST /tickets/{number}/escalations": set(),
    "PUT /tickets/{number}/concerned/{agent_id}": set(),
    "DELETE /tickets/{number}/concerned/{agent_id}": set(),
    "GET /complaint-levels": PEOPLE,
    "POST /complaint-levels": ADMINISTRATORS,
    "PATCH /complaint-levels/{level_id}": ADMINISTRATORS,
    "DELETE /complaint-levels/{level_id}": ADMINISTRATORS,
    "GET /grades": STAFF,
    "POST /tickets/{number}/grades": OWNER,
    "POST /tickets/{number}/consents": TEAM | OWNER,
    "POST /tickets/{number}/refusals": TEAM,
    "GET /refusals": MANAGERS,
    "GET /offers": STAFF,
    "POST /offers": ADMINISTRATORS,
    "PATCH /offers/{offer_id}": ADMINISTRATORS,
    "GET /contracts": PEOPLE,
    "POST /contracts": LEADS,
    "GET /contracts/{contract_id}": STAFF | OWNER,
    "DELETE /contracts/{contract_id}": LEADS,
    "GET /orders": PEOPLE,
    "GET /orders/{order_id}": STAFF | OWNER,
    "PUT /order-sources/{slug}/orders/{external_id}": ADMINISTRATORS,
    "GET /tickets/{number}/cost": TEAM | OWNER,
    "POST /tickets/{number}/cost": TEAM,
    "POST /tickets/{number}/acceptances": TEAM | OWNER,
    "POST /tickets/{number}/contests": OWNER,
    "POST /tickets/{number}/cost-decisions": LEADS,
    "PUT /tickets/{number}/order": TEAM,
    "GET /tickets/{number}/time": TEAM | OWNER,
    "POST /tickets/{number}/time": TEAM,
    "PUT /tickets/{number}/timer": TEAM,
    "DELETE /tickets/{number}/timer": set(),  # none runs
    "DELETE /tickets/{number}/time/{entry_id}": TEAM,
    "POST /tickets/{number}/tags": TEAM,
    "POST /tickets/{number}/merge": TEAM,
    "DELETE /tickets/{number}/merge": set(),  # it was not merged
    "POST /tickets/{number}/split": TEAM,
    "GET /tickets/{number}/links": TEAM,
    "POST /tickets/{number}/links": TEAM,
    "DELETE /tickets/{number}/links/{other}": TEAM,
    "GET /tickets/{number}/followers": TEAM,
    "PUT /tickets/{number}/followers/{agent_id}": TEAM,
    "DELETE /tickets/{number}/followers/{agent_id}": TEAM,
    "GET /tickets/{number}/copies": TEAM,
    "PUT /tickets/{number}/copies": TEAM,
    "GET /tickets/{number}/promises": TEAM | OWNER,
    "GET /tickets/{number}/events": TEAM,
    "GET /tickets/{number}/messages": TEAM | OWNER,
    "POST /tickets/{number}/messages": TEAM | OWNER,
    "POST /tickets/{number}/forwards": TEAM,
    "GET /messages/{message_id}": TEAM | OWNER,
    "DELETE /messages/{message_id}": TEAM,
    "POST /messages/{message_id}/resend": TEAM,
    "POST /messages/{message_id}/redaction": LEADS,
    "GET /attachments/{attachment_id}": TEAM | OWNER,
    "DELETE /attachments/{attachment_id}": LEADS,
    "POST /uploads": PEOPLE,
    "GET /contacts": PEOPLE,
    "POST /contacts": STAFF,
    "GET /contacts/{contact_id}": STAFF | OWNER,
    "PATCH /contacts/{contact_id}": STAFF,
    "POST /contacts/{contact_id}/identities": STAFF,
    "DELETE /contacts/{contact_id}/identities/{identity_id}": STAFF,
    "POST /contacts/{contact_id}/merge": STAFF,
    "GET /contacts/{contact_id}/merges": STAFF,
    "DELETE /contacts/{contact_id}/merges/{merge_id}": STAFF,
    "POST /contacts/{contact_id}/split": STAFF,
    "GET /organisations": PEOPLE,
    "POST /organisations": STAFF,
    "GET /organisations/{organisation_id}": STAFF | OWNER,
    "PATCH /organisations/{organisation_id}": STAFF,
    "POST /organisations/{organisation_id}/merge": STAFF,
    "GET /organisations/{organisation_id}/merges": STAFF,
    "DELETE /organisations/{organisation_id}/merges/{merge_id}": STAFF,
    "GET /organisations/{organisation_id}/notes": STAFF,
    "POST /organisations/{organisation_id}/notes": STAFF,
    "DELETE /organisations/{organisation_id}/notes/{note_id}": STAFF,
    "GET /me": PEOPLE,
    "PUT /me/state": STAFF,
    "GET /teams": PEOPLE,
    "POST /teams": ADMINISTRATORS,
    "GET /teams/{team_id}": PEOPLE,
    "PATCH /teams/{team_id}": ADMINISTRATORS,
    "PUT /teams/{team_id}/agents/{agent_id}": ADMINISTRATORS,
    "DELETE /teams/{team_id}/agents/{agent_id}": ADMINISTRATORS,
    "GET /agents": STAFF,
    "GET /agents/{agent_id}": STAFF,
    "POST /agents": ADMINISTRATORS,
    "PATCH /agents/{agent_id}": ADMINISTRATORS,
    "GET /calendars": STAFF,
    "GET /calendars/{calendar_id}": STAFF,
    "POST /calendars": ADMINISTRATORS,
    "PATCH /calendars/{calendar_id}": ADMINISTRATORS,
    "GET /promises": STAFF,
    "POST /promises": ADMINISTRATORS,
    "GET /promises/{policy_id}": STAFF,
    "PATCH /promises/{policy_id}": ADMINISTRATORS,
    "DELETE /promises/{policy_id}": ADMINISTRATORS,
    "GET /channel-hours": STAFF,
    "PUT /channel-hours/{channel}": ADMINISTRATORS,
    "GET /forecast": STAFF,
    "GET /search": PEOPLE,
    "GET /counts": STAFF,
    "GET /events": MANAGERS,
    "GET /views": STAFF,
    "POST /views": STAFF,
    "GET /views/{view_id}": TEAM,
    "PATCH /views/{view_id}": LEADS,
    "DELETE /views/{view_id}": LEADS,
    "GET /ticket-fields": PEOPLE,
    "GET /tickets/{number}/fields": TEAM | OWNER,
    "PATCH /tickets/{number}/fields": TEAM | OWNER,  # those of theirs that they may change
    "GET /macros": STAFF,
    "POST /macros": STAFF,  # their own
    "GET /macros/{macro_id}": STAFF,
    "PATCH /macros/{macro_id}": ADMINISTRATORS,  # it is the whole desk's
    "DELETE /macros/{macro_id}": ADMINISTRATORS,
    "POST /tickets/{number}/macros/{macro_id}": TEAM,
    "GET /tickets/{number}/checklist": TEAM,
    "POST /tickets/{number}/checklist": TEAM,
    "PATCH /checklist-items/{item_id}": TEAM,
    "DELETE /checklist-items/{item_id}": TEAM,
    "GET /tickets/{number}/snooze": TEAM,
    "PUT /tickets/{number}/snooze": TEAM,
    "DELETE /tickets/{number}/snooze": TEAM,
    "GET /synonyms": ADMINISTRATORS,
    "POST /synonyms": ADMINISTRATORS,
    "PATCH /synonyms/{synonyms_id}": ADMINISTRATORS,
    "DELETE /synonyms/{synonyms_id}": ADMINISTRATORS,
    "GET /searches-without-result": STAFF,
    "GET /tags": ADMINISTRATORS,
    "PATCH /tags/{tag_id}": ADMINISTRATORS,
    "DELETE /tags/{tag_id}": ADMINISTRATORS,
    "GET /contacts/{contact_id}/notes": STAFF,
    "POST /contacts/{contact_id}/notes": STAFF,
    "DELETE /contacts/{contact_id}/notes/{note_id}": STAFF,
    "POST /contacts/{contact_id}/erasure": ADMINISTRATORS,
    "GET /roles": ADMINISTRATORS,
    "GET /ticket-fields/{code}": ADMINISTRATORS,
    "POST /ticket-fields": ADMINISTRATORS,
    "PATCH /ticket-fields/{code}": ADMINISTRATORS,
    "DELETE /ticket-fields/{code}": ADMINISTRATORS,
    "GET /request-forms": PEOPLE,
    "POST /request-forms": ADMINISTRATORS,
    "PATCH /request-forms/{code}": ADMINISTRATORS,
    "DELETE /request-forms/{code}": ADMINISTRATORS,
    "GET /charter": PEOPLE,
    "GET /tickets/{number}/charter": TEAM | OWNER,
    "GET /remedies": MANAGERS,
    "POST /remedies/{remedy_id}/approval": MANAGERS,
    "POST /remedies/{remedy_id}/refusal": MANAGERS,
    "GET /accounts": PEOPLE,
    "POST /accounts": LEADS,
    "GET /invoices": PEOPLE,
    "POST /invoices": LEADS,
    "GET /invoices/{invoice_id}": STAFF | OWNER,
    "DELETE /invoices/{invoice_id}": LEADS,
    "POST /invoices/{invoice_id}/number": LEADS,
    "POST /invoices/{invoice_id}/credit-notes": LEADS,
    "POST /invoices/{invoice_id}/disputes": STAFF | OWNER,
    "GET /payments": PEOPLE,
    "POST /payments": LEADS,
    "GET /credits": PEOPLE,
    "POST /credits": LEADS,
    "GET /refunds": PEOPLE,
    "POST /refunds": LEADS,
    "POST /refunds/{refund_id}/approval": LEADS,
    "POST /refunds/{refund_id}/refusal": LEADS,
    "POST /refunds/{refund_id}/payout": LEADS,
    "GET /audit": ADMINISTRATORS,
    "GET /tokens": STAFF,  # their own
    "POST /tokens": STAFF,
    "DELETE /tokens/{token_id}": {"agent", "administrator"},
    "GET /integrations": ADMINISTRATORS,
    "POST /integrations": ADMINISTRATORS,
    "GET /reports/{measure}": STAFF,
    "GET /reports/{measure}/csv": STAFF,
    "GET /reports/grades": STAFF,
    "GET /report-schedules": STAFF,  # their own
    "POST /report-schedules": STAFF,
    "DELETE /report-schedules/{schedule_id}": {"agent"},
    "GET /mail-aside": LEADS,
    "GET /mail-aside/{mail_id}/original": LEADS,
    "POST /mail-aside/{mail_id}/release": LEADS,
    "DELETE /mail-aside/{mail_id}": LEADS,
    "GET /blocked-senders": LEADS,
    "POST /blocked-senders": LEADS,
    "DELETE /blocked-senders/{blocked_id}": LEADS,
    "GET /me/preferences": STAFF,
    "PATCH /me/preferences": STAFF,
    "GET /me/notices": STAFF,
    "POST /me/notices/read": STAFF,
    "GET /person-fields": STAFF,
    "POST /person-fields": ADMINISTRATORS,
    "PATCH /person-fields/{field_id}": ADMINISTRATORS,
    "DELETE /person-fields/{field_id}": ADMINISTRATORS,
    "GET /contacts/{contact_id}/fields": STAFF,
    "PATCH /contacts/{contact_id}/fields": STAFF,
    "GET /organisations/{organisation_id}/fields": STAFF,
    "PATCH /organisations/{organisation_id}/fields": STAFF,
    "GET /imports": ADMINISTRATORS,
    "POST /imports": ADMINISTRATORS,
    "GET /imports/{import_id}": ADMINISTRATORS,
    "GET /imports/{import_id}/lines": ADMINISTRATORS,
    "POST /imports/{import_id}/start": ADMINISTRATORS,
    "DELETE /imports/{import_id}": ADMINISTRATORS,
    "GET /seller": ADMINISTRATORS,
    "PATCH /seller": ADMINISTRATORS,
    "GET /tax-rates": ADMINISTRATORS,
    "POST /tax-rates": ADMINISTRATORS,
    "PATCH /tax-rates/{tax_id}": ADMINISTRATORS,
    "GET /cost-reasons": ADMINISTRATORS,
    "POST /cost-reasons": ADMINISTRATORS,
    "PATCH /cost-reasons/{reason_id}": ADMINISTRATORS,
    "DELETE /cost-reasons/{reason_id}": ADMINISTRATORS,
    "GET /loyalty-tiers": ADMINISTRATORS,
    "POST /loyalty-tiers": ADMINISTRATORS,
    "PATCH /loyalty-tiers/{tier_id}": ADMINISTRATORS,
    "DELETE /loyalty-tiers/{tier_id}": ADMINISTRATORS,
    "GET /order-sources": ADMINISTRATORS,
    "POST /order-sources": ADMINISTRATORS,
    "PATCH /order-sources/{slug}": ADMINISTRATORS,
    "POST /order-sources/{slug}/lists": ADMINISTRATORS,
    "GET /charter/versions": MANAGERS,
    "GET /charter/versions/{version}": MANAGERS,
    "GET /charter/draft": MANAGERS,
    "POST /charter/draft": MANAGERS,
    "PATCH /charter/draft": MANAGERS,
    "DELETE /charter/draft": MANAGERS,
    "GET /charter/draft/differences": MANAGERS,
    "POST /charter/draft/approval": MANAGERS,
    "POST /charter/draft/publication": MANAGERS,
    "GET /charter/exclusions": MANAGERS,
    "POST /charter/exclusions": MANAGERS,
    "DELETE /charter/exclusions/{exclusion_id}": MANAGERS,
    "GET /webhooks": ADMINISTRATORS,
    "POST /webhooks": ADMINISTRATORS,
    "GET /webhooks/{webhook_id}": ADMINISTRATORS,
    "PATCH /webhooks/{webhook_id}": ADMINISTRATORS,
    "DELETE /webhooks/{webhook_id}": ADMINISTRATORS,
    "GET /webhooks/{webhook_id}/keys": ADMINISTRATORS,
    "POST /webhooks/{webhook_id}/keys": ADMINISTRATORS,
    "POST /webhooks/{webhook_id}/test": ADMINISTRATORS,
    "POST /webhooks/{webhook_id}/replay": ADMINISTRATORS,
    "GET /webhooks/{webhook_id}/calls": ADMINISTRATORS,
    **setting_up.WHO,
    **talking.WHO,
    **commenting.WHO,
    **announcing.WHO,
    **calling.WHO,
    **doing_for_oneself.WHO,
    **everyday.WHO,
}

# Of every kind of thing, what customers may see of their own. All else is for staff who see it.
FOR_CUSTOMERS: dict[str, set[str]] = {
    "ArticleOut": {
        "id", "article_id", "language", "title", "summary", "html", "url", "category_id", "kind", "labels",
        "published_at", "changed_at",
    },
    "CategoryOut": {"id", "parent_id", "slug", "names", "intros", "position", "audience"},
    "TicketOut": {
        "id", "number", "subject", "status", "type", "language", "channel", "team_id", "assignee_id", "contact_id",
        "organisation_id", "solution", "opened_at", "first_replied_at", "last_message_at", "due_at", "promised_at",
        "solved_at", "closed_at", "team", "assignee", "contact", "organisation",
    },
    "ContractOut": {
        "id", "offer_id", "contact_id", "organisation_id", "name", "description", "types", "channels", "calendar_id",
        "period", "is_unlimited", "incidents", "incidents_left", "minutes", "minutes_left", "price", "currency",
        "overage_per", "overage", "agreed_on", "starts_on", "ends_on", "is_running",
    },
    "OrderOut": {
        "id", "source", "external_id", "number", "contact_id", "organisation_id", "status", "total", "currency",
        "ordered_at", "supported_until", "lines",
    },
    "OrderedOut": {"name", "sku", "quantity", "price"},
    "CostOut": {
        "verdict_id", "is_free", "words", "kind", "price", "currency", "per", "is_waiting", "accepted_at",
        "contract_id", "order_id", "minutes", "minutes_covered", "minutes_charged", "sums", "contested", "is_upheld",
        "reasons",
    },
    "TimeOut": {
        "id", "worked_by", "spent", "done", "started_at", "ended_at", "minutes", "covered", "charged", "cost",
    },
    "GradeOut": {"id", "ticket", "score", "comment", "team_id", "agent_id", "way", "solved_at", "given_at"},
    "ComplaintOut": {
        "id", "ticket", "about", "kind", "level_id", "is_independent", "is_decided", "decision", "reasons", "made_at",
    },
    "LevelOut": {
        "id", "position", "names", "team_id", "is_outside", "contact_name", "email", "phone", "post", "website",
    },
    "ConsentOut": {"id", "message_id", "text", "agent_id", "given_at", "signed_on"},
    "MessageOut": {
        "id", "number", "direction", "channel", "author_name", "subject", "body_text", "body_html", "is_automatic",
        "created_at", "redacted_at", "attachments",
    },
    "FileOut": {"id", "filename", "content_type", "size", "is_inline"},
    "ContactOut": {"id", "name", "language", "time_zone", "organisation_id", "created_at", "identities"},
    "IdentityOut": {"id", "kind", "value"},
    "OrganisationOut": {"id", "name", "domains", "created_at"},
    "TeamOut": {"id", "name", "language", "is_public"},
    "PromiseOut": {"kind", "target", "round", "state", "started_at", "due_at", "met_at", "is_broken"},
    "HitOut": {
        "kind", "id", "family", "number", "title", "extract", "language", "created_at", "url", "several", "score",
        "why", "by_words", "by_meaning",  # the latter three are empty for them
    },
    "Found": {"families", "languages"},
    "Named": {"id", "name", "language"},
    "CharterOut": {
        "version", "effective_at", "title", "intro", "legal", "objectives", "rights", "remedies", "contacts",
    },
    "ObjectiveOut": {
        "code", "title", "promise", "target", "window", "is_on_target", "days_30", "days_90", "weeks",
    },
    "ShareOut": {"kept", "broken", "excluded", "percent"},
    "WeekOut": {"kept", "broken", "excluded", "percent", "until"},
    "RightOut": {"title", "text"},
    "TermsOut": {"code", "title", "terms", "caps", "objectives"},
    "OfficerOut": {"name", "function", "level", "email", "phone", "post"},
    "TicketCharterOut": {"promised", "remedies"},
    "PromisedOut": {"objective", "version", "title", "promise", "state", "due_at", "decided_at", "ended_at"},
    "CharterWords": {"en", "ar", "de", "es", "fr"},  # languages, as in other texts that customers read
    "GivenOut": {"title", "standing", "amount", "currency"},
    "UploadOut": {"upload", "size", "sha256"},
    "FieldOut": {"code", "kind", "label", "types", "choices", "required", "is_public"},
    "ValuesOut": {"values"},
    "FormOut": {"id", "code", "names", "intros", "type", "team_id", "fields", "is_public"},
    "AccountOut": {"id", "contact_id", "organisation_id", "owed", "credit", "refunds"},
    "MoneyOut": {"amount", "currency"},
    "InvoiceOut": {
        "id", "kind", "state", "number", "account_id", "counters_id", "issued_on", "due_on", "language", "note", "net",
        "tax", "gross", "open", "is_disputed", "lines",
    },
    "PaymentOut": {"id", "account_id", "money", "left", "way", "received_on", "reference", "is_countered"},
    "CreditOut": {"id", "account_id", "money", "left", "reason", "granted_at"},
    "LineOut": {"id", "text", "quantity", "unit", "price", "net", "tax_category", "tax_percent"},
    "RefundOut": {
        "id", "account_id", "money", "state", "reason", "refusal", "requested_at", "decided_at", "paid_at",
    },
    **doing_for_oneself.FOR_CUSTOMERS,
    **everyday.FOR_CUSTOMERS,
    **talking.FOR_CUSTOMERS,
    **commenting.FOR_CUSTOMERS,
    **announcing.FOR_CUSTOMERS,
    "Me": {"key", "name", "role", "language", "time_zone", "agent_id", "contact_id", "team_ids", "scopes"},
}  # fmt: skip
VERSION = {
    "number", "state", "editors", "approved_by", "approved_at", "published_by", "published_at", "effective_at",
    "created_at",
}  # fmt: skip
TOKEN = {
    "id", "kind", "name", "scopes", "agent_id", "hint", "state", "created_by", "created_at", "expires_at",
    "last_used_at", "revoked_at",
}  # fmt: skip
FOR_STAFF_ONLY: dict[str, set[str]] = {
    "WordOut": {"word", "score"},
    "SynonymsOut": {"id", "language", "words"},
    "MissedReport": {"since", "items", "times", "unnamed"},
    "MissedOut": {"words", "side", "language", "outcome", "times"},
    "OfferOut": {
        "id", "name", "description", "types", "channels", "calendar_id", "period", "is_unlimited", "incidents",
        "minutes", "price", "currency", "overage_per", "overage", "months", "remind_days", "position",
        "is_active",
    },
    "AttemptOut": {"id", "ticket", "agent_id", "missing", "explanation", "message_id", "made_at"},
    "TicketOut": {"priority", "tags", "status_reason", "assigned_at", "merged_into_id"},
    "MessageOut": {
        "contact_id", "agent_id", "author_address", "to", "cc", "quoted_text", "template", "delivery",
        "delivery_note", "send_at", "side_thread_id",
    },
    "ContactOut": {"note", "may_see_organisation", "erased_at", "merged_into_id"},
    "OrganisationOut": {"note", "merged_into_id"},
    "MergeOut": {"id", "organisation_id", "merged_id", "merged_at"},
    "ContactMergeOut": {"id", "contact_id", "merged_id", "merged_at"},
    "TeamOut": {
        "address", "sender_name", "cc_policy", "calendar_id", "agent_ids", "signature", "signatures", "skill",
    },
    "PromiseOut": {"policy", "calendar", "target_seconds", "intervals", "sentences"},
    "IntervalOut": {"since", "until", "why"},
    "AgentOut": {
        "id", "name", "role", "language", "time_zone", "capacity", "state", "state_since", "is_active", "team_ids",
        "role_id", "calendar_id", "skills", "languages",
    },
    "CalendarOut": {
        "id", "name", "zone", "hours", "country", "subdivision", "holidays", "exceptions", "is_open", "opens_at",
        "closes_at",
    },
    "PolicyOut": {
        "id", "version", "name", "position", "first_reply_seconds", "next_reply_seconds", "resolution_seconds",
        "answer_seconds", "types",
        "priorities", "team_ids", "channels", "languages", "entitlements", "warnings", "pauses", "calendar_id",
    },
    "HoursOut": {"channel", "calendar_id"},
    "ForecastOut": {"due", "late", "is_capped", "first", "teams"},
    "LatePromise": {"number", "due_at"},
    "TeamForecastOut": {"team", "due", "late", "per_open_hour"},
    "LinkOut": {"number", "subject", "status", "kind", "direction"},
    "FollowerOut": {"agent_id", "name"},
    "CopiesOut": {"addresses"},
    "EventOut": {"id", "at", "code", "subject", "actor", "cause_id", "data"},
    "ItemResult": {"status", "number", "id", "code", "detail"},
    "Counts": {"queues", "teams", "capped"},
    "ViewOut": {"id", "name", "sharing", "team_id", "filter", "columns", "grouping", "sorting"},
    "MacroOut": {
        "id", "name", "kind", "agent_id", "team_id", "texts", "condition", "steps", "is_active", "used", "saved_at",
        "template",
    },
    "MacroDone": {"message_id", "not_done"},
    "StepNotDone": {"step", "operation", "skipped", "reason"},
    "ItemOut": {"id", "text", "assignee_id", "due_on", "done_at", "done_by_id"},
    "SnoozeOut": {"is_snoozed", "until", "since", "agent_id"},
    "TagOut": {"id", "name", "description", "becoming"},
    "NoteOut": {"id", "text", "author_id", "created_at"},
    "DefinedOut": {
        "code", "kind", "labels", "helps", "choices", "depends_on", "types", "is_public", "is_editable", "required",
        "is_retired",
    },
    "RoleOut": {"id", "code", "name", "description", "permissions"},
    "WebhookOut": {
        "id", "name", "url", "codes", "team_ids", "is_active", "created_at", "failing_since", "failures", "off_because",
    },
    "WebhookKeys": {"keys"},
    "WebhookCallOut": {
        "id", "event_id", "code", "subject", "state", "attempts", "next_try_at", "tries", "created_at", "done_at",
    },
    "TryOut": {"at", "status", "ms", "said"},
    "SentAgain": {"count"},
    "ReportOut": {"measure", "by", "step", "team_id", "since", "until", "unit", "periods", "total", "lines"},
    "ReportLine": {"value", "label", "values", "whole", "count", "kept"},
    "GradeReportOut": {"since", "until", "total", "teams", "agents"},
    "GradesOf": {"label", "counts", "graded", "solved", "mean", "share", "positive"},
    "ScheduleOut": {"id", "measure", "by", "rhythm", "to", "created_at"},
    "AsideOut": {
        "id", "state", "reason", "sender", "recipients", "from_address", "subject", "size", "source", "received_at",
    },
    "BlockedOut": {"id", "pattern", "by_id", "created_at"},
    "PreferencesOut": {
        "ways", "quiet_from", "quiet_until", "stand_in_id", "landing", "language", "time_zone",
    },
    "NoticeOut": {"id", "code", "about", "created_at", "read_at"},
    "NoticesRead": {"count"},
    "PersonFieldOut": {"id", "of", "code", "kind", "name", "names", "choices", "position", "is_retired"},
    "PersonValues": {"values"},
    "ImportOut": {
        "id", "kind", "filename", "state", "invites", "total", "position", "made", "changed", "same", "refused",
        "problems", "agent_id", "created_at", "ended_at",
    },
    "ImportLine": {"line", "name", "verdict", "why", "fields"},
    "SellerOut": {
        "name", "street", "postcode", "city", "country", "vat_id", "registration", "email", "iban", "bic", "footer",
        "currency", "payment_days", "invoice_prefix", "credit_prefix", "yearly", "reminder_days", "reminders",
        "keep_years", "alone", "limits",
    },
    "LimitsOut": {"lead", "manager", "administrator"},
    "TaxRateOut": {"id", "name", "category", "why", "is_default", "versions"},
    "TaxVersionOut": {"percent", "valid_from"},
    "CostReasonOut": {
        "id", "kind", "name", "words", "types", "tags", "channels", "price", "currency", "per", "position", "is_active",
    },
    "TierOut": {"id", "name", "orders", "classes", "margin_seconds"},
    "OrderSourceOut": {
        "id", "slug", "name", "kind", "support_days", "is_active", "has_secret", "hook", "heard_at",
    },
    "ListTaken": {"kept", "wrong"},
    "NotKept": {"line", "why"},
    "CharterVersionOut": VERSION,
    "CharterDocument": {*VERSION, "content"},
    "CharterContent": {
        "language", "title", "intro", "legal", "objectives", "rights", "measures", "remedies", "contacts",
    },
    "CharterObjective": {
        "code", "title", "promise", "measure", "types", "priorities", "team_ids", "channels", "languages", "tags",
        "start", "stop", "within_s", "calendar_id", "always", "pauses", "counted", "limit", "at_least", "target",
        "window",
    },
    "CharterRight": {"code", "title", "text"},
    "CharterMeasure": {"code", "title", "text", "performer", "rhythm", "proof"},
    "CharterRemedy": {
        "code", "title", "kind", "objectives", "basis", "amount", "currency", "cap", "cap_year", "approve_above",
        "two_above", "days",
    },
    "CharterPerson": {"code", "name", "role", "level", "email", "phone", "post"},
    "CharterDifference": {"where", "name", "kind", "fields"},
    "FieldDifference": {"field", "was", "becomes"},
    "ExclusionOut": {
        "id", "begins_at", "ends_at", "objectives", "team_ids", "reason", "declared_by", "declared_at", "withdrawn_at",
    },
    "TokenOut": TOKEN,
    "MadeToken": {*TOKEN, "client_id", "secret"},
    "IntegrationOut": {"id", "agent_id", "name", "role", "team_ids", "created_at"},
    "RemedyOut": {
        "id", "number", "contact_id", "objective", "call_id", "code", "kind", "day", "state", "amount", "currency",
        "needs", "approved_by", "reason", "booked_as", "created_at", "decided_at",
    },
    **setting_up.FOR_STAFF_ONLY,
    **talking.FOR_STAFF_ONLY,
    **commenting.FOR_STAFF_ONLY,
    **announcing.FOR_STAFF_ONLY,
    **calling.FOR_STAFF_ONLY,
    **doing_for_oneself.FOR_STAFF_ONLY,
    **everyday.FOR_STAFF_ONLY,
}  # fmt: skip
PAGES = {"items", "next", "more", "results", "corrected", "best", "counts"}
DESCRIPTION = api.described()


def operations() -> dict[str, dict[str, Any]]:
    """Every operation as `GET /tickets`."""
    return {
        f"{method.upper()} {path.removeprefix('/api/v1')}": details
        for path, methods in DESCRIPTION["paths"].items()
        for method, details in methods.items()
    }


def answered() -> dict[str, set[str]]:
    """Every kind of thing that an answer may hold, with its fields."""
    schemas: dict[str, Any] = DESCRIPTION["components"]["schemas"]
    found: dict[str, set[str]] = {}

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name and name not in found and name != "Problem":
                found[name] = set(schemas[name].get("properties", {}))
                walk(schemas[name])
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for each in part:
                walk(each)

    for details in operations().values():
        walk(details["responses"])
    return found


class ApiWorld(World):
    """The same world, where everything inside the house says "culvert", and everybody has a token."""

    def __init__(self) -> None:
        super().__init__()
        by = self.agent
        organisation = add_organisation(by=by, name="Harbour", note=f"{INSIDE} owed")
        change_contact(self.mia, by=by, organisation=organisation, note=f"{INSIDE} lady")
        tag_ticket(self.ticket, by=by, add=[INSIDE])
        self.note = add_note(self.ticket, by=by, agent=by, html=f"<p>The {INSIDE} is ours.</p>")
        self.aside = forward_ticket(
            self.ticket, by=by, agent=by, address=f"{INSIDE}@lab.example", html=f"<p>{INSIDE}?</p>"
        )
        set_copies(self.ticket, by=by, addresses=[f"{INSIDE}@hidden.example"])
        self.other = make_ticket(team=self.team, contact=self.mia)
        link_tickets(self.ticket, by=by, other=self.other)
        self.ticket.refresh_from_db()
        macro = Macro.objects.create(name="On our way", kind=Macro.NOTE, texts={"en": "<p>Seen.</p>"})
        inner = define_field(None, code="inner", kind=TicketField.TEXT, labels={"en": "Inner"}, by=by)
        set_fields(self.ticket, by=by, values={inner.code: INSIDE})
        webhook = create_webhook(name="Billing", url="https://example.org/hooks", by=by)
        item = add_item(self.ticket, by=by, text=f"Look at the {INSIDE}")
        keep_tags([INSIDE])
        about = add_person_note(self.mia, text=f"{INSIDE} again", author=by, by=by)
        merge_contacts(self.mia, make_contact("Mia too"), by=by)
        merge_organisations(organisation, add_organisation(by=by, name="Quay"), by=by)
        self.like_it = add_organisation(by=by, name="Harbor")
        view = save_view(None, by=by, name="Leaks", sharing="team", team=self.team, owner=by)
        names = {"en": "Inner"}
        define_request_form(None, code=inner.code, names=names, team=self.team, by=by)
        self.named = {
            "number": self.ticket.number,
            "other": self.other.number,
            "message_id": self.message.pk,
            "attachment_id": self.message.attachments.get().pk,
            "contact_id": self.mia.pk,
            "identity_id": self.mia.identities.order_by("pk")[0].pk,
            "organisation_id": organisation.pk,
            "team_id": self.team.pk,
            "agent_id": by.pk,
            "calendar_id": self.team.calendar_id,
            "policy_id": create_policy(by=by, name="All", first_reply=timedelta(hours=4)).policy_id,
            "channel": "email",
            "macro_id": macro.pk,
            "webhook_id": webhook.pk,
            "view_id": view.pk,
            "code": inner.code,
            "item_id": item.pk,
            "tag_id": Tag.objects.get(name=INSIDE).pk,
            "synonyms_id": define_synonyms(None, language="en", words=["bill", "invoice"], by=by).pk,
            "note_id": about.pk,
            "merge_id": self.mia.merges.get().pk,
            **self._bought_ids(),
            "tax_id": self.bought["tax"].pk,
            "reason_id": Reason.objects.all()[0].pk,
            "tier_id": Tier.objects.get().pk,
            "version": 1,
            "exclusion_id": Exclusion.objects.get().pk,
            "measure": "volume",
            "schedule_id": add_schedule(
                by, measure="volume", split="all", rhythm="weekly", to=["a@desk.example"], by=by
            ).pk,
            "mail_id": RawMail.objects.get(state=RawMail.JUNK).pk,
            "blocked_id": BlockedSender.objects.get().pk,
            "field_id": PersonField.objects.get().pk,
            "import_id": ImportRun.objects.get().pk,
            "token_id": make_token(by.login, by=by, name="spare", scopes=["tickets:read"])[0].pk,
            "level_id": define_level(None, by=by, names=names, team=self.team).pk,
            "remedy_id": OwedRemedy.objects.get().pk,
            "invoice_id": self.bought["invoice"].pk,
            "refund_id": self.bought["refund"].pk,
            **setting_up.named_by(self),
            **talking.named_by(self),
            **commenting.named_by(self),
            **announcing.named_by(self),
            **calling.named_by(self),
            **doing_for_oneself.named_by(self),
            **everyday.named_by(self),
        }
        noted = add_person_note(organisation, text=f"{INSIDE} there, too", author=by, by=by)
        self.elsewhere: dict[str, dict[str, Any]] = {
            "/organisations": {"note_id": noted.pk, "merge_id": organisation.merges.get().pk},
            "/rules": {"rule_id": Rule.objects.get(name="Sorting").pk, "code": "words", "failure_id": 1},
        }
        self.secrets = {
            who: make_token(person.login, by=person, name="walk", scopes=SCOPES)[1]
            for who, person in self.people.items()
            if person is not None and person.login is not None
        }

    def _bought_ids(self) -> dict[str, Any]:
        """What Mia bought, and what is said of her ticket."""
        contract, spent = Contract.objects.get(), TimeEntry.objects.get()
        make_reason(Reason.RATE, 5, price_amount=Decimal(60), per=HOUR)
        verdict = judge_ticket(self.ticket, by="system")
        assert verdict
        self.verdict_id = verdict.pk
        return {
            "contract_id": contract.pk,
            "offer_id": contract.offer_id,
            "order_id": Order.objects.get().pk,
            "entry_id": spent.pk,
            "slug": "shop",
            "external_id": "A1",
        }

    def ask(self, who: str, operation: str, body: Any = None, query: str = "") -> Any:
        """The answer to `who`."""
        method, path = operation.split(" ")
        headers = {"Authorization": f"Bearer {self.secrets[who]}"} if who in self.secrets else {}
        client = Client(headers=headers, raise_request_exception=False)
        named = self.named | next((more for start, more in self.elsewhere.items() if path.startswith(start)), {})
        url = f"/api/v1{path.format(**named)}{query}"
        return client.generic(method, url, json.dumps(body) if body is not None else b"", "application/json")


def body_for(world: ApiWorld, operation: str) -> Any:
    """Something right to send."""
    new = {"subject": "x", "text": "x", "contact": {"id": world.mia.pk}, "team_id": world.team.pk}
    bodies: dict[str, Any] = {
        "POST /tickets": new,
        "POST /tickets/bulk": {"tickets": [new]},
        "POST /tickets/bulk-changes": {"numbers": [world.ticket.number], "changes": {"priority": 1}},
        "PATCH /tickets/{number}": {"priority": 1},
        "POST /tickets/{number}/solution": {"solution": "Done"},
        "POST /tickets/{number}/tags": {"add": ["x"]},
        "POST /tickets/{number}/merge": {"into": world.other.number},
        "POST /tickets/{number}/split": {"message_ids": [world.note.pk]},
        "POST /tickets/{number}/links": {"number": world.other.number},
        "PUT /tickets/{number}/copies": {"addresses": []},
        "POST /tickets/{number}/messages": {"text": "x"},
        "POST /tickets/{number}/forwards": {"address": "a@b.example", "text": "x"},
        "POST /tickets/{number}/grades": {"score": 4},
        "POST /tickets/{number}/consents": {"text": "x", "message_id": world.message.pk},
        "POST /tickets/{number}/refusals": {"explanation": "x"},
        "POST /offers": {"name": "x", "incidents": 1},
        "PATCH /offers/{offer_id}": {"incidents": 2},
        "POST /contracts": {"offer_id": world.named["offer_id"], "contact_id": world.mia.pk},
        "PUT /order-sources/{slug}/orders/{external_id}": {
            "number": "1",
            "email": "mia@home.example",
            "ordered_at": "2026-11-22T09:30:00Z",
        },
        "POST /tickets/{number}/acceptances": {"verdict_id": world.verdict_id},
        "POST /tickets/{number}/contests": {"verdict_id": world.verdict_id, "text": "x"},
        "POST /tickets/{number}/cost-decisions": {"verdict_id": world.verdict_id, "is_free": True, "words": "x"},
        "PUT /tickets/{number}/order": {"order_id": world.named["order_id"]},
        "POST /tickets/{number}/time": {"minutes": 5, "kind": "courtesy"},
        "PUT /tickets/{number}/timer": {"kind": "courtesy"},
        "POST /complaints": {"subject": "x", "text": "x"},
        "PUT /tickets/{number}/complaint": {},
        "POST /tickets/{number}/decisions": {"verdict": "upheld", "reasons": "x"},
        "POST /tickets/{number}/escalations": {},
        "POST /complaint-levels": {"names": {"en": "x"}, "is_outside": True},
        "PATCH /complaint-levels/{level_id}": {"phone": "1"},
        "POST /contacts": {"email": "new@home.example"},
        "PATCH /contacts/{contact_id}": {"name": "x"},
        "POST /contacts/{contact_id}/identities": {"kind": "email", "value": "mia@work.example"},
        "POST /contacts/{contact_id}/merge": {"contact_id": world.mia.pk},
        "POST /contacts/{contact_id}/split": {"identity_ids": [world.named["identity_id"]]},
        "POST /organisations": {"name": "x"},
        "PATCH /organisations/{organisation_id}": {"name": "x"},
        "POST /organisations/{organisation_id}/merge": {"organisation_id": world.like_it.pk},
        "POST /organisations/{organisation_id}/notes": {"text": "x"},
        "POST /macros": {"name": "x", "texts": {"en": "<p>x</p>"}},
        "PATCH /macros/{macro_id}": {"name": "x"},
        "PUT /me/state": {"state": "busy"},
        "PATCH /tickets/{number}/fields": {"values": {}},
        "POST /teams": {"name": "x", "address": "x@desk.example", "calendar_id": world.team.calendar_id},
        "PATCH /teams/{team_id}": {"name": "x"},
        "POST /agents": {"email": "n@desk.example", "name": "x"},
        "PATCH /agents/{agent_id}": {"name": "x"},
        "POST /calendars": {"name": "x"},
        "PATCH /calendars/{calendar_id}": {"name": "x"},
        "POST /promises": {"name": "x", "first_reply_seconds": 3600},
        "PATCH /promises/{policy_id}": {"name": "x"},
        "PUT /channel-hours/{channel}": {"calendar_id": None},
        "POST /tickets/{number}/checklist": {"text": "x"},
        "PATCH /checklist-items/{item_id}": {"done": True},
        "PUT /tickets/{number}/snooze": {},
        "POST /synonyms": {"language": "en", "words": ["tap", "faucet"]},
        "PATCH /synonyms/{synonyms_id}": {"words": ["bill", "account"]},
        "PATCH /tags/{tag_id}": {"description": "x"},
        "POST /contacts/{contact_id}/notes": {"text": "x"},
        "POST /contacts/{contact_id}/erasure": {"sure": True},
        "POST /ticket-fields": {"code": "x", "kind": "text", "labels": {"en": "x"}},
        "PATCH /ticket-fields/{code}": {"labels": {"en": "x"}},
        "POST /request-forms": {"code": "x", "names": {"en": "x"}, "team_id": world.team.pk},
        "PATCH /request-forms/{code}": {"names": {"en": "x"}},
        "POST /views": {"name": "x"},
        "PATCH /views/{view_id}": {"name": "x"},
        "POST /accounts": {"contact_id": world.mia.pk},
        "POST /invoices": {"contact_id": world.mia.pk, "lines": [{"text": "x", "price": "1.50"}]},
        "POST /invoices/{invoice_id}/credit-notes": {"reason": "x"},
        "POST /invoices/{invoice_id}/disputes": {"text": "x"},
        "POST /payments": {"account_id": world.bought["account"].pk, "amount": "5.00"},
        "POST /credits": {"account_id": world.bought["account"].pk, "amount": "5", "reason": "x", "cause": "x"},
        "POST /refunds": {"account_id": world.bought["account"].pk, "amount": "5", "reason": "x", "cause": "x"},
        "POST /refunds/{refund_id}/refusal": {"reason": "x"},
        "POST /refunds/{refund_id}/payout": {},
        "POST /webhooks": {"name": "x", "url": "https://example.org/hooks"},
        "PATCH /webhooks/{webhook_id}": {"name": "x"},
        "POST /report-schedules": {"measure": "volume", "rhythm": "weekly", "to": ["a@desk.example"]},
        "POST /blocked-senders": {"pattern": "@shop.example"},
        "PATCH /me/preferences": {"landing": "dashboard"},
        "POST /person-fields": {"of": "contact", "kind": "text", "name": "x"},
        "PATCH /person-fields/{field_id}": {"name": "x"},
        "PATCH /contacts/{contact_id}/fields": {"values": {}},
        "PATCH /organisations/{organisation_id}/fields": {"values": {}},
        "PATCH /seller": {"name": "x"},
        "POST /tax-rates": {"name": "x", "percent": "9"},
        "PATCH /tax-rates/{tax_id}": {"name": "x"},
        "POST /cost-reasons": {"kind": "free", "name": "x"},
        "PATCH /cost-reasons/{reason_id}": {"name": "x"},
        "POST /loyalty-tiers": {"name": "x", "orders": 99},
        "PATCH /loyalty-tiers/{tier_id}": {"name": "x"},
        "POST /order-sources": {"name": "x", "slug": "x"},
        "PATCH /order-sources/{slug}": {"name": "x"},
        "POST /charter/draft": {},
        "PATCH /charter/draft": {"title": {"en": "x"}},
        "POST /charter/draft/publication": {},
        "POST /charter/exclusions": {
            "begins_at": "2026-11-20T00:00:00Z",
            "ends_at": "2026-11-21T00:00:00Z",
            "reason": {"en": "x"},
        },
        "POST /tokens": {"name": "x", "scopes": ["tickets:read"]},
        "POST /integrations": {"name": "x"},
        "POST /remedies/{remedy_id}/refusal": {"reason": "x"},
        "POST /webhooks/{webhook_id}/keys": {},
        "POST /webhooks/{webhook_id}/replay": {},
        **setting_up.bodies_for(world),
        **talking.bodies_for(world),
        **commenting.bodies_for(world),
        **announcing.bodies_for(world),
        **calling.bodies_for(world),
        **doing_for_oneself.bodies_for(world),
        **everyday.bodies_for(world),
    }
    return bodies.get(operation)


QUERIES = {
    "GET /tickets": "?expand=team,assignee,contact,organisation",
    "POST /imports": "?kind=contacts",
    "GET /search": "?q=culvert",
    "POST /uploads": "?filename=x.txt",
}


def test_every_operation_says_who_may_use_it() -> None:
    assert sorted(operations()) == sorted(WHO)


def test_every_field_says_who_may_see_it() -> None:
    said = {
        name: FOR_CUSTOMERS.get(name, set()) | FOR_STAFF_ONLY.get(name, set())
        for name in {*FOR_CUSTOMERS, *FOR_STAFF_ONLY}
    }
    found = {name: fields for name, fields in answered().items() if not fields <= PAGES}

    assert found == said


@pytest.mark.django_db
@pytest.mark.timeout(1200)
def test_only_those_who_may_do_what_they_ask_for(settings: Any) -> None:
    settings.API_RATE = 10**6
    # What an action refuses (409) was asked by somebody who may; a mistake of theirs is none of access.
    came_in = {
        operation: {who for who, seen in by.items() if seen.status not in (401, 403, 404)}
        for operation, by in everything_asked().seen.items()
    }

    assert {
        operation: sorted(who ^ WHO[operation]) for operation, who in came_in.items() if who != WHO[operation]
    } == {}


@dataclass(frozen=True)
class Seen:
    """What came of an operation; `said` is the JSON that was answered, None where there was none."""

    status: int
    said: str | None


@dataclass(frozen=True)
class Walk:
    """What came of every operation for everybody, in a world whose ticket has this number."""

    number: int
    seen: Mapping[str, Mapping[str, Seen]]


@cache
def everything_asked() -> Walk:
    """Ask all that can be asked, once, in the transaction of the first test that looks at it."""
    limits.forget()
    world = ApiWorld()
    people = sorted(EVERYBODY)
    seen = {operation: {who: asked_alone(world, who, operation) for who in people} for operation in WHO}
    return Walk(world.ticket.number, seen)


def asked_alone(world: ApiWorld, who: str, operation: str) -> Seen:
    """Ask as `who`; what the asking changed is undone, so that the next one finds everything as it was."""
    point = transaction.savepoint()
    answer = world.ask(who, operation, body_for(world, operation), QUERIES.get(operation, ""))
    transaction.savepoint_rollback(point)
    is_json = answer.headers.get("Content-Type") == JSON  # files have no fields: a PDF, an attachment, a zip
    said = answer.content.decode() if is_json else None
    assert answer.status_code < 500, f"{operation} fails: {said}"
    assert answer.status_code != 422, f"{operation}: {said}"
    return Seen(answer.status_code, said)


def fields_in(part: Any) -> set[str]:
    """All names in an answer, however deep."""
    if isinstance(part, dict):
        return set(part).union(*map(fields_in, part.values())) if part else set()
    return set().union(*map(fields_in, part)) if isinstance(part, list) else set()


@pytest.mark.django_db
@pytest.mark.timeout(1200)
def test_no_field_leaks_to_a_customer_nor_to_another_team(settings: Any) -> None:
    settings.API_RATE = 10**6
    inside = set().union(*FOR_STAFF_ONLY.values()) - set().union(*FOR_CUSTOMERS.values()) - PAGES
    walk = everything_asked()
    seen_by_team: set[str] = set()
    for operation, by in walk.seen.items():
        if not operation.startswith("GET"):
            continue
        for who, seen in by.items():
            if seen.status != 200 or seen.said is None:
                continue
            if who in ("customer", "other customer"):
                assert INSIDE not in seen.said, f"{operation} tells {who} what is said inside"
                shown = fields_in(json.loads(seen.said)) & inside
                assert shown == set(), f"{operation} shows {who} fields of the desk"
            if who in ("other customer", "other team") and "/tickets" in operation:
                assert str(walk.number) not in seen.said, f"{operation} shows {who} a ticket of others"
            if who == "agent" and INSIDE in seen.said:
                seen_by_team.add(operation)

    # The same answers do tell its team: what was looked for is there to be found.
    assert {"GET /tickets", "GET /tickets/{number}", "GET /tickets/{number}/messages", "GET /contacts"} <= seen_by_team


@pytest.mark.django_db
def test_customers_find_nothing_by_what_they_do_not_see(settings: Any) -> None:
    world = ApiWorld()
    for query in (f"?tag={INSIDE}", "?priority=1,2,3,4", "?follower=me"):
        assert world.ask("customer", "GET /tickets", query=query).json()["items"] == []
    world.named["message_id"] = world.note.pk
    assert world.ask("customer", "GET /messages/{message_id}").status_code == 404
    world.named["message_id"] = world.aside.pk
    assert world.ask("customer", "GET /messages/{message_id}").status_code == 404
    assert world.ask("agent", "GET /messages/{message_id}").status_code == 200
