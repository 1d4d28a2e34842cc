"""The facts of a document's head: number, type, issuer, place, date, subject, basis, recipients, signer."""

import re
from datetime import date

from domain.draft import DocumentFacts, Recipient, Signer
from intake.blocks import Block
from intake.grammar import documents as d
from intake.lines import Span
from intake.text import Source, fold, squeeze
from intake.zones import Zone

_ACTS = ("luật", "bộ luật", "pháp lệnh", "hiến pháp")  # cited by their date alone
_LOOK = 1500  # characters of a paragraph that may hold a head
_ITEM = re.compile(r"(?:^|(?<=[;,.\n])|(?<=\s))\s*[-–•+]\s+")
_PURPOSE = re.compile(
    r"\(?\s*(?:để\s+)?(?P<what>báo cáo|b/c|bc|chỉ đạo|thực hiện|t/h|th|biết|phối hợp|đăng tải)\s*\)?[\s;.,]*$"
)
_ARCHIVE = re.compile(r"lưu\b")
_AS_ABOVE = re.compile(r"như (?:trên|kính gửi)")
_NAME_WORDS = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+){1,5}")
_COLUMN = re.compile(r"[ \t]{3,}")  # the gap between the two columns of a head
_RANK = re.compile(r"(?:(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy)|gs\.?|pgs\.?|ts\.?|ths\.?|\.)\s*")
_DAY_SAID = re.compile(r"ngày\s+(\d{1,2})(?:[/.-]|\s+tháng\s+)(\d{1,2})(?:[/.-]|\s+năm\s+)(\d{4})")
_DAY_AFTER = re.compile(rf"\s*,?\s*{_DAY_SAID.pattern}")


class Head:
    def __init__(self, source: Source, blocks: list[Block], zones: list[Zone]) -> None:
        self.source = source
        self.parts: dict[Zone, list[Span]] = {}
        for block, zone in zip(blocks, zones, strict=True):
            spans = list(block.cells) if block.kind == "row" else [(block.start, block.end)]
            self.parts.setdefault(zone, []).extend(spans)
        self.reported = self._reported()

    def facts(self) -> DocumentFacts:
        symbol = self._symbol()
        kind = self._type(symbol)
        place, day = self._place_and_date()
        addressees = self._items("addressee")
        distribution = self._distribution(addressees)
        return DocumentFacts(
            number=_number(symbol),
            symbol=symbol,
            symbol_normalised=re.sub(r"\s+", "", symbol) if symbol else None,
            type=kind,
            issuer=self._issuer(),
            place=place,
            date=day,
            subject=self._subject(),
            legal_basis=self._basis(),
            addressees=tuple(addressees),
            recipients=tuple(r.name for r in distribution if r.purpose != "archive"),
            distribution=tuple(distribution),
            signer=self._signer(),
            attachment=" ".join(self._texts("annex-title")[:2]) or None,
        )

    def _texts(self, *zones: Zone) -> list[str]:
        return [
            words for zone in zones for span in self.parts.get(zone, []) if (words := self.source.say(*span))
        ]

    def _reported(self) -> re.Match[str] | None:
        """ "Ngày …, Sở A đã có Công văn 12/SGD": the head of a directive an article reports."""
        for start, end in self.parts.get("opening", []):
            if "number" not in self.parts and (
                found := d.REPORTED.search(self.source.flat, start, min(end, start + _LOOK))
            ):
                return found
        return None

    def _symbol(self) -> str | None:
        for start, end in [
            *self.parts.get("number", []),
            *self.parts.get("motto", []),
            *self.parts.get("issuer", []),
        ]:
            for label in d.NUMBER.finditer(self.source.folded, start, end):
                found = d.SYMBOL.match(self.source.folded, label.end(), end)
                if found:
                    said = squeeze(self.source.plain[found.start() : found.end()])
                    return said.lstrip(" .,…_").rstrip(" .,-…_")
        if self.reported:
            return squeeze(self.source.plain[self.reported.start("symbol") : self.reported.end("symbol")])
        return None

    def _type(self, symbol: str | None) -> str | None:
        titles = [fold(t).strip(" :") for t in self._texts("title")]
        known = [d.TYPES[t] for t in titles if t in d.TYPES]
        if known:
            subject = fold(" ".join(self._texts("subject"))[:200])
            return (
                "Thông báo kết luận"
                if known[0] == "Thông báo" and re.match(r"(?:ý kiến )?kết luận", subject)
                else known[0]
            )
        if self.reported:
            return d.TYPES.get(self.reported["type"], "Công văn")
        for part in re.split(r"[/-]", fold(symbol or "")):
            if part.strip() in d.SYMBOL_TYPES:
                return d.SYMBOL_TYPES[part.strip()]
        return "Công văn" if symbol or "addressee" in self.parts else None

    def _place_and_date(self) -> tuple[str | None, str | None]:
        for zone in ("number", "motto", "issuer", "subject", "title", "opening"):
            for start, end in self.parts.get(zone, []):
                if found := d.PLACE_DATE.search(self.source.flat, start, min(end, start + _LOOK)):
                    return self._place(found), _iso(found["year"], found["month"], found["day"])
        if self.reported:
            at = self.reported.end()
            after = _DAY_AFTER.match(self.source.flat, at)
            if said := after or _DAY_SAID.search(self.source.flat, max(0, self.reported.start() - 60), at):
                return None, _iso(said[3], said[2], said[1])
        return None, None

    def _place(self, found: re.Match[str]) -> str:
        words = squeeze(
            _COLUMN.split(self.source.plain[found.start("place") : found.end("place")].strip())[-1]
        )
        return re.sub(r"^.*(?:Số|số)\s*:\s*\S+\s*|^\d*\s*/\S+\s+", "", words).strip(" *_|")

    def _issuer(self) -> str | None:
        if self.reported:
            named = next((group for group in ("issuer", "named") if self.reported[group]), None)
            if not named:
                return None
            words = squeeze(self.source.plain[self.reported.start(named) : self.reported.end(named)])
            return re.sub(r"^.*?(?:[Nn]gày|Mới đây|Vừa qua)[^,]*,\s*", "", words)
        lines = [re.split(r"[-_=*|]{3,}", t)[0].strip() for t in self._texts("issuer", "motto")]
        lines = [t for t in lines if t and not d.MOTTO.search(fold(t))]
        return " ".join(lines) or None

    def _subject(self) -> str | None:
        words = " ".join(self._texts("subject"))
        if not words:
            about = [m.group(0) for t in self._texts("number") if (m := re.search(r"(?:V/v|Về việc)\s.+", t))]
            words = about[0] if about else ""
        if not words and self.reported:
            after = self.source.plain[self.reported.end() : self.reported.end() + 400]
            found = re.search(r"về việc [^.;]+", after)
            words = squeeze(found.group()) if found else ""
        return words or None

    def _basis(self) -> tuple[str, ...]:
        """Documents the head rests on; of an article, those its directive refers to."""
        spans = self.parts.get("basis", [])
        if self.reported:
            spans = [s for s in self.parts.get("body", []) if s[0] > self.reported.end()]
        own = re.sub(r"\s", "", fold(self._symbol() or "-"))
        found: dict[str, str] = {}
        for start, end in spans:
            if re.match(r"(?:theo|xét) đề nghị", self.source.flat[start:end]):
                continue
            for cited in d.CITED.finditer(self.source.flat, start, end):
                key = re.sub(r"\s", "", cited["number"] or "")
                if cited["kind"] in _ACTS:
                    key = key or re.sub(r"\s", "", cited["date"] or "")
                proposal = cited["kind"] == "tờ trình" or self.source.flat.startswith(
                    "đề nghị", max(0, cited.start() - 8)
                )
                if key and key != own and not proposal:
                    found.setdefault(key, squeeze(self.source.plain[cited.start() : cited.end()]))
        return tuple(found.values())

    def _items(self, zone: Zone) -> list[str]:
        items: list[str] = []
        for words in self._texts(zone):
            words = re.sub(r"^(?:Nơi nhận|Kính gửi)\s*:?", "", words).strip()
            items += [i.strip(" ;.-–+•*") for i in _ITEM.split(words) if i.strip(" ;.-–+•*")]
        return [i for i in items if i and not fold(i).endswith("điện:")]

    def _distribution(self, addressees: list[str]) -> list[Recipient]:
        found = []
        for item in self._items("recipient"):
            folded = fold(item)
            if d.SIGN_FOR.match(folded) or d.SIGN_POST.match(folded):
                break
            if _AS_ABOVE.match(folded):
                found += [Recipient(name=a, purpose="act") for a in addressees]
            elif _ARCHIVE.match(folded):
                found.append(Recipient(name=item, purpose="archive"))
            else:
                found.append(_recipient(item))
        return found

    def _signer(self) -> Signer:
        words = self._texts("signature")
        if not words:  # one row of a layout table holds recipients and signature
            words = [
                t
                for t in self._texts("recipient")
                if d.SIGN_FOR.match(fold(t)) or d.SIGN_POST.match(fold(_split_signer(t)[0] or t)[:60])
            ]
        title: list[str] = []
        for text in words:
            post, name = _split_signer(text)
            title += [post] if post else []
            if name and title:
                return Signer(title=" ".join(title), name=name)
        return Signer(title=" ".join(title) or None)


def _recipient(item: str) -> Recipient:
    said = _PURPOSE.search(fold(item))
    purposes = {"báo cáo": "report", "b/c": "report", "bc": "report", "biết": "know", "đăng tải": "know"}
    name = item[: said.start()].strip(" ,;(") if said and "(" in item else item
    purpose = purposes.get(said["what"], "act") if said else "know"
    return Recipient(name=name or item, purpose=purpose)  # type: ignore[arg-type]


def _split_signer(text: str) -> tuple[str, str]:
    """("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Huỳnh Minh Tuấn"): capitals are the post."""
    words = text.split()
    cut = len(words)
    while cut and not (words[cut - 1].isupper() and len(words[cut - 1]) > 1) and "/" not in words[cut - 1]:
        cut -= 1
    post, name = " ".join(words[:cut]), " ".join(words[cut:])
    if d.SIGN_POST.match(fold(text)) or (d.SIGN_FOR.match(fold(text)) and not name):
        return text, ""
    if not post and not _NAME_WORDS.fullmatch(name):
        return "", ""
    stripped = _RANK.sub("", name, count=1) if _RANK.match(fold(name)) else name
    return post, stripped if _NAME_WORDS.fullmatch(stripped) else ""


def _number(symbol: str | None) -> str | None:
    found = re.match(r"\s*(\d+[a-z]?)", symbol or "")
    return found.group(1) if found else None


def _iso(year: str | None, month: str | None, day: str | None) -> str | None:
    """ISO, shortened to the month or year where the day or month is left blank; None where it cannot exist."""
    y, m, dd = (int(x) if x and x.strip().isdigit() else 0 for x in (year, month, day))
    if y and m and dd:
        try:
            return date(y, m, dd).isoformat()
        except ValueError:
            return None
    if y and 1 <= m <= 12:
        return f"{y}-{m:02d}"
    return str(y) if y else None
