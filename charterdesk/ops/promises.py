"""`charterdesk promises check`: reckon every promise again from the log, and compare it with what is stored."""

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module

import django

from charterdesk.ops.database import open_database

AT_ONCE = 500


def main(argv: Sequence[str]) -> int:
    """Compare and tell; code 1 where a clock differs from the log. The desk may run, nothing is changed."""
    parser = argparse.ArgumentParser(prog="charterdesk promises", description=__doc__)
    parser.add_argument("what", choices=["check"], help="compare the clocks with the log")
    parser.add_argument("--last", type=int, metavar="N", help="the N newest tickets only")
    parser.add_argument("--json", action="store_true", help="each difference as one line of JSON")
    given = parser.parse_args(argv)
    with open_database():
        django.setup()
        return _check(given.last, as_json=given.json)


def _check(last: int | None, *, as_json: bool) -> int:
    replay = import_module("charterdesk.sla.replay")  # needs Django set up, as we are not when imported
    promises = import_module("charterdesk.sla.models").Promise.objects.order_by("-pk").values_list("pk", flat=True)
    wanted = promises[:last] if last else promises
    wrong = 0
    for one in replay.compare_all(wanted.iterator(AT_ONCE)):
        wrong += 1
        if as_json:
            json.dump(vars(one), sys.stdout, default=str)
            print()
        else:
            name = one.kind if one.round == 1 else f"{one.kind} {one.round}"
            print(f"ticket:{one.ticket_id} {name} {one.field}: {one.stored} is stored, {one.reckoned} by the log")
    for answer in import_module("charterdesk.sla.waits").compare_waits(last):
        wrong += 1
        if as_json:
            json.dump(vars(answer), sys.stdout, default=str)
            print()
        else:
            print(f"{answer.about} answer {answer.field}: {answer.stored} is stored, {answer.reckoned} by the log")
    print(f"{wanted.count()} tickets reckoned again, {wrong} differences", file=sys.stderr)
    return 1 if wrong else 0
