"""What is filled in about announcements, outages and planned work."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.notices.models import Announcement, Component, Incident
from charterdesk.notices.queries import audience_choices, organisations_named, own_fields
from charterdesk.people.models import LANGUAGES, Organisation, Team
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.own_templates import known_templates, plain_texts

LATER = {"type": "datetime-local"}
MOMENT = "%Y-%m-%dT%H:%M"
PLAIN = ("kind", "team", "language", "policy", "effective_on", "is_contractual", "asks_receipt")


def several(label: Any, choices: Any = (), coerce: Any = int) -> forms.TypedMultipleChoiceField:
    """Boxes of which some may be ticked."""
    return forms.TypedMultipleChoiceField(
        label=label, choices=choices, coerce=coerce, required=False, widget=forms.CheckboxSelectMultiple
    )


def split(text: str) -> list[str]:
    """What stands between commas."""
    return [each for part in text.split(",") if (each := " ".join(part.split()))]


class AudienceForm(forms.Form):
    """Whom an announcement is for: all that is chosen must hold."""

    languages = several(gettext_lazy("They read"), LANGUAGES, coerce=str)
    organisations = forms.CharField(
        label=gettext_lazy("They belong to"),
        required=False,
        max_length=4000,
        help_text=gettext_lazy("Organisations by their names, apart by commas."),
    )
    offers = several(gettext_lazy("They have a contract on"))
    tiers = several(gettext_lazy("Their loyalty is"))
    teams = several(gettext_lazy("They asked the team"))
    tags = forms.CharField(
        label=gettext_lazy("They asked about (tags)"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Apart by commas; one is enough."),
    )
    is_open = forms.BooleanField(label=gettext_lazy("Their request is open"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in audience_choices().items():
            if choices:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        self.own = own_fields()
        for field in self.own:
            self.fields[f"field_{field.code}"] = forms.CharField(
                label=_("%(field)s is") % {"field": field.label}, required=False, max_length=200
            )

    def clean_organisations(self) -> list[int]:
        """Organisations by number."""
        names = split(self.cleaned_data["organisations"])
        known = organisations_named(names)
        if missing := [name for name in names if name not in known]:
            raise forms.ValidationError(_("We know no %(names)s.") % {"names": ", ".join(missing)})
        return [known[name] for name in names]

    def clean_tags(self) -> list[str]:
        """Tags, as tickets have them."""
        return [tag.casefold() for tag in split(self.cleaned_data["tags"])]

    @property
    def audience(self) -> dict[str, Any]:
        """What `notices.audience` reads."""
        data = self.cleaned_data
        named = {name: data[name] for name in AudienceForm.base_fields if name in data}
        own = {field.code: said for field in self.own if (said := data[f"field_{field.code}"].strip())}
        return {name: value for name, value in (named | {"fields": own}).items() if value}

    @staticmethod
    def initial_of(audience: dict[str, Any]) -> dict[str, Any]:
        """What the form shows of an audience."""
        names = Organisation.objects.filter(pk__in=audience.get("organisations", [])).values_list("name", flat=True)
        own = {f"field_{code}": value for code, value in audience.get("fields", {}).items()}
        words = {"organisations": ", ".join(names), "tags": ", ".join(audience.get("tags", []))}
        return audience | words | own


class AnnouncementForm(AudienceForm):
    """What is announced, in which languages, and for whom."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Announcement.KINDS)
    team = forms.ModelChoiceField(
        label=gettext_lazy("From the team"), queryset=Team.objects.order_by("name"), empty_label=None
    )
    language = forms.ChoiceField(label=gettext_lazy("Language for all others"), choices=LANGUAGES)
    template = forms.ChoiceField(
        label=gettext_lazy("Begin with a template"),
        required=False,
        help_text=gettext_lazy("Its texts come into the fields below, in place of what stands there."),
    )
    policy = forms.CharField(
        label=gettext_lazy("Which policy changes"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Its name, the same each time: versions are counted by it."),
        widget=forms.TextInput(attrs={"list": "policies", "autocomplete": "off", "dir": "auto"}),
    )
    effective_on = forms.DateField(
        label=gettext_lazy("It holds from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_contractual = forms.BooleanField(
        label=gettext_lazy("It concerns their contract"),
        required=False,
        help_text=gettext_lazy("It then goes to those who unsubscribed as well, and says why."),
    )
    asks_receipt = forms.BooleanField(label=gettext_lazy("Ask them to confirm that they read it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if templates := known_templates():
            self.fields["template"].choices = [("", _("choose")), *templates]  # type: ignore[attr-defined]
        else:
            del self.fields["template"]
        for code, _name in LANGUAGES:
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject"),
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"dir": "auto", "lang": code}),
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text"),
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"dir": "auto", "lang": code, "rows": 8}),
            )

    def with_template(self) -> "AnnouncementForm":
        """The same form with the texts of the template that was chosen, to be gone on with. Two queries."""
        said = {name: self[name].value() for name in self.fields}
        chosen = said.get("template") or ""
        for code, text in (plain_texts(chosen) if chosen else {}).items():
            said |= {f"subject_{code}": text["subject"], f"text_{code}": text["text"]}
        return AnnouncementForm(initial=said | {"template": ""})

    @property
    def languages_written(self) -> list[tuple[str, Any, forms.BoundField, forms.BoundField, bool]]:
        """For each language its code, name and fields, and whether it is shown open."""
        main = self["language"].value()
        return [
            (
                code,
                name,
                self[f"subject_{code}"],
                self[f"text_{code}"],
                code == main or bool(self[f"text_{code}"].value()),
            )
            for code, name in LANGUAGES
        ]

    @property
    def whom(self) -> list[forms.BoundField]:
        """The fields of the audience that there is something to choose for."""
        return [self[name] for name in self.fields if name in AudienceForm.base_fields or name.startswith("field_")]

    @property
    def values(self) -> dict[str, Any]:
        """What `save_announcement` takes."""
        data = self.cleaned_data
        texts = {code: {"subject": data[f"subject_{code}"], "text": data[f"text_{code}"]} for code, _name in LANGUAGES}
        return {name: data[name] for name in PLAIN} | {"texts": texts, "audience": self.audience}

    @classmethod
    def initial_for(cls, announcement: Announcement | None) -> dict[str, Any]:
        """What the form shows of an announcement, or of a new one."""
        if announcement is None:
            return {"kind": Announcement.NEWS, "team": Team.objects.order_by("pk").first(), "language": "en"}
        plain = {
            name: getattr(announcement, name) for name in AnnouncementForm.base_fields if hasattr(announcement, name)
        }
        texts = {
            f"{part}_{code}": said[part] for code, said in announcement.texts.items() for part in ("subject", "text")
        }
        return plain | texts | cls.initial_of(announcement.audience)


class WhenForm(forms.Form):
    """At which time an announcement goes out by itself."""

    at = forms.DateTimeField(label=gettext_lazy("Send it at"), widget=forms.DateTimeInput(attrs=LATER, format=MOMENT))


class TextsForm(forms.Form):
    """Texts by language, the desk's first one needed."""

    def add(self, name: str, label: Any, *, most: int, rows: int = 0, required: bool = True) -> None:
        """A field for each language; the first is asked for where they are `required`."""
        attrs: dict[str, Any] = {"dir": "auto"} | ({"rows": rows} if rows else {})
        for place, (code, language) in enumerate(LANGUAGES):
            widget = forms.Textarea if rows else forms.TextInput
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=f"{label} ({language})",
                required=required and place == 0,
                max_length=most,
                widget=widget(attrs=attrs | {"lang": code}),
            )

    def said(self, name: str) -> dict[str, str]:
        """What was written, by language."""
        return {code: self.cleaned_data[f"{name}_{code}"] for code, _name in LANGUAGES}

    def first(self, name: str) -> forms.BoundField:
        """The field of the first language."""
        return self[f"{name}_{LANGUAGES[0][0]}"]

    def others(self, *names: str) -> list[forms.BoundField]:
        """The fields of all other languages, language by language."""
        return [self[f"{name}_{code}"] for code, _language in LANGUAGES[1:] for name in names]


class ComponentForm(TextsForm):
    """A part of the service."""

    position = forms.IntegerField(label=gettext_lazy("Position"), min_value=1, max_value=32767)
    is_active = forms.BooleanField(label=gettext_lazy("Shown on the status page"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add("name", _("Name"), most=80)


class IncidentForm(TextsForm):
    """An outage or planned work: what it is, since when, and which parts it concerns."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Incident.KINDS, widget=forms.RadioSelect)
    impact = forms.ChoiceField(label=gettext_lazy("What it means"), choices=Incident.IMPACTS)
    components = forms.ModelMultipleChoiceField(
        label=gettext_lazy("It concerns"),
        queryset=Component.objects.filter(is_active=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_at = forms.DateTimeField(
        label=gettext_lazy("From"),
        required=False,
        help_text=gettext_lazy("Empty is now."),
        widget=forms.DateTimeInput(attrs=LATER, format=MOMENT),
    )
    ends_at = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Planned work needs it; of an outage, what you expect, if you do."),
        widget=forms.DateTimeInput(attrs=LATER, format=MOMENT),
    )
    ticket = forms.IntegerField(
        label=gettext_lazy("Ticket (number)"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("For your colleagues."),
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add("title", _("What it is, in a few words"), most=160)
        if is_new:
            self.add("text", _("What you tell customers"), most=4000, rows=4)

    def clean_ticket(self) -> Ticket | None:
        """The ticket of that number."""
        number = self.cleaned_data["ticket"]
        if number is None:
            return None
        found = Ticket.objects.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no such ticket."))
        return found


class UpdateForm(TextsForm):
    """What is new about an incident."""

    stage = forms.ChoiceField(label=gettext_lazy("How far we are"), choices=Incident.STAGES)

    def __init__(self, *args: Any, is_works: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add("text", _("What is new"), most=4000, rows=3)
        if is_works:
            stages = [("", _("It goes as planned")), (Incident.OVER, _("It is over"))]
            self.fields["stage"] = forms.ChoiceField(label=_("How far we are"), choices=stages, required=False)
