"""What a macro does besides its text, in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charterdesk.base.keys import split_key
from charterdesk.people.models import Agent, Team
from charterdesk.tickets.actions.macros import Skips
from charterdesk.tickets.macros import ME
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.taken_up import Step


def words_of_steps(steps: Sequence[Step]) -> list[str]:
    """What steps do, each as a few words. A statement for agents and teams, where any are named."""
    keys = [value for step in steps for value in step.get("args", {}).values() if isinstance(value, str)]
    names: dict[str, str] = {ME: _("you")}
    for model in (Agent, Team):
        kind = str(model._meta.model_name)
        ids = [split_key(key)[1] for key in keys if key.startswith(f"{kind}:")]
        rows: Iterable[tuple[int, str]] = model._default_manager.filter(pk__in=ids).values_list("pk", "name")
        names |= {f"{kind}:{pk}": name for pk, name in (rows if ids else ())}
    return [_words(str(step["operation"]), step.get("args", {}), names) for step in steps]


def _words(operation: str, args: Mapping[str, Any], names: Mapping[str, str]) -> str:
    said = {
        "tickets.assign": lambda: _("give it to {who}").format(who=names.get(args["agent"], "?")),
        "tickets.release": lambda: _("put it back in the queue"),
        "tickets.move": lambda: _("hand it to {team}").format(team=names.get(args["team"], "?")),
        "tickets.prioritise": lambda: _("priority: {name}").format(name=dict(Ticket.PRIORITIES).get(args["priority"])),
        "tickets.classify": lambda: _("type: {name}").format(name=dict(Ticket.TYPES).get(args["type"])),
        "tickets.tag": lambda: " ".join(
            [*(f"+{tag}" for tag in args.get("add", ())), *(f"−{tag}" for tag in args.get("remove", ()))]
        ),
        "tickets.pause": lambda: str(dict(Ticket.STATUSES).get(args["status"])),
        "tickets.resume": lambda: str(dict(Ticket.STATUSES)[Ticket.OPEN]),
        "tickets.solve": lambda: _("solve it: “{text}”").format(text=args["solution"]),
        "tickets.follow": lambda: _("follow it"),
        "tickets.snooze": lambda: _put_off(int(args["hours"])),
        "tickets.send_sms": lambda: _("text them: “{text}”").format(text=args["text"]),
        "tickets.add_items": lambda: _("to do: {items}").format(items=", ".join(args["items"])),
    }
    return said[operation]()


def words_of_skips(steps: Sequence[Step], skips: Skips) -> str:
    """What of `steps` was not done and why, as a sentence; empty where all was. Statements as for `words_of_steps`."""
    if not skips:
        return ""
    words = words_of_steps(steps)
    told = [_("{deed} ({reason})").format(deed=words[number], reason=skip.reason) for number, skip in skips.items()]
    return _("Not done: {deeds}.").format(deeds="; ".join(told))


def _put_off(hours: int) -> str:
    if not hours:
        return _("put off until a reply")
    days, rest = divmod(hours, 24)
    if rest:
        return ngettext("put off for %(n)d hour", "put off for %(n)d hours", hours) % {"n": hours}
    return ngettext("put off for %(n)d day", "put off for %(n)d days", days) % {"n": days}
