"""The office's own rules: those in force, and every version of one."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, func, select

from store.compliance_tables import OwnRuleRow
from store.tables import PersonRow


def current_rules(session: Session) -> Sequence[OwnRuleRow]:
    """The newest version of each, by pack and id."""
    newest = (
        select(OwnRuleRow.pack, OwnRuleRow.rule_id, func.max(OwnRuleRow.number).label("number"))
        .group_by(col(OwnRuleRow.pack), col(OwnRuleRow.rule_id))
        .subquery()
    )
    return session.exec(
        select(OwnRuleRow)
        .join(
            newest,
            (col(OwnRuleRow.pack) == newest.c.pack)
            & (col(OwnRuleRow.rule_id) == newest.c.rule_id)
            & (col(OwnRuleRow.number) == newest.c.number),
        )
        .order_by(col(OwnRuleRow.pack), col(OwnRuleRow.rule_id))
    ).all()


def versions_of(session: Session, pack: str, rule_id: str) -> Sequence[OwnRuleRow]:
    """Oldest first."""
    return session.exec(
        select(OwnRuleRow)
        .where(col(OwnRuleRow.pack) == pack, col(OwnRuleRow.rule_id) == rule_id)
        .order_by(col(OwnRuleRow.number))
    ).all()


def names_of_publishers(session: Session, pack: str, rule_id: str) -> Mapping[str, str]:
    """By the code under which a version was published; who has left the office keeps the name."""
    rows = session.exec(
        select(PersonRow.code, PersonRow.name)
        .join(OwnRuleRow, col(OwnRuleRow.published_by) == col(PersonRow.code))
        .where(col(OwnRuleRow.pack) == pack, col(OwnRuleRow.rule_id) == rule_id)
        .distinct()
    )
    return dict(rows.all())
