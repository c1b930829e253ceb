"""What customers fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.people.models import Team
from charterdesk.people.viewer import Viewer

MAX_FILES = 10


class Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploaded files, each within the limit."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files; [] when none were chosen."""
        files = [super(FilesField, self).clean(one, initial) for one in (data or []) if one]
        if len(files) > MAX_FILES:
            raise forms.ValidationError(_("Send at most %(number)d files at a time.") % {"number": MAX_FILES})
        limit = settings.MAX_ATTACHMENT_BYTES
        if any(one.size > limit for one in files):
            raise forms.ValidationError(_("A file may have up to %(limit)d MB.") % {"limit": limit // 2**20})
        return files


class ReplyForm(forms.Form):
    """Something more on a request."""

    text = forms.CharField(
        label=gettext_lazy("Your message"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    attachments = FilesField(label=gettext_lazy("Attach files"), required=False)

    def clean(self) -> dict[str, Any]:
        """Something has to be said."""
        cleaned = super().clean() or {}
        if not cleaned.get("text", "").strip() and not cleaned.get("attachments"):
            raise forms.ValidationError(_("Write something, or attach a file."))
        return cleaned


class RequestForm(forms.Form):
    """A new request. The field `website` is seen by machines only."""

    team = forms.ModelChoiceField(
        Team.objects.none(), label=gettext_lazy("What is it about?"), empty_label=gettext_lazy("Choose")
    )
    subject = forms.CharField(label=gettext_lazy("In a few words"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("What happened, and what do you need?"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    attachments = FilesField(label=gettext_lazy("Attach files"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("Our answer goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    form_pass = forms.CharField(required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(is_public=True).order_by("name")  # type: ignore[attr-defined]
        if viewer.contact_id is not None:
            del self.fields["name"], self.fields["email"]
