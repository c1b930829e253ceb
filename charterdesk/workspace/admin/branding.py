"""Brands: a name, a logo, colours and texts for customers; drafted, looked at, published."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused
from charterdesk.people.actions.branding import (
    add_brand,
    add_picture,
    change_brand,
    check_link,
    publish_brand,
    read_colour,
    read_origin,
    remove_brand,
)
from charterdesk.people.branding import Look, address_of_brand, picture_of
from charterdesk.people.colours import accent_for, contrast_of
from charterdesk.people.logos import MAX_BYTES, picture_kind
from charterdesk.people.models import LANGUAGES, Brand, BrandPicture, Team
from charterdesk.ui.brand import PREVIEW
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say, staff_path

PAPER, DARK_PAPER = "#fdfdfc", "#0f1417"
"""What lies under most words of the portal, light and dark: what a form says of contrast is measured on it."""
FIELD_OF = {
    "people.host_taken": "host",
    "people.no_host": "host",
    "people.no_origin": "origins",
    "people.team_of_other_brand": "teams",
    "people.picture_too_large": "logo",
    "people.no_picture": "logo",
}


class LinksField(forms.CharField):
    """Links, one a line: "Imprint https://example.org/imprint"."""

    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})

    def prepare_value(self, value: Any) -> Any:
        """Pairs as lines; what somebody typed stays as typed."""
        return value if isinstance(value, str) or value is None else "\n".join(f"{word} {url}" for word, url in value)

    def clean(self, value: Any) -> Any:
        """Lines as pairs. Raises `ValidationError`."""
        return tuple(self._pair(line) for line in str(super().clean(value)).splitlines() if line.strip())

    @staticmethod
    def _pair(line: str) -> tuple[str, str]:
        label, _space, url = line.strip().rpartition(" ")
        try:
            check_link(label, url)
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused
        return label.strip()[:80], url[:500]


class OriginsField(forms.CharField):
    """Sites, one a line."""

    widget = forms.Textarea(attrs={"rows": 2, "dir": "ltr"})

    def prepare_value(self, value: Any) -> Any:
        """Sites as lines."""
        return value if isinstance(value, str) or value is None else "\n".join(value)

    def clean(self, value: Any) -> Any:
        """Lines as origins. Raises `ValidationError`."""
        try:
            return [read_origin(line) for line in str(super().clean(value)).splitlines() if line.strip()]
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


class ColourField(forms.CharField):
    """A colour as #rrggbb, or none."""

    def clean(self, value: Any) -> str:
        """The colour in small letters. Raises `ValidationError`."""
        try:
            return read_colour(str(super().clean(value)))
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


class BrandForm(forms.Form):
    """How a brand looks, what it says, and where it is used."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy("SVG or PNG, at most 200 kB. It stands in place of the name."),
    )
    favicon = forms.FileField(
        label=gettext_lazy("Sign in the browser's tab"), required=False, help_text=gettext_lazy("SVG or PNG, square.")
    )
    accent = ColourField(
        label=gettext_lazy("Colour of what can be pressed"),
        required=False,
        max_length=7,
        widget=forms.TextInput(attrs={"placeholder": "#0a5c72", "dir": "ltr", "autocomplete": "off"}),
        help_text=gettext_lazy("Made darker by itself where words in it could not be read."),
    )
    accent_dark = ColourField(
        label=gettext_lazy("The same in the dark"),
        required=False,
        max_length=7,
        widget=forms.TextInput(attrs={"placeholder": "#7fd0e6", "dir": "ltr", "autocomplete": "off"}),
        help_text=gettext_lazy("Empty: the colour above, made lighter."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=gettext_lazy("Stands on every page: a person to reach."),
    )
    links = LinksField(
        label=gettext_lazy("Legal links"),
        required=False,
        max_length=3000,
        help_text=gettext_lazy("One a line: a word and an address."),
    )
    sender_name = forms.CharField(
        label=gettext_lazy("Sender name of mails"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("For its teams that have none of their own."),
    )
    host = forms.CharField(
        label=gettext_lazy("Own host"),
        required=False,
        max_length=253,
        widget=forms.TextInput(attrs={"placeholder": "help.example.org", "dir": "ltr"}),
        help_text=gettext_lazy("Point its DNS here first. Empty: wherever no other brand is at home."),
    )
    teams = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Its teams"),
        queryset=Team.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Customers of this brand write to these. None: all teams that are no other brand's."),
    )
    origins = OriginsField(
        label=gettext_lazy("Sites that may show its request form"), required=False, max_length=5000,
        help_text=gettext_lazy("One a line, such as https://www.example.org. No other site can."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in (("welcome", _("Front page, in %(language)s")), ("footer", _("Foot, in %(language)s"))):
            for code, language in LANGUAGES:
                self.fields[f"{kind}_{code}"] = forms.CharField(
                    label=label % {"language": language},
                    required=False,
                    max_length=300,
                    widget=forms.TextInput(attrs={"dir": "auto"}),
                )

    def _texts(self, kind: str) -> list[forms.BoundField]:
        return [self[f"{kind}_{code}"] for code, _language in LANGUAGES]

    @property
    def welcomes(self) -> list[forms.BoundField]:
        """The front page's sentence by language."""
        return self._texts("welcome")

    @property
    def footers(self) -> list[forms.BoundField]:
        """The foot's text by language."""
        return self._texts("footer")

    def clean_logo(self) -> Any:
        """A picture, or nothing new. Raises `ValidationError`."""
        return _checked_picture(self.cleaned_data["logo"])

    def clean_favicon(self) -> Any:
        """A picture, or nothing new. Raises `ValidationError`."""
        return _checked_picture(self.cleaned_data["favicon"])

    def look(self, *, logo: int | None, favicon: int | None) -> Look:
        """What was written, with these pictures."""
        given = self.cleaned_data
        return Look(
            name=given["name"],
            accent=given["accent"],
            accent_dark=given["accent_dark"],
            welcome=self._said("welcome"),
            footer=self._said("footer"),
            links=given["links"],
            phone=given["phone"],
            sender_name=given["sender_name"],
            logo=logo,
            favicon=favicon,
        )

    def _said(self, kind: str) -> dict[str, str]:
        """What was written, by language."""
        texts = {code: self.cleaned_data[f"{kind}_{code}"] for code, _language in LANGUAGES}
        return {code: text for code, text in texts.items() if text}

    def placing(self) -> dict[str, Any]:
        """Where it is used."""
        given = self.cleaned_data
        return {"host": given["host"], "origins": given["origins"], "teams": list(given["teams"])}


def _checked_picture(upload: Any) -> Any:
    if not upload:
        return None
    if upload.size > MAX_BYTES:
        raise forms.ValidationError(_("Choose a picture of at most 200 kB."))
    content = upload.read()
    if not picture_kind(content):
        raise forms.ValidationError(_("Choose an SVG or a PNG file."))
    return content


def brands(request: StaffRequest) -> HttpResponse:
    """GET admin/branding: all of them. Two statements."""
    found = Brand.objects.order_by("host").prefetch_related("team_links__team")
    listed = [{"brand": each, "address": address_of_brand(each)} for each in found]
    return render(request, "workspace/admin/brands.html", {"brands": listed, "place": "admin"})


def brand(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/branding/<id> or admin/branding/new: look at one, change its draft, add one."""
    found = get_object_or_404(Brand, pk=pk) if pk else None
    form = BrandForm(request.POST or None, request.FILES or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        kept: list[Brand] = []
        if carried_out(form, lambda: kept.append(_keep(request, form, found)), fields=FIELD_OF):
            say(request, _("The draft is kept. Look at it, and publish it when it is right."))
            return redirect("workspace:brand", pk=kept[0].pk)
    look = Look.of(found.draft) if found else Look()
    context = {
        "brand": found,
        "look": look,
        "is_published": bool(found and found.published == found.draft),
        "pictures": [picture_of(found, key) for key in (look.logo, look.favicon)] if found else [],
        "contrasts": _contrasts(look),
        "address": address_of_brand(found) if found else "",
    }
    return form_page(request, "workspace/admin/brand.html", form, **context)


def _initial(found: Brand | None) -> dict[str, Any]:
    """What it says now; its pictures stay unless others are sent."""
    if found is None:
        return {}
    look = Look.of(found.draft)
    texts = {f"welcome_{code}": text for code, text in look.welcome.items()}
    texts |= {f"footer_{code}": text for code, text in look.footer.items()}
    written = {name: value for name, value in found.draft.items() if name not in dict(BrandPicture.KINDS)}
    return {
        **written,
        **texts,
        "links": look.links,
        "host": found.host,
        "origins": found.origins,
        "teams": [link.team_id for link in found.team_links.all()],
    }


def _keep(request: StaffRequest, form: BrandForm, found: Brand | None) -> Brand:
    """Keep the draft with its pictures: those that were sent, else those it had."""
    before = Look.of(found.draft) if found else Look()
    kept = found or add_brand(by=request.viewer, look=form.look(logo=None, favicon=None), **form.placing())
    keys: dict[str, int | None] = {"logo": before.logo, "favicon": before.favicon}
    for kind, _name in BrandPicture.KINDS:
        if content := form.cleaned_data[kind]:
            keys[kind] = add_picture(kept, kind=kind, content=content).pk
        elif f"no_{kind}" in request.POST:
            keys[kind] = None
    change_brand(kept, by=request.viewer, look=form.look(logo=keys["logo"], favicon=keys["favicon"]), **form.placing())
    return kept


def _contrasts(look: Look) -> list[dict[str, Any]]:
    """What becomes of the colour in light and dark: the colour shown, its contrast, and whether it was changed."""
    if not look.accent:
        return []
    found = []
    for dark, given, ground in ((False, look.accent, PAPER), (True, look.accent_dark or look.accent, DARK_PAPER)):
        accent = accent_for(given, dark=dark)
        ratio = contrast_of(accent.plain, ground)
        found.append({"dark": dark, "given": given, "shown": accent.plain, "kept": accent.is_as_given, "ratio": ratio})
    return found


@require_POST
def start_preview(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/branding/<id>/preview: see the portal as the draft has it, in this browser only."""
    request.session[PREVIEW] = get_object_or_404(Brand, pk=pk).pk
    return redirect("portal:home")


@require_POST
def end_preview(request: StaffRequest) -> HttpResponse:
    """POST preview/end: see what customers see again."""
    pk = request.session.pop(PREVIEW, None)
    return redirect("workspace:brand", pk=pk) if pk else redirect("workspace:brands")


@require_POST
def publication(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/branding/<id>/publication: customers see the draft from now on."""
    found = get_object_or_404(Brand, pk=pk)
    publish_brand(found, by=request.viewer)
    request.session.pop(PREVIEW, None)
    say(request, _("Published. Customers see it now."))
    return redirect("workspace:brand", pk=found.pk)


@require_POST
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/branding/<id>/removal: do without it."""
    remove_brand(get_object_or_404(Brand, pk=pk), by=request.viewer)
    say(request, _("Removed. Its host shows the brand for all others."))
    return redirect("workspace:brands")


urls = [
    administrator_path("admin/branding", brands, name="brands"),
    administrator_path("admin/branding/new", brand, name="new_brand"),
    administrator_path("admin/branding/<int:pk>", brand, name="brand"),
    administrator_path("admin/branding/<int:pk>/preview", start_preview, name="preview_brand"),
    administrator_path("admin/branding/<int:pk>/publication", publication, name="publish_brand"),
    administrator_path("admin/branding/<int:pk>/removal", removal, name="remove_brand"),
    staff_path("preview/end", end_preview, name="end_preview"),
]
