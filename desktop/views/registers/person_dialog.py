"""One person as a form."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.organisations import Person, PersonRow, Post
from desktop.services.desk import Desk
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.wording import word

_FIELDS_OF = {"phone_unfit": "phone", "person_known": "name", "post_taken": "posts", "both_admins": "posts"}
_COLUMNS = 4


class PersonDialog(RecordDialog):
    """Organisation, name, telephone and the posts to tick."""

    def __init__(
        self, desk: Desk, row: PersonRow | None, organisation_id: int | None, *, parent: QWidget | None = None
    ) -> None:
        title = "新增人员" if row is None else "修改人员"
        super().__init__("person", title, save=self._keep, fields_of=_FIELDS_OF, parent=parent)
        self._desk, self._row = desk, row
        self.party = PickList([(str(one.id), one.name) for one in desk.organisations.all()])
        self.name_field, self.phone = TextField(), TextField()
        self.certificate, self.note = TextField(), TextField()
        self.posts = {post: QCheckBox(word(post)) for post in Post}
        self._lay_out()
        self._show(None if row is None else row.person, organisation_id)
        self.ready()

    def person(self) -> Person:
        """Give the person as typed; raises ``ClerkError("register_incomplete")``."""
        if not self.party.value():
            raise ClerkError("register_incomplete", fields=("organisation_id",))
        return Person(
            organisation_id=int(self.party.value()),
            name=self.name_field.value(),
            phone=self.phone.value(),
            posts=frozenset(post for post, box in self.posts.items() if box.isChecked()),
            certificate_number=self.certificate.value(),
            note=self.note.value(),
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        texts = (self.party, self.name_field, self.phone, self.certificate, self.note)
        return (*(field.value() for field in texts), *(str(box.isChecked()) for box in self.posts.values()))

    def _keep(self) -> None:
        if self._row is None:
            self._desk.persons.add(self.person())
        else:
            self._desk.persons.change(self._row.id, self.person())

    def _show(self, person: Person | None, organisation_id: int | None) -> None:
        wanted = person.organisation_id if person is not None else organisation_id
        self.party.set_value(str(wanted or ""))
        if person is None:
            return
        self.name_field.set_value(person.name)
        self.phone.set_value(person.phone)
        self.certificate.set_value(person.certificate_number)
        self.note.set_value(person.note)
        for post in person.posts:
            self.posts[post].setChecked(True)

    def _lay_out(self) -> None:
        self.add_field("organisation_id", "组织(&O)", self.party)
        self.add_line(("name", "姓名(&N)", self.name_field), ("phone", "电话(&T)", self.phone))
        ticks = QWidget()
        grid = QGridLayout(ticks)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, box in enumerate(self.posts.values()):
            grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)
        ticks.setFocusProxy(next(iter(self.posts.values())))
        self.add_field("posts", "职务(&P)", ticks)
        self.add_line(
            ("certificate_number", "执法证号(&C)", self.certificate),
            ("note", "备注(&B)", self.note),
        )
