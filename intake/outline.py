"""The tree of a document: which item stands under which heading.

Levels are not fixed: a style of marker met before closes what was opened since, a new style goes one deeper.
So numbering may begin at II, jump, or skip a letter.
"""

from dataclasses import dataclass, field

from intake.blocks import Block, closed
from intake.grammar.markers import BULLETS
from intake.text import Source, fold, squeeze

ANNEX = "annex"
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
            bool(self.children) or self.style in {"roman", "part"} or self.style.startswith("#")
        )


def outline(source: Source, blocks: list[Block]) -> list[Node]:
    """One node a block, in order, each with its parent."""
    nodes: list[Node] = []
    stack: list[Node] = []
    for block in blocks:
        words = squeeze(" ".join(source.say(*span) for span in block.spans))
        node = Node(block, _style(block, words), words)
        _close(stack, node)
        node.parent = stack[-1] if stack else None
        if node.parent:
            node.parent.children.append(node)
        if node.style:
            stack.append(node)
        nodes.append(node)
    return nodes


def _style(block: Block, words: str) -> str:
    if block.kind == "paragraph" and not block.style and words.endswith(":"):
        return INTRO
    return block.style if block.kind == "paragraph" else ""


def _close(stack: list[Node], node: Node) -> None:
    """Takes from the stack what the new node is not under; an annex is under nothing."""
    if node.style == ANNEX:
        stack.clear()
    elif node.block.kind == "row":
        _drop_bullets(stack)
    elif node.style in ("", INTRO):
        _drop_bullets(stack)
        while stack and stack[-1].style == INTRO:
            stack.pop()
            _drop_bullets(stack)
    else:
        styles = [n.style for n in stack]
        if node.style in styles:
            del stack[len(styles) - 1 - styles[::-1].index(node.style) :]


def _drop_bullets(stack: list[Node]) -> None:
    while stack and stack[-1].style in BULLETS:
        stack.pop()
