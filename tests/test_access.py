"""Who may see what: every address there is, asked for by everybody there is.

A new address fails here until somebody says who may use it.
"""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http.cookies import SimpleCookie
from io import BytesIO
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from charterdesk.access.models import IdentityProvider
from charterdesk.base.clock import now
from charterdesk.billing.actions.contracts import save_tier
from charterdesk.billing.actions.reminding import save_reminder_step
from charterdesk.billing.actions.time_entries import add_time
from charterdesk.billing.models import Reason, TimeEntry
from charterdesk.billing.testing import pay_for_something
from charterdesk.billing.testing_bought import make_contract, make_order, make_reason
from charterdesk.calls.actions import save_system
from charterdesk.calls.models import PhoneSystem
from charterdesk.calls.testing import make_line, report
from charterdesk.channels.actions import accept_mail, block_sender, queue_mail
from charterdesk.channels.models import BlockedSender, MailAccount, Outgoing, RawMail, SmsOut
from charterdesk.channels.testing_sms import make_number
from charterdesk.charter.actions.documents import begin_draft
from charterdesk.charter.actions.exclusions import declare_exclusion
from charterdesk.charter.content import Charter
from charterdesk.charter.models import OwedRemedy
from charterdesk.charter.testing import answer_within, broken_case, credit, publish_for_test
from charterdesk.comments.leaving import leave_token as comments_token
from charterdesk.comments.models import CommentFollow
from charterdesk.comments.testing import make_comment
from charterdesk.community.actions.files import NewFile
from charterdesk.community.actions.profiles import profile_of
from charterdesk.community.actions.proposing import Wished, propose_forum
from charterdesk.community.actions.writing import answer as answer_topic
from charterdesk.community.leaving import leave_token
from charterdesk.community.testing import make_profile, make_topic, viewer_of_contact
from charterdesk.complaints.levels import define_level
from charterdesk.events.models import Delivery
from charterdesk.events.rule_changes import save_draft as save_draft_rule
from charterdesk.events.webhooks.actions import create_webhook, send_test
from charterdesk.knowledge.actions.feedback import open_correction
from charterdesk.knowledge.actions.files import add_file
from charterdesk.knowledge.models import Article
from charterdesk.knowledge.testing import make_text
from charterdesk.notices.actions.following import follow_status
from charterdesk.notices.links import follower_token, recipient_token
from charterdesk.notices.models import Recipient
from charterdesk.notices.testing import make_announcement, make_component, make_incident
from charterdesk.people.actions import add_organisation, add_person_field
from charterdesk.people.actions.branding import add_brand, add_picture, publish_brand
from charterdesk.people.actions.customers import address_proof, ask_erasure
from charterdesk.people.actions.importing import send_list
from charterdesk.people.actions.registration import Registration, registration_proof
from charterdesk.people.branding import Look, digest_of, style_sheet
from charterdesk.people.models import Agent, Contact, Membership, Organisation, Role
from charterdesk.people.permissions import READ_NOTES, READ_TICKETS, SET_PEOPLE
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.tokens.actions import add_integration, make_token
from charterdesk.records.actions import place_hold, save_rule
from charterdesk.search.synonyms import define_synonyms
from charterdesk.sla.actions import create_policy
from charterdesk.surges.actions import start_circular
from charterdesk.surges.models import Surge, SurgeTicket
from charterdesk.tickets.actions import (
    Incoming,
    IncomingFile,
    add_item,
    add_note,
    attach_to_draft,
    forward_ticket,
    merge_ticket,
    receive_message,
    save_draft,
    save_macro,
    send_message,
    set_grade_terms,
)
from charterdesk.tickets.actions.definitions import define_field, define_request_form
from charterdesk.tickets.actions.templates import save_template
from charterdesk.tickets.actions.views import save_view
from charterdesk.tickets.charging import work_on
from charterdesk.tickets.links import status_token
from charterdesk.tickets.models import Attachment, BulkRun, Macro, Merge, OwnText, Tag, Ticket
from charterdesk.tickets.testing import make_ticket

EVERYBODY = {"anonymous", "customer", "other customer", "other team", "agent", "lead", "manager", "administrator"}
SIGNED_IN = EVERYBODY - {"anonymous"}
STAFF = {"other team", "agent", "lead", "manager", "administrator"}
TEAM = {"agent", "lead", "manager", "administrator"}
LEADS = {"lead", "manager", "administrator"}
MANAGERS = {"manager", "administrator"}
ADMINISTRATORS = {"administrator"}
OWNER = {"customer"}
CUSTOMERS = {"customer", "other customer"}
AUTHOR = {"agent"}

GET, POST = "get", "post"
OF_CONTACT = (
    "contact", "contact_bought", "contact_calls", "edit_contact", "alike", "contact_notes", "identities",
    "contact_merging", "split_contact",
)  # fmt: skip
OF_ORGANISATION = (
    "organisation", "organisation_bought", "edit_organisation", "organisation_notes", "organisation_members",
    "organisations_alike", "organisation_merging",
)  # fmt: skip
OF_CHARTER = ("new_charter_part", "charter_part", "drop_charter_part", "move_charter_part")
OF_RULE = ("rule", "rule_versions", "rule_act", "rule_text", "try_rule")
OF_SMS_NUMBER = (
    "sms_in", "sms_status", "workspace:sms_number", "workspace:check_sms_number", "workspace:switch_sms_number",
    "workspace:remove_sms_number",
)  # fmt: skip
OF_MONEY = {
    "invoice": (
        "invoice",
        "invoice_pdf",
        "invoice_xml",
        "credit_invoice",
        "settle_dispute",
        "mail_invoice",
        "pause_reminders",
    ),
    "draft": ("invoice_lines", "invoice_details", "issue_invoice", "discard_invoice"),
    "account": ("money_account", "begin_invoice", "record_payment", "give_credit", "ask_refund", "bill_to"),
    "payment": ("counter_payment",),
    "credit": ("revoke_credit",),
    "refund": ("decide_refund", "refund_paid"),
    "tax": ("tax",),
}
OF_ARTICLE = (
    "article", "article_terms", "translate_article", "article_files", "drop_article_file", "preview_article",
    "article_versions", "restore_article", "discard_article", "review_article", "submit_article", "return_article",
    "approve_article", "publish_article", "withdraw_article",
)  # fmt: skip
OF_READING = ("article", "rate_article", "comment", "follow_comments", "comments_atom")
OF_COMMENT = (
    "portal:report_comment", "portal:delete_comment", "portal:vote_comment",
    "workspace:comment", "workspace:answer_comment", "workspace:correct_by_comment",
)  # fmt: skip
OF_SOLUTION = ("solution", "withdraw_solution", "discard_solution")
OF_SURGE = ("surge", "add_to_surge", "make_problem", "join_problem", "dismiss_surge", "answer_all")
OF_CATEGORY = ("category", "move_category", "drop_category")
OF_TOPIC = (
    "portal:answer_topic", "portal:follow_topic", "workspace:community_topic", "workspace:answer_community",
    "workspace:order_topic", "workspace:topic_to_ticket", "workspace:topic_to_article",
)  # fmt: skip
OF_ANSWER = (
    "portal:vote", "portal:accept_answer", "portal:report_post", "workspace:community_post", "workspace:judge_answer",
)  # fmt: skip
OF_MY_INVOICE = ("invoice", "invoice_pdf", "invoice_xml", "pay", "dispute")
PICTURE = b"\x89PNG\r\n\x1a\n0000"

WHO: dict[str, tuple[str, set[str]]] = {
    # The door: allauth's own pages.
    "account_login": (GET, EVERYBODY),
    "account_logout": (GET, EVERYBODY),
    "account_inactive": (GET, EVERYBODY),
    "account_signup": (GET, EVERYBODY),
    "account_reauthenticate": (GET, SIGNED_IN),
    "account_email": (GET, SIGNED_IN),
    "account_email_verification_sent": (GET, EVERYBODY),
    "account_change_password": (GET, SIGNED_IN),
    "account_set_password": (GET, SIGNED_IN),
    "account_reset_password": (GET, EVERYBODY),
    "account_confirm_email": (GET, EVERYBODY),
    "account_reset_password_from_key_done": (GET, EVERYBODY),
    "account_reset_password_from_key": (GET, EVERYBODY),
    "account_reset_password_done": (GET, EVERYBODY),
    "account_request_login_code": (GET, EVERYBODY),
    "account_confirm_login_code": (GET, EVERYBODY),
    "mfa_index": (GET, SIGNED_IN),
    "end_session": (POST, SIGNED_IN),
    "openid_connect_login": (GET, set()),  # no such provider
    "openid_connect_callback": (GET, set()),
    "saml_login": (GET, set()),  # no such provider
    "saml_acs": (POST, set()),
    "saml_finish": (GET, set()),
    "saml_metadata": (GET, set()),
    "mfa_authenticate": (GET, EVERYBODY),
    "mfa_reauthenticate": (GET, SIGNED_IN),
    "mfa_activate_totp": (GET, SIGNED_IN),
    "mfa_deactivate_totp": (GET, set()),  # nobody has one
    "mfa_view_recovery_codes": (GET, set()),  # nobody has any
    "mfa_generate_recovery_codes": (GET, SIGNED_IN),
    "mfa_download_recovery_codes": (GET, set()),
    "mfa_list_webauthn": (GET, SIGNED_IN),
    "mfa_add_webauthn": (GET, SIGNED_IN),
    "mfa_reauthenticate_webauthn": (GET, SIGNED_IN),
    "mfa_remove_webauthn": (GET, SIGNED_IN),  # sent to confirm who they are, before they are told that there is none
    "mfa_edit_webauthn": (GET, SIGNED_IN),
    "mfa_login_webauthn": (GET, EVERYBODY),
    "set_language": (POST, EVERYBODY),
    "scim_root": (GET, set()),  # by token only
    "scim": (GET, set()),
    # The portal.
    "portal:home": (GET, EVERYBODY),
    "portal:new": (GET, EVERYBODY),
    "portal:new_by_form": (GET, EVERYBODY),
    "portal:details": (GET, OWNER),
    "portal:detail_file": (GET, set()),  # there is none on the ticket
    "portal:details_by_link": (GET, EVERYBODY),
    "portal:detail_file_by_link": (GET, set()),
    "portal:requests": (GET, CUSTOMERS),
    "portal:status": (GET, OWNER),
    "portal:reply": (POST, OWNER),
    "portal:reopen": (POST, OWNER),
    "portal:close": (POST, OWNER),
    "portal:file": (GET, OWNER),
    "portal:bought": (GET, CUSTOMERS),
    "portal:costs": (GET, OWNER),
    "portal:costs_by_link": (GET, EVERYBODY),
    "portal:accept": (POST, set()),  # no verdict is named
    "portal:contest": (POST, set()),
    "portal:accept_by_link": (POST, set()),
    "portal:contest_by_link": (POST, set()),
    "portal:invoices": (GET, CUSTOMERS),
    "portal:invoice": (GET, OWNER),
    "portal:invoice_pdf": (GET, OWNER),
    "portal:invoice_xml": (GET, OWNER),
    "portal:pay": (GET, set()),  # nobody takes cards here
    "portal:dispute": (POST, OWNER),
    "portal:find": (GET, EVERYBODY),
    "portal:suggestions": (GET, EVERYBODY),
    "portal:our_requests": (GET, OWNER),  # others' organisations let them see nothing
    "portal:profile": (GET, CUSTOMERS),
    "portal:set_mails": (POST, CUSTOMERS),
    "portal:send_proof": (POST, CUSTOMERS),
    "portal:prove_address": (GET, CUSTOMERS),
    "portal:drop_address": (POST, OWNER),
    "portal:export_data": (POST, CUSTOMERS),
    "portal:ask_erasure": (POST, CUSTOMERS),
    "portal:take_back_erasure": (POST, OWNER),
    "portal:receipt": (GET, EVERYBODY),
    "portal:register": (GET, EVERYBODY),  # who is signed in is sent on to their requests
    "portal:prove_registration": (GET, EVERYBODY),
    "portal:embed_script": (GET, EVERYBODY),
    "portal:embedded": (GET, EVERYBODY),
    "portal:brand_style": (GET, EVERYBODY),
    "portal:brand_picture": (GET, EVERYBODY),
    "portal:complain": (GET, EVERYBODY),
    "portal:complain_about": (GET, OWNER),
    "portal:escalate": (POST, set()),  # it is no complaint
    "portal:complain_about_by_link": (GET, EVERYBODY),
    "portal:escalate_by_link": (POST, set()),
    "portal:grade": (GET, OWNER),
    "portal:grade_as": (GET, OWNER),
    "portal:consent": (GET, OWNER),
    "portal:help": (GET, EVERYBODY),
    "portal:help_category": (GET, EVERYBODY),
    "portal:article": (GET, EVERYBODY),
    "portal:rate_article": (POST, EVERYBODY),
    "portal:comment": (GET, EVERYBODY),
    "portal:follow_comments": (POST, SIGNED_IN),
    "portal:report_comment": (POST, SIGNED_IN),
    "portal:delete_comment": (POST, OWNER | STAFF),
    "portal:vote_comment": (POST, SIGNED_IN - OWNER),
    "portal:leave_comments": (GET, EVERYBODY),
    "workspace:comments": (GET, STAFF),
    "workspace:comment": (POST, STAFF),
    "workspace:answer_comment": (POST, STAFF),
    "workspace:correct_by_comment": (POST, STAFF),
    "workspace:comment_terms": (POST, LEADS),
    "workspace:close_article_comments": (POST, STAFF),
    "workspace:close_category_comments": (POST, LEADS),
    "portal:help_file": (GET, {"other team", "agent", "lead", "manager", "administrator"}),  # it is on a draft
    "portal:offers": (GET, EVERYBODY),
    "portal:take_offer": (GET, set()),  # nothing was offered
    "portal:sitemap": (GET, EVERYBODY),
    # The community: everybody reads, who is signed in writes.
    "portal:community": (GET, EVERYBODY),
    "portal:topics": (GET, EVERYBODY),
    "portal:forum": (GET, EVERYBODY),
    "portal:topic": (GET, EVERYBODY),
    "portal:person": (GET, EVERYBODY),
    "portal:post_file": (GET, EVERYBODY),
    "portal:community_atom": (GET, EVERYBODY),
    "portal:community_rss": (GET, EVERYBODY),
    "portal:leave_topic": (GET, EVERYBODY),
    "portal:new_topic": (GET, SIGNED_IN),
    "portal:answer_topic": (POST, SIGNED_IN),
    "portal:vote": (POST, SIGNED_IN),
    "portal:follow_topic": (POST, SIGNED_IN),
    "portal:follow_forum": (POST, SIGNED_IN),
    "portal:report_post": (POST, SIGNED_IN),
    "portal:community_me": (GET, SIGNED_IN),
    "portal:propose_forum": (GET, SIGNED_IN),
    "portal:withdraw_proposal": (POST, OWNER),
    "portal:edit_post": (GET, OWNER | STAFF),
    "portal:delete_post": (POST, OWNER | STAFF),
    "portal:accept_answer": (POST, OWNER | STAFF),
    "workspace:community": (GET, STAFF),
    "workspace:community_unanswered": (GET, STAFF),
    "workspace:community_removed": (GET, STAFF),
    "workspace:community_topic": (GET, STAFF),
    "workspace:community_post": (POST, STAFF),
    "workspace:answer_community": (POST, STAFF),
    "workspace:order_topic": (POST, STAFF),
    "workspace:judge_answer": (POST, STAFF),
    "workspace:topic_to_ticket": (POST, STAFF),
    "workspace:topic_to_article": (POST, STAFF),
    "workspace:ticket_to_topic": (GET, TEAM),
    "workspace:community_person": (POST, LEADS),
    "workspace:proposals": (GET, LEADS),
    "workspace:proposal": (GET, LEADS),
    "workspace:decline_proposal": (POST, LEADS),
    "workspace:forums": (GET, LEADS),
    "workspace:new_forum": (GET, LEADS),
    "workspace:forum": (GET, LEADS),
    "workspace:move_forum": (POST, LEADS),
    "workspace:drop_forum": (POST, LEADS),
    **{f"portal:{name}": (GET, EVERYBODY) for name in ("status_page", "status_feed", "status_diary", "following")},
    **{f"portal:{name}": (POST, EVERYBODY) for name in ("follow_status", "unfollow")},
    **{f"portal:{name}": (GET, EVERYBODY) for name in ("announcement_by_link", "unsubscribe")},
    "portal:confirm_by_link": (POST, EVERYBODY),
    "portal:announcements": (GET, CUSTOMERS),
    "portal:announcement_choices": (GET, CUSTOMERS),
    "portal:announcement": (GET, OWNER),
    "portal:confirm_read": (POST, OWNER),
    "portal:help_atom": (GET, EVERYBODY),
    "portal:help_rss": (GET, EVERYBODY),
    "portal:comments_atom": (GET, EVERYBODY),
    # Knowledge: all staff read it and draft; who leads approves and orders it.
    "workspace:surge_terms": (POST, ADMINISTRATORS),
    "workspace:ticket_surge": (GET, TEAM),
    "workspace:add_to_surge": (POST, TEAM),
    "workspace:surges": (GET, STAFF),
    "workspace:surges_now": (GET, STAFF),
    "workspace:surge": (GET, TEAM),
    "workspace:make_problem": (POST, TEAM),
    "workspace:join_problem": (POST, TEAM),
    "workspace:dismiss_surge": (POST, TEAM),
    "workspace:answer_all": (POST, TEAM),
    "workspace:circular": (GET, TEAM),
    "workspace:stop_circular": (POST, TEAM),
    "workspace:misled": (GET, LEADS),
    "workspace:knowledge": (GET, STAFF),
    "workspace:knowledge_waiting": (GET, STAFF),
    "workspace:knowledge_figures": (GET, STAFF),
    "workspace:new_article": (GET, STAFF),
    "workspace:solutions": (GET, STAFF),
    "workspace:solution": (GET, STAFF),
    "workspace:withdraw_solution": (POST, LEADS),
    "workspace:discard_solution": (POST, STAFF),
    "workspace:share_solution": (POST, TEAM),
    "workspace:keep_solution_inside": (POST, TEAM),
    "workspace:solved_like": (GET, TEAM),
    "workspace:article": (GET, STAFF),
    "workspace:article_terms": (POST, LEADS),  # readers see it: who approves says where it stands
    "workspace:translate_article": (POST, STAFF),
    "workspace:article_files": (POST, STAFF),
    "workspace:drop_article_file": (POST, set()),  # it is a file of another article
    "workspace:preview_article": (GET, STAFF),
    "workspace:article_versions": (GET, STAFF),
    "workspace:restore_article": (POST, STAFF),
    "workspace:discard_article": (POST, STAFF),
    "workspace:review_article": (POST, STAFF),
    "workspace:submit_article": (POST, STAFF),
    "workspace:return_article": (POST, LEADS),
    "workspace:approve_article": (POST, LEADS),
    "workspace:publish_article": (POST, LEADS),
    "workspace:withdraw_article": (POST, LEADS),
    "workspace:end_correction": (POST, STAFF),
    "workspace:hand_correction": (POST, set()),  # nobody is named
    "workspace:categories": (GET, LEADS),
    "workspace:new_category": (GET, LEADS),
    "workspace:category": (GET, LEADS),
    "workspace:move_category": (POST, LEADS),
    "workspace:drop_category": (POST, LEADS),
    "workspace:import_articles": (GET, LEADS),
    "workspace:export_articles_zip": (GET, LEADS),
    "workspace:export_articles_csv": (GET, LEADS),
    "workspace:article_markdown": (POST, STAFF),
    "workspace:ticket_articles": (GET, TEAM),
    "workspace:give_article": (GET, TEAM),
    "workspace:make_article": (POST, TEAM),
    "workspace:wrong_article": (POST, set()),  # no article is named
    "portal:charter": (GET, EVERYBODY),
    "portal:charter_version": (GET, EVERYBODY),
    "portal:charter_poster": (GET, EVERYBODY),
    "portal:charter_badge": (GET, EVERYBODY),
    "portal:charter_badge_png": (GET, EVERYBODY),
    "portal:charter_figures": (GET, EVERYBODY),
    "portal:charter_script": (GET, EVERYBODY),
    "portal:charter_json_feed": (GET, EVERYBODY),
    "portal:charter_atom": (GET, EVERYBODY),
    "portal:status_by_link": (GET, EVERYBODY),
    "portal:reply_by_link": (POST, EVERYBODY),
    "portal:reopen_by_link": (POST, EVERYBODY),
    "portal:close_by_link": (POST, EVERYBODY),
    "portal:file_by_link": (GET, EVERYBODY),
    "portal:grade_by_link": (GET, EVERYBODY),
    "portal:grade_as_by_link": (GET, EVERYBODY),
    "portal:consent_by_link": (GET, EVERYBODY),
    # The workspace.
    "workspace:inbox": (GET, STAFF),
    "workspace:queue": (GET, STAFF),
    "workspace:counts": (GET, STAFF),
    "workspace:list_news": (GET, STAFF),
    "workspace:bulk": (POST, STAFF),
    "workspace:undo_bulk": (POST, STAFF),
    "workspace:bulk_macros": (GET, STAFF),
    "workspace:bulk_run": (GET, AUTHOR),
    "workspace:steer_bulk": (POST, AUTHOR),
    "workspace:views": (GET, STAFF),
    "workspace:new_view": (GET, STAFF),
    "workspace:view": (GET, AUTHOR),
    "workspace:remove_view": (POST, AUTHOR),
    "workspace:place_view": (POST, AUTHOR),
    "workspace:layout": (POST, STAFF),
    "workspace:new": (GET, STAFF),
    "workspace:state": (POST, STAFF),
    "workspace:panes": (POST, STAFF),
    "workspace:palette": (GET, STAFF),
    "workspace:search": (GET, STAFF),
    "workspace:live": (GET, STAFF),
    "workspace:ticket": (GET, TEAM),
    "workspace:earlier": (GET, TEAM),
    "workspace:promise_reasons": (GET, TEAM),
    "workspace:fields": (GET, TEAM),
    "workspace:field_file": (GET, set()),  # there is none on the ticket
    "workspace:status": (POST, TEAM),
    "workspace:people": (GET, TEAM),
    "workspace:assignee": (POST, TEAM),
    "workspace:team": (POST, TEAM),
    "workspace:priority": (POST, TEAM),
    "workspace:type": (POST, TEAM),
    "workspace:tags": (POST, TEAM),
    "workspace:subject": (POST, TEAM),
    "workspace:following": (POST, TEAM),
    "workspace:write": (POST, TEAM),
    "workspace:draft": (POST, TEAM),
    "workspace:files": (POST, TEAM),
    "workspace:remove_file": (POST, AUTHOR),
    "workspace:call_back": (POST, TEAM),
    "workspace:print": (GET, TEAM),
    "workspace:pdf": (GET, TEAM),
    "workspace:snooze": (POST, TEAM),
    "workspace:tasks": (GET, STAFF),
    "workspace:checklist": (GET, TEAM),
    "workspace:beside": (GET, TEAM),
    "workspace:costs": (GET, TEAM),
    "workspace:time": (POST, TEAM),
    "workspace:time_removal": (POST, TEAM),
    "workspace:verdict": (POST, set()),  # none is named
    "workspace:ticket_order": (POST, TEAM),
    "workspace:checklist_item": (GET, TEAM),
    "workspace:tick": (POST, TEAM),
    "workspace:macros_for": (GET, TEAM),
    "workspace:macro_on": (GET, TEAM),
    "workspace:mentions": (GET, TEAM),
    "workspace:macros": (GET, STAFF),
    "workspace:new_macro": (GET, STAFF),
    "workspace:macro": (GET, LEADS),
    "workspace:remove_macro": (POST, LEADS),
    "workspace:ask": (GET, TEAM),
    "workspace:merge": (POST, TEAM),
    "workspace:undo_merge": (POST, TEAM),
    "workspace:split": (POST, TEAM),
    "workspace:links": (POST, TEAM),
    "workspace:requester": (POST, TEAM),
    "workspace:copies": (POST, TEAM),
    "workspace:forward": (POST, TEAM),
    "workspace:thread": (GET, TEAM),
    "workspace:message_menu": (GET, TEAM),
    "workspace:whole": (GET, TEAM),
    "workspace:resend": (POST, TEAM),
    "workspace:pictures": (POST, TEAM),
    "workspace:picture": (GET, set()),  # nobody asked for it
    "workspace:redact": (POST, LEADS),
    "workspace:file": (GET, TEAM),
    "workspace:settled": (GET, TEAM),
    "workspace:refusal": (GET, TEAM),
    "workspace:consent": (GET, TEAM),
    "workspace:complaint": (GET, TEAM),
    "workspace:decision": (GET, set()),  # it is no complaint
    "workspace:level": (GET, set()),
    "workspace:concerned": (GET, set()),
    "workspace:complaints": (GET, {"manager", "administrator"}),
    "workspace:grades": (GET, STAFF),
    "workspace:grade_terms": (GET, ADMINISTRATORS),
    "workspace:team_grade_terms": (GET, ADMINISTRATORS),
    "workspace:drop_grade_terms": (POST, ADMINISTRATORS),
    "workspace:complaint_levels": (GET, ADMINISTRATORS),
    "workspace:new_complaint_level": (GET, ADMINISTRATORS),
    "workspace:complaint_level": (GET, ADMINISTRATORS),
    "workspace:retire_complaint_level": (POST, ADMINISTRATORS),
    "workspace:refusals": (GET, {"manager", "administrator"}),
    "workspace:junk": (POST, TEAM),
    "workspace:not_junk": (POST, TEAM),
    "workspace:admin": (GET, LEADS),
    "workspace:failures": (GET, LEADS),
    "workspace:mend": (POST, LEADS),
    "workspace:held_mail": (GET, LEADS),
    "workspace:settle_mail": (POST, LEADS),
    "workspace:held_sms": (GET, LEADS),
    "workspace:settle_sms": (POST, LEADS),
    "workspace:sms_numbers": (GET, ADMINISTRATORS),
    "workspace:new_sms_number": (GET, ADMINISTRATORS),
    "workspace:sms_number": (GET, ADMINISTRATORS),
    "workspace:check_sms_number": (GET, ADMINISTRATORS),
    "workspace:switch_sms_number": (POST, ADMINISTRATORS),
    "workspace:remove_sms_number": (POST, ADMINISTRATORS),
    "sms_in": (POST, set()),  # nobody but the provider can sign
    "sms_status": (POST, set()),
    "workspace:calls": (GET, STAFF),
    "workspace:calls_now": (GET, STAFF),
    "workspace:call_figures": (GET, STAFF),
    "workspace:call": (GET, TEAM),
    "workspace:call_ticket": (POST, TEAM),
    "workspace:call_contact": (POST, TEAM),
    "workspace:contact_calls": (GET, STAFF),
    "workspace:telephone": (GET, ADMINISTRATORS),
    "workspace:new_phone_line": (GET, ADMINISTRATORS),
    "workspace:phone_line": (GET, ADMINISTRATORS),
    "workspace:remove_phone_line": (POST, ADMINISTRATORS),
    "workspace:add_phone_system": (POST, ADMINISTRATORS),
    "workspace:renew_phone_system": (POST, ADMINISTRATORS),
    "workspace:remove_phone_system": (POST, ADMINISTRATORS),
    "workspace:extensions": (GET, ADMINISTRATORS),
    "call_hook": (POST, set()),  # nobody but the telephone system knows the address
    "workspace:aside": (GET, LEADS),
    "workspace:wanted": (POST, LEADS),
    "workspace:drop_mail": (POST, LEADS),
    "workspace:raw_mail": (GET, LEADS),
    "workspace:blocked": (GET, LEADS),
    "workspace:unblock": (POST, LEADS),
    "workspace:accounts": (GET, ADMINISTRATORS),
    "workspace:new_account": (GET, ADMINISTRATORS),
    "workspace:account": (GET, ADMINISTRATORS),
    "workspace:remove_account": (POST, ADMINISTRATORS),
    "workspace:check_account": (GET, ADMINISTRATORS),
    "workspace:check_account_part": (GET, ADMINISTRATORS),
    "workspace:switch_account": (POST, ADMINISTRATORS),
    "workspace:teams": (GET, ADMINISTRATORS),
    "workspace:new_team": (GET, ADMINISTRATORS),
    "workspace:team_settings": (GET, ADMINISTRATORS),
    "workspace:add_member": (POST, ADMINISTRATORS),
    "workspace:remove_member": (POST, ADMINISTRATORS),
    "workspace:agents": (GET, ADMINISTRATORS),
    "workspace:new_agent": (GET, ADMINISTRATORS),
    "workspace:agent": (GET, ADMINISTRATORS),
    "workspace:agent_leaving": (POST, ADMINISTRATORS),
    "workspace:invitation": (POST, ADMINISTRATORS),
    "workspace:welcome": (GET, EVERYBODY),
    "workspace:member_role": (POST, ADMINISTRATORS),
    "workspace:my_tokens": (GET, STAFF),
    "workspace:new_token": (GET, STAFF),
    "workspace:revoke_token": (POST, {"agent", "administrator"}),
    "workspace:tokens": (GET, ADMINISTRATORS),
    "workspace:new_integration": (GET, ADMINISTRATORS),
    "workspace:new_integration_token": (GET, ADMINISTRATORS),
    "oauth_token": (POST, EVERYBODY),
    "workspace:synonyms": (GET, ADMINISTRATORS),
    "workspace:new_synonyms": (GET, ADMINISTRATORS),
    "workspace:synonyms_of": (GET, ADMINISTRATORS),
    "workspace:remove_synonyms": (POST, ADMINISTRATORS),
    "workspace:tags_settings": (GET, ADMINISTRATORS),
    "workspace:tag": (GET, ADMINISTRATORS),
    "workspace:remove_tag": (POST, ADMINISTRATORS),
    "workspace:texts": (GET, ADMINISTRATORS),
    "workspace:text": (GET, ADMINISTRATORS),
    "workspace:default_text": (POST, ADMINISTRATORS),
    "workspace:templates": (GET, ADMINISTRATORS),
    "workspace:new_template": (GET, ADMINISTRATORS),
    "workspace:template": (GET, ADMINISTRATORS),
    "workspace:template_back": (POST, ADMINISTRATORS),
    "workspace:remove_template": (POST, ADMINISTRATORS),
    "workspace:imports": (GET, ADMINISTRATORS),
    "workspace:import": (GET, ADMINISTRATORS),
    "workspace:start_import": (POST, ADMINISTRATORS),
    "workspace:stop_import": (POST, ADMINISTRATORS),
    "workspace:first": (GET, set()),  # somebody administers this desk
    "workspace:start": (GET, ADMINISTRATORS),
    "workspace:try_mail": (POST, ADMINISTRATORS),
    "workspace:roles": (GET, ADMINISTRATORS),
    "workspace:new_role": (GET, ADMINISTRATORS),
    "workspace:role": (GET, ADMINISTRATORS),
    "workspace:remove_role": (POST, ADMINISTRATORS),
    "workspace:rules": (GET, LEADS),
    "workspace:new_rule": (GET, LEADS),
    "workspace:check_rule": (GET, LEADS),
    "workspace:rule": (GET, ADMINISTRATORS),
    "workspace:rule_versions": (GET, ADMINISTRATORS),
    "workspace:rule_act": (POST, ADMINISTRATORS),
    "workspace:rule_back": (POST, ADMINISTRATORS),
    "workspace:rule_text": (GET, ADMINISTRATORS),
    "workspace:rules_download": (GET, ADMINISTRATORS),
    "workspace:try_rule": (GET, ADMINISTRATORS),
    "workspace:rule_gallery": (GET, ADMINISTRATORS),
    "workspace:take_rule": (POST, ADMINISTRATORS),
    "workspace:why": (GET, TEAM),
    "workspace:webhooks": (GET, ADMINISTRATORS),
    "workspace:new_webhook": (GET, ADMINISTRATORS),
    "workspace:webhook": (GET, ADMINISTRATORS),
    "workspace:webhook_calls": (GET, ADMINISTRATORS),
    "workspace:webhook_act": (POST, ADMINISTRATORS),
    "workspace:webhook_call": (GET, ADMINISTRATORS),
    "workspace:sign_in_rules": (GET, ADMINISTRATORS),
    "workspace:login": (GET, ADMINISTRATORS),
    "workspace:end_sessions": (POST, ADMINISTRATORS),
    "workspace:reset_factors": (POST, ADMINISTRATORS),
    "workspace:providers": (GET, ADMINISTRATORS),
    "workspace:new_provider": (GET, ADMINISTRATORS),
    "workspace:new_saml_provider": (GET, ADMINISTRATORS),
    "workspace:provider": (GET, ADMINISTRATORS),
    "workspace:remove_provider": (POST, ADMINISTRATORS),
    "workspace:audit": (GET, ADMINISTRATORS),
    "workspace:audit_csv": (GET, ADMINISTRATORS),
    "workspace:policies": (GET, ADMINISTRATORS),
    "workspace:new_policy": (GET, ADMINISTRATORS),
    "workspace:policy": (GET, ADMINISTRATORS),
    "workspace:retire_policy": (POST, ADMINISTRATORS),
    "workspace:calendars": (GET, ADMINISTRATORS),
    "workspace:new_calendar": (GET, ADMINISTRATORS),
    "workspace:channel_hours": (GET, ADMINISTRATORS),
    "workspace:calendar": (GET, ADMINISTRATORS),
    "workspace:ticket_fields": (GET, ADMINISTRATORS),
    "workspace:new_ticket_field": (GET, ADMINISTRATORS),
    "workspace:ticket_field": (GET, ADMINISTRATORS),
    "workspace:move_ticket_field": (POST, ADMINISTRATORS),
    "workspace:retire_ticket_field": (POST, ADMINISTRATORS),
    "workspace:request_forms": (GET, ADMINISTRATORS),
    "workspace:new_request_form": (GET, ADMINISTRATORS),
    "workspace:request_form": (GET, ADMINISTRATORS),
    "workspace:ask_fields": (POST, ADMINISTRATORS),
    "workspace:move_request_form": (POST, ADMINISTRATORS),
    "workspace:retire_request_form": (POST, ADMINISTRATORS),
    "workspace:erasure_requests": (GET, ADMINISTRATORS),
    "workspace:erase_by_address": (GET, ADMINISTRATORS),
    "workspace:erase_on_request": (POST, ADMINISTRATORS),
    "workspace:decline_erasure": (POST, ADMINISTRATORS),
    "workspace:brands": (GET, ADMINISTRATORS),
    "workspace:new_brand": (GET, ADMINISTRATORS),
    "workspace:brand": (GET, ADMINISTRATORS),
    "workspace:preview_brand": (POST, ADMINISTRATORS),
    "workspace:publish_brand": (POST, ADMINISTRATORS),
    "workspace:remove_brand": (POST, ADMINISTRATORS),
    "workspace:end_preview": (POST, STAFF),
    "workspace:erasure": (GET, ADMINISTRATORS),
    "workspace:hand_out": (POST, ADMINISTRATORS),
    "workspace:retention": (GET, ADMINISTRATORS),
    "workspace:new_retention_rule": (GET, ADMINISTRATORS),
    "workspace:retention_rule": (GET, ADMINISTRATORS),
    "workspace:remove_retention_rule": (POST, ADMINISTRATORS),
    "workspace:place_hold": (POST, ADMINISTRATORS),
    "workspace:lift_hold": (POST, ADMINISTRATORS),
    "workspace:settings_file": (GET, ADMINISTRATORS),
    "workspace:settings_download": (GET, ADMINISTRATORS),
    "workspace:contacts": (GET, STAFF),
    "workspace:missed": (GET, STAFF),
    "workspace:reports": (GET, STAFF),
    "workspace:today": (GET, STAFF),
    "workspace:around": (GET, STAFF),
    "workspace:forecast": (GET, STAFF),
    "workspace:begin": (GET, STAFF),
    "workspace:notices": (GET, STAFF),
    "workspace:bell": (GET, STAFF),
    "workspace:preferences": (GET, STAFF),
    "workspace:push": (POST, STAFF),
    "workspace:push_worker": (GET, STAFF),
    "workspace:schedules": (POST, STAFF),
    "workspace:duplicates": (GET, STAFF),
    "workspace:charter": (GET, MANAGERS),
    "workspace:begin_charter": (POST, MANAGERS),
    "workspace:charter_texts": (GET, MANAGERS),
    "workspace:compare_charter": (GET, MANAGERS),
    "workspace:preview_charter": (GET, MANAGERS),
    "workspace:approve_charter": (POST, MANAGERS),
    "workspace:publish_charter": (POST, MANAGERS),
    "workspace:discard_charter": (POST, MANAGERS),
    "workspace:new_charter_part": (GET, MANAGERS),
    "workspace:charter_part": (GET, MANAGERS),
    "workspace:drop_charter_part": (POST, MANAGERS),
    "workspace:move_charter_part": (POST, MANAGERS),
    "workspace:charter_figures": (GET, STAFF),
    "workspace:charter_objective": (GET, STAFF),
    "workspace:remedies": (GET, MANAGERS),
    "workspace:approve_remedy": (POST, MANAGERS),
    "workspace:refuse_remedy": (POST, MANAGERS),
    "workspace:exclusions": (GET, MANAGERS),
    "workspace:withdraw_exclusion": (POST, MANAGERS),
    "workspace:contact": (GET, STAFF),
    "workspace:contact_bought": (GET, STAFF),
    "workspace:organisation_bought": (GET, STAFF),
    "workspace:contracts": (GET, STAFF),
    "workspace:contract": (GET, STAFF),
    "workspace:new_contract": (GET, LEADS),
    "workspace:end_contract": (POST, LEADS),
    "workspace:orders": (GET, STAFF),
    "workspace:order": (GET, STAFF),
    "workspace:offers": (GET, ADMINISTRATORS),
    **{f"workspace:{name}": (GET, ADMINISTRATORS) for name in ("reminder_steps", "new_reminder_step", "reminder_step")},
    "workspace:reminder_step_removal": (POST, ADMINISTRATORS),
    "workspace:new_offer": (GET, ADMINISTRATORS),
    "workspace:offer": (GET, ADMINISTRATORS),
    "workspace:reasons": (GET, ADMINISTRATORS),
    "workspace:new_reason": (GET, ADMINISTRATORS),
    "workspace:reason": (GET, ADMINISTRATORS),
    "workspace:reason_removal": (POST, ADMINISTRATORS),
    "workspace:tiers": (GET, ADMINISTRATORS),
    "workspace:new_tier": (GET, ADMINISTRATORS),
    "workspace:tier": (GET, ADMINISTRATORS),
    "workspace:tier_removal": (POST, ADMINISTRATORS),
    "workspace:order_sources": (GET, ADMINISTRATORS),
    "workspace:new_order_source": (GET, ADMINISTRATORS),
    "workspace:order_source": (GET, ADMINISTRATORS),
    "workspace:order_list": (GET, ADMINISTRATORS),
    "order_hook": (POST, set()),  # nobody but a shop, by its signature
    "workspace:edit_contact": (GET, STAFF),
    "workspace:alike": (GET, STAFF),
    "workspace:contact_notes": (POST, STAFF),
    "workspace:identities": (POST, STAFF),
    "workspace:contact_merging": (POST, STAFF),
    "workspace:split_contact": (GET, STAFF),
    "workspace:new_contact": (GET, STAFF),
    "workspace:organisations": (GET, STAFF),
    "workspace:new_organisation": (GET, STAFF),
    "workspace:organisation": (GET, STAFF),
    "workspace:edit_organisation": (GET, STAFF),
    "workspace:organisation_notes": (POST, STAFF),
    "workspace:organisation_members": (POST, STAFF),
    "workspace:organisation_duplicates": (GET, STAFF),
    "workspace:organisations_alike": (GET, STAFF),
    "workspace:organisation_merging": (POST, STAFF),
    **{
        f"workspace:{name}": (GET, MANAGERS)
        for name in (
            "announcements new_announcement announcement preview_announcement status_keeping new_component component "
            "new_incident incident correct_incident"
        ).split()
    },
    "workspace:count_audience": (POST, MANAGERS),
    "workspace:act_on_announcement": (POST, MANAGERS),
    "workspace:money": (GET, STAFF),
    "workspace:invoice": (GET, STAFF),
    "workspace:invoice_pdf": (GET, STAFF),
    "workspace:invoice_xml": (GET, STAFF),
    "workspace:money_account": (GET, STAFF),
    "workspace:contact_money": (GET, STAFF),
    "workspace:organisation_money": (GET, STAFF),
    **{
        f"workspace:{what}": (POST, LEADS)
        for what in (
            "credit_invoice",
            "settle_dispute",
            "pause_reminders",
            "mail_invoice",
            "begin_invoice",
            "invoice_lines",
            "invoice_details",
            "issue_invoice",
            "discard_invoice",
            "record_payment",
            "give_credit",
            "ask_refund",
            "bill_to",
            "counter_payment",
            "revoke_credit",
            "decide_refund",
            "refund_paid",
        )
    },
    "workspace:refunds": (GET, LEADS),
    "workspace:bank": (GET, LEADS),
    "workspace:ledger": (GET, MANAGERS),
    "workspace:ledger_csv": (GET, MANAGERS),
    "workspace:money_settings": (GET, ADMINISTRATORS),
    "workspace:card_settings": (POST, ADMINISTRATORS),
    "stripe_hook": (POST, set()),  # nobody but Stripe can sign
    "workspace:new_tax": (GET, ADMINISTRATORS),
    "workspace:tax": (GET, ADMINISTRATORS),
    "workspace:person_fields": (GET, ADMINISTRATORS),
    "workspace:new_person_field": (GET, ADMINISTRATORS),
    "workspace:person_field": (GET, ADMINISTRATORS),
    "workspace:retire_person_field": (POST, ADMINISTRATORS),
}


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Every address by its full name."""

    def walk(patterns: list[Any], space: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver) and pattern.namespace == "api":
                continue  # every operation and every field of it: tests/api/test_access.py
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
            else:
                yield f"{space}{pattern.name}", pattern

    yield from walk(get_resolver().url_patterns, "")


class World:
    """One ticket of Mia's with the team Leaks, and everybody who might want to see it."""

    def __init__(self) -> None:
        self.team, other = make_team("Leaks"), make_team("Far away")
        self.mia = make_contact("Mia", login=True)
        self.mia.organisation, self.mia.may_see_organisation = Organisation.objects.create(name="Mill"), True
        self.mia.save()
        self.agent = make_agent("Ada", teams=(self.team,))
        self.people: dict[str, Contact | Agent | None] = {
            "anonymous": None,
            "customer": self.mia,
            "other customer": make_contact("Omar", login=True),
            "other team": make_agent("Otto", teams=(other,)),
            "agent": self.agent,
            "lead": make_agent("Lea", teams=(self.team,), role=Agent.LEAD),
            "manager": make_agent("Max", role=Agent.MANAGER),
            "administrator": make_agent("Amy", role=Agent.ADMINISTRATOR),
        }
        self._browsers: dict[str, tuple[Client, SimpleCookie]] = {}
        self.ticket = make_ticket(team=self.team, contact=self.mia)
        picture = IncomingFile(filename="a.png", stream=BytesIO(PICTURE))
        self.message = receive_message(
            self.ticket, Incoming(contact=self.mia, text="See", files=[picture]), by="system"
        )
        self.answer = send_message(self.ticket, by=self.agent, agent=self.agent, html="<p>Yes</p>")
        draft = save_draft(self.ticket, agent=self.agent, kind="reply", body_html="<p>x</p>")
        self.draft_file = attach_to_draft(draft, IncomingFile(filename="d.txt", stream=BytesIO(b"draft")))
        self.arguments = self._arguments()

    def _arguments(self) -> dict[str, dict[str, Any]]:
        """What the addresses name: the objects above, by the name of the route or of its parameter."""
        merged = make_ticket(team=self.team, contact=self.mia)
        kept = save_rule(None, by="system", subject="tickets", action="delete", days=9, types=[], is_active=False)
        merge: Merge = merge_ticket(merged, into=self.ticket, by=self.agent)
        mail = accept_mail(b"Subject: x\r\n\r\nx", source="smtp")
        assert mail is not None
        mail.state = RawMail.JUNK
        mail.save()
        outgoing = queue_mail(
            header="x@y", sender="a@b.example", recipients=["c@d.example"], raw=b"x", team_id=self.team.pk
        )
        assert outgoing is not None
        outgoing.state = Outgoing.IN_DOUBT
        outgoing.save()
        account = MailAccount.objects.create(name="Leaks", address="l@desk.example", team=self.team)
        sms_number = make_number(self.team)
        line = make_line(self.team)
        call = report("walk", "ringing", now())
        system = save_system(PhoneSystem(), by="system", fields={"name": "Switchboard"})
        text = SmsOut.objects.create(once="x", number=sms_number, to="+491", text="x", state=SmsOut.HELD)
        parked = Delivery.objects.create(
            event_id=1, subject=self.ticket.key, handler="x", state=Delivery.PARKED, next_try_at=now()
        )
        asked = forward_ticket(
            self.ticket, by=self.agent, agent=self.agent, address="lab@lab.example", html="<p>Iron?</p>"
        )
        meter = define_field(
            None, by="system", code="mill_meter", kind="text", labels={"en": "Meter"}, is_public=True, is_editable=True
        )
        view = save_view(None, by=self.agent, owner=self.agent, name="Mine", filter={})
        run = BulkRun.objects.create(agent=self.agent, what="tag", value="x")
        kind = define_request_form(None, by="system", code="mill_leak", names={"en": "A leak"}, team=self.team)
        level = define_level(None, by="system", names={"en": "Office"}, team=self.team)
        set_grade_terms(self.team, by="system", close_after=5, remind_after=[2])
        policy = create_policy(by="system", name="All", first_reply=timedelta(hours=1))
        said = {"when": ["ticket.tagged"], "then": [{"operation": "tickets.release"}]}
        sorting = save_draft_rule(name="Sorting", body=said, by="system")
        webhook = create_webhook(name="Plant", url="https://plant.example/hooks", by="system")
        file = Attachment.objects.get(message=self.message)
        role = Role.objects.create(name="Reader", permissions=[READ_TICKETS])
        tag = Tag.objects.create(name="mill leak")
        alike = define_synonyms(None, language="en", words=["bill", "invoice"], by="system")
        people = send_list(kind="organisations", filename="x.csv", raw=b"name\nMill", agent=self.agent, invites=False)
        OwnText.objects.create(name="solution", language="en", subject="x", text="x", team=self.team)
        outage = save_template(None, by="system", name="Outage", texts={"en": {"subject": "x", "html": "<p>x</p>"}})
        token, _secret = make_token(self.agent.login, by=self.agent, name="x", scopes=["tickets:read"])
        integration = add_integration(name="Billing", role=Agent.AGENT, teams=[], by=self.agent)
        item = add_item(self.ticket, by=self.agent, text="Call the plumber")
        macro = Macro()
        save_macro(macro, by="system", name="Flushed", team=self.team, texts={"en": "<p>Flushed.</p>"})
        mill = add_organisation(by="system", name="Mill")
        own_field = add_person_field(by="system", of="contact", name="Meter", kind="text")
        blocked: BlockedSender = block_sender("x@y.example", by="system")
        look = Look(name="River", accent="#0a5c72")
        brand = add_brand(by="system", host="river.example", look=look, origins=["https://shop.example"])
        publish_brand(brand, by="system")
        wish = ask_erasure(self.mia, by=self.mia)
        logo = add_picture(brand, kind="logo", content=PICTURE)
        self.bought = bought = pay_for_something(self.mia)
        identity_provider = IdentityProvider.objects.create(name="Works", slug="works", issuer="https://id.example")
        return {
            "": {"score": 4, "number": self.ticket.number, "token": status_token(self.ticket), "code": "mine"},
            "message_id": {"message_id": self.message.pk},
            "workspace:call_back": {"pk": self.answer.pk},
            "workspace:remove_file": {"pk": self.draft_file.pk},
            "workspace:undo_merge": {"pk": merge.pk},
            **{f"workspace:{what}": {"pk": item.pk} for what in ("checklist_item", "tick")},
            "workspace:macro_on": {"pk": macro.pk},
            "workspace:macro": {"pk": macro.pk},
            "workspace:remove_macro": {"pk": macro.pk},
            "workspace:message_menu": {"pk": self.message.pk},
            "workspace:whole": {"pk": self.message.pk},
            "workspace:thread": {"pk": asked.side_thread_id},
            "workspace:resend": {"pk": self.message.pk},
            "workspace:pictures": {"pk": self.message.pk},
            "workspace:picture": {"pk": self.message.pk, "number": 0},
            "workspace:redact": {"pk": self.message.pk},
            "workspace:field_file": {"pk": 0},
            "portal:detail_file": {"pk": 0},
            "portal:detail_file_by_link": {"pk": 0},
            "portal:new_by_form": {"code": kind.code},
            **{f"workspace:{what}ticket_field": {"pk": meter.pk} for what in ("", "move_", "retire_")},
            **{f"workspace:{what}request_form": {"pk": kind.pk} for what in ("", "move_", "retire_")},
            "workspace:ask_fields": {"pk": kind.pk},
            "workspace:bulk_run": {"pk": run.pk},
            "workspace:steer_bulk": {"pk": run.pk},
            **{f"workspace:{what}view": {"pk": view.pk} for what in ("", "remove_", "place_")},
            "workspace:file": {"pk": file.pk},
            "portal:file": {"pk": file.pk},
            "portal:drop_address": {"pk": self.mia.identities.get().pk},
            "portal:prove_address": {"proof": address_proof(self.mia, "mia@work.example")},
            "portal:prove_registration": {"proof": registration_proof(Registration("m@x.example", "M", "en"))},
            "portal:receipt": {"receipt": wish.receipt},
            "portal:embed_script": {"pk": brand.pk},
            "portal:embedded": {"pk": brand.pk},
            "workspace:erase_on_request": {"pk": wish.pk},
            "workspace:decline_erasure": {"pk": wish.pk},
            "workspace:brand": {"pk": brand.pk},
            "workspace:preview_brand": {"pk": brand.pk},
            "workspace:publish_brand": {"pk": brand.pk},
            "workspace:remove_brand": {"pk": brand.pk},
            "portal:brand_style": {"pk": brand.pk, "digest": digest_of(style_sheet(look))},
            "portal:brand_picture": {"pk": logo.pk, "digest": logo.sha256[:12]},
            "portal:file_by_link": {"pk": file.pk},
            "workspace:settle_mail": {"pk": outgoing.pk},
            "workspace:settle_sms": {"pk": text.pk},
            **{name: {"pk": sms_number.pk} for name in OF_SMS_NUMBER},
            **{f"workspace:{name}": {"pk": call.pk} for name in ("call", "call_ticket", "call_contact")},
            **{f"workspace:{name}": {"pk": line.pk} for name in ("phone_line", "remove_phone_line")},
            **{f"workspace:{name}": {"pk": system.pk} for name in ("renew_phone_system", "remove_phone_system")},
            "call_hook": {"pk": system.pk, "secret": "not-it"},
            **{f"workspace:{name}": {"pk": mail.pk} for name in ("wanted", "drop_mail")},
            "workspace:raw_mail": {"pk": mail.pk},
            "workspace:unblock": {"pk": blocked.pk},
            "workspace:account": {"pk": account.pk},
            "workspace:remove_account": {"pk": account.pk},
            "workspace:check_account": {"pk": account.pk},
            "workspace:check_account_part": {"pk": account.pk, "part": "way-out"},
            "workspace:switch_account": {"pk": account.pk},
            "workspace:team_settings": {"pk": self.team.pk},
            "workspace:add_member": {"pk": self.team.pk},
            "workspace:remove_member": {"pk": self.team.pk, "agent_id": self.agent.pk},
            "workspace:agent": {"pk": self.agent.pk},
            "workspace:agent_leaving": {"pk": self.agent.pk},
            "workspace:invitation": {"pk": self.agent.pk},
            "workspace:member_role": {"pk": self.team.pk, "agent_id": self.agent.pk},
            "workspace:revoke_token": {"pk": token.pk},
            "workspace:new_integration_token": {"pk": integration.pk},
            **{f"workspace:{name}": {"pk": alike.pk} for name in ("synonyms_of", "remove_synonyms")},
            "workspace:tag": {"pk": tag.pk},
            "workspace:remove_tag": {"pk": tag.pk},
            "workspace:text": {"name": "solution", "language": "en"},
            **{f"workspace:{what}template": {"pk": outage.template_id} for what in ("", "remove_")},
            "workspace:template_back": {"pk": outage.template_id, "number": 1},
            "workspace:default_text": {"name": "solution", "language": "en"},
            **{f"workspace:{what}import": {"pk": people.pk} for what in ("", "start_", "stop_")},
            "workspace:role": {"pk": role.pk},
            "workspace:remove_role": {"pk": role.pk},
            "workspace:login": {"pk": self.agent.login_id},
            "workspace:end_sessions": {"pk": self.agent.login_id},
            "workspace:reset_factors": {"pk": self.agent.login_id},
            "workspace:complaint_level": {"pk": level.pk},
            "workspace:retire_complaint_level": {"pk": level.pk},
            "workspace:team_grade_terms": {"pk": self.team.pk},
            "workspace:drop_grade_terms": {"pk": self.team.pk},
            **self._bought(),
            "workspace:policy": {"pk": policy.policy_id},
            "workspace:retire_policy": {"pk": policy.policy_id},
            **{f"workspace:{what}": {"pk": sorting.rule_id} for what in OF_RULE},
            "workspace:rule_back": {"pk": sorting.rule_id, "number": 1},
            "workspace:take_rule": {"code": "words"},
            "workspace:webhook": {"pk": webhook.pk},
            "workspace:webhook_calls": {"pk": webhook.pk},
            "workspace:webhook_act": {"pk": webhook.pk},
            "workspace:webhook_call": {"pk": send_test(webhook, by="system").pk},
            "workspace:calendar": {"pk": self.team.calendar_id},
            "workspace:erasure": {"pk": self.mia.pk},
            "workspace:hand_out": {"pk": self.mia.pk},
            "workspace:retention_rule": {"pk": kept.pk},
            "workspace:remove_retention_rule": {"pk": kept.pk},
            "workspace:lift_hold": {"pk": place_hold(merged, reason="Court", by="system").pk},
            **{f"workspace:{name}": {"pk": self.mia.pk} for name in OF_CONTACT},
            **{f"workspace:{name}": {"pk": mill.pk} for name in OF_ORGANISATION},
            **{f"workspace:{name}": {"pk": bought[of].pk} for of, names in OF_MONEY.items() for name in names},
            **{f"portal:{name}": {"pk": bought["invoice"].pk} for name in OF_MY_INVOICE},
            "workspace:contact_money": {"pk": self.mia.pk},
            "workspace:organisation_money": {"pk": mill.pk},
            "workspace:person_field": {"pk": own_field.pk},
            "workspace:retire_person_field": {"pk": own_field.pk},
            **self._promised(),
            **self._written(),
            **self._talked(),
            **self._commented(),
            **self._announced(),
            "workspace:ask": {"what": "merge"},
            "workspace:mend": {"kind": "delivery", "pk": parked.pk},
            "mfa_remove_webauthn": {"pk": 1},
            "scim": {"rest": "Users"},
            "openid_connect_login": {"provider_id": "nobody"},
            "openid_connect_callback": {"provider_id": "nobody"},
            **{f"saml_{name}": {"organization_slug": "nobody"} for name in ("login", "acs", "finish", "metadata")},
            "workspace:provider": {"pk": identity_provider.pk},
            "workspace:remove_provider": {"pk": identity_provider.pk},
            "mfa_edit_webauthn": {"pk": 1},
            "account_confirm_email": {"key": "a:b"},
            "account_reset_password_from_key": {"uidb36": "1", "key": "a-b"},
        }

    def _bought(self) -> dict[str, dict[str, Any]]:
        """What Mia bought, and what bears on what she pays, by the addresses about it."""
        contract = make_contract(self.mia)
        order = make_order(self.mia, ordered_at=now())
        tier = save_tier(None, by="system", name="Millers", orders=93)
        reason = make_reason(Reason.CONTRACT, 10)
        step = save_reminder_step(None, by="system", days=7, words={})
        spent = add_time(work_on(self.ticket), agent=self.agent, minutes=5, kind=TimeEntry.COURTESY, by="system")
        return {
            "workspace:time_removal": {"pk": spent.pk},
            **{f"workspace:{name}": {"pk": contract.pk} for name in ("contract", "end_contract")},
            "workspace:offer": {"pk": contract.offer_id},
            "workspace:order": {"pk": order.pk},
            **{f"workspace:{name}": {"pk": order.source_id} for name in ("order_source", "order_list")},
            **{f"workspace:{name}": {"pk": reason.pk} for name in ("reason", "reason_removal")},
            **{f"workspace:{name}": {"pk": tier.pk} for name in ("tier", "tier_removal")},
            **{f"workspace:reminder_step{what}": {"pk": step.pk} for what in ("", "_removal")},
            "order_hook": {"slug": "shop"},
        }

    def _promised(self) -> dict[str, dict[str, Any]]:
        """A charter in force, the next as a draft, a remedy that waits, and what did not count."""
        objective = answer_within(4)
        charter = publish_for_test(Charter(title={"en": "Charter"}, objectives=[objective], remedies=[credit("5")]))
        begin_draft(by="agent:0")
        owed = OwedRemedy.objects.create(
            case=broken_case(self.ticket, charter), ticket=self.ticket, contact=self.mia, code="credit", kind="credit",
            amount=5, currency="EUR", needs=1,
        )  # fmt: skip
        flood = declare_exclusion(
            by="agent:0", begins_at=now() - timedelta(days=9), ends_at=now() - timedelta(days=8), reason={"en": "Flood"}
        )
        a_part = {"part": "objectives", "code": objective.code}
        return {
            **{f"workspace:{name}": a_part for name in OF_CHARTER},
            **{f"portal:{name}": {"code": objective.code} for name in ("charter_badge", "charter_badge_png")},
            "portal:charter_version": {"number": charter.number},
            "workspace:charter_objective": {"code": objective.code},
            "workspace:approve_remedy": {"pk": owed.pk},
            "workspace:refuse_remedy": {"pk": owed.pk},
            "workspace:withdraw_exclusion": {"pk": flood.pk},
        }

    def _written(self) -> dict[str, dict[str, Any]]:
        """An article that everybody reads, and the file of one that nobody does yet."""
        text, draft = make_text("Your meter"), make_text("Not yet", is_live=False)
        picture = add_file(draft.article, filename="a.png", stream=BytesIO(PICTURE), is_inline=True)
        wrong = open_correction(text, reason="It is blue.", by=self.agent)
        solution = make_text("Brown water", kind=Article.SOLUTION)
        return {
            **{f"portal:{name}": {"language": "en", "slug": text.slug} for name in OF_READING},
            "portal:help_category": {"slug": text.article.category.slug},
            "portal:help_file": {"pk": picture.pk},
            **{f"workspace:{name}": {"pk": text.pk, "file": picture.pk, "number": 1} for name in OF_ARTICLE},
            **{f"workspace:{name}": {"pk": text.article.category_id} for name in OF_CATEGORY},
            **{f"workspace:{name}_correction": {"pk": wrong.pk} for name in ("end", "hand")},
            "workspace:give_article": {"pk": text.pk},
            **{f"workspace:{name}": {"pk": solution.pk} for name in OF_SOLUTION},
            "workspace:misled": {"pk": wrong.pk},
            **self._of_many(),
        }

    def _of_many(self) -> dict[str, dict[str, Any]]:
        """What many wrote of, and an answer that goes to one of them."""
        surge = Surge.objects.create(team=self.team, words=["no water"])
        SurgeTicket.objects.create(surge=surge, ticket=self.ticket)
        mine = Ticket.objects.filter(pk=self.ticket.pk)
        circular = start_circular(
            mine, about=surge.key, texts={"en": "It is back."}, agent=self.agent, by=self.agent, once="walk"
        )
        return {
            **{f"workspace:{name}": {"pk": surge.pk} for name in OF_SURGE},
            **{f"workspace:{name}": {"pk": circular.pk} for name in ("circular", "stop_circular")},
        }

    def _announced(self) -> dict[str, dict[str, Any]]:
        """What Mia was told, what is only drafted, an outage, and somebody who follows it."""
        sent, draft = make_announcement(self.team, asks_receipt=True), make_announcement(self.team)
        told = Recipient.objects.create(announcement=sent, contact=self.mia, language="en", state=Recipient.SHOWN)
        outage = make_incident(components=[make_component()])
        follower = follow_status("mia@home.example", language="en", incident=outage)
        by_link = {"token": recipient_token(told.pk)}
        following = {"token": follower_token(follower.pk)}
        return {
            **{f"portal:{name}": by_link for name in ("announcement_by_link", "confirm_by_link", "unsubscribe")},
            **{f"portal:{name}": following for name in ("following", "unfollow")},
            **{f"portal:{name}": {"pk": told.pk} for name in ("announcement", "confirm_read")},
            **{f"workspace:{name}announcement": {"pk": draft.pk} for name in ("", "preview_", "act_on_")},
            **{f"workspace:{name}incident": {"pk": outage.pk} for name in ("", "correct_")},
            "workspace:component": {"pk": outage.components.get().pk},
        }

    def _talked(self) -> dict[str, dict[str, Any]]:
        """A topic of Mia's, and what a neighbour answered."""
        mia, ben = make_profile("Mia M", contact=self.mia), make_profile("Ben")
        topic = make_topic(author=mia)
        file = NewFile(filename="a.png", stream=BytesIO(PICTURE))
        post = answer_topic(topic, body="<p>Yes</p>", author=ben, by="system", files=[file])
        forum = topic.forum
        wished = propose_forum(Wished(name="Gardens", purpose="Watering"), author=mia, by=self.mia)
        return {
            **{name: {"pk": topic.pk} for name in OF_TOPIC},
            **{name: {"pk": post.pk} for name in OF_ANSWER},
            **{f"portal:{name}_post": {"pk": topic.posts.get(is_first=True).pk} for name in ("edit", "delete")},
            **{f"portal:{name}": {"slug": forum.slug} for name in ("forum", "new_topic", "follow_forum")},
            **{f"workspace:{name}": {"pk": forum.pk} for name in ("forum", "move_forum", "drop_forum")},
            "portal:withdraw_proposal": {"pk": wished.pk},
            **{f"workspace:{name}proposal": {"pk": wished.pk} for name in ("", "decline_")},
            "portal:topic": {"pk": topic.pk, "slug": topic.slug},
            "portal:person": {"pk": ben.pk},
            "portal:post_file": {"pk": post.files.get().pk},
            "portal:leave_topic": {"token": leave_token(topic.follows.all()[0])},
            "workspace:community_person": {"pk": ben.pk},
        }

    def _commented(self) -> dict[str, dict[str, Any]]:
        """What Mia said below an article, of which she hears."""
        text = make_text("Read by all")
        comment = make_comment(text, author=profile_of(viewer_of_contact(self.mia)))
        follow = CommentFollow.objects.get(text=text)
        return {
            **{name: {"pk": comment.pk} for name in OF_COMMENT},
            "workspace:close_article_comments": {"pk": text.article_id},
            "workspace:close_category_comments": {"pk": text.article.category_id},
            "portal:leave_comments": {"token": comments_token(follow)},
        }

    def path(self, name: str, pattern: URLPattern) -> str:
        """The address `name` of the objects above."""
        known = {**self.arguments[""], **self.arguments["message_id"], **self.arguments.get(name, {})}
        return reverse(name, kwargs={key: known[key] for key in pattern.pattern.regex.groupindex})

    def client(self, who: str) -> Client:
        """A browser in which `who` is signed in."""
        client = Client(raise_request_exception=False, REMOTE_ADDR=f"10.0.0.{next(_machines) % 250}")
        person = self.people[who]
        if person is not None:
            assert person.login is not None
            client.force_login(person.login)
        return client

    def browser(self, who: str) -> Client:
        """The same, signed in once for many requests whose changes are undone; as at first each time."""
        if who not in self._browsers:
            client = self.client(who)
            self._browsers[who] = client, client.cookies
        client, cookies = self._browsers[who]
        client.cookies = copy.deepcopy(cookies)
        client.defaults["REMOTE_ADDR"] = f"10.0.0.{next(_machines) % 250}"
        return client


_machines = count(1)


@dataclass(frozen=True)
class Seen:
    """What came of asking for an address."""

    status: int
    headers: Mapping[str, str]

    @property
    def came_in(self) -> bool:
        """Whether the desk let them in: not sent to the door, not forbidden, not told that nothing is there."""
        if self.status in (301, 302, 303):
            return not self.headers["Location"].startswith("/account/login/?next=")
        return self.status not in (401, 403, 404)


def ask(client: Client, method: str, path: str, data: dict[str, Any]) -> Seen:
    """Ask for a page, which must not fail."""
    answer = getattr(client, method)(path, data)
    assert answer.status_code < 500, f"{method} {path} fails: {answer.content[:300]!r}"
    return Seen(answer.status_code, dict(answer.headers))


@cache
def everything_asked() -> Mapping[str, Mapping[str, Seen]]:
    """What came of every address for everybody. Asked once, in the transaction of the first test that looks at it."""
    world = World()
    return {
        name: {who: asked_alone(world, who, WHO[name][0], world.path(name, pattern)) for who in sorted(EVERYBODY)}
        for name, pattern in addresses()
        if name in WHO
    }


def test_every_address_says_who_may_use_it() -> None:
    assert sorted(name for name, _pattern in addresses()) == sorted(WHO)


@pytest.mark.django_db
@pytest.mark.timeout(1200)
def test_only_those_who_may_come_in_do() -> None:
    found = {name: {who for who, seen in by.items() if seen.came_in} for name, by in everything_asked().items()}

    assert {name: came_in for name, came_in in found.items() if came_in != WHO[name][1]} == {}


def asked_alone(world: World, who: str, method: str, path: str) -> Seen:
    """Ask as `who`; what the asking changed is undone, so that the next one finds everything as it was."""
    client = world.browser(who)
    point = transaction.savepoint()
    try:
        return ask(client, method, path, {"team": world.team.pk})
    finally:
        transaction.savepoint_rollback(point)


PEOPLES_PAGES = {
    "workspace:agents", "workspace:new_agent", "workspace:agent", "workspace:roles", "workspace:new_role",
    "workspace:role", "workspace:member_role", "workspace:imports", "workspace:import", "workspace:start_import",
    "workspace:stop_import", "workspace:remove_role",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.timeout(1200)
def test_a_role_of_the_desks_own_opens_just_what_it_allows() -> None:
    world = World()
    reader = make_agent("Rea", teams=(world.team,))
    reader.free_role = Role.objects.create(name="Only reads", permissions=[READ_TICKETS])
    reader.save()
    personnel = make_agent("Pia")
    personnel.free_role = Role.objects.create(name="Personnel", permissions=[SET_PEOPLE, READ_TICKETS])
    personnel.save()
    world.people |= {"reader": reader, "personnel": personnel}
    came_in = {
        who: {
            name
            for name, pattern in addresses()
            if WHO[name] in cases and asked_alone(world, who, WHO[name][0], world.path(name, pattern)).came_in
        }
        for who, cases in {
            "reader": [(POST, TEAM), (GET, LEADS), (POST, LEADS)],
            "personnel": [(GET, ADMINISTRATORS), (POST, ADMINISTRATORS)],
        }.items()
    }

    assert came_in["reader"] == {"workspace:pictures"}  # what pictures show is read, not changed
    assert came_in["personnel"] == PEOPLES_PAGES
    assert ask(world.client("reader"), GET, f"/desk/tickets/{world.ticket.number}/", {}).came_in


@pytest.mark.django_db
def test_notes_reach_only_those_whose_role_in_the_team_reads_them() -> None:
    world = World()
    add_note(world.ticket, by=world.agent, agent=world.agent, html="<p>The culvert is ours.</p>")
    seen: dict[str, bool] = {}
    for name, permissions in (("without", [READ_TICKETS]), ("with", [READ_TICKETS, READ_NOTES])):
        somebody = make_agent(name.title(), teams=(world.team,))
        role = Role.objects.create(name=name, permissions=permissions)
        Membership.objects.filter(agent=somebody).update(role=role)
        world.people[name] = somebody
        page = world.client(name).get(f"/desk/tickets/{world.ticket.number}/").content.decode()
        assert "See" in page
        seen[name] = "culvert" in page

    assert seen == {"without": False, "with": True}
