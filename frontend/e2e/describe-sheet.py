"""Prints as JSON how a workbook's first sheet is made: the cell at which it is
frozen, the range of its filters, and the kinds of the cells of each column."""

import json
import sys

import openpyxl

sheet = openpyxl.load_workbook(sys.argv[1]).worksheets[0]
header, *rows = sheet.iter_rows(values_only=True)
kinds = {
    name: sorted({type(row[i]).__name__ for row in rows if row[i] is not None})
    for i, name in enumerate(header)
}
print(json.dumps({"frozen": sheet.freeze_panes, "filter": sheet.auto_filter.ref, "kinds": kinds}))
