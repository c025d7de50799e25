"""What the reader of documents makes whole again, and what it leaves out."""

import pytest

from atgraph import document, files, readers
from atgraph.errors import TextError
from atgraph.model import Document, Line

SOURCE = files.data() / "sources" / "gof-2024"


def read(content: str, language: str | None = None) -> Document:
    return document.read([Line(line) for line in content.split("\n")], language)


@pytest.fixture(scope="module")
def statement() -> Document:
    return document.read(readers.read(SOURCE / "gof-2024.ar.txt").lines)


def test_the_header_of_the_statement_is_read(statement: Document) -> None:
    values = {name: field.value for name, field in statement.fields.items()}

    assert values["date"] == "2024-06-27"
    assert values["session"] == "78"
    assert values["agenda_item"] == "107"
    assert values["original_language"] == "en"
    assert values["signatory"] == "فالنتين ريباكوف"
    assert values["theme"] == "عدم التخلي عن أي طفل في معركة التصدي للاتجار بالأشخاص"
    assert "symbol" not in values


def test_letter_and_annex_are_told_apart(statement: Document) -> None:
    texts = [p.name for p in statement.paragraphs if p.kind == "text"]

    assert texts == ["letter.1", "letter.2", *(f"annex.{n}" for n in range(1, 12))]


def test_the_paragraph_cut_by_the_page_break_is_whole_again(statement: Document) -> None:
    eighth = next(p for p in statement.paragraphs if p.name == "annex.8")

    assert "وإعادة التأهيل، وتوفير خدمات" in statement.text[eighth.start : eighth.end]


def test_the_list_holds_twenty_two_names_one_a_paragraph(statement: Document) -> None:
    assert sum(p.kind == "member" for p in statement.paragraphs) == 22


def test_every_paragraph_is_a_slice_of_the_text_and_none_overlap(statement: Document) -> None:
    end = 0
    for paragraph in statement.paragraphs:
        assert paragraph.start >= end
        assert (
            statement.text[paragraph.start : paragraph.end].strip() == statement.text[paragraph.start : paragraph.end]
        )
        end = paragraph.end


def test_the_translation_has_the_same_paragraphs(statement: Document) -> None:
    english = document.read(readers.read(SOURCE / "gof-2024.en.txt").lines)

    assert [(p.name, p.kind) for p in english.paragraphs] == [(p.name, p.kind) for p in statement.paragraphs]


def test_page_furniture_is_dropped_and_the_sentence_goes_on() -> None:
    pages = (
        "A/79/812\n\nGeneral Assembly\n\nThe General Assembly,\n\n"
        "1. Urges Member States, which have long been asked for it, to criminalize\n\n25-03377\n\n2/3\n\n*2503377*\n\n"
        "A/79/812\n\ntrafficking in persons in all its forms;\n"
    )

    found = read(pages)

    assert any(
        found.text[p.start : p.end].endswith("to criminalize trafficking in persons in all its forms;")
        for p in found.paragraphs
    )
    assert "25-03377" not in found.text


def test_footnotes_stand_apart_at_the_end() -> None:
    found = read(
        "The Assembly urges all States to act without delay,¹ as agreed.\n\n_______________\n¹ Resolution 55/2.\n", "en"
    )

    assert [p.kind for p in found.paragraphs] == ["text", "footnote"]


def test_the_number_of_a_page_behind_its_notes_ends_them() -> None:
    page = "\n\n".join(["The Assembly urges all States to act without delay.¹"] * 20)
    found = read(f"{page}\n\n____________\n¹ Resolution 55/2.\n\n- 2 -\n\n4. It thanks Ghana.\n", "en")

    assert [(p.kind, p.number) for p in found.paragraphs][-2:] == [("text", "4"), ("footnote", "footnote-1")]


def test_a_title_wrapped_over_lines_is_one() -> None:
    title = "Improving efforts against trafficking\nin persons, especially women, and the\nprotection of victims\n\n"
    found = read(title + "The General Assembly,\n\n1. Urges States to act.\n", "en")

    assert found.fields["title"].value == " ".join(title.split())


def test_numbers_without_a_full_stop_head_paragraphs_in_their_order() -> None:
    head = "\n\n".join(f"Line {n}" for n in range(6))
    found = read(f"{head}\n\nTHE ASSEMBLY,\n\n1       URGES States to act;\n\n2       INVITES Ghana to help.\n", "en")

    assert [p.number for p in found.paragraphs][-2:] == ["1", "2"]


def test_lettered_items_hang_on_their_paragraph_in_any_alphabet() -> None:
    found = read("٣ - تشجع الحكومات على القيام بما يلي:\n\n(أ) إنشاء سجلات وطنية؛\n\n(ب) تدريب العاملين؛\n")

    assert [(p.name, p.kind) for p in found.paragraphs] == [("3", "text"), ("3.a", "item"), ("3.b", "item")]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Мы призываем все государства", "ru"),
        ("各国应采取行动", "zh"),
        ("Los Estados deben actuar en el marco de la ley", "es"),
    ],
)
def test_the_language_is_told_from_script_and_common_words(words: str, language: str) -> None:
    assert document.detect(words) == language


def test_a_seventh_language_is_refused_with_what_to_do() -> None:
    with pytest.raises(TextError, match="--language"):
        document.detect("Wir fordern alle Staaten auf, unverzüglich zu handeln und Opfer zu schützen")


def test_a_language_that_is_none_of_the_six_is_refused_by_its_name() -> None:
    with pytest.raises(TextError, match="“de” is none"):
        read("Wir fordern alle Staaten auf.", "de")


def test_a_number_counted_and_a_number_printed_name_two_paragraphs() -> None:
    found = read("""Statement on the World Day

• We urge all States to ratify the Protocol and to report on it.
• We call upon all Governments to protect the victims of trafficking.

We welcome the work of the Office in this field of crime.
""")

    names = [paragraph.name for paragraph in found.paragraphs]
    assert len(names) == len(set(names)) == 4


@pytest.mark.parametrize(
    ("line", "kind"),
    [("We urge all States to act by 2030.", "text"), ("New York, 30 July 2024.", "masthead")],
)
def test_a_year_at_the_end_is_a_sentence_s_and_a_date_no_sentence(line: str, kind: str) -> None:
    assert read(f"{line}\n\nWe urge all States to ratify the Protocol of the Convention.").paragraphs[0].kind == kind


def test_a_first_line_that_was_indented_ends_no_paragraph() -> None:
    wrapped = """     2.    Urges those States that are not yet parties to the Protocol to Prevent,
Suppress and Punish Trafficking in Persons, Especially Women and Children, supplementing
the United Nations Convention against Transnational Organized Crime, to consider ratifying
it as a matter of priority, and also urges the States that are parties to the Protocol to
ensure that it is applied, in law and in practice, and to inform the Commission thereof at
its next session, so that it may consider what remains to be done."""
    found = document.read([Line(line) for line in ["A/RES/80/1", "", *wrapped.split("\n")]], "en")

    assert [p.kind for p in found.paragraphs].count("text") == 1


def test_items_lettered_with_a_full_stop_hang_on_their_paragraph() -> None:
    found = document.read(
        [Line(x) for x in ("1. We shall:", "", "a. train police officers;", "", "b. open shelters.")], "en"
    )

    assert [(p.kind, p.number, p.parent) for p in found.paragraphs] == [
        ("text", "1", ""),
        ("item", "1.a", "1"),
        ("item", "1.b", "1"),
    ]


def test_a_symbol_at_the_end_of_a_sentence_is_not_the_document_s_own() -> None:
    found = document.read([Line(x) for x in ("Resolution 398", "", "The Security Council,", "", "S/12235.")], "en")

    assert "symbol" not in found.fields


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The General Assembly,\n\n1. Urges Member States to reply by 1 March 2026.", ""),
        ("The General Assembly,\n\nRecalling its resolution 72/1 of 27 September 2017,\n\n1. Urges States to act.", ""),
        ("Statement by Kenya\n\nWe urge all States to ratify the Palermo Protocol by 31 December 2027.", ""),
        ("Declaration\n\n1. We urge all States to act.\n\nDone at Geneva, 3 June 2026.", "2026-06-03"),
        ("Press release\n\nGENEVA, 30 July 2026 – The experts urged States to act.", "2026-07-30"),
        ("Minutes\n\n8 March 2027\n\nDate: 16 April 2027\n\n1. The speaker urged States to act.", "2027-04-16"),
    ],
)
def test_a_date_in_a_provision_is_not_the_document_s(text: str, date: str) -> None:
    fields = read(text, "en").fields

    assert (fields["date"].value if "date" in fields else "") == date


def test_the_meetings_of_the_security_council_are_no_sessions() -> None:
    text = "United Nations S/RES/1454 (2002)\n\nAdopted by the Security Council at its 4683rd meeting\n\nThe Council,"
    fields = read(text, "en").fields

    assert fields["symbol"].value == "S/RES/1454 (2002)"
    assert "session" not in fields
