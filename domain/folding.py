"""Folding: how two spellings of a Vietnamese name are seen to be the same.

Case, tone marks, tone placement (hoà/hòa), đ/d, dashes, punctuation and spaces do not matter. `Đ` has no
decomposition in Unicode, so it is spelled out.
"""

import re
import unicodedata

_APART = re.compile(r"[^a-z0-9&]+")


def fold(text: str) -> str:
    """'Kế hoạch – tài chính' and 'KẾ HOẠCH-TÀI CHÍNH' both give 'ke hoach tai chinh'."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return _APART.sub(" ", letters).strip()
