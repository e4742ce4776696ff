"""Files of other people, friendly and hostile: read within limits, or refused in a sentence, never a crash."""

from __future__ import annotations

import random
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from desktop.domain.errors import ClerkError
from desktop.domain.sheet_grid import CellTrouble, Grid, SheetNote
from desktop.exchange.foreign_sheet import read_grid
from tests.old_ledgers import lines, messy_sheet, plain_sheet

_SHEET = "xl/worksheets/sheet1.xml"


def rewritten(file: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Copy a workbook part by part; None leaves a part out."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = change(part.filename, old.read(part))
            if content is not None:
                new.writestr(part.filename, content)
    return target


def with_sheet(tmp_path: Path, data: str) -> Path:
    """Make a workbook whose first sheet holds the given XML."""
    whole = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{data}</worksheet>'
    plain = plain_sheet(tmp_path / "plain.xlsx", [])
    return rewritten(plain, tmp_path / "made.xlsx", lambda name, old: whole.encode() if name == _SHEET else old)


def refused(file: Path) -> str:
    with pytest.raises(ClerkError) as error:
        read_grid(file)
    return error.value.code


def test_merged_ranges_hold_their_value_in_every_cell(tmp_path: Path) -> None:
    grid = read_grid(messy_sheet(tmp_path / "旧台账.xlsx"))

    assert set(grid.rows[0]) == {"某街道小散工程和零星作业备案台账"}
    assert grid.rows[2][5:7] == ("建设单位", "建设单位")
    assert grid.rows[5][3] == "坪安"
    assert grid.rows[4][10] == datetime(2024, 3, 1)  # noqa: DTZ001


def test_it_reads_what_openpyxl_reads(tmp_path: Path) -> None:
    file = plain_sheet(tmp_path / "台账.xlsx", lines(30))

    expected = [
        tuple(None if cell == "" else cell for cell in row)
        for row in load_workbook(file).worksheets[0].iter_rows(values_only=True)
    ]
    assert [row + (None,) * (len(expected[0]) - len(row)) for row in read_grid(file).rows] == expected


def test_a_formula_gives_its_last_result_and_without_one_says_so(tmp_path: Path) -> None:
    data = (
        "<sheetData><row><c><f>1+1</f><v>2</v></c><c><f>A1</f></c><c t='str'><f>A2</f><v>文</v></c>"
        "<c t='e'><f>X</f><v>#REF!</v></c></row></sheetData>"
    )
    grid = read_grid(with_sheet(tmp_path, data))

    assert grid.rows == ((2, CellTrouble.UNCOMPUTED, "文", CellTrouble.FORMULA_ERROR),)
    assert SheetNote.FORMULAS in grid.notes


def test_hidden_sheets_are_named_and_the_first_shown_one_is_read(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0].title, workbook.worksheets[0].sheet_state = "藏", "hidden"
    workbook.create_sheet("看").append(["甲"])
    workbook.save(tmp_path / "两页.xlsx")

    grid = read_grid(tmp_path / "两页.xlsx")
    assert [(sheet.name, sheet.is_hidden) for sheet in grid.sheets] == [("藏", True), ("看", False)]
    assert grid.sheet == "看"
    assert SheetNote.HIDDEN_SHEETS in grid.notes


def test_macros_and_links_to_other_files_are_said_and_left_alone(tmp_path: Path) -> None:
    plain = plain_sheet(tmp_path / "plain.xlsx", lines(1))
    rewritten(plain, tmp_path / "宏.xlsm", lambda _name, old: old)
    with zipfile.ZipFile(tmp_path / "宏.xlsm", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<x/>")

    assert {SheetNote.MACROS, SheetNote.EXTERNAL_LINKS} <= set(read_grid(tmp_path / "宏.xlsm").notes)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "sheet_old_format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "sheet_protected",
        ),
        (b"<html><table></table></html>", "sheet_web_page"),
        (b"%PDF-1.7", "sheet_other_format"),
        (b"PK\x03\x04 nothing more", "no_workbook"),
        (b"\0\1\2\3", "no_workbook"),
        (b"\xff\xff\xff\xff\xff", "sheet_encoding"),
    ],
)
def test_what_only_bears_the_name_of_a_workbook_is_told_for_what_it_is(
    tmp_path: Path, content: bytes, code: str
) -> None:
    (tmp_path / "台账.xlsx").write_bytes(content)

    assert refused(tmp_path / "台账.xlsx") == code


def test_a_bomb_is_refused_by_its_stated_size_before_it_is_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "炸弹.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(_SHEET, "w", force_zip64=True) as part:
            for _ in range(340):
                part.write(bytes(1_000_000))

    tracemalloc.start()
    assert refused(file) == "sheet_too_large"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_entities_that_blow_up_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    plain = plain_sheet(tmp_path / "plain.xlsx", [])
    file = rewritten(plain, tmp_path / "e.xlsx", lambda name, old: bomb if name == _SHEET else old)

    assert refused(file) == "no_workbook"


def test_more_lines_than_the_limit_are_refused_while_they_stream_by(tmp_path: Path) -> None:
    row = "<row><c><v>1</v></c></row>"

    assert refused(with_sheet(tmp_path, f"<sheetData>{row * 200_001}</sheetData>")) == "sheet_too_many_rows"


def test_a_million_blank_lines_with_a_style_are_no_lines(tmp_path: Path) -> None:
    rows = "<row r='1'><c><v>1</v></c></row>" + "<row><c s='1'/></row>" * 100_000

    assert len(read_grid(with_sheet(tmp_path, f"<sheetData>{rows}</sheetData>")).rows) == 1


def test_a_cell_far_out_and_a_line_beyond_the_last_are_refused(tmp_path: Path) -> None:
    wide = "<sheetData><row r='1'><c r='XFD1'><v>1</v></c></row></sheetData>"
    deep = "<sheetData><row r='9999999'><c><v>1</v></c></row></sheetData>"

    assert refused(with_sheet(tmp_path, wide)) == "sheet_too_wide"
    assert refused(with_sheet(tmp_path, deep)) == "no_workbook"


def test_merged_ranges_over_everything_many_times_do_not_blow_up(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>" * 1000
    spans = "<mergeCell ref='A1:XFD1048576'/>" * 5000
    data = f"<sheetData>{rows}</sheetData><mergeCells>{spans}</mergeCells>"

    assert refused(with_sheet(tmp_path, data)) == "sheet_too_large"


def test_a_text_beyond_the_longest_is_marked_not_kept(tmp_path: Path) -> None:
    data = f"<sheetData><row><c t='inlineStr'><is><t>{'长' * 6000}</t></is></c></row></sheetData>"

    assert read_grid(with_sheet(tmp_path, data)).rows == ((CellTrouble.TOO_LONG,),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_tables_are_read_in_the_encodings_in_use(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "台账.csv").write_bytes('编号,名称\r\n1,"甲,乙"\r\n="002",丙\r\n'.encode(encoding))

    grid = read_grid(tmp_path / "台账.csv")

    assert grid.rows == (("编号", "名称"), ("1", "甲,乙"), ("002", "丙"))
    assert (SheetNote.DECODED in grid.notes) == (encoding == "gb18030")


@pytest.mark.parametrize("seed", range(5))
def test_damaged_workbooks_are_read_or_refused_in_a_sentence(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    whole = bytearray(messy_sheet(tmp_path / "gut.xlsx").read_bytes())
    file = tmp_path / "schlecht.xlsx"
    for _ in range(60):
        content = bytearray(whole)
        for _change in range(chance.randint(1, 8)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        file.write_bytes(content[: chance.randint(10, len(content))] if chance.random() < 0.3 else content)
        with suppress(ClerkError):
            assert isinstance(read_grid(file), Grid)
