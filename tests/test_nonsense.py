"""Every form and every parameter of a link, filled with nonsense by everybody who sees it: nothing may break.

What is nonsense is answered with words (the form again, a 400, 404, 409 or 422), never with a fault of the desk.
"""

import json
import random
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote_from_bytes, urljoin, urlsplit

import lxml.html
import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_team
from charterdesk.people.tokens.actions import make_token
from tests.test_access import GET, WHO, World, addresses

PEOPLE = ("administrator", "lead", "agent", "customer", "anonymous")
NONSENSE = (
    b"a\0b", b"9" * 25, b"-1", b"0001-01-01", b"9999-99-99", b"9999-12-31T23:59", b"a" * 10_000, b"\xed\xa0\x80",
    b"NaN", b"1e999", b"%", b"[]", b'{"a": "\\u0000\\ud800"}', b"", b"\xd9\xa3", b"nobody@", b"//x",
    b"0001-01-01T00:00",
)  # fmt: skip
ALL_AT_ONCE, ALONE, WIDE = 2, 2, 5
"""How many of them fill all fields of a form together, how many fields get one while the others are well, and how many
each field gets on the wide walk."""
ENDS = {"end_session", "account_logout"}  # who is signed out sees nothing more
Values = dict[str, list[bytes]]


@dataclass(frozen=True)
class Way:
    """What a page lets its reader send: where to, how, and with which values as the page has them."""

    method: str
    url: str
    values: tuple[tuple[str, bytes], ...]
    whole: bool = False  # whether it goes as multipart
    by_script: bool = False  # whether htmx sends it, for a fragment

    @property
    def name(self) -> tuple[str, ...]:
        """What makes it the same as another: the address's name and its fields'; () leads nowhere here."""
        try:
            address = resolve(urlsplit(self.url).path).view_name
        except Resolver404:
            return ()
        return (self.method, address, *sorted({name for name, _ in self.values}))


def ways(page: str, html: bytes) -> Iterator[Way]:
    """Every form, button and link with parameters of a page, as a browser would send it."""
    tree = lxml.html.fromstring(html)
    for form in tree.iter("form"):
        yield from ways_of_form(page, tree, form)
    for element in tree.xpath("//*[@hx-post or @hx-put or @hx-delete][not(self::form)]"):
        method = next(way for way in ("post", "put", "delete") if element.get(f"hx-{way}") is not None)
        inside = element if element.tag in ("input", "select", "textarea") else None
        values = [] if inside is None else list(values_of(inside))
        yield Way(method, urljoin(page, element.get(f"hx-{method}")), tuple(values), by_script=True)
    for element in tree.xpath("//*[@href or @hx-get]"):
        for address in (element.get("hx-get"), element.get("href") if element.tag == "a" else None):
            if address and "?" in address and not urlsplit(address).netloc:
                path, _, query = urljoin(page, address).partition("?")
                values = [(name, value.encode()) for name, value in parse_qsl(query.partition("#")[0])]
                yield Way(GET, path, tuple(values))


def ways_of_form(page: str, tree: Any, form: Any) -> Iterator[Way]:
    """A form, once for each of its buttons that says something of its own."""
    named = tree.xpath("//*[@form=$id]", id=form.get("id")) if form.get("id") else []
    fields = [
        each
        for each in [*form.iter("input", "select", "textarea", "button"), *named]
        if each.get("form") in (None, form.get("id"))
    ]
    buttons = [each for each in fields if each.tag == "button" or each.get("type") == "submit"]
    values = [value for each in fields if each not in buttons for value in values_of(each)]
    whole = form.get("enctype") == "multipart/form-data" or form.get("hx-encoding") == "multipart/form-data"
    hx = next(
        ((way, form.get(f"hx-{way}")) for way in ("post", "put", "delete", "get") if form.get(f"hx-{way}") is not None),
        None,
    )
    method, action = hx or ((form.get("method") or "get").lower(), form.get("action") or page)
    if method == "dialog":
        return
    seen = set()
    for button in buttons or [None]:
        own = (
            []
            if button is None or not button.get("name")
            else [(button.get("name"), (button.get("value") or "").encode())]
        )
        url = urljoin(page, (button.get("formaction") if button is not None else None) or action)
        if (url, *own) not in seen:
            seen.add((url, *own))
            yield Way(method, url, (*values, *own), whole, hx is not None)


def values_of(field: Any) -> Iterator[tuple[str, bytes]]:
    """What a field sends if nobody touches it; something plausible where it is empty."""
    name, kind = field.get("name"), field.get("type") or ""
    if not name or name == "csrfmiddlewaretoken" or kind == "file":
        return
    if field.tag == "select":
        options = (
            field.xpath(".//option[@selected]")
            or [each for each in field.iter("option") if each.get("value") != ""][:1]
        )
        yield from ((name, (each.get("value") or each.text or "").encode()) for each in options)
    elif field.tag == "textarea":
        yield name, (field.text or "x").encode()
    elif kind in ("checkbox", "radio"):
        yield name, (field.get("value") or "on").encode()
    else:
        yield name, (field.get("value") or "1").encode()


def fillings(way: Way, chance: random.Random, everything: bool) -> Iterator[Values]:
    """The values to send: all fields nonsense at once, some by themselves, one left out and one sent several times."""
    plain: Values = {}
    for name, value in way.values:
        plain.setdefault(name, []).append(value)
    if everything or not plain:
        yield plain
    names = sorted(plain) if everything else chance.sample(sorted(plain), min(ALONE, len(plain)))
    for nonsense in NONSENSE if everything else chance.sample(NONSENSE, ALL_AT_ONCE):
        yield {name: [nonsense] for name in plain}
    for name in names:
        for nonsense in chance.sample(NONSENSE, WIDE if everything else 1):
            yield {**plain, name: [nonsense]}
    for name in names if everything else names[:1]:
        yield {each: value for each, value in plain.items() if each != name}
        yield {**plain, name: [b"1", b"x", *plain[name]]}


BOUNDARY = "nonsense"


def send(client: Client, way: Way, values: Values) -> Any:
    """Send it as a browser would."""
    headers = {"HX-Request": "true"} if way.by_script else {}
    pairs = [(name, value) for name, several in values.items() for value in several]
    encoded = "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in pairs)
    if way.method in ("get", "delete"):
        return client.generic(way.method.upper(), way.url.partition("?")[0], QUERY_STRING=encoded, headers=headers)
    if not way.whole:
        return client.generic(
            way.method.upper(), way.url, encoded, "application/x-www-form-urlencoded", headers=headers
        )
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value
        for name, value in pairs
    ]
    body = b"\r\n".join([*parts, f"--{BOUNDARY}--\r\n".encode()])
    return client.generic("POST", way.url, body, f"multipart/form-data; boundary={BOUNDARY}", headers=headers)


def strange_paths(world: World, name: str, pattern: Any) -> Iterator[str]:
    """An address with each of its parts as nobody wrote it."""
    known = {**world.arguments[""], **world.arguments["message_id"], **world.arguments.get(name, {})}
    parts = {key: known[key] for key in pattern.pattern.regex.groupindex}
    for key, value in parts.items():
        for odd in [10**25] if isinstance(value, int) else ["a\0b", "٣"]:
            with suppress(NoReverseMatch):
                yield reverse(name, kwargs={**parts, key: odd})


FAULTS: list[str] = []


def note_fault(**_sent: Any) -> None:
    """Keep where a view broke."""
    kind, error, where = sys.exc_info()
    ours = [frame for frame in traceback.extract_tb(where) if "/charterdesk/" in frame.filename]
    FAULTS[:] = [
        f"{kind and kind.__name__}: {str(error)[:200]} at {[f'{each.filename}:{each.lineno}' for each in ours[-3:]]}"
    ]


class Walk:
    """One walk through the desk, and what broke on it."""

    def __init__(self, everything: bool) -> None:
        self.world, self.everything = World(), everything
        self.seed = random.SystemRandom().randrange(10**6) if everything else 4
        self.chance = random.Random(self.seed)
        self.known: set[tuple[str, ...]] = set()
        self.broke: list[str] = []

    def ask(self, client: Client, who: str, way: Way, values: Values) -> Any:
        """Send it, note a fault, and undo whatever it changed."""
        point = transaction.savepoint()
        try:
            answer = send(client, way, values)
        finally:
            transaction.savepoint_rollback(point)
        if answer.status_code >= 500:
            said = {name: [value[:30] for value in several] for name, several in values.items()}
            self.broke.append(
                f"{who} {way.method} {way.url}: {said}: {FAULTS.pop() if FAULTS else answer.content[:300]}"
            )
        return answer

    def go(self, who: str) -> None:
        """Open every page as `who`, and send what is new on it."""
        client = self.world.client(who)
        found: list[Way] = []
        for name, pattern in addresses():
            if WHO[name][0] == GET and who in WHO[name][1] and name not in ENDS:
                path = self.world.path(name, pattern)
                page = self.ask(client, who, Way(GET, path, ()), {})
                if page.status_code == 200 and not page.streaming and b"<" in page.content[:200]:
                    found += ways(path, page.content)
        for way in found:
            if way.name and way.name not in self.known and way.name[1] not in ENDS:
                self.known.add(way.name)
                for values in fillings(way, self.chance, self.everything):
                    self.ask(client, who, way, values)

    def stray(self, who: str) -> None:
        """Ask as `who` for addresses that nobody wrote."""
        client = self.world.client(who)
        for name, pattern in addresses():
            for path in [] if name in ENDS else strange_paths(self.world, name, pattern):
                self.ask(client, who, Way(WHO[name][0], path, ()), {})


@pytest.mark.django_db
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("everything", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_no_page_form_or_link_breaks_on_nonsense(everything: bool) -> None:
    walk = Walk(everything)
    got_request_exception.connect(note_fault)
    try:
        for who in PEOPLE:
            walk.go(who)
        walk.stray("administrator")
    finally:
        got_request_exception.disconnect(note_fault)

    assert walk.broke == [], f"with the seed {walk.seed}"
    assert len(walk.known) > 250  # it found the forms


ODD: tuple[object, ...] = ("a\0b@x.example", "\ud800@x.example", "a" * 10_000, 10**25, -1, None, [], {}, [None], True)
SCIM_USER, SCIM_GROUP, SCIM_PATCH = (
    "urn:ietf:params:scim:schemas:core:2.0:User",
    "urn:ietf:params:scim:schemas:core:2.0:Group",
    "urn:ietf:params:scim:api:messages:2.0:PatchOp",
)


def odd_provisioning(agent_id: int, team_id: int) -> Iterator[tuple[str, str, object]]:
    """What a directory that has gone wrong might send: method, path and body."""
    user = {"schemas": [SCIM_USER], "userName": "new@x.example", "name": {"formatted": "New"}}
    group = {"schemas": [SCIM_GROUP], "displayName": "New"}
    for odd in ODD:
        for name in ("userName", "name", "externalId", "active", "roles"):
            yield "POST", "Users", {**user, name: odd}
        for name in ("displayName", "externalId", "members"):
            yield "POST", "Groups", {**group, name: odd}
        yield "POST", "Groups", {**group, "members": [{"value": odd}]}
        for path, kind in ((f"Users/{agent_id}", "name.formatted"), (f"Groups/{team_id}", "displayName")):
            operation = {"op": "replace", "path": kind, "value": odd}
            yield "PATCH", path, {"schemas": [SCIM_PATCH], "Operations": [operation]}
        yield "POST", "Users", odd
    for query in (
        'filter=userName eq "a\\u0000b"',
        "filter=%00",
        "startIndex=-1&count=99999999999999999999",
        "count=x",
    ):
        yield "GET", f"Users?{query}", None


@pytest.mark.django_db
def test_no_directory_breaks_the_desk_by_nonsense() -> None:
    make_team("Leaks")
    amy = make_agent("Amy", role=Agent.ADMINISTRATOR)
    _token, secret = make_token(amy.login, name="Directory", scopes=["scim"], by=amy)
    client = Client(raise_request_exception=False, headers={"authorization": f"Bearer {secret}"})
    got_request_exception.connect(note_fault)
    broke: list[str] = []
    for method, path, body in odd_provisioning(amy.pk, make_team("Billing").pk):
        point = transaction.savepoint()
        FAULTS.clear()
        answer = client.generic(method, f"/scim/v2/{path}", json.dumps(body), "application/scim+json")
        if answer.status_code >= 500:
            broke.append(f"{method} {path} {str(body)[:120]}: {FAULTS or answer.content[:200]!r}")
        transaction.savepoint_rollback(point)
    got_request_exception.disconnect(note_fault)

    assert broke == []
