"""Lists of people as CSV: read whatever a spreadsheet writes, and say of each line what would come of it."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import available_timezones

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.people.actions.contacts import ADDRESS, normal_address, normal_number
from charterdesk.people.models import LANGUAGES, Agent, Contact, Identity, ImportRun, Organisation, Role, Team
from charterdesk.people.permissions import known, permissions_of

MAKE, CHANGE, SAME, REFUSE = "make", "change", "same", "refuse"
MOST_LINES = 50_000
MOST_BYTES = 16 * 2**20
"""Of a list: as much as one request of the API brings."""
MOST_CAPACITY = 1000
COLUMNS: dict[str, dict[str, Sequence[str]]] = {
    ImportRun.CONTACTS: {
        "email": ("e-mail", "mail", "e-mail address", "address"), "name": ("full name",), "phone": ("telephone",),
        "language": (), "organisation": ("organization", "company"), "note": ("notes",),
    },
    ImportRun.ORGANISATIONS: {"name": ("organisation", "company"), "domains": ("domain",), "note": ("notes",)},
    ImportRun.AGENTS: {
        "email": ("e-mail", "mail", "e-mail address", "address"), "name": ("full name",), "role": (),
        "teams": ("team",), "language": (), "time_zone": ("time zone", "timezone"), "capacity": (), "skills": (),
    },
}  # fmt: skip
"""By kind: the columns, and what else they may be called. The first is what people are known again by."""


@dataclass
class Line:
    """A line of the list, and what would come of it: `fields` are what would differ."""

    number: int
    values: Mapping[str, str]
    verdict: str = SAME
    why: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    found: Any = None

    @property
    def name(self) -> str:
        """By what it is known again."""
        return self.values.get("email") or self.values.get("name", "")

    def refuse(self, why: str) -> None:
        """Say why nothing comes of it."""
        self.verdict, self.why = REFUSE, why


def read_text(raw: bytes) -> str:
    """The list as text, however it is encoded. Raises `Refused("people.no_list")` for what is no text."""
    try:
        return raw.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        best = from_bytes(raw).best()
    if best is None or "\x00" in str(best):
        raise Refused("people.no_list", _("This is no list. Save it as CSV, and send that."))
    return str(best)


def read_lines(kind: str, text: str) -> list[Line]:
    """The lines of a list, by the names of columns in its first one; commas, semicolons or tabs between.

    Raises `Refused`: `people.no_list`, `people.no_column`, `people.list_too_long`.
    """
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = list(csv.reader(text.splitlines(), delimiter=separator))
    if len(rows) < 2:
        raise Refused("people.no_list", _("The list needs a line with the names of its columns, and lines below."))
    if len(rows) > MOST_LINES:
        raise Refused(
            "people.list_too_long", _("A list has at most %(n)s lines; send it in parts.") % {"n": MOST_LINES}
        )
    places = _places(kind, rows[0])
    return [
        Line(number=at, values={name: row[place].strip() for name, place in places.items() if place < len(row)})
        for at, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]


def _places(kind: str, header: Sequence[str]) -> dict[str, int]:
    """Where each known column stands."""
    told = [cell.strip().lower() for cell in header]
    places: dict[str, int] = {}
    for name, others in COLUMNS[kind].items():
        place = next((told.index(word) for word in (name, *others) if word in told), None)
        if place is not None:
            places[name] = place
    key = next(iter(COLUMNS[kind]))
    if key not in places:
        raise Refused("people.no_column", _("There is no column called %(name)s.") % {"name": key})
    return places


def judge(kind: str, lines: Sequence[Line], *, granted: frozenset[str]) -> None:
    """Say of each of `lines` what would come of it. A few queries, however many lines.

    `granted` is what whoever sends the list may give others to do.
    """
    _JUDGES[kind](lines, granted)


def _judge_contacts(lines: Sequence[Line], granted: frozenset[str]) -> None:
    _read_addresses(lines)
    wanted = [line.values["email"] for line in lines]
    identities = Identity.objects.filter(kind=Identity.EMAIL, value__in=wanted).select_related("contact")
    contacts = {each.value: each.contact for each in identities}
    names = {line.values["organisation"].lower() for line in lines if line.values.get("organisation")}
    organisations = {each.name.lower(): each for each in Organisation.objects.all() if each.name.lower() in names}
    phones = dict(
        Identity.objects.filter(kind=Identity.PHONE, contact__in=contacts.values()).values_list("value", "contact_id")
    )
    for line in lines:
        values, found = line.values, contacts.get(line.values["email"])
        wants: dict[str, Any] = {name: values[name] for name in ("name", "note") if values.get(name)}
        if language := _language(line):
            wants["language"] = language
        if values.get("organisation"):
            wants["organisation"] = organisations.get(values["organisation"].lower()) or values["organisation"]
        if values.get("phone") and not normal_number(values["phone"]):
            line.refuse(_("“%(text)s” is no phone number.") % {"text": values["phone"]})
        number = normal_number(values.get("phone", ""))
        if number and (found is None or phones.get(number) != found.pk):
            wants["phone"] = number
        _settle(line, found, wants)


def _judge_organisations(lines: Sequence[Line], granted: frozenset[str]) -> None:
    names = {line.name.lower() for line in lines}
    organisations = {each.name.lower(): each for each in Organisation.objects.all() if each.name.lower() in names}
    for line in lines:
        if not line.name:
            line.refuse(_("There is no name."))
            continue
        wants: dict[str, Any] = {
            "name": line.name,
            **({"note": line.values["note"]} if line.values.get("note") else {}),
        }
        if line.values.get("domains"):
            wants["domains"] = sorted(
                {each.lower() for each in line.values["domains"].replace(",", " ").replace(";", " ").split()}
            )
        _settle(line, organisations.get(line.name.lower()), wants)


def _judge_agents(lines: Sequence[Line], granted: frozenset[str]) -> None:
    _read_addresses(lines)
    agents = {
        each.login.email: each
        for each in Agent.objects.filter(login__email__in=[line.values["email"] for line in lines])
        .select_related("login", "free_role")
        .prefetch_related("teams", "skills")
    }
    teams = {each.name.lower(): each for each in Team.objects.all()}
    roles = {each.name.lower(): each for each in Role.objects.all()}
    for line in lines:
        found = agents.get(line.values["email"])
        wants = _agent_fields(line, teams, roles)
        role = (
            permissions_of(wants.get("role", Agent.AGENT))
            if not wants.get("free_role")
            else known(wants["free_role"].permissions)
        )
        had = (
            frozenset()
            if found is None
            else known(found.free_role.permissions)
            if found.free_role
            else permissions_of(found.role)
        )
        if not (role | had) <= granted and line.verdict != REFUSE:
            line.refuse(_("You may not change what this person may do."))
        _settle(line, found, wants)


def _agent_fields(line: Line, teams: Mapping[str, Team], roles: Mapping[str, Role]) -> dict[str, Any]:
    """What a line says of an agent; what it can't mean is refused."""
    values = line.values
    wants: dict[str, Any] = {name: values[name] for name in ("name", "time_zone") if values.get(name)}
    if language := _language(line):
        wants["language"] = language
    wants |= _role(line, roles) | _capacity(line)
    if wants.get("time_zone", "UTC") not in available_timezones():
        line.refuse(_("There is no time zone “%(text)s”.") % {"text": values["time_zone"]})
    if named := _apart(values.get("teams", "")):
        if unknown := [name for name in named if name.lower() not in teams]:
            line.refuse(_("There is no team “%(text)s”.") % {"text": ", ".join(unknown)})
        wants["teams"] = [teams[name.lower()] for name in named if name.lower() in teams]
    if skills := _apart(values.get("skills", "")):
        wants["skills"] = skills
    return wants


def _role(line: Line, roles: Mapping[str, Role]) -> dict[str, Any]:
    """A built-in role by its code, or one of the desk's own by its name."""
    role = line.values.get("role", "").lower()
    if role in dict(Agent.ROLES):
        return {"role": role, "free_role": None}
    if role in roles:
        return {"role": Agent.AGENT, "free_role": roles[role]}
    if role:
        line.refuse(_("There is no role “%(text)s”.") % {"text": line.values["role"]})
    return {}


def _capacity(line: Line) -> dict[str, int]:
    text = line.values.get("capacity", "")
    if text.isdecimal() and int(text) <= MOST_CAPACITY:
        return {"capacity": int(text)}
    if text:
        line.refuse(_("“%(text)s” is no capacity.") % {"text": text})
    return {}


def _apart(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").replace("|", ",").split(",") if part.strip()]


def _read_addresses(lines: Sequence[Line]) -> None:
    """Normal addresses, each once; what is none is refused."""
    seen: set[str] = set()
    for line in lines:
        address = normal_address(line.values.get("email", ""))
        line.values = {**line.values, "email": address}
        if not ADDRESS.fullmatch(address) or len(address) > 254:
            line.refuse(_("“%(text)s” is no e-mail address.") % {"text": address})
        elif address in seen:
            line.refuse(_("This address stands there twice."))
        seen.add(address)


def _language(line: Line) -> str:
    """The code of a language, given as code or name; "" for none."""
    said = line.values.get("language", "").lower()
    codes = {code: code for code, _name in LANGUAGES} | {str(name).lower(): code for code, name in LANGUAGES}
    if said and said not in codes:
        line.refuse(_("The desk does not speak “%(text)s”.") % {"text": said})
    return codes.get(said, "")


def _settle(line: Line, found: Any, wants: dict[str, Any]) -> None:
    """Whether it is made, changed, the same or refused, and which fields differ."""
    if line.verdict == REFUSE:
        return
    line.found = found
    if found is None:
        line.verdict, line.fields = MAKE, wants
        return
    line.fields = {name: value for name, value in wants.items() if _has(found, name) != _plain(value)}
    line.verdict = CHANGE if line.fields else SAME


def _has(found: Contact | Organisation | Agent, name: str) -> Any:
    if name in ("teams", "skills"):
        return sorted(str(each) for each in getattr(found, name).all())
    return getattr(found, name, None)


def _plain(value: Any) -> Any:
    return sorted(str(each) for each in value) if isinstance(value, list) else value


_JUDGES: dict[str, Callable[[Sequence[Line], frozenset[str]], None]] = {
    ImportRun.CONTACTS: _judge_contacts,
    ImportRun.ORGANISATIONS: _judge_organisations,
    ImportRun.AGENTS: _judge_agents,
}
