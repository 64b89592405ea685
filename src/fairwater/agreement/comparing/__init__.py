"""Agreements side by side: on the same evidence, where do they first part, and by which clause.

    effects     what states do to goods, on one scale that no agreement's names enter
    matching    which unit of one agreement is which unit of another, by columns
    positions   where an agreement stands, day by day, and in which direction it has moved
    parting     the first day on which agreements do not stand alike
    clauses     the conditions behind it: atoms, numbers, windows, limits, samples
    learning    what later knowledge changes, and the evidence that came late
    answer      what a comparison holds
    compare     all of it together, over timelines somebody else computed

Eligible counts as moved: an agreement *calls for* the state that an open step leads to,
whether or not anybody has decided it. So what is compared is what the texts say on the
evidence; a decision that was taken shows as the state it brought.
"""
