"""What customers fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.people.models import Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.fields import is_asked_of_customers
from charterdesk.tickets.models import RequestForm as RequestKind
from charterdesk.tickets.models import TicketField
from charterdesk.ui.ticket_fields import AskedFields
from charterdesk.ui.uploads import refuse_upload

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
        for one in files:
            refuse_upload(one)
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


class RequestForm(AskedFields):
    """A new request, in general or by one of the desk's `forms`. The field `website` is seen by machines only."""

    team = forms.ModelChoiceField(
        Team.objects.none(), label=gettext_lazy("What is it about?"), empty_label=None, widget=forms.RadioSelect
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

    def __init__(
        self, *args: Any, viewer: Viewer, teams: QuerySet[Team], kind: RequestKind | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.teams = kind, teams
        self.only_team: Team | None = None
        if kind is None:
            self._ask_whom(teams)
        else:
            del self.fields["team"]
            self.ask(askable(kind), required_when=TicketField.ON_SUBMIT)
        if viewer.contact_id is not None:
            del self.fields["name"], self.fields["email"]

    def _ask_whom(self, teams: QuerySet[Team]) -> None:
        """Ask which team it is for, unless there is only one. One statement, none where the team was sent."""
        some = [] if "team" in self.data else list(teams[:2])
        if len(some) == 1:
            self.only_team = some[0]
            del self.fields["team"]
        else:
            self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A form of the desk's says itself which team and type; where there is one team, it is that."""
        cleaned = super().clean()
        if self.only_team is not None:
            cleaned["team"] = self.only_team
        if self.kind is not None:
            cleaned |= {"team": self.kind.team, "type": self.kind.type, "fields": self.field_values}
        return cleaned


def askable(kind: RequestKind) -> list[TicketField]:
    """What customers are asked by `kind`: what they may see, and no contact of ours. One statement."""
    return [field for field in kind.chosen_fields() if is_asked_of_customers(field)]
