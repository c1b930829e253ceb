"""What a file really is, by its first bytes."""

from pathlib import PurePath

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "application/ogg"),
    (b"fLaC", "audio/flac"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
)
# Only pictures that no browser runs anything of are shown in place; all else is saved.
HARMLESS_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_OLE = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
}
_TEXT = {".csv": "text/csv", ".ics": "text/calendar", ".eml": "message/rfc822"}
_MARKUP = (b"<!doctype html", b"<html", b"<svg", b"<?xml", b"<script")


def sniff(head: bytes, *, filename: str = "", claimed: str = "") -> str:
    """Return the media type the first bytes speak for; `application/octet-stream` where they say nothing.

    A name or a claim only refines what the bytes allow: a script called `photo.png` is never an image. Markup is
    `text/html` or `image/svg+xml`, which are served as downloads.
    """
    suffix = PurePath(filename.lower()).suffix
    found = next((kind for magic, kind in _SIGNATURES if head.startswith(magic)), "")
    if found == "application/zip":
        return _OFFICE.get(suffix, found)
    if found == "application/x-ole-storage":
        return _OLE.get(suffix, found)
    if found:
        return found
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE"):
        return "image/webp" if head[8:12] == b"WEBP" else "audio/wav"
    if head[4:8] == b"ftyp":
        return "image/avif" if head[8:12] == b"avif" else "image/heic" if head[8:11] == b"hei" else "video/mp4"
    return _text_or_unknown(head, suffix=suffix, claimed=claimed)


def _text_or_unknown(head: bytes, *, suffix: str, claimed: str) -> str:
    """Tell markup, text and the rest apart."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        return "image/svg+xml" if b"<svg" in head.lower() else "text/html"
    if b"\x00" in head or not head:
        return "application/octet-stream"
    if claimed.startswith("text/") and claimed != "text/html":
        return _TEXT.get(suffix, claimed)
    return _TEXT.get(suffix, "text/plain")
