"""One look for all windows: tokens, shipped fonts, Chinese locale, and the style sheet made from them."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from string import Template
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.services.resources import fonts_folder, resources_folder

SPACE_1: Final = 4
SPACE_2: Final = 8
SPACE_3: Final = 12
SPACE_4: Final = 16
SPACE_6: Final = 24
RADIUS: Final = 4
SMALLEST_TEXT: Final = 12
USUAL_TEXT: Final = 14
LARGEST_TEXT: Final = 18
TEXT_FAMILIES: Final = ("Noto Sans SC", "HanaMinB")
FIGURE_FAMILIES: Final = ("JetBrains Mono", *TEXT_FAMILIES)
_FONT_FILES: Final = (
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-Bold.ttf",
    "HanaMinB.ttf",
    "JetBrainsMono-Regular.ttf",
)
_BASE_PROPERTY: Final = "small_works_base_px"
_LOADED_PROPERTY: Final = "small_works_fonts_loaded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of the light theme; every text on its ground has a contrast of at least 4.5 to 1."""

    desk: str = "#f3f5f8"  # behind everything
    paper: str = "#ffffff"  # cards and fields
    ink: str = "#18212d"
    ink_soft: str = "#465262"
    ink_faint: str = "#5c6878"
    line: str = "#d3d9e1"
    edge: str = "#7f8b9a"  # borders of fields: 3 to 1 against paper
    picked: str = "#e3edfb"
    rail: str = "#223042"
    rail_here: str = "#31435a"
    rail_ink: str = "#d7dfe9"
    accent: str = "#1d5bbf"
    accent_dark: str = "#164a9e"
    red: str = "#a61b1b"
    red_ground: str = "#fdecec"
    amber: str = "#8a5200"
    amber_ground: str = "#fdf2dd"
    green: str = "#1a693b"
    green_ground: str = "#e4f4ea"
    blue: str = "#1d56ad"
    blue_ground: str = "#e6effb"
    grey: str = "#4d5968"
    grey_ground: str = "#edf0f4"


COLOURS: Final = Colours()


def prepare_environment() -> None:
    """Set what Qt reads before the application object exists.

    The PySide6 wheels ship an ibus plugin and none for fcitx; fcitx answers the ibus protocol too.
    """
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"


def load_fonts() -> None:
    """Register the shipped fonts with the running application; a second call does nothing."""
    app = QApplication.instance()
    if app is None or app.property(_LOADED_PROPERTY):
        return
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(fonts_folder() / name))
    app.setProperty(_LOADED_PROPERTY, True)


def apply_theme(app: QApplication, base_px: int = USUAL_TEXT) -> None:
    """Dress the application: fonts, Chinese locale and Qt's own words, colours, style sheet.

    ``base_px`` is the text size in pixels, kept within 12 to 18; may be called again to change it.
    """
    size = min(max(base_px, SMALLEST_TEXT), LARGEST_TEXT)
    if app.property(_BASE_PROPERTY) == size:
        return  # dressing again costs every window a new layout
    load_fonts()
    _speak_chinese(app)
    if app.property(_BASE_PROPERTY) is None:
        # Once: a style under a style sheet does not tell its name, and one that is replaced while something it
        # moves is still on the screen takes the program down.
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setProperty(_BASE_PROPERTY, size)
    app.setFont(text_font(size))
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet(size))


def base_px() -> int:
    """Give the text size in force, in pixels."""
    app = QApplication.instance()
    size = app.property(_BASE_PROPERTY) if app is not None else None
    return size if isinstance(size, int) else USUAL_TEXT


def row_px() -> int:
    """Give the height of one table row: 28 pixels at the usual text size."""
    return base_px() * 2


def text_font(size_px: int | None = None, *, bold: bool = False) -> QFont:
    """Give the face of words, with the fallback for rare name characters."""
    return _font(TEXT_FAMILIES, size_px, bold)


def figure_font(size_px: int | None = None, *, bold: bool = False) -> QFont:
    """Give the face of numbers and codes, in which 0 and O, 1 and l differ."""
    return _font(FIGURE_FAMILIES, size_px, bold)


def icon(name: str) -> QIcon:
    """Give one of the shipped icons."""
    return QIcon(str(resources_folder() / "icons" / f"{name}.svg"))


def style_sheet(size: int) -> str:
    """Make the style sheet from the tokens for one text size."""
    source = (resources_folder() / "styles" / "window.qss").read_text(encoding="utf-8")
    tokens = asdict(COLOURS) | {
        "icons": (resources_folder() / "icons").as_posix(),
        "radius": RADIUS,
        "base": size,
        "small": size - 1,
        "heading": size + 2,
        "title": size + 6,
        "display": size * 2,
        "mark": size + 2,
        "figures": ", ".join(f'"{family}"' for family in FIGURE_FAMILIES),
    }
    return Template(source).substitute({name: str(value) for name, value in tokens.items()})


def _font(families: tuple[str, ...], size_px: int | None, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(size_px or base_px())
    font.setBold(bold)
    return font


def _speak_chinese(app: QApplication) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    if app.findChild(QTranslator, "qtbase_zh_CN") is not None:
        return
    translator = QTranslator(app)
    translator.setObjectName("qtbase_zh_CN")
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, COLOURS.desk),
        (role.WindowText, COLOURS.ink),
        (role.Base, COLOURS.paper),
        (role.AlternateBase, COLOURS.desk),
        (role.Text, COLOURS.ink),
        (role.Button, COLOURS.paper),
        (role.ButtonText, COLOURS.ink),
        (role.ToolTipBase, COLOURS.paper),
        (role.ToolTipText, COLOURS.ink),
        (role.PlaceholderText, COLOURS.ink_faint),
        (role.Highlight, COLOURS.accent),
        (role.HighlightedText, COLOURS.paper),
        (role.Link, COLOURS.accent),
        (role.Accent, COLOURS.accent),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(COLOURS.ink_faint))
    return palette
