"""How the utility shows itself to its customers: its name, its colour, a drop for a sign, and whom to call."""

from charterdesk.base.keys import SYSTEM
from charterdesk.people import cast
from charterdesk.people.actions.branding import add_brand, add_picture, change_brand, publish_brand
from charterdesk.people.branding import Look
from charterdesk.people.models import BrandPicture

_DROP = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#1c6f8c" '
    'd="M16 2c5 7 9 11 9 17a9 9 0 0 1-18 0c0-6 4-10 9-17z"/></svg>'
)
_LOOK = {
    "name": cast.COMPANY,
    "accent": "#14637d",
    "phone": "+353 20 910 0000",
    "welcome": {
        "en": "How can we help you with your water?",
        "de": "Wie können wir Ihnen rund ums Wasser helfen?",
        "es": "¿En qué podemos ayudarle con el agua?",
        "fr": "Comment pouvons-nous vous aider pour votre eau ?",
        "ar": "كيف نساعدك في شؤون المياه؟",
    },
    "footer": {"en": f"{cast.COMPANY}, Weir Lane 2, {cast.TOWN}"},
    "links": [["Imprint", f"{cast.WEBSITE}/imprint"], ["Privacy", f"{cast.WEBSITE}/privacy"]],
}


def make_brand() -> None:
    """Make and publish the utility's brand, for every host. Some ten statements."""
    brand = add_brand(by=SYSTEM, look=Look.of(_LOOK), origins=[cast.WEBSITE])
    sign = add_picture(brand, kind=BrandPicture.FAVICON, content=_DROP.encode())
    change_brand(brand, by=SYSTEM, host="", look=Look.of({**_LOOK, "favicon": sign.pk}), origins=[cast.WEBSITE])
    publish_brand(brand, by=SYSTEM)
