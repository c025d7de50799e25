"""Which provision of one side is which of the other."""

from __future__ import annotations

import time
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from atgraph.pairs import Clause, pair

WORDS = st.lists(st.sampled_from("we urge all states to protect child victims of trafficking and train judges".split()))
CLAUSES = st.lists(
    st.builds(
        Clause,
        name=st.text("123.", min_size=1, max_size=3),
        act=st.sampled_from(["urges", "asserts", "pledges"]),
        speaker=st.just("group-of-friends"),
        themes=st.frozensets(st.sampled_from(["training", "protection"])),
        words=st.builds(lambda code, words: {code: " ".join(words)}, st.sampled_from(["en", "fr"]), WORDS),
    ),
    max_size=12,
)


def clause(words: str, act: str = "urges", language: str = "en", **links: frozenset[str]) -> Clause:
    return Clause("1.1", act, "group-of-friends", words={language: words}, **links)


@given(CLAUSES, CLAUSES)
def test_each_provision_has_at_most_one_partner(before: list[Clause], after: list[Clause]) -> None:
    pairs = pair(before, after)

    assert len({here for here, _ in pairs}) == len({there for _, there in pairs}) == len(pairs)
    assert all(here < len(before) and there < len(after) for here, there in pairs)


@given(CLAUSES)
def test_a_side_is_paired_with_itself(side: list[Clause]) -> None:
    pairs = pair(side, side)

    assert len(pairs) == len(side)
    assert all((side[here].act, side[here].words) == (side[there].act, side[there].words) for here, there in pairs)


def test_the_same_words_are_the_same_wherever_they_stand_and_whatever_the_act() -> None:
    before = [clause("We urge States to train judges."), clause("Children are victims too.", "asserts")]
    after = [clause("Children are victims too!", "recognizes"), clause("we urge States, to train judges")]

    assert pair(before, after) == [(0, 1), (1, 0)]


def test_like_words_are_the_same_provision_and_others_are_not() -> None:
    before = [clause("We urge Governments to give priority to the needs of child victims of trafficking.")]
    like = clause("We call upon Governments and media to give priority to the needs of child victims.", "calls-on")
    other = clause("We call upon donors to pay for research on forced labour at sea.", "calls-on")

    assert pair(before, [other, like]) == [(0, 1)]
    assert pair(before, [other]) == []


def test_where_no_language_is_shared_links_and_order_decide() -> None:
    before = [
        clause("We urge judges.", addressees=frozenset({"judiciary"})),
        clause("We say one thing.", "asserts"),
        clause("We say another.", "asserts"),
    ]
    after = [
        clause("Nous l’affirmons.", "asserts", "fr"),
        clause("Nous l’affirmons aussi.", "asserts", "fr"),
        clause("Nous prions les juges.", language="fr", addressees=frozenset({"judiciary"})),
        clause("Nous prions les États.", language="fr", addressees=frozenset({"all-states"})),
    ]

    assert pair(before, after) == [(0, 2), (1, 0), (2, 1)]


def test_provisions_of_two_sources_are_never_one() -> None:
    one = replace(clause("We urge States to train judges."), source="a")

    assert pair([one], [replace(one, source="b")]) == []


def test_thousands_of_provisions_take_seconds() -> None:
    before = [
        clause(f"We say of case {n * 7919 % 5000} that measure {n * 104729 % 5000} helps people", "asserts")
        for n in range(4000)
    ]
    after = [clause(f"{next(iter(c.words.values()))} in town", "asserts") for c in before[::-1]]

    start = time.process_time()
    pairs = pair(before, after)

    assert sum(here == 3999 - there for here, there in pairs) > 3900
    assert time.process_time() - start < 20
