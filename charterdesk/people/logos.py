"""Pictures for a brand: PNG as it is, SVG taken apart and put together again from what is harmless.

An SVG is a document that could run script and load from elsewhere. Browsers do neither in an `<img>`, the address it
is served from forbids both, and what is kept holds nothing of the kind to begin with.
"""

import re
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from charterdesk.base.refused import Refused

MAX_BYTES = 200_000
SVG, PNG = "image/svg+xml", "image/png"
_SPACE = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan defs linearGradient radialGradient stop clipPath "
    "mask use symbol title desc style".split()
)
_ATTRIBUTES = frozenset(
    "id class style d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points viewBox transform fill fill-opacity "
    "fill-rule clip-rule clip-path mask opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stroke-dashoffset stroke-opacity color offset stop-color stop-opacity gradientUnits "
    "gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits preserveAspectRatio font-family font-size "
    "font-weight font-style letter-spacing text-anchor dominant-baseline dx dy href version display visibility".split()
)
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@|\\|expression|javascript:|data:", re.IGNORECASE)
_DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def picture_kind(content: bytes) -> str:
    """`PNG` or `SVG` by the bytes, "" for neither."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return SVG if b"<svg" in content[:2000] else ""


def clean_picture(content: bytes) -> tuple[str, bytes]:
    """The content type and harmless bytes of a picture. Raises `Refused`: `people.picture_too_large`, `.no_picture`."""
    if len(content) > MAX_BYTES:
        raise Refused("people.picture_too_large", _("Choose a picture of at most 200 kB."))
    kind = picture_kind(content)
    if kind == PNG:
        return kind, content
    if kind == SVG:
        return kind, clean_svg(content)
    raise Refused("people.no_picture", _("Choose an SVG or a PNG file."))


def clean_svg(content: bytes) -> bytes:
    """`content` with nothing left but shapes, texts and colours. Raises `Refused("people.no_picture")`."""
    try:
        text = content.decode("utf-8-sig")
        if _DECLARED.search(text):
            text = re.sub(r"<!DOCTYPE[^\[>]*>", "", text, flags=re.IGNORECASE)
        if _DECLARED.search(text):
            raise ValueError("it declares entities")
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml.*?\?>", "", text))
    except (ValueError, ElementTree.ParseError) as error:
        raise Refused("people.no_picture", _("This SVG file can't be read. Save it anew as plain SVG.")) from error
    if root.tag != f"{{{_SPACE}}}svg":
        raise Refused("people.no_picture", _("This SVG file can't be read. Save it anew as plain SVG."))
    _clean(root)
    ElementTree.register_namespace("", _SPACE)
    cleaned: bytes = ElementTree.tostring(root, encoding="utf-8")
    return cleaned


def _clean(element: ElementTree.Element) -> None:
    """Take out of `element` and all below it what is not known to be harmless."""
    for name, value in list(element.attrib.items()):
        if not _is_harmless(name, value):
            del element.attrib[name]
    for child in list(element):
        space, _brace, name = str(child.tag).rpartition("}")
        is_bad_style = name == "style" and _OUTSIDE.search("".join(child.itertext()))
        if space != f"{{{_SPACE}" or name not in _ELEMENTS or is_bad_style:
            element.remove(child)
        else:
            _clean(child)


def _is_harmless(name: str, value: str) -> bool:
    if name in ("href", _XLINK):
        return value.startswith("#")
    return name in _ATTRIBUTES and not _OUTSIDE.search(value)
