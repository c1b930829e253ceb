"""The forms of the charter's parts: what holds in every language once, and its words in one language at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from charterdesk.base.money import CURRENCIES
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.charter import content
from charterdesk.charter.content import Charter, Measure, Objective, Person, Remedy, Right
from charterdesk.people.models import LANGUAGES, Team
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.admin.fields import OpenTimeField
from charterdesk.workspace.admin.policies import PAUSES, several

PLAIN = forms.TextInput(attrs={"dir": "auto"})
LONG = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
AMOUNT = _("As 12.50; empty for none.")


class PartForm(forms.Form):
    """One thing of a charter. `words` are its texts, in the language it is opened in."""

    words: Sequence[tuple[str, Any, Any]] = ()
    part: type = Right

    def __init__(self, *args: Any, charter: Charter, language: str, thing: Any = None, **kwargs: Any) -> None:
        self.charter, self.language, self.thing = charter, language, thing
        super().__init__(*args, **{**kwargs, "initial": self.initial_of(thing)})
        self.is_translation = thing is not None and language != charter.language
        for name, label, widget in reversed(self.words):
            field = forms.CharField(label=label, required=False, max_length=2000, widget=widget)
            field.required = name == "title" and not self.is_translation
            self.fields = {name: field, **self.fields}
        if self.is_translation:
            self.fields = {name: self.fields[name] for name, _label, _widget in self.words}

    def initial_of(self, thing: Any) -> dict[str, Any]:
        """What the form shows of `thing`."""
        if thing is None:
            return {}
        said = {name: getattr(thing, name).get(self.language, "") for name, _label, _widget in self.words}
        plain = {each.name: getattr(thing, each.name) for each in fields(thing) if each.name not in said}
        return {**plain, **said}

    def values(self) -> dict[str, Any]:
        """What stands in the form beside words, as the thing holds it."""
        named = {name for name, _label, _widget in self.words}
        return {name: value for name, value in self.cleaned_data.items() if name not in named}

    def made(self) -> Any:
        """The thing as it is to be kept."""
        values = {} if self.is_translation else self.values()
        former = {each.name: getattr(self.thing, each.name) for each in fields(self.thing)} if self.thing else {}
        for name, _label, _widget in self.words:
            values[name] = content.clean({**former.get(name, {}), self.language: self.cleaned_data[name]})
        made = {**former, **values}
        made.setdefault("code", self._code())
        return self.part(**made)

    def _code(self) -> str:
        """A code from its name, which nothing else of its kind has."""
        said = self.cleaned_data.get("title") or self.cleaned_data.get("name") or ""
        wanted = slugify(said)[:32].strip("-") or "thing"
        wanted = wanted if wanted[0].isalpha() else f"n{wanted}"
        taken = {each.code for part in PARTS.values() for each in getattr(self.charter, part.list)}
        return next(code for code in (wanted, *(f"{wanted}-{n}" for n in range(2, 999))) if code not in taken)


class ObjectiveForm(PartForm):
    """A promise that is measured."""

    part = Objective
    words = (
        ("title", _("Name"), PLAIN),
        ("promise", _("The promise in one sentence, as customers read it"), LONG),
    )
    measure = forms.ChoiceField(label=_("What is measured"), choices=content.MEASURES)
    start = forms.ChoiceField(label=_("From when"), choices=content.STARTS, required=False)
    stop = forms.ChoiceField(label=_("Until"), choices=content.STOPS, required=False)
    within = OpenTimeField(label=_("Within"), help_text=_("Open time as 4:30."))
    calendar_id = forms.TypedChoiceField(label=_("Opening hours"), coerce=int, required=False, empty_value=None)
    always = forms.BooleanField(label=_("Every hour of every day counts"), required=False)
    pauses = several(_("Time stands while the request is"), PAUSES)
    counted = forms.ChoiceField(label=_("What is counted"), choices=content.COUNTED, required=False)
    limit = forms.IntegerField(label=_("How often"), min_value=0, max_value=1000, required=False)
    at_least = forms.BooleanField(label=_("So often at least; else so often at most"), required=False)
    target = forms.FloatField(label=_("For so many of a hundred requests"), min_value=1, max_value=100)
    window = forms.TypedChoiceField(
        label=_("Measured over"), coerce=int, choices=[(30, _("30 days")), (90, _("90 days"))]
    )
    priorities = several(_("Priority"), Ticket.PRIORITIES, coerce=int)
    types = several(_("Type"), Ticket.TYPES)
    team_ids = several(_("Team"), coerce=int)
    channels = several(_("Channel"), Ticket.CHANNELS)
    languages = several(_("Language"), LANGUAGES)
    tags = forms.CharField(label=_("Tags, with commas between"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_translation:
            self.fields["team_ids"].choices = list(Team.objects.order_by("name").values_list("pk", "name"))  # type: ignore[attr-defined]
            calendars = BusinessCalendar.objects.order_by("name").values_list("pk", "name")
            self.fields["calendar_id"].choices = [("", _("those of the team")), *calendars]  # type: ignore[attr-defined]

    def initial_of(self, thing: Any) -> dict[str, Any]:
        """Times as they are written."""
        initial = super().initial_of(thing)
        if thing is None:
            return {"target": 95, "window": 90, "limit": 0}
        within = timedelta(seconds=thing.within_s) if thing.within_s else None
        return {**initial, "within": within, "tags": ", ".join(thing.tags)}

    def values(self) -> dict[str, Any]:
        """Times as they are kept."""
        values = super().values()
        within = values.pop("within")
        values["within_s"] = int(within.total_seconds()) if within else 0
        values["tags"] = [word.strip() for word in values["tags"].split(",") if word.strip()]
        values["limit"] = values["limit"] or 0
        values["start"], values["stop"] = values["start"] or content.OPENED, values["stop"] or content.ANSWERED
        values["counted"] = values["counted"] or content.REOPENED
        return values


class RightForm(PartForm):
    """What a customer may claim."""

    words = (("title", _("Name"), PLAIN), ("text", _("What it means"), LONG))


class MeasureForm(PartForm):
    """What we do to keep our word."""

    part = Measure
    words = (
        ("title", _("Name"), PLAIN),
        ("text", _("What is done"), LONG),
        ("rhythm", _("How often"), PLAIN),
        ("performer", _("Who does it"), PLAIN),
        ("proof", _("What proves it"), PLAIN),
    )


class RemedyForm(PartForm):
    """What follows by itself when a promise is broken."""

    part = Remedy
    words = (("title", _("Name"), PLAIN),)
    kind = forms.ChoiceField(label=_("What follows"), choices=content.KINDS)
    objectives = several(_("When one of these is broken"))
    basis = forms.ChoiceField(label=_("How often"), choices=content.BASES)
    days = forms.IntegerField(label=_("For so many days at most"), min_value=1, max_value=366)
    amount = forms.CharField(label=_("Amount"), required=False, max_length=16, help_text=AMOUNT)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in sorted(CURRENCIES)])
    cap = forms.CharField(label=_("At most for one broken promise"), required=False, max_length=16, help_text=AMOUNT)
    cap_year = forms.CharField(
        label=_("At most for one customer in a year"), required=False, max_length=16, help_text=AMOUNT
    )
    approve_above = forms.CharField(
        label=_("Above this a manager approves it"), required=False, max_length=16, help_text=AMOUNT
    )
    two_above = forms.CharField(
        label=_("Above this two managers approve it"), required=False, max_length=16, help_text=AMOUNT
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_translation:
            known = [(each.code, self.charter.said(each.title)) for each in self.charter.objectives]
            self.fields["objectives"].choices = known  # type: ignore[attr-defined]
            self.fields["objectives"].help_text = _("Where no box is ticked, it follows from every broken promise.")

    def initial_of(self, thing: Any) -> dict[str, Any]:
        """A new one is a credit that a manager approves."""
        return super().initial_of(thing) if thing else {"currency": "EUR", "days": 30, "approve_above": "0"}


class PersonForm(PartForm):
    """Whom to turn to."""

    part = Person
    words = (("role", _("What they do"), PLAIN),)
    name = forms.CharField(label=_("Name"), max_length=120)
    level = forms.TypedChoiceField(
        label=_("When"),
        coerce=int,
        choices=[(1, _("first: takes complaints")), (2, _("then: the level above"))],
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    post = forms.CharField(label=_("Post"), required=False, max_length=400, widget=LONG)


class TextsForm(forms.Form):
    """What stands around the parts."""

    title = forms.CharField(label=_("Title"), required=False, max_length=120, widget=PLAIN)
    intro = forms.CharField(label=_("What stands over it"), required=False, max_length=2000, widget=LONG)
    legal = forms.CharField(
        label=_("Legal standing: what binds whom, by which law"), required=False, max_length=4000, widget=LONG
    )


@dataclass(frozen=True, kw_only=True)
class Part:
    """One of the lists of a charter."""

    list: str
    name: Any
    new: Any
    form: type[PartForm]


PARTS: Mapping[str, Part] = {
    "objectives": Part(list="objectives", name=_("What we promise"), new=_("Add a promise"), form=ObjectiveForm),
    "remedies": Part(list="remedies", name=_("What happens when we fail"), new=_("Add a remedy"), form=RemedyForm),
    "rights": Part(list="rights", name=_("Rights"), new=_("Add a right"), form=RightForm),
    "measures": Part(list="measures", name=_("What we do to keep our word"), new=_("Add a measure"), form=MeasureForm),
    "contacts": Part(list="contacts", name=_("Whom to turn to"), new=_("Add a person"), form=PersonForm),
}
