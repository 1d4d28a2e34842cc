"""Where `?next=` may lead: to a page of this site and nowhere else."""

import re
from urllib.parse import urlsplit

_PLAIN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def local_path(wanted: str) -> str:
    """The path if it is one of ours, else "/". Browsers read `//host`, `/\\host` and a tab or newline after
    the slash as another site, and control characters could end a header."""
    if not _PLAIN.fullmatch(wanted):
        return "/"
    parts = urlsplit(wanted)
    return "/" if parts.scheme or parts.netloc else wanted
