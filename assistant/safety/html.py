"""The few pieces of HTML that the page for review is made of: no script, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from hashlib import blake2b
from html import escape

STYLE = """
body { font: 11pt/1.45 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #111 }
h1, h2, h3, h4 { font-family: system-ui, sans-serif; line-height: 1.2; break-after: avoid }
h2 { border-bottom: 2px solid #111; margin-top: 2.5rem; padding-bottom: .2rem }
h3 { margin: 1.6rem 0 .3rem }
h4 { margin: .7rem 0 .1rem; font-size: .85rem; color: #444 }
p, ul { margin: .3rem 0 }
table { border-collapse: collapse; width: 100%; font-size: .85rem }
th, td { border: 1px solid #999; padding: .25rem .4rem; text-align: left; vertical-align: top }
.small, .sources { font-size: .8rem; color: #333 }
.review { border: 1px solid #111; padding: .4rem .6rem; margin: .5rem 0; break-inside: avoid;
  font: .8rem/1.7 system-ui, sans-serif }
.review .line { border-bottom: 1px solid #999; height: 1.5rem }
a { color: #004a8f }
@page { size: A4; margin: 18mm 16mm }
@media print {
  body { margin: 0; max-width: none; font-size: 10pt }
  h2 { break-before: page }
  tr, li { break-inside: avoid }
  a { color: inherit; text-decoration: none }
  ul.sources a::after { content: " (" attr(href) ")"; word-break: break-all }
}
"""
_LINK = re.compile(r"\[([^\[\]]*)\]\(((?:https://|tel:|mailto:)[^()\s]*)\)")
_STRONG = re.compile(r"\*\*(.+?)\*\*")


def mark(words: str) -> str:
    """Return the short fingerprint under which a reviewer finds out later whether a text is still the one signed."""
    return blake2b(words.encode(), digest_size=4).hexdigest()


def prose(text: str) -> str:
    """Return a text in the small markdown subset as HTML: paragraphs, `-` lists, strong words and links."""
    parts = []
    for paragraph in text.strip().split("\n\n"):
        lines = paragraph.split("\n")
        if all(line.startswith("- ") for line in lines):
            parts.append(f"<ul>{''.join(f'<li>{inline(line[2:])}</li>' for line in lines)}</ul>")
        else:
            parts.append(f"<p>{inline(' '.join(lines))}</p>")
    return "".join(parts)


def inline(text: str) -> str:
    """Return one line of the subset as HTML."""
    return _LINK.sub(r'<a href="\2">\1</a>', _STRONG.sub(r"<strong>\1</strong>", escape(text)))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; the cells are HTML."""
    heads = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def to_sign(what: str, fingerprint: str) -> str:
    """Return the place to tick, to comment and to sign for one item."""
    return (
        f'<div class="review"><strong>{escape(what)}</strong> (fingerprint {fingerprint})<br>'
        "☐ correct as it stands &nbsp; ☐ change wanted &nbsp; ☐ must not be said<br>"
        'Initials: ____________ &nbsp; Date: ____________<br>Comment: <div class="line"></div></div>'
    )


def nested(node: object, without: Container[str] = ()) -> str:
    """Return data of any shape as lists within lists, under its own names, but for those in `without`."""
    if isinstance(node, dict):
        shown = {str(key): nested(value, without) for key, value in node.items() if key not in without}
        return (
            f"<ul>{''.join(f'<li><strong>{escape(key)}:</strong> {value}</li>' for key, value in shown.items())}</ul>"
        )
    if isinstance(node, list):
        if all(not isinstance(entry, (dict, list)) for entry in node):
            return escape(", ".join(map(str, node)))
        return f"<ul>{''.join(f'<li>{nested(entry, without)}</li>' for entry in node)}</ul>"
    return inline(str(node))
