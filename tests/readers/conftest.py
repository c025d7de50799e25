"""Writers: the same paragraphs as plain text, Markdown, HTML, DOCX and PDF, in bytes."""

from __future__ import annotations

import html
import re
import textwrap
import unicodedata
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

Writer = Callable[[list[str]], bytes]

NUMBERED = re.compile(r"(\d{1,3})\. (?=\D)")
LETTERED = re.compile(r"\(([a-h])\) ")
FOREIGN = re.compile(
    r"[A-Za-z\u00c0-\u024f](?:[^\u0600-\u06ff]*[A-Za-z\u00c0-\u024f0-9])?|[0-9]+(?:[.,/:-][0-9]+)*|[٠-٩]+(?:[.,/:][٠-٩]+)*"
)


def as_text(paragraphs: list[str]) -> bytes:
    return "\n\n".join(paragraphs).encode()


def as_markdown(paragraphs: list[str]) -> bytes:
    """Write numbers as Markdown's own lists, and everything that would be markup as what it is."""
    lines = []
    for words in paragraphs:
        number = NUMBERED.match(words)
        head, rest = (number[0], words[number.end() :]) if number else ("", words)
        rest = re.sub(r"([\\`*_{}\[\]<>#|~&+-])", r"\\\1", rest)
        lines.append(head + re.sub(r"^(\d+)([.)])", r"\1\\\2", rest))
    return ("---\ntitle: of no matter\n---\n\n" + "\n\n".join(lines)).encode()


def as_html(paragraphs: list[str]) -> bytes:
    """Write numbered and lettered paragraphs as lists, inside of a page with a site's frame around it."""
    parts = ["<!doctype html><html><head><title>Not this</title><meta charset=utf-8></head><body>"]
    parts.append("<nav><a href=/>Home</a> <a href=/x>We urge all States to click here.</a></nav><main>")
    for words in paragraphs:
        number, letter = NUMBERED.match(words), LETTERED.match(words)
        match = number or letter
        if match:
            start = int(match[1]) if number else ord(match[1]) - 96
            kind = "1" if number else "a"
            parts.append(f"<ol type={kind} start={start}><li>{html.escape(words[match.end() :])}</li></ol>")
        else:
            parts.append(f"<p>{html.escape(words)}</p>")
    parts.append("</main><footer>We condemn trafficking. Imprint</footer><script>var x = '<p>no</p>'</script>")
    return "\n".join(parts).encode()


def as_docx(paragraphs: list[str]) -> bytes:
    """Write numbered and lettered paragraphs as automatic lists; the first half of what is no list in a table."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for name, form, words in (("90", "decimal", "%1."), ("91", "lowerLetter", "(%1)")):
        level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/></w:lvl>'
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{name}">{level}</w:abstractNum>'
        numbering.insert(0, parse_xml(abstract))
    for place, words in enumerate(paragraphs):
        number, letter = NUMBERED.match(words), LETTERED.match(words)
        match = number or letter
        if not match:
            holder = document.add_table(1, 1).cell(0, 0) if place < 3 else document
            (holder.paragraphs[0] if place < 3 else holder.add_paragraph()).add_run(words)
            continue
        start = int(match[1]) if number else ord(match[1]) - 96
        override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        kind = f'<w:abstractNumId w:val="{90 if number else 91}"/>'
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{1000 + place}">{kind}{override}</w:num>'))
        properties = document.add_paragraph(words[match.end() :])._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = 1000 + place
        properties.get_or_add_ilvl().val = 0
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def painted(words: str) -> str:
    """Return a line as it is painted from left to right."""
    arabic = sum("\u0600" <= c <= "\u06ff" for c in words)
    if arabic * 2 < max(sum(c.isalpha() for c in words), 1):
        return words
    order, end = "", len(words)
    for match in reversed(list(FOREIGN.finditer(words))):
        order += words[match.end() : end][::-1] + match[0]
        end = match.start()
    return (order + words[:end][::-1]).translate(str.maketrans("()[]«»", ")(][»«"))


def as_pdf(paragraphs: list[str], encrypted: bool = False, rows: int = 400) -> bytes:
    """Write a PDF of one font that is not embedded and says which letters it paints; Arabic as it is painted.

    A page is as long as a document, unless `rows` says otherwise.
    """
    lines: list[str] = []
    for words in paragraphs:
        if any("\u4e00" <= c <= "\u9fff" for c in words):
            lines += [*re.findall(r"(?:[ -~]+|.){1,38}[，。；：、！？》”]*", words), ""]
        else:
            lines += [*map(painted, textwrap.wrap(words, 90, break_on_hyphens=False)), ""]
    letters = {letter: code for code, letter in enumerate(sorted(set("".join(lines))), 1)}
    codes = "\n".join(f"<{code:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in letters.items())
    chunks = [codes.split("\n")[n : n + 100] for n in range(0, len(letters), 100)]
    table = "\n".join(f"{len(chunk)} beginbfchar\n{chr(10).join(chunk)}\nendbfchar" for chunk in chunks)
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{table}\nendcmap end end"
    )
    pages = [lines[n : n + rows] for n in range(0, len(lines), rows)]
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/Helvetica/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Helvetica/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        "/Supplement 0>>/DW 550/FontDescriptor<</Type/FontDescriptor/FontName/Helvetica/Flags 4/Ascent 800"
        "/Descent -200/FontBBox[0 -200 1000 800]>>>>",
        f"<</Length {len(to_unicode)}>>stream\n{to_unicode}\nendstream",
    ]
    for number, page in enumerate(pages):
        content = ""
        for row, words in enumerate(page):
            rtl = any("\u0600" <= c <= "\u06ff" for c in words)
            left = 560 - 5.5 * len(words) if rtl else 50
            if words:
                spelt = "".join(f"{letters[letter]:04x}" for letter in words)
                content += f"BT /F 10 Tf {left} {14 * (rows - row) + 40} Td <{spelt}> Tj ET\n"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 {14 * rows + 80}]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {7 + 2 * number} 0 R>>",
            f"<</Length {len(content)}>>stream\n{content}\nendstream",
        ]
    return pdf_of(
        objects,
        "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">>>" if encrypted else "",
    )


def pdf_of(objects: list[str], more: str = "") -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, words in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{words}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R/ID[<00><00>]{more}>>"
    return body + f"{tail}\nstartxref\n{len(body)}\n%%EOF".encode()


def plain(words: str) -> str:
    """Return words without vowel signs, which a font that is not there has no place for."""
    return "".join(c for c in words if not unicodedata.combining(c))


@pytest.fixture(scope="session")
def writers() -> dict[str, Writer]:
    return {"text": as_text, "markdown": as_markdown, "html": as_html, "docx": as_docx, "pdf": as_pdf}


@pytest.fixture(scope="session")
def image_pdf() -> bytes:
    """A PDF with one page that is a picture."""
    picture = (
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
        "stream\n0\nendstream"
    )
    paint = "q 500 0 0 700 50 50 cm /I Do Q"
    return pdf_of(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 842]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>",
            f"<</Length {len(paint)}>>stream\n{paint}\nendstream",
            picture,
        ]
    )


@pytest.fixture(scope="session")
def encrypted_pdf() -> bytes:
    return as_pdf(["We urge all States to act."], encrypted=True)
