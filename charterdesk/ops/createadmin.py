"""`charterdesk createadmin ADDRESS`: somebody who may set everything up."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from importlib import import_module

import django
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from charterdesk.base.refused import Refused
from charterdesk.ops.database import open_database
from charterdesk.ops.problems import Problem


def main(argv: Sequence[str]) -> int:
    """Create an administrator, with a password asked for or read from standard input. Raises `Problem`."""
    parser = argparse.ArgumentParser(prog="charterdesk createadmin", description=__doc__)
    parser.add_argument("address", help="their e-mail address, with which they sign in")
    parser.add_argument("--name", help="their name; unset, what stands before the @")
    parser.add_argument("--language", default="en", help="of their screens: en, de, es, fr or ar")
    parser.add_argument("--no-password", action="store_true", help="they sign in with a mailed code")
    given = parser.parse_args(argv)
    with open_database():
        django.setup()
        password = None if given.no_password else _password()
        create_administrator(given.address, given.name or given.address.partition("@")[0], password, given.language)
        import_module("charterdesk.events.wake").stop_waking()
    print(f"{given.address} is an administrator now")
    return 0


def create_administrator(address: str, name: str, password: str | None, language: str = "en") -> None:
    """Create the agent through `people`. Django must be set up. Raises `Problem` that says what to change."""
    people = import_module("charterdesk.people.actions")  # needs Django set up, as we are not when imported
    models = import_module("charterdesk.people.models")
    keys = import_module("charterdesk.base.keys")
    try:
        validate_email(address)
        if password is not None:
            validate_password(password)
        people.add_agent(
            email=address,
            name=name,
            role=models.Agent.ADMINISTRATOR,
            password=password,
            language=language,
            by=keys.SYSTEM,
        )
    except ValidationError as error:
        raise Problem(" ".join(error.messages)) from error
    except Refused as refused:
        raise Problem(refused.message) from refused


def _password() -> str:
    """Asked for twice at a terminal; else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise Problem("The two passwords differ; nothing was created.")
    return password
