"""Request forms: what is asked for one kind of request, in which order, and which team gets it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.people.models import LANGUAGES, Team
from charterdesk.tickets.actions.definitions import define_request_form, move_defined, retire_request_form
from charterdesk.tickets.models import RequestForm, Ticket, TicketField
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, code_of, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {"tickets.bad_code": "code", "tickets.code_taken": "code", "tickets.no_label": "name_en"}


class RequestFormForm(forms.Form):
    """What a form is about, and where its requests go."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "Stands in the form's address. It stays: small letters, digits and _. Left empty, it is made of the name."
        ),
    )
    type = forms.ChoiceField(label=gettext_lazy("Type of its tickets"), choices=Ticket.TYPES)
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team that gets them"), queryset=Team.objects.order_by("name"), empty_label=None
    )
    is_public = forms.BooleanField(label=gettext_lazy("Customers can choose it in the portal"), required=False)

    def __init__(self, *args: Any, instance: RequestForm | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("What it is about, in %(language)s") % {"language": name},
                required=code == "en",
                max_length=120,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
            self.fields[f"intro_{code}"] = forms.CharField(
                label=_("What stands over it, in %(language)s") % {"language": name},
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            )
        if instance:
            del self.fields["code"]

    @property
    def main(self) -> list[forms.BoundField]:
        """What comes first."""
        return [self[name] for name in ("name_en", "intro_en", "code") if name in self.fields]

    @property
    def rest(self) -> list[forms.BoundField]:
        """Where its requests go, and who chooses it."""
        return [self[name] for name in ("type", "team", "is_public")]

    @property
    def translations(self) -> list[forms.BoundField]:
        """Names and words in the other languages."""
        return [self[f"{what}_{code}"] for code, _name in LANGUAGES if code != "en" for what in ("name", "intro")]

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        if "code" in data:
            data["code"] = data["code"] or code_of(data["name_en"])
        for attribute, prefix in (("names", "name_"), ("intros", "intro_")):
            texts = {code: data.pop(f"{prefix}{code}").strip() for code, _name in LANGUAGES}
            data[attribute] = {code: text for code, text in texts.items() if text}
        return data


def request_forms(request: StaffRequest) -> HttpResponse:
    """GET admin/forms: those in use, in their order, and those that are not. One statement."""
    found = list(RequestForm.objects.select_related("team").order_by("position", "pk"))
    context = {
        "forms": [one for one in found if one.retired_at is None],
        "retired": [one for one in found if one.retired_at],
        "place": "admin",
    }
    return render(request, "workspace/admin/request_forms.html", context)


def request_form(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/forms/<id> or admin/forms/new: look at one, change it, add one."""
    instance = get_object_or_404(RequestForm, pk=pk) if pk else None
    form = RequestFormForm(request.POST or None, instance=instance, initial=_initial(instance))
    if request.method == "POST" and form.is_valid():
        given, made = form.given(), []
        keep = lambda: made.append(define_request_form(instance, by=request.viewer, **given))  # noqa: E731
        if carried_out(form, keep, fields=FIELD_OF):
            say(request, _("Saved.") if instance else _("Saved. Now say what it asks for."))
            return redirect("workspace:request_form", made[0].pk)
    return form_page(request, "workspace/admin/request_form.html", form, **_asked(instance))


def _asked(instance: RequestForm | None) -> dict[str, Any]:
    """The fields it asks for, and those it could. Two statements."""
    if instance is None:
        return {"request_form": None}
    chosen = instance.chosen_fields()
    others = TicketField.objects.in_use().for_type(instance.type).exclude(code__in=instance.fields)
    return {"request_form": instance, "chosen": chosen, "others": others}


def _initial(instance: RequestForm | None) -> dict[str, Any]:
    if instance is None:
        return {"is_public": True}
    return {
        **{name: getattr(instance, name) for name in ("type", "team", "is_public")},
        **{f"name_{code}": text for code, text in instance.names.items()},
        **{f"intro_{code}": text for code, text in instance.intros.items()},
    }


@require_POST
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/forms/<id>/fields: `add`, `remove`, `up` or `down` is the code of a field."""
    instance = get_object_or_404(RequestForm, pk=pk)
    codes = reordered(instance.fields, {name: request.POST.get(name, "") for name in ("add", "remove", "up", "down")})
    define_request_form(instance, by=request.viewer, fields=codes)
    return redirect(f"{request.path.removesuffix('/fields')}#asked")


def reordered(codes: list[str], asked: dict[str, str]) -> list[str]:
    """`codes` with one added at the end, taken out, or a place further up or down; each once."""
    after = [code for code in dict.fromkeys(codes) if code != asked["remove"]]
    if asked["add"] and asked["add"] not in after:
        after.append(asked["add"])
    for code, step in ((asked["up"], -1), (asked["down"], 1)):
        place = after.index(code) if code in after else -1
        if place >= 0 and 0 <= place + step < len(after):
            after[place], after[place + step] = after[place + step], after[place]
    return after


@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/forms/<id>/place: `step` is -1 (up) or 1 (down)."""
    step = -1 if request.POST.get("step") == "-1" else 1
    move_defined(get_object_or_404(RequestForm, pk=pk), by=request.viewer, step=step)
    return redirect("workspace:request_forms")


@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/forms/<id>/retirement: out of use."""
    retire_request_form(get_object_or_404(RequestForm, pk=pk), by=request.viewer)
    say(request, _("Taken out of use."))
    return redirect("workspace:request_forms")


urls = [
    administrator_path("admin/forms", request_forms, name="request_forms"),
    administrator_path("admin/forms/new", request_form, name="new_request_form"),
    administrator_path("admin/forms/<int:pk>", request_form, name="request_form"),
    administrator_path("admin/forms/<int:pk>/fields", ask, name="ask_fields"),
    administrator_path("admin/forms/<int:pk>/place", move, name="move_request_form"),
    administrator_path("admin/forms/<int:pk>/retirement", retire, name="retire_request_form"),
]
