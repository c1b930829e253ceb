"""The supervisor, with real children: logs in one stream, restarts with a pause, a clean end, nothing left behind."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from charterdesk.ops.logs import Printer
from charterdesk.ops.supervisor import Part, Supervisor

ROOT = Path(__file__).resolve().parents[3]
STAY = "import time; print('here', flush=True); time.sleep(60)"


def part(name: str, script: str, **more) -> Part:
    return Part(name, lambda: os.execv(sys.executable, [sys.executable, "-c", script]), **more)


def supervisor(*parts: Part, as_json: bool = False, **more) -> tuple[Supervisor, io.StringIO]:
    said = io.StringIO()
    printer = Printer(as_json=as_json, stream=said)
    return Supervisor(parts, printer=printer, **more), said


def step_until(supervisor: Supervisor, holds: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        supervisor.step()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_what_the_parts_say_stands_in_one_stream_under_their_names():
    desk, said = supervisor(
        part("web", "print('one\\ntwo', flush=True); print('thr', end='', flush=True)"), part("worker", STAY)
    )

    step_until(desk, lambda: all(word in said.getvalue() for word in ("one", "two", "here", "ended")))
    desk.stop()

    lines = [line.split(" ", 1)[1] for line in said.getvalue().splitlines()]
    assert "web      | one" in lines
    assert "web      | two" in lines
    assert "worker   | here" in lines


def test_json_logs_are_one_object_a_line_and_keep_what_a_part_says_in_json():
    spoken = json.dumps({"level": "warning", "text": "slow"})
    desk, said = supervisor(part("web", f"print('plain'); print({spoken!r}, flush=True)"), as_json=True)

    step_until(desk, lambda: "slow" in said.getvalue())
    desk.stop()

    plain, structured = [json.loads(line) for line in said.getvalue().splitlines() if "died" not in line][:2]
    assert (plain["part"], plain["text"]) == ("web", "plain")
    assert (structured["part"], structured["level"], structured["text"]) == ("web", "warning", "slow")


def test_a_part_that_dies_starts_again_and_the_others_do_not_notice():
    desk, said = supervisor(part("web", STAY), part("worker", STAY))
    web, worker = desk.parts
    step_until(desk, lambda: said.getvalue().count("here") == 2)
    assert web.process and worker.process
    untouched, killed = worker.process.pid, web.process.pid

    web.process.kill()
    step_until(desk, lambda: said.getvalue().count("here") == 3)

    assert worker.process.pid == untouched
    assert web.process.pid != killed
    assert "web was killed by signal 9" in said.getvalue()
    desk.stop()


def test_a_part_that_keeps_dying_waits_longer_each_time():
    desk, said = supervisor(part("web", "import sys; sys.exit(3)"))

    step_until(desk, lambda: desk.parts[0].failures == 4)
    desk.stop()

    pauses = [line.rpartition(" in ")[2] for line in said.getvalue().splitlines() if "ended with code 3" in line]
    assert pauses == ["0.2 s", "0.4 s", "0.8 s", "1.6 s"]


def test_ready_is_told_once_when_every_part_is():
    told, answers = [], iter([False, False, True])
    desk, _said = supervisor(
        part("web", STAY, ready=lambda: next(answers)), part("mail", STAY), on_ready=lambda: told.append(1)
    )

    desk.step()
    assert told == []
    step_until(desk, lambda: told != [])
    desk.step()
    desk.stop()

    assert told == [1]


def test_a_part_that_comes_after_another_starts_when_that_one_works_or_has_failed():
    works = iter([False, False, True])
    web, broken = part("web", STAY, ready=lambda: next(works)), part("broken", "import sys; sys.exit(3)")
    later, even_so = part("worker", STAY, after=web), part("mail", STAY, after=broken)
    desk, _said = supervisor(web, broken, later, even_so)

    desk.step()
    desk.step()
    assert later.process is None
    step_until(desk, lambda: later.running and even_so.running)
    desk.stop()


def test_stopping_asks_politely_and_waits_for_the_work_under_way():
    finishing = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: (time.sleep(1), print('finished', flush=True), sys.exit(0)))\n"
        "print('here', flush=True); time.sleep(60)"
    )
    desk, said = supervisor(part("worker", finishing))
    step_until(desk, lambda: "here" in said.getvalue())

    desk.stop()

    assert "finished" in said.getvalue()
    assert not desk.parts[0].running


def test_a_part_that_will_not_end_is_killed(monkeypatch):
    monkeypatch.setattr("charterdesk.ops.supervisor.STOP_SECONDS", 0.5)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); time.sleep(60)"
    )
    desk, said = supervisor(part("worker", deaf))
    step_until(desk, lambda: "here" in said.getvalue())

    desk.stop()

    assert not desk.parts[0].running
    assert "worker does not end; killing it" in said.getvalue()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_however_the_supervisor_ends_no_part_stays_behind(number: signal.Signals):
    script = (
        "import os, sys; from charterdesk.ops.logs import Printer; from charterdesk.ops.supervisor import *\n"
        f"part = Part('web', lambda: exec({STAY!r}))\n"
        "Supervisor([part], printer=Printer(as_json=False),\n"
        "    on_ready=lambda: print('pid', part.process.pid, flush=True)).run()"
    )
    child = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    pid = int(next(line for line in child.stdout if line.startswith("pid")).split()[1])

    child.send_signal(number)
    child.wait(20)

    deadline = time.monotonic() + 20
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)
    child.stdout.close()
