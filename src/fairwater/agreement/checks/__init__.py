"""Rules an agreement has to meet beyond its types; `check` runs them all."""
