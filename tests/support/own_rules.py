"""A pack, and rules an office might write for it."""

from rules.pack import Pack, load_pack_text

PACK: Pack = load_pack_text(
    """\
id: thu-hoc
title: Báo cáo thu học phí
form:
  clause: mục III.1
  fields:
    - {code: parents, label: Số cha mẹ nộp, unit: người, required: no}
    - {code: cashless, label: Trong đó không dùng tiền mặt, unit: người, required: no}
""",
    "thu-hoc",
)


def own(check: str, *, scope: str = "", off: str = "") -> str:
    """The text of the rule `khong-tien-mat` with this condition."""
    lines = ["id: khong-tien-mat", "title: Thu không dùng tiền mặt", "clause: Mục 6", f"check: {check}"]
    lines += [f"scope: {scope}"] if scope else []
    lines += [f"off: {off}"] if off else []
    return "\n".join([*lines, "severity: minor", "then: note", ""])
