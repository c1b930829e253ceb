"""What the community and comments below articles have in common: a name of one's own, votes, following and reports."""

from collections.abc import Callable
from typing import Annotated

from django.http import HttpResponse
from pydantic import Field

from charterdesk.api.answers import nothing
from charterdesk.api.asking import ApiRequest
from charterdesk.api.kinds import Given, line, one_of
from charterdesk.community.actions.profiles import profile_of, take_part
from charterdesk.community.models import PostReport, Profile

Name = Annotated[str, line(60)]
NAME = Field("", description="What others call you; needed the first time you take part.", examples=["Rosa"])


class TakingPart(Given):
    """Who votes or follows for the first time says what others call them."""

    name: Name = NAME


class ReportGiven(TakingPart):
    """Why it should not stand there."""

    reason: Annotated[str, one_of(code for code, _name in PostReport.REASONS)]
    words: Annotated[str, line(500)] = ""


def as_member(request: ApiRequest, given: TakingPart, act: Callable[[Profile], object]) -> HttpResponse:
    """Have `act` done by who asks, who takes part from now on. The caller asked whether they may."""
    act(take_part(request.viewer, name=given.name))
    return nothing()


def if_member(request: ApiRequest, act: Callable[[Profile], object]) -> HttpResponse:
    """Have `act` done by who asks; who never took part has nothing to take back."""
    if profile := profile_of(request.viewer):
        act(profile)
    return nothing()
