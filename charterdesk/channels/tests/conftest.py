"""A desk with one team, and somebody outside."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from charterdesk.channels.actions import accept_mail
from charterdesk.channels.email import intake
from charterdesk.channels.email.mailboxes import Mailboxes
from charterdesk.channels.models import RawMail
from charterdesk.channels.testing import Outside, running_outside
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent, make_team


@pytest.fixture
def team(db: None, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setattr(intake, "mailboxes", Mailboxes())
    return make_team("Leaks", address="leaks@desk.example")


@pytest.fixture
def agent(team: Team) -> Agent:
    return make_agent(teams=(team,))


@pytest.fixture
def outside(settings: Settings) -> Iterator[Outside]:
    with running_outside() as outside:
        settings.MAIL_RELAY = f"smtp://127.0.0.1:{outside.port}"
        yield outside


@pytest.fixture
def arrive(team: Team, run_reactions: Callable[[], int]) -> Callable[..., RawMail]:
    """Let a mail arrive as by SMTP, and carry out what follows."""

    def deliver(raw: bytes, **envelope: object) -> RawMail:
        mail = accept_mail(raw, **{"source": "smtp", "recipients": ["leaks@desk.example"], **envelope})  # type: ignore[arg-type]
        assert mail is not None
        run_reactions()
        mail.refresh_from_db()
        return mail

    return deliver
