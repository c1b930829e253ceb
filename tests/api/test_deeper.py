"""schemathesis again, where it finds something: addresses of what is there; right bodies with one thing wrong in them.

Invented numbers lead to nothing but 404. Here every address names what `ApiWorld` holds, so that actions are reached.
"""

import json
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as within

from charterdesk.api.limits import limits
from charterdesk.api.urls import api
from charterdesk.wsgi import application
from tests.api.test_access import QUERIES, WHO, ApiWorld, body_for
from tests.test_nonsense import FAULTS, note_fault

EXAMPLES = int(os.environ.get("API_EXAMPLES", "20"))
ONLY = os.environ.get("API_ONLY", "").split()
ODD: tuple[object, ...] = (
    "", "a\0b", "\ud800", "a" * 10_000, "nobody@", "//x", "<script>", "9999-12-31T23:59:59Z", "0001-01-01", "NaN",
    10**25, -1, 0, 1.5, None, [], {}, [None], [[]], {"en": None}, {"xx": "x"}, {"": ""}, True, ["a\0b"], [10**25],
)  # fmt: skip


@pytest.fixture
def world(db: None, settings: Any) -> Iterator[ApiWorld]:
    """Something of every kind, and a token of an administrator for it."""
    settings.API_RATE = 10**9
    for signal in (request_started, request_finished):  # as Django's own test client does: the test's connection stays
        signal.disconnect(close_old_connections)
    limits.forget()
    got_request_exception.connect(note_fault)
    yield ApiWorld()
    got_request_exception.disconnect(note_fault)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations() -> list[str]:
    """Those to ask: all, or those whose path holds one of the words of API_ONLY."""
    return [each for each in WHO if not ONLY or any(word in each for word in ONLY)]


def named_by(world: ApiWorld, path: str) -> dict[str, Any]:
    """What an address of `path` names of the world."""
    return world.named | next((more for start, more in world.elsewhere.items() if path.startswith(start)), {})


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_every_answer_about_what_is_there_is_as_described(world: ApiWorld) -> None:
    schema = schemathesis.openapi.from_dict(api.described())
    schema.app = application
    broke: list[str] = []
    for name in operations():
        method, path = name.split(" ")
        ask = asking(world, schema[f"/api/v1{path}"][method], named_by(world, path))
        try:
            ask()
        except (Exception, BaseExceptionGroup) as error:
            broke.append(f"{name}: {FAULTS} {str(error)[:1500]}")

    assert broke == []


def asking(world: ApiWorld, operation: Any, held: dict[str, Any]) -> Callable[[], None]:
    """What asks for `operation` as often as EXAMPLES says, of what is `held`; raises what schemathesis found."""

    @within(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        case.path_parameters = {each: held[each] for each in case.path_parameters or {}}
        (case.headers or {}).pop("If-Match", None)  # an invented ETag is of another state: 412 is right
        point = transaction.savepoint()
        FAULTS.clear()
        try:
            case.call_and_validate(headers={"Authorization": f"Bearer {world.secrets['administrator']}"})
        finally:
            transaction.savepoint_rollback(point)

    return ask


def wrong_bodies(right: Any) -> Iterator[Any]:
    """A right body with one thing wrong in it, wherever it stands."""
    if isinstance(right, dict):
        for key, value in right.items():
            yield {each: kept for each, kept in right.items() if each != key}
            yield from ({**right, key: odd} for odd in ODD)
            yield from ({**right, key: wrong} for wrong in wrong_bodies(value))
    elif isinstance(right, list) and right:
        yield from ([wrong, *right[1:]] for wrong in wrong_bodies(right[0]))
        yield right * 2


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_one_thing_wrong_in_what_is_sent_breaks_nothing(world: ApiWorld) -> None:
    broke: list[str] = []
    for name in operations():
        for body in wrong_bodies(body_for(world, name)):
            point = transaction.savepoint()
            FAULTS.clear()
            answer = world.ask("administrator", name, body, QUERIES.get(name, ""))
            if answer.status_code >= 500:
                broke.append(f"{name} {json.dumps(body)[:300]}: {FAULTS or answer.content[:200]!r}")
            transaction.savepoint_rollback(point)

    assert broke == []
