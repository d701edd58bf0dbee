"""Texts that try to become script: known ones, and as many as wanted made by mixing their parts."""

from __future__ import annotations

import random
from collections.abc import Iterator

KNOWN = [
    "<script>hacked=1</script>",
    "<img src=x onerror=hacked=1>",
    "<svg onload=hacked=1>",
    "<svg><script>hacked=1</script></svg>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "<body onload=hacked=1>",
    "<details open ontoggle=hacked=1>x</details>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=hacked=1>",
    "<noscript><p title='</noscript><img src=x onerror=hacked=1>'>",
    "<template><img src=x onerror=hacked=1></template>",
    "<object data='javascript:hacked=1'></object>",
    "<embed src='data:text/html,<script>hacked=1</script>'>",
    "<base href='javascript:/'>",
    "<link rel=stylesheet href='data:text/css,*{}'>",
    "<meta http-equiv=refresh content='0;url=javascript:hacked=1'>",
    "<input autofocus onfocus=hacked=1>",
    "<marquee onstart=hacked=1>x</marquee>",
    "<video><source onerror=hacked=1></video>",
    "<style>@import 'javascript:hacked=1'</style>",
    "<a href='javascript:hacked=1'>x</a>",
    '"><script>hacked=1</script>',
    "';hacked=1;//",
    "</textarea><script>hacked=1</script>",
    "--><script>hacked=1</script><!--",
    "]]><script>hacked=1</script>",
    "[x](javascript:hacked=1)",
    "[x](JaVaScRiPt:hacked=1)",
    "[x](java\tscript:hacked=1)",
    "[x](\x01javascript:hacked=1)",
    "[x](javascript&colon;hacked=1)",
    "[x](javascript://example.org/%0ahacked=1)",
    "[x](vbscript:hacked=1)",
    "[x](data:text/html;base64,PHNjcmlwdD5oYWNrZWQ9MTwvc2NyaXB0Pg==)",
    "[x](blob:https://example.org/1)",
    "[x](file:///etc/passwd)",
    "[x](http://example.org/)",
    "[x](//example.org)",
    "[x](https://user:pass@example.org)",
    '[x](https://example.org/"onmouseover=hacked=1)',
    "[<img src=x onerror=hacked=1>](https://example.org/)",
    "**<svg onload=hacked=1>**",
    "**[x](javascript:hacked=1)**",
    "[**x**](javascript:hacked=1)",
    "- <img src=x onerror=hacked=1>\n- [x](javascript:hacked=1)",
    '[x](tel:1"onclick=hacked=1)',
    "[x](mailto:a@example.org?body=<script>hacked=1</script>)",
    "![x](javascript:hacked=1)",
    "<https:javascript:hacked=1>",
    "{{constructor.constructor('hacked=1')()}}",
    "${hacked=1}",
    "\u202ejavascript:hacked=1",
    "\x00<script>hacked=1</script>",
    "＜script＞hacked=1＜/script＞",
    "%3Cscript%3Ehacked=1%3C/script%3E",
    "&lt;script&gt;hacked=1&lt;/script&gt;",
    "<ScRiPt SrC=//example.org/x.js></sCrIpT>",
]
PARTS = [
    *(
        "<",
        ">",
        "</",
        "/>",
        '"',
        "'",
        "`",
        "&",
        "&#x6a;",
        "&colon;",
        "%0a",
        "\n",
        "\n\n",
        "\t",
        "\x00",
        "\u2028",
        "\u202e",
        " ",
    ),
    *("script", "img", "svg", "iframe", "a", "math", "style", "object", "form", "button", "template", "p", "b"),
    *(" src=x", " href=", " onerror=hacked=1", " onload=hacked=1", " onclick=hacked=1", " style=x", " is=guide-chat"),
    *("javascript:hacked=1", "JAVASCRIPT:hacked=1", "data:text/html,", "vbscript:x", "https://example.org/", "tel:911"),
    *("mailto:a@example.org", "http://example.org", "blob:x", "file:///x", "about:blank", "ftp://example.org"),
    *("[", "]", "(", ")", "[x](", "](", "**", "- ", "* ", "# ", "!", "\\", "hacked=1", "words", "é", "ミリア", "🙂"),
]


def payloads(count: int, seed: int = 6) -> Iterator[str]:
    """Return `count` texts, the same ones for the same seed; the known ones come first."""
    mixing = random.Random(seed)
    yield from KNOWN[:count]
    for _ in range(count - len(KNOWN)):
        parts = [mixing.choice(PARTS) for _ in range(mixing.randint(1, 12))]
        if mixing.random() < 0.3:
            parts.insert(mixing.randrange(len(parts) + 1), mixing.choice(KNOWN))
        yield "".join(parts)
