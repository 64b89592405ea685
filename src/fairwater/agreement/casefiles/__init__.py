"""Cases: a file of evidence and what must come out, run without a node.

`runner.run_cases` reads a file, evaluates every case and compares. The rest reads
each part of a case: `terms`, `evidence`, `values`; `run` evaluates, `compare`
compares, `checks` refuses what it does not know.
"""
