"""Text from before Unicode (TCVN3, VNI): recognised by its bytes or fonts, converted by viparse."""

import re

# Letters Vietnamese words are written with; what remains of TCVN3 read as Latin-1 is full of others.
_VIETNAMESE = re.compile(
    r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
_LEFTOVER = re.compile(r"[µ¸¹¶·¨®©ª«¬­¡¢£¤¥¦§¾½¼»º²±°×ØÞßëîðñóæåÊÏÑÔÖÛ]")


def to_unicode(text: str, encoding: str = "auto") -> str:
    """The same text in Unicode; text that is Unicode already comes back unchanged. Line ends are kept."""
    import viparse  # a tenth of a second: only where it is needed

    return "\n".join(
        viparse.fix(line, encoding=encoding) if line.strip() else line for line in text.split("\n")
    )


def font_encoding(font: str | None) -> str | None:
    """The old encoding a font name tells: ".VnTime" is TCVN3, "VNI-Times" is VNI; None for any other."""
    name = (font or "").lower()
    if name.startswith(".vn"):
        return "tcvn3"
    return "vni" if name.startswith("vni-") else None


def looks_legacy(text: str) -> bool:
    """Whether words read as Unicode are TCVN3 or VNI in disguise."""
    sample = text[:20_000]
    odd, right = len(_LEFTOVER.findall(sample)), len(_VIETNAMESE.findall(sample))
    return odd > 20 and odd > right
