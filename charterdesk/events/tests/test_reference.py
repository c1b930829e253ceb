"""The page of events is what the code says."""

from pathlib import Path

from charterdesk.events.log import known_codes
from charterdesk.events.reference import as_markdown

PAGE = Path(__file__).resolve().parents[3] / "docs" / "integrators" / "events.md"


def test_the_page_for_integrators_is_what_the_code_says():
    assert PAGE.read_text() == as_markdown(), "run: charterdesk events > docs/integrators/events.md"


def test_what_kinds_of_events_share_is_not_offered_as_one_that_happens():
    assert [code for code in known_codes() if code.endswith(".event")] == []
