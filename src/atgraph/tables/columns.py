"""Nothing comes in; what each column of each table in data/ means in RDF goes out."""

from __future__ import annotations

from dataclasses import dataclass

from atgraph.names import BASE, LANGUAGES, SCHEMES


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of a column become; without properties, they serve readers and the matcher only.

    `value` is `string`; `text`, in the language that ends the column's name; `date` (of any precision), `year`, `day`
    (of any year) or `flag`; `@kind …`, a reference; the pattern of an IRI; or `match` and such a pattern, a mapping
    whose degree stands in the column `<name>_match`.
    """

    name: str
    properties: str = ""
    value: str = "string"
    required: bool = False
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table and what its rows become: things of a kind, named by the cells of `key`.

    `again` is the column that tells a later row from an earlier one with the same key.
    """

    name: str
    kind: str
    types: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("slug",)
    again: str = ""
    folder: str = "tables"

    @property
    def source(self) -> str:
        """Return where the table is, from the top of the checkout."""
        return f"data/{self.folder}/{self.name}.csv"

    @property
    def scheme(self) -> str:
        """Return the IRI of the concept scheme that the rows make up, or nothing."""
        return f"{BASE}vocab/{self.kind}" if "skos:Concept" in self.types.split() else ""

    @property
    def output(self) -> str:
        """Return where its Turtle goes, from the top of the checkout."""
        return f"ontology/vocab/{self.kind}.ttl" if self.kind in SCHEMES else f"data/reference/{self.name}.ttl"


def _six(name: str, properties: str = "", required: bool = False) -> tuple[Column, ...]:
    return tuple(Column(f"{name}_{language}", properties, "text", required) for language in LANGUAGES)


def _plain(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


_SLUG = Column("slug", required=True)
_LABEL = _six("label", "skos:prefLabel", required=True)
_OTHER = (
    *_six("alt", "skos:altLabel"),
    *_six("match"),
    *_six("short"),
    *_plain("case_sensitive", "ambiguous"),
)
_NAMES = (*_LABEL, *_OTHER)
_DEFINED = tuple(Column(f"definition_{language}", "skos:definition", "text", True) for language in ("en", "ar"))
_RELIABILITY = Column("reliability", "atg:hasReliability", "@reliability")
_WIKIDATA = Column("wikidata", "skos:exactMatch", "wd:{}")
_PAGE = Column("page", "foaf:page", "{}")

TABLES = (
    Table(
        "states",
        "state",
        "atg:State",
        (
            Column("iso3", "atg:isoCode3", required=True),
            Column("iso2", "atg:isoCode2", required=True),
            Column("m49", "atg:m49", required=True),
            Column("m49", "skos:exactMatch", "http://metadata.un.org/sdg/codes/geoArea/{}"),
            _WIKIDATA,
            Column("geonames", "skos:closeMatch", "https://sws.geonames.org/{}/"),
            Column("iso3", "skos:exactMatch", "http://publications.europa.eu/resource/authority/country/{}"),
            Column("region", "atg:isInRegion", "@region", required=True),
            Column("un_status", "atg:unStatus", required=True),
            Column("least_developed", "atg:leastDeveloped", "flag"),
            Column("landlocked", "atg:landlocked", "flag"),
            Column("small_island", "atg:smallIsland", "flag"),
            *_six("formal", "atg:formalName"),
            *_NAMES,
        ),
        key=("iso3",),
    ),
    Table(
        "regions",
        "region",
        "skos:Concept",
        (
            _SLUG,
            Column("m49", "skos:notation", required=True),
            Column("m49", "skos:exactMatch", "http://metadata.un.org/sdg/codes/geoArea/{}"),
            Column("broader", "skos:broader", "@region"),
            *_LABEL,
        ),
    ),
    Table(
        "treaty-actions",
        "accession",
        "atg:TreatyAction",
        (
            Column("state", "atg:isActionOf", "@state", required=True),
            Column("document", "atg:isActionOn", "@document", required=True),
            Column("action", "atg:hasActionType", "@treaty-action", required=True),
            Column("date", "dcterms:date", "date"),
            Column("as_of", "atg:asOf", "date"),
            Column("reliability", "atg:hasReliability", "@reliability", required=True),
            Column("source", "dcterms:source", required=True),
        ),
        key=("state", "document", "action"),
        again="date",
    ),
    Table(
        "groups",
        "group",
        "atg:GroupOfStates",
        (
            _SLUG,
            Column("founded", "dcterms:created", "date"),
            *_DEFINED,
            _WIKIDATA,
            _RELIABILITY,
            *_NAMES,
        ),
    ),
    Table(
        "memberships",
        "membership",
        "org:Membership",
        (
            Column("group", "org:organization", "@group", required=True),
            Column("state", "org:member", "@state", required=True),
            Column("document", "atg:isAttestedBy", "@document", required=True),
            Column("date", "atg:attestationDate", "date"),
            Column("reliability", "atg:hasReliability", "@reliability", required=True),
            Column("source", "dcterms:source"),
        ),
        key=("group", "state", "document"),
    ),
    Table(
        "documents",
        "document",
        "atg:Document",
        (
            _SLUG,
            Column("kind", "atg:hasKind", "@instrument-kind", required=True),
            Column("date", "dcterms:date", "date"),
            Column("issued_by", "atg:isIssuedBy", "@group body state"),
            Column("observance", "atg:marks", "@observance"),
            _RELIABILITY,
            Column("source", "dcterms:source"),
            _PAGE,
            Column("note_en", "skos:note", "text"),
            Column("label_en", "skos:prefLabel", "text", required=True),
            *(Column(f"label_{language}", "skos:prefLabel", "text") for language in LANGUAGES if language != "en"),
        ),
    ),
    Table(
        "instruments",
        "document",
        "atg:Instrument",
        (
            _SLUG,
            Column("kind", "atg:hasKind", "@instrument-kind", required=True),
            Column("date", "dcterms:date", "date"),
            Column("in_force", "atg:entryIntoForce", "date"),
            Column("untc", "atg:untcNumber dcterms:identifier"),
            Column("symbol", "atg:symbol dcterms:identifier"),
            Column("supplements", "atg:supplements", "@document"),
            Column("adopted_in", "atg:isAdoptedIn", "@document"),
            Column("adopted_by", "atg:isAdoptedBy", "@body"),
            Column("issued_by", "atg:isIssuedBy", "@group body state"),
            _WIKIDATA,
            _PAGE,
            _RELIABILITY,
            *_NAMES,
        ),
    ),
    Table(
        "bodies",
        "body",
        "atg:Body",
        (
            _SLUG,
            *_plain("kind"),
            Column("parent", "atg:isPartOfBody", "@body"),
            Column("members_of", "atg:hasMemberBody", "@body", inverse=True),
            _WIKIDATA,
            _RELIABILITY,
            Column("homepage", "foaf:homepage", "{}"),
            *_NAMES,
        ),
    ),
    Table(
        "observances",
        "observance",
        "atg:Observance",
        (
            _SLUG,
            Column("month_day", "atg:monthDay", "day", required=True),
            Column("established_by", "atg:isEstablishedBy", "@paragraph"),
            Column("first_year", "atg:firstYear", "year"),
            _RELIABILITY,
            *_NAMES,
        ),
    ),
    Table(
        "actor-classes",
        "actor-class",
        "atg:ActorClass skos:Concept",
        (_SLUG, Column("broader", "skos:broader", "@actor-class"), *_NAMES, *_DEFINED),
    ),
    Table(
        "themes",
        "theme",
        "atg:Theme skos:Concept",
        (
            _SLUG,
            Column("broader", "skos:broader", "@theme"),
            Column("unbis", "", "match unbis:{}"),
            Column("sdg", "", "match sdg:{}"),
            *_plain("unbis_match", "sdg_match"),
            *_NAMES,
            *_DEFINED,
        ),
    ),
    Table(
        "acts",
        "act",
        "atg:Act skos:Concept",
        (
            _SLUG,
            Column("group", "skos:broader", "@act-group", required=True),
            Column("strength", "atg:hasStrength", "@strength", required=True),
            *_NAMES,
            *_DEFINED,
        ),
        folder="lexicon",
    ),
)
"""What each column of each table becomes."""

SCHEME = Table(
    "schemes",
    "scheme",
    "skos:ConceptScheme",
    (_SLUG, *_six("label", "skos:prefLabel dcterms:title", required=True), *_DEFINED),
)
"""The concept schemes whose concepts are rows of a table."""

VERBS = tuple(
    Table(
        language,
        "verb",
        "",
        (Column("act", required=True), *_plain("first", "third", "participle", "phrase", "infinitive", "past")),
        folder="lexicon/verbs",
    )
    for language in LANGUAGES
)
"""Operative verbs of each language: their citation forms are labels of acts."""
