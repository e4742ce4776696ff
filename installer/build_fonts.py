"""Puts the shipped fonts into ``resources/fonts`` from the unpacked upstream packages named in its README.

Run by a maintainer, seldom: ``python installer/build_fonts.py UNPACKED_FOLDER``.  The regular faces and HanaMinB
are copied whole (rare name characters); the bold faces set headings only and are cut to GB 2312, the 8,105
characters of 通用规范汉字表 and punctuation.
"""

from __future__ import annotations

import bz2
import shutil
import sys
from pathlib import Path

from fontTools import subset

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
WHOLE = {
    "NotoSerifSC_400Regular.ttf": "NotoSerifSC-Regular.ttf",
    "NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
    "JetBrainsMono_400Regular.ttf": "JetBrainsMono-Regular.ttf",
    "HanaMinB.ttf": "HanaMinB.ttf",
}
CUT = {"NotoSerifSC_700Bold.ttf": "NotoSerifSC-Bold.ttf", "NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf"}
PUNCTUATION = (range(0x20, 0x17F), range(0x2000, 0x2070), range(0x2100, 0x2200), range(0x2460, 0x2500))
MORE_PUNCTUATION = (range(0x2500, 0x2600), range(0x3000, 0x3030), range(0xFE30, 0xFE50), range(0xFF00, 0xFFF0))


def wanted_characters(unpacked: Path) -> set[int]:
    """List the code points a bold face keeps."""
    wanted = {code for span in (*PUNCTUATION, *MORE_PUNCTUATION) for code in span}
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            wanted |= {ord(char) for char in bytes((lead, trail)).decode("gb2312", errors="ignore")}
    mappings = next(unpacked.rglob("Unihan_OtherMappings.txt.bz2"))
    with bz2.open(mappings, "rt", encoding="utf-8") as lines:
        for line in lines:
            if "\tkTGH\t" in line:
                wanted.add(int(line.split("\t")[0][2:], 16))
    return wanted


def cut(source: Path, target: Path, characters: set[int]) -> None:
    """Write a font that holds only some characters."""
    options = subset.Options(layout_features=["kern", "locl", "palt"], name_IDs=["*"], notdef_outline=True)
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(characters))
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def main(unpacked: Path) -> None:
    """Copy and cut every font."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for name, target in WHOLE.items():
        shutil.copyfile(next(unpacked.rglob(name)), FONTS / target)
    characters = wanted_characters(unpacked)
    for name, target in CUT.items():
        cut(next(unpacked.rglob(name)), FONTS / target, characters)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
