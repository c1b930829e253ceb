"""People for tests: make exactly who the test is about."""

from itertools import count

from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.models import Agent, AgentLanguage, Contact, Identity, Login, Membership, Skill, Team

PASSWORD = "clear-water-2026"
_numbers = count(1)


def make_team(name: str = "", *, address: str = "") -> Team:
    """A team with the office's hours."""
    number = next(_numbers)
    calendar, _created = BusinessCalendar.objects.get_or_create(name="Office hours")
    return Team.objects.create(
        name=name or f"Team {number}", address=address or f"team{number}@desk.example", calendar=calendar
    )


def make_agent(
    name: str = "Ada Brook",
    *,
    teams: tuple[Team, ...] = (),
    role: str = Agent.AGENT,
    languages: tuple[str, ...] = ("en",),
    skills: tuple[str, ...] = (),
    state: str = Agent.WORKING,
    capacity: int = 20,
    email: str = "",
) -> Agent:
    """An agent who works now; the password of the login is `PASSWORD`."""
    login = Login.objects.create_user(email or f"agent{next(_numbers)}@desk.example", PASSWORD)
    agent = Agent.objects.create(login=login, name=name, role=role, state=state, capacity=capacity)
    for team in teams:
        Membership.objects.create(agent=agent, team=team)
    for language in languages:
        AgentLanguage.objects.create(agent=agent, language=language)
    agent.skills.set([Skill.objects.get_or_create(name=skill)[0] for skill in skills])
    return agent


def make_contact(name: str = "Mia Miller", *, email: str = "", language: str = "en", login: bool = False) -> Contact:
    """A contact with an e-mail address; with `login`, one who signs in with `PASSWORD`."""
    address = email or f"customer{next(_numbers)}@home.example"
    contact = Contact.objects.create(
        name=name, language=language, login=Login.objects.create_user(address, PASSWORD) if login else None
    )
    Identity.objects.create(contact=contact, kind=Identity.EMAIL, value=address)
    return contact
