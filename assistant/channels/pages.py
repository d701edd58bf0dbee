"""Serves the widget and the pages, with a policy that lets them load nothing from anywhere else."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from assistant import site
from assistant.files import ROOT

WIDGET = ROOT / "widget"
SCRIPT = WIDGET / "dist" / "widget.js"
PAGE = WIDGET / "page.html"
LABEL_PAGE = WIDGET / "check.html"
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'"
)


def add_routes(routes: Blueprint) -> None:
    """Add the files of the pages and what the widget asks of the site's settings."""
    _serve(routes, SCRIPT)
    for path in sorted(WIDGET.glob("*.*")):
        if path.suffix in TYPES and path not in (PAGE, LABEL_PAGE):
            _serve(routes, path)
    routes.add_route(_site, "/site.json", methods=["GET", "OPTIONS"])


def page() -> HTTPResponse:
    """Return the demonstration page."""
    return _file(PAGE)


def label_page() -> HTTPResponse:
    """Return the page that reads a pasted label."""
    return _file(LABEL_PAGE)


def _serve(routes: Blueprint, path: Path) -> None:
    async def serve(request: Request) -> HTTPResponse:
        return _file(path, "gzip" in str(request.headers.get("Accept-Encoding", "")))

    routes.add_route(serve, f"/{path.name}", methods=["GET", "OPTIONS"], name=f"file_{path.stem}_{path.suffix[1:]}")


def _file(path: Path, packed: bool = False) -> HTTPResponse:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    headers["Vary"] = "Origin, Accept-Encoding"
    body = path.read_bytes()
    if packed:
        headers["Content-Encoding"] = "gzip"
        body = _pack(body)
    return raw(body, headers=headers, content_type=f"{TYPES[path.suffix]}; charset=utf-8")


@lru_cache(maxsize=32)
def _pack(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


async def _site(_: Request) -> HTTPResponse:
    settings = site.load()
    emergency = settings.words["emergency_number"]
    return json({"name": settings.name, "accent": settings.colors.accent, "emergency": emergency})
