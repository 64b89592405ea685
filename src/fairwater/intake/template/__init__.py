"""Fairwater's own template: one table that every party can fill in, as a workbook or as CSV.

    columns, lists of words, instructions, invented examples      data/template.yaml
    what reads it                                                 profiles/fairwater-template.yaml
    wording     the data file, as types
    writing     the workbook and the CSV

One result a row. Headings and words stand in one of three languages; the profile reads all.
"""
