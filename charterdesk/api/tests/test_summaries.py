"""What operations are called: by words a person would look for, each its own."""

from collections import Counter

from charterdesk.api.summaries import SUMMARIES, described_by
from charterdesk.api.urls import api

OPERATIONS = [details for methods in api.described()["paths"].values() for details in methods.values()]


def test_every_operation_is_called_by_words_of_its_own():
    names = Counter(details["summary"] for details in OPERATIONS)

    assert [name for name, count in names.items() if count > 1] == []
    bare = [name for name in names if len(name.split()) < 2 or name.split()[1:] in (["one"], ["many"], ["it"])]
    assert bare == []
    assert [name for name in names if len(name) > 70 or name[0] != name[0].upper() or "`" in name] == []


def test_no_summary_is_left_of_an_operation_that_is_gone():
    assert set(SUMMARIES) - {details["operationId"] for details in OPERATIONS} == set()


def test_what_an_operation_costs_the_database_is_not_told_to_integrators():
    def both() -> None:
        """Send it. All of it; about a dozen statements. Two statements, some more
        for others. Then it is gone."""

    assert described_by(both) == "Send it. All of it. Then it is gone."
    assert not [each["operationId"] for each in OPERATIONS if "statement" in each["description"]]
