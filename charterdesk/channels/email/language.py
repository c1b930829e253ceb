"""In which of the desk's languages somebody writes, by the small words every sentence has."""

import re

WORDS = {
    "en": "the and is no my you have not for with this that please hello dear has was are it to of in we our your",
    "de": "der die das und ist nicht ich wir sie mit für bitte guten tag hallo mein meine auf ein eine den dem zu haben",
    "es": "el la los las y es no con para por favor hola mi su que una un del se lo gracias buenos días tengo está",
    "fr": "le la les et est pas je nous vous avec pour bonjour merci mon ma mes une un des du que qui dans sur avons",
    "ar": "في من على إلى لا أن هذا هذه ما هو هي لم قد مع عن كان شكرا مرحبا السلام عليكم يرجى رقم",
}
_SETS = {language: frozenset(words.split()) for language, words in WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
ENOUGH = 2
"""So many different words of a language must stand there before it is believed."""


def language_of(subject: str, text: str) -> str:
    """Return `en`, `de`, `es`, `fr` or `ar`; "" when too little is written to tell."""
    sample = f"{subject} {text}"[:4000].lower()
    if len(_ARABIC.findall(sample)) > len(sample) / 5:
        return "ar"
    words = set(_WORD.findall(sample))
    counts = {language: len(words & known) for language, known in _SETS.items()}
    best = max(counts, key=lambda language: counts[language])
    runner_up = max(count for language, count in counts.items() if language != best)
    return best if counts[best] >= ENOUGH and counts[best] > runner_up else ""
