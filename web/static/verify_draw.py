"""Check a published draw. Python and nothing else: python3 verify_draw.py draw.json [published-before.json]

The first file is the draw as shown afterwards; the second, if you kept it, what was published when it was sealed.
Says what was found and ends with 0 when everything agrees, 1 when something was changed.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

Draw = dict[str, Any]
Candidates = list[dict[str, Any]]


def check(shown: Draw, sealed: Draw | None = None) -> list[str]:
    """Sentences about what does not agree, each thing by its name; none when the draw is what was sealed. Without what
    was kept from the seal, list, weights and number are held against one hash and cannot be told apart."""
    before = sealed or shown
    candidates, count = shown["candidates"], shown["count"]
    wrong = []
    if _hash(shown["seed"]) != before["seed_hash"]:
        wrong.append("Mã bí mật không phải là mã đã niêm phong.")
    if count != before["count"]:
        wrong.append("Số đơn vị bốc thăm không phải là số đã niêm phong.")
    if hash_of_units(candidates) != before["units_hash"]:
        wrong.append("Danh sách đơn vị không phải là danh sách đã niêm phong.")
    elif hash_of_list(candidates, before["count"]) != before["list_hash"]:
        unkept = "Danh sách, trọng số hoặc số lượng không phải là danh sách đã niêm phong."
        wrong.append("Trọng số không phải là trọng số đã niêm phong." if sealed else unkept)
    if not wrong and draw(candidates, count, shown["seed"], shown["witness"]) != shown["chosen"]:
        wrong.append("Bốc thăm lại ra kết quả khác: kết quả hoặc con số làm chứng đã bị đổi.")
    return wrong


def hash_of_units(candidates: Candidates) -> str:
    units = [one["unit"] for one in in_order(candidates)]
    return _hash(json.dumps(units, ensure_ascii=False, separators=(",", ":")))


def hash_of_list(candidates: Candidates, count: int) -> str:
    said = [{"unit": one["unit"], "weight": one["weight"]} for one in in_order(candidates)]
    text = json.dumps(
        {"candidates": said, "count": count}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return _hash(text)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def in_order(candidates: Candidates) -> Candidates:
    return sorted(candidates, key=lambda one: one["unit"])


def draw(candidates: Candidates, count: int, seed: str, witness: str) -> list[str]:
    """SHA-256 of "seed|witness|turn" modulo the weight in the urn, counted through the codes in order."""
    urn = in_order(candidates)
    chosen: list[str] = []
    while urn and len(chosen) < count:
        digest = hashlib.sha256(f"{seed}|{witness}|{len(chosen)}".encode()).digest()
        ball = int.from_bytes(digest, "big") % sum(one["weight"] for one in urn)
        for place, one in enumerate(urn):
            if ball < one["weight"]:
                chosen.append(urn.pop(place)["unit"])
                break
            ball -= one["weight"]
    return chosen


def main(paths: list[str]) -> int:
    files = [json.loads(Path(path).read_text(encoding="utf-8")) for path in paths]
    wrong = check(*files)
    told = wrong or ["Đúng: kết quả bốc thăm khớp với những gì đã niêm phong."]
    print("\n".join(told))  # noqa: T201 (it is run by hand)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:3]))
