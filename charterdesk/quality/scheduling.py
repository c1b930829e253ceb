"""Reports that are mailed by themselves, each period once: the timer that sends one sets the next."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.channels.actions import queue_mail
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.email.writing import POLICY
from charterdesk.channels.jobs import put_off
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import Skipped, skipped
from charterdesk.events.timers import cancel_timer, set_timer
from charterdesk.people.erasing import Person, erases
from charterdesk.people.models import Agent, Team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.quality.events import ScheduleAdded, ScheduleRemoved
from charterdesk.quality.models import Schedule
from charterdesk.quality.queries import BYS, DAY, MEASURES, Question, Report, report
from charterdesk.quality.writing import as_csv, in_words, span_of

HOUR_OF_SENDING = time(7)
MOST_ADDRESSES = 20
OWNER_LEFT = skipped("quality.owner_left", gettext_lazy("whoever set this report up is not here any more"))
MAILED_TODAY = skipped("quality.mailed_today", gettext_lazy("it was mailed today already, or goes to nobody"))


@transaction.atomic
def add_schedule(agent: Agent, *, measure: str, split: str, rhythm: str, to: Sequence[str], by: Actor) -> Schedule:
    """Have a report of what `agent` may see mailed to `to`.

    Raises `Refused`: `quality.no_such_report`, `quality.no_such_address`.
    """
    if measure not in dict(MEASURES) or split not in dict(BYS) or rhythm not in dict(Schedule.RHYTHMS):
        raise Refused("quality.no_such_report", _("Choose from the list."))
    addresses = list(dict.fromkeys(each.strip().lower() for each in to))
    if not 0 < len(addresses) <= MOST_ADDRESSES or not all(map(_is_address, addresses)):
        raise Refused("quality.no_such_address", _("Write e-mail addresses as name@example.org, apart by commas."))
    schedule = Schedule.objects.create(agent=agent, measure=measure, by=split, rhythm=rhythm, to=addresses)
    _set(schedule, _zone(agent))
    publish(ScheduleAdded(schedule_id=schedule.pk, agent_id=agent.pk), on=schedule, by=by)
    return schedule


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@transaction.atomic
def remove_schedule(schedule: Schedule, *, by: Actor) -> None:
    """Mail it no more."""
    cancel_timer(f"report:{schedule.pk}")
    publish(ScheduleRemoved(schedule_id=schedule.pk, agent_id=schedule.agent_id), on=schedule, by=by)
    schedule.delete()


def remove_schedules_of(agent_id: int, *, by: Actor) -> None:
    """Mail nothing more of somebody who left the desk."""
    for schedule in Schedule.objects.filter(agent_id=agent_id):
        remove_schedule(schedule, by=by)


def _zone(agent: Agent) -> ZoneInfo:
    return ZoneInfo(agent.time_zone)


def _set(schedule: Schedule, zone: ZoneInfo) -> None:
    """Set the timer for the end of the period that runs now; none for what only a rule mails."""
    if schedule.rhythm == Schedule.RULED:
        return
    day = end_after(now().astimezone(zone).date(), schedule.rhythm)
    set_timer(
        f"report:{schedule.pk}",
        due_at=datetime.combine(day, HOUR_OF_SENDING, zone).astimezone(now().tzinfo),
        operation="quality.send_report",
        on=schedule,
        day=day.isoformat(),
    )


def end_after(day: date, rhythm: str) -> date:
    """The first day after `day` on which a period has ended: a Monday, or the first of a month."""
    if rhythm == Schedule.WEEKLY:
        return day + timedelta(days=7 - day.weekday())
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


@operation("quality.send_report")
@transaction.atomic
def send_report(schedule: Schedule, *, by: Actor, day: str) -> Skipped | None:
    """Mail the report of the period that ended before `day` (2026-11-23), once however often this runs, and set the
    timer of the next."""
    agent = _whose(schedule)
    came_to = _mail(schedule, agent, date.fromisoformat(day))
    _set(schedule, _zone(agent))
    return came_to


@operation("quality.mail_report", leaves=True)
@transaction.atomic
def mail_report(*, by: Actor, schedule: Schedule) -> Skipped | None:
    """Mail a report now, of the days until yesterday on its owner's clock: seven, or those of the month. Once a day,
    however often this runs, and not where it was mailed by itself that day."""
    agent = _whose(schedule)
    return _mail(schedule, agent, now().astimezone(_zone(agent)).date())


def _whose(schedule: Schedule) -> Agent:
    return Agent.objects.select_related("login", "free_role").get(pk=schedule.agent_id)


def _mail(schedule: Schedule, agent: Agent, day: date) -> Skipped | None:
    """Queue what `agent` may see of the period that ended before `day`, nothing of somebody who left."""
    if not agent.is_active:
        return OWNER_LEFT
    team = Team.objects.order_by("pk").first()
    if team is None:
        return MAILED_TODAY
    with translation.override(agent.language):
        found = report(viewer_of_agent(agent), _question(schedule, day))
        return None if _queue(schedule, found, team, day.isoformat()) else MAILED_TODAY


def _question(schedule: Schedule, day: date) -> Question:
    until = day - timedelta(days=1)
    since = until.replace(day=1) if schedule.rhythm == Schedule.MONTHLY else until - timedelta(days=6)
    return Question(measure=schedule.measure, by=schedule.by, since=since, until=until, step=DAY)


def _queue(schedule: Schedule, found: Report, team: Team, day: str) -> bool:
    """Queue one mail for each address; a Message-ID of schedule, period and address is queued once only. Return whether
    any was.
    """
    is_queued = False
    for number, address in enumerate(schedule.to):
        header = f"report{schedule.pk}.{day}.{number}@{settings.MAIL_DOMAIN}"
        name = str(dict(MEASURES)[schedule.measure])
        built = build_plain(team=team, to=address, subject=name, text=_text(found, name), header=header)
        outgoing = queue_mail(
            header=built.header,
            sender=team.address,
            recipients=built.recipients,
            raw=_with_file(built.raw, found, day),
            team_id=team.pk,
        )
        if outgoing:
            put_off(outgoing.pk)
            is_queued = True
    return is_queued


def report_choices() -> list[tuple[str, str]]:
    """The reports that are mailed, by key: of what, by what, how often, to whom. One query."""
    return [
        (
            each.key,
            f"{dict(MEASURES)[each.measure]}, {dict(BYS)[each.by]}, {each.get_rhythm_display()}: {', '.join(each.to)}",
        )
        for each in Schedule.objects.order_by("pk")
    ]


def _text(found: Report, name: str) -> str:
    """What the mail says: the whole, and each of what it is split by."""
    lines = [f"{name}, {span_of(found)}: {in_words(found, found.total.whole)}", ""]
    lines += [f"{line.label}: {in_words(found, line.whole)}" for line in found.lines]
    return "\n".join([*lines, "", _("The figures of each day are in the file."), _address(found.question), ""])


def _address(asked: Question) -> str:
    """Where the same report stands at the desk."""
    query = {"measure": asked.measure, "by": asked.by, "step": asked.step, "since": asked.since, "until": asked.until}
    return f"{settings.PUBLIC_URL}/desk/reports/?{urlencode(query)}"


def _with_file(raw: bytes, found: Report, day: str) -> bytes:
    mail: Any = message_from_bytes(raw, _class=EmailMessage, policy=POLICY)
    mail.add_attachment(
        as_csv(found).encode(), maintype="text", subtype="csv", filename=f"{found.question.measure}-{day}.csv"
    )
    return bytes(mail)


@erases
def forget_addresses(person: Person) -> None:
    """Mail no reports to somebody who is erased."""
    for schedule in Schedule.objects.filter(to__overlap=list(person.addresses)):
        schedule.to = [address for address in schedule.to if address not in person.addresses]
        schedule.save(update_fields=["to"])
