"""The texts the desk sends by itself: read, written anew by language and team, looked at with a real ticket."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Given, Id, Number, line, one_of
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import LANGUAGE, no_such
from charterdesk.base.refused import require
from charterdesk.channels.trying import send_trial
from charterdesk.people.models import LANGUAGES, Team
from charterdesk.people.permissions import SET_TEXTS
from charterdesk.tickets.actions.own_texts import drop_text, write_text
from charterdesk.tickets.models import OwnText, Ticket
from charterdesk.tickets.own_texts import FACTS, TEXTS, chosen, original, own_texts
from charterdesk.tickets.policies import may_administer
from charterdesk.tickets.templating import render_as

router = Router(tags=["How the desk is set up"])
Name = Annotated[str, one_of(TEXTS)]
FIELD_OF = {
    "tickets.no_subject": "subject",
    "tickets.no_text": "text",
    "tickets.unknown_fact": "text",
    "tickets.bad_condition": "text",
    "api.no_such_team": "team_id",
    "api.no_such_ticket": "number",
}
OF_TEAM = "Of this team; left out, what all teams send that have none of their own."


class TextsAsked(Asked):
    """Whose text."""

    team_id: Id = Field(ABSENT, description=OF_TEAM)


class OwnTextOut(BaseModel):
    """That a text was written anew."""

    language: str
    team_id: int | None = Field(description="null: for all teams.")
    changed_at: datetime


class SystemTextOut(BaseModel):
    """A text the desk sends by itself, and for which languages and teams it was written anew."""

    name: str = Field(examples=["acknowledgement"])
    title: str
    when: str
    own: list[OwnTextOut]


class SystemTexts(BaseModel):
    """All of them, and what each may name in double braces."""

    items: list[SystemTextOut]
    facts: dict[str, str] = Field(examples=[{"customer": "the customer's name"}])


class WrittenOut(BaseModel):
    """What is sent in one language: the team's own words, else what was written for all teams, else the desk's."""

    name: str
    language: str
    team_id: int | None
    subject: str
    text: str = Field(description="With facts as {{ customer }}; a line whose facts are all empty is left out.")
    is_own: bool = Field(description="Written for just this team, or, without a team, for all.")


class SystemTextIn(Given):
    """A subject and a text, with facts as {{ customer }}."""

    subject: Annotated[str, line(300, least=1)] = Field(examples=["Re: {{ subject }}"])
    text: Annotated[str, line(20_000, least=1)] = Field(examples=["Hello {{ customer }}, we have your request."])


class Trial(SystemTextIn):
    """What to look at, and with which ticket."""

    team_id: Id = ABSENT
    number: Number = Field(ABSENT, description="Left out, the newest ticket you see, of the team if one is named.")


class TextPreview(BaseModel):
    """The text as the customer of that ticket would get it."""

    number: int
    subject: str
    text: str
    html: str


@router.get("/texts", auth=Scope("settings:read", staff=True), response=SystemTexts)
def list_texts(request: ApiRequest) -> HttpResponse:
    """The texts the desk sends by itself, and what was written anew. One statement."""
    require(may_administer(request.viewer, SET_TEXTS))
    written = own_texts(list(TEXTS), [code for code, _name in LANGUAGES])
    items = [
        {"name": name, "title": text.title, "when": text.when, "own": _written(written, name)}
        for name, text in TEXTS.items()
    ]
    return answer({"items": items, "facts": FACTS})


def _written(written: dict[tuple[str, str, int | None], OwnText], name: str) -> list[dict[str, Any]]:
    return [
        {"language": language, "team_id": team_id, "changed_at": each.changed_at}
        for (of, language, team_id), each in sorted(written.items(), key=lambda one: one[1].pk)
        if of == name
    ]


@router.get("/texts/{name}/{language}", auth=Scope("settings:read", staff=True), response=WrittenOut)
def read_text(
    request: ApiRequest, name: Path[Name], language: Path[LANGUAGE], asked: Query[TextsAsked]
) -> HttpResponse:
    """A text in one language, for a team or for all. Two statements."""
    require(may_administer(request.viewer, SET_TEXTS))
    return state_answer(request, _row(name, language, _team(asked.team_id)))


@router.put("/texts/{name}/{language}", auth=Scope("settings:write", staff=True), response=WrittenOut)
@once
def write_one_text(
    request: ApiRequest, name: Path[Name], language: Path[LANGUAGE], asked: Query[TextsAsked], given: SystemTextIn
) -> HttpResponse:
    """Write a text anew: it is sent from now on."""
    require(may_administer(request.viewer, SET_TEXTS))
    team = _team(asked.team_id)
    with naming(FIELD_OF):
        write_text(by=request.viewer, name=name, language=language, team=team, subject=given.subject, text=given.text)
    return answer(_row(name, language, team))


@router.delete("/texts/{name}/{language}", auth=Scope("settings:write", staff=True), response={204: None})
@once
def drop_one_text(
    request: ApiRequest, name: Path[Name], language: Path[LANGUAGE], asked: Query[TextsAsked]
) -> HttpResponse:
    """Go back to what the desk sends by itself, or, of a team's text, to what all teams send."""
    require(may_administer(request.viewer, SET_TEXTS))
    team = _team(asked.team_id)
    drop_text(get_object_or_404(OwnText, name=name, language=language, team=team), by=request.viewer)
    return nothing()


@router.post("/texts/{name}/{language}/preview", auth=Scope("settings:read", staff=True), response=TextPreview)
def preview_text(request: ApiRequest, name: Path[Name], language: Path[LANGUAGE], given: Trial) -> HttpResponse:
    """See a text as a real ticket's customer would get it; nothing is kept and nothing is sent."""
    require(may_administer(request.viewer, SET_TEXTS))
    return answer(_shown(request, language, given)[1])


@router.post("/texts/{name}/{language}/trial", auth=Scope("settings:write", staff=True), response={202: TextPreview})
@once
def try_text(request: ApiRequest, name: Path[Name], language: Path[LANGUAGE], given: Trial) -> HttpResponse:
    """Send a text to yourself, filled in with a real ticket; it need not be saved."""
    require(may_administer(request.viewer, SET_TEXTS))
    me = agent_of(request)
    ticket, shown = _shown(request, language, given)
    send_trial(team=ticket.team, to=me.email, subject=shown["subject"], text=shown["text"], by=me)
    return answer(shown, status=202)


def _team(pk: int | None) -> Team | None:
    """The team named; None for all teams. Raises `Problem`."""
    found = Team.objects.filter(pk=pk).first() if pk else None
    with naming(FIELD_OF):
        if pk and found is None:
            raise no_such("team")
    return found


def _row(name: str, language: str, team: Team | None) -> dict[str, Any]:
    """What is sent. One statement."""
    texts, pk = own_texts([name], [language]), team.pk if team else None
    sent = chosen(texts, name, language, [pk, None])
    subject, text = (sent.subject, sent.text) if sent else original(name, language)
    is_own = (name, language, pk) in texts
    return {
        "name": name, "language": language, "team_id": pk, "subject": subject, "text": text, "is_own": is_own,
    }  # fmt: skip


def _shown(request: ApiRequest, language: str, given: Trial) -> tuple[Ticket, dict[str, Any]]:
    """A ticket the asker sees, and the text about it. Raises `Problem`."""
    found = Ticket.objects.visible_to(request.viewer).select_related("team", "contact").order_by("-pk")
    team = _team(given.team_id)
    wanted = {"number": given.number} if given.number else {"team": team} if team else {}
    ticket = found.filter(**wanted).first()
    if ticket is None:
        with naming(FIELD_OF):
            raise no_such("ticket")
    made = render_as(given.subject, given.text, ticket, language=language)
    return ticket, {"number": ticket.number, "subject": made.subject, "text": made.text, "html": made.html}
