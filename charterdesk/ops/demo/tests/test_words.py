"""Every text can be said, in every language, however the dice fall."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from charterdesk.calendars.spec import read_calendar
from charterdesk.ops.demo.arrivals import Arrivals
from charterdesk.ops.demo.copying import line
from charterdesk.ops.demo.letters import Words, notes
from charterdesk.ops.demo.people import make_organisations, make_people
from charterdesk.ops.demo.phrases import LANGUAGES, TONES, Text, speech
from charterdesk.ops.demo.plots import World, tell_chunk
from charterdesk.ops.demo.situations import BY_KEY, SITUATIONS
from charterdesk.ops.demo.telling import make_stage
from charterdesk.people import cast

AT = datetime(2026, 3, 9, 10, tzinfo=UTC)
NUMBERS = dict.fromkeys(
    "agent amount amount2 reading reading2 days month date later name street district account meter phone org invoice "
    "time".split(),
    "7",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_situation_is_told_in_every_language(language):
    assert set(speech(language).wordings) == set(BY_KEY)
    assert set(speech(language).by_tone) == {"greeting", "opener", "pressure", "closing"}
    assert all(set(texts) == set(TONES) for texts in speech(language).by_tone.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_shows_how_it_was_made(language):
    dice = Random(1)
    for wording in speech(language).wordings.values():
        for text in (*wording.subjects, wording.ask, wording.query, wording.reply, wording.solution):
            for said in {text.say(dice, NUMBERS) for _ in range(12)}:
                assert said and not set("[]{}|") & set(said)
                assert "  " not in said and " ." not in said and ".." not in said


def test_every_team_that_situations_name_exists_and_has_notes():
    teams = {team.key for team in cast.TEAMS}

    assert {situation.team for situation in SITUATIONS} <= teams
    for team in teams:
        for note in notes(team):
            assert "[" not in note.say(Random(1), NUMBERS)


def test_a_choice_may_stand_within_a_choice():
    text = Text("[a [b|c]|d] end")

    assert {text.say(Random(seed), {}) for seed in range(30)} == {"a b end", "a c end", "d end"}


def test_what_a_choice_leaves_empty_leaves_no_gap():
    assert Text("Could you send it [|]?").say(Random(1), {}) == "Could you send it?"


def test_ten_thousand_letters_about_one_thing_are_not_all_the_same():
    people = make_people(60, make_organisations(), Random(2))
    dice = Random(3)
    said = {Words(people[at % 60], SITUATIONS[0], AT, dice, "").ask(by_mail=True)[0] for at in range(500)}

    assert len(said) == 500


def test_nobody_shares_an_address_or_a_number():
    people = make_people(3000, make_organisations(), Random(4))

    assert len({person.email for person in people}) == len({person.phone for person in people}) == 3000
    assert all(
        person.email.rpartition("@")[2].endswith(("example.com", "example.net", "example.org")) for person in people
    )


def test_requests_come_in_order_and_the_last_one_minutes_ago():
    arrivals, dice = Arrivals(2000, AT), Random(5)
    times = [arrivals.at(number, dice.random()) for number in range(2000)]

    assert times == sorted(times)
    assert 0 < (AT - times[-1]).total_seconds() < 300


def test_more_requests_come_on_mondays_than_on_sundays_and_many_on_the_day_of_the_burst():
    arrivals = Arrivals(5000, AT)
    times = [arrivals.at(number, 0.5) for number in range(5000)]
    days = [time.weekday() for time in times]

    assert days.count(0) > 2 * days.count(6)
    assert sum(arrivals.burst.covers(time) for time in times) > 40


def test_the_same_seed_tells_the_same_stories_whatever_was_told_before():
    people = make_people(60, make_organisations(), Random(2))
    calendar = read_calendar({"zone": cast.ZONE, "hours": cast.CALENDARS[0].hours})
    stage = make_stage(AT, {team.key: calendar for team in cast.TEAMS})
    world = World(7, 600, people, make_organisations(), Arrivals(600, AT), stage)

    alone = tell_chunk(world, 1)
    tell_chunk(world, 0)
    assert tell_chunk(world, 1) == alone
    assert tell_chunk(replace(world, seed=8), 1) != alone


def test_rows_survive_tabs_line_breaks_and_backslashes():
    assert line(["a\tb\nc\\", None, True, ['x"y'], 3]) == 'a\\tb\\nc\\\\\t\\N\tt\t{"x\\\\"y"}\t3\n'
