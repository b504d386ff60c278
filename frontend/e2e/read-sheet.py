"""Prints the rows of a CSV file, or of a workbook's first sheet, as JSON.

Empty cells are null. Cells of a workbook that are not text keep their kind in
front ("float 7"), so that a test sees an identity number that became a number.
"""

import csv
import json
import sys


def text(cell):
    if cell is None or isinstance(cell, str):
        return cell or None
    return f"{type(cell).__name__} {cell}"


def rows(path):
    if path.endswith(".xlsx"):
        import openpyxl

        sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
        return [[text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [[text(cell) for cell in row] for row in csv.reader(file, strict=True)]


print(json.dumps(rows(sys.argv[1])))
