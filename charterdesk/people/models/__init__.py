"""Who: people, what is kept of them, and what they choose for themselves."""

from charterdesk.people.models.core import (
    LANGUAGES,
    Agent,
    AgentLanguage,
    Contact,
    ContactQuerySet,
    Identity,
    Login,
    LoginManager,
    Membership,
    Notice,
    Organisation,
    Role,
    Skill,
    Team,
)

__all__ = [
    "LANGUAGES",
    "Agent",
    "AgentLanguage",
    "Contact",
    "ContactQuerySet",
    "Identity",
    "Login",
    "LoginManager",
    "Membership",
    "Notice",
    "Organisation",
    "Role",
    "Skill",
    "Team",
]
