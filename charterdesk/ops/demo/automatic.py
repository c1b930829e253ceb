"""The desk's own texts (acknowledgement, solution), from the very templates it sends, filled in without Django.

Each template is rendered once per language with marks in place of the values; filling in marks is a thousand times
cheaper than rendering, and the words stay those of the templates.
"""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.ops.demo.letters import as_html
from charterdesk.ops.demo.promises import Kept
from charterdesk.ops.demo.story import Story
from charterdesk.people import cast
from charterdesk.sla.facts import spoken
from charterdesk.tickets.links import status_link
from charterdesk.tickets.models import Ticket

_VALUES = ("reference", "subject", "customer", "team", "solution", "status_link", "first_reply_due", "resolution_due")
_MARKS = {name: f"\x01{name}\x02" for name in _VALUES}
_ZONE = ZoneInfo(cast.ZONE)
_SENDERS = {team.key: f"{cast.COMPANY}, {team.name}" for team in cast.TEAMS}


@cache
def _skeleton(template: str, language: str, due: frozenset[str]) -> tuple[str, str]:
    """Subject and text of `template`, with `{name}` for each value; `due` says which times are promised."""
    values = {name: mark for name, mark in _MARKS.items() if not name.endswith("_due") or name in due}
    with translation.override(language):
        subject = " ".join(render_to_string(f"tickets/{template}.subject.txt", values).split())
        rendered = str(render_to_string(f"tickets/{template}.txt", values))
    text = "\n\n".join(part.strip("\n") for part in rendered.strip().split("\n\n") if part.strip()) + "\n"
    return _as_format(subject), _as_format(text)


def _as_format(text: str) -> str:
    text = text.replace("{", "{{").replace("}", "}}")
    return text.replace("\x01", "{").replace("\x02", "}")


class Automatic:
    """Says the desk's own texts."""

    def __init__(self) -> None:
        self.linked = Ticket()  # one row to make links with: making a row costs more than the link
        self.days: dict[tuple[str, date, str | None], tuple[str, str]] = {}

    def say(self, template: str, story: Story, kept: Kept, number: int, contact_id: int) -> tuple[str, str, str]:
        """Subject, text and HTML of `template` for the ticket of `story`."""
        language = story.person.language
        promised = {f"{kind}_due": self._spoken(at, language) for kind, at in kept.first.items()}
        link = self._link(number, contact_id)
        subject, text = _skeleton(template, language, frozenset(promised))
        values = {
            "reference": number,
            "subject": story.subject,
            "customer": story.person.name,
            "team": _SENDERS[story.steps[0].team],
            "solution": story.solution,
            "status_link": link,
            **promised,
        }
        said = text.format_map(values)
        html = as_html(said.strip(), language).replace(link, f'<a href="{link}" rel="nofollow">{link}</a>')
        return subject.format_map(values)[:300], said, html

    def _link(self, number: int, contact_id: int) -> str:
        self.linked.number, self.linked.contact_id = number, contact_id
        return status_link(self.linked)

    def _spoken(self, at: datetime, language: str) -> str:
        """`at` as `sla` says it; what surrounds the time is kept by day, for it is the same for all its minutes."""
        local = at.astimezone(_ZONE)
        clock, key = f"{local:%H:%M}", (language, local.date(), local.tzname())
        if key not in self.days:
            with translation.override(language):
                before, _, after = spoken(at, cast.ZONE).partition(clock)
            self.days[key] = before, after
        return clock.join(self.days[key])
