"""A judged condition as a tree to read: what must hold, what each part came to, and every figure it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.sentence import Sentence
from domain.verdict import Outcome
from rules.explain import Step
from rules.tree import Logic, Not, Path
from rules.trial import outcome_of
from rules.wording import say_value, why


@dataclass(frozen=True)
class Told:
    """One part of the condition. `figures`: (name, value as said; empty: missing) of what a relation read, each
    once; a part made of parts has none of its own."""

    text: str
    outcome: Outcome
    parts: tuple["Told", ...] = ()
    figures: tuple[tuple[str, str], ...] = ()


def told(step: Step, labels: Mapping[str, str]) -> Told:
    match step.node:
        case Logic(op=op):
            said = (
                Sentence("Mọi điều sau đều phải đúng")
                if op == "and"
                else Sentence("Ít nhất một điều sau phải đúng")
            )
            return Told(said, outcome_of(step), tuple(told(part, labels) for part in step.parts))
        case Not() if isinstance(step.parts[0].node, Logic):
            return Told(
                Sentence("Điều sau không được đúng"), outcome_of(step), (told(step.parts[0], labels),)
            )
        case _:
            return Told(_capital(why(step, labels)), outcome_of(step), (), _figures(step, labels))


def _figures(step: Step, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    read = {part.node.name: part.value for part in step.walk() if isinstance(part.node, Path)}
    return tuple(
        (labels.get(path, path), "" if value is None else say_value(value)) for path, value in read.items()
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
