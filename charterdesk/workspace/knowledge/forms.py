"""What is filled in about articles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from charterdesk.knowledge.actions.keeping import Terms
from charterdesk.knowledge.actions.writing import Words
from charterdesk.knowledge.models import Article, Category
from charterdesk.people.models import LANGUAGES, Agent, Organisation
from charterdesk.workspace.knowledge.lists import categories_named

MOST_BODY = 500_000


class WordsForm(forms.Form):
    """What an article says: `html` from the editor, or `body` as plain text where no script runs."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    summary = forms.CharField(
        label=_("In a sentence or two"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "small"}),
        help_text=_("Stands under the title, in lists and in what search engines show."),
    )
    html = forms.CharField(required=False, max_length=MOST_BODY)
    body = forms.CharField(required=False, max_length=MOST_BODY)
    note = forms.CharField(
        label=_("What changed, and why"),
        required=False,
        max_length=300,
        help_text=_("For your colleagues, in the list of versions."),
    )
    is_current = forms.BooleanField(
        label=_("This says what the original says now"), required=False, help_text=_("Takes the mark away.")
    )

    def words(self) -> Words:
        """What was written."""
        given = self.cleaned_data
        return Words(title=given["title"], summary=given["summary"], body=given["html"], note=given["note"])


class NewForm(forms.Form):
    """An article that is begun."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    category = forms.TypedChoiceField(label=_("Category"), coerce=int)
    kind = forms.ChoiceField(label=_("Kind"), choices=Article.WRITTEN)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    audience = forms.ChoiceField(label=_("Who may read it"), choices=Article.AUDIENCES[:2] + Article.AUDIENCES[3:])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories_named()  # type: ignore[attr-defined]


class TermsForm(forms.Form):
    """Where an article stands, who may read it and who looks after it."""

    category = forms.TypedChoiceField(label=_("Category"), coerce=int)
    kind = forms.ChoiceField(label=_("Kind"), choices=Article.WRITTEN)
    audience = forms.ChoiceField(label=_("Who may read it"), choices=Article.AUDIENCES)
    organisations = forms.CharField(
        label=_("Organisations"),
        required=False,
        help_text=_("Their names, apart by commas; for “people of some organisations”."),
    )
    owner = forms.ModelChoiceField(
        label=_("Looked after by"), queryset=Agent.objects.none(), required=False, empty_label=_("nobody yet")
    )
    review_on = forms.DateField(
        label=_("Look at it again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    review_days = forms.IntegerField(label=_("and then every so many days"), min_value=1, max_value=3650)
    labels = forms.CharField(label=_("Labels, apart by commas"), required=False, max_length=400)
    position = forms.IntegerField(label=_("Place within the category"), min_value=0, max_value=10_000)

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        named = Organisation.objects.filter(pk__in=article.organisation_ids).order_by("name")
        initial = {
            "category": article.category_id,
            "kind": article.kind,
            "audience": article.audience,
            "organisations": ", ".join(each.name for each in named) if article.organisation_ids else "",
            "owner": article.owner_id,
            "review_on": article.review_on,
            "review_days": article.review_days,
            "labels": ", ".join(article.labels),
            "position": article.position,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.fields["category"].choices = categories_named()  # type: ignore[attr-defined]
        people = Agent.objects.filter(is_active=True, integration=None).order_by("name")
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]

    def clean_organisations(self) -> list[int]:
        """Their primary keys. Raises `ValidationError` naming the first nobody knows."""
        names = [name.strip() for name in self.cleaned_data["organisations"].split(",") if name.strip()]
        found = {each.name.casefold(): each.pk for each in Organisation.objects.filter(name__in=names)}
        for name in names:
            if name.casefold() not in found:
                raise forms.ValidationError(_("No organisation is called “%(name)s”.") % {"name": name})
        return sorted(found.values())

    def terms(self) -> Terms:
        """What was chosen."""
        given = self.cleaned_data
        return Terms(
            category=Category.objects.get(pk=given["category"]),
            kind=given["kind"],
            audience=given["audience"],
            organisation_ids=given["organisations"],
            owner=given["owner"],
            review_on=given["review_on"],
            review_days=given["review_days"],
            labels=given["labels"].split(","),
            position=given["position"],
        )
