"""Finds an address of every page in a running demo, by following links as four people of the demo world see them.

What none of them comes to (a page needs something that the demo world does not hold) is taken from the world of
`tests/test_access.py`, which is put into the demo then.
"""

import json
import re
from collections import deque
from dataclasses import asdict, dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from charterdesk.events.models import RuleRun
from charterdesk.people.models import Agent, Contact
from charterdesk.settings_table import data_folder
from charterdesk.tickets.models import Ticket
from tests.test_access import GET, WHO, World, addresses

ANONYMOUS = "anonymous"
PEOPLE = {
    ANONYMOUS: ANONYMOUS,
    "customer": "petra@harbour-lettings.example.com",
    "agent": "maya",
    "manager": "soraya",
    "administrator": "imke",
}
"""Whose eyes show a page, by who of the access test may see it; the first who may is taken."""
SETTINGS = "/desk/admin"
"""Pages that administrators see most of."""
BEGINS = ("/desk/inbox/open/", "/desk/search?q=water", "/search?q=water", "/desk/reports/?by=team", "/")
"""What is followed first: of pages that want a question, one that has answers."""
ENDS_THE_VISIT = {"account_logout"}
LINK = re.compile(r'\b(?:href|hx-get)="(/[^"#]*)')
PAGE = re.compile(r"<html", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A page of the running demo: the name of its address, where it is, and as whom to look (with these cookies)."""

    name: str
    path: str
    who: str
    cookies: list[list[str]]


def pages_of_demo(address: str) -> list[Found]:
    """Every page of the desk at `address` that its own people come to, in the order of the access test."""
    host = urlsplit(address).netloc
    seen = {who: walk(signed_in(person, host)) for who, person in PEOPLE.items()}
    return [found for name in WHO if (found := seen_by_somebody(name, seen, host))]


def other_pages(address: str, known: set[str]) -> list[Found]:
    """The pages that are not among the `known`. Changes the demo: take those it has of its own before."""
    missing = {name for name, (method, allowed) in WHO.items() if method == GET and allowed and name not in known}
    return list(found_in_test_world(missing, urlsplit(address).netloc).values())


def seen_by_somebody(name: str, seen: dict[str, dict[str, str]], host: str) -> Found | None:
    """The page `name` as the first of the demo's people who came to it sees it."""
    eyes = [who for who in PEOPLE if who in WHO[name][1] and name in seen[who]]
    who = eyes[0] if eyes else None
    if who and "administrator" in eyes and seen[who][name].startswith(SETTINGS):
        who = "administrator"
    if WHO[name][0] != GET or who is None:
        return None
    return Found(name, seen[who][name], PEOPLE[who], cookies_of(signed_in(PEOPLE[who], host)))


def walk(client: Client) -> dict[str, str]:
    """The path of each page that `client` comes to, by the name of its address: one path of each name is followed."""
    pages: dict[str, str] = {}
    todo = deque([*BEGINS, *what_rules_did()])
    todo.extend(
        reverse(name) for name, pattern in addresses() if may_be_asked(name) and not pattern.pattern.regex.groupindex
    )
    asked: set[str] = set()
    while todo:
        path = todo.popleft()
        name = name_of(path)
        if name in asked or not may_be_asked(name):
            continue
        asked.add(name)
        answer = client.get(path)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            text = answer.content.decode()
            todo.extend(unescape(link) for link in LINK.findall(text))
            if is_page(answer):
                pages[name] = path
    return pages


def what_rules_did() -> list[str]:
    """Why something happened to a ticket on which a rule acted; of others that page has nothing to say."""
    acted = RuleRun.objects.filter(subject__startswith="ticket:", error="", held="").exclude(done=[])
    subject = acted.order_by("-id").values_list("subject", flat=True).first()
    ticket = Ticket.objects.filter(pk=subject.partition(":")[2]).first() if subject else None
    return [reverse("workspace:why", args=[ticket.number])] if ticket else []


def name_of(path: str) -> str:
    """The name of the address that answers `path`; empty where none does."""
    try:
        return resolve(urlsplit(path).path).view_name or ""
    except Resolver404:
        return ""


def may_be_asked(name: str) -> bool:
    """Whether asking for it changes nothing."""
    return WHO.get(name, ("",))[0] == GET and name not in ENDS_THE_VISIT


def is_page(answer: Any) -> bool:
    """Whether it is a whole page: no redirect, no file, no part of a page, no refusal."""
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status_code == 200 and is_html and bool(PAGE.search(answer.content.decode()))


def signed_in(person: str, host: str) -> Client:
    """A browser in which `person` of the demo world is signed in: an agent by first name, a customer by address."""
    client = Client(raise_request_exception=False, HTTP_HOST=host)
    if "@" in person:
        login = Contact.objects.get(identities__value=person).login
    elif person != ANONYMOUS:
        login = Agent.objects.get(login__email__startswith=f"{person}@").login
    else:
        return client
    assert login is not None, f"{person} can't sign in"
    client.force_login(login)
    return client


def cookies_of(client: Client) -> list[list[str]]:
    """What the browser of `client` holds, to be held by another."""
    return [[each.key, each.value] for each in client.cookies.values()]


def found_in_test_world(names: set[str], host: str) -> dict[str, Found]:
    """Those of `names` that are pages in the world of the access test, which is put into the demo once."""
    if not names:
        return {}
    kept = data_folder() / "album-world.json"
    if not kept.exists():
        kept.write_text(json.dumps([asdict(found) for found in pages_of_test_world(host)]))
    known = [Found(**each) for each in json.loads(kept.read_text())]
    return {found.name: found for found in known if found.name in names}


def pages_of_test_world(host: str) -> list[Found]:
    """Make the world of the access test, whole or not at all; every page of it, as the first who may see it."""
    with transaction.atomic():
        world = World()
        clients = {who: world.client(who) for who in ("administrator", "agent", "customer", ANONYMOUS)}
    pages: list[Found] = []
    for name, pattern in addresses():
        who = next((who for who in clients if who in WHO[name][1]), None)
        if may_be_asked(name) and who is not None:
            path = world.path(name, pattern)
            if is_page(clients[who].get(path, HTTP_HOST=host)):
                pages.append(Found(name, path, f"{who} of the test world", cookies_of(clients[who])))
    return pages
