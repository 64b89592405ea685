"""Why a row is quarantined, and what a flag says: one table for code, explanations and docs.

A *reason* keeps a row out: a cell nobody can be sure of. A *flag* lets it in
and says what a reader should know. The texts here are what
`fairwater quarantine` prints and what the reference pages are made from.
"""

from __future__ import annotations

from typing import NamedTuple


class Explained(NamedTuple):
    """What a reason or flag means, and what can be done."""

    meaning: str
    remedy: str


REASONS: dict[str, Explained] = {
    "ragged_row": Explained(
        "The row has fewer or more cells than the header, so no cell is sure to stand in its"
        " column.",
        "Compare with the publication and submit the row with one cell for each heading.",
    ),
    "blank_row": Explained(
        "Every cell of the row is empty.",
        "Delete the row in the exported table, or submit what it should have said.",
    ),
    "malformed_quoting": Explained(
        "A quotation mark opens or closes where the table's dialect does not allow it.",
        "Double the quotation mark inside the cell, or remove it, and submit the cells.",
    ),
    "row_too_large": Explained(
        "The row is larger than a record may be; it stays in the source document only.",
        "Look at the source document at this row; submit the cells that belong to it.",
    ),
    "cell_too_long": Explained(
        "A cell is longer than any text of this kind.",
        "Usually an unclosed quotation mark or several rows in one cell: submit the right text.",
    ),
    "not_in_vocabulary": Explained(
        "A column with a closed list of words holds another text; often cells have slipped into"
        " the neighbouring column.",
        "Compare with the publication and submit every cell under its own heading.",
    ),
    "unreadable_value": Explained(
        "A result cell that no stated notation explains. It is never guessed.",
        "Ask the publisher, or compare with the original report, and submit the cell corrected.",
    ),
    "missing_unit": Explained(
        "A number without a unit: neither the profile, the heading nor the unit column states one.",
        "Submit the row with its unit, or state the unit in the profile with its source.",
    ),
    "unknown_unit": Explained(
        "The unit is not one Fairwater can convert.",
        "Submit the unit in a known spelling; `fairwater facts units` lists them.",
    ),
    "missing_limit_unit": Explained(
        "A limit stands in a column with its own unit, and the unit is empty.",
        "Submit the row with the unit of the limit.",
    ),
    "unknown_nuclide": Explained(
        "The nuclide is not in the table of nuclides.",
        "Submit its usual name, e.g. Cs-137.",
    ),
    "unknown_basis": Explained(
        "The basis (wet, dry, ash ...) is none of the words the profile states.",
        "Submit the row with a stated basis, or state the word in the profile.",
    ),
    "unknown_qualifier": Explained(
        "The column that says how the number is meant holds a text the profile does not state.",
        "Submit the row with a known qualifier, or state the word in the profile.",
    ),
    "contradictory_cells": Explained(
        "Two cells of the row contradict each other, e.g. `not detected` beside a value.",
        "Compare with the publication and submit the right cells.",
    ),
    "impossible_day": Explained(
        "The cell names a day that is in no calendar.",
        "Submit the right day; with several days write a range the profile knows.",
    ),
    "unreadable_date": Explained(
        "A date cell that no stated form explains. It is never guessed.",
        "Submit the date in a form of the profile, or the mark for `not stated`.",
    ),
    "contradictory_dates": Explained(
        "A range that ends before it begins, or date columns that contradict each other.",
        "Submit the right first and last day.",
    ),
    "spreadsheet_error": Explained(
        "A formula failed before the table was exported (`#REF!`, `#N/A` ...).",
        "Look the value up in the original workbook and submit it.",
    ),
    "malformed_correction": Explained(
        "Marks of a published correction (<del>, <ins>) that do not form one.",
        "Submit the cell with the corrected text alone.",
    ),
    "ditto_without_row_above": Explained(
        "A ditto mark, and no readable cell above it to repeat.",
        "Submit the row with the text that is meant.",
    ),
    "required_cell_empty": Explained(
        "A cell without which the row cannot be placed says nothing.",
        "Submit the row with the cell filled in; do not carry down the cell above by guess.",
    ),
    "formula_without_value": Explained(
        "A formula whose value is not kept in the workbook: it was never calculated.",
        "Open the workbook in a spreadsheet program, let it calculate, save; or submit the value.",
    ),
    "turned_into_date": Explained(
        "A date in a column of identifiers or results: a spreadsheet makes dates of `3-1`.",
        "Look the text up where it was written and submit it.",
    ),
    "damaged_identifier": Explained(
        "An identifier that a spreadsheet took for a number: digits are lost (`1.23457E+11`).",
        "Look the identifier up where it was written and submit it.",
    ),
    "number_shown_otherwise": Explained(
        "The cell's number format shows another thing than the number that is stored: a text"
        " beside it, a percentage, thousands.",
        "Submit the result as it is meant, e.g. `<0.5`.",
    ),
    "ditto_not_stated": Explained(
        "A ditto mark in a column where the profile does not say that it repeats the cell above.",
        "Submit the row with the text that is meant, or state `ditto` in the profile.",
    ),
    "control_character": Explained(
        "A cell holds a character that no text has: a bell, an escape, a tab of a printer.",
        "Usually a damaged file or a copy out of another program: submit the text without it.",
    ),
    "unreadable_coordinate": Explained(
        "A latitude or longitude that is no decimal number of degrees in its range.",
        "Submit decimal degrees, north and east positive.",
    ),
}

FLAGS: dict[str, Explained] = {
    "invisible_character": Explained(
        "A cell holds characters that show nothing or turn the direction of writing; their"
        " numbers stand in the detail.",
        "The text is kept as it stands; two texts that look alike may differ by them.",
    ),
    "cell_not_read": Explained(
        "A cell stands in a column that the profile does not know; its text is in the detail.",
        "Nothing is concluded from it. If it matters, write a profile that names the column.",
    ),
    "published_correction": Explained(
        "Someone published a correction inside the cell; the inserted text was read.",
        "The old text stands in the detail.",
    ),
    "spelling": Explained(
        "A stated spelling rule changed the name of a region or laboratory.",
        "The text as published is kept beside the name.",
    ),
    "unknown_region": Explained(
        "The region is not in the vocabulary; the text is kept as published.",
        "Often a municipality in the wrong column.",
    ),
    "region_by_rule": Explained(
        "The source states coordinates and no region; the region off whose coast they lie is that"
        " of a rule of this project (facts, `waters`).",
        "An agreement may name this flag among those it treats as indeterminate.",
    ),
    "unknown_category": Explained(
        "The food category is not in the vocabulary; the text is kept as published.",
        "Add the word to the vocabulary if it is a category.",
    ),
    "unknown_method": Explained(
        "The method text names no technique by the profile's rules; the text is kept.",
        "Add the word to the profile if it is a technique.",
    ),
    "era_assumed": Explained(
        "The year stands without its era; the era is the one the profile assumes.",
        "The text as published is kept.",
    ),
    "year_assumed": Explained(
        "The date stands without a year; the year is taken from another date by a stated rule.",
        "The text as published is kept.",
    ),
    "serial_date": Explained(
        "The date is a spreadsheet serial number of the system the profile states.",
        "The text as published is kept.",
    ),
    "date_range": Explained(
        "The cell names several days; any of them is possible.",
        "A window that depends on the day gives unknown.",
    ),
    "open_range": Explained(
        "The range of sampling days has no end; it is taken to end with the day of the result.",
        "The text as published is kept.",
    ),
    "part_of_month": Explained(
        "The cell names a part of a month; any of its days is possible.",
        "A window that depends on the day gives unknown.",
    ),
    "result_before_sampling": Explained(
        "The result is dated before the sampling day; both days are stated in full.",
        "One of the two is wrong; neither is corrected.",
    ),
    "sampled_after_import": Explained(
        "The sampling day lies after the day of the import.",
        "A slip in the date; it is not corrected.",
    ),
    "sum_contradicts_parts": Explained(
        "The published sum is not what the source's own rule makes of its parts: limits added,"
        " the detected part alone, or both added.",
        "Sum and parts are kept as published.",
    ),
    "sum_outside_parts": Explained(
        "No values that the parts allow give the published sum (parts added as sets of values).",
        "Sum and parts are kept as published.",
    ),
    "lost_decimal_point": Explained(
        "A number begins with 0 and has no decimal point: a point was probably lost.",
        "The number is kept as published.",
    ),
    "above_plausible_maximum": Explained(
        "The value is above the greatest that is physically or historically plausible.",
        "The number is kept as published.",
    ),
    "coverage_not_stated": Explained(
        "An uncertainty without its coverage factor.",
        "A rule that needs the uncertainty gives unknown.",
    ),
    "limit_not_stated": Explained(
        "Not detected, and no limit is stated.",
        "Any value is possible; a comparison gives unknown.",
    ),
    "limit_kind_not_stated": Explained(
        "A limit stands beside a value, and its kind is not stated.",
        "The limit is kept as published.",
    ),
    "footnote": Explained(
        "The number bears a footnote mark; its text is elsewhere in the source.",
        "The cell as published is kept.",
    ),
    "publication_seen_before": Explained(
        "Another file held rows of the same publication; this row was not among them.",
        "The publication was reissued, or one of the files is a part of it.",
    ),
    "possible_restatement": Explained(
        "A row of a compilation that equals a held one in place, item, dates and values only.",
        "It is no evidence until someone decides whether it says the same thing again.",
    ),
    "formula_value": Explained(
        "The cell is a formula; the value it had when the workbook was saved is read.",
        "The formula is kept with the flag.",
    ),
    "hidden_row": Explained(
        "The row is hidden in its sheet; it is read like any other.",
        "Ask the author whether it was meant to be left out.",
    ),
    "filtered_row": Explained(
        "The row is hidden by a filter in its sheet; it is read like any other.",
        "A filter hides rows from the reader, not from the table.",
    ),
    "number_stored_as_text": Explained(
        "The number is kept as text in its workbook; it is read digit by digit as it stands.",
        "If the table always does so, say so in the profile (`workbook.numbers_as_text`).",
    ),
    "more_digits_than_typed": Explained(
        "The stored number has more digits than a spreadsheet keeps of what is typed: it was"
        " calculated, or is a binary neighbour (`1.1000000000000001`).",
        "The number is kept as stored.",
    ),
    "identifier_stored_as_number": Explained(
        "An identifier kept as a number: zeros before it would be lost.",
        "The digits are kept as stored; compare with the original.",
    ),
    "identifier_like_date": Explained(
        "An identifier that looks like a date a spreadsheet made of it (`3-Jan`).",
        "The text is kept; compare with the original.",
    ),
    "turned_into_date": Explained(
        "A date in a column of texts: a spreadsheet may have made it of another text.",
        "The day is kept as text.",
    ),
    "date_system_1904": Explained(
        "The workbook counts its days from 1904; the date was read so.",
        "The stored number is kept with the flag.",
    ),
    "year_not_shown": Explained(
        "The cell's format shows the date without its year: the year may be the program's.",
        "The stored number is kept with the flag.",
    ),
    "struck_out": Explained(
        "The cell is shown struck out in its sheet; it is read like any other.",
        "Ask the author whether the row or the value was taken back.",
    ),
    "value_from_merged_cell": Explained(
        "One result stands in a merged cell over several rows or columns; it is read for each.",
        "Ask whether each was measured, or all together.",
    ),
    "empty_beside_merged": Explained(
        "The cell is empty, in a column where merged cells name the rows above or below.",
        "Nothing was carried into it; submit the text if one is meant.",
    ),
    "part_larger_than_whole": Explained(
        "A nuclide is above the gross count, or sum, of the same sample that it is a part of.",
        "One of the two is wrong: both are kept, and neither decides until it is resolved.",
    ),
    "limit_above_value": Explained(
        "The limit beside a value, or beside the limit in the cell, is greater than it.",
        "Both are kept as published; a limit may be in another unit than it says.",
    ),
    "withheld": Explained(
        "The result is known and withheld.",
        "It is due on the promised day; until then any value is possible.",
    ),
    "promise_not_stated": Explained(
        "A withheld result without the day it is promised for.",
        "Ask the laboratory for the day and record it.",
    ),
    "remark": Explained(
        "A remark stands beside the result; it is kept with the flag.",
        "Nothing is concluded from it.",
    ),
    "no_value": Explained(
        "The row states no value at all.",
        "It tells that a sample was drawn, nothing more.",
    ),
}
