"""The part of calls in the settings file: numbers that customers call, systems by name, and extensions by e-mail."""

from collections.abc import Iterator

from charterdesk.base.configured import Section, Thing, configured, named, values_of
from charterdesk.base.keys import Actor
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.calls.actions import save_line, save_system, set_extensions
from charterdesk.calls.models import Extension, PhoneLine, PhoneSystem
from charterdesk.people.models import Agent, Team

LINE = ("name", "number", "team", "language", "calendar", "calls_back", "is_active")
SYSTEM = ("name", "is_active")


def _lines() -> Iterator[Thing]:
    for line in PhoneLine.objects.select_related("team", "calendar").order_by("name"):
        yield values_of(line, LINE)


def _set_line(thing: Thing, by: Actor) -> None:
    fields = dict(thing)
    if "team" in fields:
        fields["team"] = named(Team, fields["team"])
    if "calendar" in fields:
        fields["calendar"] = named(BusinessCalendar, fields["calendar"])
    save_line(PhoneLine.objects.filter(name=thing["name"]).first() or PhoneLine(), by=by, fields=fields)


def _systems() -> Iterator[Thing]:
    for system in PhoneSystem.objects.order_by("name"):
        yield values_of(system, SYSTEM)


def _set_system(thing: Thing, by: Actor) -> None:
    save_system(PhoneSystem.objects.filter(name=thing["name"]).first() or PhoneSystem(), by=by, fields=thing)


def _extensions() -> Iterator[Thing]:
    found: dict[str, list[str]] = {}
    for email, number in Extension.objects.order_by("agent__login__email", "pk").values_list(
        "agent__login__email", "number"
    ):
        found.setdefault(email, []).append(number)
    for email, numbers in found.items():
        yield {"agent": email, "extensions": numbers}


def _set_extensions(thing: Thing, by: Actor) -> None:
    agent = named(Agent, thing["agent"], field="login__email")
    if agent:
        set_extensions(agent, numbers=thing.get("extensions", []), by=by)


configured(Section(name="phone_lines", key="name", fields=LINE, read=_lines, write=_set_line))
configured(Section(name="phone_systems", key="name", fields=SYSTEM, read=_systems, write=_set_system))
configured(
    Section(
        name="extensions",
        key="agent",
        fields=("agent", "extensions"),
        read=_extensions,
        write=_set_extensions,
        names_others=True,
    )
)
