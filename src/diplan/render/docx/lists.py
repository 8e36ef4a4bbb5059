"""How the lists of a Word document are numbered: bullets once, and each list that counts anew."""

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from diplan.render.docx.blank import parsed
from diplan.render.docx.styles import DEEPEST, LetterSizes, twips

_BULLETS = ("•", "–", "•")
_COUNTS = ("decimal", "lowerLetter", "lowerRoman")


class Lists:
    """The lists of one document; those of a council's own stay as they are."""

    def __init__(self, numbering: BaseOxmlElement, setting: LetterSizes) -> None:
        self._root = numbering
        self._forms = _next(numbering, "abstractNum", "abstractNumId")
        self._key = _next(numbering, "num", "numId")
        step = twips(setting.body * 1.6)
        made = [
            _form(self._forms + at, kind, words, step)
            for at, (kind, words) in enumerate(
                ((("bullet",) * DEEPEST, _BULLETS), (_COUNTS, ("%1.", "%2.", "%3.")))
            )
        ]
        first = numbering.find(qn("w:num"))
        for form in parsed("".join(made)):
            numbering.append(form) if first is None else first.addprevious(form)
        self.bullets = self._add(self._forms)

    def counted(self, level: int, first: int) -> int:
        """The key of a new list that counts from *first* on, at a level."""
        start = (
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{first}"/></w:lvlOverride>'
        )
        return self._add(self._forms + 1, start)

    def _add(self, form: int, more: str = "") -> int:
        key = self._key
        self._key += 1
        num = f'<w:num w:numId="{key}"><w:abstractNumId w:val="{form}"/>{more}</w:num>'
        self._root.extend(parsed(num))
        return key


def _form(key: int, kinds: tuple[str, ...], words: tuple[str, ...], step: int) -> str:
    """How a list looks at each level."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{step * (at + 1)}" w:hanging="{step}"/></w:pPr></w:lvl>'
        for at, (kind, text) in enumerate(zip(kinds, words, strict=True))
    )
    return (
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
    )


def _next(root: BaseOxmlElement, name: str, key: str) -> int:
    """A key that no element of this name has."""
    given = (element.get(qn(f"w:{key}"), "") for element in root.iterchildren(qn(f"w:{name}")))
    return max((int(key) for key in given if key.isdecimal() and len(key) < 9), default=0) + 1
