"""Take addresses out of an npm lock file: it names packages and hashes, and any registry may serve them."""

import json
import sys
from pathlib import Path


def plain(lock: dict[str, dict[str, dict[str, object]]]) -> None:
    for package in lock["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    lock = json.loads(path.read_text(encoding="utf-8"))
    plain(lock)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
