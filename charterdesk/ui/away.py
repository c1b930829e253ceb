"""The page for a reverse proxy to show while the desk itself does not answer: all it needs is in it."""

import re
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import get_language_info, gettext, override

from charterdesk.people.models import LANGUAGES

STYLE = Path(__file__).parent / "static" / "ui" / "ui.css"


def away_page() -> str:
    """The page, in every language of the desk, for nobody is there to ask which one is read. No statement."""
    style = re.sub(r"@font-face\{[^}]*\}", "", STYLE.read_text())  # fonts lie at the desk, which is away
    said = [_said(code) for code, _name in LANGUAGES]
    return render_to_string("ui/away.html", {"style": style, "said": said})


def _said(code: str) -> dict[str, object]:
    with override(code):
        return {
            "language": code,
            "is_rtl": get_language_info(code)["bidi"],
            "title": gettext("Back in a moment"),
            "text": gettext(
                "The desk is starting, or very busy. Nothing you sent before is lost. Try again in a minute; what you"
                " write by mail reaches us all the same."
            ),
        }
