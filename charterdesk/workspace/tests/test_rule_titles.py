"""The rules that come with the desk are called in the language of whoever reads, as long as nobody renamed them."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

import charterdesk
from charterdesk.events import rule_titles
from charterdesk.events.models import Rule
from charterdesk.events.rule_titles import title_of
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent
from charterdesk.tickets.ready_made import BY_CODE, switch_on
from charterdesk.workspace.admin.rule_deeds import words_of_deeds

AT = "/desk/admin/rules"


def test_every_rule_that_comes_with_a_package_has_a_title_that_can_be_translated():
    files = Path(charterdesk.__file__).parent.glob("*/rules.toml")
    names = [rule["name"] for file in files for rule in tomllib.loads(file.read_text(encoding="utf-8"))["rule"]]
    with translation.override(None):
        titles = {str(title) for title in rule_titles._titles}

    assert len(names) >= 5
    assert set(names) <= titles


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_title_is_known_in_whatever_language_the_rule_was_taken(language):
    with translation.override(language):
        kept = str(BY_CODE["unassigned"].rules[0].name)

    with translation.override("en"):
        assert title_of(kept) == "Escalate what nobody takes"
        assert title_of("Escalate what nobody touches") == "Escalate what nobody touches"


@pytest.mark.django_db
def test_pages_call_a_rule_in_the_readers_language_and_saving_the_form_does_not_rename_it(sign_in):
    (rule,) = switch_on(BY_CODE["unassigned"], by="system")
    jana = make_agent("Jana", role=Agent.ADMINISTRATOR)
    Agent.objects.filter(pk=jana.pk).update(language="de")
    reader = sign_in(jana)
    with translation.override("de"):
        german = title_of(rule.name)
    form = reader.get(f"{AT}/{rule.pk}").context["form"]

    assert german != rule.name == "Escalate what nobody takes"
    for page in (AT, f"{AT}/{rule.pk}/versions", f"{AT}/{rule.pk}/trial"):
        assert german in reader.get(page).content.decode()
    assert form["name"].value() == german
    posted = {
        "name": german, "kind": "wait", "when": ["ticket.opened"], "span": "3", "unit": "h", "position": "10",
        "step": ["0"], "step-0-operation": "tickets.escalate", "keep": "1",
    }  # fmt: skip
    assert reader.post(f"{AT}/{rule.pk}", posted).status_code == 302
    assert Rule.objects.get(pk=rule.pk).name == "Escalate what nobody takes"


def test_a_note_that_a_rule_leaves_is_told_without_its_markup(db):
    step = {"operation": "tickets.note", "args": {"html": "<p>Call <b>them</b> &amp; wait</p><p>Then write</p>"}}

    with translation.override("en"):
        assert words_of_deeds([step]) == ["Leave a note: Call them & wait Then write"]
