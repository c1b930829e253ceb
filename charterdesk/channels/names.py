"""A real DNS server for tests: it answers over UDP what the test says, and that there is no such name for the rest."""

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Zone = Mapping[tuple[str, str], Sequence[str]]
"""By name and type: the answers, as they stand in a zone file."""


@contextmanager
def running_names(zone: Zone) -> Iterator[int]:
    """The port on this machine at which `zone` is told while the block runs."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.settimeout(0.1)
        over = threading.Event()
        thread = threading.Thread(target=_answer_all, args=(listening, zone, over), daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            over.set()
            thread.join(5)


def _answer_all(listening: socket.socket, zone: Zone, over: threading.Event) -> None:
    while not over.is_set():
        try:
            wire, who = listening.recvfrom(4096)
        except TimeoutError:
            continue
        listening.sendto(_answer(wire, zone), who)


def _answer(wire: bytes, zone: Zone) -> bytes:
    question = dns.message.from_wire(wire)
    answer = dns.message.make_response(question)
    answer.flags |= dns.flags.RA
    asked = question.question[0]
    name, kind = asked.name.to_text(omit_final_dot=True).lower(), asked.rdtype.name
    if found := zone.get((name, kind)):
        answer.answer.append(dns.rrset.from_text(asked.name, 60, "IN", kind, *found))
    elif not any(known == name for known, _kind in zone):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer.to_wire()
