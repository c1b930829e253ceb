"""How answers are written: JSON straight from rows, chosen fields, pages, and what tells one state from another."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from charterdesk.api.problems import Problem
from charterdesk.base.refused import Refused
from charterdesk.base.sealed import seal, unseal

JSON = "application/json"
LISTS = "api"
Row = Mapping[str, Any]
Place = tuple[Any, ...]


def to_json(data: Any) -> bytes:
    """`data` as JSON; times in UTC with a Z, lazy texts and decimals as strings."""
    return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z)


def answer(data: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A JSON answer."""
    response = HttpResponse(to_json(data), content_type=JSON, status=status)
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def nothing(*, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Done, and there is nothing to say."""
    return HttpResponse(status=204, headers=dict(headers or {}))


def etag_of(data: Any) -> str:
    """What changes whenever `data` does, in whichever order the database keeps its names."""
    text = orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z | orjson.OPT_SORT_KEYS)
    return f'"{hashlib.blake2b(text, digest_size=12).hexdigest()}"'


def state_answer(request: HttpRequest, row: Row, *, fields: str | None = None, status: int = 200) -> HttpResponse:
    """One thing with its ETag; 304 where the asker has it as it is."""
    etag = etag_of(row)
    if request.method in ("GET", "HEAD") and etag in [
        each.strip() for each in request.headers.get("If-None-Match", "").split(",")
    ]:
        return HttpResponse(status=304, headers={"ETag": etag})
    return answer(chosen(row, fields), status=status, headers={"ETag": etag})


def check_state(request: HttpRequest, row: Row) -> None:
    """Raises `Problem` (412) where the asker goes by another state (`If-Match`) than `row`."""
    given = [each.strip().removeprefix("W/") for each in request.headers.get("If-Match", "").split(",") if each.strip()]
    if given and "*" not in given and etag_of(row) not in given:
        detail = _("It changed since you read it. Read it again, and decide again what to change.")
        raise Problem(412, "api.changed_meanwhile", detail, headers={"ETag": etag_of(row)})


def chosen(row: Row, fields: str | None) -> Row:
    """Only the fields asked for (apart by commas), and always by what the thing is known; all where none is named."""
    if not fields:
        return row
    wanted = {*fields.split(","), "id", "number"}
    return {name: value for name, value in row.items() if name in wanted}


def page_of(
    rows: Sequence[Row], size: int, *, place: Sequence[str] = ("id",), fields: str | None = None
) -> HttpResponse:
    """A page of at most `size` of `rows`, of which one more was read to see whether there are more.

    `place` names what a row's place in the order is; the next page begins after it.
    """
    shown = rows[:size]
    after = write_cursor([shown[-1][name] for name in place]) if len(rows) > size else None
    items = [chosen(row, fields) for row in shown] if fields else shown
    return answer({"items": items, "next": after})


def write_cursor(place: Sequence[Any]) -> str:
    """A place in a list, for a program to hand back as it is; it can't be read there."""
    return seal(to_json(list(place)), of=LISTS)


def read_cursor(cursor: str, *kinds: type) -> Place:
    """The place a cursor names: a value of each of `kinds` (None stands for any). Raises `Refused`."""
    try:
        values = orjson.loads(unseal(cursor, of=LISTS))
        assert isinstance(values, list) and len(values) == len(kinds)
        return tuple(_value(value, kind) for value, kind in zip(values, kinds, strict=True))
    except (ValueError, AssertionError) as error:
        raise bad_cursor() from error


def bad_cursor() -> Refused:
    """Says that a cursor is none of ours."""
    return Refused("api.bad_cursor", _("This cursor is not one of this list. Begin anew without one."))


def _value(value: Any, kind: type) -> Any:
    if value is None:
        return None
    if kind is datetime:
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    assert type(value) is kind
    assert not isinstance(value, int) or -(2**63) <= value < 2**63
    return value


def file_answer(kind: str, what: str) -> dict[str, Any]:
    """How a file that is answered is described: its media type, and what it holds."""
    content = {kind: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"description": what, "content": content}}}
