"""The one canonical text of triples: what goes in comes out, always the same, and reads well."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from atgraph import files, turtle
from atgraph.errors import RdfError
from atgraph.names import graph, iri
from atgraph.turtle import format_file, format_text, pretty, trig

# Lone surrogates are no text, and NUL is refused by parsers.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    [
        '"',
        '""',
        '"""',
        "\n",
        'a\n"',
        '\n""',
        "\\",
        "\\n\n",
        "\u200fأ\u200e",
        "\u202e",
        "\t\r\x0b\x7f\x85\u2028\ufeff",
        "'''",
    ]
)
nodes = st.sampled_from(["a", "b.10", "b.2", "c-d"]).map(lambda name: iri(f"provision:{name}"))
odd = st.sampled_from(
    ["http://example.org/", "http://example.org/a b".replace(" ", "%20"), "urn:x:y", "http://e.org/é#ö"]
)
blanks = st.sampled_from("wxyz").map(BlankNode)
typed = st.tuples(words, st.sampled_from(["gYear", "integer", "decimal", "boolean", "double", "date"])).map(
    lambda pair: Literal(pair[0], datatype=iri(f"xsd:{pair[1]}"))
)
numbers = st.sampled_from(["1", "-07", "1.50", ".5", "1.", "1e3", "true", "1E", "0x1"]).flatmap(
    lambda text: st.sampled_from(["integer", "decimal", "double", "boolean"]).map(
        lambda kind: Literal(text, datatype=iri(f"xsd:{kind}"))
    )
)
literals = (
    words.map(Literal)
    | st.tuples(words, st.sampled_from(["ar", "en", "zh-hans"])).map(lambda pair: Literal(pair[0], language=pair[1]))
    | typed
    | numbers
)
subjects = nodes | blanks | odd.map(NamedNode)
predicates = st.sampled_from(["rdf:type", "rdf:first", "rdf:rest", "atg:cites", "skos:prefLabel"]).map(iri)
objects = subjects | literals | st.just(iri("rdf:nil"))
triples = st.builds(Triple, subjects, predicates, objects)


def same(one: list[Quad], other: list[Quad]) -> bool:
    left, right = Dataset(one), Dataset(other)
    left.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    right.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return left == right


@given(literals)
def test_any_literal_comes_back(literal: Literal) -> None:
    text = pretty([Triple(iri("state:BHR"), iri("rdfs:label"), literal)])

    assert [quad.object for quad in parse(text.encode(), format=RdfFormat.TURTLE)] == [literal]


@given(st.lists(triples, max_size=12))
@settings(max_examples=300, deadline=None)
def test_any_graph_comes_back_with_its_blank_nodes_and_lists(found: list[Triple]) -> None:
    text = pretty(found)

    back = list(parse(text.encode(), format=RdfFormat.TURTLE))
    assert same(back, [Quad(t.subject, t.predicate, t.object) for t in found])


@given(st.lists(st.tuples(triples, st.sampled_from("gh")), max_size=10))
@settings(max_examples=200, deadline=None)
def test_any_dataset_comes_back_as_trig(found: list[tuple[Triple, str]]) -> None:
    quads = [Quad(t.subject, t.predicate, t.object, graph(name)) for t, name in found]

    text = trig(quads)

    assert same(list(parse(text.encode(), format=RdfFormat.TRIG)), quads)


@given(st.lists(triples, max_size=8), st.randoms())
@settings(deadline=None)
def test_order_and_names_of_blank_nodes_do_not_show(found: list[Triple], chance: object) -> None:
    text = pretty(found)
    renamed = list(parse(text.encode(), format=RdfFormat.TURTLE, rename_blank_nodes=True))
    chance.shuffle(renamed)  # type: ignore[attr-defined]

    assert pretty(quad.triple for quad in renamed) == text


def test_subjects_are_grouped_by_kind_and_sorted_naturally() -> None:
    names = ["provision:a.10", "state:B", "provision:a.2", "act:urges", "atg:Act"]

    text = pretty(Triple(iri(name), iri("atg:order"), Literal("1")) for name in names)

    heads = [line for line in text.splitlines() if line in names]
    assert heads == ["atg:Act", "act:urges", "state:B", "provision:a.2", "provision:a.10"]


def test_blank_nodes_and_lists_stand_where_they_are_used() -> None:
    text = """@prefix atg: <https://w3id.org/atgraph/ontology/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .

atg:a
    owl:equivalentClass [ owl:onProperty atg:b ] ;
    owl:propertyChainAxiom ( atg:c atg:d ) ;
.
"""

    assert format_text(text) == text


def test_a_nest_without_bottom_is_cut_and_comes_back() -> None:
    chain = [BlankNode(f"n{n}") for n in range(100)]
    found = [Triple(one, iri("atg:cites"), other) for one, other in pairwise(chain)]

    text = pretty(found)

    assert sum(1 for _ in parse(text.encode(), format=RdfFormat.TURTLE)) == len(found)


def test_a_long_list_is_written_item_by_item() -> None:
    cells = [BlankNode(f"c{n}") for n in range(300)]
    found = [Triple(iri("atg:a"), iri("owl:members"), cells[0])]
    for number, (cell, rest) in enumerate(zip(cells, [*cells[1:], iri("rdf:nil")], strict=True)):
        found += [Triple(cell, iri("rdf:first"), iri(f"state:{number}")), Triple(cell, iri("rdf:rest"), rest)]

    text = pretty(found)

    assert "_:" not in text
    assert text.count(" state:") == 301  # and the prefix


def test_marks_of_direction_are_seen() -> None:
    text = pretty([Triple(iri("state:BHR"), iri("rdfs:label"), Literal("\u202eأ\u200f", language="ar"))])

    assert '"\\u202Eأ\\u200F"@ar' in text


def test_the_comment_on_top_stays_and_one_below_is_refused() -> None:
    text = '# Kept.\n# Also kept.\n@prefix ex: <http://example.org/> .\n\nex:a\n    ex:b "# no comment" ;\n.\n'

    assert format_text(text) == text
    with pytest.raises(RdfError, match="comment"):
        format_text(text + "# lost\n", "x.ttl")


def test_turtle_that_does_not_parse_is_refused_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<http://a> <http://b>\n  <c .\n")

    with pytest.raises(RdfError) as caught:
        format_file(path)

    assert str(path) in str(caught.value)


def test_the_command_formats_and_checks(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "file.ttl"
    path.parent.mkdir()
    path.write_text("<http://a/> <http://b/> 1,2 .")

    codes = [turtle.main(words) for words in (["--check", str(tmp_path)], [str(tmp_path)], ["--check", str(tmp_path)])]

    assert codes == [1, 0, 0]


def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    script = (
        "import atgraph.turtle as t, atgraph.files as f, atgraph.store as s;"
        "print(t.pretty(s.Dataset.load(f.ontology() / 'core.ttl').triples()))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True)
        for seed in ("1", "2")
    ]

    assert runs[0].stdout == runs[1].stdout


def test_all_our_turtle_is_in_canonical_form() -> None:
    paths = [*files.ontology().rglob("*.ttl"), *files.data().rglob("*.ttl")]

    assert [path for path in paths if not format_file(path, check=True)] == []
