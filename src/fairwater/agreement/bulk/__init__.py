"""Every unit at once: evidence as columns, counts as step functions, exact where it matters.

`timelines.evaluate_all` answers for all units what `machine.timeline` answers for
one, and a property test holds them to the same answers. Nothing here decides
what an agreement means; it only chooses which days and which rows the exact
evaluator has to look at.
"""
