"""Text to do harm, or just odd, for wherever somebody may type: mark-up, formulas, queries, controls, scripts."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

_MARKS: Sequence[str] = (
    "<b>fet</b>", "<h1>stor", '<a href="https://exempel.se">länk</a>', '<img src="file:///etc/passwd"/>', "<br/>",
    '<img src=x onerror="alert(1)">', "<script>alert(1)</script>", "<para><font color=red>", "</para></b>]]>", "<!--",
    "<table><tr><td>", "<?xml version='1.0'?>", "&lt;b&gt;", "&amp;#65;", "&nbsp;", "a & b",
    '<style>*{display:none}</style>', '<body bgcolor="black">', "<seq id='x'/>", "<onDraw name='x'/>", "<super>1",
    "%PDF-1.4 (parentes) \\) \\Tj", "/JS (app.alert(1))", "/Launch /Win", "<< /S /URI >>", "endstream endobj",
)  # fmt: skip
_FORMULAS: Sequence[str] = (
    "=1+1", "=cmd|' /C calc'!A0", "+46 70 123", "-1", "@SUM(1)", "=HYPERLINK(\"http://x\")", "=DDE()", "=\tA1", "＝1+1",
)  # fmt: skip
_QUERIES: Sequence[str] = (
    "'; DROP TABLE meetings; --", '" OR 1=1', "100%", "a_b", "\\", "NEAR(a b)", "title:*", "a AND", '"oavslutad',
    "^a", "(", "{x y}: z", "-inte", "NOT", "%_%", "$1", ":name", "?", "@p",
)  # fmt: skip
_FORMATS: Sequence[str] = ("{0}", "%s", "{name}", "%(x)s", "{{ 7*7 }}", "${HOME}", "%n", "%1", "{0.__class__}", "`id`")
_PATHS: Sequence[str] = ("../../etc/passwd", "C:\\Windows\\x", "CON", "aux.txt", "file:///etc/passwd", "~/.ssh", "a/b")
_LINES: Sequence[str] = (
    "rad ett\nrad två",
    "CR\rLF",
    "a\r\nBEGIN:VEVENT",
    "a;b,c",
    "DTSTART:2026",
    "\tflik",
    "a\u2028b",
)
_SIGNS: Sequence[str] = (
    "😀", "👩‍⚕️", "🇸🇪", "سلام عليكم", "שלום", "漢字", "ไทย", "A\u030aker o\u0308", "e\u0301\u0302\u0303" * 9,
    "a\u200bb", "\ufeffbom", "\u00adkort", "ﬀ", "Ⅷ", "\u0007", "\x1b[31m", "\x7f", "\x85", "\ue000", "\U0010ffff", "𝔘",
    "ZͮA̡L͏G҉O̴", "\u2066x\u2069", "ÅÄÖåäö", "ß", "İi", "\ufffd", "\ufffe",
)  # fmt: skip
_UNSTORABLE: Sequence[str] = ("\0", "NUL\0inuti", "\ud800", "ensam \udfff halva")
_GROUPS = (_MARKS, _FORMULAS, _QUERIES, _FORMATS, _PATHS, _LINES, _SIGNS)
_LONG = (2_000, 20_000)


def hostile(dice: Random) -> str:
    """One string: a known one, several put together, one broken off, a long one, or signs by chance."""
    deed = dice.random()
    if deed < 0.35:
        return _known(dice)
    if deed < 0.65:
        return dice.choice(("", " ", "\n", "å")).join(_known(dice) for _ in range(dice.randint(2, 5)))
    if deed < 0.75:
        known = _known(dice)
        return known[: dice.randint(1, len(known))]
    if deed < 0.78:
        return (_known(dice) * dice.choice(_LONG))[: dice.choice(_LONG)]
    if deed < 0.8:
        return dice.choice(_UNSTORABLE)
    return "".join(_sign(dice) for _ in range(dice.randint(1, 40)))


def _known(dice: Random) -> str:
    return dice.choice(dice.choice(_GROUPS))


def _sign(dice: Random) -> str:
    """Any sign that text can hold: often of the keyboard, seldom from far away; no lone halves."""
    number = dice.choice((dice.randrange(32, 127), dice.randrange(160, 0x250), dice.randrange(1, 0xD800)))
    return chr(number if dice.random() < 0.95 else dice.randrange(0xE000, 0x110000))


def storable(text: str) -> bool:
    """Whether a database can hold it: no NUL, no half of a pair, and neither of the two codes that are no signs."""
    return not any(sign in "\0\ufffe\uffff" or 0xD800 <= ord(sign) < 0xE000 for sign in text)
