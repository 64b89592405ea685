"""What values mean (floor 2): decimals, rounding, sets of values, units, dates, periods."""
