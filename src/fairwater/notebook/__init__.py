"""The door for a notebook: a node opened, its tables, verdicts and dossiers at hand.

    import fairwater
    node = fairwater.open("demo")

    node.table("reports").to_pandas()                    # Arrow; polars(...) gives Polars
    asked = node.ask("origin_restriction", as_of="2014-03-31", knowledge="sampled")
    asked.states                                         # one row a unit and measure
    print(asked.explain("impose", species="ヒラメ", zone="福島県"))

Everything here goes through the functions that the commands use: the same
question gives the same answer.
"""

from fairwater.notebook.opened import OpenNode, Question, open_node

__all__ = ["OpenNode", "Question", "open_node"]
