"""Rules by form and as text: one and the same thing; said in words, moved, switched, and asked about on a ticket."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from charterdesk.base.clock import now
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.events.log import publish
from charterdesk.events.models import Delivery, Rule, RuleRun, RuleVersion
from charterdesk.events.rule_changes import activate, load_default_rules, save_draft
from charterdesk.events.rule_fields import NUMBER, WORDS, YES_NO, RuleField, known_fields
from charterdesk.events.webhooks.actions import create_webhook
from charterdesk.notices.models import Component
from charterdesk.people.models import Agent, CustomerChoice, Organisation, PersonField
from charterdesk.people.testing import make_agent
from charterdesk.quality.models import Schedule
from charterdesk.tickets.actions import tag_ticket
from charterdesk.tickets.events import FollowerAdded
from charterdesk.tickets.models import Macro, Ticket, TicketField
from charterdesk.tickets.ready_made import READY_MADE, switch_on
from charterdesk.tickets.testing import make_ticket
from charterdesk.workspace.admin.rule_deeds import DEEDS, Wanted
from charterdesk.workspace.admin.rule_words import OPS_OF

pytestmark = pytest.mark.django_db
AT = "/desk/admin/rules"
MAIL = "boss@mill.example"
THEN = '[[rule.then]]\noperation = "tickets.release"\n'
FORM = {
    "name": "Far away",
    "kind": "event",
    "when": ["ticket.tagged", "ticket.moved"],
    "span": "1",
    "unit": "h",
    "position": "30",
    "hours": "closed",
    "all": ["0", "1"],
    "all-0-field": "ticket.priority",
    "all-0-op": "in",
    "all-0-value": ["1", "2"],
    "all-1-field": "message.is_automatic",
    "all-1-op": "is",
    "all-1-value": "no",
    "any": ["0"],
    "any-0-field": "message.text",
    "any-0-op": "has_any_word",
    "any-0-value": "far away, remote*",
    "none": ["0"],
    "none-0-field": "ticket.tags",
    "none-0-op": "is_set",
    "cel": "ticket.number > 3",
    "step": ["0", "1"],
    "step-0-operation": "tickets.tag",
    "step-0-add": "far, away",
    "step-1-operation": "tickets.note",
    "step-1-html": "First\n\nSecond <b>",
    "once": "on",
    "at_most": "5",
}
BODY = {
    "when": ["ticket.tagged", "ticket.moved"],
    "once": True,
    "at_most": 5,
    "if": {
        "all": [
            {"field": "ticket.priority", "op": "in", "value": [1, 2]},
            {"field": "message.is_automatic", "op": "is", "value": False},
            {"any": [{"field": "message.text", "op": "has_any_word", "value": ["far away", "remote*"]}]},
            {"not": {"any": [{"field": "ticket.tags", "op": "is_set"}]}},
            {"not": {"predicate": "within_hours"}},
            {"cel": "ticket.number > 3"},
        ]
    },
    "then": [
        {"operation": "tickets.tag", "args": {"add": ["far", "away"]}},
        {"operation": "tickets.note", "args": {"html": "<p>First</p><p>Second &lt;b&gt;</p>"}},
    ],
}


@pytest.fixture
def administrator(team, sign_in) -> Client:
    client: Client = sign_in(make_agent("Ann", role=Agent.ADMINISTRATOR, teams=(team,)))
    return client


def the_rule() -> Rule:
    return Rule.objects.get(slug=None)


def test_a_rule_by_form_is_the_rule_as_text_and_comes_back_into_the_form(administrator):
    added = administrator.post(f"{AT}/new", {**FORM, "add": "step"}, headers={"HX-Request": "true"})
    assert (added.status_code, Rule.objects.count()) == (200, 0)  # only shown, with a row more
    assert 'name="step-2-operation"' in added.content.decode()

    administrator.post(f"{AT}/new", {**FORM, "keep": "1"})
    rule = the_rule()
    assert (rule.position, rule.versions.get().body, rule.versions.get().active_from) == (30, BODY, None)

    form = administrator.get(f"{AT}/{rule.pk}").content.decode()
    for shown in ("far away, remote*", "far, away", "First\n\nSecond &lt;b&gt;", "ticket.number &gt; 3"):
        assert shown in form
    text = administrator.get(f"{AT}/{rule.pk}/text").context["form"]["text"].value()
    administrator.post(f"{AT}/{rule.pk}/text", {"text": text, "reason": "again", "activate": "on"})
    assert [(each.body, each.reason) for each in rule.versions.order_by("number")] == [(BODY, ""), (BODY, "again")]


def test_what_can_not_be_kept_is_said_and_a_rule_deeper_than_the_form_is_edited_as_text(administrator):
    nothing = {name: value for name, value in FORM.items() if not name.startswith("step")}
    answer = administrator.post(f"{AT}/new", {**nothing, "keep": "1"})
    assert (answer.status_code, Rule.objects.count()) == (422, 0)
    assert "nothing is to be done" in answer.content.decode()
    assert "can&#x27;t" not in administrator.get(f"{AT}/check", {"cel": "1 + 1"}).content.decode()
    assert "field-error" in administrator.get(f"{AT}/check", {"cel": "1 +"}).content.decode()

    deep = '[[rule]]\nname = "Deep"\nwhen = ["ticket.opened"]\n[rule.if]\nall = [{ any = [{ all = [] }] }]\n'
    assert administrator.post(f"{AT}/0/text", {"text": "[[rule"}).status_code == 422
    assert administrator.post(f"{AT}/0/text", {"text": deep + THEN}).status_code == 302
    assert administrator.get(f"{AT}/{the_rule().pk}").headers["Location"] == f"{AT}/{the_rule().pk}/text"


def test_rules_come_from_a_file_in_place_of_what_is_written_and_a_bad_file_keeps_nothing(administrator):
    def send(data: bytes) -> Any:
        file = SimpleUploadedFile("rules.toml", data)
        return administrator.post(f"{AT}/0/text", {"text": "[[rule", "file": file})

    for data in (b"\xff\xfe\x00", b"[[rule", b"#" * 100_001):
        answer = send(data)
        assert (answer.status_code, list(answer.context["form"].errors), Rule.objects.count()) == (422, ["file"], 0)
    two = "".join(f'[[rule]]\nname = "{name}"\nwhen = ["ticket.opened"]\n{THEN}' for name in ("One", "Two"))
    assert send(f"\ufeff{two}".encode()).status_code == 302
    assert set(Rule.objects.values_list("name", flat=True)) == {"One", "Two"}


def test_the_list_says_all_in_words_within_fifteen_statements(administrator, django_assert_max_num_queries):
    load_default_rules()
    for ready in READY_MADE:
        switch_on(ready, by="system")
    with django_assert_max_num_queries(15):
        page = administrator.get(AT).content.decode()

    assert escape("Ticket: status is “waiting for the customer”") in page
    assert "3 days after it begins to wait" in page
    assert escape("“Mail of one company first” sets the priority too") not in page  # it is a sketch, not in force


def everything(team) -> list[dict[str, Any]]:
    """Conditions on every field there is, and every deed with all it wants, as a rule keeps them."""
    rows = {
        "agent": make_agent("Maya", teams=(team,)).key,
        "team": team.key,
        "macro": Macro.objects.create(name="Flushed", texts={"en": "<p>Hello</p>"}).key,
        "webhook": create_webhook(name="Plant", url="https://plant.example/", codes=[], by="system").key,
        "component": Component.objects.create(names={"en": "Water"}).key,
        "schedule": Schedule.objects.create(
            agent=make_agent("Imke"), measure="volume", by="all", to=["a@b.example"]
        ).key,
        "other": make_ticket(team=team).key,
    }
    said = {
        "add": ["x"],
        "remove": ["y"],
        "items": ["z"],
        "html": "<p>text</p>",
        "hours": 3,
        "body": "{}",
        "address": MAIL,
        "values": {"meter": "1"},
        "answer": {"tag": "a.b"},
    }

    def given(wanted: Wanted) -> Any:
        if wanted.fixed is not None or wanted.name in rows:
            return wanted.fixed or rows[wanted.name]
        return said.get(wanted.name) or (next(iter(wanted.choices()))[0] if wanted.choices else "text")

    return [
        {"operation": deed.operation, "args": {wanted.name: given(wanted) for wanted in deed.wants}} for deed in DEEDS
    ]


def asking(field: RuleField) -> dict[str, Any]:
    """A comparison that fits a field, as a rule keeps it."""
    op = OPS_OF[field.kind][0]
    some = (list(field.choices()) if field.choices else []) or [("x", "")]
    value = {NUMBER: 1, YES_NO: True, WORDS: ["x"]}.get(field.kind, some[0][0])
    return {"field": field.code, "op": op, "value": value}


def test_every_page_takes_fifteen_statements_whatever_rules_ask_and_do(
    administrator, team, django_assert_max_num_queries
):
    TicketField.objects.create(code="visit", kind=TicketField.DATE, labels={"en": "Visit"})
    Organisation.objects.create(name="Bakery")
    PersonField.objects.create(code="level", name="Level", kind=PersonField.NUMBER)
    asked = [asking(field) for field in known_fields().values()]
    body = {"when": ["ticket.opened"], "team": team.pk, "if": {"all": asked}, "then": everything(team)}
    for number in range(3):
        version = save_draft(name=f"All of it {number}", body=body, by="system")
        activate(version, by="system")
    rule, said = version.rule, ("Maya", "Flushed", "Plant", "Water", f"#{Ticket.objects.first().number}", MAIL)
    for _number in range(2):  # three versions that were in force, each with what it did and could not do
        activate(save_draft(name=rule.name, body=body, by=make_agent("Uma"), rule=rule), by="agent:1")
    for each in rule.versions.all():
        failed = publish(FollowerAdded(ticket_id=1, team_id=team.pk, agent_id=1), on="ticket:1", by=rule)
        Delivery.objects.create(
            event_id=failed, handler=f"rule:{each.pk}", subject="ticket:1", state=Delivery.PARKED, next_try_at=now()
        )
        RuleRun.objects.create(event_id=failed, version=each, subject=make_ticket(team=team).key, matched=True)
    save_draft(name=rule.name, body={**body, "when": ["ticket.tagged"]}, by="agent:1", rule=rule)
    with django_assert_max_num_queries(15):
        page = administrator.get(AT).content.decode()
    assert [text for text in said if escape(text) not in page] == []

    for at in ("new", *(f"{rule.pk}{page}" for page in ("", "/versions", "/trial", "/text"))):
        with django_assert_max_num_queries(15):
            answer = administrator.get(f"{AT}/{at}")
        assert answer.status_code == 200
    assert [text for text in said if text.removeprefix("#") not in answer.content.decode()] == ["Water"]  # has no name

    dated = {"when": [], "around": {"date": "field.visit", "hours": 2}}
    activate(save_draft(name=rule.name, body={**body, **dated}, by="agent:1", rule=rule), by="agent:1")
    for at in (f"{rule.pk}{page}" for page in ("", "/versions", "/text")):
        with django_assert_max_num_queries(15):
            assert administrator.get(f"{AT}/{at}").status_code == 200


def test_what_is_missing_or_wrong_is_said_where_it_stands_and_what_was_written_stays(administrator, team):
    ticket = make_ticket(team=team)
    wrong = {
        **{
            name: value
            for name, value in FORM.items()
            if name[:4] not in ("step", "all", "all-", "none", "any", "any-")
        },
        "all": ["0"],
        "all-0-field": "contact.days",
        "all-0-op": "more",
        "all-0-value": "many",
        "step": ["0", "1", "2", "3"],
        "keep": "1",
        "step-0-operation": "tickets.assign",
        "step-1-operation": "tickets.set_fields",
        "step-1-values": "meter 5",
        "step-2-operation": "tickets.link",
        "step-2-other": "99999999",
        "step-2-kind": "part_of",
        "step-3-operation": "tickets.ask",
        "step-3-address": "lab",
        "step-3-text": "Look",
    }
    answer = administrator.post(f"{AT}/new", wrong)
    page = answer.content.decode()
    assert (answer.status_code, Rule.objects.count()) == (422, 0)
    for said in ("Write a number.", "This is needed.", "“meter 5” has no equals sign.", "no ticket of this number"):
        assert said in page
    assert page.count("aria-invalid") == 5 and "meter 5</textarea>" in page

    facts = {"step": ["0", "1"], "step-0-operation": "tickets.write", "step-0-subject": "x"}
    facts |= {"step-0-text": "{{ salary }}", "step-1-operation": "tickets.resume"}
    answer = administrator.post(f"{AT}/new", {**wrong, "all": [], **facts})
    assert "nothing called salary to put in" in answer.content.decode()
    assert "in number 1 of what is to be done" in answer.content.decode()

    link = {"step": ["0"], "step-0-operation": "tickets.link", "step-0-kind": "part_of"}
    administrator.post(f"{AT}/new", {**wrong, "all": [], **link, "step-0-other": f"#{ticket.number}"})
    rule = the_rule()
    assert rule.versions.get().body["then"] == [
        {"operation": "tickets.link", "args": {"kind": "part_of", "other": ticket.key}}
    ]
    assert f'value="{ticket.number}"' in administrator.get(f"{AT}/{rule.pk}").content.decode()
    text = administrator.get(f"{AT}/{rule.pk}/text").context["form"]["text"].value()
    assert f'"ticket:#{ticket.number}"' in text
    administrator.post(f"{AT}/{rule.pk}/text", {"text": text})
    assert [each.body for each in rule.versions.all()] == [rule.versions.first().body] * 2


def test_a_rule_is_switched_moved_brought_back_and_removed(administrator):
    administrator.post(f"{AT}/new", {**FORM, "activate": "1"})
    administrator.post(f"{AT}/new", {**FORM, "name": "Second", "activate": "1"})
    first, second = Rule.objects.order_by("pk")

    def act(what: str) -> None:
        assert administrator.post(f"{AT}/{second.pk}/act", {"what": what}).status_code == 302

    act("up")
    assert list(Rule.objects.values_list("pk", flat=True)) == [second.pk, first.pk]
    act("off")
    assert not second.versions.filter(active_from__isnull=False, active_until=None).exists()
    act("on")
    administrator.post(f"{AT}/{second.pk}/versions/1", {"reason": "it was right"})
    assert list(second.versions.order_by("number").values_list("number", "reason"))[-1] == (3, "it was right")
    act("removal")
    assert administrator.get(f"{AT}/{second.pk}/versions").status_code == 404
    assert RuleVersion.objects.filter(rule=second, active_until=None, active_from__isnull=False).count() == 0


def test_a_ticket_tells_why_and_a_trial_what_would_have_been(
    administrator, team, run_reactions, django_assert_max_num_queries
):
    switch_on(READY_MADE[-2], by="system")  # tags the language
    ticket = make_ticket(team=team)
    tag_ticket(ticket, by="system", add=["x"])
    run_reactions()
    with django_assert_max_num_queries(15):
        why = administrator.get(f"/desk/tickets/{ticket.number}/why").content.decode()
    rule = the_rule()
    assert "Tag the language" in why
    assert "a request comes in" in why

    text = administrator.get(f"{AT}/{rule.pk}/text").context["form"]["text"].value()
    administrator.post(f"{AT}/{rule.pk}/text", {"text": text.replace("ticket.opened", "ticket.tagged")})
    with django_assert_max_num_queries(15):
        trial = administrator.get(f"{AT}/{rule.pk}/trial", {"days": 1})
    assert trial.context["counts"]["match"] >= 1
    assert trial.context["in_force"].number == 1
    assert administrator.get(f"{AT}/{rule.pk}/versions").status_code == 200


def test_who_may_not_set_rules_sees_why_but_no_link_to_the_rule(team, sign_in, run_reactions):
    switch_on(READY_MADE[-2], by="system")
    ticket = make_ticket(team=team)
    run_reactions()
    page = sign_in(make_agent("Ada", teams=(team,))).get(f"/desk/tickets/{ticket.number}/why").content.decode()

    assert "Tag the language" in page
    assert "/desk/admin/rules" not in page.partition('id="main"')[2]


def test_why_and_the_rule_s_page_say_what_was_not_done_and_why(administrator, team, run_reactions):
    version = save_draft(
        name="Text them",
        body={
            "when": ["ticket.tagged"],
            "then": [
                {"operation": "tickets.send_sms", "args": {"text": "We are on it", "once": "{event.id}"}},
                {"operation": "tickets.prioritise", "args": {"priority": 1}},
            ],
        },
        by="agent:1",
    )
    activate(version, by="agent:1")
    ticket = make_ticket(team=team)
    tag_ticket(ticket, by="system", add=["x"])
    run_reactions()
    (sms, urgent) = version.runs.get().done

    assert (sms["skipped"], "skipped" in urgent) == ("tickets.no_number", False)
    lines = administrator.get(f"/desk/tickets/{ticket.number}/why").context["lines"]
    (line,) = [each for each in lines if each["rule"] == version.rule]
    assert [deed["why"] for deed in line["deeds"]] == ["no phone number is known", ""]
    (told,) = administrator.get(f"{AT}/{version.rule_id}/versions").context["runs"]
    assert (told["acted"], told["whys"]) == (True, ["no phone number is known"])
    tried = administrator.get(f"{AT}/{version.rule_id}/trial").context["lines"]
    assert "no phone number is known" in [deed["why"] for deed in tried[0]["deeds"]]


@pytest.mark.parametrize(
    ("step", "skipped"),
    [
        ({"operation": "tickets.write", "args": {"subject": "x", "text": "y"}}, "tickets.wants_no_mail"),
        ({"operation": "tickets.send_template", "args": {"template": "reminder"}}, "tickets.wants_no_mail"),
        ({"operation": "tickets.send_template", "args": {"template": "reminder", "way": "sms"}}, "tickets.no_number"),
        ({"operation": "tickets.release"}, "events.so_already"),
        ({"operation": "tickets.tag", "args": {"add": ["x"]}}, "events.so_already"),
        ({"operation": "tickets.tell", "args": {"who": "followers"}}, "tickets.nobody_to_tell"),
    ],
)
def test_each_deed_that_comes_to_nothing_says_why(team, run_reactions, step, skipped):
    version = save_draft(name="Idle", body={"when": ["ticket.tagged"], "then": [step]}, by="agent:1")
    activate(version, by="agent:1")
    ticket = make_ticket(team=team)
    CustomerChoice.objects.create(contact=ticket.contact, mails=CustomerChoice.NONE)
    tag_ticket(ticket, by="system", add=["x"])
    run_reactions()

    assert [each["skipped"] for each in version.runs.get().done] == [skipped]


def test_a_rule_that_sends_a_second_acknowledgement_is_pointed_out_in_the_list_and_on_its_page(administrator):
    load_default_rules()
    step = {"operation": "tickets.send_template", "args": {"template": "acknowledgement", "once": "{event.id}"}}
    version = save_draft(name="Mine", body={"when": ["ticket.opened"], "then": [step]}, by="agent:1")
    twice = "sends the customer the same text in the same moment: they get it twice."

    assert twice not in administrator.get(AT).content.decode()  # a draft acts beside nobody
    assert (
        f"“Acknowledge every new request” {twice}"
        in administrator.get(f"{AT}/{version.rule_id}/versions").content.decode()
    )
    activate(version, by="agent:1")
    page = administrator.get(AT).content.decode()
    assert (f"“Acknowledge every new request” {twice}" in page, f"“Mine” {twice}" in page) == (True, True)


def test_an_expression_is_checked_while_it_is_typed_with_the_piece_that_is_wrong_marked(administrator):
    def checked(cel: str) -> str:
        return str(administrator.get(f"{AT}/check", {"cel": cel}).content, "utf-8")

    assert "Did you mean “ticket”?" in checked("tickt.number > 3")
    assert "<mark>tickt</mark>.number &gt; 3" in checked("tickt.number > 3")
    assert "Did you mean “ticket.number”?" in checked("ticket.nummber > 3")
    assert "can be read" in checked("ticket.number > 3")


def test_a_rule_by_the_clock_is_tried_and_told_in_words_and_not_by_the_code_of_its_event(administrator, team):
    make_ticket(team=team)
    body = {"when": [], "every": {"hours": 1}, "then": [{"operation": "tickets.tag", "args": {"add": ["x"]}}]}
    version = save_draft(name="Each hour", body=body, by="agent:1")
    lines = administrator.get(f"{AT}/{version.rule_id}/trial").context["lines"]

    assert [line["event"] for line in lines] == ["the rule's time came"]


@pytest.mark.parametrize(("error", "is_loop"), [("ChainTooLong: number 13 of a chain", True), ("KeyError: 'x'", False)])
def test_a_loop_that_was_cut_is_told_in_words_on_the_page_of_its_rule(administrator, team, error, is_loop):
    body = {"when": ["ticket.tagged"], "then": [{"operation": "tickets.tag", "args": {"add": ["x"]}}]}
    version = save_draft(name="On", body=body, by="agent:1")
    activate(version, by="agent:1")
    event = publish(FollowerAdded(ticket_id=1, team_id=team.pk, agent_id=1), on="ticket:1", by="agent:1")
    Delivery.objects.create(
        event_id=event, handler=f"rule:{version.pk}", subject="ticket:1", state=Delivery.PARKED, next_try_at=now(),
        error=error,
    )  # fmt: skip
    page = administrator.get(f"{AT}/{version.rule_id}/versions").content.decode()

    assert ("after 12 of them it was stopped" in page, escape(error) in page) == (is_loop, not is_loop)


def test_a_rule_by_the_clock_begins_on_the_clock_of_the_desk(administrator, team):
    BusinessCalendar.objects.update(zone="Europe/Dublin")
    asked = {name: value for name, value in FORM.items() if name not in ("span", "unit")} | {"kind": "daily"}
    form = administrator.post(f"{AT}/new", {**asked, "again": "1"}).context["form"]
    assert (form["zone"].value(), form["span"].value()) == ("Europe/Dublin", 1)

    administrator.post(f"{AT}/new", {**asked, "time": "07:30", "keep": "1"})
    assert the_rule().versions.get().body["every"] == {"time": "07:30", "zone": "Europe/Dublin"}
