"""The demo's help centre says the same in every language, and the questions that measure search have answers."""

import tomllib
from pathlib import Path

from charterdesk.ops.demo.knowledge import CONTENT, LANGUAGES, texts_by_key

QUESTIONS = Path(__file__).parents[4] / "bench" / "questions.toml"


def _audiences() -> dict[str, str]:
    told = tomllib.loads((CONTENT / "help.toml").read_text(encoding="utf-8"))
    return {each["key"]: each.get("audience", "public") for each in told["article"]}


def test_what_customers_may_read_is_there_in_every_language():
    audiences, said = _audiences(), texts_by_key()

    assert set(said) == set(audiences)
    assert [
        key for key, audience in audiences.items() if audience != "staff" and set(said[key]) != set(LANGUAGES)
    ] == []


def test_every_question_is_answered_by_what_a_visitor_may_read():
    asked = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
    audiences = _audiences()

    assert {code: len(each) for code, each in asked.items()} == dict.fromkeys(LANGUAGES, 40)
    assert {audiences[key] for each in asked.values() for one in each for key in one["answers"]} == {"public"}
