"""Text as it is, with nothing in it unseen.

Controls, bidirectional overrides, zero-width characters and the like can make a text look like another one. Wherever a
person reads what a text or a table holds, they stand as their code: U+202E as [U+202E].
"""
import unicodedata

# Control, format, surrogate, private use, unassigned, line and paragraph separator. The two joiners are letters' own
# business in Persian, Hindi and emoji, and change no order.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"


def visible(text: str, keep: str = "") -> str:
    """The text with every unseen character but those in `keep` (say, a line feed) written as [U+XXXX]."""
    text = str(text)
    if text.isprintable():
        return text
    return "".join(c if c in keep or c in _JOINERS or unicodedata.category(c) not in _UNSEEN else f"[U+{ord(c):04X}]"
                   for c in text)


def one_line(text: str) -> str:
    """The same for a label: line feeds and tabs become spaces, the rest stands as `visible` shows it."""
    return visible(" ".join(str(text).replace("\t", " ").splitlines()))
