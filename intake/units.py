"""Names of units in running text: where one begins and ends, and lists of them.

Grammar only: a name begins with a head word (Sở, Phòng, Chủ tịch, các trường …), goes on through capitals and
place words, and ends where the predicate begins. Which unit of the office is meant is decided elsewhere.
"""

import re
from dataclasses import dataclass

from intake.grammar.units import (
    BARE,
    COMMON,
    COURTESY,
    GROUP_BEFORE,
    GROUP_COLON,
    GROUP_WORD,
    HEADS,
    INNER_COMMA,
    INSIDE,
    LISTED,
    NAME_VERB,
    NAME_VERB_BEFORE,
    NOT_HEAD,
    OF_ITS_OWN,
    OFFICE_PAIR,
    ORGANISES,
    PARTNER,
    PERSON,
    POST,
    QUANTIFIER,
    SMALL_HEAD,
    STOP,
    STOP_VERB,
    TAIL,
)
from intake.grammar.verbs import ORDER_VERB, PREDICATE
from intake.lines import Span
from intake.text import Source, squeeze

_ALTERNATIVES = "|".join(sorted({re.escape(h) for h in HEADS}, key=len, reverse=True))
_HEAD = re.compile(rf"(?:{_ALTERNATIVES})\b")
_BARE = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, BARE), key=len, reverse=True))})\b")
_WORD = re.compile(r"[^\s,;:()“”\"|]+")
_SPACE = re.compile(r"[ \t\r\n]+")
_JOIN = re.compile(r"[ \t\r\n]*(?:[-–&]|và\b)[ \t\r\n]*")
_SEPARATOR = re.compile(r"\s*(?:[,;]\s*(?:và\s+|cùng\s+)?|\s+(?:và|cùng(?:\s+với)?|hoặc)\s+)")
_SHORT_FORM = re.compile(r"\s*\([A-ZĐ][A-ZĐ&-]{1,11}\)")  # "Ủy ban nhân dân (UBND) | các xã"
# "các trường có dự án | chịu trách nhiệm": what tells members of a group from the others.
_RELATIVE = re.compile(
    r"\s+(?:có|được)\s+(?!trách nhiệm|báo cáo|kế hoạch|biện pháp|giải pháp|phương án|văn bản|hình thức)"
    rf"(?:[^\W\d]+\s+){{1,5}}?[^\W\d]+(?<!\schủ)(?=\s+(?:có trách nhiệm|phải|{STOP_VERB})\b)"
)
# "Đơn vị | được kiểm tra phải", "Cán bộ | tiếp nhận phải": one kind of them, told by words up to what must be done.
_KIND = re.compile(
    r"(?:(?:đơn vị|cơ quan|cơ sở|trường|địa phương)\s+(?:được|có)|cán bộ|nhân viên|giáo viên|công chức|người)"
    r"(?:\s+[^\W\d]+){1,4}?(?=\s+(?:phải|có trách nhiệm)\b)"
)
_REMARK = re.compile(r"\s*\([^()\s]*\s[^()]*\)[\s.]*$")
_TOLD = re.compile(
    r"các\s+(?:xã|phường|thị trấn|huyện|quận|tỉnh|sở|phòng|ban|trường|đơn vị)(?:,[\w\s,]{2,30})?:$"
)
_APPOSED = re.compile(r"\s*[,–-]\s*")
# After a place any verb begins the predicate: "Trung tâm Y tế huyện | tiêm".
_PLACED = re.compile(
    r"\s(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thôn|ấp|khu phố|chuyên môn|chủ nhiệm|bộ môn)$"
)
_LOWER_RUN = 6  # small words a name may hold after a capital: "Phòng Quản lý đô thị"
_LONGEST = 40  # words


@dataclass(frozen=True)
class Name:
    start: int
    end: int
    text: str


class Units:
    """Reads unit names of one text."""

    def __init__(self, source: Source) -> None:
        self.plain = source.plain
        self.flat = source.flat
        self.source = source

    def list_at(
        self, start: int, end: int, lower: bool = False, proper: bool = False
    ) -> tuple[list[Name], int]:
        """The names that begin at `start`, and where their list ends; ([], start) where no name begins.

        `lower`: the first may begin with a small letter, as after "phối hợp với". `proper`: only units can stand
        here, so capitals are a name whatever their head word: "Giao VNPT Hòa An".
        """
        names: list[Name] = []
        courtesy = None if LISTED.match(self.flat, start, end) else COURTESY.match(self.flat, start, end)
        at = courtesy.end() if courtesy else start
        small = lower
        while (stop := self._next(at, end, small, proper)) > at:
            group = self.flat[stop : stop + 1] == ":" and GROUP_COLON.fullmatch(self.flat, at, stop + 1)
            if group and self.flat[stop + 1 : end].strip():
                names += self._members(stop + 1, stop := self._colon_end(stop + 1, end))
            else:
                either = bool(names) and self.flat[names[-1].end : at].strip() == "hoặc"
                names.append(self._named(names.pop().start if either else at, stop))
            separator = _SEPARATOR.match(self.flat, stop, end)
            if not separator:
                return names, stop
            at = separator.end()
            small = "cùng" in separator.group() or self._own_name(at, end)
            if self._next(at, end, small, proper) <= at:
                return names, stop
        return names, names[-1].end if names else start

    def _next(self, at: int, end: int, lower: bool, proper: bool) -> int:
        stop = self.name_at(at, end, lower)
        if stop > at or not proper or not self._capital(at) or ORDER_VERB.match(self.flat, at, end):
            return stop
        word = _WORD.match(self.plain, at, end)
        return self._tail(word.end(), end) if word else at

    def fills(self, start: int, end: int) -> bool:
        """Whether the words are names of units and nothing else, the first with a capital."""
        start, end = self.source.trim(start, end)
        names, stop = self.list_at(start, end) if self._capital(start) else ([], start)
        return bool(names) and stop >= end

    def name_at(self, start: int, end: int, lower: bool = False) -> int:
        """Where the unit name that begins at `start` ends; `start` where none begins."""
        at = start
        if listed := LISTED.match(self.flat, at, end):
            return listed.end()
        person = PERSON.match(self.flat, at, end)
        if person and self._capital(person.end()) and not _HEAD.match(self.flat, person.end(), end):
            return self._with_post(self._tail(person.end() - 1, end), end)
        if quantifier := QUANTIFIER.match(self.flat, at, end):
            at = quantifier.end()
        head = _HEAD.match(self.flat, at, end)
        if not head or (
            NOT_HEAD.match(self.flat, at, end) and not self._organisation(quantifier is not None, at)
        ):
            return start
        if not quantifier and not lower and COMMON.fullmatch(head.group()) and not self._chief(head):
            return start
        if not (lower or quantifier or self._capital(start) or POST.match(self.flat, at, end)):
            return start
        if not quantifier and (kind := _KIND.match(self.flat, at, end)):
            return kind.end()
        if whole := self._office_of(head.end(), end):
            return self._members_end(at, whole, end)
        stop = self._tail(head.end(), end)
        grouped = quantifier or self.flat.rfind(" các ", at, stop) > at
        if grouped and (related := _RELATIVE.match(self.flat, stop, end)):
            return related.end()
        return self._members_end(at, stop, end)

    def _members_end(self, start: int, stop: int, end: int) -> int:
        """ "UBND các xã: A, B | khẩn trương …": the members a group is told by belong to its name."""
        if not _TOLD.search(self.flat, start, stop + 1) or GROUP_COLON.match(self.flat, start, stop + 1):
            return stop
        after = self._colon_end(stop + 1, end)
        first = self.source.trim(stop + 1, end)[0]
        named = self._capital(first) and not ORDER_VERB.match(self.flat, first, end)
        return after if named and PREDICATE.match(self.flat, after, end) else stop

    def _with_post(self, stop: int, end: int) -> int:
        """A person and what he is: "đồng chí Nguyễn Văn An, Phó Chủ tịch UBND huyện"."""
        comma = _APPOSED.match(self.flat, stop, end)
        post = POST.match(self.flat, comma.end(), end) if comma else None
        return self._tail(post.end(), end) if post else stop

    def _office_of(self, at: int, end: int) -> int:
        """The offices after a head: "Thủ trưởng | các đơn vị", "Giám đốc | các sở: A, B", "Đảng ủy | các cơ quan"."""
        space = _SPACE.match(self.flat, at, end)
        if not space or not QUANTIFIER.match(self.flat, space.end(), end):
            return 0
        if self.flat.startswith(("mỗi ", "từng "), space.end()):
            return 0  # "Trạm Y tế | mỗi đơn vị cử một người"
        stop = self.name_at(space.end(), end)
        if self.flat[stop : stop + 1] == ":" and GROUP_COLON.fullmatch(self.flat, space.end(), stop + 1):
            return self._colon_end(stop + 1, end)
        return stop if stop > space.end() else 0

    def _chief(self, head: re.Match[str]) -> bool:
        """ "Trưởng Công an quận": a capital after the word makes it a post; "Ngành giáo dục" begins with one."""
        branch = head.group() == "ngành" and self._capital(head.start())
        post = head.group() == "trưởng"
        return branch or (post and (self._capital(head.end() + 1) or self.plain[head.end() + 1].isdigit()))

    def _organisation(self, grouped: bool, at: int) -> bool:
        """ "các tổ chức", "các đoàn kiểm tra" are bodies; "Tổ chức …" is a verb."""
        return grouped and self.flat.startswith(("tổ chức", "đoàn "), at)

    def _own_name(self, at: int, end: int) -> bool:
        """A small head word and a capital after it: a name of its own in a list."""
        if PARTNER.match(self.flat, at, end):
            return True
        small = SMALL_HEAD.match(self.flat, at, end)
        return small is not None and self._capital(small.end()) and not self._capital(at)

    def _head(self, at: int, end: int) -> bool:
        return bool(_HEAD.match(self.flat, at, end)) and not NOT_HEAD.match(self.flat, at, end)

    def _capital(self, at: int) -> bool:
        return self.plain[at : at + 1].isupper()

    def _tail(self, at: int, end: int) -> int:
        """Where a name goes on to: through capitals, joined and common words, up to the predicate."""
        lower = 0
        for _ in range(_LONGEST):
            step, lower = self._step(at, end, lower)
            if step <= at:
                break
            at = step
        return self._without_full_stop(at)

    def _step(self, at: int, end: int, lower: int) -> tuple[int, int]:
        """One more word or join of a name: where it ends, and how many small words stand in a row by then."""
        if join := self._join(at, end):
            return join, 0
        if bare := self._bare(at, end):
            return bare, 0
        space = _SPACE.match(self.flat, at, end)
        here = space.end() if space else end
        if tail := TAIL.match(self.flat, here, end):
            return tail.end(), lower
        if short := _SHORT_FORM.match(self.plain, at, end):
            more = self._step(short.end(), end, lower)[0] > short.end()
            return (short.end(), lower) if more else (at, lower)
        word = _WORD.match(self.plain, here, end)
        if not word or (STOP.match(self.flat, here, end) and not self._capital(here)):
            return at, lower
        if _PLACED.search(self.flat, max(0, at - 12), at) and ORDER_VERB.match(self.flat, here, end):
            return at, lower
        settled = lower or self.flat.endswith("liên quan", 0, at)
        if settled and self._acts(at, here, end):
            return at, lower
        if word.group()[0].isupper() or word.group()[0].isdigit():
            return word.end(), 0
        goes_on = lower < _LOWER_RUN and self._name_word(word.group())
        return (word.end(), lower + 1) if goes_on else (at, lower)

    def _acts(self, at: int, here: int, end: int) -> bool:
        """A verb names are made of too begins the predicate here: "Bộ Tài chính | nghiên cứu"."""
        verb = NAME_VERB.match(self.flat, here, end) and not self._capital(here)
        return bool(verb) and not NAME_VERB_BEFORE.search(self.flat, max(0, at - 20), at)

    def _name_word(self, word: str) -> bool:
        return word.rstrip(".-–").isalpha() and word not in {"và", "các", "những"}

    def _without_full_stop(self, at: int) -> int:
        while self.plain[at - 1] in ".…":
            at -= 1
        return at

    def _join(self, at: int, end: int) -> int:
        """A dash, "&", "và" or comma inside a name: the next word is a capital that begins no unit."""
        comma = re.compile(r"\s*,\s*").match(self.flat, at, end)
        join = comma or _JOIN.match(self.flat, at, end)
        if not join or not self._capital(join.end()):
            return 0
        if not comma and (inside := INSIDE.match(self.flat, join.end(), end)):
            return inside.end()
        if self._head(join.end(), end) or QUANTIFIER.match(self.flat, join.end(), end):
            pair = OFFICE_PAIR.search(self.flat, max(0, at - 60), at)
            if not pair or comma:
                return 0
        word = _WORD.match(self.plain, join.end(), end)
        return word.end() if word else 0

    def _bare(self, at: int, end: int) -> int:
        """ ", ban, ngành": common nouns that continue a group."""
        more = re.compile(
            r"\s*(?:,|/|[-–](?=[^\W\d])|\s[-–]\s(?=(?:huyện|thị|xã|phường)\b)|\bvà\b)\s*"
        ).match(self.flat, at, end)
        if not more or (self._capital(more.end()) and not GROUP_WORD.match(self.flat, more.end(), end)):
            return 0
        bare = _BARE.match(self.flat, more.end(), end)
        head = _HEAD.match(self.flat, more.end(), end)
        if (
            not bare
            or (head and head.end() > bare.end())  # "tổ trưởng" is no "tổ"
            or self._own_name(more.end(), end)
            or ORGANISES.match(self.flat, more.end(), end)
            or ("," not in more.group() and bare.group().startswith("các"))
        ):
            return 0
        return bare.end()

    def _colon_end(self, at: int, end: int) -> int:
        """Where the names after "các phòng:" end: at the first predicate or mark."""
        found = re.compile(r"[.;:()]|\s" + STOP.pattern).search(self.flat, at, end)
        while found and self._capital(found.start() + 1) and found.group()[0].isspace():
            found = re.compile(r"[.;:()]|\s" + STOP.pattern).search(self.flat, found.end(), end)
        return found.start() if found else end

    def _members(self, start: int, end: int) -> list[Name]:
        names = []
        at = start
        keep = {m.start() + m.group().index(",") for m in INNER_COMMA.finditer(self.flat, start, end)}
        cuts = [m.start() for m in re.finditer(r",|;|\s(?=và các\s)", self.flat[start:end])]
        for cut in [*(start + c for c in cuts if start + c not in keep), end]:
            s, e = self.source.trim(at, cut)
            if s < e:
                names.append(self._named(s, e))
            at = cut + (len(" và ") if self.flat.startswith(" và ", cut) else 1)
        return names

    def _named(self, start: int, end: int) -> Name:
        return Name(start, end, squeeze(self.plain[start:end]).strip(" .,;:-"))

    def split(self, start: int, end: int) -> list[Name]:
        """The names in a cell, a heading or after a label: the whole span is names, whatever they look like."""
        group = GROUP_COLON.match(self.flat, start, end)
        if group:
            return self._members(group.end(), end)
        names, at = [], start
        for mark in re.finditer(r"[;\n]|,|\s+và\s+", self.flat[start:end]):
            here, after = start + mark.start(), start + mark.end()
            while after < end and self.flat[after].isspace():
                after += 1
            if mark.group() == ";" or self._begins(at, here, after, end):
                names.append((at, here))
                at = after
        names.append((at, end))
        trimmed = [self._unremarked(*self.source.trim(s, e)) for s, e in names]
        return [name for s, e in trimmed if s < e and (name := self._named(s, e)).text]

    def _unremarked(self, start: int, end: int) -> Span:
        """Without what is noted behind a name: "Sở A (cân đối nguồn, theo dõi)"."""
        said = _REMARK.search(self.source.plain, start, end)
        return (start, said.start()) if said else (start, end)

    def _begins(self, first: int, cut: int, at: int, end: int) -> bool:
        """Whether a new unit begins after a comma or "và" that ends the words from `first`."""
        if OFFICE_PAIR.search(self.flat, max(first, cut - 60), cut):
            return False
        if quantifier := QUANTIFIER.match(self.flat, at, end):
            return bool(_HEAD.match(self.flat, quantifier.end(), end))
        if OF_ITS_OWN.match(self.flat, at, end) and not GROUP_BEFORE.match(self.flat, first, cut):
            return True
        begins = self._capital(at) and self._head(at, end)
        return begins and not GROUP_WORD.match(self.flat, at, end)
