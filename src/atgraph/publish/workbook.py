"""Tables come in; one XLSX file with a sheet for each goes out, its texts texts and never formulas or links."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from atgraph.publish.columns import Column
from atgraph.publish.datapackage import ABOUT, TITLE, licence
from atgraph.publish.sheets import Cell, Sheet
from atgraph.settings import Settings

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FILE = "atgraph.xlsx"
ABOUT_SHEET = "about"
MOST_CHARACTERS = 32_767
"""In a cell, counted as UTF-16 does, by Excel's own limits."""
MOST_ROWS = 1_048_576
_WIDEST, _WIDEST_TEXT = 44, 60
_CUT = (
    " … [cut: the cell of the XLSX file ends here; tables/{name}.csv and atgraph.sqlite have all {count:,} characters]"
)


def workbook(sheets: Sequence[Sheet], settings: Settings | None = None) -> bytes:
    """Return the bytes of the file; the same tables give the same bytes.

    Excel's limits are kept: a longer text ends in words that say so and where the whole of it is, and rows beyond the
    last that a sheet can have are counted on the sheet “about”. IRIs are plain text, so there is no limit of links.
    """
    import xlsxwriter  # costs a tenth of a second, and only the build needs it

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    # A clock would make each build another; this date says nothing, and programs need one.
    book.set_properties({"title": TITLE, "author": "The atgraph authors", "created": datetime(2000, 1, 1)})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1}),
        "left": book.add_format({"valign": "top"}),
        "right": book.add_format({"valign": "top", "align": "right", "reading_order": 2, "indent": 1}),
        "left_long": book.add_format({"valign": "top", "text_wrap": True}),
        "right_long": book.add_format({"valign": "top", "align": "right", "reading_order": 2, "text_wrap": True}),
    }
    # Excel writes truth values as words whatever the format; LibreOffice takes them for the numbers 1 and 0.
    formats["truth"] = book.add_format({"valign": "top", "num_format": '"TRUE";"TRUE";"FALSE"', "align": "left"})
    about = book.add_worksheet(ABOUT_SHEET)
    notes = [note for sheet in sheets for note in _fill(book.add_worksheet(sheet.name), sheet, formats)]
    granted = licence(settings or Settings())
    _about(about, sheets, [f"{granted['title']}: {granted['path']}", *notes], formats)
    book.close()
    return stream.getvalue()


def _fill(page: Worksheet, sheet: Sheet, formats: dict[str, Format]) -> list[str]:
    """Write a table, and return what people must know of it."""
    notes = []
    rows = sheet.rows[: MOST_ROWS - 1]
    if len(rows) < len(sheet.rows):
        notes.append(f"{sheet.name}: a sheet holds {len(rows):,} of {len(sheet.rows):,} rows; the .csv has them all.")
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, column.name, formats["head"])
        cells = [row[at] for row in rows]
        long = _fit(page, at, column, cells)
        left, right = (formats["left_long"], formats["right_long"]) if long else (formats["left"], formats["right"])
        arabic = column.language == "ar" or (column.type == "text" and column.language is None)
        for line, cell in enumerate(cells, 1):
            if cell is None:
                continue
            if isinstance(cell, str):
                text = fitted(cell, sheet.name)
                if text is not cell:
                    notes.append(f"{sheet.name}, row {line + 1}, {column.name}: cut at what a cell can hold.")
                page.write_string(line, at, text, right if arabic and _is_arabic(cell) else left)
            elif isinstance(cell, bool):
                page.write_boolean(line, at, cell, formats["truth"])
            else:
                page.write_number(line, at, float(cell) if isinstance(cell, Decimal) else cell, left)
    page.freeze_panes(1, 1)
    _printed(page)
    page.repeat_rows(0)
    page.autofilter(0, 0, max(len(rows), 1), len(sheet.columns) - 1)
    return notes


def _printed(page: Worksheet) -> None:
    """Make a sheet come out of a printer in one width of A3, not in a thousand pages."""
    page.set_landscape()
    page.set_paper(8)
    page.fit_to_pages(1, 0)


def _fit(page: Worksheet, at: int, column: Column, cells: list[Cell]) -> bool:
    """Make a column as wide as its cells need, within reason; tell whether they are so long that they must wrap."""
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    long = column.type == "text" and longest > _WIDEST_TEXT
    page.set_column(at, at, max(len(column.name) + 4, min(longest + 2, _WIDEST_TEXT if long else _WIDEST)))
    return long


def fitted(text: str, name: str) -> str:
    """Return a text itself, or, where it is longer than a cell can hold, its beginning and where the whole of it is."""
    if len(text) <= MOST_CHARACTERS // 2 or _units(text) <= MOST_CHARACTERS:
        return text
    note = _CUT.format(name=name, count=len(text))
    kept = text.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - len(note))].decode("utf-16-le", "ignore")
    return kept + note


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _is_arabic(text: str) -> bool:
    """Tell whether a text reads from right to left, by its first letter."""
    letter = next((c for c in text if c.isalpha()), "")
    return "\u0590" <= letter <= "\u08ff" or "\ufb1d" <= letter <= "\ufefc"


def _about(page: Worksheet, sheets: Sequence[Sheet], notes: list[str], formats: dict[str, Format]) -> None:
    """Write what the file is, and what each column of each sheet is, in English and in Arabic."""
    for line, text in enumerate([TITLE, ABOUT, *notes]):
        page.write_string(line, 0, text, formats["head"] if line == 0 else formats["left"])
    top = 3 + len(notes)
    for at, (head, width) in enumerate((("sheet", 18), ("column", 26), ("title", 34), ("العنوان", 34), ("about", 100))):
        page.write_string(top, at, head, formats["head"])
        page.set_column(at, at, width)
    line = top + 1
    for sheet in sheets:
        for name, title, title_ar, about in (
            ("", sheet.title, sheet.title_ar, sheet.about),
            *((c.name, c.title, c.title_ar, c.about) for c in sheet.columns),
        ):
            for at, text in enumerate((sheet.name, name, title, title_ar, about)):
                page.write_string(line, at, text, formats["right"] if at == 3 else formats["left"])
            line += 1
    page.freeze_panes(top + 1, 0)
    _printed(page)
    page.autofilter(top, 0, line - 1, 4)
