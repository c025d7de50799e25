"""What a release says and its files come in; a page in English and Arabic goes out, and its schema.org data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from atgraph.names import ONTOLOGY
from atgraph.publish import schemaorg
from atgraph.publish.citation import cited
from atgraph.publish.describe import DESCRIPTION, LISTS, RIGHTS, TITLE, File, Release, script
from atgraph.publish.formats import kind_of
from atgraph.settings import Settings

_STYLE = """
body { font: 1rem/1.6 system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif; max-width: 76rem; margin: 0 auto;
  padding: 1rem; color: #1b1b1b; background: #fff; }
a { color: #0b4f8a; } a:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
h1 { line-height: 1.25; } h2 { margin-block-start: 2rem; }
nav a { margin-inline-end: 1.5rem; }
.skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
pre, code { font-family: ui-monospace, monospace; } pre { background: #f4f4f1; padding: .75rem; overflow-x: auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; font-weight: bold; padding-block: .5rem; }
th[scope="row"] { font-weight: normal; } td:nth-child(2) { min-width: 15rem; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem; border-block-end: 1px solid #ccc; }
td.sum { font: .75rem ui-monospace, monospace; word-break: break-all; min-width: 12rem; }
article + article { border-block-start: 3px solid #0b4f8a; margin-block-start: 3rem; }
dt { font-weight: bold; } dd { margin-inline-start: 1.5rem; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #161616; } a { color: #8ec5ff; }
  pre { background: #262626; } th, td { border-color: #444; } }
"""

_WORDS = {
    "en": {
        "skip": "Skip to the content",
        "facts": "About this release",
        "version": "Version",
        "issued": "Issued",
        "modified": "Changed",
        "status": "Treaty status as of",
        "publisher": "Publisher",
        "contact": "Contact",
        "licence": "Licence",
        "period": "Facts between",
        "endpoint": "SPARQL endpoint",
        "files": "Files",
        "caption": "Each file of the data with its size in bytes and its SHA-256; the ontology is in ontology/",
        "file": "File",
        "what": "What it holds",
        "type": "Media type",
        "size": "Bytes",
        "sum": "SHA-256",
        "lists": "Files that list these",
        "load": "Load it",
        "load_how": "Any store of linked data reads these files. With Python and the package pyoxigraph:",
        "ask": "Ask it",
        "ask_how": "The program that made the data answers stored questions and SPARQL, without a network:",
        "validate": "Validate it",
        "validate_how": "With the program, or with any SHACL engine:",
        "check": "Check what you downloaded",
        "check_how": "The program holds all of it against MANIFEST.json; or any machine does, with SHA256SUMS:",
        "cite": "Cite it",
        "cite_how": "As a sentence; for programs there are CITATION.cff and citation.bib.",
        "defined": "The meaning of every class and property:",
    },
    "ar": {
        "skip": "انتقل إلى المحتوى",
        "facts": "عن هذا الإصدار",
        "version": "الإصدار",
        "issued": "تاريخ الصدور",
        "modified": "آخر تعديل",
        "status": "حالة المعاهدات حتى",
        "publisher": "الناشر",
        "contact": "للاتصال",
        "licence": "الترخيص",
        "period": "الوقائع بين",
        "endpoint": "نقطة استعلام SPARQL",
        "files": "الملفات",
        "caption": "كل ملف من ملفات البيانات مع حجمه بالبايت ومجموعه SHA-256؛ والأنطولوجيا في ontology/",
        "file": "الملف",
        "what": "ما يحتويه",
        "type": "نوع الوسائط",
        "size": "بايت",
        "sum": "SHA-256",
        "lists": "ملفات تسرد هذه الملفات",
        "load": "تحميل البيانات",
        "load_how": "يقرأ هذه الملفاتِ أيُّ مخزن للبيانات المترابطة. وباستخدام Python وحزمة pyoxigraph:",
        "ask": "طرح الأسئلة",
        "ask_how": "البرنامج الذي أعدّ البيانات يجيب عن أسئلة محفوظة وعن استعلامات SPARQL من دون شبكة:",
        "validate": "التحقق من صحة البيانات",
        "validate_how": "باستخدام البرنامج، أو أي محرك SHACL:",
        "check": "التأكد مما نزّلته",
        "check_how": "يقارن البرنامج كل شيء بالملف MANIFEST.json؛ أو تُقارن المجاميع بالملف SHA256SUMS على أي جهاز:",
        "cite": "الاستشهاد",
        "cite_how": "في جملة واحدة؛ وللبرامج الملفان CITATION.cff وcitation.bib.",
        "defined": "معنى كل فئة وخاصية:",
    },
}

_LOAD = 'import pyoxigraph\n\nstore = pyoxigraph.Store()\nstore.bulk_load(path="atgraph.nq")'
_ASK = {
    "en": "atgraph ask --data atgraph.nq\natgraph ask calls-to-governments --data atgraph.nq",
    "ar": "atgraph ask --data atgraph.nq\natgraph ask calls-to-governments --lang ar --data atgraph.nq",
}
_VALIDATE = "atgraph validate --data atgraph.nq\npyshacl -s shapes.ttl atgraph.ttl"


def contents(settings: Settings, said: Release, files: Sequence[File]) -> Iterator[tuple[str, str]]:
    """Yield the schema.org description as a file, and the landing page that carries it."""
    card = schemaorg.dataset(settings, said, files)
    yield "dataset.jsonld", json.dumps(card, ensure_ascii=False, indent=2) + "\n"
    yield "index.html", page(settings, said, files, card)


def page(settings: Settings, said: Release, files: Sequence[File], card: Mapping[str, Any]) -> str:
    """Return the landing page: both languages, nothing from a network, and the card for search engines."""
    title = escape(TITLE["en"])
    articles = "\n".join(_article(language, settings, said, files) for language in _WORDS)
    return f"""<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{escape(DESCRIPTION["en"])}">
<link rel="alternate" type="text/turtle" href="catalog.ttl">
<link rel="alternate" type="application/ld+json" href="catalog.jsonld">
<link rel="alternate" type="application/rdf+xml" href="catalog.rdf">
<style>{_STYLE}</style>
<script type="application/ld+json">
{script(card)}
</script>
</head>
<body>
<a class="skip" href="#en">{_WORDS["en"]["skip"]}</a>
<a class="skip" href="#ar" lang="ar" dir="rtl">{_WORDS["ar"]["skip"]}</a>
<nav aria-label="Language">
<a href="#en" hreflang="en">English</a>
<a href="#ar" hreflang="ar" lang="ar">العربية</a>
</nav>
<main>
{articles}
</main>
</body>
</html>
"""


def _article(language: str, settings: Settings, said: Release, files: Sequence[File]) -> str:
    words = _WORDS[language]
    direction = "rtl" if language == "ar" else "ltr"
    facts = "\n".join(f"<dt>{words[key]}</dt><dd>{value}</dd>" for key, value in _facts(language, settings, said))
    rows = "\n".join(_row(file, language) for file in files)
    heads = "".join(f'<th scope="col">{words[key]}</th>' for key in ("file", "what", "type", "size", "sum"))
    comma = "، " if language == "ar" else ", "
    lists = comma.join(f'<a href="{name}">{_ltr(name)}</a>' for name in LISTS if name != "index.html")
    steps = "\n".join(
        f"<h2>{words[key]}</h2>\n<p>{words[f'{key}_how']}</p>\n"
        + '<pre dir="ltr" tabindex="0"><code>'
        + escape(code)
        + "</code></pre>"
        for key, code in (
            ("load", _LOAD),
            ("ask", _ASK[language]),
            ("validate", _VALIDATE),
            ("check", "atgraph verify .\nsha256sum -c SHA256SUMS"),
            ("cite", cited(said.version, said.issued, settings)),
        )
    )
    reference = "ontology/index.ar.html" if language == "ar" else "ontology/index.html"
    ontology = f'<a href="{reference}" dir="ltr">{ONTOLOGY}</a>'
    heading = "h1" if language == "en" else 'h1 id="title-ar"'
    return f"""<article id="{language}" lang="{language}" dir="{direction}">
<{heading}>{escape(TITLE[language])}</h1>
<p>{escape(DESCRIPTION[language])}</p>
<p>{escape(RIGHTS[language])}</p>
<p>{words["defined"]} {ontology}</p>
<h2>{words["facts"]}</h2>
<dl>
{facts}
</dl>
<h2>{words["files"]}</h2>
<div class="wide" tabindex="0" role="region" aria-label="{words["files"]}">
<table>
<caption>{words["caption"]}</caption>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
<p>{words["lists"]}: {lists}</p>
{steps}
</article>"""


def _facts(language: str, settings: Settings, said: Release) -> Iterator[tuple[str, str]]:
    names = settings.publisher.name
    contact = settings.contact
    address = f"mailto:{contact.email}" if contact.email else contact.url
    yield "version", escape(said.version)
    if said.issued:
        yield "issued", f"<time>{said.issued}</time>"
    if said.modified:
        yield "modified", f"<time>{said.modified}</time>"
    if said.first:
        yield "period", f"<time>{said.first}</time> – <time>{said.last}</time>"
    if any(said.status):
        yield "status", " – ".join(f"<time>{each}</time>" for each in dict.fromkeys(said.status))
    yield "publisher", f"<bdi>{escape(names.get(language) or settings.publisher.english)}</bdi>"
    yield (
        "contact",
        f'<a href="{escape(address)}"><bdi>{escape(contact.name.get(language) or contact.english)}</bdi></a>',
    )
    yield "licence", _link(settings.licence)
    if settings.endpoint:
        yield "endpoint", _link(settings.endpoint)


def _row(file: File, language: str) -> str:
    name = f'<a href="{escape(file.name)}">{_ltr(file.name)}</a>'
    cells = [escape(file.words[language]), _ltr(kind_of(file.name).type), f"{file.size:,}"]
    inside = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{name}</th>{inside}<td class="sum" dir="ltr">{file.sha256}</td></tr>'


def _ltr(text: str) -> str:
    return f'<bdi dir="ltr">{escape(text)}</bdi>'


def _link(address: str) -> str:
    return f'<a href="{escape(address)}" dir="ltr">{escape(address)}</a>'
