"""The page that reads a pasted label, and the call behind it. Nothing of a label is kept, nor written to any log."""

from __future__ import annotations

from functools import partial

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, redirect

from assistant import ingredients
from assistant.channels import pages, requests
from assistant.channels.errors import wrong_method
from assistant.channels.limits import Limit

# One check of the longest label takes less than a tenth of a second; a person pastes a label every few seconds.
MOST_CHECKS = 60  # a minute, from one address
CALL, PAGE = "/check", "/check/"


class Labels:
    """The routes at /chat/check: a page for people, and a call that needs no session."""

    def __init__(self) -> None:
        self.limit = Limit(MOST_CHECKS)

    def add_routes(self, routes: Blueprint) -> None:
        """Add the page and the call."""

        async def check(request: Request) -> HTTPResponse:
            return self._check(request)

        # Without strict_slashes the address with its slash would be left to the route that takes what is not there.
        add = partial(routes.add_route, strict_slashes=True)
        add(check, CALL, methods=["POST", "OPTIONS"], name="check")
        add(_to_page, CALL, methods=["GET"], name="check_to_page")
        add(_wrong_method, CALL, methods=["PUT", "PATCH", "DELETE"], name="check_wrongly")
        add(_page, PAGE, methods=["GET", "OPTIONS"], name="check_page")
        add(_wrong_method, PAGE, methods=["POST", "PUT", "PATCH", "DELETE"], name="check_page_wrongly")

    def _check(self, request: Request) -> HTTPResponse:
        self.limit.count(request)
        return json(ingredients.details(requests.label(request)))


async def _wrong_method(_: Request) -> HTTPResponse:
    raise wrong_method()


async def _to_page(request: Request) -> HTTPResponse:
    return redirect(f"{request.path}/")


async def _page(_: Request) -> HTTPResponse:
    return pages.label_page()
