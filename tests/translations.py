"""Keeps the catalogues in charterdesk/locale in step with the source, in pure Python (no GNU gettext needed).

python -m tests.translations update    bring every .po in step with the source, keeping what is translated
python -m tests.translations check     say what is missing, fuzzy, left over or broken; 1 when anything is
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "charterdesk"
SOURCE_LANGUAGE = "en"  # needs no catalogue: the texts in the source are its own
PLURALS = {
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
}
# Where the function's arguments hold context, text and plural.
SHAPES = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
CALL_IN_TEMPLATE = re.compile(r"(?<![\w.])(_|gettext|ngettext|pgettext|npgettext)\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][a-z0-9]*")


@dataclass(frozen=True)
class Text:
    """One text of the source, as a catalogue knows it."""

    message: str
    plural: str = ""
    context: str | None = None


@dataclass
class Found:
    """Every text with the files it stands in, and the calls that no catalogue can serve."""

    places: dict[Text, set[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, text: Text, place: str) -> None:
        """Note that `text` stands in the file `place`."""
        self.places.setdefault(text, set()).add(place)


def read_source(root: Path = SOURCE) -> Found:
    """Read every text to translate from the Python files and templates below `root`, tests left out."""
    found = Found()
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root.parent).as_posix()
        if "/tests/" in place or not path.is_file():
            continue
        if path.suffix == ".py":
            read_python(path.read_text(), place, found)
        elif "/templates/" in place and path.suffix in {".html", ".txt", ".xml", ".svg"}:
            read_template(path.read_text(), place, found)
    return found


def read_python(code: str, place: str, found: Found) -> None:
    """Add the texts of one Python file; a formatted string given to gettext is a fault."""
    tree = ast.parse(code)
    names = dict(translators(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            if any(isinstance(argument, ast.JoinedStr) for argument in node.args):
                found.faults.append(f"{place}:{node.lineno}: an f-string can't be translated; use a placeholder")
            elif text := text_of(node, SHAPES[names[node.func.id]]):
                found.add(text, place)


def translators(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The names by which a file calls Django's translating functions, with those functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from ((alias.asname or alias.name, alias.name) for alias in node.names if alias.name in SHAPES)


def text_of(call: ast.Call, shape: tuple[int | None, int, int | None]) -> Text | None:
    """The text in a call, or None where an argument is not a plain string (it was marked elsewhere)."""

    def argument(at: int | None) -> str | None:
        node = call.args[at] if at is not None and at < len(call.args) else None
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None

    context, message, plural = (argument(at) for at in shape)
    return Text(message, plural or "", context) if message else None


def read_template(code: str, place: str, found: Found) -> None:
    """Add the texts of one template, which Django turns into Python-like calls for us."""
    source = templatize(code)
    for match in CALL_IN_TEMPLATE.finditer(source):
        name = "gettext" if match[1] == "_" else match[1]
        if (call := call_at(source, match.start())) and (text := text_of(call, SHAPES[name])):
            found.add(text, place)


def call_at(source: str, start: int) -> ast.Call | None:
    """The Python call that begins at `start`, the rest of the text being anything."""
    for end in (match.end() for match in re.finditer(r"\)", source[start:])):
        try:
            node = ast.parse(source[start : start + end], mode="eval").body
        except SyntaxError:
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def catalogue_path(language: str) -> Path:
    """Where the catalogue of `language` lies."""
    return SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"


def open_catalogue(language: str) -> polib.POFile:
    """The catalogue of `language`, or an empty one."""
    path = catalogue_path(language)
    return polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)


def key_of(entry: polib.POEntry) -> Text:
    """What an entry translates."""
    return Text(entry.msgid, entry.msgid_plural, entry.msgctxt)


def update(language: str, found: Found) -> None:
    """Write the catalogue of `language` anew: the source's texts in order, translated as they were."""
    known = {key_of(entry): entry for entry in open_catalogue(language) if not entry.obsolete}
    forms = int(PLURALS[language].split("=")[1].split(";")[0])
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Project-Id-Version": "charterdesk",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for text, places in sorted(found.places.items(), key=lambda pair: (pair[0].message, pair[0].context or "")):
        old = known.get(text)
        entry = polib.POEntry(msgid=text.message, msgctxt=text.context, msgid_plural=text.plural)
        entry.occurrences = [(place, "") for place in sorted(places)]
        entry.msgstr = old.msgstr if old else ""
        if text.plural:
            entry.msgstr_plural = {form: old.msgstr_plural.get(form, "") if old else "" for form in range(forms)}
        entry.flags = ["python-format"] if "%(" in text.message + text.plural else []
        fresh.append(entry)
    catalogue_path(language).parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(catalogue_path(language)))


def faults_of(language: str, found: Found) -> Iterator[str]:
    """What is wrong with the catalogue of `language`, a line each."""
    catalogue = open_catalogue(language)
    entries = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    if entries and catalogue.metadata.get("Plural-Forms") != PLURALS[language]:
        yield f"{language}: its Plural-Forms header must be {PLURALS[language]}"
    for text in sorted(set(found.places) - set(entries), key=lambda text: text.message):
        yield f"{language}: not in the catalogue: {text.message!r} ({', '.join(sorted(found.places[text]))})"
    for text in sorted(set(entries) - set(found.places), key=lambda text: text.message):
        yield f"{language}: no longer in the source: {text.message!r}"
    for text, entry in entries.items():
        if fault := fault_of(entry):
            yield f"{language}: {fault}: {text.message!r}"


def fault_of(entry: polib.POEntry) -> str | None:
    """The first thing wrong with one translation, or None."""
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    source = entry.msgid + entry.msgid_plural
    if entry.fuzzy:
        return "fuzzy"
    if not forms or not all(form.strip() for form in forms):
        return "not translated"
    if any(set(PLACEHOLDER.findall(form)) - set(PLACEHOLDER.findall(source)) for form in forms):
        return "has a placeholder that the source has not"
    # A plural's form for one or two may leave its number out; the last form may not.
    if set(PLACEHOLDER.findall(forms[-1])) != set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)):
        return "lacks a placeholder of the source"
    if any(sorted(TAG.findall(form)) != sorted(TAG.findall(entry.msgid)) for form in forms):
        return "has other HTML tags than the source"
    if any(form.endswith("\n") != entry.msgid.endswith("\n") for form in forms):
        return "ends differently from the source"
    return None


def all_faults() -> list[str]:
    """Everything wrong with the texts and catalogues of this tree. Reads every source file."""
    found = read_source()
    return [*found.faults, *(fault for language in PLURALS for fault in faults_of(language, found))]


def main(arguments: list[str]) -> int:
    """Carry out one command; 0 when all is well, 2 for a command there is not."""
    if arguments == ["update"]:
        found = read_source()
        for language in PLURALS:
            update(language, found)
        return 0
    if arguments == ["check"]:
        faults = all_faults()
        print("\n".join(faults) or "every text is translated")
        return 1 if faults else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
