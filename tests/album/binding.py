"""The pictures on the disk, and the pages of `docs/pages/` that show them by subject."""

import json
from pathlib import Path
from typing import Literal

DOCS = Path(__file__).resolve().parents[2] / "docs"
IMAGES = DOCS / "images" / "pages"
PAGES = DOCS / "pages"
INDEX = IMAGES / "index.json"
LANGUAGES = {"en": "English", "ar": "Arabic"}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = {1440: "wide", 390: "narrow"}
HEIGHTS = {"wide": (900, 1500), "narrow": (844, 1700)}
"""Of a picture, at least and at most, in pixels of the page."""
SCALES = {"wide": 2 / 3, "narrow": 1.0}
SHOWN = {"wide": "37%", "narrow": "10%"}

Titles = dict[str, dict[str, str]]


def file_of(name: str, language: str, width: str, scheme: str) -> Path:
    """Where the picture of the page `name` in one look is kept."""
    return IMAGES / f"{name.replace(':', '.')}.{language}-{width}-{scheme}.webp"


def looks_of(name: str) -> list[Path]:
    """All pictures of one page."""
    return [
        file_of(name, language, width, scheme)
        for language in LANGUAGES
        for width in WIDTHS.values()
        for scheme in SCHEMES
    ]


def titles() -> Titles:
    """What is known of the pages taken so far, by the name of their address."""
    return json.loads(INDEX.read_text()) if INDEX.exists() else {}


def write_titles(known: Titles) -> None:
    """Keep what is known of the pages."""
    INDEX.write_text(json.dumps(known, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def add_titles(more: Titles) -> None:
    """Add what was learnt of pages on taking them."""
    write_titles(titles() | more)


def kept() -> set[str]:
    """The names of the pages whose pictures are all there."""
    return {name for name in titles() if all(file.exists() for file in looks_of(name))}


def forget(names: set[str]) -> None:
    """Throw away the pictures of pages that are no more."""
    for name in names:
        for file in looks_of(name):
            file.unlink(missing_ok=True)
    write_titles({name: known for name, known in titles().items() if name not in names})


# A page belongs to the first subject whose path begins as its own does.
SUBJECTS = (
    ("inbox", "Lists of tickets", ("/desk/inbox", "/desk/views", "/desk/bulk", "/desk/search", "/desk/new")),
    ("ticket", "A ticket", ("/desk/tickets/", "/desk/macros", "/desk/tasks")),
    ("customers", "Customers", ("/desk/contacts", "/desk/organisations")),
    ("settings", "Settings of the desk", ("/desk/admin",)),
    ("day", "An agent's day, figures, and what is one's own", ("/desk/",)),
    ("door", "Signing in and staying safe", ("/account/",)),
    ("portal", "What customers see", ("/",)),
)


def subject_of(path: str) -> str:
    """The subject of the page at `path`."""
    return next(subject for subject, _title, beginnings in SUBJECTS if path.startswith(beginnings))


def bind() -> None:
    """Write `docs/pages/` from the pictures there are."""
    PAGES.mkdir(exist_ok=True)
    known = {name: about for name, about in titles().items() if name in kept()}
    lines = [INTRODUCTION]
    for subject, title, _beginnings in reversed(SUBJECTS):
        of_it = {name: about for name, about in known.items() if subject_of(about["path"]) == subject}
        (PAGES / f"{subject}.md").write_text(f"# {title}\n\n{LOOKS}\n" + "".join(map(section, of_it.items())))
        lines.append(f"- [{title}]({subject}.md): {len(of_it)} pages")
    (PAGES / "index.md").write_text("\n".join(lines) + "\n")


INTRODUCTION = """# Every page in pictures

Each page of the desk as it looks in the demo world: in English and in Arabic, light and dark, on a wide screen
(1440 pixels) and on a phone (390).
A long page is cut off below. `python -m tests.album` makes these pictures and pages.
"""
LOOKS = "First row English, second row Arabic; wide and light, wide and dark, phone light, phone dark."


def section(item: tuple[str, dict[str, str]]) -> str:
    """One page: its title, its address, and its looks, each of which opens large."""
    name, about = item
    rows = [
        " ".join(
            shown(name, about["title"], language, width, scheme) for width in WIDTHS.values() for scheme in SCHEMES
        )
        for language in LANGUAGES
    ]
    return f"\n## {about['title']}\n\n`{name}`\n\n" + "\n\n".join(rows) + "\n"


def shown(name: str, title: str, language: str, width: str, scheme: str) -> str:
    """One picture of a page, small, that leads to itself."""
    file = f"../images/pages/{file_of(name, language, width, scheme).name}"
    alt = f"{title}, {LANGUAGES[language]}, {width}, {scheme}".replace("[", "(").replace("]", ")")
    return f"[![{alt}]({file}){{ loading=lazy width={SHOWN[width]} }}]({file})"
