"""The cast: one water utility, its teams, its agents and the customers everybody in tests and demo knows.

Plain data and nothing else, so that every layer's tests, the demo world and the screenshots tell of the same people.
All of it is invented: the addresses are in domains reserved for examples (RFC 2606), the telephone numbers in the
range kept free for drama (+353 20 91x xxxx).
"""

from dataclasses import dataclass

COMPANY = "Aldermouth Water"
TOWN = "Aldermouth"
DOMAIN = "water.example.org"
WEBSITE = "https://water.example.org"
ZONE = "Europe/Dublin"
COUNTRY = "IE"
DEMO_PASSWORD = "alder-and-reed-1887"  # nosec: printed by `charterdesk demo`, for a desk that holds nobody's data


@dataclass(frozen=True, kw_only=True)
class CastCalendar:
    """Opening hours as `calendars.spec` reads them, in the utility's zone."""

    key: str
    name: str
    hours: dict[str, list[list[str]]]
    country: str = COUNTRY


@dataclass(frozen=True, kw_only=True)
class CastTeam:
    """A team; `address` is where mail becomes its tickets, `skill` what its work asks for."""

    key: str
    name: str
    local_part: str
    skill: str
    calendar: str
    first_reply_hours: int
    resolution_hours: int

    @property
    def address(self) -> str:
        """The team's e-mail address."""
        return f"{self.local_part}@{DOMAIN}"


@dataclass(frozen=True, kw_only=True)
class CastAgent:
    """A person of the desk; `languages` maps a code to a level, 1 basic, 2 fluent, 3 native."""

    key: str
    name: str
    role: str
    teams: tuple[str, ...]
    languages: dict[str, int]
    capacity: int = 20
    screen: str = "en"

    @property
    def email(self) -> str:
        """The address this agent signs in with."""
        return f"{self.key}@{DOMAIN}"


@dataclass(frozen=True, kw_only=True)
class CastOrganisation:
    """A customer that is more than one person, known by its mail domain."""

    key: str
    name: str
    domain: str


@dataclass(frozen=True, kw_only=True)
class CastContact:
    """A customer by name."""

    key: str
    name: str
    email: str
    phone: str
    language: str
    organisation: str = ""


def _hours(
    weekdays: str, first: list[list[str]], last: list[list[str]] | None = None
) -> dict[str, list[list[str]]]:
    """`first` on every weekday named, `last` on the final one of them."""
    days = weekdays.split()
    return {day: (last if last is not None and day == days[-1] else first) for day in days}


CALENDARS = (
    CastCalendar(
        key="office",
        name="Office hours",
        hours=_hours("mon tue wed thu fri", [["08:00", "17:00"]], [["08:00", "15:00"]]),
    ),
    CastCalendar(
        key="desk",
        name="Front desk",
        hours=_hours(
            "mon tue wed thu fri sat", [["08:30", "12:30"], ["13:30", "18:00"]], [["09:00", "12:00"]]
        ),
    ),
    CastCalendar(
        key="always",
        name="Around the clock",
        hours=_hours("mon tue wed thu fri sat sun", [["00:00", "24:00"]]),
        country="",
    ),
)

TEAMS = (
    CastTeam(
        key="desk",
        name="Customer service",
        local_part="help",
        skill="General enquiries",
        calendar="desk",
        first_reply_hours=4,
        resolution_hours=24,
    ),
    CastTeam(
        key="billing",
        name="Billing",
        local_part="billing",
        skill="Billing",
        calendar="office",
        first_reply_hours=8,
        resolution_hours=36,
    ),
    CastTeam(
        key="metering",
        name="Meter reading",
        local_part="meters",
        skill="Metering",
        calendar="office",
        first_reply_hours=8,
        resolution_hours=45,
    ),
    CastTeam(
        key="emergencies",
        name="Leaks and emergencies",
        local_part="emergency",
        skill="Network operations",
        calendar="always",
        first_reply_hours=1,
        resolution_hours=24,
    ),
    CastTeam(
        key="quality",
        name="Water quality",
        local_part="quality",
        skill="Laboratory",
        calendar="office",
        first_reply_hours=4,
        resolution_hours=27,
    ),
    CastTeam(
        key="connections",
        name="New connections",
        local_part="connections",
        skill="Planning",
        calendar="office",
        first_reply_hours=16,
        resolution_hours=90,
    ),
    CastTeam(
        key="business",
        name="Business customers",
        local_part="business",
        skill="Key accounts",
        calendar="office",
        first_reply_hours=4,
        resolution_hours=36,
    ),
    CastTeam(
        key="online",
        name="Online account",
        local_part="online",
        skill="Online services",
        calendar="desk",
        first_reply_hours=4,
        resolution_hours=18,
    ),
    CastTeam(
        key="complaints",
        name="Complaints",
        local_part="complaints",
        skill="Complaint handling",
        calendar="office",
        first_reply_hours=8,
        resolution_hours=54,
    ),
)

AGENTS = (
    CastAgent(
        key="imke", name="Imke Thorsen", role="administrator", teams=("online",), languages={"en": 2, "de": 3}
    ),
    CastAgent(
        key="edmund",
        name="Edmund Fairlie",
        role="manager",
        teams=("complaints",),
        languages={"en": 3, "fr": 1},
    ),
    CastAgent(
        key="soraya",
        name="Soraya Belkadi",
        role="manager",
        teams=("desk",),
        languages={"fr": 3, "ar": 3, "en": 2},
    ),
    CastAgent(
        key="nora",
        name="Nora Whitcombe",
        role="lead",
        teams=("billing", "metering"),
        languages={"en": 3, "de": 2},
    ),
    CastAgent(
        key="tomas",
        name="Tomás Aldecoa",
        role="lead",
        teams=("emergencies", "quality"),
        languages={"es": 3, "en": 2},
    ),
    CastAgent(
        key="greta",
        name="Greta Lindenau",
        role="lead",
        teams=("connections", "business"),
        languages={"de": 3, "en": 2},
    ),
    CastAgent(
        key="yusuf",
        name="Yusuf Haddadin",
        role="lead",
        teams=("desk", "online", "complaints"),
        languages={"ar": 3, "en": 2},
    ),
    CastAgent(
        key="maya",
        name="Maya Okonjo-Reeve",
        role="agent",
        teams=("billing", "desk"),
        languages={"en": 3, "fr": 2},
    ),
    CastAgent(
        key="jonas",
        name="Jonas Kettler",
        role="agent",
        teams=("billing",),
        languages={"de": 3, "en": 2},
        screen="de",
    ),
    CastAgent(
        key="lucia",
        name="Lucía Ferrandis",
        role="agent",
        teams=("billing", "online"),
        languages={"es": 3, "en": 2},
        screen="es",
    ),
    CastAgent(
        key="amal",
        name="Amal Zerrouki",
        role="agent",
        teams=("billing", "desk"),
        languages={"ar": 3, "fr": 2, "en": 2},
    ),
    CastAgent(
        key="pierre",
        name="Pierre Vauclin",
        role="agent",
        teams=("metering", "billing"),
        languages={"fr": 3, "en": 2},
    ),
    CastAgent(key="dylan", name="Dylan Marsh", role="agent", teams=("metering",), languages={"en": 3}),
    CastAgent(
        key="anneke",
        name="Anneke Ruhland",
        role="agent",
        teams=("metering",),
        languages={"de": 3, "en": 2, "fr": 1},
    ),
    CastAgent(
        key="rafael",
        name="Rafael Montbrió",
        role="agent",
        teams=("emergencies",),
        languages={"es": 3, "en": 2},
        capacity=30,
    ),
    CastAgent(
        key="sinead",
        name="Sinéad Garrowby",
        role="agent",
        teams=("emergencies",),
        languages={"en": 3},
        capacity=30,
    ),
    CastAgent(
        key="karim",
        name="Karim Ouahbi",
        role="agent",
        teams=("emergencies", "quality"),
        languages={"ar": 3, "fr": 3, "en": 2},
        capacity=30,
    ),
    CastAgent(
        key="wolf",
        name="Wolf Immendorf",
        role="agent",
        teams=("emergencies",),
        languages={"de": 3, "en": 2},
        capacity=30,
    ),
    CastAgent(
        key="helene",
        name="Hélène Corbassier",
        role="agent",
        teams=("quality",),
        languages={"fr": 3, "en": 2, "de": 1},
    ),
    CastAgent(
        key="ravi", name="Ravi Chandrakant", role="agent", teams=("quality",), languages={"en": 3, "de": 1}
    ),
    CastAgent(
        key="bruno", name="Bruno Esteller", role="agent", teams=("connections",), languages={"es": 3, "en": 2}
    ),
    CastAgent(
        key="katrin",
        name="Katrin Solbach",
        role="agent",
        teams=("connections", "business"),
        languages={"de": 3, "en": 2},
    ),
    CastAgent(
        key="owen", name="Owen Tremlett", role="agent", teams=("business",), languages={"en": 3, "es": 1}
    ),
    CastAgent(
        key="ines",
        name="Inès Darbonne",
        role="agent",
        teams=("business", "desk"),
        languages={"fr": 3, "en": 2},
    ),
    CastAgent(key="beth", name="Beth Calloway", role="agent", teams=("desk", "online"), languages={"en": 3}),
    CastAgent(
        key="farid",
        name="Farid Nasrallah",
        role="agent",
        teams=("desk", "online"),
        languages={"ar": 3, "en": 2},
        screen="ar",
    ),
    CastAgent(
        key="moira",
        name="Moira Stenhouse",
        role="agent",
        teams=("complaints", "desk"),
        languages={"en": 3, "es": 1},
    ),
    CastAgent(
        key="clemens",
        name="Clemens Hartwig",
        role="agent",
        teams=("complaints", "billing"),
        languages={"de": 3, "en": 2},
    ),
)

ORGANISATIONS = (
    CastOrganisation(key="lettings", name="Harbour Lettings", domain="harbour-lettings.example.com"),
    CastOrganisation(key="town", name="Town of Aldermouth", domain="town.example.org"),
    CastOrganisation(key="bakery", name="Kestrel Hill Bakery", domain="kestrel-bakery.example.net"),
    CastOrganisation(key="brewery", name="Brauhaus Ankerplatz", domain="ankerplatz.example.com"),
    CastOrganisation(key="hotel", name="Hôtel du Vieux Quai", domain="vieux-quai.example.net"),
)

CONTACTS = (
    CastContact(
        key="rosalind",
        name="Rosalind Achterberg",
        email="rosalind@example.com",
        phone="+353209100101",
        language="en",
    ),
    CastContact(
        key="dietmar",
        name="Dietmar Ohlsen",
        email="dietmar.ohlsen@example.net",
        phone="+353209100102",
        language="de",
    ),
    CastContact(
        key="paloma",
        name="Paloma Iturbe Sanz",
        email="paloma.iturbe@example.com",
        phone="+353209100103",
        language="es",
    ),
    CastContact(
        key="gaston",
        name="Gaston Mérival",
        email="g.merival@example.org",
        phone="+353209100104",
        language="fr",
    ),
    CastContact(
        key="layla",
        name="ليلى الحمدان",
        email="layla.alhamdan@example.net",
        phone="+353209100105",
        language="ar",
    ),
    CastContact(
        key="petra",
        name="Petra Quillfeather",
        email="petra@harbour-lettings.example.com",
        phone="+353209100106",
        language="en",
        organisation="lettings",
    ),
    CastContact(
        key="alfred",
        name="Alfred Dunmoor",
        email="a.dunmoor@town.example.org",
        phone="+353209100107",
        language="en",
        organisation="town",
    ),
    CastContact(
        key="ute",
        name="Ute Brackwede",
        email="ute@ankerplatz.example.com",
        phone="+353209100108",
        language="de",
        organisation="brewery",
    ),
)
