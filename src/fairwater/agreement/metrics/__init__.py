"""Metrics: a closed registry. `registry` says what exists; each family has its module."""

from fairwater.agreement.metrics.registry import ATOM_FIELDS, METRICS, Family, MetricSpec

__all__ = ["ATOM_FIELDS", "METRICS", "Family", "MetricSpec"]
