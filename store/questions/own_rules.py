"""The office's own rules: those in force, and every version of one."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from store.compliance_tables import OwnRuleRow


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
