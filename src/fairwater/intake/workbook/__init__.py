"""Workbooks (xlsx): the stored text of every cell, read from the sheet's own XML.

A spreadsheet shows one thing and stores another: `0.30` typed as a number is stored as `0.3`,
`3-1` typed as an identifier is stored as the date 46023, and a formula may have no value at
all. What is stored is the evidence, so it is read without any library that converts it.

    container   the zip file, within bounds; what is no plain workbook is refused by name
    markup      its XML, without document types, entities or depth
    formats     what a number format makes of a number: a date, a time, another text
    serials     a date's number to the day, by the workbook's own date system
    book        sheets, shared texts, styles, date system
    sheet       the rows of one sheet, as stored
    columns     what a stored cell means in the column where it stands: flags and faults
    table       a workbook read by a profile, as `read` gives it

Never run, opened or followed: macros, external links, embedded files, queries, pictures.
"""
