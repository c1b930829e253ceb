"""What directories send, as this desk has it: a name is one text, an address is the user name, a role is its name.

Entra ID and Okta tell much besides, and each has forms of its own: words for yes and no, names in pieces, several
attributes in one operation without a path. What comes out is what RFC 7644 says; what a desk keeps nothing of, the
policy of `resources.PROVIDER` leaves out.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from scim2_models import InvalidValueException

ONE_NAME = {"displayname", "name", "name.formatted", "name.givenname", "name.familyname"}
"""Attributes of a person that say the one name a desk keeps."""
PIECES = {"name.middlename", "name.honorificprefix", "name.honorificsuffix"}
READ_ONLY = {"schemas", "id", "meta"}
"""Come along in a value without a path, and are changed by nobody."""
LEFT = {"op": "replace", "path": "title", "value": ""}
"""Stands where nothing of a PATCH is left, which must hold an operation: a desk keeps no titles."""

Operation = dict[str, Any]


def understood(body: bytes, rest: str) -> bytes:
    """The body of a request to the path `rest`, as the desk has it; what is no JSON stays as it is.

    Raises `InvalidValueException` for text that no database keeps.
    """
    try:
        said = json.loads(body) if body else None
    except ValueError:
        return body
    if not _can_be_kept(said):
        raise InvalidValueException(detail=_("No text may hold a NUL or half a surrogate pair."))
    if not isinstance(said, dict) or rest.lower().endswith(".search"):
        return body
    is_user = rest.lower().startswith("users")
    if isinstance(said.get("Operations"), list):
        said["Operations"] = _operations(said["Operations"], is_user=is_user)
    elif "Operations" not in said and is_user:
        said = _person(said)
    return json.dumps(said).encode()


def _can_be_kept(said: Any) -> bool:
    text = json.dumps(said, ensure_ascii=False)
    return "\\u0000" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _person(said: dict[str, Any]) -> dict[str, Any]:
    """A person who is told whole."""
    kept = {name: _value(name, value) for name, value in said.items() if name.lower() not in {*ONE_NAME, "emails"}}
    given = {name.lower(): value for name, value in said.items() if name.lower() in ONE_NAME}
    if isinstance(given.get("name"), dict | None) and isinstance(given.get("displayname"), str | None):
        name = _one_name(given)
        return {**kept, "name": {"formatted": name}} if name else kept
    return {**kept, **{name: value for name, value in said.items() if name.lower() in ONE_NAME}}


def _one_name(given: dict[str, Any]) -> str:
    """The name by what says it best, "" where nothing does: as it is shown, as it is written, or put together."""
    parts = {f"name.{each.lower()}": value for each, value in (given.get("name") or {}).items()} | given
    texts = {each: value.strip() for each, value in parts.items() if isinstance(value, str)}
    together = " ".join(filter(None, map(texts.get, ("name.givenname", "name.familyname"))))
    return texts.get("displayname") or texts.get("name.formatted") or together


def _value(name: str, value: Any) -> Any:
    """The value of one attribute: Entra ID says "True" and "False", and what kind of role a role is."""
    match name.lower():
        case "active" if isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower() == "true"
        case "roles":
            return _roles(value)
        case _:
            return value


def _roles(roles: Any) -> Any:
    """Roles by their names only: which is the primary one, and of which type, is nothing we keep."""
    if not isinstance(roles, list):
        return roles
    return [{"value": each.get("value")} if isinstance(each, dict) else each for each in roles]


def _operations(given: list[Any], *, is_user: bool) -> list[Any]:
    """The operations of a PATCH, one for each attribute."""
    single = [each for one in given for each in _single(one)]
    return _of_person(single) if is_user else single


def _single(one: Any) -> Iterator[Any]:
    """One operation as those on the attributes it names."""
    if not isinstance(one, dict) or one.get("path") or not isinstance(one.get("value"), dict):
        yield one
        return
    for name, value in one["value"].items():
        if name.lower() not in READ_ONLY:
            yield {**one, "path": name, "value": value}


def _of_person(given: list[Any]) -> list[Any]:
    """Operations on a person: what they say of the name is one of them, the last."""
    kept: list[Any] = []
    names: dict[str, Any] = {}
    for one in given:
        path = _attribute(one)
        if path in ONE_NAME and str(one.get("op")).lower() != "remove":
            names[path] = one.get("value")
        elif path not in PIECES and not path.startswith("emails"):
            kept.append(_operation(one, path))
    return [*kept, *_renamed(names)] or [LEFT]


def _attribute(one: Any) -> str:
    """Which attribute an operation is about, in small letters and without the schema."""
    path = str(one.get("path") or "") if isinstance(one, dict) else ""
    return path.rpartition(":2.0:User:")[2].lower()


def _renamed(names: dict[str, Any]) -> list[Operation]:
    """What names somebody anew. A piece alone does not: nobody knows which piece of the name it stands for."""
    pieces = {"name.givenname", "name.familyname"}
    told = names.get("name")
    if set(names) < pieces or (set(names) == {"name"} and _is_piece(told)):
        return []
    if isinstance(told, dict | None) and (name := _one_name(names)):
        return [{"op": "replace", "path": "name.formatted", "value": name}]
    return [{"op": "replace", "path": path, "value": value} for path, value in names.items()]


def _is_piece(told: Any) -> bool:
    names = {each.lower() for each in told} if isinstance(told, dict) else set()
    return "formatted" not in names and len(names & {"givenname", "familyname"}) == 1


def _operation(one: Any, path: str) -> Any:
    """An operation; one on the value of the primary role, as Entra ID sends it, is one on all roles."""
    if not isinstance(one, dict) or "value" not in one:
        return one
    if path.startswith("roles[") and path.endswith(".value"):
        return {**one, "op": "replace", "path": "roles", "value": [{"value": one["value"]}]}
    return {**one, "value": _value(path, one["value"])}
