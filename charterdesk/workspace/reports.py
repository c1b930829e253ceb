"""Reports: how much came, waits, how soon it was answered and solved; as pictures, as a table, as a file, by mail."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MinValueValidator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.complaints.policies import may_read_register
from charterdesk.knowledge.policies import may_write
from charterdesk.people.models import Agent, Team
from charterdesk.people.permissions import SET_TEXTS
from charterdesk.quality.grades import grade_report
from charterdesk.quality.models import Daily, Schedule
from charterdesk.quality.queries import (
    BYS,
    DAY,
    LONGEST,
    MEASURES,
    MONTH,
    STEPS,
    USUAL,
    VOLUME,
    Line,
    Question,
    Report,
    readable_teams,
    report,
)
from charterdesk.quality.scheduling import add_schedule, remove_schedule
from charterdesk.quality.writing import as_csv, in_words, span_of
from charterdesk.search.missed import as_csv as missed_csv
from charterdesk.search.missed import missed_since
from charterdesk.search.models import Missed
from charterdesk.tickets.models import Grade
from charterdesk.tickets.policies import may_administer, may_read_refusals, may_read_reports
from charterdesk.ui.charts import bar_chart, line_chart
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.staff import StaffRequest, say, staff_path

EARLIEST = date(1970, 1, 1)


class _Day(forms.DateField):
    """A day of a report, or none. One before `EARLIEST` is a slip of the keyboard; nothing could begin before it."""

    def __init__(self, *, label: Any) -> None:
        picked = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=False, widget=picked, validators=[MinValueValidator(EARLIEST)])


class QuestionForm(forms.Form):
    """What a report is asked; what makes no sense asks for what is usual."""

    measure = forms.ChoiceField(label=gettext_lazy("What"), choices=MEASURES, required=False)
    by = forms.ChoiceField(label=gettext_lazy("Split"), choices=BYS, required=False)
    step = forms.ChoiceField(label=gettext_lazy("In"), choices=STEPS, required=False)
    team = forms.TypedChoiceField(label=gettext_lazy("Team"), required=False, coerce=int, empty_value=None)
    since = _Day(label=gettext_lazy("From"))
    until = _Day(label=gettext_lazy("Until"))

    def __init__(self, data: QueryDict, *, teams: list[Team]) -> None:
        today = timezone.localdate()
        usual = {"since": today - USUAL, "until": today, "measure": VOLUME, "by": Daily.ALL, "step": DAY, "team": ""}
        given = {name: data.get(name) or usual[name] for name in usual}
        super().__init__(given)
        choices = [("", _("all of mine")), *((team.pk, team.name) for team in teams)]
        self.fields["team"].choices = choices  # type: ignore[attr-defined]

    def question(self) -> Question:
        """The question, with a range that has an end after its beginning."""
        self.is_valid()
        data, today = self.cleaned_data, timezone.localdate()
        until: date = data.get("until") or today
        since: date = data.get("since") or until - USUAL
        if since > until:
            since, until = until, since
        return Question(
            measure=data.get("measure") or VOLUME,
            by=data.get("by") or Daily.ALL,
            step=data.get("step") or DAY,
            team_id=data.get("team"),
            since=max(since, until - LONGEST),
            until=until,
        )


class MailForm(forms.Form):
    """To whom a report is mailed, and how often."""

    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), choices=Schedule.RHYTHMS)
    to = forms.CharField(
        label=gettext_lazy("To these addresses"),
        max_length=2000,
        widget=forms.TextInput(attrs={"dir": "ltr", "placeholder": "name@example.org"}),
        help_text=gettext_lazy("It tells of the teams you see when it is sent."),
    )


def reports(request: StaffRequest) -> HttpResponse:
    """GET reports/?measure=&by=&step=&team=&since=&until=&format=csv: one report. Ten statements at most."""
    require(may_read_reports(request.viewer))
    form = _asked(request)
    if request.GET.get("format") == "csv":
        return _file(report(request.viewer, form.question()))
    return _page(request, form, MailForm())


def _asked(request: StaffRequest) -> QuestionForm:
    """What the address asks. One statement."""
    teams = list(Team.objects.filter(pk__in=readable_teams(request.viewer)).order_by("name"))
    return QuestionForm(request.GET, teams=teams)


def _page(request: StaffRequest, form: QuestionForm, mailed: MailForm) -> HttpResponse:
    """The report that `form` asks for, with who has it mailed; a 422 where `mailed` can't be kept."""
    found = report(request.viewer, form.question())
    query = request.GET.copy()
    query["format"] = "csv"
    context = {
        "form": form,
        "mailed": mailed,
        "report": found,
        "name": dict(MEASURES)[found.question.measure],
        "whole": in_words(found, found.total.whole),
        "picture": picture(found, found.total),
        "bars": _bars(found),
        "heads": [period_word(period, found.question.step) for period in found.periods],
        "table": [(line.label or _("together"), _row(found, line)) for line in [found.total, *found.lines]],
        "csv": f"?{query.urlencode()}",
        "query": request.GET.urlencode(),
        "schedules": Schedule.objects.filter(agent_id=request.viewer.agent_id or 0).order_by("pk"),
        "may_read_register": may_read_register(request.viewer),
        "may_read_refusals": may_read_refusals(request.viewer),
        "place": "reports",
    }
    return render(request, "workspace/reports/page.html", context, status=422 if mailed.errors else 200)


def _row(found: Report, line: Line) -> list[str]:
    return [in_words(found, line.whole), *(in_words(found, value) for value in line.values)]


def picture(found: Report, line: Line) -> SafeString:
    """The chart of one line: bars for what came, a line for what stands and for times."""
    draw = bar_chart if found.question.measure == VOLUME else line_chart
    labels = [period_word(period, found.question.step) for period in found.periods]
    return draw(labels, line.values, title=summary(found), say=lambda value: in_words(found, value))


def summary(found: Report) -> str:
    """What a report says, in a sentence."""
    name = dict(MEASURES)[found.question.measure]
    return f"{name}, {span_of(found)}: {in_words(found, found.total.whole)}"


def period_word(period: date, step: str) -> str:
    """What a period is called under a chart; a week by its Monday."""
    if step == MONTH:
        return formats.date_format(period, pgettext("date format: month and year", "M Y"))
    return str(formats.date_format(period, pgettext("date format: day and month", "j M")))


def _bars(found: Report) -> list[dict[str, Any]]:
    """The lines of a report as bars beside each other: name, words, share of the longest, promises kept."""
    longest = max((line.whole or 0 for line in found.lines), default=0) or 1
    return [
        {
            "label": line.label,
            "said": in_words(found, line.whole),
            "share": round(100 * (line.whole or 0) / longest),
            "kept": None if line.kept is None else round(100 * line.kept),
            "count": line.count,
        }
        for line in found.lines
    ]


def _file(found: Report) -> HttpResponse:
    """The report as CSV: a row for each value and period; times in seconds."""
    question = found.question
    response = HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
    name = f"{question.measure}-{question.since}-{question.until}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def schedules(request: StaffRequest) -> HttpResponse:
    """POST reports/schedules?measure=&by=&...: have that report mailed `to`, `rhythm`; with `remove`, one no more.

    Either way one is back at the report one asked for.
    """
    require(may_read_reports(request.viewer))
    back = f"{reverse('workspace:reports')}?{request.GET.urlencode()}#report-mail"
    removed = request.POST.get("remove", "")
    if removed.isdecimal():
        schedule = get_object_or_404(Schedule, pk=removed, agent_id=request.viewer.agent_id)
        remove_schedule(schedule, by=request.viewer)
        say(request, _("It is mailed no more."))
        return redirect(back)
    form, mailed = _asked(request), MailForm(request.POST)
    if not (mailed.is_valid() and _is_scheduled(request, form.question(), mailed)):
        return _page(request, form, mailed)
    say(request, _("It will be mailed."))
    return redirect(back)


def _is_scheduled(request: StaffRequest, asked: Question, form: MailForm) -> bool:
    """Have it mailed from now on; what is refused is said in `form`."""
    agent = get_object_or_404(Agent.objects.select_related("login"), pk=request.viewer.agent_id)
    rhythm, to = form.cleaned_data["rhythm"], form.cleaned_data["to"].replace(",", " ").split()

    def schedule() -> None:
        add_schedule(agent, measure=asked.measure, split=asked.by, rhythm=rhythm, to=to, by=request.viewer)

    return carried_out(form, schedule, fields={"quality.no_such_address": "to"})


class SpanForm(forms.Form):
    """From which day to which."""

    since = _Day(label=gettext_lazy("From"))
    until = _Day(label=gettext_lazy("Until"))

    def span(self) -> tuple[date, date]:
        """The first and the last day; what makes no sense is the usual."""
        self.is_valid()
        until: date = self.cleaned_data.get("until") or timezone.localdate()
        since: date = self.cleaned_data.get("since") or until - USUAL
        since, until = min(since, until), max(since, until)
        return max(since, until - LONGEST), until


def grades(request: StaffRequest) -> HttpResponse:
    """GET reports/grades?since=&until=: what customers gave, by team and by whose solution it was. Seven statements."""
    require(may_read_reports(request.viewer))
    since, until = SpanForm(request.GET).span()
    context = {
        "form": SpanForm({"since": since.isoformat(), "until": until.isoformat()}),
        "report": grade_report(request.viewer, since=since, until=until),
        "words": Grade.WORDS,
        "place": "reports",
    }
    return render(request, "workspace/reports/grades.html", context)


def missed(request: StaffRequest) -> HttpResponse:
    """GET reports/searches?since=&side=&format=csv: searches that found nothing, or little. One statement."""
    require(may_read_reports(request.viewer))
    since, _until = SpanForm(request.GET).span()
    side = request.GET.get("side", "")
    found = missed_since(since, side=side if side in dict(Missed.SIDES) else "")
    if request.GET.get("format") == "csv":
        response = HttpResponse(missed_csv(found), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="searches-{since}.csv"'
        return response
    context = {
        "report": found,
        "sides": [("", _("Everybody")), *Missed.SIDES],
        "side": side,
        "csv": f"?{urlencode({'since': since, 'side': side, 'format': 'csv'})}",
        "may_add_synonyms": may_administer(request.viewer, SET_TEXTS),
        "may_write": may_write(request.viewer),
        "place": "reports",
    }
    return render(request, "workspace/reports/missed.html", context)


urls = [
    staff_path("reports/searches", missed, name="missed"),
    staff_path("reports/grades", grades, name="grades"),
    staff_path("reports/", reports, name="reports"),
    staff_path("reports/schedules", schedules, name="schedules"),
]
