"""Grades: whether customers are asked, in which words, when they are reminded, and when silence closes a request."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.people.models import LANGUAGES, Team
from charterdesk.people.permissions import SET_PROMISES
from charterdesk.tickets.actions import drop_grade_terms, set_grade_terms
from charterdesk.tickets.grading import SCORES, grade_terms
from charterdesk.tickets.models import Grade, GradeTerms
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {"tickets.bad_days": "remind_after", "tickets.bad_words": None}


class DaysField(forms.CharField):
    """Numbers of days, apart by commas."""

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]
        """The numbers; [] where nothing was written."""
        parts = [part.strip() for part in str(value or "").split(",") if part.strip()]
        if any(not part.isdecimal() or len(part) > 3 for part in parts):
            raise forms.ValidationError(_("Write numbers of days, apart by commas: 3, 5"))
        return [int(part) for part in parts]


class TermsForm(forms.Form):
    """How a team asks for grades."""

    is_asked = forms.BooleanField(label=gettext_lazy("Ask for a grade when a request is solved"), required=False)
    remind_after = DaysField(
        label=gettext_lazy("Remind after so many days"),
        required=False,
        help_text=gettext_lazy("Days after the solution, apart by commas: 3, 5. Empty reminds nobody."),
    )
    close_after = forms.IntegerField(
        label=gettext_lazy("Close after so many days of silence"), min_value=1, max_value=365
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in LANGUAGES:
            with translation.override(code):
                ours = {score: str(word) for score, word in Grade.WORDS}
            for score in SCORES:
                self.fields[f"{code}_{score}"] = forms.CharField(
                    label=str(score),
                    required=False,
                    max_length=60,
                    widget=forms.TextInput(attrs={"placeholder": ours[score], "dir": "auto"}),
                )

    @property
    def words(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The five words of each language."""
        return [(name, [self[f"{code}_{score}"] for score in SCORES]) for code, name in LANGUAGES]

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        words = {code: [data[f"{code}_{score}"] for score in SCORES] for code, _name in LANGUAGES}
        return {
            "is_asked": data["is_asked"],
            "remind_after": data["remind_after"],
            "close_after": data["close_after"],
            "words": words,
        }


def terms(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/grades, admin/grades/<team>: how all teams, or one, ask for grades."""
    team = get_object_or_404(Team, pk=pk) if pk else None
    own = GradeTerms.objects.filter(team=team).first()
    form = TermsForm(request.POST or None, initial=_initial(own or grade_terms([pk or 0])[pk or 0]))
    if request.method == "POST" and form.is_valid() and _keep(form, team, request):
        say(request, _("Saved. It holds for what is solved from now on."))
        return redirect("workspace:grade_terms")
    context = {"team": team, "own": own, "teams": _teams() if team is None else ()}
    return form_page(request, "workspace/admin/grades.html", form, **context)


def _keep(form: TermsForm, team: Team | None, request: StaffRequest) -> bool:
    return carried_out(form, lambda: set_grade_terms(team, by=request.viewer, **form.given()), fields=FIELD_OF)


def _initial(own: GradeTerms) -> dict[str, Any]:
    words = {
        f"{code}_{score}": word for code, said in own.words.items() for score, word in zip(SCORES, said, strict=False)
    }
    days = ", ".join(str(day) for day in own.remind_after)
    return {"is_asked": own.is_asked, "remind_after": days, "close_after": own.close_after, **words}


def _teams() -> list[dict[str, Any]]:
    """The teams, and which of them ask in their own way. Two statements."""
    own = set(GradeTerms.objects.exclude(team=None).values_list("team_id", flat=True))
    return [{"team": team, "is_own": team.pk in own} for team in Team.objects.order_by("name")]


@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/grades/<team>/drop: the team asks as all others do."""
    drop_grade_terms(get_object_or_404(GradeTerms, team_id=pk), by=request.viewer)
    say(request, _("This team asks as all others do."))
    return redirect("workspace:grade_terms")


urls = [
    administrator_path("admin/grades", terms, name="grade_terms", settings=SET_PROMISES),
    administrator_path("admin/grades/<int:pk>", terms, name="team_grade_terms", settings=SET_PROMISES),
    administrator_path("admin/grades/<int:pk>/drop", drop, name="drop_grade_terms", settings=SET_PROMISES),
]
