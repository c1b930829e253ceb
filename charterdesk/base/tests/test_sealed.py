"""What is handed out to be handed back can be read, and made up, by nobody else."""

import base64

import pytest

from charterdesk.base.sealed import seal, unseal


def test_what_is_sealed_is_read_again_and_the_same_gives_the_same_text():
    sealed = seal(b'["Rosalind",7]', of="contacts")

    assert (unseal(sealed, of="contacts"), seal(b'["Rosalind",7]', of="contacts")) == (b'["Rosalind",7]', sealed)
    assert b"Rosalind" not in base64.urlsafe_b64decode(sealed + "===")
    assert sealed.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "text",
    ["", "x", "WzddCg", base64.urlsafe_b64encode(b"[7]").decode(), "\u2603", "a" * 50_000],
    ids=["empty", "short", "encoded", "an old one", "no letters of it", "very long"],
)
def test_what_was_not_sealed_is_refused(text):
    with pytest.raises(ValueError):
        unseal(text, of="contacts")


def test_what_was_changed_or_is_of_another_list_or_another_key_is_refused(settings):
    sealed = seal(b"[7]", of="contacts")
    changed = ("B" if sealed[0] == "A" else "A") + sealed[1:]
    for text, of in ((changed, "contacts"), (sealed, "tickets")):
        with pytest.raises(ValueError):
            unseal(text, of=of)

    settings.SECRET_KEY = "another"
    with pytest.raises(ValueError):
        unseal(sealed, of="contacts")
