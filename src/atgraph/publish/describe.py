"""The dataset and a publisher's settings come in; what all descriptions of a publication say goes out: facts, words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, Triple

from atgraph import __version__
from atgraph.names import ONTOLOGY, graph, iri, slug
from atgraph.publish import formats
from atgraph.settings import CC0, Settings
from atgraph.store import Dataset, publication

Value = NamedNode | Literal | str | Mapping[str, str] | None
"""A value of a description: a string is a plain literal, a mapping holds words by language, None is left out."""
Facts = Mapping[str, Value | Iterable[Value]]
"""What is said of a thing: values by short names of properties."""

TITLE = {
    "ar": "atgraph: الالتزامات بمكافحة الاتجار بالأشخاص",
    "zh": "atgraph:打击贩运人口的承诺",
    "en": "atgraph: commitments against trafficking in persons",
    "fr": "atgraph : engagements contre la traite des personnes",
    "ru": "atgraph: обязательства по борьбе с торговлей людьми",
    "es": "atgraph: compromisos contra la trata de personas",
}
DESCRIPTION = {
    "ar": "أحكام وثائق الأمم المتحدة بشأن الاتجار بالأشخاص في صورة بيانات مترابطة: من يتعهّد أو يحثّ أو "
    "يقرّ أو يؤكّد، وبماذا، ومن يخاطب، واستنادا إلى أي صكوك، وبحلول أي موعد، وكل ذلك مربوط بالألفاظ "
    "التي قُرئ منها؛ مع بيانات مرجعية بست لغات عن الدول والمجموعات والهيئات والصكوك والإجراءات "
    "التعاهدية والموضوعات.",
    "zh": "以关联数据形式呈现联合国关于贩运人口问题文件中的条款:谁承诺、敦促、确认或申明什么,针对谁,依据哪些"
    "文书,期限为何,每一事实均与其所据文字相连;并附有关于国家、国家集团、机构、文书、条约行动和主题的六"
    "种语言参考数据。",
    "en": "Provisions of United Nations documents on trafficking in persons, as linked data: who promises, "
    "urges, recognizes or asserts what, to whom, under which instruments and by when, each tied to "
    "the words it was read from; with reference data in six languages on States, groups of States, "
    "bodies, instruments, treaty actions and themes.",
    "fr": "Dispositions de documents des Nations Unies sur la traite des personnes, sous forme de données "
    "liées : qui promet, demande, reconnaît ou affirme quoi, à qui, au titre de quels instruments et "
    "dans quel délai, chaque fait étant relié aux mots dont il est tiré ; avec des données de "
    "référence en six langues sur les États, les groupes d'États, les organismes, les instruments, "
    "les actes relatifs aux traités et les thèmes.",
    "ru": "Положения документов Организации Объединенных Наций о торговле людьми в виде связанных данных: "
    "кто и что обещает, к чему призывает, что признаёт или утверждает, к кому обращается, на "
    "основании каких документов и к какому сроку; каждый факт привязан к словам, из которых он "
    "прочитан; со справочными данными на шести языках о государствах, группах государств, органах, "
    "документах, действиях в отношении договоров и темах.",
    "es": "Disposiciones de documentos de las Naciones Unidas sobre la trata de personas, como datos "
    "enlazados: quién promete, insta, reconoce o afirma qué, a quién, en virtud de qué instrumentos y "
    "para cuándo, cada hecho vinculado a las palabras de las que se leyó; con datos de referencia en "
    "seis idiomas sobre Estados, grupos de Estados, órganos, instrumentos, actos relativos a tratados "
    "y temas.",
}
RIGHTS = {
    "en": "The words of the documents that are quoted are not covered by this licence: see schema:copyrightNotice "
    "of each document.",
    "ar": "ألفاظ الوثائق المقتبسة لا يشملها هذا الترخيص: انظر schema:copyrightNotice لكل وثيقة.",
}

PROGRAM = f"atgraph {__version__}"
"""What made a publication; whoever publishes it is its creator."""

_BY = "https://creativecommons.org/licenses/by"
_LICENCES = {
    CC0: ("CC0-1.0", "Creative Commons Zero 1.0 Universal"),
    f"{_BY}/4.0/": ("CC-BY-4.0", "Creative Commons Attribution 4.0 International"),
    f"{_BY}-sa/4.0/": ("CC-BY-SA-4.0", "Creative Commons Attribution-ShareAlike 4.0 International"),
    f"{_BY}/3.0/igo/": ("CC-BY-3.0-IGO", "Creative Commons Attribution 3.0 IGO"),
    "https://opendatacommons.org/licenses/by/1-0/": ("ODC-By-1.0", "Open Data Commons Attribution License 1.0"),
    "https://opendatacommons.org/licenses/odbl/1-0/": ("ODbL-1.0", "Open Data Commons Open Database License 1.0"),
    "https://opendatacommons.org/licenses/pddl/1-0/": ("PDDL-1.0", "Open Data Commons Public Domain Dedication 1.0"),
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/": (
        "OGL-UK-3.0",
        "Open Government Licence 3.0 (United Kingdom)",
    ),
    "https://www.govdata.de/dl-de/by-2-0": ("DL-DE-BY-2.0", "Data licence Germany – attribution – version 2.0"),
}
"""The licences that data are published under, by their IRIs: their names in the SPDX list, and their titles."""

_GENERAL = "trafficking-in-persons"
_QUOTED = {"quote", "words", "object"}
"""How columns begin that hold words of documents."""
_SYNTAXES = ("ttl", "rdf", "nt", "jsonld")
_EXACT_DAY = iri("xsd:date")
_FALSE = Literal("false", datatype=iri("xsd:boolean"))


LISTS = ("catalog.ttl", "catalog.jsonld", "catalog.rdf", "dataset.jsonld", "index.html", "SHA256SUMS", "MANIFEST.json")
"""Files that list the others, so that none of them can tell its own size and sum."""


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as descriptions say it: its IRI, its name in the SPDX list (empty where it is not known), its title."""

    iri: str
    name: str
    title: str

    @classmethod
    def of(cls, address: str) -> Licence:
        """Return the licence of an IRI, with http or https, with a stroke at the end or without.

        >>> Licence.of("http://creativecommons.org/licenses/by/4.0").name, Licence.of("https://example.org/terms").title
        ('CC-BY-4.0', 'https://example.org/terms')
        """
        known = {_bare(each): said for each, said in _LICENCES.items()}
        return cls(address, *known.get(_bare(address), ("", address)))

    def __str__(self) -> str:
        """Return its name, or its IRI where it has none."""
        return self.name or self.iri

    def under(self, words: str) -> str:
        """Return the head of a file that `atgraph build` made: what it is, and its licence."""
        return f"{words} Made by `atgraph build`; {self}."


ONTOLOGY_FILES = tuple(f"ontology/{part}.{form}" for part in ("ontology", "shapes") for form in _SYNTAXES)
"""The files in which the ontology and the shapes can be had, each part in four syntaxes."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a table says of itself: words by language, the languages of its columns, whether it quotes documents."""

    words: Mapping[str, str]
    languages: tuple[str, ...]
    quotes: bool


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was written: its name below the folder, its bytes counted and hashed (SHA-256, hexadecimal).

    A table has a `card`, which knows more of it than its name tells.
    """

    name: str
    size: int
    sha256: str
    card: Card | None = None

    @property
    def words(self) -> Mapping[str, str]:
        """Return what it holds, in English and in Arabic."""
        return self.card.words if self.card else formats.described(self.name)

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of the words in it."""
        return self.card.languages if self.card else formats.languages_of(self.name)

    @property
    def quotes(self) -> bool:
        """Tell whether it holds words that are quoted from documents."""
        return self.card.quotes if self.card else formats.quotes(self.name)

    @classmethod
    def of(cls, name: str, content: str | bytes, card: Card | None = None) -> File:
        """Return a file of this content.

        >>> File.of("a.txt", "a").sha256[:8]
        'ca978112'
        """
        payload = content.encode() if isinstance(content, str) else content
        return cls(name, len(payload), hashlib.sha256(payload).hexdigest(), card)

    def address(self, settings: Settings) -> str:
        """Return where the file is to be fetched."""
        return settings.download + quote(self.name)


def listing(folder: Path) -> list[File]:
    """Return the files below a folder in which the data can be had, by name.

    Of the ontology's folder, a publication of its own, these are `ONTOLOGY_FILES`; what lists the others is none.
    """
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    listed = (n for n in paths if n in ONTOLOGY_FILES or (n not in LISTS and not n.startswith("ontology/")))
    package = paths.get("tables/datapackage.json")
    cards = _cards(json.loads(package.read_bytes())) if package else {}
    return [File.of(name, paths[name].read_bytes(), cards.get(name)) for name in listed]


def _cards(package: Mapping[str, Any]) -> dict[str, Card]:
    """Return what a data package tells of its tables, by the name of the file below dist/."""
    found = {}
    for table in package["resources"]:
        fields = table["schema"]["fields"]
        spoken = {field["language"] for field in fields if "language" in field}
        words = {"en": f"{table['title']}: {table['description']}", "ar": f"جدول: {table['title_ar']}"}
        quoted = any(field["name"].partition("_")[0] in _QUOTED for field in fields)
        found[f"tables/{table['path']}"] = Card(words, tuple(sorted(spoken)), quoted)
    return found


@dataclass(frozen=True, slots=True)
class Release:
    """What a release says of itself: all of it from settings, package and data, so that no clock shows.

    `first` and `last` are the days between which the facts of the data lie; `status` are the first and the last date of
    the lists that tell who is party to which treaty, of any precision; `keywords` are by language; `notices` by the
    slug of a document; `translations` are the slugs of the expressions that were made for the data.
    """

    version: str
    issued: str
    modified: str
    first: str
    last: str
    status: tuple[str, str]
    keywords: Mapping[str, tuple[str, ...]]
    notices: Mapping[str, str]
    translations: frozenset[str]


def release(dataset: Dataset, settings: Settings) -> Release:
    """Return what a release of a dataset says of itself.

    Where the settings leave it open, it is issued on the day of the ontology, and was modified on the last day of which
    the data say that they hold (`atg:asOf`), or on which the ontology changed.
    """
    ontology = NamedNode(ONTOLOGY)
    issued = settings.issued or max(_days(dataset, "dcterms:issued", ontology), default="")
    changed = [*_days(dataset, "dcterms:modified", ontology), *_days(dataset, "atg:asOf"), issued]
    held = {quad.object.value for quad in dataset.match(None, iri("atg:asOf")) if isinstance(quad.object, Literal)}
    dates = _days(dataset, "dcterms:date")
    themes = {quad.object for quad in dataset.match(None, iri("atg:concerns")) if isinstance(quad.object, NamedNode)}
    labels: dict[str, set[str]] = {}
    for theme in themes | {iri(f"theme:{_GENERAL}")}:
        for quad in dataset.match(theme, iri("skos:prefLabel")):
            if isinstance(quad.object, Literal) and quad.object.language:
                labels.setdefault(quad.object.language, set()).add(quad.object.value)
    notices = {
        slug(quad.subject.value): quad.object.value
        for quad in dataset.match(None, iri("schema:copyrightNotice"))
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }
    return Release(
        version=settings.version or __version__,
        issued=issued,
        modified=settings.modified or max(changed),
        first=min(dates, default=""),
        last=max(dates, default=""),
        status=(min(held, default=""), max(held, default="")),
        keywords={language: tuple(sorted(labels[language])) for language in sorted(labels)},
        notices=dict(sorted(notices.items())),
        translations=frozenset(
            slug(quad.subject.value)
            for quad in dataset.match(None, iri("atg:isTranslationOf"))
            if isinstance(quad.subject, NamedNode) and any(dataset.match(quad.subject, iri("atg:official"), _FALSE))
        ),
    )


def about(subject: NamedNode, facts: Facts) -> Iterator[Triple]:
    """Yield the triples that a description in short names makes of a thing.

    >>> [str(triple.object) for triple in about(iri("state:BHR"), {"foaf:name": {"en": "Bahrain", "es": "Bahrein"}})]
    ['"Bahrain"@en', '"Bahrein"@es']
    """
    for name, values in facts.items():
        predicate = iri("rdf:type" if name == "a" else name)
        several = [values] if isinstance(values, NamedNode | Literal | str | Mapping | None) else values
        for value in several:
            for term in _terms(value):
                yield Triple(subject, predicate, term)


def day(value: str) -> Literal | None:
    """Return a day as a literal, or None where it is not known."""
    return Literal(value, datatype=_EXACT_DAY) if value else None


def licensed(dataset: Dataset, settings: Settings) -> Dataset:
    """Return the dataset as it is published: under another base, and under another licence, where these are not ours.

    It says both itself, so that whoever has nothing else can export it again.
    """
    published = dataset.rebased(settings.base)
    if settings.licence == CC0:
        return published
    home = published.own(graph("reference"))
    said = Quad(publication(settings.base), iri("dcterms:license"), NamedNode(settings.licence), home)
    return Dataset([*published.quads(), said], settings.base)


def licence_of(dataset: Dataset) -> Licence:
    """Return the licence under which a dataset says that it is published; ours where it says nothing."""
    found = dataset.match(publication(dataset.base), iri("dcterms:license"))
    said = sorted(quad.object.value for quad in found if isinstance(quad.object, NamedNode))
    return Licence.of(said[0] if said else CC0)


def script(content: object) -> str:
    """Return JSON that may stand inside a `script` of a page: nothing in it can end the element."""
    return json.dumps(content, ensure_ascii=False, indent=2).replace("<", "\\u003c")


def subject_of(settings: Settings) -> NamedNode:
    """Return the IRI of the dataset that is published."""
    return publication(settings.base)


def _bare(address: str) -> str:
    return address.partition("://")[2].rstrip("/")


def _terms(value: Value) -> Iterator[NamedNode | Literal]:
    if isinstance(value, Mapping):
        yield from (Literal(words, language=language) for language, words in value.items())
    elif isinstance(value, str):
        yield from [Literal(value)] if value else []
    elif value is not None:
        yield value


def _days(dataset: Dataset, name: str, subject: NamedNode | None = None) -> list[str]:
    found = (quad.object for quad in dataset.match(subject, iri(name)))
    return [term.value for term in found if isinstance(term, Literal) and term.datatype == _EXACT_DAY]
