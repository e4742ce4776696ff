"""Reading the numbers of a pack and what its documents leave open: parameters, gaps, open lists."""

from __future__ import annotations

from desktop.domain.facts import FactType, spec_of
from desktop.domain.pack_numbers import number_fault
from desktop.domain.pack_rules import ListProposal, NumberWord, OpenList, Parameter
from desktop.policy.table import Table


def read_parameter(table: Table) -> Parameter:
    """Read one number; without a value it is a gap and has to say so (``gap = true``) and why."""
    is_gap, name = table.flag("gap"), table.where.rpartition(".")[2]
    if is_gap and "value" in table.raw:
        table.fault("value", "gap = true 表示文件没有写，不能同时有 value；已经查明的，删去 gap，写明 article")
    parameter = Parameter(
        value=None if is_gap else table.number("value"),
        label=table.text("label"),
        article=table.text("article"),
        unverified=table.flag("unverified"),
        why=table.text("why") if is_gap else table.text("why", ""),
        proposal=table.number("proposal") if "proposal" in table.raw else None,
        proposal_source=table.text("proposal_source") if "proposal" in table.raw else "",
        words=tuple(_number_word(word) for word in table.tables("words")),
    )
    for key, number in (("value", parameter.value), ("proposal", parameter.proposal)):
        if number is not None and (why := number_fault(name, number)):
            table.fault(key, why)
        allowed = [word.value for word in parameter.words]
        if number is not None and allowed and number not in allowed:
            table.fault(key, f"应为 {'、'.join(map(str, allowed))} 之一")
    table.close()
    return parameter


def open_list(table: Table) -> OpenList:
    """Read a list that the documents name and do not give."""
    fact = table.text("fact")
    spec = spec_of(fact)
    if spec is None or spec.type is not FactType.TEXTS:
        table.fault("fact", f"{fact} 不是可以多选的事实")
    opened = OpenList(
        code=table.text("code"),
        label=table.text("label"),
        article=table.text("article"),
        why=table.text("why"),
        fact=fact,
        known=table.integer("known", optional=True) or 0,
        proposals=tuple(_proposal(proposal) for proposal in table.tables("proposals")),
    )
    table.close()
    return opened


def _number_word(table: Table) -> NumberWord:
    word = NumberWord(value=table.number("value"), label=table.text("label"))
    table.close()
    return word


def _proposal(table: Table) -> ListProposal:
    proposal = ListProposal(label=table.text("label"), source=table.text("source"))
    table.close()
    return proposal
