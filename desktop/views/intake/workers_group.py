"""The workers of the matter with their special-operation certificates."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.walk_in import Worker
from desktop.views.intake.certificate_fields import CertificateFields
from desktop.views.intake.repeat_group import Block, RepeatGroup
from desktop.views.shared.text_field import TextField


class WorkerBlock(Block[Worker]):
    """One worker on two lines: who, and by which certificate."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.name, self.trade, self.id_number = TextField(), TextField(), TextField()
        self.id_number.setProperty("figures", "true")
        self.line(
            self.field(f"{path}.name", "姓名", self.name),
            self.field(f"{path}.trade", "工种", self.trade, label_characters=2),
            self.field(f"{path}.id_number", "身份证号", self.id_number, label_characters=4),
            stretches=(5, 3, 6),
        )
        self.certificate = CertificateFields(self, f"{path}.certificate", kind="操作证种类", number="证号", narrow=True)
        self.line(*self.certificate.rows(), stretches=(4, 6, 4))

    def read(self) -> Worker:
        """Give the worker as typed."""
        return Worker(
            name=self.name.value(),
            trade=self.trade.value(),
            id_number=self.id_number.value(),
            certificate=self.certificate.read(),
        )

    def write(self, value: Worker) -> None:
        """Show a worker, without signals."""
        self.name.set_value(value.name)
        self.trade.set_value(value.trade)
        self.id_number.set_value(value.id_number)
        self.certificate.write(value.certificate)


class WorkersGroup(RepeatGroup[Worker]):
    """As many workers as there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "作业人员", "workers", "workers", add_words="加一人", empty=Worker(), at_least=1, parent=parent
        )
        self.write(())

    def make_block(self, path: str) -> Block[Worker]:
        """Make the fields of one worker."""
        return WorkerBlock(path)
