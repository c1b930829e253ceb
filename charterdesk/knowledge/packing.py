"""Articles as files: a folder of Markdown in a zip, or a table of comma-separated values; read and written.

A file of Markdown begins with lines such as `title: ...` between two lines of `---`. Its folder is its category, and
`meter.de.md` is the German of `meter.md`. Of a page of HTML only its content counts. Links from one file to
another lead to the articles they become. What is exported is read again as it was: here it is known again, elsewhere
it is new.
"""

import csv
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import IO
from urllib.parse import unquote

from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused
from charterdesk.knowledge.actions.importing import Imported, name_for_export
from charterdesk.knowledge.bodies import pictures_in
from charterdesk.knowledge.markdown import rendered
from charterdesk.knowledge.models import ArticleFile, ArticleText
from charterdesk.knowledge.pages import Page, language_of_page, read_page
from charterdesk.people.models import LANGUAGES

MOST_FILES, MOST_BYTES = 5000, 200 * 2**20
FILES_APART = " | "
"""Between the paths of files to take along."""
COLUMNS = ("name", "language", "category", "title", "summary", "body", "kind", "audience", "labels", "state")
_NAME = re.compile(r"^(?P<name>.+?)(?:\.(?P<language>[a-z]{2}))?\.(?:md|markdown|html?)$", re.IGNORECASE)
_FIRST_HEADING = re.compile(r"\A\s*#\s+(.+)$", re.MULTILINE)
_LINK = re.compile(
    r"""(?P<before><a\b[^>]*?\bhref=)(?P<quote>["'])(?![a-z]+:|/|\#)(?P<path>[^"'#?]+)(?P<mark>\#[^"']*)?(?P=quote)""",
    re.IGNORECASE,
)
_UNSAFE = re.compile(r"[|/\\\"']")
_PICTURE = re.compile(r'(<img\b[^>]*?\bsrc=")(?![a-z]+:|/)([^"]+)(")', re.IGNORECASE)


def read_zip(stream: IO[bytes]) -> Iterator[Imported]:
    """The articles in a zip. Raises `Refused("knowledge.unreadable")` for what is none, or is too large unpacked."""
    try:
        packed = zipfile.ZipFile(stream)
    except zipfile.BadZipFile as error:
        raise Refused("knowledge.unreadable", _("This is no zip file.")) from error
    members = [each for each in packed.infolist() if not each.is_dir() and "__MACOSX" not in each.filename]
    if len(members) > MOST_FILES or sum(each.file_size for each in members) > MOST_BYTES:
        raise Refused("knowledge.unreadable", _("At most 5,000 files and 200 MB at a time. Send it in parts."))
    contents = {each.filename: packed.read(each) for each in members}
    named = [found for path in contents if (found := _NAME.match(path))]
    taken = {path for found in named for path in _taken(found.string, contents)}  # a page to take along is no article
    named = [found for found in named if found.string not in taken]
    for found in sorted(named, key=lambda each: (each["name"], each["language"] or "")):  # the original comes first
        yield _of_file(found.string, found, contents)


def _of_file(path: str, found: re.Match[str], contents: Mapping[str, bytes]) -> Imported:
    head, text = _parted(contents[path].decode("utf-8-sig", errors="replace"))
    folder = posixpath.dirname(path)
    page = read_page(text) if path.lower().endswith(("html", "htm")) else _of_markdown(text, head)
    html, pictures = _pictured(page.body, folder, contents)
    html = _linked(html, folder, contents)
    folders = [part for part in folder.split("/") if part][-2:]
    return Imported(
        place=path,
        link=_end_of_address(path),
        name=head.get("name") or found["name"],
        title=head.get("title") or page.title or posixpath.basename(found["name"]),
        body=html,
        language=_language(head, found, page.language),
        summary=head.get("summary") or page.summary,
        category=[part.strip() for part in head["category"].split("/")] if head.get("category") else folders,
        kind=head.get("kind", "article"),
        audience=head.get("audience", "public"),
        labels=_listed(head.get("labels", "")),
        pictures=pictures,
        files={each: contents[each] for each in _taken(path, contents)},
        state=head.get("state", ""),
    )


def _taken(path: str, contents: Mapping[str, bytes]) -> list[str]:
    """The files to take along that the head of the file at `path` names, as far as they are there."""
    head, _text = _parted(contents[path].decode("utf-8-sig", errors="replace"))
    named = head.get("files", "").split(FILES_APART.strip())
    return [found for each in named if (found := _within(posixpath.dirname(path), each)) in contents]


def _within(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path.strip()))


def _language(head: Mapping[str, str], found: re.Match[str], of_page: str) -> str:
    """As its head says, else its name, else the page itself."""
    language = head.get("language") or (found["language"] or of_page or "en").lower()
    return language if language in dict(LANGUAGES) else "en"


def _end_of_address(path: str) -> str:
    """By what others of the same folder lead to a file, wherever its article comes to stand."""
    return f"imported-{sha256(path.encode()).hexdigest()[:16]}"


def _linked(html: str, folder: str, contents: Mapping[str, bytes]) -> str:
    """The body with links to other pages of the folder leading to the articles they become."""

    def put(found: re.Match[str]) -> str:
        path = _within(folder, unquote(found["path"]))
        named = _NAME.match(path)
        if path not in contents or named is None:
            return found[0]
        head, text = _parted(contents[path].decode("utf-8-sig", errors="replace"))
        language = _language(head, named, language_of_page(text))
        return f'{found["before"]}"/help/{language}/{_end_of_address(path)}{found["mark"] or ""}"'

    return _LINK.sub(put, html)


def _of_markdown(text: str, head: Mapping[str, str]) -> Page:
    """A file of Markdown: its first heading is its title, unless its head names one; or of HTML, where that says so."""
    if head.get("format") == "html":
        return Page(body=text)
    title = _FIRST_HEADING.search(text)
    if head.get("title") or title is None:
        return Page(body=rendered(text))
    return Page(title=title[1].strip(), body=rendered(_FIRST_HEADING.sub("", text, count=1)))


def _parted(text: str) -> tuple[dict[str, str], str]:
    """What stands between the lines of `---` at the top, by name, and the rest."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---":
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
    pairs = (line.partition(":") for line in lines[1:end] if ":" in line)
    return {name.strip().lower(): _unquoted(value.strip()) for name, _sign, value in pairs}, "\n".join(lines[end + 1 :])


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _quoted(value: str) -> str:
    """A value in one line, in quotes where it would lose its own."""
    said = " ".join(value.split())
    return f'"{said}"' if _unquoted(said) != said else said


def _listed(text: str) -> list[str]:
    return [each.strip().strip("\"'") for each in text.strip("[]").split(",") if each.strip()]


def _pictured(html: str, folder: str, contents: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """The body with a mark in place of each picture that lies in the zip, and their bytes."""
    pictures: dict[str, bytes] = {}

    def put(found: re.Match[str]) -> str:
        path = _within(folder, found[2])
        if path not in contents:
            return found[0]
        pictures[path] = contents[path]
        return f"{found[1]}{{picture:{path}}}{found[3]}"

    return _PICTURE.sub(put, html), pictures


def read_csv(stream: IO[bytes]) -> Iterator[Imported]:
    """The articles in a table: a row each, `body` as HTML or Markdown. Raises `Refused("knowledge.unreadable")`."""
    csv.field_size_limit(2**24)
    try:
        rows = csv.DictReader(io.StringIO(stream.read().decode("utf-8-sig")))
        for number, row in enumerate(rows, 2):
            yield _of_row(number, {name: value or "" for name, value in row.items() if isinstance(name, str)})
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused("knowledge.unreadable", _("Save the table as CSV in UTF-8.")) from error


def _of_row(number: int, row: Mapping[str, str]) -> Imported:
    body = row.get("body", "")
    language = row.get("language") or "en"
    return Imported(
        place=_("row %(number)d") % {"number": number},
        name=row.get("name") or row.get("title", ""),
        title=row.get("title", ""),
        body=body if body.lstrip().startswith("<") else rendered(body),
        language=language if language in dict(LANGUAGES) else "en",
        summary=row.get("summary", ""),
        category=row.get("category", "").split("/"),
        kind=row.get("kind") or "article",
        audience=row.get("audience") or "public",
        labels=_listed(row.get("labels", "")),
        state=row.get("state", ""),
    )


def _rows() -> Iterator[tuple[ArticleText, dict[str, str]]]:
    """Every text with what a table says of it; of an article, what it was written in first."""
    texts = ArticleText.objects.select_related("article__category__parent").order_by("article_id", "pk")
    for text in texts.iterator(500):
        home = text.article.category
        names = [home.parent.name, home.name] if home.parent else [home.name]
        yield (
            text,
            {
                "name": name_for_export(text.article),
                "language": text.language,
                "category": "/".join(name.replace("/", " ") for name in names),
                "title": text.title,
                "summary": text.summary,
                "body": text.body,
                "kind": text.article.kind,
                "audience": text.article.audience,
                "labels": ", ".join(text.article.labels),
                "state": ArticleText.PUBLISHED if text.is_live else text.state,
            },
        )


def table_of_all() -> str:
    """Every article as comma-separated values, a row each, as readers see it; drafts as they are."""
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, COLUMNS)
    table.writeheader()
    table.writerows(row for _text, row in _rows())
    return written.getvalue()


def write_zip(stream: IO[bytes], open_file: Callable[[str], IO[bytes]]) -> None:
    """Every article as a file with a head, pictures and files to take along beside. `open_file` gives their bytes."""
    shown: set[int] = set()
    names: dict[int, str] = {}
    to_take = _files_to_take()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for text, row in _rows():
            shown |= pictures_in(text.body)
            body = re.sub(r'src="cid:(\d+)"', r'src="pictures/\1"', row.pop("body"))
            is_original = text.language == text.article.language
            beside = to_take.get(text.article_id, ()) if is_original else ()
            row |= {"format": "html", "files": FILES_APART.join(beside)}
            head = "\n".join(f"{name}: {_quoted(value)}" for name, value in row.items() if value)
            name = names.setdefault(text.article_id, f"articles/{text.article_id}-{text.slug}")
            # The original has no language in its name, so it is read before its translations.
            ending = "md" if is_original else f"{text.language}.md"
            packed.writestr(f"{name}.{ending}", f"---\n{head}\n---\n{body}\n")
        for file in ArticleFile.objects.filter(pk__in=shown):
            _pack(packed, f"articles/pictures/{file.pk}", file, open_file)
        for file in ArticleFile.objects.filter(is_inline=False):
            _pack(packed, f"articles/{_path_of(file)}", file, open_file)


def _files_to_take() -> Mapping[int, list[str]]:
    """The paths of files to take along, by article. One query."""
    found: dict[int, list[str]] = {}
    for file in ArticleFile.objects.filter(is_inline=False).order_by("pk"):
        found.setdefault(file.article_id, []).append(_path_of(file))
    return found


def _path_of(file: ArticleFile) -> str:
    name = _UNSAFE.sub("_", " ".join(file.filename.split())).lstrip(".")
    return f"files/{file.pk}/{name or 'file'}"


def _pack(packed: zipfile.ZipFile, path: str, file: ArticleFile, open_file: Callable[[str], IO[bytes]]) -> None:
    with open_file(file.sha256) as content:
        packed.writestr(path, content.read())
