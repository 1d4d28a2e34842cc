"""Passwords that are tried first (ASVS 5.0, 6.2.4): what leaked lists have most often, here and abroad."""

import re
from collections.abc import Iterable

from domain.folding import fold

FEWEST_LETTERS = 4
"""Different signs a password has at least."""
_LEAKED = """
password passw0rd passwort motdepasse matkhau matkhaumoi matkhaula khongco khongcho khongbiet khongnoi
qwerty qwertyui qwertyuiop qwertz asdfgh asdfghjk asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc
abcdef abcdefgh abcdefghi abcd abc admin administrator root user guest test tester demo sample welcome letmein
login master hello iloveyou sunshine princess football baseball basketball superman batman dragon monkey shadow
michael jennifer jordan harley hunter ranger buster soccer hockey killer george charlie andrew thomas tigger
computer internet samsung iphone nokia google facebook youtube zalo gmail yahoo windows microsoft office
whatever trustno starwars freedom secret summer winter spring autumn flower cookie cheese pepper ginger
anhyeuem emyeuanh yeuem yeuanh anhnhoem emnhoanh conyeume conyeubame yeume giadinh giadinhtoi hanhphuc
vietnam vietnamvodich hanoi saigon haiphong danang quangninh nghean thanhhoa hochiminh bacho
nguyen nguyenvan nguyenthi tranvan levan phamvan hoangvan thanhcong chienthang maimai mottinhyeu
truonghoc truong giaovien hieutruong hocsinh vanphong vanthu phongban ubnd dondoc giaoduc daotao
quantri quanly changeme doimatkhau macdinh default secure pass access zaq xsw
"""
WORDS = frozenset(_LEAKED.split())
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_RUNS = "01234567890123456789 09876543210987654321 abcdefghijklmnopqrstuvwxyz zyxwvutsrqponmlkjihgfedcba"


def is_common(password: str, about: Iterable[str] = ()) -> bool:
    """Whether it is one of these words, with any figures and signs around it, a run, a date or a number alone, few
    signs over and over, or made of what everybody knows `about` the person."""
    plain = "".join(fold(password).split())
    known = {"".join(fold(word).split()) for word in about}
    bare = _AROUND.sub("", plain)
    return (
        len(set(plain)) < FEWEST_LETTERS
        or not bare
        or plain in _RUNS
        or bare in WORDS
        or bare in known
        or plain in known
    )
