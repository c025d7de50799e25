"""A release is verified: whatever was done to it is found and named, and nothing that is read makes us stumble."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, Quad

from atgraph import files
from atgraph.build import counts
from atgraph.derive import DERIVED
from atgraph.errors import FindingsError, UnreadableError
from atgraph.names import graph, iri
from atgraph.publish import manifest, release
from atgraph.publish.archive import pack
from atgraph.publish.dumps import dumps
from atgraph.publish.identity import hashed, identity, lines
from atgraph.store import Dataset
from atgraph.verify import verify

NAME = manifest.NAME


def small() -> Dataset:
    """A dataset as ours are, of a few statements: with graphs, a blank node, Arabic, and what is derived."""
    source = graph("gof-2024")
    provision, state = iri("provision:gof-2024.annex.8.1"), iri("state:BHR")
    return Dataset(
        [
            Quad(provision, iri("atg:performsAct"), iri("act:urges"), source),
            Quad(provision, iri("atg:isMadeBy"), state, source),
            Quad(iri("expression:x.ar"), iri("atg:text"), Literal("نحث الحكومات", language="ar"), source),
            Quad(state, iri("skos:prefLabel"), Literal("البحرين", language="ar"), graph("reference")),
            Quad(state, iri("atg:cites"), BlankNode("b"), graph("reference")),
            Quad(BlankNode("b"), iri("skos:prefLabel"), Literal("B"), graph("reference")),
            Quad(state, iri("rdf:type"), iri("atg:Actor"), DERIVED),
        ]
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small release, as the build writes one."""
    folder = tmp_path_factory.mktemp("small") / "dist"
    dataset = small()
    dumps(dataset, folder)
    for name, content in manifest.contents(folder, identity(dataset.quads()), counts(dataset)):
        files.write(folder / name, content)
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "dist"))


def differences(path: Path) -> dict[str, str]:
    """What is found: each place, and what about it."""
    return {each.where: each.what for each in verify(path).differences}


def how(path: Path, where: str) -> str:
    return next(" ".join((each.how, *each.statements)) for each in verify(path).differences if each.where == where)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def card(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a manifest."""
    said = json.loads((folder / NAME).read_text(encoding="utf-8"))
    change(said)
    (folder / NAME).write_text(json.dumps(said), encoding="utf-8")


def test_our_build_is_as_it_was_published(dist: Path, run: Callable[..., Any]) -> None:
    said = run("verify", dist)

    assert (said.code, said.err) == (0, "")
    assert "is as it was published" in said.out
    assert manifest.read((dist / NAME).read_bytes(), NAME).identity.dataset.sha256 in said.out


def test_a_release_needs_nothing_but_its_files(dist: Path, shell: Callable[..., Any], tmp_path: Path) -> None:
    bare = tmp_path / "package"
    shutil.copytree(Path(files.__file__).parent, bare / "src" / "atgraph", ignore=shutil.ignore_patterns("_files"))

    said = shell("verify", dist, folder=tmp_path, PYTHONPATH=str(bare / "src"))

    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize("form", ["gz", "tar"])
def test_an_archive_is_read_as_the_folder_is(whole: Path, tmp_path: Path, form: str) -> None:
    packed = pack(whole, "atgraph-data-0", 0)
    archive = tmp_path / "a"
    archive.write_bytes(packed if form == "gz" else gzip.decompress(packed))

    assert verify(archive).differences == ()


def test_a_file_that_is_gone_and_one_that_is_new_are_told(copy: Path) -> None:
    (copy / "texts" / "x.ar.txt").unlink()
    (copy / "notes\x1b[2J.txt").write_text("mine", encoding="utf-8")

    assert differences(copy) == {"texts/x.ar.txt": "missing", "notes\\x1b[2J.txt": "added"}


def test_other_bytes_with_the_same_graph_are_told_from_another_graph(copy: Path) -> None:
    edit(copy / "atgraph.ttl", "\n\n", "\n\n# as before\n")
    edit(copy / "atgraph.trig", "act:urges", "act:pledges")

    assert differences(copy) == {"atgraph.ttl": "altered", "atgraph.trig": "altered"}
    assert "the graph in it is the same" in how(copy, "atgraph.ttl")
    assert "+ provision:gof-2024.annex.8.1 atg:performsAct act:pledges" in how(copy, "atgraph.trig")
    assert "− provision:gof-2024.annex.8.1 atg:performsAct act:urges" in how(copy, "atgraph.trig")


def test_a_changed_graph_is_named_and_so_is_what_is_counted_otherwise(copy: Path) -> None:
    lines = (copy / "atgraph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    (copy / "atgraph.nq").write_text("".join(row for row in lines if "performsAct" not in row), encoding="utf-8")

    found = differences(copy)

    assert found["graph:gof-2024"] == found["atgraph.nq"] == "altered"
    assert found["provisions"] == found["acts urges"] == "miscounted"
    assert "graph:reference" not in found
    assert "3 → 2 statements" in how(copy, "graph:gof-2024")


def test_a_graph_that_is_gone_and_one_that_is_new_are_named(copy: Path) -> None:
    edit(copy / "atgraph.nq", "graph/reference>", "graph/another>")

    found = differences(copy)

    assert (found["graph:reference"], found["graph:another"]) == ("missing", "added")


def test_a_file_that_is_cut_short_is_told(copy: Path) -> None:
    for name in ("atgraph.rdf", "context.jsonld"):
        content = (copy / name).read_bytes()
        (copy / name).write_bytes(content[: len(content) // 2])

    assert differences(copy) == {"atgraph.rdf": "cut short", "context.jsonld": "cut short"}
    assert "does not parse" in how(copy, "atgraph.rdf")


def test_with_the_n_quads_gone_the_graphs_are_read_from_another_file(copy: Path) -> None:
    (copy / "atgraph.nq").unlink()
    edit(copy / "atgraph.trig", "act:urges", "act:pledges")

    assert differences(copy)["graph:gof-2024"] == "altered"


def test_a_manifest_that_says_another_thing_is_found_out(copy: Path) -> None:
    card(copy, lambda said: said["graphs"]["https://w3id.org/atgraph/graph/gof-2024"].update(statements=4))
    card(copy, lambda said: said["counts"].update(documents=7))
    card(copy, lambda said: said["files"]["atgraph.ttl"]["rdf"].update(rdfc10="0" * 64))

    assert differences(copy) == {
        "graph:gof-2024": "altered",
        "documents": "miscounted",
        "atgraph.ttl": "altered",
        NAME: "altered",  # which says of atgraph.ttl another thing than of the whole
    }


def test_links_and_what_is_no_file_are_not_followed(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (copy / "link").symlink_to(tmp_path / "elsewhere")
    (copy / "context.jsonld").unlink()
    (copy / "context.jsonld").symlink_to(copy / "atgraph.ttl")
    os.mkfifo(copy / "pipe")

    assert differences(copy) == {"link": "added", "context.jsonld": "altered", "pipe": "added"}


def test_a_file_that_is_far_too_large_is_not_read(copy: Path) -> None:
    with (copy / "atgraph.nq").open("r+b") as stream:
        stream.truncate(1 << 40)

    assert "too large to be read" in how(copy, "atgraph.nq")


def test_a_graph_made_to_take_for_ever_is_refused_at_once(copy: Path) -> None:
    ring = "".join(f"_:a{n} <urn:p> _:a{m} .\n" for n in range(14) for m in range(14) if n != m)
    with (copy / "atgraph.nq").open("a", encoding="utf-8") as stream:
        stream.write(ring)

    assert "look so much alike" in how(copy, "atgraph.nq")


def test_the_command_says_what_differs_and_exits_with_1(copy: Path, run: Callable[..., Any]) -> None:
    (copy / "context.jsonld").unlink()

    said = run("verify", copy)
    table = run("verify", copy, "--format", "csv")

    assert said.code == table.code == 1
    assert "is not as it was published" in said.out
    assert table.out.splitlines()[0] == "what,where,how,statements"
    assert table.out.splitlines()[1].startswith("missing,context.jsonld,")
    assert "docs/errors.md#findings-error" in said.err


def test_what_is_no_release_exits_with_3(tmp_path: Path, run: Callable[..., Any], whole: Path) -> None:
    (tmp_path / "text").write_text("no archive", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "short").write_bytes(pack(whole, "x", 0)[:100])

    for name in ("gone", "text", "empty", "short"):
        said = run("verify", tmp_path / name)

        assert said.code == 3, said
        assert "see docs/errors.md#unreadable-error" in said.err
    assert "cut short before its manifest" in said.err


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"manifest": 1, "manifest": 1}',
        '{"manifest": 2, "name": "atgraph"}',
        "\ufeff{}",
        "1" * 5_000,
        '{"manifest": ' + "9" * 5_000 + "}",
    ],
)
def test_a_manifest_that_is_none_exits_with_3(copy: Path, run: Callable[..., Any], content: str) -> None:
    (copy / NAME).write_text(content, encoding="utf-8")

    assert run("verify", copy).code == 3


@pytest.mark.parametrize("value", [-1, 2**63, 1.5, 1e999, True, "7", None, [], {}])
def test_a_number_that_is_none_exits_with_3(copy: Path, value: object) -> None:
    card(copy, lambda said: said["files"]["atgraph.nq"].update(bytes=value))

    with pytest.raises(UnreadableError, match=r"no manifest|far too great"):
        verify(copy)


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a/../../b", "a//b", "C:\\x", "\0", "\ud800", "", "."])
def test_a_name_in_the_manifest_that_leads_out_exits_with_3(copy: Path, name: str) -> None:
    card(copy, lambda said: said["files"].update({name: said["files"]["atgraph.nq"]}))

    with pytest.raises(UnreadableError, match="no manifest"):
        verify(copy)


def archive(path: Path, members: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
    with tarfile.open(path, "w:gz") as stream:
        for member, content in members:
            member.size = len(content)
            stream.addfile(member, io.BytesIO(content))
    return path


def members(folder: Path) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield tarfile.TarInfo(f"data/{path.relative_to(folder).as_posix()}"), path.read_bytes()


def test_an_archive_that_would_write_elsewhere_is_told_and_writes_nothing(whole: Path, tmp_path: Path) -> None:
    link = tarfile.TarInfo("data/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    device = tarfile.TarInfo("data/device")
    device.type = tarfile.CHRTYPE
    evil = [tarfile.TarInfo(name) for name in ("../evil", "/evil", "data/../../evil", "evil")]
    made = archive(tmp_path / "a.tar.gz", [*members(whole), (link, b""), (device, b""), *((e, b"x") for e in evil)])

    found = differences(made)

    assert found == dict.fromkeys(["../evil", "/evil", "data/../../evil", "evil", "link", "device"], "added")
    assert [path.name for path in tmp_path.iterdir()] == ["a.tar.gz"]


def test_a_file_that_is_in_an_archive_twice_is_told(whole: Path, tmp_path: Path) -> None:
    twice = (tarfile.TarInfo("data/atgraph.nq"), b"")

    assert how(archive(tmp_path / "a.tar.gz", [*members(whole), twice]), "atgraph.nq") == "it is there twice"


def test_an_archive_that_unpacks_to_too_much_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "LIMIT", 1 << 20)
    (tmp_path / "bomb").write_bytes(gzip.compress(bytes(1 << 22)))

    with pytest.raises(UnreadableError, match="has more than"):
        verify(tmp_path / "bomb")


@given(st.floats(0.4, 0.99))
@settings(max_examples=25, deadline=None)
def test_an_archive_that_is_cut_short_says_what_is_missing(whole: Path, part: float) -> None:
    packed = pack(whole, "data", 0)
    path = whole.parent / "cut.tar.gz"
    path.write_bytes(packed[: int(len(packed) * part)])

    found = differences(path)

    assert found["cut.tar.gz"] == "cut short"
    assert "missing" in found.values() or part > 0.95


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_any_byte_that_is_changed_is_found(whole: Path, data: st.DataObject) -> None:
    """Of any file, the manifest too: a release is refused, or found to differ; never taken for whole, never a crash."""
    home = whole.parent / "fuzz"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(whole, home)
    path = data.draw(st.sampled_from(sorted(path for path in home.rglob("*") if path.is_file())))
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[place]))
    path.write_bytes(content)

    try:
        found = verify(home)
    except UnreadableError:
        assert path.name == NAME
        return
    if path.name != NAME:
        with pytest.raises(FindingsError):
            found.accept()


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_no_damage_to_an_archive_makes_us_stumble(whole: Path, data: st.DataObject) -> None:
    content = bytearray(gzip.decompress(pack(whole, "data", 0)))
    for _ in range(data.draw(st.integers(1, 4))):
        # Headers are where a reader of archives stumbles: most of the damage goes there.
        start = data.draw(st.integers(0, len(content) // 512 - 1)) * 512
        place = start + data.draw(st.integers(0, 511))
        content[place] = data.draw(st.integers(0, 255))
    path = whole.parent / "damaged.tar"
    path.write_bytes(content)

    with contextlib.suppress(UnreadableError):
        assert verify(path).text()


def without_hashes(said: dict[str, Any]) -> None:
    for each in said["files"].values():
        each.pop("rdf", None)


def without_the_whole(said: dict[str, Any]) -> None:
    for name in manifest.WHOLE:
        said["files"].pop(name, None)


@pytest.mark.parametrize("change", [without_hashes, without_the_whole, lambda said: said["files"].clear()])
def test_a_manifest_whose_hashes_nothing_could_prove_is_told(
    copy: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    card(copy, change)
    for name in {path.name for path in copy.iterdir()} - json.loads((copy / NAME).read_text())["files"].keys() - {NAME}:
        if (copy / name).is_file():
            (copy / name).unlink()

    assert {"missing", "altered"} & set(differences(copy).values())


def test_one_file_altered_together_with_its_entry_is_not_the_graph_of_the_others(copy: Path) -> None:
    edit(copy / "atgraph.ttl", "البحرين", "البحران")
    content = (copy / "atgraph.ttl").read_bytes()
    found = hashed(lines(manifest.statements("atgraph.ttl", content)))
    entry = {
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "rdf": {"statements": found.statements, "rdfc10": found.sha256},
    }
    card(copy, lambda said: said["files"].update({"atgraph.ttl": entry}))

    assert differences(copy) == {NAME: "altered"}


def test_an_archive_packed_by_hand_is_read_and_what_is_none_is_told(whole: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "by-hand.tgz", "w:gz") as archive:
        archive.add(whole, arcname=".")
    shutil.make_archive(str(tmp_path / "other"), "zip", whole)

    assert verify(tmp_path / "by-hand.tgz").differences == ()
    with pytest.raises(UnreadableError, match="is no tar archive"):
        verify(tmp_path / "other.zip")


def test_the_sum_of_the_manifest_is_told(whole: Path) -> None:
    assert hashlib.sha256((whole / NAME).read_bytes()).hexdigest() in verify(whole).text()
