"""What the people of the utility have ready and have to do: macros, what tags are for, and tasks on open tickets."""

from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from typing import Any

from charterdesk.base.clock import now
from charterdesk.events.rule_changes import activate, save_draft
from charterdesk.people.models import Agent, Team
from charterdesk.tickets.actions import add_item, save_macro, tick_item
from charterdesk.tickets.actions.tags import describe_tag
from charterdesk.tickets.actions.templates import save_template
from charterdesk.tickets.models import Macro, Tag, Ticket
from charterdesk.tickets.ready_made import BY_CODE, switch_on

_BUSY_TICKETS = 12
_MACROS: tuple[dict[str, Any], ...] = (
    {
        "name": "Meter photo, please",
        "team": "Meter reading",
        "texts": {
            "en": "<p>Dear {customer},</p><p>please send us a photo of your meter, with all its digits. We then set "
            "the bill right.</p>",
            "de": "<p>Guten Tag {customer},</p><p>bitte schicken Sie uns ein Foto Ihres Zählers mit allen Ziffern. "
            "Dann stellen wir die Rechnung richtig.</p>",
            "es": "<p>Hola, {customer}:</p><p>Envíenos, por favor, una foto de su contador con todas las cifras. "
            "Después corregimos la factura.</p>",
            "fr": "<p>Bonjour {customer},</p><p>merci de nous envoyer une photo de votre compteur avec tous ses "
            "chiffres. Nous corrigeons ensuite la facture.</p>",
            "ar": "<p>مرحبًا {customer}،</p><p>نرجو إرسال صورة للعداد تظهر فيها كل الأرقام، وبعدها نصحح الفاتورة.</p>",
        },
        "steps": [{"operation": "tickets.pause", "args": {"status": Ticket.PENDING}}],
    },
    {
        "name": "Leak: the crew is on its way",
        "team": "Leaks and emergencies",
        "texts": {
            "en": "<p>Dear {customer},</p><p>our crew is on its way. Please turn the main tap off if you can reach it "
            "safely. You can see how far we are at any time: {status_link}</p>",
            "de": "<p>Guten Tag {customer},</p><p>unser Trupp ist unterwegs. Bitte drehen Sie den Haupthahn zu, wenn "
            "Sie ihn gefahrlos erreichen. Den Stand sehen Sie jederzeit hier: {status_link}</p>",
        },
        "steps": [
            {"operation": "tickets.prioritise", "args": {"priority": 2}},
            {
                "operation": "tickets.add_items",
                "args": {"items": ["Tell the crew", "Shut the valve", "Tell the neighbours", "Ask whether it is dry"]},
            },
            {"operation": "tickets.assign", "args": {"agent": "me"}},
        ],
    },
    {
        "name": "The credit goes back",
        "team": "Billing",
        "texts": {
            "en": "<p>Dear {customer},</p><p>we send your credit back to the account on your last bill. It is there "
            "within five working days.</p><p>{agent}</p>",
            "de": "<p>Guten Tag {customer},</p><p>wir überweisen Ihr Guthaben auf das Konto Ihrer letzten Rechnung. "
            "Es ist in fünf Werktagen dort.</p><p>{agent}</p>",
        },
        "steps": [{"operation": "tickets.tag", "args": {"add": ["credit"]}}],
    },
    {
        "name": "Second pair of eyes",
        "kind": Macro.NOTE,
        "texts": {"en": "<p>Could somebody read this before it goes out? What I am not sure about:</p>"},
    },
)
_TEMPLATE: dict[str, Any] = {
    "name": "Meter exchanged: what happens next",
    "texts": {
        "en": {
            "subject": "Your new meter",
            "html": "<p>Dear {{ customer }},</p><p>your meter was exchanged. {% if agent %}{{ agent }} enters the old "
            "and the new reading{% else %}We enter the old and the new reading{% endif %}; your next bill shows both."
            "</p><p>How far we are: {{ status_link }}</p><p>{{ team }}</p>",
        },
        "de": {
            "subject": "Ihr neuer Zähler",
            "html": "<p>Guten Tag {{ customer }},</p><p>Ihr Zähler wurde getauscht. Den alten und den neuen Stand "
            "tragen wir ein; beide stehen auf Ihrer nächsten Rechnung.</p><p>So weit sind wir: {{ status_link }}</p>"
            "<p>{{ team }}</p>",
        },
    },
}
_TEAMS_RULE: dict[str, Any] = {
    "when": ["ticket.tagged"],
    "once": True,
    "if": {"all": [{"field": "ticket.tags", "op": "contains", "value": "exchanged"}]},
}
_TAGS = {
    "bill": "The yearly bill and what stands in it.",
    "direct-debit": "Granting, changing or ending a direct debit.",
    "high-use": "The customer used more water than they can explain.",
    "meter": "The meter itself: broken, exchanged, hard to read.",
    "moving": "Somebody moves in or out.",
}
_RULES = ("reminders", "bad_grades")
"""Of the ready-made rules, those this desk took."""
_TASKS = ("Ask the crew what they found", "Check the last three readings", "Call back about the appointment")


def have_ready(say: Callable[[str], object]) -> None:
    """Make macros, take ready-made rules, describe tags, and give some tickets tasks. Some hundred statements."""
    say("laying out macros and tasks")
    by = Agent.objects.order_by("pk").first()
    if by is None:
        return
    teams = {team.name: team for team in Team.objects.all()}
    for given in _MACROS:
        fields = {**given, "team": teams.get(given.get("team", ""))}
        save_macro(Macro(), by=by, **fields)
    for code in _RULES:
        switch_on(BY_CODE[code], by=by)
    _tell_of_new_meters(by, teams.get("Meter reading"))
    for tag in Tag.objects.filter(name__in=_TAGS).order_by("name"):
        describe_tag(tag, by=by, description=_TAGS[tag.name])
    _give_tasks(by)


def _tell_of_new_meters(by: Agent, team: Team | None) -> None:
    """A template, and the rule of the team that sends it."""
    template = save_template(None, by=by, **_TEMPLATE).template
    if team is None:
        return
    deed = {"operation": "tickets.send_template", "args": {"template": template.reference, "once": "{event.id}"}}
    body = {**_TEAMS_RULE, "team": team.pk, "then": [deed]}
    activate(save_draft(name="Tell what happens after an exchange", body=body, by=by), by=by)


def _give_tasks(by: Agent) -> None:
    """Tasks on the newest open tickets, for whoever has them or else by turns for their teams; some are done."""
    tickets = Ticket.objects.filter(status__in=Ticket.UNFINISHED).select_related("team", "assignee").order_by("-number")
    turns: dict[int, Any] = {}
    today = now().date()
    for at, ticket in enumerate(tickets[:_BUSY_TICKETS]):
        if ticket.team_id not in turns:
            turns[ticket.team_id] = cycle(Agent.objects.filter(teams=ticket.team, is_active=True).order_by("pk"))
        who = ticket.assignee or next(turns[ticket.team_id], None)
        item = add_item(
            ticket, by=by, text=_TASKS[at % len(_TASKS)], assignee=who, due_on=today + timedelta(days=at % 4)
        )
        if at % 5 == 4:
            tick_item(item, by=who or by, done=True, agent=who)
