"""A source's folder, from card to quads: what must be there, what a curator decides, and how its readings agree."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from atgraph import files, sources
from atgraph.errors import CardError, ExpectationError, ReviewError
from atgraph.names import iri, thing
from atgraph.sources import Source

GROUP = files.data() / "sources" / "gof-2024"
DECISION = """
[[decision]]
quote = "{quote}"
decision = "{decision}"
value = "{value}"
who = "A Curator"
when = "2026-11-23"
why = "As an example."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GROUP, tmp_path / "gof-2024"))


@pytest.fixture(scope="module")
def source() -> Source:
    return sources.read_source(GROUP)


def decide(folder: Path, quote: str, decision: str, value: str = "") -> Source:
    text = DECISION.format(quote=quote, decision=decision, value=value)
    (folder / "review.toml").write_text(text, encoding="utf-8")
    return sources.read_source(folder)


def test_the_statement_yields_what_its_card_expects(source: Source) -> None:
    assert source.counts == {"provisions": 26, "members": 22, "paragraphs": 13}


def test_the_arabic_and_the_english_reading_agree_but_for_what_the_card_lists(source: Source) -> None:
    listed = [difference["what"] for difference in source.card.differences]

    assert list(source.differences) == listed
    assert all(difference["why"] for difference in source.card.differences)


def test_every_quote_is_the_slice_of_its_expression(source: Source) -> None:
    values = {(q.subject, q.predicate): q.object for q in source.quads}
    texts = {e.document.language: e.document.text for e in source.extractions}
    passages = [q.subject for q in source.quads if q.object == iri("atg:Passage")]

    assert len(passages) > 200
    for passage in passages:
        assert isinstance(passage, NamedNode)
        slug = passage.value.rpartition("/")[2]
        exact = values[thing("selector", slug, "quote"), iri("oa:exact")]
        start, end = (
            int(str(values[thing("selector", slug, "position"), iri(f"oa:{n}")].value)) for n in ("start", "end")
        )  # type: ignore[union-attr]
        assert isinstance(exact, Literal)
        assert texts[str(exact.language)][start:end] == exact.value


def test_the_welcomed_call_is_an_act_of_its_own_with_its_own_speaker(source: Source) -> None:
    told = thing("provision", "gof-2024", "annex.7", 2, "r1")
    said = {(q.predicate, q.object) for q in source.quads if q.subject == told}

    assert (iri("atg:isMadeBy"), iri("body:icat")) in said
    assert (iri("atg:performsAct"), iri("act:calls-on")) in said
    assert (iri("atg:deadline"), Literal("2025", datatype=iri("xsd:gYear"))) in said
    assert not any(predicate == iri("atg:isIssuedIn") for predicate, _ in said)


@pytest.mark.parametrize("field", ["slug", "kind", "publisher", "licence", "retrieved"])
def test_a_card_without_a_field_is_refused_by_name(folder: Path, field: str) -> None:
    card = folder / "source.toml"
    lines = card.read_text(encoding="utf-8").splitlines(keepends=True)
    card.write_text("".join(line for line in lines if not line.startswith(f"{field} =")), encoding="utf-8")

    with pytest.raises(CardError, match=f"no field “{field}”"):
        sources.read_source(folder)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("official = false", 'official = "no"', "write true or false"),
        ('issued_by = "BLR"', 'issued_by = "XYZ"', "which nothing is called"),
        ("retrieved = 2026-11-23", 'retrieved = "yesterday"', "write a day"),
        ("provisions = 26", 'provisions = "many"', "expect whole numbers"),
        ('language = "en"', 'language = "pt"', "name one of"),
        ('issued_by = "BLR"', 'issued_by = ["BLR"]', "write words"),
        ('kind = "letter"', 'kind = "letter"\ndifference = ["a"]', "write a"),
        ('translation_of = "ar"', 'translation_of = "fr"', "name the language of a text before it"),
    ],
)
def test_a_card_with_an_impossible_value_is_refused(folder: Path, old: str, new: str, words: str) -> None:
    card = folder / "source.toml"
    card.write_text(card.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(CardError, match=words):
        sources.read_source(folder)


def test_a_folder_that_is_not_named_as_its_slug_is_refused(folder: Path) -> None:
    other = folder.rename(folder.with_name("another"))

    with pytest.raises(CardError, match="name it as its folder"):
        sources.read_source(other)


def test_a_text_cut_short_yields_less_than_expected(folder: Path) -> None:
    path = folder / "gof-2024.ar.txt"
    content = path.read_text(encoding="utf-8")
    path.write_text(content[: len(content) // 2], encoding="utf-8")

    with pytest.raises(ExpectationError, match="provisions were read where the card expects 26"):
        sources.read_source(folder)


def test_a_decision_changes_the_graph_and_stays_visible(folder: Path) -> None:
    found = decide(folder, "ونحث الحكومات", "change-act", "calls-on")
    provision = thing("provision", "gof-2024", "annex.8", 1)
    acts = [q.object for q in found.quads if q.subject == provision and q.predicate == iri("atg:performsAct")]
    reviews = [q.subject for q in found.quads if q.predicate == iri("atg:reviews") and q.object == provision]
    read = [q.object for q in found.quads if q.subject == thing("reading", "gof-2024", "annex.8", 1, "ar", 1)]

    assert acts == [iri("act:calls-on")]
    assert len(reviews) == 1
    assert iri("act:urges") in read


def test_a_rejected_provision_is_gone_and_its_review_names_the_passage(folder: Path) -> None:
    card = folder / "source.toml"
    card.write_text(card.read_text(encoding="utf-8").replace("provisions = 26", "provisions = 25"), encoding="utf-8")
    found = decide(folder, "وليكن هذا اليوم", "reject")
    provision = thing("provision", "gof-2024", "annex.11", 4)
    reviewed = [q.object for q in found.quads if q.predicate == iri("atg:reviews")]

    assert not any(q.subject == provision for q in found.quads)
    assert reviewed == [
        thing("passage", "gof-2024", "annex.11", 4, "ar"),
        thing("reading", "gof-2024", "annex.11", 4, "ar", 1),
        thing("reading", "gof-2024", "annex.11", 4, "ar", 2),
    ]


@pytest.mark.parametrize(
    ("decision", "value", "predicate", "expected"),
    [
        ("add-addressee", "media", "isAddressedTo", {"actor-class:governments", "actor-class:media"}),
        ("remove-addressee", "governments", "isAddressedTo", set()),
        ("add-citation", "crc", "cites", {"document:crc"}),
        ("change-speaker", "BLR", "isMadeBy", {"state:BLR"}),
    ],
)
def test_each_decision_does_what_it_says(
    folder: Path, decision: str, value: str, predicate: str, expected: set[str]
) -> None:
    found = decide(folder, "ونحث الحكومات", decision, value)
    provision = thing("provision", "gof-2024", "annex.8", 1)

    objects = {q.object for q in found.quads if q.subject == provision and q.predicate == iri(f"atg:{predicate}")}

    assert objects == {iri(name) for name in expected}


@pytest.mark.parametrize(
    ("quote", "decision", "value", "words"),
    [
        ("كلمات ليست في النص", "accept", "", "its passage is gone"),
        ("أعضاء مجموعة الأصدقاء", "accept", "", "no provision was read"),
        ("ونحث الحكومات", "approve", "", "is no decision"),
        ("ونحث الحكومات", "change-act", "begs", "unknown act"),
        ("ونحث الحكومات", "add-addressee", "nobody", "unknown value"),
        ("ونحث الحكومات", "change-deadline", "soon", "is no date"),
        ("ونحث الحكومات", "change-deadline", "2027-13", "is no date"),
        ("ونحث الحكومات", "remove-addressee", "media", "is not there to be removed"),
        ("الأطفال", "accept", "", "stands twice"),
    ],
)
def test_a_decision_that_cannot_stand_is_refused(
    folder: Path, quote: str, decision: str, value: str, words: str
) -> None:
    with pytest.raises(ReviewError, match=words):
        decide(folder, quote, decision, value)


CARD = """slug = "untitled"
kind = "resolution"
publisher = "United Nations"
licence = "as the source says"
retrieved = 2026-11-30
{symbol}
[expected]
provisions = 1
[[text]]
file = "untitled.en.txt"
language = "en"
official = true
{title}
"""


@pytest.mark.parametrize(
    ("symbol", "title", "label"),
    [
        ("", "", "untitled"),
        ('symbol = "S/RES/6 (1946)"', "", "S/RES/6 (1946)"),
        ('symbol = "S/RES/6 (1946)"', 'title = "New Members"', "New Members"),
    ],
)
def test_a_document_without_a_title_is_called_by_its_card_its_symbol_or_its_slug(
    tmp_path: Path, symbol: str, title: str, label: str
) -> None:
    folder = tmp_path / "untitled"
    folder.mkdir()
    (folder / "source.toml").write_text(CARD.format(symbol=symbol, title=title), encoding="utf-8")
    (folder / "untitled.en.txt").write_text("1. Urges all States to act.\n", encoding="utf-8")

    document = thing("document", "untitled")
    labels = [
        q.object
        for q in sources.read_source(folder).quads
        if (q.subject, q.predicate) == (document, iri("skos:prefLabel"))
    ]
    assert labels == [Literal(label, language="en")]
