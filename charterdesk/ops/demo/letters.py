"""The words of one ticket: what its customer writes, what its agents answer, in one language and tone."""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from html import escape
from importlib.resources import files
from random import Random
from zoneinfo import ZoneInfo

from charterdesk.ops.demo.people import Person
from charterdesk.ops.demo.phrases import TONES, Speech, Text, Wording, sentence, speech
from charterdesk.ops.demo.situations import BY_KEY, Situation
from charterdesk.people import cast

# Situations whose {date} lies ahead of the customer's letter, and whose solution tells of a day gone by.
_AHEAD = {"meter_exchange", "planned_work", "site_water", "change_bank"}
_DONE = {
    "street_leak", "burst_main", "no_water", "meter_broken", "low_pressure", "chlorine_smell", "hydrant_capacity",
    "fountains", "waiting_desk", "broken_appointment", "pavement", "app_error",
}  # fmt: skip
_AMOUNTS = {
    "new_connection": (1800, 6400),
    "damage_claim": (700, 9000),
    "business_offer": (900, 5200),
    "site_water": (200, 400),
}
_ZONE = ZoneInfo(cast.ZONE)


@cache
def notes(team: str) -> tuple[Text, ...]:
    """What agents of `team` note for each other."""
    read = tomllib.loads((files(__package__) / "content" / "notes.toml").read_text(encoding="utf-8"))
    return tuple(map(Text, read[team]))


def as_html(text: str, language: str = "en") -> str:
    """`text` as the composer would send it: paragraphs and line breaks, right to left where it is read so."""
    paragraphs = "".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n"))
    return f'<div dir="rtl">{paragraphs}</div>' if language == "ar" else paragraphs


def quote(text: str) -> str:
    """`text` as mail programs quote it."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


class Words:
    """Everything that is said on one ticket. The same values (amounts, readings, dates) run through all of it."""

    def __init__(self, person: Person, situation: Situation, opened_at: datetime, dice: Random, org: str) -> None:
        self.person, self.situation, self.dice = person, situation, dice
        self.speech: Speech = speech(person.language)
        self.wording: Wording = self.speech.wordings[situation.key]
        self.tone = dice.choices(TONES, situation.tones)[0]
        self.ahead: datetime | None = None
        self.values = self._values(opened_at, org)
        self.subject = self.say(dice.choice(self.wording.subjects))

    def say(self, text: Text) -> str:
        """`text` with this ticket's values."""
        return text.say(self.dice, self.values)

    def phrase(self, name: str) -> str:
        """One of the phrases everybody uses."""
        return self.say(self.speech.said[name])

    def date(self, at: datetime) -> str:
        """The day of `at` where the utility is, as one writes it."""
        local = at.astimezone(_ZONE)
        return self.speech.date.format(day=local.day, month=self.speech.months[local.month - 1], year=local.year)

    def ask(self, *, by_mail: bool) -> tuple[str, str]:
        """The customer's first letter, and what of it is folded away (signature)."""
        middle = [self.say(self.wording.ask)]
        opener = self.say(self.speech.by_tone["opener"][self.tone])
        if self.dice.random() < 0.3 and self.tone != "terse":
            middle.append(self.say(self.dice.choice(self.speech.extras)))
        if self.tone == "angry" and self.dice.random() < 0.35:
            middle.append(self.phrase("escalation"))
        body = " ".join(filter(None, [opener, *middle]))
        if not by_mail:
            return body, ""
        parts = [self._toned("greeting"), body, self._toned("pressure"), self._signed()]
        return "\n\n".join(filter(None, parts)), self._tail()

    def forwarded(self, at: datetime, from_name: str, from_address: str) -> tuple[str, str]:
        """A letter that passes on somebody else's, with what is folded away."""
        labels, asked = self.speech.forward_labels, self.say(self.wording.ask)
        head = [
            labels[0],
            f"{labels[1]}: {from_name} <{from_address}>",
            f"{labels[2]}: {self.date(at - timedelta(days=1))}",
            f"{labels[3]}: {self.subject}",
            f"{labels[4]}: {self.person.name} <{self.person.email}>",
        ]
        intro = "\n\n".join([self._toned("greeting"), self.phrase("forward_intro"), self._signed()])
        return f"{intro.strip()}\n\n" + "\n".join(head) + f"\n\n{asked}\n\n{from_name}", self._tail()

    def call(self) -> str:
        """What an agent writes down of a call or a visit, in the customer's language."""
        return f"{self.phrase('call_intro')}\n\n{self.say(self.wording.ask)}"

    def answer(self) -> str:
        """The customer's answer to our question."""
        thanks = self._signed() if self.tone != "terse" else self.person.name.split()[0]
        return f"{self.say(self.wording.reply)}\n\n{thanks}"

    def short(self, name: str) -> str:
        """A short line of the customer: `thanks`, `chase` or `reopen`."""
        return f"{self.phrase(name)}\n\n{self.person.name}"

    def quoted(self, text: str, at: datetime, who: str) -> str:
        """An earlier letter as it hangs below an answer."""
        self.values["date"], kept = self.date(at), self.values["date"]
        self.values["time"], self.values["name"] = f"{at.astimezone(_ZONE):%H:%M}", who
        head = self.phrase("quote_head")
        self.values["date"], self.values["name"] = kept, self.person.name
        return f"{head}\n{quote(text)}"

    def ours(self, agent: cast.CastAgent, team: str, text: str, *, late: bool = False) -> str:
        """A letter of ours around `text`."""
        thanks = self.phrase("late_apology" if late else "agent_thanks")
        text = text if thanks.endswith("،") else sentence(text)
        close = f"{self.phrase('agent_close')}\n{agent.name}\n{team}, {cast.COMPANY}"
        return "\n\n".join([self.phrase("agent_greeting"), f"{thanks} {text}", close])

    def query(self, at: datetime, agent: cast.CastAgent) -> str:
        """What we have to know first."""
        self._look_ahead(at, agent)
        return self.say(self.wording.query)

    def holding(self, at: datetime, agent: cast.CastAgent) -> str:
        """Where it stands, while we wait for others."""
        self._look_ahead(at, agent)
        return self.phrase("holding")

    def solution(self, at: datetime, agent: cast.CastAgent) -> str:
        """What was done. A day it names lies behind or ahead, as the situation wants it."""
        self.values["agent"] = agent.name
        if self.situation.key == "planned_work":
            self.values["later"] = self.values["date"]
        elif self.situation.key in _DONE:
            day = self.ahead if self.ahead and self.ahead < at else at - timedelta(days=1)
            self.values["later"] = self.date(day)
        elif self.ahead is None or self.ahead <= at:
            self._look_ahead(at, agent)
        return self.say(self.wording.solution)

    def away(self, at: datetime) -> tuple[str, str]:
        """An automatic reply: its subject and text."""
        self.values["later"], kept = self.date(at + timedelta(days=9)), self.values["later"]
        said = self.phrase("auto_reply_subject"), self.phrase("auto_reply")
        self.values["later"] = kept
        return said

    def reply_subject(self) -> str:
        """The subject of an answer."""
        return f"{self.speech.said['reply_prefix'].say(self.dice, {})}: {self.subject}"[:300]

    def note(self) -> str:
        """A remark of one agent to the others, in English as the house speaks."""
        english = {**self.values, "month": speech("en").months[self.month - 1]}
        return self.dice.choice(notes(BY_KEY[self.situation.key].team)).say(self.dice, english)

    def _toned(self, name: str) -> str:
        return self.say(self.speech.by_tone[name][self.tone])

    def _signed(self) -> str:
        return f"{self._toned('closing')}\n{self.person.name}".strip()

    def _tail(self) -> str:
        if self.person.signature:
            return f"-- \n{self.person.signature}"
        return self.phrase("phone_tail") if self.dice.random() < 0.22 else ""

    def _look_ahead(self, at: datetime, agent: cast.CastAgent) -> None:
        """Set a working day some days after `at`."""
        day = at + timedelta(days=self.dice.randrange(2, 8))
        self.ahead = day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
        self.values["later"], self.values["agent"] = self.date(self.ahead), agent.name

    def _money(self, euros: float) -> str:
        figure = f"{euros:,.2f}"
        if self.person.language in ("de", "es"):
            figure = figure.translate(str.maketrans(",.", ".,"))
        elif self.person.language == "fr":
            figure = figure.replace(",", "\u202f").replace(".", ",")
        return f"{figure}\u00a0EUR"

    def _values(self, opened_at: datetime, org: str) -> dict[str, object]:
        dice, person = self.dice, self.person
        low, high = _AMOUNTS.get(self.situation.key, (90, 780))
        amount = dice.randrange(low, high) + dice.randrange(100) / 100
        reading = dice.randrange(300, 8800)
        ahead = self.situation.key in _AHEAD
        day = opened_at + timedelta(days=dice.randrange(5, 21) if ahead else -dice.randrange(1, 13))
        self.month = (opened_at.astimezone(_ZONE).month - 2) % 12 + 1
        return {
            "name": person.name,
            "street": person.street,
            "district": person.district,
            "account": person.account,
            "meter": person.meter,
            "phone": person.phone,
            "org": org or person.name,
            "invoice": f"R-{opened_at.year}-{dice.randrange(100_000, 999_999)}",
            "amount": self._money(amount),
            "amount2": self._money(round(amount * (0.24 + dice.random() * 0.4), 2)),
            "reading": f"{reading:05d}",
            "reading2": f"{reading + dice.randrange(60, 900):05d}",
            "days": dice.randrange(3, 10),
            "month": self.speech.months[self.month - 1],
            "date": self.date(day),
            "later": self.date(opened_at + timedelta(days=6)),
            "agent": "",
        }
