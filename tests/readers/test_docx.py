"""What a DOCX knows of its paragraphs is kept: markers, headings, notes, changes, headers."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from atgraph import readers
from atgraph.errors import TextError
from atgraph.extraction import read_file
from atgraph.readers import docx as reader

_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:x="urn:x"'
)


def saved(document: object) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def lines(content: bytes) -> list[tuple[str, str]]:
    return [(line.text, line.style) for line in readers.read(content).lines if line.text]


def with_body(*parts: str) -> object:
    """Return a document with paragraphs and tables given as WordprocessingML."""
    document = docx.Document()
    last = document.element.body.sectPr
    for part in parts:
        names = f"{nsdecls('w')} {_MORE}" if "mc:" in part else nsdecls("w")
        head, _, tail = part.partition(">")
        last.addprevious(parse_xml(f"{head} {names}>{tail}"))
    return document


def listed(levels: list[tuple[str, str, str]], paragraphs: list[tuple[int, int]], nums: str = "") -> list[str]:
    """Return the markers of paragraphs, each given as list and level, in lists of such levels."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    xml = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/></w:lvl>'
        for n, (start, form, words) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{xml}</w:abstractNum>'))
    for number in sorted({number for number, _ in paragraphs}):
        own = nums if number == 902 else ""
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="77"/>{own}</w:num>')
        )
    for number, level in paragraphs:
        properties = document.add_paragraph("text")._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, number
    return [words.removesuffix("text").strip() for words, _ in lines(saved(document))]


@pytest.mark.parametrize(
    ("form", "words", "markers"),
    [
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("lowerLetter", "(%1)", ["(a)", "(b)", "(c)"]),
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("lowerRoman", "%1)", ["i)", "ii)", "iii)"]),
        ("arabicAbjad", "(%1)", ["(أ)", "(ب)", "(ج)"]),
        ("arabicAlpha", "(%1)", ["(أ)", "(ب)", "(ت)"]),
        ("chineseCounting", "%1、", ["一、", "二、", "三、"]),
        ("bullet", "\uf0b7", ["•", "•", "•"]),
        ("bullet", "–", ["–", "–", "–"]),
    ],
)
def test_automatic_lists_are_counted_as_they_are_printed(form: str, words: str, markers: list[str]) -> None:
    assert listed([("1", form, words)], [(901, 0)] * 3) == markers


def test_levels_begin_anew_below_each_item_and_may_name_those_above() -> None:
    levels = [("4", "decimal", "%1."), ("1", "lowerLetter", "%1.%2"), ("1", "lowerRoman", "(%3)")]

    found = listed(levels, [(901, 0), (901, 1), (901, 1), (901, 2), (901, 0), (901, 1)])

    assert found == ["4.", "4.a", "4.b", "(i)", "5.", "5.a"]


def test_a_second_list_goes_on_unless_it_says_where_it_begins() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    levels = [("1", "decimal", "%1.")]

    assert listed(levels, [(901, 0), (901, 0), (903, 0)]) == ["1.", "2.", "3."]
    assert listed(levels, [(901, 0), (901, 0), (902, 0), (902, 0)], override) == ["1.", "2.", "1.", "2."]


def test_a_list_of_a_style_is_counted() -> None:
    document = docx.Document()
    for words in ("one", "two"):
        document.add_paragraph(words, style="List Number")

    assert lines(saved(document)) == [("1. one", "item"), ("2. two", "item")]


def test_headings_titles_and_cells_are_known_and_contents_left_out() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_heading("A title", 0)
    document.add_paragraph("A chapter\t7", style="toc 1")
    document.add_heading("A chapter", 1)
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "high"
    table.cell(0, 1).text = "outer"
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "inner"

    found = lines(saved(document))

    assert found == [
        ("A title", "title"),
        ("A chapter", "heading"),
        ("high", "cell"),
        ("outer", "cell"),
        ("inner", "cell"),
    ]


def test_changes_links_controls_and_text_boxes_are_read_and_deletions_are_not() -> None:
    document = with_body(
        '<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:del w:id="1"><w:r><w:delText>ask</w:delText></w:r>'
        '</w:del><w:ins w:id="2"><w:r><w:t>urge</w:t></w:r></w:ins><w:hyperlink><w:r><w:t> States</w:t></w:r>'
        "</w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>controlled</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:pPr><w:rPr><w:del w:id='3'/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>half </w:t></w:r></w:p>",
        "<w:p><w:r><w:t>and half</w:t></w:r></w:p>",
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='x'><w:drawing><x:box>"
        "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></x:box></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>around</w:t></w:r></w:p>",
    )

    found = [words for words, _ in lines(saved(document))]

    assert found == ["We urge States", "controlled", "half and half", "around", "boxed"]


def test_notes_stand_at_the_end_and_their_marks_nowhere() -> None:
    document = with_body(
        "<w:p><w:r><w:t>the Protocol</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:t>, and act</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>Le 1</w:t></w:r>"
        "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>er</w:t></w:r></w:p>",
    )
    note = "<w:footnote w:id='{}'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>"
    blob = f"<w:footnotes {nsdecls('w')}>{note.format(2, 'A/RES/55/25.')}{note.format(3, 'An orphan.')}</w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode(), document.part.package)
    document.part.relate_to(part, RT.FOOTNOTES)

    found = lines(saved(document))

    assert found == [("the Protocol, and act", ""), ("Le 1er", ""), ("A/RES/55/25.", "footnote")]


def test_the_masthead_may_stand_in_the_first_pages_header_and_running_heads_are_furniture() -> None:
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "A/79/401\t\tDistr.: General"
    section.first_page_header.add_paragraph("11 October 2024")
    section.header.paragraphs[0].text = "We condemn running heads."
    section.footer.paragraphs[0].text = "We condemn footers."
    document.add_paragraph("We urge all States to ratify the Protocol without delay.")

    found = read_file(saved(document))

    assert found.document.fields["symbol"].value == "A/79/401"
    assert found.document.fields["date"].value == "2024-10-11"
    assert [each.act.slug for each in found.provisions] == ["urges"]


def test_two_paragraphs_are_never_one_and_a_broken_line_is_no_paragraph() -> None:
    document = docx.Document()
    document.add_paragraph("We, the members of the Group, who have met in this city for the whole of a week in May")
    document.add_paragraph("and whose words go on in a paragraph of its own, urge all States to act.")
    document.add_paragraph("").add_run("We urge all States\nto act.")

    found = read_file(saved(document)).document

    assert len(found.paragraphs) == 3
    assert found.text.endswith("We urge all States to act.")


def test_a_document_that_would_unpack_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MOST_BYTES", 1000)

    with pytest.raises(TextError, match="would unpack to"):
        readers.read(saved(docx.Document()))


def test_a_document_with_broken_xml_is_refused(writers: dict[str, Callable[[list[str]], bytes]]) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(writers["docx"](["We urge."]))) as whole, zipfile.ZipFile(stream, "w") as broken:
        for name in whole.namelist():
            content = whole.read(name)
            broken.writestr(name, content[: len(content) // 2] if name == "word/document.xml" else content)

    with pytest.raises(TextError, match="the DOCX is damaged"):
        readers.read(stream.getvalue())
