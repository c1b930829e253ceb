"""Rules: judged by what the event carried, performed once, tried on what happened."""

from datetime import timedelta

import pytest

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.events import facts
from charterdesk.events.delivery import deliver, deliver_due, read_entry
from charterdesk.events.dry_run import dry_run
from charterdesk.events.erasure import erase_facts
from charterdesk.events.log import publish
from charterdesk.events.models import Delivery, LoggedEvent, Rule, RuleRun, RuleVersion
from charterdesk.events.reader import read_batch
from charterdesk.events.rule_changes import (
    activate,
    deactivate,
    load_default_rules,
    register_rules,
    save_draft,
)
from charterdesk.events.rule_problems import problems
from charterdesk.events.skipped import SO_ALREADY, Skipped
from charterdesk.events.tests.pumps import PumpFailed, fail_pump, operating, reacting, rule

pytestmark = pytest.mark.django_db
NOTE = {"operation": "pumps.note", "args": {"text": "look at it"}}
NOTES = {1: {"words": "Die Pumpe BRENNT, bitte kündigen!"}, 2: {"words": "all is well"}}


@pytest.fixture
def done():
    """What the operation `pumps.note` was performed with."""
    performed = []

    def note(*, by: str, text: str, pump_id: int | None = None) -> None:
        performed.append((by, text) if pump_id is None else (by, text, pump_id))

    with operating("pumps.note", note):
        yield performed


@pytest.fixture
def notes(monkeypatch):
    """Notes an event may name by `note_id`; a test takes one away to erase it."""
    kept = dict(NOTES)
    monkeypatch.setitem(facts._rows, "note_id", kept.get)
    monkeypatch.setitem(facts._snapshots, "pump", [])
    return kept


def tried(version, **window):
    since = now() - timedelta(hours=1)
    until = now() + timedelta(hours=1)
    return [t.verdict for t in dry_run(version, since=since, until=until)]


def test_a_rule_that_matches_performs_its_operation_once(done, run_reactions):
    version = rule(["pump.failed"], then=[NOTE])
    fail_pump(1)
    run_reactions()
    run_reactions()

    assert done == [(f"rule:{version.rule_id}", "look at it")]
    run = RuleRun.objects.get()
    assert (run.matched, run.subject, run.done) == (
        True, "pump:1", [{"operation": "pumps.note", "on": "pump:1", "args": {"text": "look at it"}}],
    )  # fmt: skip


def test_an_event_delivered_again_is_not_acted_upon_again(done):
    version = rule(["pump.failed"], then=[NOTE])
    fail_pump(1)

    entry = read_entry(LoggedEvent.objects.get(code="pump.failed").pk)
    assert entry
    deliver([entry])
    deliver([entry])

    assert len(done) == 1
    assert version.runs.count() == 1


def test_a_rule_whose_condition_fails_does_nothing(done, run_reactions):
    condition = {"field": "event.pressure", "op": "more", "value": 5}
    rule(["pump.failed"], condition=condition, then=[NOTE])
    fail_pump(1, pressure=5)
    fail_pump(2, pressure=6)
    run_reactions()

    assert [run.subject for run in RuleRun.objects.all()] == ["pump:2"]
    assert RuleRun.objects.get().values_used == {"event.pressure": 6}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({}, True),
        ({"all": []}, True),
        ({"any": []}, False),
        ({"field": "event.code", "op": "is", "value": "pump.failed"}, True),
        ({"field": "event.actor_kind", "op": "in", "value": ["agent", "contact"]}, True),
        ({"field": "event.nothing", "op": "is_empty"}, True),
        ({"field": "event.nothing", "op": "more", "value": 1}, False),
        ({"field": "event.pressure", "op": "at_least", "value": 7}, True),
        ({"not": {"field": "event.pressure", "op": "less", "value": 7}}, True),
        ({"field": "note.words", "op": "has_any_word", "value": ["brennt"]}, True),
        ({"field": "note.words", "op": "has_any_word", "value": ["KUNDIGEN"]}, True),
        ({"field": "note.words", "op": "has_any_word", "value": ["brenn"]}, False),
        ({"field": "note.words", "op": "has_any_word", "value": ["brenn*"]}, True),
        ({"field": "note.words", "op": "has_any_word", "value": ["pumpe brennt"]}, True),
        ({"field": "note.words", "op": "has_all_words", "value": ["pumpe", "wasser"]}, False),
        ({"field": "note.words", "op": "has_no_word", "value": ["wasser"]}, True),
        ({"cel": "event.pressure > 3 && note.words.contains('BRENNT')"}, True),
        ({"cel": "event.pressure > 30"}, False),
        ({"all": [{"cel": "event.pressure > 3"}, {"field": "event.pump_id", "op": "is", "value": 2}]}, False),
        ({"any": [{"cel": "event.pressure > 30"}, {"field": "event.pump_id", "op": "is", "value": 1}]}, True),
    ],
)
def test_a_condition_holds_or_not(condition, holds, done, notes, run_reactions):
    rule(["pump.failed"], condition=condition, then=[NOTE])
    fail_pump(1, pressure=7, note_id=1)
    run_reactions()

    assert bool(done) is holds


def test_the_words_of_a_long_text_are_not_copied_into_the_run(done, notes, run_reactions):
    rule(
        ["pump.failed"],
        condition={"field": "note.words", "op": "has_any_word", "value": ["brennt", "wasser"]},
        then=[NOTE],
    )
    fail_pump(1, note_id=1)
    run_reactions()

    assert RuleRun.objects.get().values_used == {"note.words": ["brennt"]}


def test_an_expression_without_an_answer_is_kept_as_an_error_and_nothing_is_done(done, run_reactions):
    rule(["pump.failed"], condition={"cel": "event.nothing > 3"}, then=[NOTE])
    fail_pump(1)
    run_reactions()

    assert done == []
    assert "nothing" in RuleRun.objects.get().error


def test_arguments_name_fields_in_braces_and_keep_their_type(done, run_reactions):
    rule(
        ["pump.failed"],
        then=[{"operation": "pumps.note", "args": {"text": "no. {event.pump_id}", "pump_id": "{event.pump_id}"}}],
    )
    fail_pump(7)
    run_reactions()

    assert [what[1:] for what in done] == [("no. 7", 7)]


def test_a_rule_judges_the_snapshot_of_the_moment_not_the_row_of_today(done, notes, run_reactions):
    rule(["pump.failed"], condition={"field": "pump.state", "op": "is", "value": "hot"}, then=[NOTE])
    publish(PumpFailed(pump_id=1), on="pump:1", by="system", facts={"state": "hot"})
    publish(PumpFailed(pump_id=2), on="pump:2", by="system", facts={"state": "cold"})
    run_reactions()

    assert [run.subject for run in RuleRun.objects.all()] == ["pump:1"]


def test_a_rule_judges_only_what_happened_while_it_was_in_force(done, run_reactions):
    fail_pump(1)
    version = rule(["pump.failed"], then=[NOTE])
    fail_pump(2)
    deactivate(version.rule, by="agent:1")
    fail_pump(3)
    run_reactions()

    assert [run.subject for run in RuleRun.objects.all()] == ["pump:2"]


def test_a_dry_run_says_the_same_after_the_person_was_erased(done, notes, run_reactions):
    notes[3] = {"words": "es BRENNT"}
    version = rule(
        ["pump.failed"],
        condition={
            "all": [
                {"field": "note.words", "op": "has_any_word", "value": ["brennt"]},
                {"field": "pump.state", "op": "is", "value": "hot"},
            ]
        },
        then=[{"operation": "pumps.note", "args": {"text": "{note.words}", "pump_id": "{event.pump_id}"}}],
    )
    for number, note, state in ((1, 1, "hot"), (2, 2, "hot"), (3, 3, "cold")):
        event = PumpFailed(pump_id=number, note_id=note)
        publish(event, on=f"pump:{number}", by="system", facts={"state": state})
    run_reactions()
    since, until = now() - timedelta(hours=1), now() + timedelta(hours=1)
    before = list(dry_run(version, since=since, until=until))

    notes.clear()
    assert erase_facts(["pump:1", "pump:2", "pump:3"]) == 3
    assert list(dry_run(version, since=since, until=until)) == before
    assert [trial.verdict for trial in before] == ["match", "no_match", "no_match"]
    assert before[0].would_do == [
        {"operation": "pumps.note", "on": "pump:1", "args": {"text": "{note.words}", "pump_id": 1}}
    ]
    assert [run.values_used for run in RuleRun.objects.all()] == [None]


def test_a_dry_run_of_a_new_rule_says_erased_where_its_answer_hangs_on_what_is_gone(done, notes):
    words = {"field": "note.words", "op": "has_any_word", "value": ["brennt"]}
    fail_pump(1, note_id=1, pressure=9)
    fail_pump(2, note_id=2, pressure=9)
    fail_pump(3, note_id=1, pressure=1)
    body = {
        "when": ["pump.failed"],
        "if": {"all": [words, {"field": "event.pressure", "op": "is", "value": 9}]},
        "then": [NOTE],
    }
    draft = save_draft(name="new", body=body, by="agent:1")
    assert tried(draft) == ["match", "no_match", "no_match"]

    notes.clear()
    assert tried(draft) == ["erased", "erased", "no_match"]
    assert done == []


def test_a_failing_operation_undoes_the_run_and_is_tried_again(transactional_db, done):
    fine = []

    def burn(*, by: str) -> None:
        if not fine:
            raise ValueError("on fire")

    with operating("pumps.burn", burn):
        rule(["pump.failed"], then=[NOTE, {"operation": "pumps.burn"}])
        fail_pump(1)
        read_batch()
        assert RuleRun.objects.count() == 0
        fine.append(True)

        Delivery.objects.update(next_try_at=now() - timedelta(seconds=5))
        deliver_due()

    assert [run.matched for run in RuleRun.objects.all()] == [True]


def test_a_rule_that_feeds_itself_stops_after_twelve_causes(transactional_db):
    def fail_again(*, by: str) -> None:
        publish(PumpFailed(pump_id=1), on="pump:1", by=by)

    with operating("pumps.fail", fail_again):
        rule(["pump.failed"], then=[{"operation": "pumps.fail"}])
        fail_pump(1)
        while read_batch():
            pass

    assert LoggedEvent.objects.filter(code="pump.failed").count() == 13
    assert LoggedEvent.objects.filter(code="delivery.parked").count() == 1


def test_problems_of_a_rule_are_named(done):
    body = {
        "when": ["pump.exploded"],
        "if": {
            "all": [
                {"field": "moon.phase", "op": "is", "value": 1},
                {"field": "event.pump_id", "op": "resembles", "value": 1},
                {"field": "event.code", "op": "has_any_word", "value": "fire"},
                {"cel": "1 +"},
                {"predicate": "raining"},
                {"moon": "full"},
            ]
        },
        "then": [{"operation": "pumps.sing"}, {"operation": "pumps.note", "args": {"volume": 3}}],
    }
    found = problems(body)
    assert [p for p in found if not p.startswith("the expression")] == [
        "there is no event pump.exploded",
        "there is no field moon.phase",
        "there is no comparison resembles",
        "“event.code has_any_word” wants a list",
        "there is no question raining",
        "{'moon': 'full'} is not a condition",
        "there is no operation pumps.sing (in number 1 of what is to be done)",
        "pumps.note knows no volume (in number 2 of what is to be done)",
        "pumps.note needs text (in number 2 of what is to be done)",
    ]
    with pytest.raises(Refused):
        save_draft(name="bad", body=body, by="agent:1")
    assert Rule.objects.filter(name="bad").count() == 0


def test_a_version_that_was_in_force_is_never_put_in_force_again(done):
    first = rule(["pump.failed"], then=[NOTE])
    second = save_draft(name="b", body={"when": ["pump.failed"], "then": [NOTE]}, by="agent:1", rule=first.rule)
    activate(second, by="agent:1")

    with pytest.raises(Refused, match="in force before"):
        activate(first, by="agent:1")
    assert RuleVersion.objects.filter(active_from__isnull=False, active_until=None).count() == 1


@pytest.fixture
def default_rules(tmp_path, monkeypatch):
    """A package `pumps` with one default rule; the test gets its file."""
    monkeypatch.setattr("charterdesk.events.rule_changes._files", {})
    file = tmp_path / "rules.toml"
    file.write_text(
        '[[rule]]\nslug = "note"\nname = "Note it"\nwhen = ["pump.failed"]\n'
        '[[rule.then]]\noperation = "pumps.note"\nargs = { text = "by default" }\n'
    )
    register_rules("pumps", file)
    return file


def test_default_rules_are_loaded_once_and_judge_what_happened_before(done, default_rules, run_reactions):
    fail_pump(1)
    assert [load_default_rules(), load_default_rules()] == [1, 0]
    run_reactions()

    assert [text for _by, text in done] == ["by default"]


def test_a_changed_default_rule_becomes_a_new_version(done, default_rules, run_reactions):
    load_default_rules()
    fail_pump(1)
    default_rules.write_text(default_rules.read_text().replace("by default", "by new default"))
    load_default_rules()
    fail_pump(2)
    run_reactions()

    assert [text for _by, text in done] == ["by default", "by new default"]


def test_a_default_rule_that_a_person_changed_or_switched_off_stays_so(done, default_rules):
    load_default_rules()
    mine = Rule.objects.get(slug="pumps.note")
    deactivate(mine, by="agent:1")
    default_rules.write_text(default_rules.read_text().replace("by default", "by new default"))

    assert load_default_rules() == 0
    assert not RuleVersion.objects.filter(active_from__isnull=False, active_until=None).exists()


def test_a_broken_default_rule_is_named_with_its_file(done, default_rules):
    default_rules.write_text(default_rules.read_text().replace("pumps.note", "pumps.sing"))
    with pytest.raises(ValueError, match=r"rules\.toml, note: there is no operation pumps\.sing"):
        load_default_rules()


def test_reactions_come_before_rules(done, run_reactions):
    rule(["pump.failed"], then=[NOTE])
    with reacting(PumpFailed, call=lambda event: done.append("reaction")):
        fail_pump(1)
        run_reactions()

    assert [what == "reaction" for what in done] == [True, False]


def test_a_run_keeps_which_of_its_operations_did_nothing_and_why(done, run_reactions):
    def mend(*, by: str, text: str) -> Skipped | None:
        return SO_ALREADY if text == "twice" else None

    with operating("pumps.mend", mend):
        mends = [{"operation": "pumps.mend", "args": {"text": text}} for text in ("once", "twice")]
        rule(["pump.failed"], then=[*mends, NOTE])
        fail_pump(1)
        run_reactions()

    assert [step.get("skipped") for step in RuleRun.objects.get().done] == [None, "events.so_already", None]
    assert [text for _by, text in done] == ["look at it"]
