"""Reads the departments that the document of a pack names as those that guide a field: [[guiding_departments]]."""

from __future__ import annotations

from desktop.domain.departments import Department
from desktop.policy.table import Table


def guiding_departments(rules: Table) -> tuple[Department, ...]:
    """Read the departments in their order; none for a pack that names none.  A name given twice is a fault."""
    found: dict[str, Department] = {}
    for table in rules.tables("guiding_departments"):
        department = _department(table)
        for name in (department.name, *department.aliases):
            if found.setdefault(name, department) is not department:
                table.fault("name", f"“{name}”用了两次")
        table.close()
    return tuple(dict.fromkeys(found.values()))


def _department(table: Table) -> Department:
    return Department(
        name=table.text("name"),
        aliases=table.texts("aliases"),
        field=table.text("field", ""),
        article=table.text("article", ""),
    )
