"""Fairwater: radioactivity measurements in, seafood-trade decisions out.

The rooms are subpackages and are imported when named: a notebook that needs
`fairwater.quantities` does not pay for the archive's libraries.
"""

__version__ = "0.1.0"
