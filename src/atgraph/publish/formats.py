"""A file's name comes in; its media type, its code in the European Union's table, and what it holds go out."""

from __future__ import annotations

from dataclasses import dataclass

from atgraph.names import LANGUAGES

_IANA = "http://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class Kind:
    """A format: its media type, and its code in the European Union's table of file types."""

    type: str
    code: str

    @property
    def media(self) -> str:
        """Return the IRI of the media type."""
        return _IANA + self.type


KINDS = {
    "ttl": Kind("text/turtle", "RDF_TURTLE"),
    "trig": Kind("application/trig", "RDF_TRIG"),
    "nq": Kind("application/n-quads", "RDF_N_QUADS"),
    "nt": Kind("application/n-triples", "RDF_N_TRIPLES"),
    "jsonld": Kind("application/ld+json", "JSON_LD"),
    "rdf": Kind("application/rdf+xml", "RDF_XML"),
    "owl": Kind("application/rdf+xml", "RDF_XML"),
    "csv": Kind("text/csv", "CSV"),
    "tsv": Kind("text/tab-separated-values", "TSV"),
    "json": Kind("application/json", "JSON"),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "sqlite": Kind("application/vnd.sqlite3", "BIN"),  # the table of file types has no code of its own for it
    "db": Kind("application/vnd.sqlite3", "BIN"),
    "html": Kind("text/html", "HTML"),
    "css": Kind("text/css", "CSS"),
    "svg": Kind("image/svg+xml", "SVG"),
    "txt": Kind("text/plain", "TXT"),
    "md": Kind("text/markdown", "TXT"),
    "yaml": Kind("application/yaml", "YAML"),
    "yml": Kind("application/yaml", "YAML"),
    "cff": Kind("application/yaml", "YAML"),
    "bib": Kind("text/plain", "TXT"),
    "rq": Kind("application/sparql-query", "SPARQLQ"),
    "xml": Kind("application/xml", "XML"),
    "zip": Kind("application/zip", "ZIP"),
    "whl": Kind("application/zip", "ZIP"),
    "gz": Kind("application/gzip", "GZIP"),
    "": Kind("text/plain", "TXT"),
}
"""By the ending of a file's name. Its codes are those of http://publications.europa.eu/resource/authority/file-type."""

_WORDS = {
    "atgraph.nq": (
        "Everything, stated and derived, in named graphs",
        "كل المعطيات، المصرّح بها والمستنتجة، في رسوم بيانية مسماة",
    ),
    "atgraph.trig": (
        "Everything, stated and derived, in named graphs",
        "كل المعطيات، المصرّح بها والمستنتجة، في رسوم بيانية مسماة",
    ),
    "atgraph.jsonld": (
        "Everything, stated and derived, in named graphs",
        "كل المعطيات، المصرّح بها والمستنتجة، في رسوم بيانية مسماة",
    ),
    "atgraph.ttl": ("Everything that is stated, in an order for reading", "كل ما هو مصرّح به، مرتبا للقراءة"),
    "atgraph.rdf": ("Everything that is stated", "كل ما هو مصرّح به"),
    "atgraph.sqlite": (
        "The tables in one database, with full-text search",
        "الجداول في قاعدة بيانات واحدة، مع البحث في النصوص",
    ),
    "atgraph.xlsx": ("The tables as one workbook for a spreadsheet", "الجداول في مصنف واحد لبرامج الجداول"),
    "datapackage.json": ("What every column of the tables is", "بيان كل عمود من أعمدة الجداول"),
    "datasette.json": ("What Datasette shows of the database", "ما يعرضه Datasette عن قاعدة البيانات"),
    "logo.svg": ("The picture of the ontology", "شعار الأنطولوجيا"),
    "context.jsonld": ("The context of the JSON-LD by itself", "سياق JSON-LD وحده"),
    "ontology.ttl": ("The ontology with its alignments to others", "الأنطولوجيا ومواءماتها مع غيرها"),
    "shapes.ttl": ("The SHACL shapes that the data keep", "قيود SHACL التي تلتزم بها البيانات"),
    "void.ttl": ("Statistics and links of the dataset, in VoID", "إحصاءات مجموعة البيانات وروابطها، بصيغة VoID"),
    "prov.ttl": ("How the release came about, in PROV", "كيف نشأ هذا الإصدار، بصيغة PROV"),
    "CITATION.cff": ("How to cite the data, for programs", "كيفية الاستشهاد بالبيانات، للبرامج"),
    "citation.bib": ("How to cite the data, in BibTeX", "كيفية الاستشهاد بالبيانات، بصيغة BibTeX"),
    "shapes.rdf": ("The SHACL shapes that the data keep", "قيود SHACL التي تلتزم بها البيانات"),
    "shapes.nt": ("The SHACL shapes that the data keep", "قيود SHACL التي تلتزم بها البيانات"),
    "shapes.jsonld": ("The SHACL shapes that the data keep", "قيود SHACL التي تلتزم بها البيانات"),
    "SHA256SUMS": ("The checksums of files", "المجاميع الاختبارية للملفات"),
    "texts": ("The normalized text in which offsets count", "النص الموحّد الذي تُحسب فيه المواضع"),
    "tables": ("A table of the graph", "جدول من الرسم البياني المعرفي"),
    "ontology": ("The ontology with its alignments to others", "الأنطولوجيا ومواءماتها مع غيرها"),
}
"""What a file holds, by its name, or by the folder that it is in."""


_SPOKEN = {
    "ontology": ("ar", "en"),
    "ontology.ttl": ("ar", "en"),
    "prov.ttl": ("ar", "en"),
    "shapes.ttl": ("ar", "en"),
    "tables": (),
    "datapackage.json": ("ar", "en"),
    "datasette.json": ("ar", "en"),
    "CITATION.cff": ("en",),
    "citation.bib": ("en",),
    "context.jsonld": (),
    "logo.svg": (),
    "SHA256SUMS": (),
}
"""The languages of the words in a file or folder, where they are not all six."""


_UNQUOTED = {
    *("CITATION.cff", "citation.bib", "SHA256SUMS", "logo.svg", "context.jsonld", "ontology.ttl", "shapes.ttl"),
    *("void.ttl", "prov.ttl", "datapackage.json", "datasette.json"),
}
"""Files in which nothing is quoted from a document."""


def quotes(name: str) -> bool:
    """Tell whether a file of the data holds words that are quoted from documents; of a text itself it is all words.

    >>> quotes("atgraph.ttl"), quotes("CITATION.cff"), quotes("texts/SHA256SUMS"), quotes("texts/gof-2024.ar.txt")
    (True, False, False, False)
    """
    return name.rpartition("/")[2] not in _UNQUOTED and name.partition("/")[0] not in ("texts", "ontology")


def languages_of(name: str) -> tuple[str, ...]:
    """Return in which languages a file has words; a text is in the one that its name tells.

    >>> languages_of("texts/gof-2024.ar.txt"), languages_of("citation.bib")
    (('ar',), ('en',))
    """
    folder, _, last = name.rpartition("/")
    language = last.removesuffix(".txt").rpartition(".")[2]
    if last.endswith(".txt") and language in LANGUAGES:
        return (language,)
    return _SPOKEN.get(last, _SPOKEN.get(folder.partition("/")[0], LANGUAGES))


def kind_of(name: str) -> Kind:
    """Return the format of a file by its name; bytes that nothing is known of are a stream of octets.

    >>> kind_of("texts/gof-2024.ar.txt").type, kind_of("SHA256SUMS").code, kind_of("a.bin").code
    ('text/plain', 'TXT', 'OCTET')
    """
    _, dot, ending = name.rpartition("/")[2].rpartition(".")
    return KINDS.get(ending if dot else "", Kind("application/octet-stream", "OCTET"))


def described(name: str) -> dict[str, str]:
    """Return what a file holds, in English and in Arabic.

    >>> described("atgraph.rdf")["en"], described("notes.txt")["en"]
    ('Everything that is stated', 'The file notes.txt')
    """
    folder, _, last = name.rpartition("/")
    words = _WORDS.get(last) or _WORDS.get(folder.partition("/")[0])
    english, arabic = words or (f"The file {last}", f"الملف {last}")
    return {"en": english, "ar": arabic}
