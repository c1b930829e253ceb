"""How it went, in the customer's own words: a grade for the solution, or consent in writing that the request ends.

A link of a mail only opens the page: what opens links by itself, to look for harm, gives no grade.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from charterdesk.base.refused import require
from charterdesk.portal.customers import PortalRequest, address_of, portal_path, request_of
from charterdesk.tickets.actions import give_consent, grade_ticket
from charterdesk.tickets.grading import SCORES, terms_of, words_of
from charterdesk.tickets.models import Grade, GradeTerms, Ticket
from charterdesk.tickets.policies import may_grade


class GradeForm(forms.Form):
    """One of five grades, and why."""

    score = forms.TypedChoiceField(
        label=gettext_lazy("Your grade"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the five.")},
    )
    comment = forms.CharField(
        label=gettext_lazy("What should we know?"),
        help_text=gettext_lazy("You need not write anything."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, words: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].choices = words[::-1]  # type: ignore[attr-defined]


class ConsentForm(forms.Form):
    """What somebody agrees to."""

    text = forms.CharField(
        label=gettext_lazy("I agree that my request ends here, because"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Say in a few words what you agree to.")},
    )


def grade(request: PortalRequest, number: int, token: str = "", score: int = 0) -> HttpResponse:
    """GET requests/<number>/grade(/<score>): the five grades, one chosen already; POST gives it. Five statements."""
    ticket, viewer = request_of(request, number, token)
    require(may_grade(viewer, ticket))
    if score and score not in SCORES:
        raise Http404
    words = words_of(terms_of(ticket), language_now())
    form = GradeForm(request.POST or None, words=words, initial={"score": score or None})
    if request.method == "POST" and form.is_valid():
        way = Grade.MAIL if token else Grade.PAGE
        given = grade_ticket(ticket, by=ticket.contact, way=way, **form.cleaned_data)
        messages.success(request, _thanks(given))
        return redirect(address_of(ticket, token))
    context = {
        "ticket": ticket,
        "form": form,
        "given": given_grade(ticket),
        "back_url": address_of(ticket, token),
        "post_url": address_of(ticket, token, "grade"),
    }
    return render(request, "portal/grade.html", context, status=422 if form.is_bound else 200)


def _thanks(given: Grade) -> str:
    if given.is_positive:
        return _("Thank you. Your request is closed; you can reopen it at any time.")
    return _("Thank you for telling us. Your request is open again, and whoever leads here has been told.")


def consent(request: PortalRequest, number: int, token: str = "") -> HttpResponse:
    """GET requests/<number>/consent: what agreeing means; POST agrees in writing, and closes the request."""
    ticket, viewer = request_of(request, number, token)
    require(may_grade(viewer, ticket))
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        give_consent(ticket, by=ticket.contact, text=form.cleaned_data["text"])
        messages.success(request, _("Thank you. We have kept what you agreed to, and your request is closed."))
        return redirect(address_of(ticket, token))
    context = {
        "ticket": ticket,
        "form": form,
        "back_url": address_of(ticket, token),
        "post_url": address_of(ticket, token, "consent"),
    }
    return render(request, "portal/consent.html", context, status=422 if form.is_bound else 200)


def given_grade(ticket: Ticket) -> Grade | None:
    """The grade for the solution `ticket` has now. One statement, none for one without a solution."""
    if ticket.solved_at is None:
        return None
    return Grade.objects.filter(ticket=ticket, solved_at=ticket.solved_at).first()


def grading_of(ticket: Ticket, terms: GradeTerms, token: str) -> dict[str, Any]:
    """What the status page of a solved ticket says of its grade: the one given, or the five with their addresses.

    One statement.
    """
    words = words_of(terms, language_now())
    given = given_grade(ticket)
    if given is not None or not terms.is_asked or ticket.solved_at is None:
        return {"given": given, "word": dict(words).get(given.score, "") if given else "", "choices": []}
    choices = [
        {"score": score, "word": word, "url": address_of(ticket, token, "grade_as", score=score)}
        for score, word in reversed(words)
    ]
    return {"given": None, "choices": choices, "consent_url": address_of(ticket, token, "consent")}


def language_now() -> str:
    """The language of the page."""
    return (get_language() or "en")[:2]


urls = [
    portal_path("requests/<int:number>/grade", grade, "grade"),
    portal_path("requests/<int:number>/grade/<int:score>", grade, "grade_as"),
    portal_path("requests/<int:number>/consent", consent, "consent"),
    portal_path("status/<int:number>/<str:token>/grade", grade, "grade_by_link"),
    portal_path("status/<int:number>/<str:token>/grade/<int:score>", grade, "grade_as_by_link"),
    portal_path("status/<int:number>/<str:token>/consent", consent, "consent_by_link"),
]
