import traceback
from PySide6.QtCore import QObject, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from tests.journeys import people
class Spy(QObject):
    def eventFilter(self, o, e):
        if e.type() in (QEvent.Type.Show, QEvent.Type.WindowActivate, QEvent.Type.WindowDeactivate) and isinstance(o, QWidget) and o.isWindow():
            print("DBG", e.type().name, type(o).__name__, o.objectName())
            if e.type()==QEvent.Type.Show: print("\n".join("DBG "+l.strip().replace("\n"," || ") for l in traceback.format_stack()[-6:-1]))
        return False
def test_x(journey):
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop())
    journey.judge(" 11{Shift+Space}")
    n = journey.decide("{F8}")
    journey.find(n)
    spy=Spy(); QApplication.instance().installEventFilter(spy)
    journey.open_found()
    print("DBG focus", QApplication.focusWidget(), QApplication.activeWindow())
    QApplication.instance().removeEventFilter(spy)
