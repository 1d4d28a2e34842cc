"""A file is kept once, whoever sends it and however often."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from store.evidence import EvidenceStore


def test_the_same_file_sent_many_times_at_once_is_kept_once_and_whole(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    files = [f"Biên bản số {number}".encode() * 20_000 for number in range(5)]
    sent = [data for data in files for _ in range(8)]
    with ThreadPoolExecutor(8) as senders:
        kept = list(senders.map(lambda data: store.put(data, "bien-ban.pdf").sha256, sent))
    assert [store.get(digest) for digest in kept] == sent
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == len(files)
