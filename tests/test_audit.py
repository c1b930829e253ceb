"""Whatever administrators and operators do to the desk, the log says who did it."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from charterdesk.access.actions import open_session
from charterdesk.base.clock import now
from charterdesk.base.testing import make_certificate
from charterdesk.channels.models import MailAccount
from charterdesk.charter.actions.documents import approve_draft, change_draft, discard_draft, put_part
from charterdesk.charter.queries.documents import unpublished
from charterdesk.charter.testing import answer_within
from charterdesk.events.models import LoggedEvent, WebhookCall
from charterdesk.notices.actions.following import follow_status
from charterdesk.people.models import Contact, Role
from charterdesk.people.testing import make_contact
from charterdesk.records.actions import lift_hold, place_hold
from charterdesk.records.models import LegalHold
from charterdesk.tickets.actions.definitions import define_field, define_request_form
from charterdesk.tickets.actions.templates import save_template
from charterdesk.tickets.models import Template
from tests.test_access import ADMINISTRATORS, GET, WHO, World, addresses

pytestmark = pytest.mark.django_db
Fill = Callable[[World], dict[str, Any]]

_ROLE = {"name": "Auditor", "in_team": ["tickets.read"], "for_desk": []}
_PROVIDER = {
    "name": "Works", "issuer": "https://id.example", "client_id": "desk", "domains": "desk.example", "is_active": None,
}  # fmt: skip


_TAX = {"name": "Reduced", "category": "S", "percent": "13.5", "valid_from": "2026-01-01"}


def _seller(world: World) -> dict[str, Any]:
    return {
        "currency": "EUR", "name": "River Works", "country": "IE", "payment_days": 10, "invoice_prefix": "I-",
        "credit_prefix": "C-", "reminder_days": 7, "reminders": 3, "keep_years": 10,
    }  # fmt: skip


def _team(world: World) -> dict[str, Any]:
    return {
        "name": "Meters", "address": "meters@desk.example", "language": "en", "cc_policy": "all",
        "calendar": world.team.calendar_id,
    }  # fmt: skip


def _agent(world: World) -> dict[str, Any]:
    return {
        "name": "Ada B", "email": "new@desk.example", "role": "agent", "language": "en", "time_zone": "UTC",
        "capacity": 7,
    }  # fmt: skip


def _nothing(world: World) -> dict[str, Any]:
    return {}


def _account(world: World) -> dict[str, Any]:
    return {
        "name": "Meters box", "address": "meters-box@desk.example", "team": world.team.pk,
        "smtp_host": "smtp.desk.example", "smtp_port": 587,
    }  # fmt: skip


def _policy(world: World) -> dict[str, Any]:
    return {"name": "Within a day", "first_reply": "4:30", "team_ids": [world.team.pk]}


def _list(world: World) -> dict[str, Any]:
    return {"kind": "contacts", "file": SimpleUploadedFile("x.csv", b"name,email\nAnn,ann@x.example\n")}


def _settings(world: World) -> dict[str, Any]:
    text = f'charterdesk = 1\n[[teams]]\nname = "{world.team}"\nsender_name = "Waterworks"\n'
    return {"text": text, "sure": "1"}


def _orders(world: World) -> dict[str, Any]:
    content = b"number,email,ordered_at\nA7,mia@home.example,2026-11-20T09:30:00Z\n"
    return {"file": SimpleUploadedFile("orders.csv", content)}


def _without_draft(world: World) -> dict[str, Any]:
    draft = unpublished()
    assert draft
    discard_draft(draft, by="system")
    return {}


def _approved(world: World) -> dict[str, Any]:
    draft = unpublished()
    assert draft
    approve_draft(draft, by="system")
    return {}


def _saml(world: World) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        certificate, _key = make_certificate(Path(folder))
        return {
            "name": "Works", "slug": "mill", "domains": "desk.example", "issuer": "https://id.example",
            "sign_in_url": "https://id.example/sso", "certificates": certificate.read_text(),
        }  # fmt: skip


def _other_words(world: World) -> dict[str, Any]:
    """A template that says something new, to go back from."""
    said = {"en": {"subject": "x", "html": "<p>Other words.</p>"}}
    outage = Template.objects.get(code="outage")
    save_template(outage, by="system", name=outage.name, texts=said)
    return {}


def _sent_again() -> dict[str, Any]:
    """There is nothing to send again where nothing was given up."""
    WebhookCall.objects.update(state=WebhookCall.FAILED, done_at=now())
    return {"what": "replay"}


def _acting(what: str) -> Fill:
    return lambda world: {"what": what}


_RULE = {
    "name": "Far away", "kind": "event", "when": ["ticket.tagged"], "position": "30",
    "step": ["0"], "step-0-operation": "tickets.tag", "step-0-add": "far",
}  # fmt: skip
_RULE_TEXT = """
[[rule]]
name = "Far away"
when = ["ticket.tagged"]
[[rule.then]]
operation = "tickets.tag"
args = {add = ["far"]}
"""


def _number(world: World) -> dict[str, Any]:
    return {
        "name": "Texts", "number": "+4915112345679", "team": world.team.pk, "language": "en", "provider": "http",
        "url": "https://sms.example/send", "user": "AC1", "secret": "s", "join_hours": "48", "daily_cap": "500",
        "is_active": "on",
    }  # fmt: skip


DONE: dict[str, Fill] = {
    "workspace:surge_terms": lambda world: {"tickets": "5", "minutes": "30"},
    "workspace:mend": lambda world: {"give_up": "1", "reason": "the pump was sold"},
    "workspace:settle_mail": lambda world: {"arrived": "1"},
    "workspace:wanted": _nothing,
    "workspace:drop_mail": _nothing,
    "workspace:blocked": lambda world: {"pattern": "@shop.example"},
    "workspace:unblock": _nothing,
    "workspace:new_account": _account,
    "workspace:account": _account,
    "workspace:switch_account": _nothing,
    "workspace:remove_account": _nothing,
    "workspace:team_settings": _team,
    "workspace:new_team": _team,
    "workspace:add_member": lambda world: {"agent": world.people["other team"].pk},
    "workspace:member_role": lambda world: {"role": world.arguments["workspace:role"]["pk"]},
    "workspace:remove_member": _nothing,
    "workspace:try_mail": _nothing,
    "workspace:agent": _agent,
    "workspace:new_agent": _agent,
    "workspace:invitation": _nothing,
    "workspace:agent_leaving": _nothing,
    "workspace:new_role": lambda world: _ROLE,
    "workspace:role": lambda world: {**_ROLE, "description": "Looks at pipes"},
    "workspace:remove_role": _nothing,
    "workspace:imports": _list,
    "workspace:start_import": _nothing,
    "workspace:stop_import": _nothing,
    "workspace:tag": lambda world: {"description": "Water where none should be"},
    "workspace:tag|another name": lambda world: {"name": "flood"},
    "workspace:remove_tag": _nothing,
    "workspace:new_synonyms": lambda world: {"words": "tap, faucet", "language": "en"},
    "workspace:synonyms_of": lambda world: {"words": "bill, invoice, account", "language": "en"},
    "workspace:remove_synonyms": _nothing,
    "workspace:text": lambda world: {"subject": "Done", "text": "It is done."},
    "workspace:default_text": lambda world: {"team": world.team.pk},
    "workspace:new_template": lambda world: {"name": "Closed", "html_en": "<p>We are closed.</p>"},
    "workspace:template": lambda world: {"html_en": "<p>Other words.</p>"},
    "workspace:template_back": _other_words,
    "workspace:remove_template": _nothing,
    "workspace:retire_policy": _nothing,
    "workspace:new_policy": _policy,
    "workspace:policy": _policy,
    "workspace:new_calendar": lambda world: {"name": "Nights"},
    "workspace:channel_hours": lambda world: {"email": str(world.team.calendar_id)},
    "workspace:calendar": lambda world: {"name": "Nights"},
    "workspace:sign_in_rules": lambda world: {"roles": ["lead"]},
    "workspace:end_sessions": _nothing,
    "workspace:reset_factors": _nothing,
    "workspace:new_provider": lambda world: {**_PROVIDER, "slug": "mill"},
    "workspace:provider": lambda world: _PROVIDER,
    "workspace:remove_provider": _nothing,
    "workspace:erasure": lambda world: {"sure": "1"},
    "workspace:hand_out": _nothing,
    "workspace:erase_by_address": lambda world: {"address": "reader@elsewhere.example", "sure": "1"},
    "workspace:erase_on_request": lambda world: {"sure": "1"},
    "workspace:decline_erasure": lambda world: {"answer": "A court wants it."},
    "workspace:new_retention_rule": lambda world: {"subject": "tickets", "days": 99},
    "workspace:retention_rule": lambda world: {"days": 99},
    "workspace:remove_retention_rule": _nothing,
    "workspace:place_hold": lambda world: {"kind": "ticket", "name": f"#{world.ticket.number}", "reason": "Court"},
    "workspace:lift_hold": _nothing,
    "workspace:settings_file": _settings,
    "workspace:new_person_field": lambda world: {"of": "contact", "kind": "text", "name": "Floor"},
    "workspace:person_field": lambda world: {"name": "Floor"},
    "workspace:retire_person_field": _nothing,
    "workspace:new_integration": lambda world: {"name": "Robot", "role": "agent", "teams": [world.team.pk]},
    "workspace:new_integration_token": lambda world: {"name": "Robot's", "kind": "token", "scopes": ["tickets:read"]},
    "workspace:revoke_token": _nothing,
    "workspace:new_webhook": lambda world: {"name": "Billing", "url": "https://hooks.example/in", "hears": "all"},
    "workspace:webhook": lambda world: {"name": "Billing"},
    **{f"workspace:webhook_act|{what}": _acting(what) for what in ("key", "test", "removal")},
    "workspace:webhook_act|replay": lambda _world: _sent_again(),
    "workspace:money_settings": _seller,
    "workspace:card_settings": _nothing,
    "workspace:new_tax": lambda world: _TAX,
    "workspace:tax": lambda world: {**_TAX, "percent": "25"},
    "workspace:new_ticket_field": lambda world: {"kind": "text", "code": "floor", "label_en": "Floor"},
    "workspace:ticket_field": lambda world: {"label_en": "Floor"},
    "workspace:move_ticket_field": lambda world: {"step": "1"},
    "workspace:retire_ticket_field": _nothing,
    "workspace:new_request_form": lambda world: {
        "code": "meters",
        "name_en": "Meters",
        "team": world.team.pk,
        "type": "question",
    },
    "workspace:request_form": lambda world: {"name_en": "Meters"},
    "workspace:ask_fields": lambda world: {"add": "meter"},
    "workspace:move_request_form": lambda world: {"step": "1"},
    "workspace:retire_request_form": _nothing,
    "workspace:new_brand": lambda world: {"name": "Mill", "host": "mill.example"},
    "workspace:brand": lambda world: {"name": "Mill"},
    "workspace:publish_brand": _nothing,
    "workspace:remove_brand": _nothing,
    "workspace:new_complaint_level": lambda world: {"name_en": "Board", "where": "inside", "team": world.team.pk},
    "workspace:complaint_level": lambda world: {"name_en": "Board"},
    "workspace:retire_complaint_level": _nothing,
    "workspace:grade_terms": lambda world: {"close_after": "9"},
    "workspace:team_grade_terms": lambda world: {"close_after": "9"},
    "workspace:drop_grade_terms": _nothing,
    "workspace:new_offer": lambda world: {"name": "Gold", "incidents": 4, "price_amount": "9"},
    "workspace:offer": lambda world: {"name": "Gold", "price_amount": "9"},
    "workspace:new_reason": lambda world: {"kind": "rate", "name": "By the hour", "price_amount": "60", "per": "hour"},
    "workspace:reason": lambda world: {"name": "Paid for"},
    "workspace:reason_removal": _nothing,
    "workspace:new_reminder_step": lambda world: {"days": 30},
    "workspace:reminder_step": lambda world: {"days": 9},
    "workspace:reminder_step_removal": _nothing,
    "workspace:new_tier": lambda world: {"name": "Gold", "orders": 20, "classes": 1, "margin": "2:00"},
    "workspace:tier": lambda world: {"name": "Silver", "orders": 8},
    "workspace:tier_removal": _nothing,
    "workspace:new_order_source": lambda world: {
        "name": "Mill",
        "kind": "own",
        "slug": "mill",
        "support_days": 30,
        "is_active": "on",
    },
    "workspace:order_source": lambda world: {"name": "Mill"},
    "workspace:order_list": _orders,
    "workspace:new_saml_provider": _saml,
    "workspace:begin_charter": _without_draft,
    "workspace:charter_texts": lambda world: {"title": "Our word"},
    "workspace:new_charter_part": lambda world: {"title": "To be heard", "text": "We listen."},
    "workspace:charter_part": lambda world: {"title": "Sooner"},
    "workspace:drop_charter_part": _nothing,
    "workspace:move_charter_part": lambda world: {"down": "1"},
    "workspace:approve_charter": _nothing,
    "workspace:publish_charter": _approved,
    "workspace:discard_charter": _nothing,
    "workspace:new_rule": lambda world: _RULE,
    "workspace:rule": lambda world: _RULE,
    **{f"workspace:rule_act|{what}": _acting(what) for what in ("on", "removal")},
    "workspace:rule_back": _nothing,
    "workspace:rule_text": lambda world: {"text": _RULE_TEXT},
    "workspace:take_rule": lambda world: {},
    "workspace:new_sms_number": lambda world: {**_number(world), "name": "More", "number": "+4915112345678"},
    "workspace:sms_number": _number,
    "workspace:switch_sms_number": lambda world: {"on": ""},
    "workspace:remove_sms_number": _nothing,
    "workspace:settle_sms": lambda world: {"arrived": "1"},
    "workspace:new_phone_line": lambda world: {
        "name": "More",
        "number": "+4915112345679",
        "team": world.team.pk,
        "language": "en",
    },
    "workspace:phone_line": lambda world: {"name": "Hotline", "team": world.team.pk, "language": "en"},
    "workspace:remove_phone_line": _nothing,
    "workspace:add_phone_system": lambda world: {"name": "Branch"},
    "workspace:renew_phone_system": _nothing,
    "workspace:remove_phone_system": _nothing,
    "workspace:extensions": lambda world: {"agent": world.agent.pk, "extensions": "17"},
}
"""What to fill in, beside what the page itself proposes; after the bar, which of several acts at one address."""
SHOWN = {
    f"workspace:{name}"
    for name in (
        "admin failures held_mail aside raw_mail accounts check_account check_account_part teams start agents roles "
        "import tags_settings texts templates login providers audit audit_csv policies calendars retention "
        "settings_download "
        "person_fields tokens webhooks webhook_calls webhook_call ticket_fields request_forms brands preview_brand "
        "erasure_requests complaint_levels offers reasons tiers order_sources charter compare_charter preview_charter "
        "rules check_rule rule_versions rule_gallery rules_download try_rule sms_numbers check_sms_number held_sms "
        "reminder_steps synonyms telephone"
    ).split()
}
"""Pages of administration that change nothing but what the viewer sees."""


def a_world() -> World:
    """A world in which somebody has a factor and a device to lose, and there are two of all that has an order."""
    world = World()
    Authenticator.objects.create(user=world.agent.login, type=Authenticator.Type.TOTP, data={"secret": "x"})
    open_session(world.agent.login, session_key="x", ip=None, device="A telephone", way="password")
    define_field(None, by="system", code="last", kind="text", labels={"en": "Last"})
    define_request_form(None, by="system", code="last", names={"en": "Last"}, team=world.team)
    MailAccount.objects.update(smtp_host="smtp.desk.example")
    follow_status("reader@elsewhere.example", language="en")
    lift_hold(LegalHold.objects.get(), by="system")
    held = place_hold(make_contact("Held"), reason="Court", by="system")
    world.arguments["workspace:lift_hold"] = {"pk": held.pk}
    world.arguments["workspace:new_charter_part"] = {"part": "rights"}
    draft = unpublished()
    assert draft
    change_draft(draft, lambda charter: put_part(charter, "objectives", answer_within(8, code="later")), by="agent:0")
    return world


def administration(world: World) -> dict[str, URLPattern]:
    """Every address of administration by name: those below /desk/admin/, and those for administrators alone."""
    return {
        name: pattern
        for name, pattern in addresses()
        if "/admin/" in world.path(name, pattern) or WHO[name][1] == ADMINISTRATORS or name in DONE
    }


def filled(client: Client, name: str, path: str, more: dict[str, Any]) -> dict[str, Any]:
    """What the form at `path` proposes, with `more` in its place."""
    context = client.get(path).context if WHO[name][0] == GET else None
    form = context.get("form") if context else None
    proposed = {bound.html_name: bound.value() for bound in form or ()}
    return {key: value for key, value in (proposed | more).items() if value not in (None, False)}


def done_by(world: World, act: str, pattern: URLPattern) -> list[str]:
    """Do it as the administrator; the codes of what the log says they did."""
    administrator = world.people["administrator"]
    assert administrator is not None
    client, before = world.client("administrator"), LoggedEvent.objects.count()
    point = transaction.savepoint()
    name = act.partition("|")[0]
    path = world.path(name, pattern)
    try:
        answer = client.post(path, filled(client, name, path, DONE[act](world)))
        assert answer.status_code in (200, 302), f"{act}: {answer.status_code} {_errors(answer)}"
        new = LoggedEvent.objects.order_by("pk")[before:]
        return [each.code for each in new if each.actor == administrator.key]
    finally:
        transaction.savepoint_rollback(point)


def _errors(answer: Any) -> Any:
    form = answer.context.get("form") if answer.context else None
    return form.errors if form else answer.content[-1500:]


@pytest.mark.timeout(300)
def test_each_administrative_act_is_an_event_with_who_did_it() -> None:
    world = a_world()
    known = administration(world)
    found = {act: done_by(world, act, known[act.partition("|")[0]]) for act in DONE}

    assert [act for act, codes in found.items() if not codes] == []


def test_every_address_of_administration_is_known_to_act_or_only_to_show() -> None:
    acts = {act.partition("|")[0] for act in DONE}

    assert acts & SHOWN == set()
    assert sorted(administration(World())) == sorted(acts | SHOWN)


def test_no_event_of_administration_holds_a_name_or_an_address() -> None:
    world = a_world()
    known, client, said = administration(world), world.client("administrator"), ""
    for act, fill in DONE.items():
        name = act.partition("|")[0]
        path = world.path(name, known[name])
        point = transaction.savepoint()
        client.post(path, filled(client, name, path, fill(world)))
        said += " ".join(str(each.data) for each in LoggedEvent.objects.all())
        transaction.savepoint_rollback(point)

    assert Contact.objects.exists() and Role.objects.exists()
    traces = ["Mia", "meters@desk.example", "new@desk.example", "shop.example", "Auditor", "Ann", "hooks.example"]
    for trace in (*traces, "mia@home.example"):
        assert trace not in said
