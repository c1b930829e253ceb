"""What happens on which ticket: mostly a question and an answer, sometimes a saga."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from charterdesk.ops.demo.arrivals import Arrivals
from charterdesk.ops.demo.letters import Words
from charterdesk.ops.demo.people import Organisation, Person
from charterdesk.ops.demo.phrases import Text, sentence
from charterdesk.ops.demo.situations import AFTER_BURST, BY_KEY, PUBLIC, SITUATIONS, Situation
from charterdesk.ops.demo.story import Story
from charterdesk.ops.demo.telling import Stage, Stopped, Teller
from charterdesk.people import cast

CHUNK = 250
"""So many stories are told from one throw of the dice: a piece that can be made by itself, anywhere, again."""
LONG_RUNNER_LETTERS = 300
_CHANNELS = ("email", "portal", "phone", "desk", "letter")
_CHANNEL_SHARES = (70, 18, 7, 4, 1)
_PLOTS = ("direct", "ask", "hold", "move", "silent")
_PLOT_SHARES = (46, 33, 13, 4, 4)
THIRD_PARTY = "works@lambert-civil.example.com"
_CONTRACTOR = Text(
    "[Our crew is free on|We can be there on|Earliest date is] {later}. Material is [in stock|ordered]. "
    "Please have the valve keys ready.\n\nLambert Civil Works"
)
_HOURS = {"emergencies": (0.22, 5.0), "connections": (3.0, 30.0), "quality": (0.9, 9.0), "business": (0.9, 11.0)}
_USUAL_HOURS = (1.1, 9.0)
_BUSY_DAYS, _BUSY = timedelta(days=14), 6.0


@dataclass(frozen=True)
class World:
    """Everything that stories are made from; the same for every piece."""

    seed: int
    count: int
    people: list[Person]
    organisations: list[Organisation]
    arrivals: Arrivals
    stage: Stage

    @property
    def chunks(self) -> int:
        """How many pieces the world has."""
        return -(-self.count // CHUNK)


def tell_chunk(world: World, chunk: int) -> list[Story]:
    """The stories of one piece, by number. The same seed and moment give the same words, in any process."""
    dice = Random(world.seed * 1_000_003 + chunk)
    told: list[Story] = []
    for number in range(chunk * CHUNK, min((chunk + 1) * CHUNK, world.count)):
        told.append(_tell(world, number, dice, told))
    return told


def _tell(world: World, number: int, dice: Random, before: list[Story]) -> Story:
    opened_at = world.arrivals.at(number, dice.random())
    burst = world.arrivals.burst.covers(opened_at) and dice.random() < 0.85
    again = _same_again(before, dice) if not burst else None
    situation = _situation(dice, burst=burst)
    person_at = again.person_at if again else _somebody(world, situation, dice)
    person = world.people[person_at]
    if again:
        situation = BY_KEY[again.situation]
    org = "" if person.organisation is None else world.organisations[person.organisation].name
    words = Words(person, situation, opened_at, dice, org)
    if burst:
        words.values["district"] = world.arrivals.burst.district
    story = Story(
        number=number,
        person_at=person_at,
        person=person,
        situation=situation.key,
        team=situation.team,
        type=situation.type,
        channel="email" if again else dice.choices(_CHANNELS, _CHANNEL_SHARES)[0],
        opened_at=opened_at,
        priority=situation.priority,
        tags=situation.tags + (("burst-millbank",) if burst else ()),
    )
    teller = Teller(story, words, world.stage, dice)
    plot = Plot(world, teller, words, situation, dice)
    try:
        if again:
            plot.same_again(again)
        elif number == world.count * 3 // 5:
            plot.long_runner()
        else:
            plot.run()
    except Stopped:
        pass
    return story


def _situation(dice: Random, *, burst: bool) -> Situation:
    if burst:
        return dice.choices(AFTER_BURST, (52, 22, 14, 8, 4))[0]
    return dice.choices(SITUATIONS, [one.weight for one in SITUATIONS])[0]


def _somebody(world: World, situation: Situation, dice: Random) -> int:
    """A customer for whom the situation fits; some write often, most seldom."""
    for _attempt in range(12):
        at = int(len(world.people) * dice.random() ** 1.35)
        if world.people[at].kind in situation.who:
            return at
    return next(at for at, one in enumerate(world.people) if one.kind in (*situation.who, PUBLIC))


def _same_again(before: list[Story], dice: Random) -> Story | None:
    """Now and then somebody writes twice about the same, within hours, and the two become one."""
    if len(before) < 3 or dice.random() > 0.012:
        return None
    other = before[-dice.randrange(1, 4)]
    return None if other.merged_into is not None or len(other.letters) < 2 else other


class Plot:
    """What happens on one ticket, as the dice fall."""

    def __init__(self, world: World, teller: Teller, words: Words, situation: Situation, dice: Random) -> None:
        self.world, self.teller, self.words, self.situation, self.dice = world, teller, words, situation, dice
        self.first, self.rest = _HOURS.get(situation.team, _USUAL_HOURS)
        # Of late two colleagues are ill: there is a backlog to work on.
        self.busy = _BUSY if world.stage.until - teller.story.opened_at < _BUSY_DAYS else 1.0
        self.rest *= self.busy
        if situation.priority == 1:
            self.first, self.rest = self.first / 3, self.rest / 2
        elif situation.priority == 2:
            self.first, self.rest = self.first / 2.5, self.rest / 1.5

    def chance(self, share: float) -> bool:
        """Whether it happens, in `share` of all cases."""
        return self.dice.random() < share

    def run(self) -> None:
        """The usual: it comes, is acknowledged, given to somebody, answered, solved, and closes by itself."""
        self._open()
        plot = self.dice.choices(_PLOTS, _PLOT_SHARES)[0]
        if plot == "move":
            self.teller.story.team = "desk"
        self.teller.acknowledge()
        self.teller.assign()
        self._first_look()
        {"direct": self._direct, "ask": self._ask, "hold": self._hold, "move": self._move, "silent": self._silent}[
            plot
        ]()
        self._solve()
        self._aftermath()

    def _open(self) -> None:
        teller, words, channel = self.teller, self.words, self.teller.story.channel
        files = (self.situation.file,) if self.situation.file and self.chance(0.45) and channel != "phone" else ()
        copied = self._copied() if channel == "email" and self.chance(0.05) else ()
        if self.chance(0.004):  # some write the whole letter into the subject
            teller.story.subject = f"{words.subject}: {words.say(words.wording.ask)}"[:300]
        if channel in ("phone", "desk"):
            teller.open(words.call(), "", files, ())
        elif channel == "email" and self.chance(0.035):
            other = self.dice.choice(self.world.people)
            teller.story.subject = f"{words.say(words.speech.said['forward_prefix'])}: {words.subject}"[:300]
            teller.open(*words.forwarded(teller.at, other.name, other.email), files, copied)
        else:
            teller.open(*words.ask(by_mail=channel != "portal"), files, copied)

    def _copied(self) -> tuple[str, ...]:
        """Somebody of the same house, or of the same firm, on copy."""
        person = self.teller.story.person
        if person.organisation is not None:
            return (f"office@{self.world.organisations[person.organisation].domain}",)
        return (f"{person.email.partition('@')[0]}.home@example.net",)

    def _first_look(self) -> None:
        """Somebody reads it; a few are looked at much too late."""
        if self.chance(0.05):
            self.teller.prioritise(max(1, min(4, self.teller.story.priority + self.dice.choice((-1, -1, 1)))))
        self.teller.work(self.first * (8 if self.chance(0.03) else 1))
        if self.chance(0.16):
            self.teller.note(self.words.note())

    def _direct(self) -> None:
        """Answered and solved in one go."""

    def _letter(self, text: str, *, late: bool = False, bounces: bool = False) -> None:
        team = next(team.name for team in cast.TEAMS if team.key == self.teller.story.team)
        self.teller.send(self.words.ours(self.teller.agent, team, text, late=late), bounces=bounces)

    def _ask(self) -> None:
        """We need to know more first."""
        teller, words = self.teller, self.words
        bounces = self.chance(0.012) and teller.story.channel == "email"
        self._letter(words.query(teller.at, teller.agent), late=self.chance(0.06), bounces=bounces)
        if bounces:
            teller.work(1.0)
            teller.note("The mail came back. Reached on the phone instead, and noted what we need.")
            return
        teller.pause("pending")
        if self.chance(0.02):
            self._away()
        teller.live((9.0 if self.chance(0.8) else 60.0) * self.busy)
        teller.receive(words.answer(), files=(self.situation.file,) if self.situation.file and self.chance(0.6) else ())
        teller.work(self.rest * 0.8)
        if self.chance(0.12):
            teller.note(words.note())

    def _away(self) -> None:
        """A machine answers: nothing changes."""
        kept = self.teller.at
        self.teller.at += timedelta(seconds=9)
        self.teller.receive(self.words.away(kept)[1], automatic=True)

    def _hold(self) -> None:
        """Others have to do something first."""
        teller, words = self.teller, self.words
        self._letter(words.holding(teller.at, teller.agent))
        outside = self.situation.team in ("emergencies", "connections", "complaints") and self.chance(0.35)
        if outside:
            teller.story.third_party = THIRD_PARTY
            teller.send(f"Could you take this on at {words.values['street']}, please?", outside=True)
        teller.pause("on_hold")
        if self.chance(0.3):
            teller.live(30.0)
            teller.receive(words.short("chase"))
        teller.work(self.rest * 2.5)
        if outside:
            teller.receive(words.say(_CONTRACTOR), outside=True)
            teller.work(1.0)
        teller.note(words.note())
        teller.go_on()

    def _move(self) -> None:
        """It came to the wrong team."""
        self.teller.move(self.situation.team)
        self.teller.work(self.rest * 0.6)
        if self.chance(0.4):
            self._ask()

    def _silent(self) -> None:
        """We ask, and hear nothing."""
        teller, words = self.teller, self.words
        self._letter(words.query(teller.at, teller.agent))
        teller.pause("pending")
        teller.live(200.0)
        teller.work(6.0)
        teller.note("No answer. Solved with what we know; the customer can reopen it.")

    def _solve(self) -> None:
        teller = self.teller
        if teller.story.first_replied_at and self.chance(0.25):
            teller.work(self.rest * 0.5)
        files = (self.situation.ours,) if self.situation.ours else ()
        teller.solve(sentence(self.words.solution(teller.at, teller.agent)), files)

    def _aftermath(self) -> None:
        """Thanks, silence, or it was not settled after all."""
        teller, words = self.teller, self.words
        if self.chance(0.05):
            teller.live(20.0)
            teller.receive(words.short("reopen"))
            teller.work(self.rest)
            self._letter(words.holding(teller.at, teller.agent), late=True)
            teller.work(self.rest)
            self._solve()
        elif self.chance(0.07):
            teller.live(6.0)
            teller.receive(words.short("thanks"))
            teller.work(0.8)
            teller.close("customer", teller.by_agent)
            return
        teller.fall_silent()

    def same_again(self, other: Story) -> None:
        """The customer wrote twice; the agent sees it and puts the two together."""
        teller = self.teller
        teller.story.subject = other.subject
        teller.open(self.words.short("chase"), "", (), ())
        teller.acknowledge()
        teller.assign()
        teller.work(0.4)
        teller.merge_into(other)

    def long_runner(self) -> None:
        """Three hundred letters about one building site: what a page has to bear."""
        teller, words = self.teller, self.words
        self._open()
        teller.acknowledge()
        teller.assign()
        for turn in range(LONG_RUNNER_LETTERS // 2):
            teller.work(1.5)
            self._letter(words.query(teller.at, teller.agent) if turn % 2 else words.holding(teller.at, teller.agent))
            teller.pause("pending")
            teller.live(4.0)
            teller.receive(words.answer() if turn % 2 else words.short("chase"))
            if turn % 10 == 9:
                teller.note(words.note())
        teller.work(self.rest)
        self._solve()
        teller.fall_silent()
