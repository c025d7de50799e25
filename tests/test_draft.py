"""A file becomes a source: what its card and its draft of a review say, and that a build takes it as it is."""

from __future__ import annotations

import datetime
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import atgraph
from atgraph import draft, files, reviews, sources
from atgraph.errors import FindingsError, UsageError
from atgraph.extraction import read_file
from atgraph.model import Provision

Run = Callable[..., object]
TESTS = Path(__file__).parent
GOLD = sorted((TESTS / "gold").glob("*.txt"))
LETTER = TESTS / "gold" / "scam-compounds.en.txt"
YEARS = TESTS / "years"
DAY = datetime.date(2027, 8, 2)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of one's own, with a source of every document that has gold annotations."""
    root = tmp_path_factory.mktemp("own")
    for path in GOLD:
        draft.add(path, root, path.stem.replace(".", "-"), retrieved=DAY)
    return root


def uncommented(review: str) -> str:
    """Return a draft with the first `# ` gone from each line, every decision an acceptance that is signed."""
    text = re.sub(r"(?m)^# ", "", review.partition("\n\n")[2])
    text = re.sub(r"(?m)^decision = .*\nvalue = .*$", 'decision = "accept"', text)
    return (
        text.replace('who = ""', 'who = "A. Curator"')
        .replace('when = ""', "when = 2027-08-03")
        .replace('why = ""', 'why = "It stands."')
    )


def test_every_document_becomes_a_source_that_is_built_and_conforms(own: Path, tmp_path: Path) -> None:
    summary = atgraph.build(tmp_path / "dist", root=own)

    graph = atgraph.open(tmp_path / "dist")
    counts = {name: count for name, _, count in summary.counts}
    assert counts["documents"] == len(GOLD) + 1
    assert "violation" not in summary.findings
    assert graph.query("ASK { ?document atg:isIssuedBy state:PHL }") is True


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_draft_uncommented_is_a_review_of_the_provisions_in_doubt(own: Path, path: Path) -> None:
    folder = own / "data" / "sources" / path.stem.replace(".", "-")
    found = read_file(path)
    review = (folder / "review.toml").read_text(encoding="utf-8")

    assert reviews.read(folder / "review.toml", found.document, found.provisions) == []
    assert tomllib.loads(review) == {}
    copy = folder.parent.parent / "copy" / folder.name
    copy.mkdir(parents=True)
    (copy / "review.toml").write_text(uncommented(review), encoding="utf-8")
    decisions = reviews.read(copy / "review.toml", found.document, found.provisions)
    assert len(decisions) == review.count("[[decision]]")
    assert [(d.paragraph, d.order) for d in decisions] == [
        (p.paragraph, p.order) for p in found.provisions if (p.paragraph, p.order) in keys(decisions)
    ]
    doubtful = {(p.paragraph, p.order) for p in found.provisions if p.confidence < reviews.DOUBTFUL}
    assert doubtful <= keys(decisions)


def keys(decisions: list[reviews.Decision]) -> set[tuple[str, int]]:
    """Return which provisions decisions are about."""
    return {(decision.paragraph, decision.order) for decision in decisions}


def test_a_card_says_what_was_read_and_marks_what_was_not(tmp_path: Path) -> None:
    made = draft.add(LETTER, tmp_path, retrieved=DAY)

    card = (made.folder / "source.toml").read_text(encoding="utf-8")
    assert made.folder == tmp_path / "data" / "sources" / "a-81-417"
    assert (made.source.card.kind, made.source.card.annex_kind) == ("letter", "statement")
    assert (made.source.card.publisher, made.source.card.issued_by) == ("United Nations", "PHL")
    assert made.source.card.retrieved == "2027-08-02"
    assert made.source.card.expected == made.source.counts
    assert made.missing == ("licence",)
    assert [line for line in card.splitlines() if "FILL IN" in line] == [f'licence = "{draft.NOT_KNOWN}"  # FILL IN']
    assert (made.folder / "a-81-417.en.txt").read_bytes() == LETTER.read_bytes()


def test_without_a_symbol_speaker_kind_and_date_make_the_slug() -> None:
    found = read_file(YEARS / "gof-2027.ar.txt")

    assert draft.slug_of(found) == draft.slug_of(read_file(YEARS / "gof-2027.en.txt"))
    assert draft.slug_of(found) == "group-of-friends-letter-2027-07-29"


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1256"])
def test_a_text_in_another_encoding_is_kept_as_it_is_and_read_the_same(tmp_path: Path, encoding: str) -> None:
    text = (YEARS / "gof-2027.ar.txt").read_text(encoding="utf-8")
    given = text.encode(encoding)

    made = draft.add(given, tmp_path, "given")

    assert (made.folder / "given.ar.txt").read_bytes() == given
    assert made.source.extractions[0].document.text == read_file(text.encode()).document.text


def test_a_page_keeps_its_format(tmp_path: Path) -> None:
    words = LETTER.read_text(encoding="utf-8").split("\n\n")
    page = "<!doctype html><html><body>" + "".join(f"<p>{part}</p>" for part in words) + "</body></html>"

    made = draft.add(page.encode(), tmp_path, "page")

    assert {path.name for path in made.folder.iterdir()} == {"page.en.html", "source.toml", "review.toml"}
    assert made.source.counts["provisions"] > 20


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    made = draft.add(LETTER, tmp_path)
    before = {path: path.read_bytes() for path in made.folder.iterdir()}

    with pytest.raises(UsageError, match="already"):
        draft.add(LETTER, tmp_path)

    assert {path: path.read_bytes() for path in made.folder.iterdir()} == before


@pytest.mark.parametrize("slug", ["gof-2024", "reference", "derived", "Letter", "a/b", "..", "a_b", "-a"])
def test_a_slug_that_cannot_be_is_refused_and_nothing_is_made(tmp_path: Path, slug: str) -> None:
    with pytest.raises(UsageError, match="--slug"):
        draft.add(LETTER, tmp_path, slug)

    assert list(tmp_path.iterdir()) == []


def test_a_file_without_provisions_makes_no_source(tmp_path: Path) -> None:
    with pytest.raises(FindingsError, match="no provision"):
        draft.add(b"List of rooms, with times and floors, for the people of the house", tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_what_fails_on_the_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "read_source", lambda folder: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        draft.add(LETTER, tmp_path)

    assert list((tmp_path / "data" / "sources").iterdir()) == []


def test_an_installed_package_takes_no_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "is_bundled", lambda: True)

    with pytest.raises(UsageError, match="--root"):
        draft.add(LETTER)


def test_a_further_language_becomes_a_text_of_the_source(tmp_path: Path) -> None:
    draft.add(YEARS / "gof-2027.ar.txt", tmp_path, "gof-2027")

    made = draft.translate(YEARS / "gof-2027.en.txt", "gof-2027", tmp_path)

    texts = [(text["language"], text.get("translation_of")) for text in made.source.card.texts]
    assert texts == [("ar", None), ("en", "ar")]
    assert sources.read_source(made.folder).differences == made.source.differences
    assert str(made).count("\n  en: ") == len(made.source.differences)
    with pytest.raises(UsageError, match="already"):
        draft.translate(YEARS / "gof-2027.en.txt", "gof-2027", tmp_path)
    with pytest.raises(UsageError, match="no source gof-2028"):
        draft.translate(YEARS / "gof-2027.en.txt", "gof-2028", tmp_path)


def test_words_that_stand_twice_are_quoted_until_they_stand_once(tmp_path: Path) -> None:
    said = "Trafficking in persons is a grave violation of human rights and of human dignity"
    text = f"Statement by Belarus\n\n{said} in every town.\n\n{said} in every village.\n\nWe urge all States to act.\n"

    made = draft.add(text.encode(), tmp_path, "twice")

    provisions: tuple[Provision, ...] = made.source.extractions[0].provisions
    review = uncommented((made.folder / "review.toml").read_text(encoding="utf-8"))
    quotes = [row["quote"] for row in tomllib.loads(review)["decision"]]
    assert len(provisions) == 3
    assert [text.count(quote) for quote in quotes] == [1, 1]


def test_a_folder_of_ones_own_is_added_to_ours_and_takes_its_place_where_both_have_a_slug(tmp_path: Path) -> None:
    ours = files.data() / "sources" / "gof-2024"
    theirs = Path(shutil.copytree(ours, tmp_path / "data" / "sources" / "gof-2024"))
    draft.add(LETTER, tmp_path)

    assert files.sources() == [ours]
    assert files.sources(tmp_path) == [theirs.with_name("a-81-417"), theirs]


def test_a_source_that_another_cites_by_its_symbol_keeps_its_own_description(tmp_path: Path) -> None:
    resolution = tmp_path / "resolution.en.txt"
    resolution.write_text(
        "United Nations    A/RES/75/999\n\n75/999. Trafficking in women and girls\n\nThe General Assembly,\n\n"
        "1. Urges all States to ratify the Trafficking Protocol by 2027.\n",
        encoding="utf-8",
    )
    citing = tmp_path / "citing.en.txt"
    citing.write_text(
        "Statement on trafficking in persons\n\n"
        "We welcome document A/RES/75/999 and we urge all States to ratify the Trafficking Protocol by 2027.\n",
        encoding="utf-8",
    )
    draft.add(resolution, tmp_path, retrieved=DAY)
    draft.add(citing, tmp_path, retrieved=DAY)

    atgraph.build(tmp_path / "dist", root=tmp_path)

    cited = atgraph.open(tmp_path / "dist")
    assert cited.query('ASK { [] atg:cites ?one . ?one atg:symbol "A/RES/75/999" }') is True
    titled = 'ASK { ?one atg:symbol "A/RES/75/999" ; skos:prefLabel ?title FILTER(STR(?title) = "%s") }'
    assert cited.query(titled % "75/999. Trafficking in women and girls") is True
    assert cited.query(titled % "A/RES/75/999") is False


def test_the_command_says_what_it_made_and_what_comes_next(run: Run, tmp_path: Path) -> None:
    said = run("add", LETTER, "--root", tmp_path, "--retrieved", "2027-08-02", "--slug", "letter")

    assert said.code == 0, said.err
    assert re.match(r".*/data/sources/letter is made: \d\d provisions, 12 members, \d\d paragraphs\n", said.out)
    for word in ("letter.en.txt", "source.toml", "fill in licence", "review.toml", f"build --root {tmp_path}"):
        assert word in said.out
    assert "retrieved = 2027-08-02" in (tmp_path / "data/sources/letter/source.toml").read_text(encoding="utf-8")


def test_the_environment_names_the_folder_too(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATGRAPH_ROOT", str(tmp_path))

    said = run("add", LETTER)

    assert said.code == 0, said.err
    assert (tmp_path / "data" / "sources" / "a-81-417" / "source.toml").is_file()


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_sources_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()

    said = run("build", "--root", tmp_path / name, "--out", tmp_path / "dist")

    assert said.code == 3
    assert "docs/errors.md#unreadable-error" in said.err
    assert "atgraph add FILE --root" in said.err
    assert not (tmp_path / "dist").exists()
