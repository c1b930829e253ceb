"""Operations by name: keys become rows, arguments are checked, and who asked is passed on."""

import pytest

from charterdesk.events import facts, operations
from charterdesk.events.models import Delivery, Rule
from charterdesk.events.operations import find, perform
from charterdesk.events.tests.pumps import operating

pytestmark = pytest.mark.django_db


def rename(rule: Rule, *, by: str, name: str, other: Rule | None = None) -> tuple[str, str, Rule | None]:
    """Rename a rule. And more."""
    rule.name = name
    return rule.name, by, other


@pytest.fixture(autouse=True)
def renaming():
    with operating("tests.rename", rename):
        yield


def test_keys_are_loaded_and_the_actor_is_a_key():
    one, other = Rule.objects.create(name="a"), Rule.objects.create(name="b")

    assert perform("tests.rename", on=one.key, by=other, name="c", other=other.key) == ("c", other.key, other)


def test_a_row_may_be_given_as_it_is(django_assert_num_queries):
    one = Rule.objects.create(name="a")
    with django_assert_num_queries(0):
        assert perform("tests.rename", on=one, by="agent:1", name="c") == ("c", "agent:1", None)


def test_a_key_of_another_kind_is_refused():
    with pytest.raises(TypeError, match="delivery:1 is not a rule"):
        perform("tests.rename", on="delivery:1", by="agent:1", name="c")
    assert Delivery._meta.model_name == "delivery"


def test_a_row_that_is_gone_is_missed():
    with pytest.raises(Rule.DoesNotExist):
        perform("tests.rename", on="rule:999999", by="agent:1", name="c")


def test_an_operation_nobody_has_is_missed():
    with pytest.raises(LookupError, match=r"tests\.sing"):
        perform("tests.sing", by="agent:1")


def test_an_operation_tells_what_it_wants():
    operation = find("tests.rename")
    assert operation is not None
    assert (operation.subject, operation.doc) == ("rule", "Rename a rule. And more.")
    assert [(p.name, p.required, p.model) for p in operation.parameters] == [
        ("rule", True, Rule), ("name", True, None), ("other", False, Rule),
    ]  # fmt: skip
    assert operation.problems({"volume": 1}, with_subject=True) == [
        "tests.rename knows no volume", "tests.rename needs name",
    ]  # fmt: skip


def test_two_packages_cannot_have_one_operation():
    def other(*, by: str) -> None: ...

    other.__module__ = "charterdesk.elsewhere"
    with pytest.raises(TypeError, match="already"):
        operations.operation("tests.rename")(other)


def test_facts_of_several_packages_come_together(monkeypatch):
    monkeypatch.setattr(facts, "_snapshots", {})
    monkeypatch.setattr(facts, "_templates", {})
    facts.snapshot_facts("rule")(lambda rule: {"name": rule.name})
    facts.snapshot_facts("rule")(lambda rule: {"slug": rule.slug})
    facts.template_facts("rule")(lambda numbers: {number: {"number": number} for number in numbers})

    assert facts.take_snapshot(Rule(name="a", slug="b")) == {"name": "a", "slug": "b"}
    assert facts.take_snapshot(Delivery()) is None
    assert facts.facts_for_template("rule:7") == {"number": 7}


def test_a_row_is_named_by_a_field_that_ends_in_id():
    with pytest.raises(ValueError, match="must end in _id"):
        facts.row_facts("message")(lambda number: None)
