"""What many texts say that others do not, and which of them belong together by it.

Words and pairs of words that follow each other are counted among new texts and among earlier ones. What is far more
frequent now than it was tells them apart; it needs no list of a language's words, and "no water" counts as a pair even
where everybody writes of water. Words with digits are passed over: they are somebody's number.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from charterdesk.events.words import words_of

TIMES = 4.0
"""So many times as frequent as before."""
SHARED, TOGETHER, NAMED, GROUPS, SHORT = 0.6, 0.75, 3, 3, 3
_PART = re.compile(r"[^.,;:!?\n()\"“”„«»…،؛؟]+")
_WORD = re.compile(r"[^\W\d_]{2,}(?!\d)")


@dataclass(frozen=True, slots=True)
class Said:
    """A text, who wrote it, and its number."""

    id: int
    person: int
    text: str


@dataclass(frozen=True)
class Group:
    """Texts that speak of the same: what they share, as they write it, and their numbers."""

    words: list[str]
    ids: list[int]


def features(text: str) -> dict[str, str]:
    """The words and pairs of words of a text without case and accents, each as it is written there first."""
    found: dict[str, str] = {}
    for part in _PART.findall(unicodedata.normalize("NFKC", text)):
        before, written_before = "", ""
        for written in _WORD.findall(part):
            word = "".join(words_of(written))
            found.setdefault(word, written)
            if before:
                found.setdefault(f"{before} {word}", f"{written_before} {written}")
            before, written_before = word, written
    return found


def groups(fresh: Sequence[Said], earlier: Sequence[Said], *, least: int) -> list[Group]:
    """Texts among `fresh` of at least `least` people that share what `earlier` texts hardly say. No query."""
    usual = Counter(feature for said in earlier for feature in features(said.text))
    rest = {said.id: (said.person, features(said.text)) for said in fresh}
    found: list[Group] = []
    while len(found) < GROUPS:
        group = _strongest(rest, usual, len(earlier), least)
        if group is None:
            break
        found.append(group)
        rest = {pk: each for pk, each in rest.items() if pk not in group.ids}
    return found


def speaks_of(text: str, words: Iterable[str]) -> bool:
    """Whether a text says most of what a group was named by: all of one or two, two of three."""
    wanted, said = {" ".join(words_of(each)) for each in words}, features(text)
    return len(wanted & said.keys()) >= max(1, len(wanted) - (len(wanted) > 2))


def telling(text: str, earlier: Iterable[Said]) -> list[str]:
    """At most three words or pairs of a short text that earlier ones hardly say, as they stand there."""
    usual = Counter(feature for said in earlier for feature in features(said.text))
    said = features(text)
    chosen: list[str] = []
    for feature in sorted(said, key=lambda each: (usual[each], -each.count(" "), -len(each), each)):
        taken = {word for name in chosen for word in name.split()}
        if len(chosen) < NAMED and len(feature) > SHORT and not taken & set(feature.split()):
            chosen.append(feature)
    return [said[feature] for feature in chosen]


Rest = dict[int, tuple[int, dict[str, str]]]


def _strongest(rest: Rest, usual: Counter[str], before: int, least: int) -> Group | None:
    people: defaultdict[str, set[int]] = defaultdict(set)
    for person, said in rest.values():
        for feature in said:
            people[feature].add(person)
    everybody = len({person for person, _said in rest.values()})
    strength: dict[str, float] = {}
    for feature, who in people.items():
        times = (len(who) / everybody) / ((usual[feature] + 1) / (before + 2))
        if len(who) >= least and times >= TIMES:
            strength[feature] = len(who) * math.log(times)
    if not strength:
        return None
    best = max(strength, key=lambda each: (strength[each], each))
    names = _names([said for _person, said in rest.values() if best in said], strength)
    spoken = [name for name, _written in names]
    ids = [
        pk for pk, (_person, said) in rest.items() if best in said or sum(name in said for name in spoken) >= NAMED - 1
    ]
    return Group([written for _name, written in names], ids)


def _names(members: Sequence[dict[str, str]], strength: dict[str, float]) -> list[tuple[str, str]]:
    """What most members say, the strongest first: pairs before their words, and no word twice."""
    counted = Counter(feature for said in members for feature in said if feature in strength)
    shared = [each for each, count in counted.items() if count >= SHARED * len(members) and _is_whole(each, counted)]
    chosen: list[str] = []
    for feature in sorted(shared, key=lambda each: (-counted[each] * (1 + each.count(" ")), -strength[each], each)):
        taken = {word for name in chosen for word in name.split()}
        if len(chosen) < NAMED and not taken & set(feature.split()):
            chosen.append(feature)
    return [(each, _usual_form(each, members)) for each in chosen]


def _is_whole(feature: str, counted: Counter[str]) -> bool:
    """Not a telling word that happens to have a common one beside it: "in mill"; but "mill lane", and "no water"."""
    telling = [word for word in feature.split() if word in counted]
    return len(telling) != 1 or counted[feature] >= TOGETHER * counted[telling[0]]


def _usual_form(feature: str, members: Sequence[dict[str, str]]) -> str:
    return Counter(said[feature] for said in members if feature in said).most_common(1)[0][0]
