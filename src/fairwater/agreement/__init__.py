"""Agreements as data: read, checked, evaluated, explained (floor 6).

`load` reads and checks an agreement, `model` says what one is, `prose` prints
it, `override` changes it for a question, `versions` says which one governs.
Evaluation is a pure function of (agreement version, evidence, as-of, known-at).
"""
