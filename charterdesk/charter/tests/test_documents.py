"""The charter is drafted, approved by another person, and published in versions that are never changed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from charterdesk.base.clock import now
from charterdesk.base.configured import sections
from charterdesk.base.refused import Refused
from charterdesk.charter.actions.documents import (
    approve_draft,
    begin_draft,
    change_draft,
    discard_draft,
    drop_part,
    publish_charter,
    replace_draft,
)
from charterdesk.charter.comparing import compare
from charterdesk.charter.content import Charter, written
from charterdesk.charter.in_force import binding_at
from charterdesk.charter.models import CharterVersion
from charterdesk.charter.samples import SAMPLES, sample
from charterdesk.charter.testing import answer_within, credit, publish_for_test
from charterdesk.people.testing import make_team

pytestmark = pytest.mark.django_db
SAID = Charter(title={"en": "Charter"}, objectives=[answer_within(4)], remedies=[credit("5", objectives=["answer"])])


def renamed(charter: Charter) -> Charter:
    return replace(charter, title={"en": "Our charter"})


def refused(action, *args, **kwargs) -> str:
    with pytest.raises(Refused) as said:
        action(*args, **kwargs)
    return said.value.code


def test_whoever_wrote_in_it_does_not_approve_it():
    draft = begin_draft(by="agent:1", content=SAID)
    change_draft(draft, renamed, by="agent:2")

    assert [refused(approve_draft, draft, by=who) for who in ("agent:1", "agent:2")] == ["charter.own_words"] * 2
    approve_draft(draft, by="agent:3")

    assert (draft.state, draft.approved_by) == ("approved", "agent:3")


def test_a_change_after_the_approval_asks_for_it_anew():
    draft = begin_draft(by="agent:1", content=SAID)
    approve_draft(draft, by="agent:2")

    change_draft(draft, renamed, by="agent:1")

    assert (draft.state, refused(publish_charter, draft, by="agent:1")) == ("draft", "charter.not_approved")


def test_a_version_takes_effect_in_a_minute_at_the_earliest_and_after_the_one_before():
    draft = begin_draft(by="agent:1", content=SAID)
    approve_draft(draft, by="agent:2")
    assert refused(publish_charter, draft, by="agent:1", effective_at=now() - timedelta(days=1)) == "charter.too_soon"

    publish_charter(draft, by="agent:1", effective_at=now() + timedelta(days=9))
    later = begin_draft(by="agent:1")
    change_draft(later, renamed, by="agent:1")
    approve_draft(later, by="agent:2")

    assert refused(publish_charter, later, by="agent:1") == "charter.too_soon"
    publish_charter(later, by="agent:1", effective_at=now() + timedelta(days=10))
    assert list(CharterVersion.objects.order_by("number").values_list("number", "state")) == [
        (1, "published"),
        (2, "published"),
    ]


def test_what_is_published_stays_as_it_is_even_for_who_writes_into_the_database():
    version = publish_for_test(SAID)
    assert refused(change_draft, version, renamed, by="agent:1") == "charter.is_published"
    assert refused(discard_draft, version, by="agent:1") == "charter.is_published"

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE charter_charterversion SET content = '{}' WHERE id = %s", [version.pk])

    assert CharterVersion.objects.get().charter == SAID


def test_there_is_one_draft_at_a_time_and_it_goes_on_from_what_is_published():
    publish_for_test(SAID)
    draft = begin_draft(by="agent:1")
    assert (draft.number, draft.charter) == (2, SAID)

    assert refused(begin_draft, by="agent:2") == "charter.draft_exists"
    discard_draft(draft, by="agent:2")

    assert begin_draft(by="agent:2").number == 2


def test_a_request_is_bound_by_the_version_of_its_time():
    first = publish_for_test(SAID, effective_at=now() - timedelta(days=9))
    second = publish_for_test(SAID, effective_at=now() - timedelta(days=2))

    found = [binding_at(now() - timedelta(days=days)) for days in (10, 5, 1)]

    assert [each and each.id for each in found] == [None, first.pk, second.pk]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (replace(SAID, objectives=[answer_within(0)]), "charter.within"),
        (replace(SAID, objectives=[answer_within(4, target=101)]), "charter.target"),
        (replace(SAID, objectives=[answer_within(4, window=7)]), "charter.window"),
        (replace(SAID, objectives=[answer_within(4), answer_within(5)]), "charter.code"),
        (replace(SAID, remedies=[credit("much")]), "charter.amount"),
        (replace(SAID, remedies=[credit("-5")]), "charter.amount"),
        (replace(SAID, remedies=[credit("5", currency="XXX")]), "charter.currency"),
        (replace(SAID, remedies=[credit("5", objectives=["nothing"])]), "charter.objectives"),
        (replace(SAID, language="tlh"), "charter.language"),
    ],
)
def test_what_could_never_be_measured_or_booked_is_refused(said, code):
    draft = begin_draft(by="agent:1")

    assert refused(change_draft, draft, lambda _former: said, by="agent:1") == code
    assert CharterVersion.objects.get().charter == Charter()


def test_a_file_that_is_no_charter_is_refused():
    draft = begin_draft(by="agent:1")

    assert refused(replace_draft, draft, {"objectives": 7}, by="agent:1") == "charter.unreadable"
    replace_draft(draft, written(SAID), by="agent:1")

    assert CharterVersion.objects.get().charter == SAID


def test_a_remedy_for_a_promise_that_is_gone_goes_with_it():
    more = replace(SAID, remedies=[*SAID.remedies, credit("7", code="any")])

    assert [each.code for each in drop_part(more, "objectives", "answer").remedies] == ["any"]


def test_a_comparison_names_what_differs_and_nothing_else():
    after = replace(SAID, title={"en": "Charter", "de": "Charta"}, objectives=[answer_within(3)], remedies=[])

    found = [(each.name, each.kind, [str(label) for label, _was, _now in each.fields]) for each in compare(SAID, after)]

    assert found == [
        ("", "changed", ["Title (de)"]),
        ("An answer in time", "changed", ["Promise (en)", "Within"]),
        ("Credit", "removed", []),
    ]
    (_title, answered, _credit) = compare(SAID, after)
    assert [(was, is_now) for _label, was, is_now in answered.fields][1] == ("4:00", "3:00")


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_sample_can_be_kept(name):
    draft = begin_draft(by="agent:1")

    change_draft(draft, lambda _former: sample(name), by="agent:1")

    assert CharterVersion.objects.get().charter == sample(name)


def test_the_settings_file_carries_the_charter_as_a_draft_to_be_approved():
    leaks = make_team("Leaks")
    said = replace(SAID, objectives=[answer_within(4, team_ids=[leaks.pk], calendar_id=leaks.calendar_id)])
    publish_for_test(said)
    (thing,) = sections()["charter"].read()
    assert (thing["objectives"][0]["teams"], thing["objectives"][0]["calendar"]) == (["Leaks"], "Office hours")

    sections()["charter"].write({**thing, "title": {"en": "Our charter"}}, "agent:1")

    draft = CharterVersion.objects.get(number=2)
    assert (draft.state, draft.charter) == ("draft", replace(said, title={"en": "Our charter"}))
