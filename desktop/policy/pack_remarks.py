"""What is odd about a pack that reads well: no fault, but a slip that its author would want to know of.

Every remark has its place, and says what to do.  A remark may be right as it stands: then it is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from desktop.domain.conditions import facts_of, parameters_of
from desktop.domain.errors import Fault
from desktop.domain.facts import DERIVED_SPECS, FactType, spec_of
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_keys import GROUND_LABEL, LABEL_KEYS, PARAMETER_KEYS
from desktop.policy.condition_reader import NEVER
from desktop.policy.name_remarks import name_remarks
from desktop.policy.near_names import meant, nearest
from desktop.policy.pack_rules import PlacedRule, compared, rules_of, values_of
from desktop.policy.reachability import always_holds, can_hold, may_concern

# Facts that come from elsewhere than the questions: other fields of the form, the act itself, the register.
FROM_ELSEWHERE: Final = frozenset(
    {
        "kind", "category", "contract_amount_yuan", "floor_area_m2", "investment_yuan", "building_area_m2",
        "owner_kind", "property_ownership", "funding", "work_natures", "agent", "applicant_is_owner",
        "contractor_kind", "planned_start_on", "planned_end_on", "filed_on", "accepted_on", "completed_on",
        "extension_applied_on", "closeout_applied_on", "qualification_valid_to", "safety_licence_valid_to",
        "special_cert_valid_to", "filing_channel", "provided_materials", "visits", "registered", "finding",
        "patrol_finding", "violation_kind", "refuses_rectification",
        # Said in one word by files of the command line, where the form asks for the parts.
        "crowded_place_hot_work", "hot_work_tools_zh", "no_contract",
    }
)  # fmt: skip
# What lists, papers and statistics of the program show, whether a rule looks at it or not.
_SHOWN: Final = frozenset(
    {
        "place_kind", "crowded_place", "hot_work", "insulation_material", "self_performed", "property_managed",
        "risk_kinds", "dangerous_operations", "special_operations",
    }
)  # fmt: skip
_QUESTION: Final = "questions("
_PLAIN_TEXT: Final = frozenset({FactType.TEXT, FactType.FLAG_OR_TEXT, FactType.DATE})


def remarks(pack: PolicyPack, *, papers: Collection[str] = ()) -> tuple[Fault, ...]:
    """Look a sound pack through; ``papers`` are the codes of the papers that the program prints."""
    rules = tuple(rules_of(pack))
    return (
        *_unasked(pack, rules),
        *_idle_questions(pack, rules),
        *_not_offered(pack, rules),
        *_categories(pack),
        *_unreachable(pack, rules),
        *_materials(pack),
        *_numbers(pack, rules),
        *_articles(pack),
        *_labels(pack),
        *name_remarks(pack, papers=papers),
    )


def _unasked(pack: PolicyPack, rules: tuple[PlacedRule, ...]) -> Iterator[Fault]:
    """Facts that rules look at and nobody asks: they count as not there, and the rule is silent."""
    asked = {question.fact for question in pack.questions} | FROM_ELSEWHERE | DERIVED_SPECS.keys()
    asked |= {opened.fact for opened in pack.open_lists}
    places: dict[str, list[str]] = {}
    wording: dict[str, str] = {}
    for rule in rules:
        for fact in sorted(facts_of(rule.when) - asked):
            if rule.is_wording:
                wording.setdefault(fact, rule.place)
            else:
                places.setdefault(fact, []).append(rule.place)
    for fact, where in places.items():
        cure = f'加上一节 [[questions]]，写 fact = "{fact}"，或者从条件里去掉'
        yield Fault(where[0], f"看 {fact}，表单没有问；{cure}{_others(where[1:])}")
    if wording:
        what = f"看 {'、'.join(wording)}，表单没有问；只凭这些才印的文字不会印，不要紧的可以保留"
        yield Fault(next(iter(wording.values())), what)


def _idle_questions(pack: PolicyPack, rules: tuple[PlacedRule, ...]) -> Iterator[Fault]:
    """Questions whose answers decide nothing: more work at the window for nothing but the record."""
    looked_at = {fact for rule in rules for fact in facts_of(rule.when)} | _SHOWN
    looked_at |= {opened.fact for opened in pack.open_lists}
    idle = [
        question.fact
        for question in pack.questions
        if question.fact not in looked_at and (spec := spec_of(question.fact)) and spec.type not in _PLAIN_TEXT
    ]
    if idle:
        cure = "只作登记内容的可以保留，不需要问的写进 [without] 的 questions 或者删去"
        yield Fault(f"questions({idle[0]})", f"没有规则看它的答案，{cure}{_others(idle[1:])}")


def _not_offered(pack: PolicyPack, rules: tuple[PlacedRule, ...]) -> Iterator[Fault]:
    """Values that a condition waits for and no list offers."""
    lists = _offered(pack)
    for rule in rules:
        may_lack = rule.is_wording or rule.place.startswith(_QUESTION)
        for each in compared(rule.when):
            offered = lists.get(each.fact, frozenset())
            for value in values_of(each) if offered else ():
                # Sentences and questions of the base speak of categories that a place need not have.
                if value not in offered and (nearest(value, offered) or not may_lack):
                    where = _LIST_OF.get(each.fact, f"[choices] {each.fact}")
                    cure = f"{where} 里没有这一项{meant(value, sorted(offered))}"
                    yield Fault(rule.place, f"比较 {each.fact} 是不是 {value}，{cure}")


_LIST_OF: Final[Mapping[str, str]] = {
    "category": "[[categories]]",
    "provided_materials": "[[materials]]",
    "patrol_finding": "[[findings]]",
    "finding": "[[revocations]]",
}


def _offered(pack: PolicyPack) -> Mapping[str, frozenset[str]]:
    lists = {fact: frozenset(each.code for each in offered) for fact, offered in pack.choices.items() if offered}
    return {
        **lists,
        "category": frozenset(category.code for category in pack.categories),
        "provided_materials": frozenset(rule.code for rule in pack.materials),
        "patrol_finding": frozenset(rule.code for rule in pack.findings),
        "finding": frozenset(rule.code for rule in pack.revocations),
    }


def _categories(pack: PolicyPack) -> Iterator[Fault]:
    """Categories without a department, without a question, and facts they ask for that nobody asks."""
    leads = tuple(rule for rule in pack.departments if rule.lead)
    asked = {question.fact for question in pack.questions} | FROM_ELSEWHERE
    for category in pack.categories:
        place, of = f"categories({category.code})", {"kind": category.kind, "category": category.code}
        if leads and not any(may_concern(rule.when, pack, **of) for rule in leads):
            cure = "文件没有写的不用写，由受理人员按行业选定；漏写的加上一节 [[departments]]"
            yield Fault(place, f"没有一条主管部门的规则说到这一类，{cure}")
        if not any(category.kind in q.kinds and may_concern(q.when, pack, **of) for q in pack.questions):
            yield Fault(place, "这一类没有一个问题，加上 [[questions]]，或者用 base 里的")
        for fact in category.asks:
            if fact not in asked:
                yield Fault(f"{place}.asks", f"要问 {fact}，没有这个问题；加上 [[questions]]，或者从 asks 里去掉")
    for scope in pack.scopes:
        if all(category.kind != scope.kind for category in pack.categories):
            yield Fault(f"scopes({scope.kind})", "这一种没有类别，加上 [[categories]]，没有的删去这一节")


def _unreachable(pack: PolicyPack, rules: tuple[PlacedRule, ...]) -> Iterator[Fault]:
    """Rules that never hold, and rules behind one that always does."""
    settled: dict[tuple[str, str], str] = {}
    never_asked: list[str] = []
    scoped = tuple(dict.fromkeys(category.kind for category in pack.categories))
    for rule in rules:
        kinds = tuple(kind for kind in rule.kinds if kind in scoped)
        if rule.when == NEVER:
            continue
        if kinds and not can_hold(rule.when, pack, kinds):
            if rule.place.startswith(_QUESTION):
                never_asked.append(rule.place.removeprefix(_QUESTION).partition(")")[0])
                continue
            yield Fault(rule.place, "这个条件不可能成立，这一条永远不起作用；改正条件，或者删去这一条")
            continue
        ahead = {settled.get((rule.first_of, kind), "") for kind in kinds} if rule.first_of else {""}
        if "" not in ahead and ahead:
            cure = "调换先后，或者给前面的一条加上条件"
            yield Fault(rule.place, f"排在总是成立的 {min(ahead)} 后面，轮不到；{cure}")
        for kind in kinds if rule.first_of else ():
            if always_holds(rule.when, pack, kind):
                settled.setdefault((rule.first_of, kind), rule.place)
    if never_asked:
        cure = "写进 [without] 的 questions 或者删去"
        yield Fault(f"{_QUESTION}{never_asked[0]})", f"以本包的类别和选项，不会问到，{cure}{_others(never_asked[1:])}")


def _materials(pack: PolicyPack) -> Iterator[Fault]:
    for rule in pack.materials:
        if rule.required == NEVER and rule.optional == NEVER:
            yield Fault(f"materials({rule.code})", "从不需要，也不可以提交；写 required 或者 optional，或者删去")
        for key in ("expired", "unusable"):
            if getattr(rule, key) != NEVER and not getattr(rule, f"{key}_because"):
                yield Fault(f"materials({rule.code}).{key}_because", "没有写理由，窗口说不出为什么不收；补上一句话")
    for fact, offered in pack.choices.items():
        spec = spec_of(fact)
        for choice in offered:
            if spec is not None and spec.choices and choice.code not in spec.choices:
                cure = meant(choice.code, spec.choices)
                yield Fault(f"choices.{fact}({choice.code})", f"程序不认识 {fact} 的这个值{cure}")


def _numbers(pack: PolicyPack, rules: tuple[PlacedRule, ...]) -> Iterator[Fault]:
    used = {name for rule in rules for name in parameters_of(rule.when)} | PARAMETER_KEYS.keys()
    for name in pack.parameters:
        if name not in used:
            cure = "删去，或者在条件里用它；来自 base 的写进 [without] 的 parameters，用它的条件一并写进 conditions"
            near = nearest(name, PARAMETER_KEYS.keys() - pack.parameters.keys())
            yield Fault(f"parameters.{name}", f"没有规则用到这个数{f'，是不是 {near}？' if near else '；'}{cure}")


def _articles(pack: PolicyPack) -> Iterator[Fault]:
    """Say what is decided or asked of people without an article behind it."""
    bare = [rule.code for rule in (*pack.findings, *pack.revocations, *pack.transfers) if not rule.article]
    if bare:
        yield Fault(f"findings({bare[0]}).article", f"没有条文，文书上不引；文件写了的补上{_others(bare[1:])}")
    for key in ("counter_article", "notice_article"):
        if not getattr(pack, key):
            yield Fault(f"pack.{key}", "没有条文，受理和告知的理由后面不引；文件写了的补上，没有写的不用补")
    for scope in pack.scopes:
        if scope.because_above and not scope.permit_article:
            what = "告知办理施工许可没有条文；文件写了的补上，没有写的不用补"
            yield Fault(f"scopes({scope.kind}).permit_article", what)


def _labels(pack: PolicyPack) -> Iterator[Fault]:
    for key in pack.labels:
        if key not in LABEL_KEYS and not key.startswith(GROUND_LABEL):
            yield Fault(f"labels.{key}", f"程序不用这个称谓{meant(key, LABEL_KEYS)}")


def _others(places: list[str]) -> str:
    """Name the other places where the same is so."""
    return f"（同样的还有 {'、'.join(places)}）" if places else ""
