"""Reports read the days' figures, of the reader's teams only; mailed ones go out once for each period."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes

import pytest

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.channels.models import Outgoing
from charterdesk.events.models import Timer
from charterdesk.events.operations import perform
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_team
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.quality.models import Daily, Schedule, Spread
from charterdesk.quality.queries import Question, median_of, report
from charterdesk.quality.scheduling import add_schedule, end_after, send_report
from charterdesk.quality.writing import as_csv

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)


def keep(team_id: int, day: date, *, by: str = "all", value: str = "", **figures: int) -> None:
    Daily.objects.create(team_id=team_id, day=day, by=by, value=value, **figures)


def test_each_reader_sees_only_their_teams() -> None:
    ours, theirs = make_team("Leaks"), make_team("Billing")
    keep(ours.pk, MAY, opened=3)
    keep(theirs.pk, MAY, opened=40)
    asked = Question(since=MAY, until=MAY, by="team")

    mine = report(viewer_of_agent(make_agent(teams=(ours,))), asked)
    all_of_them = report(viewer_of_agent(make_agent(role=Agent.MANAGER)), asked)
    foreign = report(viewer_of_agent(make_agent(teams=(ours,))), Question(since=MAY, until=MAY, team_id=theirs.pk))

    assert (mine.total.whole, [(line.label, line.whole) for line in mine.lines]) == (3, [("Leaks", 3)])
    assert [(line.label, line.whole) for line in all_of_them.lines] == [("Billing", 40), ("Leaks", 3)]
    assert foreign.total.whole is None


def test_days_are_put_together_into_weeks_and_months() -> None:
    team = make_team()
    viewer = viewer_of_agent(make_agent(teams=(team,)))
    for number in range(40):
        keep(team.pk, MAY + timedelta(days=number), opened=1)
    until = MAY + timedelta(days=39)

    weeks = report(viewer, Question(since=MAY, until=until, step="week"))
    months = report(viewer, Question(since=MAY, until=until, step="month"))

    assert list(weeks.total.values) == [3, 7, 7, 7, 7, 7, 2]
    assert list(months.total.values) == [31, 9]


def test_the_backlog_begins_with_what_had_come_before() -> None:
    team = make_team()
    for day, flow in ((0, 5), (10, 2), (12, -4)):
        keep(team.pk, MAY + timedelta(days=day), flow=flow)
    asked = Question(measure="backlog", since=MAY + timedelta(days=9), until=MAY + timedelta(days=13))

    assert list(report(viewer_of_agent(make_agent(teams=(team,))), asked).total.values) == [5, 7, 7, 3, 3]


def test_a_median_says_what_half_of_them_took() -> None:
    team = make_team()
    keep(team.pk, MAY, replied=3, reply_kept=2, reply_late=1)
    for bucket in (8, 12, 40):
        Spread.objects.create(team_id=team.pk, day=MAY, by="all", value="", what="reply", bucket=bucket, tickets=1)
    found = report(viewer_of_agent(make_agent(teams=(team,))), Question(measure="reply", since=MAY, until=MAY))

    assert found.total.whole == median_of({12: 1})
    assert (found.total.count, found.total.kept) == (3, 2 / 3)


def test_a_spreadsheet_takes_no_tag_for_a_formula() -> None:
    team = make_team()
    keep(team.pk, MAY, opened=1)
    keep(team.pk, MAY, by="tag", value="=1+1", opened=1)
    found = report(viewer_of_agent(make_agent(teams=(team,))), Question(since=MAY, until=MAY, by="tag"))

    assert as_csv(found).splitlines() == ["from,tag,tickets", "2026-05-01,,1", "2026-05-01,'=1+1,1"]


def test_a_report_is_mailed_once_for_each_period_with_a_file(run_jobs: Callable[[], int]) -> None:
    team = make_team("Leaks")
    agent = make_agent(teams=(team,))
    keep(team.pk, date(2026, 11, 18), opened=7)
    schedule = add_schedule(agent, measure="volume", split="team", rhythm="weekly", to=["boss@x.example"], by=agent)

    for _ in range(2):
        send_report(schedule, by="system", day="2026-11-23")

    [mail] = Outgoing.objects.all()
    said = message_from_bytes(bytes(mail.raw))
    text, page, file = (part.get_payload(decode=True) for part in said.walk() if not part.is_multipart())
    assert mail.recipients == ["boss@x.example"]
    assert b"7" in text and b"2026-11-18,Leaks,7" in file
    asked = b"/desk/reports/?measure=volume&by=team&step=day&since=2026-11-16&until=2026-11-22"
    assert asked in text and asked.replace(b"&", b"&amp;") + b'">' in page
    assert b'<body dir="ltr">' in page
    assert [timer.name for timer in Timer.objects.filter(operation="quality.send_report")] == [f"report:{schedule.pk}"]


def test_a_rule_mails_a_report_once_a_day_and_one_for_rules_alone_has_no_timer() -> None:
    team = make_team("Leaks")
    agent = make_agent(teams=(team,))
    keep(team.pk, now().date() - timedelta(days=2), opened=7)
    schedule = add_schedule(agent, measure="volume", split="team", rhythm="ruled", to=["boss@x.example"], by=agent)

    for _ in range(2):
        perform("quality.mail_report", by="rule:1", schedule=schedule.key)

    [mail] = Outgoing.objects.all()
    assert b"Leaks: 7" in bytes(mail.raw)
    assert not Timer.objects.filter(operation="quality.send_report").exists()


def test_the_next_report_comes_when_its_period_has_ended() -> None:
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    agent = make_agent(teams=(make_team(),))
    schedule = add_schedule(agent, measure="volume", split="all", rhythm="monthly", to=["a@x.example"], by=agent)
    due = Timer.objects.get(name=f"report:{schedule.pk}").due_at

    assert (end_after(sunday, Schedule.WEEKLY), end_after(monday, Schedule.WEEKLY)) == (monday, date(2026, 11, 30))
    assert end_after(date(2026, 1, 31), Schedule.MONTHLY) == date(2026, 2, 1)
    assert due == datetime.combine(end_after(now().date(), Schedule.MONTHLY), datetime.min.time(), UTC) + timedelta(
        hours=7
    )


@pytest.mark.parametrize("to", [[], ["nobody"], ["a@b.example", "x y@b.example"]])
def test_reports_go_to_addresses_only(to: list[str]) -> None:
    agent = make_agent(teams=(make_team(),))

    with pytest.raises(Refused, match="name@example"):
        add_schedule(agent, measure="volume", split="all", rhythm="weekly", to=to, by=agent)
