"""In which language somebody writes."""

import pytest

from charterdesk.channels.email.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("No water since this morning.", "en"),
        ("Hello, my bill is wrong. Can you help?", "en"),
        ("Guten Tag, wir haben seit heute kein Wasser und der Keller ist nass.", "de"),
        ("Hola, no tengo agua desde esta mañana, por favor ayuda con la factura.", "es"),
        ("Bonjour, nous avons un problème avec la facture, merci de nous aider.", "fr"),
        ("مرحبا، لا يوجد ماء في البيت منذ الصباح", "ar"),
        ("4711 / 0815", ""),
        ("", ""),
        ("ok", ""),
    ],
)
def test_the_small_words_tell(text: str, language: str) -> None:
    assert language_of("", text) == language
