"""Who an order is for: lead (chủ trì), coordinators (phối hợp), and with which force it is given."""

import re
from dataclasses import dataclass

from domain.draft import Force
from intake.grammar import verbs
from intake.grammar.units import GROUP_COLON, PARTNER, SMALL_HEAD
from intake.sentences import clauses, sentences
from intake.text import Source
from intake.units import Name, Units

_COLON_SUBJECT = re.compile(r"[^:.;()]{3,140}?:\s*")
_FIGURE = re.compile(
    r"(?:đạt |từ |trên |\w+ )?\d"
)  # "Giáo viên giỏi: 35/42" tells how many, not who does what
_TOPIC = re.compile(r"(?:[^:.;()]{3,60}|(?:về|đối với) [^:.;()]{3,160}):\s+")
_PREDICATE_INSIDE = re.compile(
    r"\b(?:có trách nhiệm|phải|cần|chủ trì|chịu trách nhiệm|phối hợp|thực hiện|yêu cầu|đề nghị|tiếp tục|"
    r"(?<!chế độ )báo cáo|tăng cường|gửi|như sau|sau đây|sau(?=\s*:))\b"
)
_HEADING_PREFIX = re.compile(
    r"(?:(?:đối với|(?:trách nhiệm|(?:chỉ tiêu|nhiệm vụ)(?: [^\W\d]+){0,4}) (?:của|đối với)|giao nhiệm vụ cho"
    r"|giao cho|giao|đề nghị|yêu cầu|về phía|phân công(?! nhiệm vụ)|kính đề nghị)\s*:?\s+)+"
)
_WITH = re.compile(
    r"(?:(?<!kế hoạch )(?<!quy chế )(?<!cơ chế )\bphối (?:kết )?hợp"
    r"(?:,?\s+(?:chặt chẽ|ngay|quyết liệt|tốt|hiệu quả|đồng bộ|kịp thời|thường xuyên|liên tục|và|"
    r"với nhau|cùng nhau))*\s+(?P<with>với|cùng(?:\s+với)?|(?P<far>"
    rf"(?:(?:{verbs.ALL})\s+){{1,2}}(?:[^\W\d]+\s+){{0,2}}?với))?"
    r"|\bchủ trì,?\s+(?:và\s+)?(?P<lead>cùng(?:\s+với)?)"
    r"|\b(?:có|với|huy động) sự (?P<joined>phối hợp|tham gia|hỗ trợ|giúp đỡ|hướng dẫn|đồng hành|chứng kiến)"
    r"(?: [^\W\d]+){0,3} (?:của|từ)"
    r"|\b(?:lực lượng|đơn vị|cơ quan|thành phần)(?: cùng)? (?:tham gia )?phối hợp(?: thực hiện)?"
    r"(?P<named> (?:là|gồm|bao gồm)(?: có)?:?)"
    r"|\b(?:kết hợp|liên kết|đồng hành) (?P<allied>với|cùng(?:\s+với)?)"
    r"|[,;]\s*(?P<along>cùng(?:\s+với)?)"
    r"|[,;]\s+(?:và\s+)?(?P<again>với)(?! (?:sự|lực lượng|đơn vị|thành phần)\b)"
    r"|\s(?P<last>cùng(?! cấp)(?:\s+với)?))\s*(?=\S)"
)
# "phối hợp với A …; chỉ đạo các xã | phối hợp với B": where it has partners of its own, theirs are not.
_TOLD_TO = re.compile(r"\b(?:chỉ đạo|đôn đốc|vận động)\s+(?=\S)")
_JOINING = re.compile(
    r"\s+(?:tham gia (?:hỗ trợ|giúp)|cùng (?:tham gia|phối hợp|hỗ trợ|thực hiện)"
    r"|(?:tham gia )?phối hợp(?: thực hiện)?[.,;]"
    rf"|là (?:cơ quan|đơn vị) phối hợp\b|phối hợp(?=\s+(?:{verbs.ALL})\b))"
)
_HELPS = re.compile(r"\s+(?:hỗ trợ|giúp|phục vụ)\b")  # "Giao Phòng A chuẩn bị, Văn phòng hỗ trợ"
_CHARGED = re.compile(rf"\s+(?:{verbs.MODAL})\b")
_BEFORE_PARTNERS = re.compile(r"(?:[,;.]|\b(?:giao|chỉ đạo|mời|đề nghị|có))\s+")
_ALONG = re.compile(r"cùng(?:\s+với)?\s+(?=\S)")
_PASSIVE = re.compile(r"\b(?:(?:phải|cần) được|do)\s+(?=\S)")
_DOES = re.compile(
    r"\s*(?:\([^()]{0,80}\)\s*)?,?\s*(?:quản lý|chủ trì|thực hiện|phụ trách|chịu trách nhiệm|"
    r"tổ chức thực hiện|thông báo|phê duyệt|thẩm định|ban hành|công khai|công bố)\b"
)
_JOINED = re.compile(r"\s*,?\s*(?:chủ trì,?\s+)?phối hợp (?:với|cùng)\s+(?=\S)")
_LEADS_IT = re.compile(r"\s+(?:chủ trì|phụ trách)\b")
_DOES_IT = re.compile(r"\s*(?:chủ trì|thực hiện|phụ trách|triển khai|tổ chức|[, ])+[.;]?\s*")
_TAIL_BRACKET = re.compile(
    r"[(]([^()]{4,200})[)]\s*[.;]?\s*$|[(]([^()]{4,80} (?:chủ trì|phụ trách)[,;][^()]{4,120})[)]"
)
_ROLE_BRACKET = re.compile(
    r"\s*\((?:đơn vị |cơ quan )?(?:cùng |tham gia )?"
    r"(?:(?P<lead>chủ trì|đầu mối)|(?P<joins>phối hợp))\)"
)
_EDGE = re.compile(r"[:;,]\s+")
_SAID = re.compile(r"\s*(?:[.;]|$)")
_GROUP_TOLD = re.compile(r"các (?:đơn vị|cơ quan|ngành|lực lượng)(?: liên quan)?\s*:")
_NAMED_LEAD = re.compile(r"\b(?:đơn vị|cơ quan|bộ phận) (?:được giao )?chủ trì là\s+(?=\S)")
_WAITS = re.compile(r"(?:khi|sau|trước mỗi|cứ|nếu|trong (?:vòng|trường hợp)|trường hợp|đối với|theo đó)\b")
_TIMED = re.compile(r"(?:trước|chậm nhất|trong (?:tháng|quý|tuần|ngày)|từ|đến|vào|hằng|mỗi)\b")
_POLITE = re.compile(r"(?:kính|cũng)\s+")
_GIVER = re.compile(
    r"\s+(?:(?:kính|cũng|còn|đã|vừa|giao cũng)\s+)*"
    r"(?:(?:có|ban hành|ra)\s+(?:công văn|văn bản|chỉ thị|công điện)\s+(?:hỏa tốc\s+)?)?"
)
# "… đã giao Phòng A rà soát và đã báo cáo Sở" tells what was ordered and has been done.
_ORDERED_ONCE = re.compile(r"\b(?:đã|vừa)\s+(?:[^\W\d]+\s+){0,4}$")
_DONE_SINCE = re.compile(r"(?:[,;]|\bvà)\s+(?:[^\W\d]+\s+){0,4}đã\b")
_DATELINE = re.compile(r"\([^()]{2,40}\)\s*[-–]?\s*(?=\S)")  # "(Báo tỉnh) - UBND huyện yêu cầu …"
_EACH_TIME = re.compile(r"(?:định kỳ,? )?(?:hằng|mỗi) (?:ngày|tuần|tháng|quý|năm)\s+(?=\S)")
_PAPER = re.compile(
    r"(?:văn bản|công văn|kế hoạch|chỉ thị|công điện|thông báo)"
    r"(?: (?:này|nêu rõ|chỉ rõ|nêu|cũng|còn|trên|đã))*,?\s+(?=yêu cầu|đề nghị)"
)
_NOTED_REACH = 300  # letters of the names before "(phối hợp)"
_NOBODY = re.compile(r"các [^,]* liên quan$")  # alone, it names nobody
# "cuộc họp giao ban" gives nobody anything; "phân công giáo viên trực" is itself the order.
_NO_GIVER = re.compile(
    r"[gG]iao ban\b|[pP]hân công\s+(?:giáo viên|cán bộ|công chức|viên chức|nhân viên|người|lực lượng)\b"
)
_ABOVE = re.compile(
    r"(?:xã|phường|huyện|quận|tỉnh|thành phố)"
)  # "đề nghị huyện chi viện" asks one's own superior
_GROUP_END = re.compile(r"các\s+(?:phòng|sở|bộ|ban|xã|phường|thị trấn|huyện|quận|tỉnh|trường|đơn vị)\s*$")
_SEPARATED = re.compile(r"\s*,")
_APART = re.compile(r"(?:riêng|(?:riêng\s+)?đối với)\s+(?=\S)")
_APART_ENDS = re.compile(rf"\s*(?::|,?\s+(?:{verbs.MODAL})\b|\s+(?:{verbs.ALL})\b|,\s*(?:{verbs.ALL})\b)")
_FIRST_COMMAS = 6
_LONGEST_HEADING = 80
_REST_OF_HEADING = 4  # words by which a heading of a unit goes on: "được kiểm tra", "có rừng"
_REST_OF_NAME = 40  # letters of a name before a colon that the grammar may not know


@dataclass(frozen=True)
class Subject:
    """Names that govern a stretch of text, where their words end, and how they were recognised."""

    names: tuple[Name, ...]
    end: int
    pattern: str
    force: Force = "binding"


class Who:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.flat = source.flat
        self.units = Units(source)

    def subject(self, start: int, end: int) -> Subject | None:
        """The units a clause is about: named before its predicate, after "giao", or before a colon."""
        if dateline := _DATELINE.match(self.flat, start, end):
            start = dateline.end()
        if apart := _APART.match(self.flat, start, end):
            names, stop = self.units.list_at(apart.end(), end, lower=True)
            if names and _APART_ENDS.match(self.flat, stop, end):
                return Subject(tuple(names), stop, "apart")
        told = self.after_topic(start, end)
        topical = self.flat.startswith(
            ("về ", "đối với ", "ngày "), start
        )  # the colon outweighs a comma after it
        return (
            self._direct(start, end) or (told if topical else None) or self._after_adjunct(start, end) or told
        )

    def after_topic(self, start: int, end: int) -> Subject | None:
        """ "Chế độ báo cáo: Hiệu trưởng các trường gửi …": the words before the colon name what it is about."""
        topic = _TOPIC.match(self.flat, start, end)
        return (self._direct(topic.end(), end) or self._after_adjunct(topic.end(), end)) if topic else None

    def announcing(self, start: int, end: int) -> Subject | None:
        """ "Trước ngày 15/4, các trường hoàn thành các việc sau:": who does what an introduction announces."""
        timed = _TIMED.match(self.flat, start, end)
        return (self._after_adjunct(start, end) if timed else None) or self.after_topic(start, end)

    def _direct(self, start: int, end: int) -> Subject | None:
        if before_colon := self._before_colon(start, end):
            return before_colon
        if given := self._given(start, end) or self._document_gives(start, end):
            return given
        names, stop = self.units.list_at(start, end, lower=bool(PARTNER.match(self.flat, start, end)))
        if not names:
            return self._charged(start, end)
        giver = _GIVER.match(self.flat, stop, end)
        if giver and (given := self._given(giver.end(), end)):
            return given
        if verbs.PREDICATE.match(self.flat, stop, end):
            return Subject(tuple(names[: self._beside(names)]), stop, "subject")
        return None

    def _charged(self, start: int, end: int) -> Subject | None:
        """ "…, cơ sở giáo dục phải báo cáo": what must do something is a unit also in small letters."""
        names, stop = self.units.list_at(start, end, lower=True)
        return (
            Subject(tuple(names), stop, "subject") if names and _CHARGED.match(self.flat, stop, end) else None
        )

    def _small(self, start: int, end: int) -> Subject | None:
        """ "Sau mỗi đợt, tổ chuyên môn nộp …": in small letters, after what the order waits for."""
        if verbs.ORDER_VERB.match(self.flat, start, end) and not SMALL_HEAD.match(self.flat, start, end):
            return None
        names, stop = self.units.list_at(start, end, lower=True)
        acts = names and verbs.PREDICATE.match(self.flat, stop, end)
        return Subject(tuple(names), stop, "subject") if acts else None

    def _beside(self, names: list[Name]) -> int:
        """How many of the names stand before "cùng": "Phòng A | cùng Hội B rà soát"."""
        joins = (i for i in range(1, len(names)) if "cùng" in self.flat[names[i - 1].end : names[i].start])
        return next(joins, len(names))

    def _before_colon(self, start: int, end: int) -> Subject | None:
        found = _COLON_SUBJECT.match(self.flat, start, end)
        if not found or _PREDICATE_INSIDE.search(found.group()) or _FIGURE.match(self.flat, found.end(), end):
            return None
        _, named = self.units.list_at(start, end)
        if named <= start or found.end() - named > _REST_OF_NAME:
            return None
        stop = start + found.group().index(":")
        if _GROUP_END.search(self.flat, start, stop) and not verbs.ORDER_VERB.match(
            self.flat, found.end(), end
        ):
            return None
        return Subject(tuple(self.units.split(start, stop)), found.end(), "subject-colon")

    def _given(self, start: int, end: int) -> Subject | None:
        polite = _POLITE.match(self.flat, start, end)
        giving = verbs.GIVING.match(self.flat, polite.end() if polite else start, end)
        if not giving:
            return None
        if _NO_GIVER.match(self.source.plain, giving.start("verb")):
            return None
        names, stop = self.units.list_at(giving.end(), end, lower=True)
        if self._tale(giving.start("verb"), stop, end):
            return None
        if not names or _SEPARATED.match(self.flat, stop, end):
            names, stop = self._given_proper(giving.end(), end) or (names, stop)
        if not names or _ABOVE.fullmatch(names[0].text):
            return None
        force: Force = "request" if verbs.REQUEST.match(giving["verb"]) else "binding"
        return Subject(tuple(names), stop, f"given:{giving['verb']}", force)

    def _tale(self, giving: int, stop: int, end: int) -> bool:
        once = _ORDERED_ONCE.search(self.flat, max(0, giving - _NOTED_REACH), giving)
        return bool(once and _DONE_SINCE.search(self.flat, stop, end))

    def _document_gives(self, start: int, end: int) -> Subject | None:
        """ "Công văn nêu rõ yêu cầu các trường …": the paper gives the order."""
        paper = _PAPER.match(self.flat, start, end)
        return self._given(paper.end(), end) if paper else None

    def _given_proper(self, start: int, end: int) -> tuple[list[Name], int] | None:
        """Capitals before a predicate, whatever their head word: "Đề nghị Liên hiệp … phối hợp"."""
        names, stop = self.units.list_at(start, end, lower=True, proper=True)
        return (names, stop) if names and verbs.PREDICATE.match(self.flat, stop, end) else None

    def _after_adjunct(self, start: int, end: int) -> Subject | None:
        if not verbs.ADJUNCT.match(self.flat, start, end):
            return None
        for giving in verbs.GIVING.finditer(self.flat, start, min(end, start + 300)):
            if found := self._given(giving.start("verb"), end):
                return found
        if often := _EACH_TIME.match(self.flat, start, end):
            return self._direct(often.end(), end) or self._past_commas(often.end(), end)
        return self._past_commas(start, end)

    def _past_commas(self, start: int, end: int) -> Subject | None:
        """The units after the words before the subject: "Từ tháng 4, hằng tuần | các trường gửi"."""
        at = start
        for i in range(_FIRST_COMMAS):
            comma = self.flat.find(",", at, min(end, start + 500))
            if comma < 0:
                break
            at = comma + 1
            while at < end and self.flat[at].isspace():
                at += 1
            if often := _EACH_TIME.match(self.flat, at, end):
                at = often.end()
            if beside := _ALONG.match(self.flat, at, end):
                at = self.units.list_at(beside.end(), end, lower=True, proper=True)[1]
                continue
            waits = not i and _WAITS.match(self.flat, start)
            if found := self._direct(at, end) or (self._small(at, end) if waits else None):
                return found
        return None

    def subjects(self, start: int, end: int) -> Subject | None:
        """All units the first sentence of an order names as its subjects; the first clause must name one."""
        first = next(iter(sentences(self.source, start, end)), (start, end))
        found: Subject | None = None
        found = self.subject(*first)
        rest = list(clauses(self.source, found.end, first[1]))[1:] if found else []
        for s, e in rest:
            one = self.subject(s, e)
            aside = verbs.EVENT.match(self.flat, s, e) or verbs.EACH.match(self.flat, s, e)
            if found and one and not aside and not self.joins(one, e):
                have = {n.text for n in found.names}
                more = tuple(n for n in one.names if n.text not in have)
                found = Subject(found.names + more, found.end, found.pattern, found.force)
        return (
            self._noted_lead(*first)
            or found
            or self._given_later(*first)
            or self._passive(*first)
            or self._told_last(*first)
            or self._assigned(first[1], end)
            or self._after_agreement(*first, end)
            or self._last_announcing(start, end)
        )

    def _noted_lead(self, start: int, end: int) -> Subject | None:
        names = self._noted("lead", start, end)
        if told := _NAMED_LEAD.search(self.flat, start, end):
            names = names or self.units.list_at(told.end(), end, lower=True)[0]
        return Subject(tuple(names), names[-1].end, "noted") if names else None

    def _noted(self, role: str, start: int, end: int) -> list[Name]:
        """ "Phòng A (chủ trì), Phòng B và Công an xã (phối hợp) rà soát …"."""
        for mark in _ROLE_BRACKET.finditer(self.flat, start, end):
            edges = _EDGE.finditer(self.flat, max(start, mark.start() - _NOTED_REACH), mark.start())
            for at in (start, *(edge.end() for edge in edges)) if mark[role] else ():
                names, stop = self.units.list_at(at, end, lower=True)
                if names and stop == mark.start():
                    return names
        return []

    def _given_later(self, start: int, end: int) -> Subject | None:
        """ "Trường A là điểm của huyện; giao đồng chí B hướng dẫn", "Duy trì mô hình; Công an xã chủ trì"."""
        later = list(clauses(self.source, start, end))[1:]
        told = not verbs.ORDER_VERB.match(self.flat, start, end)  # "Kết quả … là tham khảo; giáo viên phải …"
        found = (
            given
            for s, e in later
            if (given := self._given(s, e) or self._doer(s, e, _LEADS_IT) or (told and self._charged(s, e)))
        )
        return next((one for one in found if not self.joins(one, end)), None)

    def _told_last(self, start: int, end: int) -> Subject | None:
        """ "Phát thanh hằng tuần: UBND các phường thực hiện."."""
        for colon in re.finditer(r":\s+", self.flat[start:end]):
            names, stop = self.units.list_at(start + colon.end(), end, lower=True)
            if names and _DOES_IT.fullmatch(self.flat, stop, end):
                return Subject(tuple(names), stop, "told-last")
        return None

    def _does(self, stop: int, end: int) -> bool:
        """Whether a verb of doing follows a name or its partners: "do Phòng A phối hợp với Đoàn B thực hiện"."""
        if _DOES.match(self.flat, stop, end):
            return True
        joined = _JOINED.match(self.flat, stop, end)
        partners = self.units.list_at(joined.end(), end, lower=True)[1] if joined else stop
        return bool(joined) and _DOES.match(self.flat, partners, end) is not None

    def _passive(self, start: int, end: int) -> Subject | None:
        """ "… phải được nhà trường thông báo", "… do Ban đại diện quản lý"."""
        for found in _PASSIVE.finditer(self.flat, start, end):
            names, stop = self.units.list_at(found.end(), end, lower=True)
            if names and self._does(stop, end):
                return Subject(tuple(names), stop, "passive")
        return None

    def _after_agreement(self, start: int, stop: int, end: int) -> Subject | None:
        if not verbs.AGREES.match(self.flat, start, stop):
            return None
        return next((s for one in sentences(self.source, stop, end) if (s := self.subject(*one))), None)

    def _assigned(self, start: int, end: int) -> Subject | None:
        """A later sentence that only says who does it: "… . Sở A chủ trì thực hiện, hoàn thành …"."""
        for s, e in sentences(self.source, start, end):
            if told := self._given(s, e) or self._doer(s, e, _DOES):
                return told
        return None

    def _doer(self, start: int, end: int, doing: re.Pattern[str]) -> Subject | None:
        names, stop = self.units.list_at(start, end)
        does = names and doing.match(self.flat, stop, end)
        return Subject(tuple(names), stop, "assigned") if does else None

    def _last_announcing(self, start: int, end: int) -> Subject | None:
        """The subject of the last sentence where it announces the items below."""
        if self.source.plain[start:end].rstrip()[-1:] != ":":
            return None
        last = list(sentences(self.source, start, end))[-1]
        return self.subject(*last)

    def ordered(self, start: int, end: int, opening: bool = False) -> Subject | None:
        """Whom an introduction ("… yêu cầu các trường thực hiện như sau:") gives what follows.

        `opening`: of the document, where the issuer also guides ("Sở hướng dẫn các phòng … như sau:").
        """
        for giving in verbs.GIVING.finditer(self.flat, start, end):
            if found := self._given(giving.start("verb"), end):
                return found
        for guiding in verbs.GUIDING.finditer(self.flat, start, end) if opening else ():
            names, stop = self.units.list_at(guiding.end(), end, lower=True)
            if names:
                return Subject(tuple(names), stop, "guided")
        return None

    def addressed(self, start: int, end: int, addressees: list[tuple[int, int]]) -> Subject | None:
        """Those a letter is sent to, where it orders and names nobody: "… Sở Y tế đề nghị:"."""
        asks = verbs.ASKS_READER.search(self.flat, start, end)
        if any(self.flat[first:last].rstrip().endswith("điện:") for first, last in addressees):
            return None  # an urgent dispatch goes to many and names who does what
        names: list[Name] = []
        for first, last in addressees if asks else ():
            sent = verbs.SENT_TO.match(self.flat, first, last)
            first, last = self.source.trim(sent.end() if sent else first, last)
            while last > first and self.flat[last - 1] in ".;,":
                last -= 1
            names += self.units.split(first, last) if last > first else []
        force: Force = "request" if asks and verbs.REQUEST.search(asks.group()) else "binding"
        return Subject(tuple(names), end, "addressed", force) if names else None

    def heading(self, start: int, end: int) -> Subject | None:
        """The units a heading consists of, or names before its predicate."""
        force: Force = "binding"
        if prefix := _HEADING_PREFIX.match(self.flat, start, end):
            force = "request" if verbs.REQUEST.search(prefix.group()) else "binding"
            start = prefix.end()
        stop = end
        while stop > start and self.flat[stop - 1] in " :.;*":
            stop -= 1
        if GROUP_COLON.match(self.flat, start, stop):
            return Subject(tuple(self.units.split(start, stop)), stop, "heading", force)
        names, after = self.units.list_at(start, stop)
        if not names:
            return self._proper_heading(start, stop, force) if prefix else None
        if after >= stop or self.flat[after:stop].lstrip().startswith("("):
            return Subject(
                tuple(self.units.split(start, after)) if after >= stop else tuple(names),
                stop,
                "heading",
                force,
            )
        if verbs.PREDICATE.match(self.flat, after, stop) or self.flat[after] == ":":
            return Subject(tuple(names), after, "heading-subject", force)
        brief = self.source.say(after, stop).count(" ") < _REST_OF_HEADING or self.flat[after] == ","
        if brief and not _PREDICATE_INSIDE.search(self.flat, after, stop):
            return Subject(tuple(self.units.split(start, stop)), stop, "heading", force)
        return None

    def named_whole(self, start: int, end: int) -> Subject | None:
        """A heading that, where the work is shared out, can only be a name: "7. Học sinh và cha mẹ học sinh"."""
        start, end = self.source.trim(start, end)
        names, stop = self.units.list_at(start, end, lower=True, proper=True)
        fills = names and self.source.plain[stop:end].strip(" .:;*") == "" and end - start <= _LONGEST_HEADING
        return Subject(tuple(names), stop, "heading") if fills else None

    def _proper_heading(self, start: int, stop: int, force: Force) -> Subject | None:
        """ "Đối với Liên hiệp …": capitals after words that only a unit follows, whatever its head word."""
        capital = self.source.plain[start : start + 1].isupper()
        if not capital or stop - start > _LONGEST_HEADING or _PREDICATE_INSIDE.search(self.flat, start, stop):
            return None
        return Subject(tuple(self.units.split(start, stop)), stop, "heading", force)

    def with_whom(self, start: int, end: int) -> list[Name]:
        """Units after "phối hợp với"."""
        names = self._accompanied(start, end) or self._noted("joins", start, end)
        for found in _WITH.finditer(self.flat, start, end):
            if names and self._of_others(start, found.start(), end):
                continue
            named = found.lastgroup is not None
            joined = named or PARTNER.match(self.flat, found.end(), end) is not None
            proper = named and found.lastgroup not in ("along", "again", "last") and not found["far"]
            told, stop = self.units.list_at(found.end(), end, lower=joined, proper=proper)
            told, stop = (told, stop) if told or named else self._acting(found.end(), end)
            if (found["again"] and not names) or (found["last"] and not _SAID.match(self.flat, stop, end)):
                continue
            here = self._members(stop, end) if _GROUP_TOLD.match(self.flat, found.end(), end) else []
            here = here or self._partners(told, stop, end)
            names += [n for n in here if n.text not in {m.text for m in names}]
        names = names or self._joining(start, end)
        return [] if len(names) == 1 and _NOBODY.match(names[0].text) else names

    def _of_others(self, start: int, at: int, end: int) -> bool:
        """Whether the joining belongs to units the order only directs, which stand right before it."""
        told = list(_TOLD_TO.finditer(self.flat, max(start, at - _NOTED_REACH), at))
        names, stop = self.units.list_at(told[-1].end(), end, lower=True) if told else ([], start)
        return bool(names) and self.flat[stop:at].strip() in ("", ",", "chủ động")

    def _acting(self, start: int, end: int) -> tuple[list[Name], int]:
        """ "phối hợp trạm y tế kiểm tra": in small letters, before what is done together."""
        names, stop = self.units.list_at(start, end, lower=True)
        acts = verbs.PREDICATE.match(self.flat, stop, end) and not verbs.ORDER_VERB.match(
            self.flat, start, end
        )
        return (names, stop) if acts else ([], start)

    def _members(self, colon: int, end: int) -> list[Name]:
        """ "phối hợp các đơn vị: Phòng A, Công an xã"."""
        start = self.source.trim(colon + 1, end)[0]
        return self.units.list_at(start, end)[0]

    def _accompanied(self, start: int, end: int) -> list[Name]:
        """Units after "cùng" where an order begins: "Cùng với Sở A làm sạch", "Phòng B cùng Hội C rà soát"."""
        if beside := _ALONG.match(self.flat, start, end):
            return self.units.list_at(beside.end(), end, lower=True, proper=True)[0]
        names, stop = self.units.list_at(start, end)
        if not names or not verbs.PREDICATE.match(self.flat, stop, end):
            return []
        return names[self._beside(names) :]

    def beside(self, start: int, end: int) -> Name | None:
        """ "Cùng với Công an xã, Đoàn Thanh niên làm thẻ": who stands last, after a comma, may be who does it."""
        names = self._accompanied(start, end) if _ALONG.match(self.flat, start, end) else []
        apart = len(names) > 1 and "," in self.flat[names[-2].end : names[-1].start]
        return names[-1] if apart and verbs.PREDICATE.match(self.flat, names[-1].end, end) else None

    def joins(self, subject: Subject, end: int) -> bool:
        """Whether its words only say that it takes part: "Hội B cùng tham gia", "Phòng C là đơn vị phối hợp"."""
        return bool(_JOINING.match(self.flat, subject.end, end))

    def _partners(self, names: list[Name], stop: int, end: int) -> list[Name]:
        """The names up to a semicolon where another clause begins: "của trạm y tế; hiệu trưởng chịu trách nhiệm"."""
        if not names or not _CHARGED.match(self.flat, stop, end):
            return names
        semicolon = self.flat.find(";", names[0].end, stop)
        return [n for n in names if n.end <= semicolon] if semicolon >= 0 else names

    def _joining(self, start: int, end: int) -> list[Name]:
        """ "Phòng A chịu trách nhiệm chính, Hội B và Đoàn C cùng tham gia"."""
        first = self.subject(start, end)
        start = first.end if first else start
        join = _JOINING.search(self.flat, start, end) or _HELPS.search(self.flat, start, end)
        for before in _BEFORE_PARTNERS.finditer(self.flat, start, join.start()) if join else ():
            names, stop = self.units.list_at(before.end(), end, lower=True)
            if join and names and stop == join.start():
                return names
        return []

    def bracketed(self, start: int, end: int) -> tuple[int, int] | None:
        """The span inside brackets at the end of an order, where an assignment may stand."""
        found = _TAIL_BRACKET.search(self.flat[max(start, end - 240) : end])
        if not found:
            return None
        base, said = max(start, end - 240), found.lastindex or 1
        return base + found.start(said), base + found.end(said)
