"""A real Chromium, and what is asked of a page in it.

    with opened(browser, file, width=390, scheme="dark") as sheet:
        assert sheet.sideways() == 0

The browser is the system's, without a window and without a network: a page that asks for
anything but itself is caught by its request. axe-core is brought in for its check alone.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-dev-shm-usage", "--force-color-profile=srgb",
)  # fmt: skip
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
NO_WORDS = re.compile(
    r"(?<![A-Za-z])(?:"
    r"[A-Z][a-z]?-\d{1,3}m?"  # nuclides: Cs-137
    r"|(?:[kMGTmµμ]?Bq|[km]?g|L|mL|km|cm|mm|px|[kM]B|h|d|s)(?:/(?:kg|L|m3))?"  # units
    r"|[A-Z]"  # letters of agreements
    r"|https?://\S+|[\w.-]+\.[a-z]{2,4}"  # addresses, file names
    r")(?![A-Za-z])"
)
"""What may stand in Latin letters in a Chinese or Japanese sentence."""
PROPER = frozenset(
    {"Fairwater", "PDF", "PNG", "CSV", "XLSX", "JSON", "YAML", "SHA", "ISO", "UTC", "LOD", "ID"}
    | {"Natural", "Earth", "Codex"}
)
"""Proper names and abbreviations both languages write in Latin letters."""
PLAIN = "of a drawing"
"""Language of a text that stands where no part can say its own."""


def executable() -> str | None:
    """Where Chromium is: `FAIRWATER_CHROMIUM`, or the first of `NAMES` on the path."""
    named = os.environ.get("FAIRWATER_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def launched(playwright: Playwright, path: str) -> Browser:
    """A browser without a window."""
    return playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))


class Sheet:
    """A page that is open, and the requests it made beyond its own file."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.asked: list[str] = []
        self._address = address
        page.context.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith(("data:", "blob:")) and url.partition("#")[0] != self._address:
            self.asked.append(url)

    def sideways(self) -> int:
        """Pixels by which the page is wider than its window."""
        return int(
            self.page.evaluate(
                "() => { const e = document.scrollingElement; window.scrollTo(1e6, 0);"
                " const x = window.scrollX; window.scrollTo(0, 0);"
                " return Math.max(x, e.scrollWidth - e.clientWidth); }"
            )
        )

    def violations(self, *, every_letter: bool = False, contrast_only: bool = False) -> list[str]:
        """What an automated checker finds against WCAG 2.2, levels A and AA.

        Contrast is the slow rule, several seconds a page. Unless `every_letter`, it is asked of
        one element of each kind: same colour, size and weight on the same grounds. Where colours
        alone have changed, `contrast_only` leaves the other rules out.
        """
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        found: list[str] = self.page.evaluate(_CHECK, [list(WCAG), every_letter, contrast_only])
        return found

    def words(self) -> list[tuple[str, str]]:
        """Every text a reader meets, with the language it is said to be in."""
        pairs: list[list[str]] = self.page.evaluate(_WORDS)
        return [(text, lang) for text, lang in pairs]

    def small_targets(self, least: float = 24.0) -> list[str]:
        """What can be pressed and is smaller than `least` pixels, outside running text."""
        found: list[str] = self.page.evaluate(_SMALL, least)
        return found

    def open_all(self) -> None:
        """Open every fold."""
        self.page.evaluate("() => document.querySelectorAll('details').forEach(e => e.open = true)")

    def stops(self) -> int:
        """How many places the keyboard should reach."""
        return int(self.page.evaluate(_NUMBER_STOPS))

    def reachable(self) -> list[str]:
        """What should be reached by keyboard and is not, or shows no mark when it is."""
        self.page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
        total = self.stops()
        seen: dict[str, bool] = {}
        for _ in range(total + 3):
            self.page.keyboard.press("Tab")
            stop, marked = self.page.evaluate(_FOCUSED)
            if stop is not None:
                seen[stop] = marked
        lost = [f"{n} never reached" for n in range(total) if str(n) not in seen]
        return lost + [f"{stop} shows no mark" for stop, marked in seen.items() if not marked]


@contextmanager
def opened(
    browser: Browser,
    file: Path,
    *,
    width: int,
    scheme: Any = "light",
    media: Any = "screen",
    script: bool = True,
) -> Iterator[Sheet]:
    """A page opened from its file, without a network."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=script,
        offline=True,
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        sheet = Sheet(page, file.as_uri())
        page.emulate_media(media=media, color_scheme=scheme)
        page.goto(file.as_uri(), wait_until="load")
        yield sheet
    finally:
        context.close()


def foreign(words: list[tuple[str, str]], own: str) -> list[str]:
    """Texts said to be in the page's language that are in another.

    In Chinese and Japanese: words in Latin letters that are no unit, nuclide, code or proper
    name; letters the other language alone writes (kana; forms outside GB 2312 or JIS X 0208).
    In English: any such letter. In all: what a template left unfilled. A name of a drawing
    cannot say that a part of it is in another language (`PLAIN`): names that the page itself
    says are in one are left out there.
    """
    named = sorted({text for text, lang in words if lang not in (own, PLAIN)}, key=len)[::-1]
    found = []
    for text, lang in words:
        if re.search(r"\{[a-z_]+(![a-z])?\}|\bNone\b|undefined|\bnull\b", text):
            found.append(f"unfilled: {text}")
        if lang == PLAIN:
            for name in named:
                if len(name) > 1:
                    text = text.replace(name, " ")
        elif lang != own:
            continue
        strange = _strange(text, own)
        if strange:
            found.append(f"{strange}: {text}")
    return found


def _strange(text: str, own: str) -> list[str]:
    """What of a text its language does not write."""
    if own == "en":
        return [char for char in text if "\u3040" <= char <= "\u9fff"]
    if own.startswith("zh"):
        strange = [c for c in text if "\u3040" <= c <= "\u30ff" or not _writes(c, "gb2312")]
    else:
        strange = [char for char in text if not _writes(char, "shift_jis")]
    bare = NO_WORDS.sub(" ", text)
    return strange + [w for w in re.findall(r"[A-Za-z]{2,}", bare) if w not in PROPER]


def _writes(char: str, encoding: str) -> bool:
    """Whether a language's own character set has an ideograph; other characters are nobody's."""
    if not "\u3400" <= char <= "\u9fff":
        return True
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


_WORDS = """() => {
  const out = [];
  const tongue = e => e.closest('[lang]')?.getAttribute('lang') ?? '';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const e = n.parentElement, text = n.data.trim();
    const plain = e.matches('svg > title, svg > desc') && !e.hasAttribute('lang');
    if (text && !e.closest('script, style, template'))
      out.push([text, plain ? 'of a drawing' : tongue(e)]);
  }
  for (const e of document.querySelectorAll('[aria-label], [title], [alt], [placeholder]'))
    for (const name of ['aria-label', 'title', 'alt', 'placeholder'])
      if (e.getAttribute(name)) out.push([e.getAttribute(name), tongue(e)]);
  out.push([document.title, document.documentElement.lang]);
  return out;
}"""
_CHECK = """async ([tags, everyLetter, contrastOnly]) => {
  const slow = {'color-contrast': {enabled: everyLetter}};
  const options = {resultTypes: ['violations'], rules: slow, runOnly: {type: 'tag', values: tags}};
  if (contrastOnly && everyLetter)
    options.runOnly = {type: 'rule', values: ['color-contrast']};
  const results = contrastOnly && !everyLetter ? [] : [await axe.run(document, options)];
  if (!everyLetter) {
    const kinds = new Map(), grounds = new Map();
    const ground = e => {
      if (!e) return '';
      if (!grounds.has(e)) {
        const s = getComputedStyle(e);
        grounds.set(e, ground(e.parentElement) + s.backgroundColor + s.opacity + ';');
      }
      return grounds.get(e);
    };
    for (const e of document.querySelectorAll('body *')) {
      const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
      if (!own || !e.checkVisibility()) continue;
      const s = getComputedStyle(e);
      const kind = [s.color, s.fontSize, s.fontWeight, e.namespaceURI, ground(e)].join('|');
      if (!kinds.has(kind)) kinds.set(kind, e);
    }
    if (kinds.size) results.push(await axe.run({include: [...kinds.values()]},
      {resultTypes: ['violations'], runOnly: {type: 'rule', values: ['color-contrast']}}));
  }
  return results.flatMap(r => r.violations).flatMap(v => v.nodes.slice(0, 3).map(
    n => `${v.id}: ${v.help}: ${n.target} ${n.failureSummary}`));
}"""
_STOPS = "a[href], button, summary, input, select, textarea, [tabindex='0']"
_SMALL = f"""least => [...document.querySelectorAll("{_STOPS}")].filter(e => {{
  const r = e.getBoundingClientRect(), shown = e.checkVisibility();
  const running = getComputedStyle(e).display === 'inline' || e.matches('svg a');
  const hidden = r.right <= 0 || r.bottom + scrollY <= 0 || r.width <= 1;
  return shown && !running && !hidden && (r.width < least || r.height < least);
}}).map(e => e.outerHTML.slice(0, 90))"""
_NUMBER_STOPS = f"""() => {{
  const stops = [...document.querySelectorAll("{_STOPS}")]
    .filter(e => e.checkVisibility({{visibilityProperty: true}}) && !e.closest('[inert]')
      && e.getAttribute('tabindex') !== '-1');
  stops.forEach((e, n) => e.dataset.stop = n);
  return stops.length;
}}"""
_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return [null, true];
  const s = getComputedStyle(e);
  const marked = s.outlineStyle === 'auto'
    || (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';
  return [e.dataset.stop ?? null, marked];
}"""
