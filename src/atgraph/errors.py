"""The names of everything that can go wrong, as one printed tree.

AtgraphError
├── FindingsError          exit 1: the input was read, and is at fault
│   └── ExpectationError       a source yields less than its card expects
├── UsageError             exit 2: the words of the command are off
│   ├── UnknownQuestionError   no stored question has this name
│   ├── UnknownParameterError  the question has no such parameter, or lacks a value for one
│   └── UnknownTermError       a slug, act, State, theme … that nothing has
├── UnreadableError        exit 3: a file or a stream cannot be read as what it should be
│   ├── TextError              a document that is empty, damaged, mirrored, of no known format, encoding or language
│   ├── SettingsError          a setting that is missing, unknown or impossible
│   ├── CardError              a source card with a missing or impossible field
│   ├── ReviewError            a review that names an unknown act, or a passage that is gone
│   ├── TableError             a row of a table in data/ that cannot stand
│   ├── RdfError               RDF that does not parse
│   └── QueryFileError         a stored query without header, or whose header or SPARQL is wrong
└── EngineError            exit 4: an engine failed, a limit was passed, a file could not be written
    ├── QueryError             SPARQL that does not parse or cannot be answered
    ├── ReasonerError          an ontology outside what the fast engine compiles, or inconsistent
    ├── EndpointError          a remote endpoint refused, failed, or sent what is no SPARQL result
    │   └── DeadlineError          it did not answer in time
    └── WriteError             the disk is full, or the folder cannot be written

Each message says what happened, where, and what to do.
"""

from __future__ import annotations


class AtgraphError(Exception):
    """Anything that atgraph refuses, with a sentence for the reader and an exit code for the shell."""

    exit_code = 4

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what, where, remedy)

    def __str__(self) -> str:
        """Return one line: where, what, what to do.

        >>> str(AtgraphError("the card has no title", where="source.toml", remedy="add a title"))
        'source.toml: the card has no title; add a title'
        """
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}; {self.remedy}" if self.remedy else head

    @property
    def slug(self) -> str:
        """Return the heading under which docs/errors.md explains this error.

        >>> CardError("no title").slug
        'card-error'
        """
        name = type(self).__name__
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


class FindingsError(AtgraphError):
    """The input was read, and is at fault."""

    exit_code = 1


class ExpectationError(FindingsError):
    """A source yields less than its card expects."""


class UsageError(AtgraphError):
    """The words of the command are off."""

    exit_code = 2


class UnknownQuestionError(UsageError):
    """No stored question has this name."""


class UnknownParameterError(UsageError):
    """The question has no such parameter, or lacks a value for one."""


class UnknownTermError(UsageError):
    """A slug, act, State, theme or other name that nothing in the graph has."""


class UnreadableError(AtgraphError):
    """A file or a stream cannot be read as what it should be."""

    exit_code = 3


class TextError(UnreadableError):
    """A document that is empty, damaged, mirrored, or of no known format, encoding or language."""


class SettingsError(UnreadableError):
    """A setting that is missing, unknown or impossible."""


class CardError(UnreadableError):
    """A source card with a missing or impossible field."""


class ReviewError(UnreadableError):
    """A review that names an unknown act, or a passage that is gone."""


class TableError(UnreadableError):
    """A row of a table in data/ that cannot stand."""


class RdfError(UnreadableError):
    """RDF that does not parse."""


class QueryFileError(UnreadableError):
    """A stored query without header, or whose header or SPARQL is wrong."""


class EngineError(AtgraphError):
    """An engine failed, or a limit was passed."""


class QueryError(EngineError):
    """SPARQL that does not parse or cannot be answered."""


class ReasonerError(EngineError):
    """An ontology outside what the fast engine compiles, or inconsistent."""


class EndpointError(EngineError):
    """A remote endpoint refused, failed, or sent what is no SPARQL result."""


class DeadlineError(EndpointError):
    """A remote endpoint did not answer in time."""


class WriteError(EngineError):
    """The disk is full, or the folder cannot be written."""
