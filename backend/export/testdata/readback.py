"""Reads a spreadsheet with programs that did not write it, and prints it as JSON.

For *.xlsx: {"sheets": [{"name", "frozen", "filter", "bold", "widths", "streamed", "rows": [[[type, value, format], ...]]}], "formulas"}
by openpyxl; "streamed" is how many rows a reader sees that
trusts the sheet's own word on its size; type is openpyxl's: s text, n number, b boolean, d date, f formula.
For *.csv: {"rows": [[cell, ...]]} by Python's csv module; a character is one byte of the file (Latin-1).
"""

import csv
import json
import re
import sys
import zipfile

path = sys.argv[1]


def cell(c):
    value = c.value
    if c.data_type == "s" and value is not None:
        # ECMA-376 part 1, 22.9.2.19: _xHHHH_ is a character; openpyxl leaves that to its callers.
        value = re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), value)
    elif c.data_type == "d":
        value = value.isoformat(timespec="milliseconds")
    return [c.data_type, value, c.number_format]


def workbook():
    import openpyxl

    streamed = {ws.title: sum(1 for _ in ws.rows) for ws in openpyxl.load_workbook(path, read_only=True).worksheets}
    sheets = []
    for ws in openpyxl.load_workbook(path).worksheets:
        sheets.append({
            "name": ws.title,
            "frozen": ws.freeze_panes or "",
            "filter": ws.auto_filter.ref or "",
            "bold": bool(ws["A1"].font.b),
            "widths": [d.width for d in ws.column_dimensions.values()],
            "streamed": streamed[ws.title],
            "rows": [[cell(c) for c in row] for row in ws.iter_rows()],
        })
    with zipfile.ZipFile(path) as z:
        parts = [z.read(n) for n in z.namelist() if n.startswith("xl/worksheets/")]
    return {"sheets": sheets, "formulas": sum(len(re.findall(rb"<f[ />]", p)) for p in parts)}


def table():
    csv.field_size_limit(1 << 24)
    with open(path, encoding="latin-1", newline="") as f:
        return {"rows": list(csv.reader(f, strict=True))}


json.dump(table() if path.endswith(".csv") else workbook(), sys.stdout)
