"""Nothing comes in; the rules go out that only a live address can be held to, each with why it is skipped."""

from __future__ import annotations

from atgraph.lint.rules import network

network(
    "unregistered-iri",
    1,
    title="Is the ontology's IRI registered at w3id.org?",
    why="only w3id.org knows what is registered there",
    remedy="send deploy/w3id/ to the registry, then open the IRI in a browser",
    source="Archivo, FOOPS!",
)
network(
    "unresolvable-iri",
    1,
    title="Does the ontology's IRI, and its version's, lead to the ontology?",
    why="an address has to be opened",
    remedy="curl -sSL -H 'Accept: text/turtle' the IRI, and look for the owl:Ontology",
    source="Archivo, OOPS! P37, FOOPS!",
)
network(
    "unresolvable-license",
    3,
    title="Does the licence's IRI lead to the licence?",
    why="an address has to be opened",
    remedy="open it in a browser",
    source="FOOPS!",
)
network(
    "broken-link",
    10,
    title="Do the outgoing links lead somewhere?",
    why="thousands of addresses would have to be opened",
    remedy="check a sample by hand before each release",
    source="LOD Cloud",
)
network(
    "silent-endpoint",
    10,
    title="Does the SPARQL endpoint answer?",
    why="the endpoint has to be asked",
    remedy="atgraph query --endpoint URL 'ASK { ?s ?p ?o }'",
    source="LOD Cloud",
)
network(
    "unnegotiated-content",
    11,
    title="Does the server send Turtle, JSON-LD, RDF/XML, N-Triples or HTML, as the client asks?",
    why="the answers of a server have to be seen",
    remedy="curl -sSL -D - -o /dev/null -H 'Accept: application/rdf+xml' the IRI, and so for each media type",
    source="Archivo, FOOPS!",
)
network(
    "unvaried-answer",
    11,
    title="Does the server say that its answer depends on what was asked for (Vary: Accept)?",
    why="the answers of a server have to be seen",
    remedy="look for Vary: Accept in what curl -D - prints",
    source="checklist, HTTP Semantics (RFC 9110)",
)
network(
    "unredirected-thing",
    11,
    title="Does the IRI of a thing that is no document answer 303?",
    why="the answers of a server have to be seen",
    remedy="curl -sS -o /dev/null -w '%{http_code}' the IRI of a thing",
    source="checklist, W3C httpRange-14",
)
network(
    "unrefused-type",
    11,
    title="Does the server refuse a media type that it does not have by 406?",
    why="the answers of a server have to be seen",
    remedy="curl -sSL -o /dev/null -w '%{http_code}' -H 'Accept: image/png' the IRI",
    source="checklist, HTTP Semantics (RFC 9110)",
)
network(
    "wrong-content-type",
    13,
    title="Does the server send each file as the media type it is?",
    why="the answers of a server have to be seen",
    remedy="curl -sSI each address of the catalogue, and compare Content-Type with dcat:mediaType",
    source="CKAN",
)
