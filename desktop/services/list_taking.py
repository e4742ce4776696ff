"""Taking the three person lists into the registers: finding who is meant, and writing what differs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Final

from sqlalchemy.orm import Session

from desktop.domain.departments import annex_department
from desktop.domain.errors import ClerkError, Fault
from desktop.domain.organisations import LEVEL_OF_KIND, Organisation, OrganisationKind, Person, Post
from desktop.domain.person_lists import SHAPES, Listed, ListRow, PersonLists, RegionRow
from desktop.domain.search_keys import normalise
from desktop.models.organisation import OrganisationRecord
from desktop.models.person import PersonRecord
from desktop.services.organisation_writing import write_organisation
from desktop.services.persons import end_person, write_person
from desktop.services.register_rows import organisation_of, organisations_in, person_of, persons_in
from desktop.services.station import Station

# Words that say the same of an organisation, by what it is; 坪安镇 and 坪安街道 are two.
_SUFFIXES: Final = (
    ("街道", re.compile(r"街道(?:办事处|办)?$")),
    ("镇", re.compile(r"镇(?:人民政府|政府)?$")),
    ("乡", re.compile(r"乡(?:人民政府|政府)?$")),
    ("社区", re.compile(r"(?:社区(?:工作站|居民委员会|居委会)?|居委会)$")),
    ("村", re.compile(r"村(?:民委员会|委会)?$")),
)
_VILLAGE: Final = re.compile(r"(村|村委会|村民委员会|居委会|居民委员会)$")
_REASON: Final = "导入汇总表：名单中已没有此人"
_ADMIN_POSTS: Final = (Post.SYSTEM_ADMIN, Post.DEPUTY_ADMIN)
_TROUBLES: Final[Mapping[str, str]] = {
    "name_taken": "同一上级下已有同名单位，请写全称",
    "post_taken": "系统后台管理员只能有一名，请核对名录中原来的人选",
    "both_admins": "同一人不能既是系统后台管理员又是副手",
    "name_unfit": "姓名中有不能用的字符",
}


class Effect(StrEnum):
    """What a list does to one entry of the registers."""

    ADD = "add"
    CHANGE = "change"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """One change that a list makes, in words."""

    effect: Effect
    organisation: str
    what: str


class ListTaking:
    """Takes lists into the open transaction, on record; every row that cannot be taken becomes a fault."""

    def __init__(self, session: Session, station: Station, post_words: Mapping[Post, str]) -> None:
        self._session = session
        self._station = station
        self._words = post_words
        self.lines: list[ImportLine] = []
        self.faults: list[Fault] = []

    def take(self, lists: PersonLists) -> None:
        """Take everything in, regions first."""
        for region in lists.regions:
            self._try(region.where, partial(self._take_region, region))
        for row in lists.rows:
            self._try(row.where, partial(self._take_row, row))

    def _try(self, where: str, act: Callable[[], None]) -> None:
        try:
            act()
        except ClerkError as error:
            why = _TROUBLES.get(error.code) or str(error.details.get("why") or "")
            name = str(error.details.get("name") or error.details.get("holder") or "")
            said = why or f"没有写入（{error.code}）"
            self.faults.append(Fault(where, f"{name}：{said}" if name else said))

    def _take_region(self, region: RegionRow) -> None:
        party = self._party((SHAPES[region.annex].region_kind,), region.name, None)
        if region.admins:
            wanted = {post: (listed,) for post, listed in zip(_ADMIN_POSTS, region.admins, strict=False)}
            self._settle(party, wanted, _ADMIN_POSTS)

    def _take_row(self, row: ListRow) -> None:
        above = self._party((row.shape.region_kind,), row.region, None).id if row.region else None
        unit = self._department(row.unit) if OrganisationKind.DEPARTMENT in row.shape.unit_kinds else row.unit
        party = self._party(row.shape.unit_kinds, unit, above)
        before = organisation_of(party)
        if set(before.roles) != set(row.roles):
            write_organisation(self._session, self._station, replace(before, roles=row.roles), organisation_id=party.id)
            self._tell(Effect.CHANGE, party, "角色")
        self._settle(party, dict(zip(row.shape.posts, row.people, strict=True)), row.shape.posts)

    def _party(self, kinds: Collection[OrganisationKind], name: str, above: int | None) -> OrganisationRecord:
        """Find the organisation a name means, by its full or short names; enter it when there is none."""
        known = [record for record in organisations_in(self._session) if record.kind in kinds]
        own = [one for one in known if above is None or one.parent_id == above]
        found = self._meant(own, name) or self._meant([one for one in known if one.parent_id is None], name)
        if len(found) > 1:
            raise ClerkError("several_meant", name=name, why="名录中有多个单位可以这样称呼，请写全称")
        if found:
            return found[0]
        kind = _kind_for(kinds, name)
        organisation = Organisation(kind=kind, name=name, level=LEVEL_OF_KIND[kind], parent_id=above)
        made = write_organisation(self._session, self._station, organisation)
        record = self._session.get_one(OrganisationRecord, made)
        self._tell(Effect.ADD, record, "单位")
        return record

    def _meant(self, known: Sequence[OrganisationRecord], name: str) -> list[OrganisationRecord]:
        """Give those that a name means: exactly, else by what is left without the word for their kind."""
        wanted = normalise(name)
        exact = [one for one in known if wanted in {normalise(own) for own in (one.name, *one.short_names)}]
        if exact:
            return exact
        meant = self._department(name)
        alike = [
            one for one in known if one.kind == OrganisationKind.DEPARTMENT and self._department(one.name) == meant
        ]
        return alike or [one for one in known if _is_same(_stem(one.name), _stem(name))]

    def _department(self, name: str) -> str:
        return annex_department(name, self._station.pack().guiding_departments)

    def _settle(
        self, party: OrganisationRecord, wanted: Mapping[Post, Sequence[Listed]], managed: Collection[Post]
    ) -> None:
        """Give the people of an organisation the posts the list says, and take the posts from all others."""
        posts_of: dict[Listed, set[Post]] = {}
        for post, people in wanted.items():
            for listed in people:
                posts_of.setdefault(listed, set()).add(post)
        own = [one for one in persons_in(self._session, with_inactive=True) if one.organisation_id == party.id]
        matched = _matched(posts_of, own)
        # Posts are taken away first, so that one that only one person can hold is free for the next.
        for record in own:
            if record.is_active and record.id not in {one.id for one in matched.values()}:
                self._take_posts(party, record, managed)
        for listed, posts in posts_of.items():
            self._give_posts(party, matched.get(listed), listed, posts=posts, managed=managed)

    def _take_posts(self, party: OrganisationRecord, record: PersonRecord, managed: Collection[Post]) -> None:
        person = person_of(record)
        left = person.posts - frozenset(managed)
        if left == person.posts:
            return
        if left:
            self._keep(party, replace(person, posts=left), record)
        else:
            end_person(self._session, self._station, record, reason=_REASON)
            self._tell(Effect.END, party, f"{person.name}（{self._written(person.posts)}）")

    def _give_posts(
        self,
        party: OrganisationRecord,
        record: PersonRecord | None,
        listed: Listed,
        *,
        posts: set[Post],
        managed: Collection[Post],
    ) -> None:
        if record is None:
            person = Person(organisation_id=party.id, name=listed.name, phone=listed.phone, posts=frozenset(posts))
            self._keep(party, person, None)
            return
        before = person_of(record)
        kept = before.posts - frozenset(managed) if record.is_active else frozenset()
        person = replace(before, phone=listed.phone, posts=kept | posts)
        if person != before or not record.is_active:
            self._keep(party, person, record)

    def _keep(self, party: OrganisationRecord, person: Person, record: PersonRecord | None) -> None:
        before = None if record is None else person_of(record)
        was_active = record is not None and record.is_active
        write_person(self._session, self._station, person, person_id=None if record is None else record.id)
        said = f"{person.name}（{self._written(person.posts)}）"
        if before is not None and was_active and before.phone != person.phone:
            said += "，换电话"
        self._tell(Effect.CHANGE if was_active else Effect.ADD, party, said)

    def _tell(self, effect: Effect, party: OrganisationRecord, what: str) -> None:
        self.lines.append(ImportLine(effect=effect, organisation=party.name, what=what))

    def _written(self, posts: Iterable[Post]) -> str:
        return "、".join(self._words[post] for post in Post if post in posts)


def _kind_for(kinds: Collection[OrganisationKind], name: str) -> OrganisationKind:
    if OrganisationKind.VILLAGE_COMMITTEE in kinds and _VILLAGE.search(name):
        return OrganisationKind.VILLAGE_COMMITTEE
    return next(iter(kinds))


def _stem(name: str) -> tuple[str, str]:
    """Give a name without the word for what it is, and that word."""
    folded = normalise(name)
    for kind, suffix in _SUFFIXES:
        if suffix.search(folded):
            return suffix.sub("", folded), kind
    return folded, ""


def _is_same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return bool(one[0]) and one[0] == other[0] and (one[1] == other[1] or "" in (one[1], other[1]))


def _matched(wanted: Mapping[Listed, object], own: Sequence[PersonRecord]) -> dict[Listed, PersonRecord]:
    """Find whom the list means: by name and telephone, else by a name that only one of both sides bears."""
    found: dict[Listed, PersonRecord] = {}
    for listed in wanted:
        same = [one for one in own if (one.name, one.phone) == (listed.name, listed.phone)]
        if same:
            found[listed] = next((one for one in same if one.is_active), same[0])
    taken = {one.id for one in found.values()}
    for listed in wanted:
        if listed in found or sum(other.name == listed.name for other in wanted) > 1:
            continue
        namesakes = [one for one in own if one.is_active and one.name == listed.name and one.id not in taken]
        if len(namesakes) == 1:
            found[listed] = namesakes[0]
    return found
