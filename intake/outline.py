"""The tree of a document: which item stands under which heading.

Levels are not fixed: a style of marker met before closes what was opened since, a new style goes one deeper.
So numbering may begin at II, jump, or skip a letter.
"""

from dataclasses import dataclass, field
from itertools import zip_longest

from intake.blocks import Block, closed
from intake.grammar.markers import BULLETS, PERIOD_TITLE
from intake.text import Source, fold, squeeze
from intake.units import Units

ANNEX = "annex"
# The styles given to a month and to a unit that head a list without a number: "Tháng 2", "Phòng Nội vụ".
PERIOD, UNIT = "period", "unit"
INTRO = ":"  # the style given to an unmarked paragraph that introduces what follows


@dataclass(eq=False)
class Node:
    block: Block
    style: str
    words: str  # without mark-up, white space collapsed, footnotes left out
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    @property
    def folded(self) -> str:
        return fold(self.words)

    def ancestors(self) -> list["Node"]:
        found, node = [], self.parent
        while node:
            found.append(node)
            node = node.parent
        return found

    @property
    def is_heading(self) -> bool:
        """A title over others: no end of a sentence, or something announced by a colon."""
        if self.block.kind == "row":
            return False
        if self.words.endswith(":") and self.children:
            return True
        untitled = not closed(self.words)
        return untitled and (
            bool(self.children)
            or self.style in {"roman", "part", "section", PERIOD, UNIT}
            or self.style.startswith("#")
        )


def outline(source: Source, blocks: list[Block]) -> list[Node]:
    """One node a block, in order, each with its parent."""
    units = Units(source)
    nodes: list[Node] = []
    stack: list[Node] = []
    for block, after in zip_longest(blocks, blocks[1:]):
        words = squeeze(" ".join(source.say(*span) for span in block.spans))
        node = Node(block, _style(block, words, after, units), words)
        if not (node.style == ANNEX and nodes and nodes[-1].style == ANNEX):  # the lines of one title
            _close(stack, node)
        node.parent = stack[-1] if stack else None
        if node.parent:
            node.parent.children.append(node)
        if node.style:
            stack.append(node)
        nodes.append(node)
    return nodes


def _style(block: Block, words: str, after: Block | None, units: Units) -> str:
    if block.kind != "paragraph" or block.style:
        return block.style if block.kind == "paragraph" else ""
    if words.endswith(":"):
        return INTRO
    if closed(words) or not (after and after.kind == "paragraph" and after.style):
        return ""
    if PERIOD_TITLE.fullmatch(fold(words)):
        return PERIOD
    return UNIT if units.fills(block.body, block.end) else ""


def _close(stack: list[Node], node: Node) -> None:
    """Takes from the stack what the new node is not under; an annex is under nothing."""
    if node.style == ANNEX:
        stack.clear()
    elif node.block.kind == "row":
        _drop_bullets(stack)
    elif node.style in (PERIOD, UNIT):
        _drop_same(stack, node)
        while stack and (stack[-1].style in BULLETS or stack[-1].words.endswith((".", ";"))):
            stack.pop()
    elif node.style in ("", INTRO):
        _drop_bullets(stack)
        while stack and stack[-1].style == INTRO:
            stack.pop()
            _drop_bullets(stack)
    else:
        _drop_same(stack, node)


def _drop_same(stack: list[Node], node: Node) -> None:
    """Closes what a marker of this style opened, and all under it."""
    styles = [n.style for n in stack]
    if node.style in styles:
        del stack[len(styles) - 1 - styles[::-1].index(node.style) :]


def _drop_bullets(stack: list[Node]) -> None:
    while stack and stack[-1].style in BULLETS:
        stack.pop()
