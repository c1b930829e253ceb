"""What a rule may judge an event by: the event, the immutable rows it names, the snapshot taken with it.

Nothing of it changes when the subject does; it can only be erased. Only what is related to the event (its contact)
is read as it is when the event is judged, and the values used are kept with the run. A field is `source.name`:
`event.code`, `event.channel` (data of the event), `ticket.priority` (snapshot), `message.words` (the row `message_id`
names).
"""

from collections.abc import Mapping
from typing import Any

from charterdesk.events.facts import facts_of_row, facts_related, is_related, known_rows
from charterdesk.events.log import Entry
from charterdesk.events.words import Words

ERASED_FACTS = {"erased": True}  # what is left of a snapshot after erasure


class Missing:
    """The event has no such field."""


class Erased:
    """The field was there and is gone for good."""


class Evidence:
    """The fields of one event, read when asked for and remembered with what was asked."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self._words: dict[str, Words] = {}
        self._sources: dict[str, Mapping[str, Any] | None] = {"event": self._event()}

    def source(self, name: str) -> Mapping[str, Any] | None:
        """All fields of one source; empty when the event has none of it, None when they were erased."""
        if name not in self._sources:
            self._sources[name] = self._read(name)
        return self._sources[name]

    def value(self, field: str) -> Any:
        """The value of `field`, or one of the classes `Missing` and `Erased`."""
        source, _, name = field.partition(".")
        fields = self.source(source)
        if fields is None:
            return Erased
        return fields.get(name, Missing)

    def words(self, field: str) -> Words:
        """The words of the text in `field`, none for what is not there."""
        if field not in self._words:
            value = self.value(field)
            self._words[field] = Words.of("" if value in (Missing, Erased) else str(value))
        return self._words[field]

    def _event(self) -> dict[str, Any]:
        entry = self.entry
        own = {
            "id": entry.id,
            "code": entry.code,
            "subject": entry.subject,
            "actor": entry.actor,
            "actor_kind": entry.actor.partition(":")[0],
            "at": entry.at.isoformat(),
            "depth": entry.depth,
        }
        return {**entry.data, **own}

    def _read(self, name: str) -> Mapping[str, Any] | None:
        if name == self.entry.kind:
            facts = self.entry.facts
            return None if facts == ERASED_FACTS else facts or {}
        if is_related(name):
            facts = self.entry.facts or {}
            if facts == ERASED_FACTS:
                return None
            return facts_related(name, {**self.entry.data, **facts}, self.entry.at)
        number = self.entry.data.get(f"{name}_id")
        if number is None or f"{name}_id" not in known_rows():
            return {}
        return facts_of_row(f"{name}_id", number)
