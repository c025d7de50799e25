"""The published ontology: one graph in four syntaxes, a history for every term, pages that say everything in order."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from rdflib.compare import isomorphic

from atgraph import files, names
from atgraph.errors import TableError
from atgraph.names import iri
from atgraph.publish import demands, history, ontology, wording
from atgraph.publish.html import tag, words
from atgraph.publish.reference import PAGES
from atgraph.store import Dataset

VERSION = "0.1.0"
SYNTAXES = {"jsonld": "json-ld", "nt": "nt", "rdf": "xml", "ttl": "turtle"}
STEMS = ["ontology", "shapes", *(f"vocab/{scheme}" for scheme in names.SCHEMES)]
DIRECTION = {"ar": "rtl", "en": "ltr"}
ARABIC, LATIN = re.compile("[\u0600-\u06ff]"), re.compile("[A-Za-z]")


@cache
def made() -> dict[str, str]:
    return dict(ontology.contents())


@cache
def page(language: str) -> Element:
    return html5lib.parse(made()[f"ontology/{PAGES[language]}"], namespaceHTMLElements=False)  # type: ignore[no-any-return]


@cache
def stated() -> list[Triple]:
    folder = files.ontology()
    return list(
        Dataset.load([folder / "core.ttl", folder / "alignments.ttl", folder / "vocab", folder / "shapes"]).triples()
    )


def text(node: Element) -> str:
    return " ".join("".join(node.itertext()).split())


@pytest.mark.parametrize("stem", STEMS)
def test_a_part_is_the_same_graph_in_every_syntax(stem: str) -> None:
    graphs = {
        form: rdflib.Graph().parse(data=made()[f"ontology/{stem}.{form}"], format=name)
        for form, name in SYNTAXES.items()
    }

    assert len(graphs["nt"]) > 10
    assert all(isomorphic(graph, graphs["nt"]) for graph in graphs.values())


def test_what_is_published_is_what_is_stated_and_its_history() -> None:
    notes = {iri(name) for name in ("skos:changeNote", "dcterms:created", "dcterms:modified")}
    published = {
        quad.triple for stem in STEMS for quad in parse(made()[f"ontology/{stem}.nt"].encode(), RdfFormat.N_TRIPLES)
    }
    ground = {triple for triple in stated() if "_:" not in str(triple)}

    assert ground <= published
    assert {t.predicate for t in published - ground if "_:" not in str(t)} == notes


def test_the_files_of_a_version_are_those_of_today() -> None:
    today = {name for name in made() if not name.startswith(f"ontology/{VERSION}/") and name.startswith("ontology/")}

    assert {name.removeprefix(f"ontology/{VERSION}/") for name in made() if f"/{VERSION}/" in name} == {
        name.removeprefix("ontology/") for name in today
    }
    assert all(made()[name] == made()[name.replace("ontology/", f"ontology/{VERSION}/", 1)] for name in today)
    assert made()["ontology.ttl"] == made()["ontology/ontology.ttl"]
    assert made()["shapes.ttl"] == made()["ontology/shapes.ttl"]


def test_the_same_files_are_made_twice() -> None:
    assert dict(ontology.contents()) == made()


# History


def test_every_term_has_its_first_version_and_day() -> None:
    triples = [q.triple for stem in STEMS for q in parse(made()[f"ontology/{stem}.nt"].encode(), RdfFormat.N_TRIPLES)]
    said: Counter[tuple[str, str]] = Counter((t.subject.value, t.predicate.value) for t in triples)  # type: ignore[union-attr]

    terms = history.terms(triples)
    assert len(terms) > 400
    for term in terms:
        assert said[term, iri("dcterms:created").value] == said[term, iri("dcterms:modified").value] == 1, term
        assert said[term, iri("skos:changeNote").value] >= 2, term


def test_no_term_is_newer_than_the_version_that_is_published() -> None:
    told = history.read(files.ontology() / "changes.csv", stated())
    version = next(t.object.value for t in stated() if t.predicate == iri("owl:versionInfo"))  # type: ignore[union-attr]

    assert version == VERSION
    assert {change.version for changes in told.values() for change in changes} <= {VERSION}


HEAD = "version,date,term,change,en,ar\n"
GOOD = "0.1.0,2026-11-23,atg:Call,added,,\n"
CALL = Triple(iri("atg:Call"), iri("rdf:type"), iri("owl:Class"))
GONE = Triple(iri("atg:Call"), iri("owl:deprecated"), Literal(True))


@pytest.mark.parametrize(
    ("rows", "triples", "complaint"),
    [
        (GOOD.replace("0.1.0", "one"), [CALL], "changes.csv:2: atg:Call: “one” is no version"),
        (GOOD.replace("2026-11-23", "2026-11-31"), [CALL], "“2026-11-31” is no day"),
        (GOOD.replace("added", "removed"), [CALL], "“removed” is no change"),
        (GOOD + GOOD, [CALL], "changes.csv:3: .*begins with `added`"),
        (GOOD.replace("added", "changed"), [CALL], "begins with `added`"),
        (GOOD + "0.2.0,2027-01-01,atg:Call,changed,It is wider.,\n", [CALL], "nobody is told what changed"),
        (GOOD + "0.0.9,2027-01-01,atg:Call,changed,a,ب\n", [CALL], "after a later one"),
        (GOOD + "0.2.0,2026-01-01,atg:Call,changed,a,ب\n0.1.9,2027-01-01,atg:Call,changed,a,ب\n", [CALL], "later one"),
        ("", [CALL], "has no row for https://w3id.org/atgraph/ontology/Call"),
        (GOOD, [], "names https://w3id.org/atgraph/ontology/Call, which is gone"),
        (GOOD, [CALL, GONE], "disagree on whether .*Call is deprecated"),
        (GOOD + "0.2.0,2027-01-01,atg:Call,deprecated,Use x.,ب\n", [CALL], "disagree"),
        ("0.1.0,2026-11-23,atg:Call,added\n", [CALL], "changes.csv:2: the row has 4 cells, not 6"),
        ('0.1.0,"2026', [CALL], "is no CSV"),
    ],
)
def test_a_history_that_cannot_stand_is_refused(
    tmp_path: Path, rows: str, triples: list[Triple], complaint: str
) -> None:
    (tmp_path / "changes.csv").write_text(HEAD + rows, encoding="utf-8")

    with pytest.raises(TableError) as caught:
        history.read(tmp_path / "changes.csv", triples)

    assert re.search(complaint, str(caught.value))


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"term,version\n"])
def test_a_table_that_is_missing_or_no_table_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "changes.csv").write_bytes(content)

    with pytest.raises(TableError, match=r"changes\.csv"):
        history.read(tmp_path / "changes.csv", [])


def test_a_deprecated_term_says_so_and_what_replaces_it(house: Path) -> None:
    core, table = house / "ontology" / "core.ttl", house / "ontology" / "changes.csv"
    head, _, tail = core.read_text(encoding="utf-8").partition("atg:marks\n    a owl:ObjectProperty ;\n")
    more = "    owl:deprecated true ;\n    dcterms:isReplacedBy atg:concerns ;\n"
    core.write_text(f"{head}atg:marks\n    a owl:ObjectProperty ;\n{more}{tail}", encoding="utf-8")
    row = "0.2.0,2027-01-31,atg:marks,deprecated,A theme says the same.,الموضوع يؤدي المعنى نفسه.\n"
    table.write_text(table.read_text(encoding="utf-8") + row, encoding="utf-8")

    built = dict(ontology.contents())

    for language, phrase in (
        ("en", "Deprecated: use concerns instead"),
        ("ar", "مهمَل: استعمل يتناول concerns بدلا منه"),
    ):
        tree = html5lib.parse(built[f"ontology/{PAGES[language]}"], namespaceHTMLElements=False)
        entry = next(each for each in tree.iter() if each.get("id") == "marks")
        assert phrase in text(entry)
        assert "2027-01-31" in text(entry)
    note = Literal("0.2.0 (2027-01-31): deprecated. A theme says the same.", language="en")
    quads = parse(built["ontology/ontology.nt"].encode(), RdfFormat.N_TRIPLES)
    assert Triple(iri("atg:marks"), iri("skos:changeNote"), note) in {quad.triple for quad in quads}


# Pages


@pytest.mark.parametrize("language", PAGES)
def test_a_page_is_valid_html(language: str) -> None:
    parser = html5lib.HTMLParser(strict=True)

    parser.parse(made()[f"ontology/{PAGES[language]}"])

    assert parser.errors == []
    ids = Counter(each.get("id") for each in page(language).iter() if each.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert not [name for name in ids if re.search(r"\s", str(name))]


@pytest.mark.parametrize("language", PAGES)
def test_every_term_has_its_anchor_label_and_definition(language: str) -> None:
    entries = {each.get("id"): text(each) for each in page(language).iter() if each.get("id")}
    terms = history.terms(stated())

    for term in terms:
        entry = entries[term.removeprefix(names.ONTOLOGY).removeprefix(names.BASE)]
        for name in ("skos:prefLabel", "skos:definition"):
            for literal in (t.object for t in stated() if t.subject == NamedNode(term) and t.predicate == iri(name)):
                if isinstance(literal, Literal) and literal.language == language:
                    assert " ".join(literal.value.split()) in entry, term


@pytest.mark.parametrize("language", PAGES)
def test_every_link_leads_somewhere_and_nothing_is_fetched(language: str) -> None:
    ids = {each.get("id") for each in page(language).iter()}

    for node in page(language).iter():
        href = node.get("href", "")
        if href.startswith("#"):
            assert href[1:] in ids, href
        elif node.tag == "a" or "stylesheet" in node.get("rel", ""):
            assert href.startswith(("http://", "https://")) or f"ontology/{href}" in made(), href
        assert node.tag not in ("script", "img", "iframe", "object", "style")
        assert not node.get("src")
        assert node.tag != "link" or not href.startswith("http") or node.get("rel") == "canonical"
    assert "url(" not in made()["ontology/style.css"]
    assert "@import" not in made()["ontology/style.css"]


@pytest.mark.parametrize("language", PAGES)
def test_headings_are_in_order_and_landmarks_are_there(language: str) -> None:
    levels = [int(node.tag[1]) for node in page(language).iter() if re.fullmatch("h[1-6]", str(node.tag))]
    marks = Counter(str(node.tag) for node in page(language).iter())

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert [marks[name] for name in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    drawing = next(page(language).iter("{http://www.w3.org/2000/svg}svg"), None) or next(page(language).iter("svg"))
    titles = {each.get("id"): text(each) for each in page(language).iter()}
    assert all(titles[name] for name in drawing.get("aria-labelledby", "").split())


def runs(node: Element, language: str, direction: str) -> Iterator[tuple[str, str, str]]:
    """Yield every text below a node, with the language and the direction in force there."""
    language, direction = node.get("lang", language), node.get("dir", direction)
    yield node.text or "", language, direction
    for child in node:
        yield from runs(child, language, direction)
        yield child.tail or "", language, direction


@pytest.mark.parametrize("language", PAGES)
def test_every_run_of_letters_reads_in_its_own_direction(language: str) -> None:
    root = page(language)
    body = next(root.iter("body"))
    for drawing in [each for each in root.iter() if str(each.tag).endswith("svg")]:
        drawing.clear()

    assert (root.get("lang"), root.get("dir")) == (language, DIRECTION[language])
    for run, _, direction in runs(body, language, DIRECTION[language]):
        if direction == "rtl":
            assert not LATIN.search(run), run
        else:
            assert not ARABIC.search(run), run
    page.cache_clear()


def test_the_pages_link_each_other() -> None:
    for language, other in (("en", "ar"), ("ar", "en")):
        link = next(each for each in page(language).iter("a") if each.get("hreflang"))

        assert (link.get("href"), link.get("hreflang"), link.get("lang")) == (PAGES[other], other, other)


def test_every_word_of_the_table_is_used_and_said_in_both_languages() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(wording.__file__).parent.glob("*.py"))
    uses = source.replace(Path(wording.__file__).read_text(encoding="utf-8"), "")

    for key, (english, arabic) in wording.WORDS.items():
        assert f'"{key}"' in uses or key in ("Violation", "Warning", "Info"), key
        assert key == "other" or (ARABIC.search(arabic) and not ARABIC.search(english)), key
        assert english.count("{}") == arabic.count("{}"), key


# Shapes in words


def test_every_constraint_of_a_shape_can_be_told() -> None:
    used = {
        t.predicate.value.removeprefix(names.PREFIXES["sh"])
        for t in stated()
        if t.predicate.value.startswith(names.PREFIXES["sh"])
    }

    inside = {"alternativePath", "inversePath", "select", "prefixes", "namespace", "prefix"}
    assert used <= demands.TOLD | demands.ASIDE | inside


@pytest.mark.parametrize(
    ("shape", "phrases"),
    [
        ("Provision-performsAct", ["exactly 1", "each is of the class Act", "violation", "performsAct"]),
        ("Provision-confidence", ["at most 1", "type xsd:decimal", "not less than 0", "not more than 1"]),
        ("Provision-cites", ["any number, or none", "either Document or Paragraph"]),
        ("Provision-origin", ["at least 1", "isIssuedIn or reports of another"]),
        ("Provision-label", ["at least 6", "in the languages ar, zh, en, fr, ru, es", "no two in one language"]),
        ("Call-group", ["performsAct, then skos:broader", "one of them is directive act-group:directive"]),
        ("State-isoCode3", ["exactly 1", "each fits ^[A-Z]{3}$"]),
        ("State-unStatus", ["each is one of member, observer, non-member"]),
        ("Passage-hasQuote", ["exactly 1 that is oa:TextQuoteSelector"]),
        ("TextPositionSelector-start", ["less than oa:end"]),
        ("Expression-hash", ["this query finds nothing: SELECT $this ?value"]),
        ("Concept-altLabel", ["never also a value of skos:prefLabel"]),
    ],
)
def test_a_shape_says_in_words_what_it_demands(shape: str, phrases: list[str]) -> None:
    entry = text(next(each for each in page("en").iter() if each.get("id") == f"shapes/{shape}"))

    assert [phrase for phrase in phrases if phrase not in entry] == []


def test_every_shape_shows_its_message_and_why() -> None:
    for language in PAGES:
        entries = {each.get("id"): text(each) for each in page(language).iter() if each.get("id")}
        for triple in stated():
            if triple.predicate == iri("sh:message"):
                said = " ".join(triple.object.value.split())  # type: ignore[union-attr]
                assert said in entries[triple.subject.value.removeprefix(names.BASE)]  # type: ignore[union-attr]


# The smallest parts


def test_text_and_attributes_are_escaped() -> None:
    assert tag("a", "<b>", href='"><x') == '<a href="&quot;&gt;&lt;x">&lt;b&gt;</a>'
    assert words("a <b> ب", "en", "en") == 'a &lt;b&gt; <bdi lang="ar" dir="rtl">ب</bdi>'


def test_an_english_remark_on_an_arabic_page_is_marked_as_english() -> None:
    assert words("a call", "en", "ar") == '<bdi lang="en" dir="ltr">a call</bdi>'
