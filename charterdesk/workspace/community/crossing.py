"""From a topic to a ticket or an article, and from a ticket to a topic: each in one step."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.community.actions.profiles import take_part
from charterdesk.community.models import Forum
from charterdesk.community.policies import may_moderate
from charterdesk.knowledge.policies import may_write
from charterdesk.knowledge.queries.shelves import first_category
from charterdesk.people.models import Team
from charterdesk.tickets.actions.topics import (
    Cleaned,
    article_of_answer,
    ticket_of_topic,
    topic_made_of,
    topic_of_ticket,
)
from charterdesk.tickets.cleaning import cleaned, taken_out, told_on
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.community.paths import community_path, topic_of
from charterdesk.workspace.community.topics import said_of
from charterdesk.workspace.controls import me, number_in, workable
from charterdesk.workspace.staff import StaffRequest, say, staff_path


@require_POST
def to_ticket(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/topics/<id>/ticket: take it on as a ticket of who asked, in `team`; the same one when it is."""
    found = topic_of(pk)
    team = get_object_or_404(Team, pk=number_in(request.POST.get("team", "")))
    ticket = ticket_of_topic(found, team=team, by=request.viewer)
    if Ticket.objects.visible_to(request.viewer).filter(pk=ticket.pk).exists():
        return redirect("workspace:ticket", ticket.number)
    say(request, said_of(ticket))
    return redirect("workspace:community_topic", found.pk)


@require_POST
def to_article(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/topics/<id>/article: draft an article of the question and its accepted answer."""
    require(may_write(request.viewer))
    found = topic_of(pk)
    home = first_category()
    if home is None:
        say(request, _("Make a category first."))
        return redirect("workspace:knowledge")
    text = article_of_answer(found, by=request.viewer, category=home, owner=me(request))
    return redirect("workspace:article", text.pk)


class PublicForm(forms.Form):
    """What of a ticket everybody may read, as somebody cleaned it."""

    forum = forms.ModelChoiceField(label=gettext_lazy("Forum"), queryset=Forum.objects.none(), empty_label=None)
    title = forms.CharField(label=gettext_lazy("Question, in one sentence"), max_length=200)
    question = forms.CharField(
        label=gettext_lazy("The question"), max_length=50_000, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"})
    )
    answer = forms.CharField(
        label=gettext_lazy("Our answer"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    is_clean = forms.BooleanField(
        label=gettext_lazy("I read it: no name, address, number or anything else tells who asked"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].queryset = Forum.objects.order_by("position", "pk")  # type: ignore[attr-defined]

    @property
    def cleaned(self) -> Cleaned:
        """What was written."""
        given = self.cleaned_data
        asked, told = (linebreaks(given[name], autoescape=True) for name in ("question", "answer"))
        return Cleaned(title=given["title"], question=asked, answer=told if given["answer"].strip() else "")


def make_public(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/topic: question and solution without what is personal, to be looked over.

    POST: ask and answer it in the community.
    """
    require(may_moderate(request.viewer))
    ticket = workable(request, number)
    if known := topic_made_of(ticket):
        return redirect("workspace:community_topic", known.pk)
    form = PublicForm(request.POST or None, initial=_proposed(ticket))
    if request.method == "POST" and form.is_valid():
        made = []

        def put() -> None:
            author = take_part(request.viewer)
            given = form.cleaned_data
            made.append(
                topic_of_ticket(ticket, forum=given["forum"], said=form.cleaned, author=author, by=request.viewer)
            )

        if carried_out(form, put, fields={"community.no_title": "title"}):
            say(request, _("Everybody can read it now."))
            return redirect("workspace:community_topic", made[0].pk)
    context = {"form": form, "ticket": ticket, "taken_out": taken_out(ticket, told_on(ticket)), "place": "inbox"}
    context["has_forum"] = Forum.objects.exists()
    return render(request, "workspace/community/public.html", context, status=422 if form.errors else 200)


def _proposed(ticket: Ticket) -> dict[str, str]:
    """What the ticket says, with placeholders for what is personal. Three statements."""
    told = cleaned(ticket, told_on(ticket))
    return {"title": told.title, "question": told.question, "answer": told.answer}


urls = [
    community_path("topics/<int:pk>/ticket", to_ticket, "topic_to_ticket"),
    community_path("topics/<int:pk>/article", to_article, "topic_to_article"),
    staff_path("tickets/<int:number>/topic", make_public, name="ticket_to_topic"),
]
