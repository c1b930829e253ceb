"""Rules as text: the same thing as by form, in TOML as packages bring theirs. One of them, or all."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.configured import sections
from charterdesk.base.refused import Refused
from charterdesk.events.models import Rule
from charterdesk.events.rule_lists import latest
from charterdesk.people.permissions import SET_RULES
from charterdesk.records.rule_text import as_text, keep_rule, read_rules
from charterdesk.records.toml import write_toml
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.admin.rule_form import known_rule, rule_path
from charterdesk.workspace.staff import StaffRequest, say

SAMPLE = """[[rule]]
name = "Urgent where there is no water"
when = ["ticket.opened"]

[rule.if]
field = "message.text"
op = "has_any_word"
value = ["no water", "burst*"]

[[rule.then]]
operation = "tickets.prioritise"
args = { priority = 1 }
"""


LONGEST = 100_000  # characters, written or in a file


class TextForm(forms.Form):
    """Rules as TOML, written here."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "dir": "ltr", "spellcheck": "false", "class": "code"}),
    )
    reason = forms.CharField(label=gettext_lazy("Why this change"), max_length=300, required=False)
    activate = forms.BooleanField(label=gettext_lazy("Switch on what is read in"), required=False)


class RulesForm(TextForm):
    """Rules that are none here yet: written, or in a file, which then counts in place of what is written."""

    field_order = ("text", "file")

    file = forms.FileField(
        label=gettext_lazy("Or a file with rules"),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".toml,text/plain"}),
        help_text=gettext_lazy("It counts in place of the text above."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = "file" not in self.files

    def clean_file(self) -> str:
        """What the file says, "" without one. Raises `ValidationError` for what is no text, or too long."""
        file = self.cleaned_data["file"]
        try:
            said = file.read(4 * LONGEST + 1).decode("utf-8-sig") if file else ""
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This is no text file in UTF-8.")) from error
        if len(said) > LONGEST:
            raise forms.ValidationError(_("This file is too large for rules."))
        return said


def text(request: StaffRequest, pk: int) -> HttpResponse:
    """GET and POST admin/rules/<id>/text: one rule as text; 0 is a new one, or several."""
    instance = known_rule(request, pk) if pk else None
    initial = as_text(instance, latest(instance).body) if instance else SAMPLE
    kind = TextForm if instance else RulesForm
    form = kind(request.POST or None, request.FILES or None, initial={"text": initial})
    if request.method == "POST" and form.is_valid() and (kept := _keep(request, form, instance)):
        say(request, _("Saved."))
        return redirect("workspace:rule_versions", kept[0].pk) if len(kept) == 1 else redirect("workspace:rules")
    return form_page(request, "workspace/rules/text.html", form, rule=instance)


def _keep(request: StaffRequest, form: TextForm, instance: Rule | None) -> list[Rule]:
    kept: list[Rule] = []

    def keep() -> None:
        data = form.cleaned_data
        found = read_rules(data.get("file") or data["text"])
        if instance and len(found) > 1:
            raise Refused("events.bad_text", _("This is the text of one rule: write others of their own."))
        with transaction.atomic():
            for said in found:
                kept.append(
                    keep_rule(said, by=request.viewer, rule=instance, reason=data["reason"], is_on=data["activate"])
                )

    wrong = "file" if form.cleaned_data.get("file") else "text"
    return kept if carried_out(form, keep, fields=dict.fromkeys(("events.bad_text",), wrong)) else []


def download(request: StaffRequest) -> HttpResponse:
    """GET admin/rules/rules.toml: all of them, as the settings file has them."""
    found = list(sections()["rules"].read())
    response = HttpResponse(write_toml({"rule": found}), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rules.toml"'
    return response


urls = [
    rule_path("admin/rules/<int:pk>/text", text, name="rule_text"),
    administrator_path("admin/rules/rules.toml", download, name="rules_download", settings=SET_RULES),
]
