"""Makes `models.py` and `operations.py` from the API's own description: `python clients/python/generate.py`.

A model is a `TypedDict`, an operation a method. Needs the desk's own environment (`bin/setup`).
"""

import keyword
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import django

PACKAGE = Path(__file__).resolve().parent / "charterdesk_client"
HEAD = '"""{what} Made by generate.py: do not change it by hand."""\n\n'
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
HEADERS = {"Idempotency-Key": "idempotency_key", "If-Match": "if_match"}
Part = Mapping[str, Any]


def sources(described: Part) -> dict[str, str]:
    """The two modules by name, as text before it is formatted."""
    return {"models.py": models(described), "operations.py": operations(described)}


def models(described: Part) -> str:
    """A `TypedDict` for every schema; what refers to another comes as text."""
    parts = [HEAD.format(what="What the API takes and gives."), "from typing import Any, NotRequired, TypedDict\n\n"]
    for name, schema in sorted(described["components"]["schemas"].items()):
        if schema.get("type") == "object" and "properties" in schema:
            parts.append(_model(name, schema))
    return "\n".join(parts)


def _model(name: str, schema: Part) -> str:
    said = " ".join(str(schema.get("description") or f"{name}.").split()).replace('"', "'")
    needed = set(schema.get("required", ()))
    kinds = {field: _type(about) for field, about in schema["properties"].items()}
    fields = {field: kind if field in needed else f"NotRequired[{kind}]" for field, kind in kinds.items()}
    if any(keyword.iskeyword(field) for field in fields):  # no class can have such a field
        return f'{name} = TypedDict("{name}", {_pairs(fields.items())})\n"""{_short(said)}"""\n\n'
    lines = [f"class {name}(TypedDict):", f'    """{_short(said)}"""\n']
    lines += [f"    {field}: {kind}" for field, kind in fields.items()]
    return "\n".join(lines) + "\n\n"


def _type(schema: Part, space: str = "") -> str:
    """The Python type of a schema; `space` stands before names of models, quoted where they may come later."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return f"{space}{name}" if space else f'"{name}"'
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return _either([_type(each, space) for each in schema[several]])
    if isinstance(schema.get("type"), list):
        return _either([_type({**schema, "type": each}, space) for each in schema["type"]])
    match schema.get("type"):
        case "array":
            return f"list[{_type(schema.get('items', {}), space)}]"
        case "object":
            inner = schema.get("additionalProperties")
            return f"dict[str, {_type(inner, space) if isinstance(inner, dict) and inner else 'Any'}]"
        case str(plain):
            return PLAIN[plain]
    return "Any"


def _either(kinds: list[str]) -> str:
    """A union; with a quoted name in it the whole is quoted."""
    kinds = list(dict.fromkeys(kinds))
    if any(kind.startswith('"') for kind in kinds) and len(kinds) > 1:
        return '"' + " | ".join(kind.strip('"') for kind in kinds) + '"'
    return " | ".join(kinds)


def operations(described: Part) -> str:
    """A class with a method for every operation."""
    parts = [
        HEAD.format(what="Every operation of the API."),
        "from typing import Any, Unpack, cast\n\nfrom charterdesk_client import models\n"
        "from charterdesk_client.transport import Transport\n\n\n"
        'class Operations(Transport):\n    """The operations, by the names the API\'s description has for them."""\n',
    ]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            parts.append(
                "\n".join(f"    {line}" if line else "" for line in _operation(path, method, operation)) + "\n"
            )
    return "\n".join(parts)


def _operation(path: str, method: str, operation: Part) -> Iterator[str]:
    by_place: dict[str, list[Part]] = {"path": [], "query": [], "header": []}
    for parameter in operation.get("parameters", ()):
        by_place[parameter["in"]].append(parameter)
    body, is_file = _body(operation)
    words = [f"{p['name']}: {_type(p['schema'], 'models.')}" for p in by_place["path"]]
    words += ["content: bytes"] if is_file else []
    words += ["/"] if words else []  # so that a field of the body may have the same name
    named = [_query(parameter) for parameter in by_place["query"]]
    named += [f"{HEADERS[p['name']]}: str | None = None" for p in by_place["header"] if p["name"] in HEADERS]
    words += ["*", *named] if named else []
    words += [f"**body: Unpack[{body}]"] if body else []
    kind, is_binary = _answer(operation)
    yield f"def {operation['operationId']}({', '.join(['self', *words])}) -> {kind}:"
    yield f'    """{_short(_said(operation))}"""'
    asked = [f'"{method.upper()}"', f'f"{path}"' if "{" in path else f'"{path}"']
    if by_place["query"]:
        asked.append(f"params={_pairs((p['name'], _safe(p['name'])) for p in by_place['query'])}")
    asked += ["json=body"] if body else ["content=content"] if is_file else []
    if headers := [p["name"] for p in by_place["header"] if p["name"] in HEADERS]:
        asked.append(f"headers={_pairs((name, HEADERS[name]) for name in headers)}")
    call = f"self._{'ask' if is_binary else 'json'}({', '.join(asked)})"
    if is_binary:
        yield f"    return {call}.content"
    elif kind == "None":
        yield f"    {call}"
    else:
        yield f"    return cast({kind!r}, {call})"


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """A dictionary as code: names, and the variables that hold their values."""
    return "{" + ", ".join(f'"{name}": {value}' for name, value in pairs) + "}"


def _query(parameter: Part) -> str:
    kind = _type(parameter["schema"], "models.")
    name = _safe(parameter["name"])
    return f"{name}: {kind}" if parameter.get("required") else f"{name}: {kind} | None = None"


def _safe(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _body(operation: Part) -> tuple[str, bool]:
    """The model of the body, or "" for none; and whether it is a file."""
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        said = _type(content["application/json"]["schema"], "models.")
        return said.removesuffix(" | None"), False  # a body that may be left out is one without fields
    return "", bool(content)


def _answer(operation: Part) -> tuple[str, bool]:
    """The type of what a good answer holds, and whether it is a file."""
    kinds, is_binary = [], False
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            content = answer.get("content", {})
            if content and "application/json" not in content:
                is_binary = True
            kinds.append(
                _type(content["application/json"]["schema"], "models.") if "application/json" in content else "None"
            )
    return ("bytes", True) if is_binary else (_either(kinds) or "None", False)


def _said(operation: Part) -> str:
    return " ".join(str(operation.get("description") or operation.get("summary", "")).split()).replace('"', "'")


def _short(text: str) -> str:
    """The first sentence, in one line."""
    first = re.split(r"(?<=[.;:])\s", text)[0].rstrip(";:")
    return (first[:96] + "…" if len(first) > 97 else first).replace("\\", "")


def main() -> None:
    """Write both modules, formatted."""
    sys.path.insert(0, str(PACKAGE.parents[2]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charterdesk.settings")
    django.setup()
    from charterdesk.api.urls import api  # noqa: PLC0415  # needs Django set up

    for name, text in sources(api.described()).items():
        (PACKAGE / name).write_text(formatted(text))


def formatted(text: str) -> str:
    """`text` as ruff writes it."""
    ruff = Path(sys.executable).with_name("ruff")
    for words in (["check", "--fix", "-q", "--select", "I,F401"], ["format", "-q"]):
        done = subprocess.run(
            [str(ruff), *words, "--stdin-filename", str(PACKAGE / "made.py"), "-"],
            input=text, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if not done.stdout:
            raise SystemExit(done.stderr)
        text = done.stdout
    return text


if __name__ == "__main__":
    main()
