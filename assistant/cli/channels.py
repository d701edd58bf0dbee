"""`channels`: register a messaging platform's webhook, or tell what is wrong with the platforms that are set up."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from assistant.channels.platforms import registering, settings
from assistant.channels.platforms.capabilities import load
from assistant.channels.platforms.interface import Interface
from assistant.channels.platforms.public import URL
from assistant.cli import CallError

Result = TypeVar("Result")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do, with which platform, and the public address."""
    commands = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    register = commands.add_parser("register", help="have a platform send its messages here")
    register.add_argument("name", choices=list(load()))
    register.add_argument("--url", help=f"the public address, without a path; {URL} by default")
    check = commands.add_parser("check", help="say what is wrong, and end with 2 where anything is")
    check.add_argument("name", choices=list(load()), nargs="?")


def run(options: argparse.Namespace) -> int:
    """Register or check; return 2 where something is wrong."""
    return _register(options) if options.what == "register" else _check(options.name)


def _register(options: argparse.Namespace) -> int:
    state = settings.state(_kind(options.name))
    platform = state.open()
    if platform is None:
        raise CallError(_why_off(state))
    url = options.url or os.environ.get(URL, "")
    try:
        print(asyncio.run(_with(lambda interface: registering.register(platform, url, interface))))
    except registering.Problem as problem:
        raise CallError(str(problem)) from problem
    return 0


def _check(name: str | None) -> int:
    states = [settings.state(_kind(name))] if name else [state for state in settings.states() if state.is_asked]
    if not states:
        print("No messaging platform is set up; docs/channels says how.")
    is_wrong = False
    for state in states:
        problems = asyncio.run(_with(partial(_problems, state)))
        is_wrong = is_wrong or bool(problems)
        for problem in problems or ["is in order."]:
            print(f"{state.kind.id}: {problem}")
    return 2 if is_wrong else 0


async def _problems(state: settings.State, interface: Interface) -> Sequence[str]:
    platform = state.open()
    if platform is None:
        return [_why_off(state)]
    return await registering.problems(platform, os.environ.get(URL, ""), interface)


def _why_off(state: settings.State) -> str:
    if state.is_asked:
        return f"{state.kind.id} is off: {state.reason}."
    names = ", ".join(setting.name for setting in state.kind.settings if not setting.optional)
    return f"{state.kind.id} is not set up: set {names}."


def _kind(name: str) -> type[settings.Platform]:
    return next(kind for kind in settings.PLATFORMS if kind.id == name)


async def _with(use: Callable[[Interface], Awaitable[Result]]) -> Result:
    interface = Interface()
    try:
        return await use(interface)
    finally:
        await interface.close()
