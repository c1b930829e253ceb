"""How the charter is kept, for those who lead: figures, what was broken, what did not count, and remedies."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.keys import split_key
from charterdesk.base.refused import require
from charterdesk.charter.actions.exclusions import declare_exclusion, withdraw_exclusion
from charterdesk.charter.actions.remedies import approve_remedy, refuse_remedy
from charterdesk.charter.content import KINDS
from charterdesk.charter.models import AnswerCase, Case, Exclusion, OwedRemedy
from charterdesk.charter.policies import may_decide_remedies, may_see_figures, may_write
from charterdesk.charter.queries.documents import exclusions, in_force, running_cases, shown
from charterdesk.charter.queries.figures import figures_by_version
from charterdesk.charter.queries.remedies import ledger, totals
from charterdesk.charter.queries.tickets import line_of
from charterdesk.people.models import LANGUAGES, Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.models import Ticket
from charterdesk.ui.charter import exclusion_shown
from charterdesk.ui.words_field import words_field
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.admin.policies import several
from charterdesk.workspace.staff import StaffRequest, View, say, staff_path

PAGE, BROKEN_SHOWN = 50, 50
YEAR = timedelta(days=365)


def _path(route: str, view: View, name: str, may: Callable[[Viewer], bool]) -> URLPattern:
    @wraps(view)
    def asked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may(request.viewer))
        return view(request, *args, **kwargs)

    return staff_path(f"charter/{route}", asked, name)


def figures(request: StaffRequest) -> HttpResponse:
    """GET charter/: each promise in force, how it is kept and how many are under way. Two statements."""
    binding = in_force()
    running = running_cases()
    objectives = shown(binding.charter, timezone.localdate()) if binding else []
    context = {
        "binding": binding,
        "objectives": [(each, running.get(each.objective.code, 0)) for each in objectives],
        "may_decide": may_decide_remedies(request.viewer),
        "may_write": may_write(request.viewer),
        "place": "reports",
    }
    return render(request, "workspace/charter/figures.html", context)


def objective(request: StaffRequest, code: str) -> HttpResponse:
    """GET charter/objectives/<code>: the latest requests it was broken on, and its figures by version. Three."""
    binding = in_force()
    found = shown(binding.charter, timezone.localdate()) if binding else []
    each = next((one for one in found if one.objective.code == code), None)
    broken = Case.objects.filter(objective=code, state=Case.BROKEN).select_related("ticket", "exclusion")
    mine = broken.filter(ticket__in=Ticket.objects.visible_to(request.viewer)).order_by("-decided_at")
    context = {
        "each": each,
        "code": code,
        "cases": list(mine[:BROKEN_SHOWN]),
        "calls": _broken_calls(request, code) if each and each.objective.is_on_line else [],
        "versions": figures_by_version(code),
        "place": "reports",
    }
    return render(request, "workspace/charter/objective.html", context)


def _broken_calls(request: StaffRequest, code: str) -> list[tuple[int, AnswerCase]]:
    """The latest calls of the viewer's teams that nobody answered in time, each by its number. One statement."""
    broken = AnswerCase.objects.filter(objective=code, state=Case.BROKEN, team_id__in=request.viewer.team_ids)
    return [(split_key(each.about)[1], each) for each in broken.order_by("-decided_at")[:BROKEN_SHOWN]]


def remedies(request: StaffRequest) -> HttpResponse:
    """GET charter/remedies?state=: what waits, then all that was booked, with totals by month. Four statements."""
    return _remedies_page(request)


class RefusalForm(forms.Form):
    """Why a remedy is refused."""

    reason = words_field(
        gettext_lazy("Why? The customer is told."), missing=gettext_lazy("Write why; the customer is told."), most=1000
    )


def _remedies_page(request: StaffRequest, wrong: RefusalForm | None = None, about: int = 0) -> HttpResponse:
    """The page of remedies, with a form of the one `about` which it is that was not in order."""
    state = request.GET.get("state", "")
    rows = ledger(request.viewer)
    waiting = [line_of(each) for each in rows.filter(state=OwedRemedy.WAITING).order_by("created_at")[:PAGE]]
    chosen = rows.filter(state=state) if state in dict(OwedRemedy.STATES) else rows
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        chosen = chosen.filter(pk__lt=int(before))
    page = list(chosen.order_by("-pk")[: PAGE + 1])
    oldest = page[PAGE - 1].pk if len(page) > PAGE else None
    context = {
        "waiting": [] if state else [(each, _refusal(each.owed.pk, wrong, about)) for each in waiting],
        "lines": [line_of(each) for each in page[:PAGE]],
        "before": f"?state={state}" if before else "",
        "after": f"?state={state}&before={oldest}" if oldest else "",
        "state": state,
        "states": OwedRemedy.STATES,
        "kinds": dict(KINDS),
        "totals": _totals(request.viewer),
        "me": request.viewer.key,
        "place": "reports",
    }
    return render(request, "workspace/charter/remedies.html", context, status=422 if wrong else 200)


def _refusal(pk: int, wrong: RefusalForm | None, about: int) -> RefusalForm:
    return wrong if wrong and pk == about else RefusalForm(auto_id=f"refusal_{pk}_%s")


def _totals(viewer: Viewer) -> list[dict[str, Any]]:
    kinds, states = dict(KINDS), dict(OwedRemedy.STATES)
    since = (timezone.localdate() - YEAR).replace(day=1)
    return [
        {"row": each, "kind": kinds[each.kind], "state": states[each.state]} for each in totals(viewer, since=since)
    ]


def _remedy(request: StaffRequest, pk: int) -> OwedRemedy:
    return get_object_or_404(ledger(request.viewer), pk=pk)


@require_POST
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """POST charter/remedies/<id>/approval: yes; with the last yes that is needed the customer has it."""
    owed = _remedy(request, pk)
    approve_remedy(owed, by=request.viewer)
    done = owed.state == OwedRemedy.DONE
    say(request, _("Approved; the customer is told.") if done else _("Noted. One more person has to approve it."))
    return redirect("workspace:remedies")


@require_POST
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    """POST charter/remedies/<id>/refusal: no, with a reason that the customer is told."""
    owed, form = _remedy(request, pk), RefusalForm(request.POST, auto_id=f"refusal_{pk}_%s")
    if not form.is_valid():
        return _remedies_page(request, form, pk)
    refuse_remedy(owed, by=request.viewer, reason=form.cleaned_data["reason"])
    say(request, _("Refused; the customer is told why."))
    return redirect("workspace:remedies")


class ExclusionForm(forms.Form):
    """A time beyond control, and the reason for all to read."""

    begins_at = forms.DateTimeField(
        label=gettext_lazy("From"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("Until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    objectives = several(gettext_lazy("Which promises; where no box is ticked, all"))
    team_ids = several(gettext_lazy("Which teams; where no box is ticked, all"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        binding = in_force()
        known = (
            [(each.code, binding.charter.said(each.title)) for each in binding.charter.objectives] if binding else []
        )
        self.fields["objectives"].choices = known  # type: ignore[attr-defined]
        self.fields["team_ids"].choices = list(Team.objects.order_by("name").values_list("pk", "name"))  # type: ignore[attr-defined]
        for code, name in LANGUAGES:
            self.fields[f"reason_{code}"] = forms.CharField(
                label=_("Reason, for all to read, in %(language)s") % {"language": name},
                required=code == "en",
                max_length=300,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )

    @property
    def asked(self) -> list[forms.BoundField]:
        """What is asked: no boxes where there is nothing to tick."""
        return [bound for bound in self if getattr(bound.field, "choices", True)]

    @property
    def reason(self) -> dict[str, str]:
        """The reason by language."""
        return {code: self.cleaned_data[f"reason_{code}"] for code, _name in LANGUAGES}


def excluded(request: StaffRequest) -> HttpResponse:
    """GET and POST charter/exclusions: what did not count, and why; declare something more. Three statements."""
    form = ExclusionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _declare(request, form):
        say(request, _("Declared. Requests of that time are judged again; everybody can read why."))
        return redirect("workspace:exclusions")
    context = {"form": form, "rows": list(map(exclusion_shown, exclusions())), "place": "reports"}
    status = 422 if form.errors else 200
    return render(request, "workspace/charter/exclusions.html", context, status=status)


def _declare(request: StaffRequest, form: ExclusionForm) -> bool:
    given = {name: form.cleaned_data[name] for name in ("begins_at", "ends_at", "objectives", "team_ids")}
    return carried_out(
        form,
        lambda: declare_exclusion(by=request.viewer, reason=form.reason, **given),
        fields={"charter.no_reason": "reason_en", "charter.no_length": "ends_at"},
    )


@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """POST charter/exclusions/<id>/withdrawal: let it count after all."""
    withdraw_exclusion(get_object_or_404(Exclusion, pk=pk), by=request.viewer)
    say(request, _("Withdrawn. Requests of that time are judged again."))
    return redirect("workspace:exclusions")


urls = [
    _path("", figures, "charter_figures", may_see_figures),
    _path("objectives/<slug:code>", objective, "charter_objective", may_see_figures),
    _path("remedies", remedies, "remedies", may_decide_remedies),
    _path("remedies/<int:pk>/approval", approve, "approve_remedy", may_decide_remedies),
    _path("remedies/<int:pk>/refusal", refuse, "refuse_remedy", may_decide_remedies),
    _path("exclusions", excluded, "exclusions", may_write),
    _path("exclusions/<int:pk>/withdrawal", withdraw, "withdraw_exclusion", may_write),
]
