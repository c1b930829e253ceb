"""What is filled in to take part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.community.actions.profiles import LONGEST
from charterdesk.community.actions.proposing import NAME, PURPOSE
from charterdesk.community.actions.writing import BODY, TITLE
from charterdesk.community.bodies import clean_post
from charterdesk.community.models import Profile, Topic
from charterdesk.people.viewer import Viewer
from charterdesk.portal.forms import FilesField
from charterdesk.portal.spam import pass_name


class Written(forms.Form):
    """A text: formatted, where the page's editor wrote it, else as it was typed."""

    text = forms.CharField(label=gettext_lazy("Your text"), required=False, max_length=BODY)
    html = forms.CharField(required=False, max_length=BODY)

    @property
    def body(self) -> str:
        """What was written, as HTML not yet made safe."""
        return str(self.cleaned_data["html"] or linebreaks(self.cleaned_data["text"], autoescape=True))

    @property
    def written(self) -> str:
        """What to go on with where the form comes back, made safe: the editor shows it as it is."""
        html = self.data.get("html") or linebreaks(self.data.get("text", ""), autoescape=True)
        return clean_post(html)


class Named(forms.Form):
    """What somebody sends who takes part, with the name they choose the first time. Machines see `website`."""

    name = forms.CharField(
        label=gettext_lazy("Your name here"),
        help_text=gettext_lazy("Others see this name, and never your address."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    website = forms.CharField(required=False)
    form_pass = forms.CharField(required=False)

    def __init__(self, *args: Any, profile: Profile | None, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if profile is not None or viewer.is_staff:
            del self.fields["name"]

    def clean(self) -> dict[str, Any]:
        """No machine fills it in, and nobody that quickly."""
        cleaned = super().clean() or {}
        self.once = pass_name(cleaned.get("form_pass", ""))
        if cleaned.get("website") or not self.once:
            raise forms.ValidationError(_("That was very quick. Please look over it once more and send it again."))
        return cleaned


class Signed(Named, Written):
    """A text of somebody who takes part."""

    attachments = FilesField(label=gettext_lazy("Attach files"), required=False)


class AnswerForm(Signed):
    """Something to say on a topic."""


class TopicForm(Signed):
    """A new topic."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("In one sentence"), max_length=TITLE, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("Up to five words, apart by commas."),
        required=False,
        max_length=250,
    )

    def __init__(self, *args: Any, profile: Profile | None, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, profile=profile, viewer=viewer, **kwargs)
        kinds = [each for each in Topic.KINDS if each[0] != Topic.ANNOUNCEMENT or viewer.is_staff]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class ProposalForm(Named):
    """A forum somebody would like to have."""

    title = forms.CharField(
        label=gettext_lazy("What should it be called?"), max_length=NAME, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    purpose = forms.CharField(
        label=gettext_lazy("What is talked about there, and by whom?"),
        help_text=gettext_lazy("In one or two sentences."),
        max_length=PURPOSE,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )


class EditForm(Written):
    """What a post says from now on, with which files; its title where it opens a topic."""

    attachments = FilesField(label=gettext_lazy("Attach files"), required=False)

    title = forms.CharField(
        label=gettext_lazy("In one sentence"), max_length=TITLE, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args: Any, has_title: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_title:
            del self.fields["title"]


class ProfileForm(forms.Form):
    """How somebody is called here, what they hear, and what becomes of their words."""

    name = forms.CharField(
        label=gettext_lazy("Your name here"),
        help_text=gettext_lazy("Others see this name, and never your address."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    mails = forms.BooleanField(
        label=gettext_lazy("Tell me by mail of answers, and where I am named"), required=False, initial=True
    )
    after_erasure = forms.ChoiceField(
        label=gettext_lazy("If my data is erased one day"),
        choices=Profile.AFTER_ERASURE,
        initial=Profile.KEEP,
        widget=forms.RadioSelect,
    )
