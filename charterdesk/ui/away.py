"""The page for a reverse proxy to show while the desk itself does not answer: all it needs is in it."""

import re
from pathlib import Path

from django.template.loader import render_to_string

from charterdesk.people.models import LANGUAGES

STYLE = Path(__file__).parent / "static" / "ui" / "ui.css"


def away_page() -> str:
    """The page, in every language of the desk, for nobody is there to ask which one is read. No statement."""
    style = re.sub(r"@font-face\{[^}]*\}", "", STYLE.read_text())  # fonts lie at the desk, which is away
    return render_to_string("ui/away.html", {"style": style, "languages": [code for code, _name in LANGUAGES]})
