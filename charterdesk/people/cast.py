"""The cast: one water utility, its teams, its agents and the customers everybody in tests and demo knows.

Plain data and nothing else, so that every layer's tests, the demo world and the screenshots tell of the same
people. All of it is invented: the addresses are in domains reserved for examples (RFC 2606), the telephone
numbers in the range kept free for drama (+353 20 91x xxxx).
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


def _agent(
    key: str, name: str, role: str, teams: str, languages: str, *, capacity: int = 20, screen: str = "en"
) -> CastAgent:
    """An agent from a row: teams apart by spaces, languages as code and level ("de3 en2")."""
    levels = {spoken[:2]: int(spoken[2:]) for spoken in languages.split()}
    return CastAgent(
        key=key,
        name=name,
        role=role,
        teams=tuple(teams.split()),
        languages=levels,
        capacity=capacity,
        screen=screen,
    )


def _hours(weekdays: str, first: list[list[str]], last: list[list[str]] | None = None) -> dict[str, list[list[str]]]:
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
        hours=_hours("mon tue wed thu fri sat", [["08:30", "12:30"], ["13:30", "18:00"]], [["09:00", "12:00"]]),
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
    _agent("imke", "Imke Thorsen", "administrator", "online", "en2 de3"),
    _agent("edmund", "Edmund Fairlie", "manager", "complaints", "en3 fr1"),
    _agent("soraya", "Soraya Belkadi", "manager", "desk", "fr3 ar3 en2"),
    _agent("nora", "Nora Whitcombe", "lead", "billing metering", "en3 de2"),
    _agent("tomas", "Tomás Aldecoa", "lead", "emergencies quality", "es3 en2"),
    _agent("greta", "Greta Lindenau", "lead", "connections business", "de3 en2"),
    _agent("yusuf", "Yusuf Haddadin", "lead", "desk online complaints", "ar3 en2"),
    _agent("maya", "Maya Okonjo-Reeve", "agent", "billing desk", "en3 fr2"),
    _agent("jonas", "Jonas Kettler", "agent", "billing", "de3 en2", screen="de"),
    _agent("lucia", "Lucía Ferrandis", "agent", "billing online", "es3 en2", screen="es"),
    _agent("amal", "Amal Zerrouki", "agent", "billing desk", "ar3 fr2 en2"),
    _agent("pierre", "Pierre Vauclin", "agent", "metering billing", "fr3 en2"),
    _agent("dylan", "Dylan Marsh", "agent", "metering", "en3"),
    _agent("anneke", "Anneke Ruhland", "agent", "metering", "de3 en2 fr1"),
    _agent("rafael", "Rafael Montbrió", "agent", "emergencies", "es3 en2", capacity=30),
    _agent("sinead", "Sinéad Garrowby", "agent", "emergencies", "en3", capacity=30),
    _agent("karim", "Karim Ouahbi", "agent", "emergencies quality", "ar3 fr3 en2", capacity=30),
    _agent("wolf", "Wolf Immendorf", "agent", "emergencies", "de3 en2", capacity=30),
    _agent("helene", "Hélène Corbassier", "agent", "quality", "fr3 en2 de1"),
    _agent("ravi", "Ravi Chandrakant", "agent", "quality", "en3 de1"),
    _agent("bruno", "Bruno Esteller", "agent", "connections", "es3 en2"),
    _agent("katrin", "Katrin Solbach", "agent", "connections business", "de3 en2"),
    _agent("owen", "Owen Tremlett", "agent", "business", "en3 es1"),
    _agent("ines", "Inès Darbonne", "agent", "business desk", "fr3 en2"),
    _agent("beth", "Beth Calloway", "agent", "desk online", "en3"),
    _agent("farid", "Farid Nasrallah", "agent", "desk online", "ar3 en2", screen="ar"),
    _agent("moira", "Moira Stenhouse", "agent", "complaints desk", "en3 es1"),
    _agent("clemens", "Clemens Hartwig", "agent", "complaints billing", "de3 en2"),
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
