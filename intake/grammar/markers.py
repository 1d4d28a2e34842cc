"""How an item of an outline begins: one line a style, tried in this order."""

import re

# A style is what two items of the same level share; `intake.outline` compares styles, never values.
STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(r"(?:phần|chương|mục)\s+(?:thứ\s+\w+|[ivxlc]+|\d+)\b[.:]?", re.IGNORECASE)),
    (  # a title in capitals without a number: nothing of it is a marker
        "section",
        re.compile(
            r"(?=(?:MỤC TIÊU|MỤC ĐÍCH(?:,? YÊU CẦU)?|CHỈ TIÊU|NHIỆM VỤ(?:(?:,| VÀ) GIẢI PHÁP)?|GIẢI PHÁP"
            r"|NỘI DUNG(?: THỰC HIỆN)?|KINH PHÍ(?: THỰC HIỆN)?|TỔ CHỨC THỰC HIỆN|PHÂN CÔNG NHIỆM VỤ"
            r"|CHẾ ĐỘ BÁO CÁO)\s*:?\s*$)"
        ),
    ),
    ("step", re.compile(r"bước\s+\d{1,2}\s*[.:]\s*(?=\S)", re.IGNORECASE)),
    (
        "nth",  # "Thứ Hai, 07/6" is a day of the week
        re.compile(
            r"(?:[Mm]ột|[Hh]ai|[Bb]a|[Bb]ốn|[Nn]ăm|[Ss]áu|[Bb]ảy|[Tt]ám) là\s*[,:]\s*(?=\S)"
            r"|[Tt]hứ (?:nhất|hai|ba|tư|năm|sáu)\s*,\s*(?=[^\W\d])(?!ngày|thứ)"
        ),
    ),
    ("article", re.compile(r"điều\s+\d+\s*[.:]?(?=\s)", re.IGNORECASE)),
    ("roman", re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})\s*(?:[.)]|[/:–-]\s)\s*(?=\S)")),
    ("decimal3", re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?(?:\s+|(?=[^\W\d]))")),
    ("decimal2", re.compile(r"\d{1,2}\.\d{1,2}(?:[-–]\s+|\.?(?:\s+|(?=[^\W\d])))")),
    ("arabic", re.compile(r"\d{1,2}\s?(?:\.(?:\s+|(?=[^\W\d]))|/\s+|[-–]\s+(?=[^\W\d]))")),
    ("arabic)", re.compile(r"\d{1,2}\)\s*")),
    ("(1)", re.compile(r"\(\d{1,2}\)\s*")),
    ("(a)", re.compile(r"\((?:[a-zđ]|[ivx]{1,4})\)\s*")),
    ("letter", re.compile(r"[a-zđ]\s?[./)]\s+")),
    ("LETTER", re.compile(r"[A-HĐ]\s?[.)]\s+")),
    ("+", re.compile(r"(?:[-–]\s*)?\+\s*(?=\S)")),
    ("-", re.compile(r"[-–—](?:\s+|(?=[^\W\d]))")),
    ("•", re.compile(r"[•●▪■◦·]\s*(?=\S)")),
    ("*", re.compile(r"\*\s+(?=\S)")),
)
BULLETS = frozenset({"-", "+", "•", "*"})
FOOTNOTE = re.compile(r"[¹²³⁰⁴-⁹]+\s*(?=\S)|\[\d{1,3}\]\s+(?=\S)")
FOOTNOTE_REF = re.compile(r"[¹²³⁰⁴-⁹]+|\[\d{1,3}\]")
# A line that only says when: the heading of what is to be done then (folded).
PERIOD_TITLE = re.compile(
    r"(?:trong )?(?:tháng|quý|tuần|học kỳ) (?:thứ )?(?:\d{1,2}|i{1,3}|iv)(?:\s*[-–,và ]+\s*(?:tháng )?\d{1,2})?"
    r"(?:\s*[/-]\s*\d{4}|,? năm (?:học )?\d{4}(?:\s*-\s*\d{4})?)?(?:\s*\([^()]{0,60}\))?"
)
# Words no sentence ends with: what follows on the next page or line belongs to it.
OPEN_END = re.compile(
    r"(?:[,–-]|\b(?:các|và|của|với|cho|là|để|những|một|hoặc|do|từ|tại|bằng|đến|nhất là|thì|khi))$"
)


def marker(line: str) -> tuple[str, int]:
    """The style of the marker a line begins with and its length; ("", 0) where there is none."""
    for style, pattern in STYLES:
        if found := pattern.match(line):
            return style, found.end()
    return "", 0
