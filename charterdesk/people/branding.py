"""What customers see of a brand: its look, the style sheet made of it, whose host and whose team it is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from charterdesk.base.kept import AnyGiven, Kept
from charterdesk.people.colours import accent_for
from charterdesk.people.models import Brand, BrandPicture, BrandTeam, Team

NAME = "charterdesk"
Texts = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Look:
    """A name, colours and texts; `welcome` and `footer` by language; `logo` and `favicon` are keys of pictures.

    `accent_dark` empty: as much like `accent` as can be read in the dark.
    """

    name: str = ""
    accent: str = ""
    accent_dark: str = ""
    welcome: Texts = field(default_factory=dict)
    footer: Texts = field(default_factory=dict)
    links: tuple[tuple[str, str], ...] = ()
    phone: str = ""
    sender_name: str = ""
    logo: int | None = None
    favicon: int | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Look":
        """The look kept as `data`; what it doesn't say is as by default, what nobody knows is left out."""
        known = {each.name: data[each.name] for each in fields(cls) if data.get(each.name)}
        if "links" in known:
            known["links"] = tuple((str(label), str(url)) for label, url in known["links"])
        return cls(**known)

    def as_data(self) -> dict[str, Any]:
        """As it is kept."""
        return {name: value for name, value in asdict(self).items() if value}

    def said(self, texts: Texts) -> str:
        """`texts` in the language that is active, else in English, else in any; "" for none."""
        language = (get_language() or "en")[:2]
        return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def style_sheet(look: Look) -> str:
    """The colours of `look` in place of the desk's own; "" where it has none of its own."""
    if not look.accent:
        return ""
    light = accent_for(look.accent, dark=False)
    dark = accent_for(look.accent_dark or look.accent, dark=True)
    return (
        f":root{{--accent:light-dark({light.plain},{dark.plain});"
        f"--accent-strong:light-dark({light.strong},{dark.strong})}}\n"
    )


def digest_of(text: str) -> str:
    """What the address of a style sheet ends in, so that browsers may keep it for ever."""
    return sha256(text.encode()).hexdigest()[:12]


_OF_HOST = Kept(lambda: Brand.objects.filter(published_at__isnull=False, host=AnyGiven("hosts")).order_by("-host")[:1])


def brand_of_host(host: str) -> Brand | None:
    """The published brand of `host` (a name without a port), else the one for all hosts, else None. One query."""
    return _OF_HOST.first(hosts=[host.lower(), ""])


def is_brand_host(host: str) -> bool:
    """Whether a published brand is at home at `host`. One query."""
    return bool(host) and Brand.objects.filter(published_at__isnull=False, host=host.lower()).exists()


def teams_of(brand: Brand | None) -> QuerySet[Team]:
    """The public teams that customers of `brand` can write to: its own; without any, all that are no other brand's.

    Without a brand, all of them.
    """
    public = Team.objects.filter(is_public=True).order_by("name")
    if brand is None:
        return public
    has_own = Exists(BrandTeam.objects.filter(brand=brand, team__is_public=True).exclude(team=OuterRef("pk")))
    return public.filter(Q(branding__brand=brand) | (Q(branding=None) & ~has_own))


def brand_of_team(team: Team) -> Brand | None:
    """The published brand `team` works under, or None. No query where `team__branding__brand` was fetched with it."""
    link = getattr(team, "branding", None)
    return link.brand if link and link.brand.published_at else None


def sender_of(team: Team) -> str:
    """The name under which `team` writes: its own sender name, else its brand's, else how it is called."""
    if team.sender_name:
        return team.sender_name
    brand = brand_of_team(team)
    return (Look.of(brand.published).sender_name if brand else "") or team.name


def address_of_team(team: Team) -> str:
    """Where the customers of `team` find the portal: the host of its brand, else `PUBLIC_URL`. No slash at the end."""
    brand = brand_of_team(team)
    return address_of_brand(brand) if brand else str(settings.PUBLIC_URL)


def address_of_brand(brand: Brand) -> str:
    """Where `brand` is at home, with scheme and port of `PUBLIC_URL`."""
    public = urlsplit(settings.PUBLIC_URL)
    port = f":{public.port}" if public.port else ""
    return f"{public.scheme}://{brand.host}{port}" if brand.host else str(settings.PUBLIC_URL)


def picture_of(brand: Brand, pk: int | None) -> BrandPicture | None:
    """A picture of `brand`, without its bytes. One query, none for None."""
    return BrandPicture.objects.defer("content").filter(brand=brand, pk=pk).first() if pk else None
