"""What a charter says, as programs send and read it: every text by language, every list whole."""

from typing import Annotated

from pydantic import Field, StringConstraints

from charterdesk.api.kinds import ABSENT, WHOLE, Given, Id, Priority, line, one_of
from charterdesk.api.ticket_opening import LANGUAGE
from charterdesk.base.money import CURRENCIES
from charterdesk.charter import content
from charterdesk.tickets.models import Ticket

Text = Annotated[str, line(4000)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$"), Field(examples=["answer"])]
Sum = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,9}(\.[0-9]{1,4})?)?$"), Field(examples=["12.50"])]
PAUSES = (Ticket.PENDING, Ticket.ON_HOLD)


class CharterWords(Given):
    """A text by language; what is missing falls back to the charter's own."""

    en: Text = ABSENT
    ar: Text = ABSENT
    de: Text = ABSENT
    es: Text = ABSENT
    fr: Text = ABSENT


def _nothing() -> CharterWords:
    return CharterWords.model_validate({})


Said = Annotated[CharterWords, Field(examples=[{"en": "We answer within four hours"}])]


class CharterObjective(Given):
    """A measured promise: for which requests, from what to what, how much, and for how many. No list is all."""

    code: Code
    title: Said
    promise: Said = Field(default_factory=_nothing)
    measure: Annotated[str, one_of(code for code, _name in content.MEASURES)] = content.TIME
    types: list[Annotated[str, one_of(code for code, _name in Ticket.TYPES)]] = Field([], max_length=20)
    priorities: list[Priority] = Field([], max_length=4)
    team_ids: list[Id] = Field([], max_length=200, examples=[[]])
    channels: list[Annotated[str, one_of(code for code, _name in Ticket.CHANNELS)]] = Field([], max_length=20)
    languages: list[LANGUAGE] = Field([], max_length=20)
    tags: list[Annotated[str, line(50, least=1)]] = Field([], max_length=50, examples=[[]])
    start: Annotated[str, one_of(code for code, _name in content.STARTS)] = content.OPENED
    stop: Annotated[str, one_of(code for code, _name in content.STOPS)] = content.ANSWERED
    within_s: Annotated[int, Field(ge=0, le=315_360_000, description="Seconds of open time."), WHOLE] = 0
    calendar_id: Id | None = Field(None, description="null: the team's own hours.", examples=[None])
    always: bool = Field(False, description="Every hour of every day counts.")
    pauses: list[Annotated[str, one_of(PAUSES)]] = Field([], max_length=2)
    counted: Annotated[str, one_of(code for code, _name in content.COUNTED)] = content.REOPENED
    limit: Annotated[int, Field(ge=0, le=1000, description="What is counted: so often at most."), WHOLE] = 0
    at_least: bool = Field(False, description="So often at least, instead.")
    target: Annotated[float, Field(ge=1, le=100, description="The share promised, in percent.")] = 95.0
    window: Annotated[int, Field(ge=30, le=90, description="Measured over 30 or 90 days.", examples=[90]), WHOLE] = 90


class CharterRight(Given):
    """What a customer may claim."""

    code: Code
    title: Said
    text: Said = Field(default_factory=_nothing)


class CharterMeasure(Given):
    """What is done to keep the promises: by whom, how often, and what proves it."""

    code: Code
    title: Said
    text: Said = Field(default_factory=_nothing)
    performer: Said = Field(default_factory=_nothing)
    rhythm: Said = Field(default_factory=_nothing)
    proof: Said = Field(default_factory=_nothing)


class CharterRemedy(Given):
    """What follows by itself when a promise is broken; amounts are empty for none."""

    code: Code
    title: Said
    kind: Annotated[str, one_of(code for code, _name in content.KINDS)] = content.APOLOGY
    objectives: list[Code] = Field([], max_length=100, description="None is all.", examples=[[]])
    basis: Annotated[str, one_of(code for code, _name in content.BASES)] = content.EVENT
    amount: Sum = ""
    currency: Annotated[str, one_of(CURRENCIES)] = Field("EUR", examples=["EUR"])
    cap: Sum = Field("", description="At most for one broken promise.")
    cap_year: Sum = Field("", description="At most for one customer in a year.")
    approve_above: Sum = Field("", description="Above this a manager approves it.")
    two_above: Sum = Field("", description="Above this two managers do.")
    days: Annotated[int, Field(ge=1, le=366, description="By the day: for so many at most."), WHOLE] = 30


class CharterPerson(Given):
    """Whom to turn to; level 1 takes complaints, 2 is above."""

    code: Code
    name: Annotated[str, line(120, least=1)] = Field(examples=["Soraya Haddad"])
    role: Said = Field(default_factory=_nothing)
    level: Annotated[int, Field(ge=1, le=2), WHOLE] = 1
    email: Annotated[str, line(254)] = ""
    phone: Annotated[str, line(40)] = ""
    post: Annotated[str, line(400)] = ""


class CharterContent(Given):
    """The whole document. `language` is the one that others fall back to."""

    language: LANGUAGE = "en"
    title: Said = Field(default_factory=_nothing)
    intro: Said = Field(default_factory=_nothing)
    legal: Said = Field(default_factory=_nothing)
    objectives: list[CharterObjective] = Field([], max_length=100)
    rights: list[CharterRight] = Field([], max_length=100)
    measures: list[CharterMeasure] = Field([], max_length=100)
    remedies: list[CharterRemedy] = Field([], max_length=100)
    contacts: list[CharterPerson] = Field([], max_length=100)


class ContentChanges(Given):
    """What becomes different; what is left out stays."""

    language: LANGUAGE = ABSENT
    title: Said = ABSENT
    intro: Said = ABSENT
    legal: Said = ABSENT
    objectives: list[CharterObjective] = Field(ABSENT, max_length=100, examples=[[]])
    rights: list[CharterRight] = Field(ABSENT, max_length=100, examples=[[]])
    measures: list[CharterMeasure] = Field(ABSENT, max_length=100, examples=[[]])
    remedies: list[CharterRemedy] = Field(ABSENT, max_length=100, examples=[[]])
    contacts: list[CharterPerson] = Field(ABSENT, max_length=100, examples=[[]])
