"""A dossier as indented text: what a person reads, at one of three depths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fairwater.agreement.dossier import Depth, Dossier
from fairwater.agreement.verdict import Missing


def rendered(told: Dossier, depth: Depth = 3, language: str = "en") -> str:
    """The dossier as indented text; clause texts in `language` where they have it, else English."""
    content = told.plain(depth)
    lines = [f"{content['verdict']}  at {content['at']}, known at {content['known_at']}"]
    if content.get("hypothetical"):
        lines[0] += "  (hypothetical)"
    about = ", ".join(f"{k} {v}" for k, v in content["unit"].items())
    if "agreement" in content:
        named = content["agreement"]
        version = f"{named['id']} {named['version']}"
        short = f" ({named['content_id'][:12]})" if named["content_id"] else ""
        lines.append(f"  agreement: {version}{short}")
    for key in ("transition", "measure"):
        if key in content:
            lines.append(f"  {key}: {content[key]}")
    if about:
        lines.append(f"  unit: {about}")
    for key in ("bindings", "overrides"):
        if content[key]:
            said = ", ".join(f"{k} = {v}" for k, v in content[key].items())
            lines.append(f"  {key}: {said}")
    if content["clocks"] == "hindsight" or content["knowledge"] != "journal":
        lines.append(f"  clocks: {content['clocks']}, knowledge: {content['knowledge']}")
    if "by" in content:
        lines.append(f"  given by: {content['by']}")
    if "weakest_cert" in content:
        lines.append(f"  weakest confidence: {content['weakest_cert']}")
    lines += [f"  missing: {missing_text(entry)}" for entry in content["missing"]]
    if content["superseded"]:
        lines.append(f"  superseded: {', '.join(content['superseded'])}")
    for flag in content["flags"]:
        lines.append("  flag: " + ", ".join(f"{k} {_flat(v)}" for k, v in flag.items()))
    lines += _clause_lines(content["clause"], 1, language)
    return "\n".join(lines) + "\n"


def _flat(value: Any) -> str:
    return ", ".join(str(v) for v in value) if isinstance(value, list) else str(value)


def missing_text(entry: Mapping[str, Any] | Missing) -> str:
    """One missing entry in words: what, of what, owed by whom, by when."""
    row = entry.plain() if isinstance(entry, Missing) else dict(entry)
    said = str(row["kind"]).replace("_", " ")
    if "n" in row:
        said += f": {row['n']} more"
    if "what" in row:
        said += f" {row['what']}"
    if "of" in row:
        said += f" {row['of']}"
    if "needs" in row:
        said += f"; needs {row['needs']}"
    if "reason" in row:
        said += f" ({row['reason']})"
    if "owed_by" in row:
        party = f" ({row['party']})" if "party" in row else ""
        said += f"; owed by {row['owed_by']}{party}"
    if "due" in row:
        said += f"; due {row['due']}"
    return said


def _clause_lines(row: Mapping[str, Any], level: int, language: str) -> list[str]:
    pad = "  " * level
    name = row.get("id") or row["path"].rsplit(".", 1)[-1]
    role = f"{row['role']}: " if "role" in row else ""
    lines = [f"{pad}{role}{name} [{row['form']}]: {row['verdict']}"]
    text = row.get("text")
    if text:
        words = text.get(language) or text.get("en") or next(iter(text.values()))
        lines.append(f"{pad}  “{words}”")
    cite = row.get("cite")
    if cite:
        where = "; ".join(cite.get("titles") or cite["src"])
        clause = f", {cite['clause']}" if "clause" in cite else ""
        cert = f" ({cite['cert']})" if "cert" in cite else ""
        lines.append(f"{pad}  from: {where or 'no source'}{clause}{cert}")
    if "metric" in row:
        lines += _metric_lines(row["metric"], level + 1)
    if row["verdict"] == "unknown" and "parts" not in row:
        lines += [f"{pad}  missing: {missing_text(entry)}" for entry in row["missing"]]
    for part in row.get("parts", ()):
        lines += _clause_lines(part, level + 1, language)
    return lines


def _metric_lines(metric: Mapping[str, Any], level: int) -> list[str]:
    pad = "  " * level
    low, high = metric["value"]
    said = f"{metric['name']} in [{low}, {high}]"
    for comparator, operand in metric.get("asks", {}).items():
        said += f", asked {comparator} {operand}"
    if "window" in metric:
        said += f", {metric['window']['first'] or 'ever'} to {metric['window']['last']}"
    lines = [pad + said]
    if metric["counts"]:
        counted = ", ".join(f"{n} {what}" for what, n in metric["counts"].items())
        lines.append(f"{pad}samples: {counted}")
    lines += [f"{pad}{_compared(one)}" for one in metric.get("compared", ())]
    lines += [f"{pad}note: {note}" for note in metric.get("notes", ())]
    for sample in metric.get("samples", ()):
        lines += _sample_lines(sample, level + 1)
    return lines


def _compared(one: Mapping[str, Any]) -> str:
    about = f" {one['of']}" if "of" in one else ""
    answers: dict[bool | None, str] = {True: "agrees", False: "differs"}
    answer = answers.get(one.get("agrees"), "cannot be told")
    said = f"{one['what']}{about}: expected {one['expected']}, "
    said += f"found {one.get('found', 'nothing')}: {answer}"
    records = one.get("records", ())
    return f"{said}  (record {', '.join(records)})" if records else said


def _sample_lines(sample: Mapping[str, Any], level: int) -> list[str]:
    pad = "  " * level
    point = f" at {sample['point']}" if "point" in sample else ""
    inside = " (maybe inside)" if sample["place"] == "maybe" else ""
    lines = [f"{pad}sample {sample['sample']}{point}: {sample.get('outcome', 'counted')}{inside}"]
    for record in sample["records"]:
        lines.append(f"{pad}  record {record['id']}, sampled {record.get('sampled', 'not stated')}")
        for value in record["reported"]:
            unit = f" {value['unit']}" if "unit" in value else ""
            where = _where(value.get("source") or record.get("source") or {})
            lines.append(f"{pad}    {value['nuclides']}: {value['text']}{unit}{where}")
        if "limit" in record:
            a, b = record["ends"]
            c, d = record["compared"]
            lines.append(f"{pad}    from {record['combined']}: [{a}, {b}], compared as [{c}, {d}]")
            lines.append(f"{pad}    {record['limit']['id']}: {record['rule']}")
        if "undecided" in record:
            needs = record["undecided"].get("needs") or "more"
            lines.append(f"{pad}    undecided: needs {needs}")
        lines += [f"{pad}    note: {note}" for note in record.get("notes", ())]
    return lines


def _where(source: Mapping[str, Any]) -> str:
    if not source:
        return ""
    named = source.get("name") or str(source.get("document", ""))[:12]
    parts = [str(named)] if named else []
    for key in ("publication", "sheet", "row", "column"):
        if key in source:
            parts.append(f"{key} {source[key]}")
    return f"  ({', '.join(parts)})"
