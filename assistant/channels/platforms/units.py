"""How long a text is in the units that platforms count in, and how an SMS stays in its cheap alphabet."""

from __future__ import annotations

from collections.abc import Callable

# GSM 03.38, the default alphabet of SMS and the characters that take two places in it.
GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_DOUBLE = frozenset("^{}\\[~]|€\f")
# Characters of one part and of each part of several: 3GPP TS 23.040, with a header of six bytes that joins the parts.
SEPTETS, SEPTETS_JOINED, UNITS, UNITS_JOINED = 160, 153, 70, 67

# Typographic signs that say the same in the alphabet of SMS; one of them would more than double what a message costs.
_SIMPLE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("•·●▪◦", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\t", " "),
        **dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad\u2060", ""),
        "…": "...",
        "×": "x",
        "°": " degrees ",
        "≤": "<=",
        "≥": ">=",
        "½": "1/2",
        "¼": "1/4",
        "™": "",
        "®": "",
        "©": "(c)",
    }
)


def utf16(text: str) -> int:
    """Return how many UTF-16 units `text` has."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def gsm7(text: str) -> int:
    """Return how many septets `text` has, or UTF-16 units where a character is outside of the alphabet of SMS."""
    doubles = sum(character in GSM7_DOUBLE for character in text)
    return len(text) + doubles if is_gsm7(text) else utf16(text)


def is_gsm7(text: str) -> bool:
    """Return whether all of `text` is in the alphabet of SMS."""
    return all(character in GSM7 or character in GSM7_DOUBLE for character in text)


def to_gsm7(text: str) -> str:
    """Return `text` with typographic signs made plain; other characters stay, as they say something."""
    return text.translate(_SIMPLE)


def segments(text: str) -> int:
    """Return how many SMS `text` is billed as."""
    length = gsm7(text)
    single, joined = (SEPTETS, SEPTETS_JOINED) if is_gsm7(text) else (UNITS, UNITS_JOINED)
    return 1 if length <= single else -(-length // joined)


MEASURES: dict[str, Callable[[str], int]] = {
    "characters": len,
    "utf16": utf16,
    "bytes": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "gsm7": gsm7,
}
