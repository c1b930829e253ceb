"""The part of notices in the settings file: the parts of the service, by the name in English or the first there is."""

from collections.abc import Iterator

from charterdesk.base.configured import Section, Thing, configured, values_of
from charterdesk.base.keys import Actor
from charterdesk.notices.actions.status import save_component
from charterdesk.notices.models import Component

FIELDS = ("names", "position", "is_active")


def _name(component: Component) -> str:
    names: dict[str, str] = component.names
    return str(names.get("en") or next(iter(names.values()), ""))


def _components() -> Iterator[Thing]:
    for component in Component.objects.all():
        yield {"name": _name(component), **values_of(component, FIELDS)}


def _set_component(thing: Thing, by: Actor) -> None:
    known = next((each for each in Component.objects.all() if _name(each) == thing["name"]), None)
    kept = values_of(known, FIELDS) if known else {"names": {"en": thing["name"]}}
    wanted = kept | {name: value for name, value in thing.items() if name in FIELDS}
    save_component(known, by=by, **wanted)


configured(
    Section(name="status_components", key="name", fields=("name", *FIELDS), read=_components, write=_set_component)
)
