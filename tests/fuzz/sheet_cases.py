"""Mutated workbooks and text sheets: damaged, their XML edited, in every encoding, and what only bears the name."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from tests.fuzz.byte_edits import ByteEdit, byte_edits, edited

_VALUES: Final = (
    *("", "0", "-1", "1", "99999999999999999999", "1e308", "-1e-320", "nan", "TRUE", "A1", "A0", "XFD1048576"),
    *("ZZZ9999999999", "A1:XFD1048576", "A1:A1", "s", "inlineStr", "str", "e", "d", "b", "rId999", "../../x.xml"),
    *("=1+1", "#REF!", "&#0;", "&lt;", "长" * 6_000, "𠮷", "2026-02-30", "１２３", "12.5万元", "￥-1", "9" * 400),
)
# Put before what is to be the document itself: entities that grow, and one that would read another file.
_DOCTYPES: Final = (
    '<!DOCTYPE x [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>',
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "<?xml-stylesheet href='http://localhost/x'?>",
)
_ENCODINGS: Final = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32", "big5", "latin-1", "utf-7")
_DISGUISES: Final = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),  # an old .xls, or a workbook behind a password
    b"%PDF-1.7\n" + bytes(500),
    b"\x1f\x8b\x08" + bytes(100),
    b"<html><table><tr><td>1</td></tr></table></html>",
    b"",
    b"PK\x05\x06" + bytes(18),
)
_VALUE: Final = re.compile(rb'(?<==)"[^"<>]*"|>[^<]+<')
_TAG: Final = re.compile(rb"<[^>]+>")
_NO_XML: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROW: Final = re.compile(rb"<row .*?</row>", re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlEdit:
    """One edit of the token that is ``at`` of all tokens of the part that is ``part`` of all parts."""

    part: float
    at: float
    how: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCase:
    """How one file is made of a pattern; its repr is enough to make it again."""

    kind: str
    pattern: float
    bytes_edits: tuple[ByteEdit, ...] = ()
    xml: tuple[XmlEdit, ...] = ()
    encoding: str = "utf-8"
    text: tuple[str, ...] = ()
    at: float = 0.0
    disguise: int = 0

    @property
    def suffix(self) -> str:
        """Give the ending of the file's name."""
        return ".csv" if self.kind == "csv" else ".xlsx"

    def made(self, workbook: bytes, lines: str) -> bytes:
        """Give the bytes of the case, made of a workbook and the same as text."""
        if self.kind == "disguise":
            return _DISGUISES[self.disguise]
        if self.kind == "csv":
            return edited(_csv(lines, self), self.bytes_edits)
        return edited(_with_xml(workbook, self.xml), self.bytes_edits)


def sheet_cases() -> dict[str, st.SearchStrategy[SheetCase]]:
    """Give cases of sheets by kind."""
    place, damage = st.floats(0, 1, exclude_max=True), byte_edits().map(tuple)
    edit = st.builds(
        XmlEdit,
        part=place,
        at=place,
        how=st.sampled_from((*["value"] * 10, "remove", "double", "doctype", "part", "rows")),
        value=st.one_of(st.sampled_from(_VALUES), st.text(max_size=12)),
    )
    cell = st.one_of(st.sampled_from((*_VALUES, '"', '""', ",", "\n", "\r", "\0", "\t", ";")), st.text(max_size=12))
    return {
        "xml": _cases("xml", xml=st.lists(edit, min_size=1, max_size=3).map(tuple)),
        "bytes": _cases("bytes", bytes_edits=damage),
        "csv": _cases(
            "csv",
            encoding=st.sampled_from(_ENCODINGS),
            text=st.lists(cell, max_size=4).map(tuple),
            at=place,
            bytes_edits=st.one_of(st.just(()), damage),
        ),
        "disguise": _cases("disguise", disguise=st.integers(0, len(_DISGUISES) - 1)),
    }


def _cases(kind: str, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[SheetCase]:
    return st.builds(SheetCase, kind=st.just(kind), pattern=st.floats(0, 1, exclude_max=True), **more)


def _csv(lines: str, case: SheetCase) -> bytes:
    at = int(case.at * len(lines))
    text = lines[:at] + "".join(case.text) + lines[at:]
    return text.encode(case.encoding, "replace")


def _with_xml(workbook: bytes, edits: tuple[XmlEdit, ...]) -> bytes:
    if not edits:
        return workbook
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for edit in edits:
        names = sorted(parts)
        # The sheet and its strings are where most is to be said.
        telling = [name for name in names if "sheet" in name or "haredStrings" in name]
        chosen = telling if edit.part < 0.7 and telling else names
        name = chosen[int((edit.part * 7) % 1 * len(chosen))]
        if edit.how == "part":
            del parts[name]
        else:
            parts[name] = _edited(parts[name], edit)
        if not parts:
            break
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return written.getvalue()


def _edited(content: bytes, edit: XmlEdit) -> bytes:
    value = edit.value.encode("utf-8", "replace")
    if edit.at < 0.8:
        # Mostly well-formed, so that what is said is read and not only how it is written.
        value = escape(_NO_XML.sub("", edit.value), {'"': "&quot;"}).encode("utf-8", "replace")
    if edit.how == "doctype":
        doctype = _DOCTYPES[len(value) % len(_DOCTYPES)].encode()
        return content.replace(b"?>", b"?>" + doctype, 1).replace(b"</v>", b"&c;&a;</v>", 1)
    if edit.how == "rows":
        return _ROW.sub(lambda row: row[0] * 400, content, count=1)
    tokens = list((_VALUE if edit.how == "value" else _TAG).finditer(content))
    if not tokens:
        return value
    token = tokens[int((edit.at * 5) % 1 * len(tokens))]
    old = token[0]
    new = {"remove": b"", "double": old * 2}.get(edit.how, old[:1] + value + old[-1:])
    return content[: token.start()] + new + content[token.end() :]
