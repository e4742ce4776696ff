"""What each key of the intake page does, while the form is worked on and after the decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from desktop.domain.acts import Act
from desktop.views.intake.action_bar import act_key
from desktop.views.intake.done_view import DoneView
from desktop.views.intake.keyboard import Keyboard
from desktop.views.intake.working_view import WorkingView

KeyActs = Mapping[str, Callable[[], object]]


def keys_while_working(
    working: WorkingView,
    keyboard: Keyboard,
    *,
    press: Callable[[Act], None],
    show_draft: Callable[[], None],
    show_blanks: Callable[[], None],
    show_malls: Callable[[], None],
) -> KeyActs:
    """Give the actions of the form, the papers and the acts; sending for review has no key of its own."""
    form = working.form
    return {
        **{act_key(act): partial(press, act) for act in Act if act is not Act.SUBMIT_FOR_REVIEW},
        **{f"group.{group.key}": group.focus_first for group in form.groups if group.key},
        "form.next_unknown": keyboard.to_next_unknown,
        "intake.draft": show_draft,
        "intake.blanks": show_blanks,
        "intake.malls": show_malls,
        "intake.materials": keyboard.to_materials,
        "intake.similar": form.similar.toggle,
        "intake.drafts": working.head.drafts.toggle,
    }


def keys_when_done(done: DoneView) -> KeyActs:
    """Give the actions of what stands after a decision."""
    return {
        "done.papers": done.open_all,
        "done.filing": done.open_filing,
        "done.link_found": done.link_found,
        "done.next_shop": done.next_shop,
    }
