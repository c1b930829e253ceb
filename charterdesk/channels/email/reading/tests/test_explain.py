"""`charterdesk mail explain`, as its users run it: a process of its own."""

import json
import subprocess
import sys
from base64 import b64encode

from charterdesk.channels.email.reading.tests.making import raw_mail

COMMAND = [sys.executable, "-m", "charterdesk.channels.email.explain"]


def test_a_mail_on_standard_input_is_explained():
    done = subprocess.run(COMMAND, input=raw_mail("Hello"), capture_output=True, check=True)

    assert json.loads(done.stdout)["body_text"] == "Hello"


def test_each_line_is_answered_at_once_and_a_bad_one_does_not_stop_it():
    lines = [b64encode(raw_mail("One")), b"this is no base64", b"", b64encode(raw_mail("Two"))]
    with subprocess.Popen([*COMMAND, "--lines"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin and running.stdout
        answers = []
        for line in lines:
            running.stdin.write(line + b"\n")
            running.stdin.flush()
            answers.append(json.loads(running.stdout.readline()))  # waits for ever unless answered at once
        running.stdin.close()

    assert [answer.get("body_text") for answer in answers] == ["One", None, None, "Two"]
    assert [list(answer) for answer in answers[1:3]] == [["error"], ["error"]]
    assert running.returncode == 0


def test_explaining_needs_neither_django_nor_a_database():
    code = "import sys, charterdesk.channels.email.explain; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
