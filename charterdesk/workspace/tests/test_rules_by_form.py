"""Rules by form and as text: one and the same thing; said in words, moved, switched, and asked about on a ticket."""

import pytest
from django.test import Client
from django.utils.html import escape

from charterdesk.events.models import Rule, RuleVersion
from charterdesk.events.rule_changes import load_default_rules
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent
from charterdesk.tickets.actions import tag_ticket
from charterdesk.tickets.ready_made import READY_MADE, switch_on
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
AT = "/desk/admin/rules"
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
    then = '[[rule.then]]\noperation = "tickets.release"\n'
    assert administrator.post(f"{AT}/0/text", {"text": "[[rule"}).status_code == 422
    assert administrator.post(f"{AT}/0/text", {"text": deep + then}).status_code == 302
    assert administrator.get(f"{AT}/{the_rule().pk}").headers["Location"] == f"{AT}/{the_rule().pk}/text"


def test_the_list_says_all_in_words_within_fifteen_statements(administrator, django_assert_max_num_queries):
    load_default_rules()
    for ready in READY_MADE:
        switch_on(ready, by="system")
    with django_assert_max_num_queries(15):
        page = administrator.get(AT).content.decode()

    assert escape("Ticket: status is “waiting for the customer”") in page
    assert "3 days after it begins to wait" in page
    assert escape("“Mail of one company first” sets the priority too") not in page  # it is a sketch, not in force


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
