"""What a release says of itself comes in; how to cite it goes out, as `CITATION.cff` and as BibTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from atgraph.publish.describe import DESCRIPTION, PROGRAM, TITLE, Licence, release
from atgraph.settings import Settings
from atgraph.store import Dataset

_SPECIAL = re.compile(r"[&%$#_{}\\]")


def contents(dataset: Dataset, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield both files; the data are cited, by the name of their publisher."""
    said = release(dataset, settings)
    name = settings.publisher.english
    keywords = "".join(f"  - {json.dumps(word, ensure_ascii=False)}\n" for word in said.keywords.get("en", ()))
    licence = Licence.of(settings.licence).name
    lines = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": TITLE["en"],
        "version": said.version,
        "date-released": said.issued,
        "license": licence,
        "license-url": "" if licence else settings.licence,
        "url": settings.landing_page,
        "abstract": DESCRIPTION["en"],
    }
    body = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items() if value)
    authors = f"authors:\n  - name: {json.dumps(name, ensure_ascii=False)}\n"
    yield "CITATION.cff", f"{body}{authors}" + (f"keywords:\n{keywords}" if keywords else "")
    fields = {
        "author": f"{{{_tex(name)}}}",
        "title": f"{{{_tex(TITLE['en'])}}}",
        "year": said.issued[:4],
        "version": said.version,
        "publisher": _tex(name),
        "url": settings.landing_page,
        "note": f"Data set, version {said.version}, made with the program {PROGRAM}",
    }
    rows = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    yield "citation.bib", f"@misc{{atgraph-{said.version},\n{rows}}}\n"


def cited(version: str, issued: str, settings: Settings) -> str:
    """Return the citation as a sentence.

    >>> cited("0.1.0", "2026-11-23", Settings())
    'The atgraph authors. atgraph: commitments against trafficking in persons, version 0.1.0, 2026. https://w3id.org/atgraph/'
    """
    year = f", {issued[:4]}" if issued else ""
    return f"{settings.publisher.english}. {TITLE['en']}, version {version}{year}. {settings.landing_page}"


def _tex(text: str) -> str:
    r"""Return a text as BibTeX reads it.

    >>> _tex("Work & Social Affairs")
    'Work \\& Social Affairs'
    """
    return _SPECIAL.sub(lambda sign: r"\textbackslash{}" if sign[0] == "\\" else f"\\{sign[0]}", text)
