"""Operations: actions that rules, timers and processes perform by name.

`@operation("tickets.solve")` on an action. Its first positional parameter is the row it acts on; parameters
annotated with a model are given as keys ("ticket:1042") and loaded here. An operation performed twice for the
same cause must give the same result as once.

`@operation_together("tickets.send_template")` on a second function that does the same for many rows in few
statements: what a rule calls when many events match it at once. It returns what each of them came to, in their order,
or None where none is ever skipped.

An operation that has nothing to do, or reaches nobody, returns why (see `skipped.py`), and the rule's run says so.
"""

import inspect
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from charterdesk.base.keys import Keyed, split_key
from charterdesk.events.log import Cause, HasKey, caused_by, key_of
from charterdesk.events.skipped import Skipped

Action = TypeVar("Action", bound=Callable[..., Any])
_IMPLIED = ("by",)


@dataclass(frozen=True, slots=True)
class Call:
    """One operation among many of its name: the key it acts on, by whom, with what, because of what."""

    on: str
    by: str
    args: Mapping[str, Any]
    cause: Cause


Together = Callable[[Sequence[Call]], Sequence[Any] | None]
Check = Callable[[Mapping[str, Any]], list[str]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing an operation wants to know; what a form shows a field for."""

    name: str
    annotation: Any
    required: bool
    default: Any = None

    @property
    def model(self) -> type[Keyed] | None:
        """The model whose key is wanted, or None for a plain value."""
        options = typing.get_args(self.annotation) if _is_union(self.annotation) else (self.annotation,)
        return next((o for o in options if isinstance(o, type) and issubclass(o, Keyed)), None)


@dataclass(slots=True)
class Operation:
    """An action with a name.

    `sets` is what of its subject it changes ("priority"), so that two which change the same can be told; `tells` that
    it writes to the customer ("sms" if by that alone); `leaves` that something leaves the desk; `check` names what is
    wrong with its arguments beyond their names, for whoever writes a rule; `json` are arguments that are JSON: what a
    rule puts in stays inside its quotes.
    """

    name: str
    call: Callable[..., Any]
    together: Together | None = None
    sets: str = ""
    tells: str = ""
    leaves: bool = False
    check: Check | None = None
    json: tuple[str, ...] = ()
    _parameters: tuple[Parameter, ...] = field(default=(), init=False)
    _subject: str | None = field(default=None, init=False)
    _read: bool = field(default=False, init=False)

    @property
    def doc(self) -> str:
        """The first line of the action's docstring."""
        return (inspect.getdoc(self.call) or "").partition("\n")[0]

    @property
    def subject(self) -> str | None:
        """The name of the parameter for the row it acts on; None for one that needs no row."""
        self._inspect()
        return self._subject

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All parameters but `by`, the subject's first."""
        self._inspect()
        return self._parameters

    def problems(self, args: Mapping[str, Any], *, with_subject: bool) -> list[str]:
        """What is wrong with `args`, in English, for whoever writes rules by hand; empty when all is well."""
        names = {p.name for p in self.parameters}
        given = set(args) | ({self.subject} if with_subject and self.subject else set())
        unknown = [f"{self.name} knows no {name}" for name in sorted(set(args) - names)]
        missing = [f"{self.name} needs {p.name}" for p in self.parameters if p.required and p.name not in given]
        return unknown + missing or (self.check(args) if self.check else [])

    def _inspect(self) -> None:
        """Read the signature on first use: only then are all annotated classes sure to exist."""
        if self._read:
            return
        hints = typing.get_type_hints(inspect.unwrap(self.call))
        found: list[Parameter] = []
        for p in inspect.signature(self.call).parameters.values():
            if p.kind is p.VAR_KEYWORD or p.name in _IMPLIED:
                continue
            if p.kind is p.POSITIONAL_OR_KEYWORD and not found:
                self._subject = p.name
            required = p.default is p.empty
            found.append(Parameter(p.name, hints.get(p.name, Any), required, None if required else p.default))
        self._parameters = tuple(found)
        self._read = True


_operations: dict[str, Operation] = {}


def operation(
    name: str,
    *,
    sets: str = "",
    tells: str = "",
    leaves: bool = False,
    check: Check | None = None,
    json: tuple[str, ...] = (),
) -> Callable[[Action], Action]:
    """Let rules, timers and processes perform the action below as `name` ("package.verb"); see `Operation`."""

    def register(action: Action) -> Action:
        known = _operations.get(name)
        if known and known.call.__module__ != action.__module__:
            raise TypeError(f"{name} is an operation of {known.call.__module__} already")
        _operations[name] = Operation(name, action, sets=sets, tells=tells, leaves=leaves, check=check, json=json)
        return action

    return register


def operation_together(name: str) -> Callable[[Together], Together]:
    """Let the function below perform the operation `name` for many rows at once."""

    def register(function: Together) -> Together:
        _operations[name].together = function
        return function

    return register


def is_done_together(name: str) -> bool:
    """Whether the operation `name` can be performed for many rows at once."""
    known = _operations.get(name)
    return known is not None and known.together is not None


def forget(name: str) -> None:
    """Take an operation out again; what tests do with theirs."""
    _operations.pop(name, None)


def find(name: str) -> Operation | None:
    """The operation of that name, or None."""
    return _operations.get(name)


def operations() -> list[Operation]:
    """All operations, by name."""
    return [_operations[name] for name in sorted(_operations)]


def perform(name: str, /, *, by: HasKey | str, on: Keyed | str | None = None, **args: Any) -> Any:
    """Perform the operation `name` on the row `on` (itself or its key) and return what the action returns.

    Keys are loaded: one query for each. Raises `LookupError` for an unknown operation, `TypeError` for
    arguments it does not take, the model's `DoesNotExist` for a row that is gone, and whatever the action
    raises.
    """
    known = _operations.get(name)
    if known is None:
        raise LookupError(f"no operation is called {name}")
    if on is not None and known.subject and known.subject not in args:
        args[known.subject] = on
    for parameter in known.parameters:
        value = args.get(parameter.name)
        if isinstance(value, str) and parameter.model:
            args[parameter.name] = _load(parameter.model, value)
    subject = (args.pop(known.subject),) if known.subject and known.subject in args else ()
    return known.call(*subject, by=key_of(by), **args)


def perform_all(name: str, calls: Sequence[Call]) -> list[Skipped | None]:
    """Perform the operation `name` for each of `calls`, at once where it can, and return for each why nothing was done;
    None where something was. Raises as `perform` does.
    """
    known = _operations.get(name)
    if known and known.together and len(calls) > 1:
        came_to = known.together(calls) or [None] * len(calls)
    else:
        came_to = [_perform(name, call) for call in calls]
    return [each if isinstance(each, Skipped) else None for each in came_to]


def _perform(name: str, call: Call) -> Any:
    with caused_by(call.cause):
        return perform(name, by=call.by, on=call.on or None, **call.args)


def is_there(model: type[Keyed], key: Any) -> bool:
    """Whether `key` names a row of `model`. One query, none for what is no key of one."""
    kind, _colon, number = str(key).partition(":")
    return kind == model._meta.model_name and number.isdecimal() and model._default_manager.filter(pk=number).exists()


def _load(model: type[Keyed], key: str) -> Keyed:
    """The row named by `key`. Raises `TypeError` when the key is of another kind."""
    kind, number = split_key(key)
    if kind != model._meta.model_name:
        raise TypeError(f"{key} is not a {model._meta.model_name}")
    row: Keyed = model._default_manager.get(pk=number)
    return row


def _is_union(annotation: Any) -> bool:
    return typing.get_origin(annotation) in (typing.Union, types.UnionType)
