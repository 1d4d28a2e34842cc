"""The functions of the language: names and how many arguments each takes. Nothing else can be called."""

ARGUMENTS: dict[str, tuple[int, int]] = {
    "sum": (1, 100),
    "min": (1, 100),
    "max": (1, 100),
    "abs": (1, 1),
    "round": (1, 2),
    "date": (1, 1),
    "workdays": (2, 2),
    "change": (2, 2),
    "share": (1, 2),
    "present": (1, 1),
    "missing": (1, 1),
}
