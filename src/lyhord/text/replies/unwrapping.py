"""Where a link leads when the mail guards' wrapping is undone, and how a person is shown it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

LONGEST: Final = 4_000
LAYERS: Final = 4
_V3: Final = re.compile(r"/v3/__(.{1,3900}?)__;", re.DOTALL)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]{1,10}:/{1,2}", re.IGNORECASE)


def unwrapped(url: str) -> str:
    """The link within Safe Links, URL Defense, Link Protect and their kin, layer by layer; else the link."""
    for _ in range(LAYERS):
        inner = _inner(url[:LONGEST])
        if not inner:
            return url
        url = inner
    return url


def shown(url: str) -> str:
    """The link without scheme and closing slash, and with its host's punycode read: ``rådgivning.se/boka``."""
    target = _SCHEME.sub("", unwrapped(url), count=1)
    host, slash, rest = target.partition("/")
    return (".".join(map(_read_label, host.split("."))) + slash + unquote(rest)).rstrip("/")


def host_of(url: str) -> str:
    """The host in lower case, without ``www.``; empty where the link cannot be read."""
    try:
        return (urlsplit(url if _SCHEME.match(url) else f"https://{url}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _read_label(label: str) -> str:
    if not label.lower().startswith("xn--") or len(label) > 63:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError):
        return label


def _inner(url: str) -> str:
    host = host_of(url)
    read = next((read for guard, read in _GUARDS if host == guard or host.endswith("." + guard)), None)
    found = read(url) if read else ""
    return found if found.lower().startswith(("http://", "https://", "www.")) else ""


def _parameter(name: str) -> Callable[[str], str]:
    def read(url: str) -> str:
        try:
            return parse_qs(urlsplit(url).query, max_num_fields=50).get(name, [""])[0]
        except ValueError:
            return ""

    return read


def _url_defense(url: str) -> str:
    if found := _V3.search(url):
        return _with_two_slashes(found[1])
    written = _parameter("u")(url)
    return unquote(written.replace("-", "%").replace("_", "/")) if "/v2/" in url else written


def _with_two_slashes(url: str) -> str:
    return re.sub(r"^(https?:/)(?!/)", r"\1/", url)


_GUARDS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("safelinks.protection.outlook.com", _parameter("url")),
    ("urldefense.com", _url_defense),
    ("urldefense.us", _url_defense),
    ("urldefense.proofpoint.com", _url_defense),
    ("linkprotect.cudasvc.com", _parameter("a")),
    ("google.com", lambda url: _parameter("q")(url) or _parameter("url")(url) if "/url?" in url else ""),
    ("protection.sophos.com", _parameter("u")),
    ("safeweb.norton.com", _parameter("url")),
)
