"""How a name is compared with a wording: word by word, where an abbreviation stands for the words it is made of.

No abbreviation is listed. A name is spelled as items: a whole word is itself, a letter of an abbreviation
stands for any word that begins with it. So "Phòng GD&ĐT", "PGDĐT" and "Phòng Giáo dục và Đào tạo" agree,
and the search key of all three is the same string of first letters.
"""

import re
import unicodedata

from domain.folding import fold

Items = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_JOINS = frozenset({"va"})


def spelled(name: str) -> Items:
    """'Phòng GD&ĐT' → ('phong', 'G', 'D', 'D', 'T'); 'và' and '&' are no items."""
    plain = unicodedata.normalize("NFC", name)
    words = _WORD.findall(plain)
    shouted = plain == plain.upper() and len(words) > 1
    items: list[str] = []
    for word in words:
        bare = fold(word)
        if not bare or bare in _JOINS:  # a mark without a letter is no word
            continue
        items += list(bare.upper()) if _is_abbreviation(word, bare, shouted) else [bare]
    return tuple(items)


def _is_abbreviation(word: str, bare: str, shouted: bool) -> bool:
    """Capitals throughout; where everything is in capitals, what cannot be spoken ('GD', 'THCS')."""
    if len(word) < 2 or not word.isupper():
        return False
    return not (shouted and _SYLLABLE.fullmatch(bare))


def key(items: Items) -> str:
    """First letters: equal for all spellings of one name."""
    return "".join(item[0].lower() for item in items)


def agree(one: Items, other: Items) -> bool:
    """Item by item the same word, or a letter and a word that begins with it."""
    return len(one) == len(other) and all(map(_same, one, other))


def begins(name: Items, beginning: Items) -> bool:
    return agree(name[: len(beginning)], beginning)


def _same(one: str, other: str) -> bool:
    if one.isupper() or other.isupper():
        return one[0].lower() == other[0].lower()
    return one == other


def beginnings(name: str) -> tuple[Items, ...]:
    """What a name may be grouped under: 'Trường TH&THCS Nam Khê' is a 'Trường TH' and a 'Trường THCS'."""
    head, *rest = name.split(maxsplit=1)
    parts = re.split(r"\s*&\s*|\s+và\s+", rest[0]) if rest else []
    return (spelled(name), *(spelled(f"{head} {part}") for part in parts[1:]))


def place_words(office: str, place: str) -> frozenset[str]:
    """Words by which the office's own area is named: the place, and the two words before it that say what it is
    ('thành phố Uông Bí' → thanh, pho, uong, bi). A unit's name may or may not end with them."""
    words, area = fold(office).split(), fold(place).split()
    for at in range(len(words) - len(area), -1, -1):
        if area and words[at : at + len(area)] == area:
            return frozenset(words[max(0, at - 2) : at + len(area)])
    return frozenset(area)


def without_place(items: Items, place: frozenset[str]) -> Items:
    """'Công an quận' in the quận's own tree is 'Công an'. Two items always stay."""
    end = len(items)
    while end > 2 and items[end - 1] in place:
        end -= 1
    return items[:end]
