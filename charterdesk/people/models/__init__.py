"""Who: people, what is kept of them, and what they choose for themselves."""

from charterdesk.people.models.branding import Brand, BrandPicture, BrandTeam
from charterdesk.people.models.choices import Preferences
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
from charterdesk.people.models.customers import CustomerChoice, ErasureRequest
from charterdesk.people.models.joining import ImportRun, Invitation
from charterdesk.people.models.kept import (
    ContactMerge,
    Duplicate,
    OrganisationMerge,
    OrganisationsApart,
    PersonField,
    PersonFields,
    PersonNote,
)
from charterdesk.people.models.tokens import ApiToken, Integration, KeptAnswer

__all__ = [
    "LANGUAGES",
    "Agent",
    "AgentLanguage",
    "ApiToken",
    "Brand",
    "BrandPicture",
    "BrandTeam",
    "Contact",
    "ContactMerge",
    "ContactQuerySet",
    "CustomerChoice",
    "Duplicate",
    "ErasureRequest",
    "Identity",
    "ImportRun",
    "Integration",
    "Invitation",
    "KeptAnswer",
    "Login",
    "LoginManager",
    "Membership",
    "Notice",
    "Organisation",
    "OrganisationMerge",
    "OrganisationsApart",
    "PersonField",
    "PersonFields",
    "PersonNote",
    "Preferences",
    "Role",
    "Skill",
    "Team",
]
