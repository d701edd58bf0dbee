"""Payloads that no platform would send, signed as if it had: valid ones with a part changed, and anything at all."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tests.channels.simulated.senders import Post, Sender

STRANGE: list[Any] = [
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 2**70, 1.5, -0.0, 1e308),
    *("", " ", "x" * 5000, "\x00", "\ud83d", "😀" * 300, "שלום", "\u202eabc", "e\u0301" * 400, "/restart", "1", "<b>&"),
    *([], {}, [[]], [None], {"a": None}, [[[[[[]]]]]], {"text": "x"}, {"id": 5}),
]


def generated(sender: Sender, count: int, seed: int = 7) -> Iterator[Post]:
    """Yield `count` signed payloads; the same ones for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        valid = [sender.text("how long", number), sender.media(number), sender.tap("0" * 16, "Yes", number)]
        body, headers = chance.choice(valid)
        kind = headers.get("Content-Type", "")
        changed = _anything(chance) if chance.random() < 0.15 else _changed(body, kind, chance)
        if "urlencoded" in kind and sender.signed.__code__.co_argcount > 3:
            yield sender.signed(changed, kind)  # type: ignore[call-arg]
        else:
            yield sender.signed(changed)


def _strange(chance: random.Random) -> Any:
    # A copy: what is changed later must not change what is strange.
    return copy.deepcopy(chance.choice(STRANGE))


def _anything(chance: random.Random) -> bytes:
    return chance.choice(
        [
            chance.randbytes(chance.randrange(200)),
            json.dumps(_strange(chance)).encode(),
            b"[" * chance.randrange(5000),
            b'{"a":' * chance.randrange(3000),
            b"payload=" + chance.randbytes(20),
            b"&".join(b"a=1" for _ in range(chance.randrange(500))),
            b"%FF%FE=%00&" * chance.randrange(20),
        ]
    )


def _changed(body: bytes, kind: str, chance: random.Random) -> bytes:
    if "urlencoded" not in kind:
        return json.dumps(_other(json.loads(body), chance)).encode()
    fields: dict[str, Any] = dict(parse_qsl(body.decode(), keep_blank_values=True))
    if "payload" in fields:
        fields["payload"] = json.dumps(_other(json.loads(fields["payload"]), chance))
    else:
        name = chance.choice(list(fields))
        value = _strange(chance)
        fields[name] = value if isinstance(value, str) else json.dumps(value)
        if chance.random() < 0.2:
            del fields[chance.choice(list(fields))]
    return urlencode(fields, errors="surrogatepass").encode()


def _other(found: Any, chance: random.Random) -> Any:
    """Return `found` with one to three of its parts changed, removed or added."""
    for _ in range(chance.randrange(1, 4)):
        if not isinstance(found, (dict, list)) or not found:
            return _strange(chance)
        holder = found
        key: Any = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        while isinstance(holder[key], (dict, list)) and holder[key] and chance.random() < 0.8:
            holder = holder[key]
            key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        what = chance.random()
        if what < 0.7:
            holder[key] = _strange(chance)
        elif what < 0.9:
            del holder[key]
        elif isinstance(holder, dict):
            holder[chance.choice(["photo", "text", "entities", "x", "is_echo", "files"])] = _strange(chance)
        else:
            holder.append(_strange(chance))
    return found
