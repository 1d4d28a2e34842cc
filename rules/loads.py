"""The opening lines of a compiled function: figures of a case into locals.

Written for the usual record, where every figure stands in its place and has its plain type: one lookup and one
type test each. Anything else takes the second way, which reads as `rules.values` does.
"""

from rules.tree import Kind

_PLAIN = {
    Kind.NUMBER: ("int", "number"),
    Kind.TEXT: ("str", "text"),
    Kind.DATE: ("date", "calendar_day"),
    Kind.BOOLEAN: ("bool", "boolean"),
}


class Loads:
    """Collects what rules read. Figures are held in v0, v1, ...; what is worked out from them in t0, t1, ...
    The lines use functions of `rules.values`, `group`, `Kind`, and the parameter `case`."""

    def __init__(self) -> None:
        self.groups: dict[str, str] = {"": "case"}
        self.raw: dict[str, str] = {}
        self.kinds: dict[str, Kind] = {}
        self.locals: dict[str, str] = {}

    @property
    def names(self) -> frozenset[str]:
        """The locals that hold a figure of a plain kind."""
        return frozenset(self.kinds)

    @property
    def later(self) -> list[str]:
        """Worked out after all figures are there."""
        return [f"{name} = {source}" for source, name in self.locals.items()]

    def figure(self, path: str, kind: Kind) -> str:
        """The local that holds the value at a dotted path, None where it is unknown."""
        if kind not in _PLAIN:
            return self.local(f"read({self._fetched(path, path)}, Kind.{kind.name})")
        name = self._fetched(path, f"{path}:{kind}")
        self.kinds[name] = kind
        return name

    def local(self, source: str) -> str:
        return self.locals.setdefault(source, f"t{len(self.locals)}")

    def _fetched(self, path: str, key: str) -> str:
        self._group(path.rpartition(".")[0])
        return self.raw.setdefault(key, f"v{len(self.raw)}")

    def _group(self, path: str) -> None:
        if path not in self.groups:
            self._group(path.rpartition(".")[0])
            self.groups[path] = f"g{len(self.groups)}"

    def fetching(self) -> list[str]:
        if not self.raw:
            return []
        plainly, safely = (
            self._fetch("{0}[{1!r}]", "{0}[{1!r}]"),
            self._fetch("group({0}, {1!r})", "{0}.get({1!r})"),
        )
        return ["try:", *plainly, "except (KeyError, TypeError):", *safely]

    def _fetch(self, group: str, figure: str) -> list[str]:
        groups = [(path, name, group) for path, name in self.groups.items() if path]
        figures = [(key.partition(":")[0], name, figure) for key, name in self.raw.items()]
        lines = []
        for path, name, form in (*groups, *figures):
            parent, _, leaf = path.rpartition(".")
            lines.append(f"    {name} = {form.format(self.groups[parent], leaf)}")
        return lines

    def usual(self) -> list[str]:
        """Tests that all figures are there and of their plain type (`__class__` is a shade faster than type())."""
        return [f"{name}.__class__ is {_PLAIN[kind][0]}" for name, kind in self.kinds.items()]

    def reading(self) -> list[str]:
        """What makes a figure of whatever the case holds, or None."""
        lines = []
        for name, kind in self.kinds.items():
            plain, reader = _PLAIN[kind]
            lines.append(f"if {name} is not None and type({name}) is not {plain}: {name} = {reader}({name})")
        return lines
