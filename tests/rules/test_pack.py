"""Packs: what loads, what is refused and where, and what a version is."""

import sys
import unicodedata
from pathlib import Path
from random import Random
from types import FrameType

import pytest

from domain.verdict import Consequence, Outcome, Severity
from rules.own_rule import form_of, read_own
from rules.pack import PackError, load_pack, load_pack_text
from rules.tree import Kind, walk
from rules.tree import Path as Path_
from tests.support.own_rules import PACK

SHIPPED = sorted((Path(__file__).resolve().parents[2] / "rules" / "packs").glob("*.yaml"))

GOOD = """\
id: thu
title: Bộ thử
document: Kế hoạch thử
form:
  clause: Biểu 1
  fields:
    - {code: pupils, label: Tổng số học sinh, unit: học sinh, min: 1, total_of: [boys, girls]}
    - {code: boys, label: Nam, unit: học sinh}
    - {code: girls, label: Nữ, unit: học sinh}
    - {code: fees, label: Đã thu, unit: đồng}
    - {code: rate, label: Tỷ lệ chuyên cần, type: percent, max: 100%, required: no}
facts:
  - {code: unit.boarding, label: có bán trú, type: boolean}
rules:
  - id: chuyen-can
    title: Chuyên cần
    clause: Mục 2
    scope: unit.level == 'thcs'
    from: 2026-09-01
    check: report.rate >= 95%
    severity: minor
    then: watch
"""


def refused(text: str) -> PackError:
    with pytest.raises(PackError) as caught:
        load_pack_text(text, "thu.yaml")
    return caught.value


def test_a_pack_has_its_form_and_its_rules() -> None:
    pack = load_pack_text(GOOD, "thu.yaml")
    rule = pack.rules[-1]
    assert (pack.id, pack.title, [field.code for field in pack.form.fields][:2]) == (
        "thu",
        "Bộ thử",
        ["pupils", "boys"],
    )
    assert (rule.severity, rule.then, rule.document) == (Severity.MINOR, Consequence.WATCH, "Kế hoạch thử")
    assert rule.scope_text == "(unit.level == 'thcs') and (submission.due_on >= 2026-09-01)"


def test_what_the_form_asks_becomes_rules() -> None:
    made = {rule.id: rule.check_text for rule in load_pack_text(GOOD, "thu.yaml").rules[:-1]}
    assert made == {
        "so-lieu-bat-buoc": "present(report.pupils) and present(report.boys) and present(report.girls)"
        " and present(report.fees)",
        "so-lieu-trong-khoang": "report.pupils >= 1 and (missing(report.rate) or report.rate <= 1)",
        "tong-pupils": "report.pupils == report.boys + report.girls",
    }


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_pack_loads_and_every_rule_names_its_clause(path: Path) -> None:
    pack = load_pack(path)
    assert pack.id == path.stem
    assert pack.rules
    assert all(rule.clause and rule.document for rule in pack.rules)


def test_a_version_follows_what_the_rule_says_and_nothing_else() -> None:
    rule = load_pack_text(GOOD, "a").rules[-1]
    moved = load_pack_text("# ghi chú\n" + GOOD.replace("id: thu\n", "id: khac\n"), "b").rules[-1]
    changed = load_pack_text(GOOD.replace("95%", "96%"), "c").rules[-1]
    assert moved.version == rule.version != changed.version


def test_a_rule_switched_off_is_checked_and_not_judged() -> None:
    pack = load_pack_text(GOOD + "    off: chưa đối chiếu được văn bản gốc\n", "thu.yaml")
    assert pack.rules[-1] not in pack.in_force
    assert refused(GOOD.replace("rate >=", "rat >=") + "    off: chưa dùng\n").place == (20, 12)


SEMANTIC = [
    ("report.rate >=", "report.rat >=", (20, 12), "có phải ý bạn là 'report.rate'"),
    ("report.rate >= 95%", "report.rate >= ", (20, 26), "viết dở"),
    ("report.rate >= 95%", "report.boys >= 95%", (20, 24), "không cùng đơn vị: học sinh và tỷ lệ"),
    ("report.rate >= 95%", "report.boys + report.fees > 1", (20, 24), "không cùng đơn vị: học sinh và đồng"),
    ("report.rate >= 95%", "report.fees / report.boys < report.fees", (20, 38), "đồng/học sinh và đồng"),
    ("report.rate >= 95%", "unit.name > 5", (20, 22), "không so sánh được chữ với số"),
    ("report.rate >= 95%", "report.boys", (20, 12), "đúng/sai"),
    ("unit.level == 'thcs'", "unit.levels == 'thcs'", (18, 12), "unit.level"),
    (": report.rate >= 95%", ": |\n      unit.boarding\n      or report.rat > 1", (22, 10), "report.rat"),
    ("    check: report.rate >= 95%", "    check: 'report.rat > 1'", (20, 13), "report.rat"),
    ("severity: minor", "severity: nhẹ", (21, 15), "critical, major, minor"),
    ("then: watch", "then: phạt", (22, 11), "return, corrective"),
    ("from: 2026-09-01", "from: 2026-02-30", (19, 11), "không có ngày"),
    ("    clause: Mục 2\n", "", (15, 5), "thiếu 'clause'"),
    ("clause: Mục 2", "clauses: Mục 2", (15, 5), "thiếu 'clause'"),
    ("title: Chuyên cần", "title: Chuyên cần\n    tilte: x", (17, 5), "có phải ý bạn là 'title'"),
    ("title: Chuyên cần", "title: ''", (16, 13), "để trống"),
    ("rules:\n", "rules: không có\nkhac:\n", (14, 8), "danh sách"),
    ("min: 1", "min: một", (7, 68), "phải là số"),
    ("type: percent", "type: phantram", (11, 51), "number, integer"),
    ("code: girls", "code: boys", (9, 7), "hai lần"),
    ("code: girls", "code: 'học sinh'", (9, 15), "mã số liệu"),
    ("total_of: [boys, girls]", "total_of: [boys, gils]", (5, 3), "report.gils"),
    ("id: chuyen-can", "id: tong-pupils", (15, 5), "tong-pupils"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "message"), SEMANTIC, ids=lambda value: str(value)[:40])
def test_a_wrong_pack_is_refused_at_the_place(
    old: str, new: str, place: tuple[int, int], message: str
) -> None:
    assert GOOD.count(old) >= 1
    error = refused(GOOD.replace(old, new, 1))
    assert (error.place, message in error.message) == (place, True), str(error)
    assert str(error).startswith(f"thu.yaml, dòng {place[0]}, cột {place[1]}: ")


HOSTILE = [
    ("!!python/object/apply:os.system ['id']", (1, 1), "thẻ kiểu"),
    ("id: !!str thu", (1, 5), "thẻ kiểu"),
    ("id: &a thu\ntitle: *a", (1, 5), "neo"),
    ("id: thu\ntitle: *a", (2, 8), "bí danh"),
    ("a: &a [1]\nb: &b [*a, *a]", (1, 4), "neo"),
    ("&a [*a]", (1, 1), "neo"),
    ("id: thu\ntitle: a\nid: khac", (3, 1), "dòng 1 và dòng 3"),
    ("id: thu\n<<: {title: x}", (2, 1), "<<"),
    ("id: thu\n? [a]\n: b", (2, 3), "khóa phải là chữ"),
    ("[" * 3000, (1, 13), "lồng quá sâu"),
    ("id: thu\n\ttitle: x", (2, 1), "Tab"),
    ("id: a: b", (1, 6), "dấu hai chấm"),
    ("id: [a, b", (1, 10), "thiếu hoặc thừa"),
    ("id: thu\n\u00a0title: x", (2, 1), "không nhìn thấy"),
    ("id: thu\n--- \nid: hai", (2, 1), "một tài liệu"),
    ("id: 'a\u0000b'", (1, 1), "YAML viết sai"),
    ("", (1, 1), "tệp trống"),
    ("chỉ là chữ", (1, 1), "khóa: giá trị"),
    ("- a\n- b", (1, 1), "khóa: giá trị"),
]


@pytest.mark.parametrize(("text", "place", "message"), HOSTILE, ids=lambda value: repr(value)[:30])
def test_hostile_yaml_is_refused_at_the_place(text: str, place: tuple[int, int], message: str) -> None:
    error = refused(text)
    assert (error.place, message in error.message) == (place, True), str(error)


def test_nothing_is_guessed_from_how_a_value_looks() -> None:
    text = (
        GOOD.replace("id: thu", "id: 0123").replace("title: Bộ thử", "title: NO").replace("Mục 2", "12:30:45")
    )
    pack = load_pack_text(text, "thu.yaml")
    assert (pack.id, pack.title, pack.rules[-1].clause) == ("0123", "NO", "12:30:45")


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    plain = load_pack_text(GOOD, "a")
    windows = load_pack_text("\ufeff" + GOOD.replace("\n", "\r\n"), "b")
    assert [rule.version for rule in windows.rules] == [rule.version for rule in plain.rules]


def test_decomposed_letters_are_composed() -> None:
    plain, apart = load_pack_text(GOOD, "a"), load_pack_text(unicodedata.normalize("NFD", GOOD), "b")
    assert [rule.version for rule in apart.rules] == [rule.version for rule in plain.rules]


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"id: \xff\xfe")
    with pytest.raises(PackError, match="UTF-8"):
        load_pack(tmp_path / "x.yaml")


def _sample(chance: Random, kind: Kind) -> object:
    """A value from a narrow range, so that equalities and totals come true often enough."""
    if kind is Kind.BOOLEAN:
        return chance.random() < 0.7
    if kind is Kind.TEXT:
        return chance.choice(["cong_lap", "tu_thuc", "chat_luong_cao", "thcs"])
    return chance.choice([-1, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 30, 50])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_rule_in_force_of_a_shipped_pack_can_be_met_and_can_be_broken(path: Path) -> None:
    pack, chance = load_pack(path), Random(7)
    read = {
        node for rule in pack.in_force for part in (rule.scope, rule.check) if part for node in walk(part)
    }
    named = sorted({(node.name, node.kind) for node in read if isinstance(node, Path_)})
    seen: dict[str, set[Outcome]] = {rule.id: set() for rule in pack.in_force}
    for _ in range(4000):
        case: dict[str, dict[str, object]] = {"previous": {"report": {}}}
        for name, kind in named:
            group, _, figure = name.rpartition(".")
            holder = case["previous"]["report"] if group == "previous.report" else case.setdefault(group, {})
            if chance.random() < 0.95:
                holder[figure] = _sample(chance, kind)
        for rule, outcome in zip(pack.in_force, pack.judgement(case), strict=True):
            seen[rule.id] |= {outcome} if outcome else set()
    assert {
        rule for rule, outcomes in seen.items() if not outcomes >= {Outcome.MET, Outcome.NOT_MET}
    } == set()


def test_a_file_of_eight_times_the_rules_takes_eight_times_the_steps() -> None:
    """Steps are counted, not seconds: the same on every machine. A quadratic reader is at eight times a rule."""
    small, large = (steps_to_load(count) / count for count in (60, 480))
    assert large < 1.1 * small


def steps_to_load(count: int) -> int:
    """How many functions are called to load so many rules."""
    rules = "".join(
        f"  - {{id: r{n}, title: R{n}, clause: c, check: report.pupils > {n}, severity: minor, then: note}}\n"
        for n in range(count)
    )
    text = f"id: p\ntitle: P\nform:\n  fields:\n    - {{code: pupils, label: Học sinh}}\nrules:\n{rules}"
    steps, watcher = 0, sys.getprofile()

    def step(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    sys.setprofile(step)
    try:
        pack = load_pack_text(text, "p")
    finally:
        sys.setprofile(watcher)
    assert len(pack.rules) == count + 1
    return steps


FOLLOWED = """\
id: khong-tien-mat
title: Thu không dùng tiền mặt
clause: Mục 6
check: report.cashless >= 1
severity: major
"""


@pytest.mark.parametrize(
    ("more", "days", "watch_list"),
    [
        ("then: corrective\ndays: 10\n", 10, ""),
        ("then: corrective\n", None, ""),
        ("then: watch\nlist: duoi-75\n", None, "duoi-75"),
    ],
)
def test_a_rule_says_how_long_and_on_which_list(more: str, days: int | None, watch_list: str) -> None:
    rule = read_own(FOLLOWED + more, PACK)
    assert (rule.days, rule.watch_list) == (days, watch_list)
    assert read_own(form_of(rule).text, PACK).version == rule.version


@pytest.mark.parametrize(
    ("more", "line", "message"),
    [
        ("then: watch\ndays: 10\n", 7, "'days' chỉ đi với 'then: corrective'"),
        ("then: corrective\nlist: x\n", 7, "'list' chỉ đi với 'then: watch'"),
        ("then: corrective\ndays: 0\n", 7, "từ 1 đến 999"),
        ("then: corrective\ndays: mười\n", 7, "từ 1 đến 999"),
    ],
)
def test_what_contradicts_the_consequence_is_refused_at_its_line(more: str, line: int, message: str) -> None:
    with pytest.raises(PackError, match=message) as refused:
        read_own(FOLLOWED + more, PACK)
    assert refused.value.place.line == line
