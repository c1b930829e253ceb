"""`charterdesk doctor`: what is wrong with this set-up, and how to mend it."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict

from charterdesk import settings_table
from charterdesk.ops.checks import database, machine, outside
from charterdesk.ops.checks import settings as given
from charterdesk.ops.checks.finding import Check, Finding

CHECKS: tuple[Check, ...] = (
    given.check_values,
    given.check_env_file,
    given.check_addresses,
    given.check_certificate,
    given.check_secret_key,
    machine.check_data_folder,
    machine.check_ports,
    machine.check_clock,
    machine.check_front_end,
    database.check_database,
    machine.check_file_storage,
    outside.check_public_address,
    outside.check_relay,
    outside.check_dkim,
)
MARKS = {"good": "ok  ", "note": "note", "bad": "BAD "}


def main(argv: Sequence[str]) -> int:
    """Look at everything and tell; code 1 where something does not work."""
    parser = argparse.ArgumentParser(prog="charterdesk doctor", description=__doc__)
    parser.add_argument("--json", action="store_true", help="findings as JSON")
    as_json = parser.parse_args(argv).json
    settings_table.load_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charterdesk.settings")
    found = examine()
    if as_json:
        json.dump([asdict(finding) for finding in found], sys.stdout, indent=2)
        print()
    else:
        print("\n".join(_lines(found)))
    return 1 if any(finding.level == "bad" for finding in found) else 0


def examine() -> list[Finding]:
    """All findings. A check that needs a setting that can't be read is left out: that setting is reported."""
    found: list[Finding] = []
    for check in CHECKS:
        try:
            found.extend(check())
        except settings_table.BadSetting:
            continue
    return found


def _lines(found: Sequence[Finding]) -> list[str]:
    lines = []
    for finding in found:
        lines.append(f"{MARKS[finding.level]} {finding.subject}: {finding.text}")
        if finding.mend:
            lines.append(f"       -> {finding.mend}")
    wrong = sum(finding.level == "bad" for finding in found)
    notes = sum(finding.level == "note" for finding in found)
    return [*lines, "", f"{wrong} wrong, {notes} to look at, {len(found) - wrong - notes} well"]
