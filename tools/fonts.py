r"""Makes the fonts the report's PDF is set in, from packages that carry them whole.

::

    pip download --no-deps -d FOLDER noto-cjk-sans-jp-regular==0.0.1 \
        noto-cjk-sans-jp-bold==0.0.1 fontpkg-noto-sans==2.15
    ./run exec python tools/fonts.py FOLDER

writes `src/fairwater/report/fonts/`: four font files, ``coverage.txt`` (the characters of each,
as ranges; what is read at run time, so that fontTools is needed only here), ``zh.cmap`` and
``zh.name`` (two tables that make of the regular face one whose own forms are the Chinese ones,
for drawings, which cannot say in which language their letters are), and the licence. The same
packages give the same bytes; a package with another SHA-256 is refused.

What is kept of the CJK faces: JIS X 0208 with the vendors' extensions, GB 2312, the 5,401 common
characters of Big5, the 2,350 syllables of KS X 1001, every ideograph with the fish radical the
face has, every letter of `facts/data`, kana, punctuation, symbols and Latin. `locl` stays, for
one code point has other forms in Japanese and in Chinese; vertical writing goes. The heavier
face, for headings, holds the first levels of JIS X 0208 and GB 2312, fish and facts only; what
it lacks is set in the regular weight.
"""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TARGET = Path(__file__).resolve().parent.parent / "src/fairwater/report/fonts"
LICENCE = "noto_cjk_sans_jp_regular-0.0.1.dist-info/licenses/LICENSE"


class Source(NamedTuple):
    """A package, the font in it, and what the whole package must hash to."""

    wheel: str
    member: str
    sha256: str


REGULAR = Source(
    "noto_cjk_sans_jp_regular-0.0.1-py3-none-any.whl",
    "noto_cjk_sans_jp_regular/NotoSansCJKjp-Regular.otf",
    "7d3db65a6fdc4cc64d7bed5c869a1f70c99da9ef4cbce9c5dd94756207a2ac85",
)
BOLD = Source(
    "noto_cjk_sans_jp_bold-0.0.1-py3-none-any.whl",
    "noto_cjk_sans_jp_bold/NotoSansCJKjp-Bold.otf",
    "984e41581220dc11b9d961f1a538f2620c5040b51f2b10be1b9a499a1c5c0613",
)
LATIN = Source(
    "fontpkg_noto_sans-2.15-py3-none-any.whl",
    "fontpkg_noto_sans/files/NotoSans[wdth,wght].ttf",
    "54016cb4dfbfdd8f0cae3d71a9401a73e786a473debd12f1d79067e349c9a4a3",
)

Span = tuple[int, int]
_TEXT = frozenset({".yaml", ".json", ".csv", ".tsv"})
LATIN_SPANS: tuple[Span, ...] = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x36F), (0x370, 0x3FF), (0x400, 0x52F),
    (0x1E00, 0x1FFF), (0x2000, 0x200A), (0x2010, 0x2027), (0x202F, 0x205E), (0x2070, 0x20BF),
    (0x2100, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF),
)  # fmt: skip
"""Latin with its extensions, combining marks, Greek, Cyrillic, punctuation, figures, arrows."""
SYMBOL_SPANS: tuple[Span, ...] = (
    (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x20BF), (0x2100, 0x23FF), (0x2460, 0x24FF),
    (0x2500, 0x27BF), (0x2E80, 0x2FDF), (0x3000, 0x30FF), (0x3190, 0x319F), (0x31F0, 0x33FF),
    (0xFF00, 0xFFEE),
)  # fmt: skip
FISH_SPANS: tuple[Span, ...] = (
    (0x4C6A, 0x4CA4), (0x9B5A, 0x9CE4), (0x29D4B, 0x29FCE), (0x2B68F, 0x2B69E), (0x2CD8B, 0x2CDB1),
)  # fmt: skip
"""Ideographs with the radical of fish (radical 195) in the blocks the face draws from."""


FACTS = TARGET.parent.parent / "facts" / "data"
"""Files whose every letter is kept: names of species, places, food, nuclides."""


def spread(spans: Iterable[Span]) -> set[int]:
    """Every code point of closed ranges."""
    return {point for first, last in spans for point in range(first, last + 1)}


def encodable(encoding: str, first: bytes = b"", last: bytes = b"\xff" * 4) -> set[int]:
    """Code points with a two-byte code between `first` and `last` in a legacy encoding."""
    found = set()
    for point in range(0xA0, 0x10000):
        if 0xD800 <= point < 0xE000:
            continue
        code = chr(point).encode(encoding, "ignore")
        if len(code) == 2 and first <= code <= last:
            found.add(point)
    return found


def named() -> set[int]:
    """Ideographs and letters the facts are written with."""
    texts = (file.read_text("utf-8") for file in FACTS.rglob("*") if file.suffix in _TEXT)
    return {ord(char) for text in texts for char in text if char.isprintable()}


def wanted() -> set[int]:
    """What the regular face keeps."""
    return (
        spread((*LATIN_SPANS, *SYMBOL_SPANS, *FISH_SPANS))
        | named()
        | encodable("cp932")
        | encodable("gb2312")
        | encodable("big5", b"\xa4\x40", b"\xc6\x7e")
        | encodable("euc_kr", b"\xb0\xa1", b"\xc8\xfe")
    )


def wanted_bold() -> set[int]:
    """What the heavier face keeps: first levels, kana, punctuation, Latin."""
    return (
        spread(((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x2030, 0x205E), (0x2190, 0x2193)))
        | spread(((0x3000, 0x30FF), (0xFF00, 0xFFEE), (0x25A0, 0x25CF)))
        | encodable("cp932", b"\x88\x9f", b"\x98\x72")
        | encodable("gb2312", b"\xb0\xa1", b"\xd7\xf9")
        | spread(FISH_SPANS)
        | named()
    )


def opened(folder: Path, source: Source) -> TTFont:
    """The font of a package whose bytes are the ones expected."""
    content = (folder / source.wheel).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != source.sha256:
        raise SystemExit(f"{source.wheel}: SHA-256 is {found}, expected {source.sha256}")
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        return TTFont(io.BytesIO(wheel.read(source.member)), recalcTimestamp=False)


def cut(font: TTFont, points: set[int], family: str, style: str) -> bytes:
    """The font with these characters only, under a name of our own."""
    options = subset.Options()
    options.layout_features = ["locl", "ccmp", "mark", "mkmk", "kern"]
    options.layout_scripts = ["DFLT", "latn.*", "grek", "cyrl", "hang"] + [
        f"{script}.{language}" for script in ("hani", "kana") for language in ("JAN", "ZHS")
    ]
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["BASE", "DSIG", "STAT", "VORG", "vhea", "vmtx", "HVAR", "MVAR"]
    work = subset.Subsetter(options)
    work.populate(unicodes=points)
    work.subset(font)
    renamed(font, family, style)
    written = io.BytesIO()
    font.save(written, reorderTables=False)
    return written.getvalue()


def renamed(font: TTFont, family: str, style: str) -> None:
    """Give a font a name of our own, so that it is never taken for the whole one."""
    plain = f"{family}-{style}".replace(" ", "")
    named = {1: family, 2: style, 3: plain, 4: f"{family} {style}", 6: plain}
    for record in font["name"].names:
        if record.nameID in named:
            record.string = named[record.nameID]
    if "CFF " in font:
        table = font["CFF "].cff
        table.fontNames = [plain]
        table.topDictIndex[0].FamilyName = family
        table.topDictIndex[0].FullName = f"{family} {style}"


def chinese_tables(content: bytes) -> tuple[bytes, bytes]:
    """Tables ``cmap`` and ``name`` that make the simplified Chinese forms the font's own."""
    font = TTFont(io.BytesIO(content), recalcTimestamp=False)
    rules = font["GSUB"].table
    script = next(s.Script for s in rules.ScriptList.ScriptRecord if s.ScriptTag == "hani")
    language = next(r.LangSys for r in script.LangSysRecord if r.LangSysTag == "ZHS ")
    features = (rules.FeatureList.FeatureRecord[number] for number in language.FeatureIndex)
    forms: dict[str, str] = {}
    for feature in features:
        if feature.FeatureTag == "locl":
            for number in feature.Feature.LookupListIndex:
                for table in rules.LookupList.Lookup[number].SubTable:
                    forms |= getattr(table, "ExtSubTable", table).mapping
    for table in font["cmap"].tables:
        if hasattr(table, "cmap"):
            table.cmap = {point: forms.get(name, name) for point, name in table.cmap.items()}
    renamed(font, "Fairwater Sans SC", "Regular")
    written = io.BytesIO()
    font.save(written, reorderTables=False)
    reader = TTFont(io.BytesIO(written.getvalue())).reader
    return reader["cmap"], reader["name"]


def ranges(points: Iterable[int]) -> Iterator[Span]:
    """Code points as closed ranges, ascending."""
    ordered = sorted(points)
    start = previous = ordered[0]
    for point in ordered[1:]:
        if point != previous + 1:
            yield start, previous
            start = point
        previous = point
    yield start, previous


def main(folder: Path) -> None:
    """Write every file of the folder of fonts."""
    latin_bold = instancer.instantiateVariableFont(
        opened(folder, LATIN), {"wght": 700, "wdth": 100}
    )
    latin = instancer.instantiateVariableFont(opened(folder, LATIN), {"wght": 400, "wdth": 100})
    jobs = (
        ("regular.otf", opened(folder, REGULAR), wanted(), "Fairwater Sans"),
        ("latin.ttf", latin, spread(LATIN_SPANS), "Fairwater Latin"),
        ("strong.otf", opened(folder, BOLD), wanted_bold(), "Fairwater Strong"),
        ("latin_strong.ttf", latin_bold, spread(LATIN_SPANS), "Fairwater Strong Latin"),
    )
    lines = ["# Characters of each font, as ranges of code points; made by tools/fonts.py."]
    for name, font, points, family in jobs:
        content = cut(font, points, family, "Regular")
        (TARGET / name).write_bytes(content)
        covered = TTFont(io.BytesIO(content)).getBestCmap()
        spans = (f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in ranges(covered))
        lines += [f"{name}: {family}", " ".join(spans)]
        if name == "regular.otf":
            tables = dict(zip(("zh.cmap", "zh.name"), chinese_tables(content), strict=True))
        digest = hashlib.sha256(content).hexdigest()
        print(f"{name}  {len(covered):,} characters  {len(content):,} bytes  {digest}")
    for name, table in tables.items():
        (TARGET / name).write_bytes(table)
        print(f"{name}  {len(table):,} bytes  {hashlib.sha256(table).hexdigest()}")
    (TARGET / "coverage.txt").write_text("\n".join(lines) + "\n", encoding="ascii")
    with zipfile.ZipFile(folder / REGULAR.wheel) as wheel:
        (TARGET / "OFL.txt").write_bytes(wheel.read(LICENCE))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
