"""A language's small words come in; patterns go out that tell whose act a verb is, and whom it asks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from atgraph import lexicon


@dataclass(frozen=True)
class Cues:
    """The cue words of one language, compiled."""

    adverb: re.Pattern[str]
    veiling: re.Pattern[str] | None
    """Those that hold a verb, where words do not stand apart: 鉴于 is no verb in 有鉴于此."""
    conjunction: re.Pattern[str]
    closers: frozenset[str]
    """The last words of those two, where words stand apart."""
    between: re.Pattern[str]
    """Negations and object pronouns that stand between a subject and its verb (“nous ne les oublierons”)."""
    between_ends: tuple[str, ...]
    """How what holds one of them ends."""
    negated: re.Pattern[str]
    subject: re.Pattern[str]
    subject_next: re.Pattern[str]
    subject_any: re.Pattern[str]
    """The same, wherever it stands."""
    organ: re.Pattern[str]
    """The noun by which an organ calls itself behind its full name: “the Council”."""
    article: str
    """What stands before it then."""
    relative: re.Pattern[str]
    relative_last: re.Pattern[str]
    rider: re.Pattern[str]
    wish: re.Pattern[str]
    """What makes the verb behind it the author's act: “we would like to”, “tenons à”, “позвольте”."""
    wish_any: re.Pattern[str]
    """The same, wherever it stands."""
    crowd: re.Pattern[str]
    """Speakers whom a report does not name: “several speakers”, “ряд ораторов”."""
    crowd_next: re.Pattern[str]
    role: re.Pattern[str]
    """What stands between a verb and the name of him whose delegate speaks."""
    asked: re.Pattern[str]
    """How a passive ends behind which stands who is asked, and not who asks."""
    that_last: re.Pattern[str] | None
    """“That” right before a verb, where it makes the verb the task of another."""
    adverbial: re.Pattern[str] | None
    """How a clause begins that has no subject of its own, where a subject goes on over clauses."""
    delegate: re.Pattern[str]
    """How a sentence begins that tells what somebody's delegate said."""
    pronoun: re.Pattern[str]
    pronoun_first: re.Pattern[str]
    """The same, where nothing of a longer word."""
    binding: re.Pattern[str]
    future: re.Pattern[str] | None
    """How a verb ends that says “we will” by itself: “examinaremos”."""
    undertaking: re.Pattern[str]
    """What somebody promised, behind a position on it: “welcomes the decision of Ghana to host”."""
    obligation: re.Pattern[str]
    possessive: re.Pattern[str]
    """A subject that is the speaker's: “our collective efforts”."""
    should: re.Pattern[str]
    duty: re.Pattern[str]
    reported: re.Pattern[str]
    closing: re.Pattern[str]
    deadline: re.Pattern[str]
    deadline_after: re.Pattern[str]
    """Words of time limit behind a date: 2030年之前."""
    they: re.Pattern[str]
    being: re.Pattern[str]
    """The verb that makes a participle finite: “are” asking."""
    ours: re.Pattern[str]
    """A pronoun of the first person."""
    drops: bool
    """Whether a verb may do without a subject."""
    plural_verb: re.Pattern[str]
    """The end of a verb whose subject does not stand behind it: Arabic verbs are singular before theirs."""
    object_next: re.Pattern[str]
    """What stands behind a verb whose subject is left out, where a language may leave it out."""
    plural: re.Pattern[str] | None
    """Verb forms that say “we” by themselves; None where the language needs the pronoun."""
    singular: re.Pattern[str]
    """Verb forms that say “I” by themselves, and may be those of another person as well."""
    spaced: bool
    heads: dict[str, tuple[str, ...]]
    """The forms of patterns that are sought in all of a text, by their name, where words stand apart."""
    finder: lexicon.Finder
    """Finds where those may begin."""


class Said:
    """Where cues stand in one folded text, to be asked stretch by stretch.

    A pattern of many words is tried at every character; here the text is looked through once for all of them.
    """

    def __init__(self, cues: Cues, plain: str, sought: str) -> None:
        self.cues = cues
        self.plain = plain
        found: dict[str, set[int]] = {kind: set() for kind in cues.heads}
        # Where words stand apart, a space stands before each form, and one before the text.
        for start, _, kinds in cues.finder.find(sought) if found else ():
            for kind in kinds:
                found[kind].add(start)
        self.places = {kind: sorted(places) for kind, places in found.items()}

    def find(self, kind: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern (`binding`, `should`, `duty`) in a stretch, in order, not overlapping."""
        pattern: re.Pattern[str] = getattr(self.cues, kind)
        places = self.places.get(kind)
        if places is None:
            yield from pattern.finditer(self.plain, start, end)
            return
        for at in range(bisect_left(places, start), bisect_left(places, end)):
            if places[at] >= start and (match := pattern.match(self.plain, places[at], end)):
                yield match
                start = match.end()


def _alternatives(forms: Iterable[str], spaced: bool, glued: str = "") -> str:
    """Return a pattern of whole words; `glued` is what may stand before them in one word."""
    unique = {form for form in forms if form and "~" not in form and not form.startswith("-")}
    if not unique:
        return r"(?!)"
    if not spaced:
        return _trie(unique)
    # An Arabic preposition of one letter is glued to the word behind it.
    leading = {form for form in unique if form[-2:] in (" ب", " ل")}
    ends = rf"{_trie(unique - leading)}(?!\w)" + (rf"|{_trie(leading)}(?=\w)" if leading else "")
    return rf"(?<!\w){glued}(?:{ends})"


def _trie(words: Iterable[str]) -> str:
    """Return a pattern of some words, longest first, that looks at each letter once.

    >>> _trie(["call", "calls", "calm"])
    'cal(?:l(?:s)?|m)'
    """
    branches: dict[str, list[str]] = {}
    for word in words:
        branches.setdefault(word[:1], []).append(word[1:])
    ends = branches.pop("", None) is not None
    parts = [re.escape(letter) + _trie(rest) for letter, rest in sorted(branches.items())]
    if not parts:
        return "" if ends else r"(?!)"
    if len(parts) == 1 and not ends:
        return parts[0]
    return f"(?:{'|'.join(parts)})" + ("?" if ends else "")


_ARTICLE = {
    "ar": r"(?<!\w)[وف]?(?:ال)?",
    "en": r"(?<!\w)the\s",
    "fr": r"(?<!\w)(?:l[ea]\s|l')",
    "es": r"(?<!\w)(?:el|la)\s",
    "ru": r"(?<!\w)",
    "zh": "(?:本|该)?",
}
_PRONOUNS = {
    "ar": "هي|هو|وهي|وهو|(?:غير |الا |كما |بيد )?(?:و|ف)?ان(?:هم|ها|ه)|(?:و)?لكن(?:هم|ها|ه)|(?:ال)?متكلمه?",
    "en": r"it|she|he|they|the speaker"
    r"|the (?:representative|delegate|observer|delegation|panellist)(?! (?:of|for|from)\b)",
    "fr": r"il|elle|ils|elles|l'orateur|l'oratrice|l'intervenante?"
    r"|(?:l[ae] (?:representante?|deleguee?|delegation)|l'observat(?:eur|rice))(?! d)",
    "es": r"el|ella|ellos|ellas|(?:el|la) (?:orador|oradora|representante|delegad[oa]|delegacion|observadora?)(?! d)",
    "ru": "он|она|оно|они|оратор|выступающ(?:ий|ая)|представитель(?:ница)?|делегация",
    "zh": "发言[者人]|他们|她们|它们|他|她|它|该国(?:代表团|政府)?|该组织|该代表团?|该机构|该组|该小组|(?:他|她)的小组",
}
"""What means whoever spoke, or was named, before."""
_THEY = {"ar": "هم|وهم", "en": "they", "fr": "ils|elles", "es": "ellos|ellas", "ru": "они", "zh": "他们|她们|它们"}
_BEING = {"en": r"(?:^|\s)(?:are|am|is)$", "es": r"(?:^|\s)(?:estamos|estoy|esta)$"}
_ASKED = {"ar": r"\s(?:الي|من|علي|عن|ب|ل)$"}
_ADVERBIAL = {
    "zh": re.compile(
        "在|为|鉴于|根据|按照|依照|依据|遵照|遵循|值|对|就|随着|面对|作为|本着|基于|考虑|出于|通过|除|自|从|经|关于|有鉴于|当|如|若"
        "|即使|尽管|虽然|由于|因|借|适逢|正值|针对|同|与|以|凭|秉|回|铭|念|注意|认|又|并|还|也|最后|首先|其次|此外|兼|顾|谨|将|到|于|应"
        "|按|遵|参照|其中|不|我|本|特|继|今|受(?!害)"
    )
}
_THAT = {"ar": re.compile(r"(?<!\w)[وف]?[بل]?ان$")}
_WE = {
    "ar": r"\b[وف]?(?:نحن|اننا|انني)\b",
    "en": r"\b(?:we|i|us|our|my)\b",
    "fr": r"\b(?:nous|je|notre|nos|ma|mon)\b|\bj'",
    "es": r"\b(?:nosotros|yo|nos|me|nuestr[oa]s?|mi)\b",
    "ru": r"\b(?:мы|я|нам|нас|наш\w*)\b",
    "zh": "我",
}
_OBJECT_NEXT = {
    "es": r"",
    "ar": r"\s*(?:[بل](?=\w)|ان\b|الي\b|علي\b|عن\b|من\b|في\b|مجددا\b|كذلك\b|ايضا\b|(?<=ها)|(?<=هم))",
}
_BETWEEN = {
    "en": (r"(?:(?:^|\s+)(?:{}))$", "not never would"),
    "fr": (
        r"(?:(?:^(?!nous)|\s+|(?<=')(?=en|y))(?:{}))+\s*$",
        "ne n' en y le la les leur lui l' se s' nous vous m' me pas",
    ),
    "es": (r"(?:(?:^|\s+)(?:{}))+$", "no lo la los las les le se nos nunca"),
    "ru": (r"\s+(?:{})$", "не никогда"),
    "zh": (r"(?:{})$", "不 绝不 决不 不会"),
}
_NEGATED = {
    "ar": r"(?:^|\s)[وف]?(?:لا|لم|لن|ليس)\s*$",
    "zh": r"(?:不|没有|未|并非|从不|绝不)$",
    "en": r"\b(?:not|never|n't)\s*$",
    "fr": r"(?:\bne|\bn'?)(?:\s+(?:le|la|les|leur|lui|nous|vous|y|en))*\s*$",
    "ru": r"(?:^|\s)(?:не|никогда)\s*$",
    "es": r"(?:^|\s)(?:no|nunca|jamas)(?:\s+(?:lo|la|los|las|les|le|nos))*\s*$",
}
"""A negation right before a verb: what is not done is no act (“we do not recognize”)."""
_OUR = {
    "en": r"our(?: \w+){1,4}",
    "fr": r"(?:nos|notre)(?: \w+){1,4}",
    "es": r"nuestr[oa]s?(?: \w+){1,4}",
    "ru": r"наш\w*(?: \w+){1,4}",
    "zh": r"我们(?:的.{2,8}|(?:共同|集体|各自|全体|所有人|每个人|各国|各方|大家).{0,8})",
}
_FUTURE = {
    # «سنلزم» is “we will oblige”; «سنوات» is “years”.
    "ar": r"(?<!\w)[وف]?لن ن\w{2,6}(?!\w)"
    r"|(?<!\w)[وف]?سن(?!و(?:ات|ي|ا\b|ه)|دات|غ|تين|ين|ه\b|ا\w?\b|ت(?:ها|اه)\b|جار\b|ن|دي)\w{3,6}(?!\w)",
    # Behind “we”, what a prefix makes perfective is future; verbs of motion and those in -ывать are not.
    "ru": r"(?<=\bмы )(?:за|по|про|вы|у|на|при|от|раз|рас|пере|об|о|из|ис|вос|вз|со|с|под|до)"
    r"(?!\w*(?:води|носи|ходи|вози|прос|говор|держи|виси|нави|став(?:им)?ля)\w*)\w{2,}(?:[йтзсднлврпмбкчшщ]им|[джчшнлрвт]ем)(?:ся)?(?!\w)",
}
_SAYS_WE = {
    "ar": re.compile(r"[وف]?(?:س|سوف |لن )?ن|فلن\w"),
    "es": re.compile(r"\w+mos\b|nos\b"),
    "fr": re.compile(r"(?:n'|ne )?\w+ons\b|sommes\b"),
    # «выражаем», and not «с удовлетворением отмечает»
    "ru": re.compile(r"(?:\w+\s)*?(?!\w*(?:ни|стви)ем\b)\w+(?:ем|им|емся|имся)\b"),
}


def _finder(kinds: dict[str, tuple[str, ...]], spaced: bool) -> lexicon.Finder:
    """Return what finds the forms of some kinds of cues in a text, with the kinds of each.

    Where words stand apart, each form has a space before it.
    """
    found: dict[str, tuple[str, ...]] = {}
    for kind, forms in kinds.items():
        for form in forms:
            if form and "~" not in form and not form.startswith("-"):
                key = f" {lexicon.apart(form)}" if spaced else form
                found[key] = (*found.get(key, ()), kind)
    return lexicon.Finder(found)


def _last_words(known: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the last words of adverbs and conjunctions."""
    for form in (*known.get("adverb", ()), *known.get("conjunction", ())):
        yield from re.findall(r"\w+", form)[-1:]


@cache
def load(language: str) -> Cues:
    """Return the cue words of a language, compiled."""
    known = lexicon.load(language).cues
    spaced = lexicon.PROFILES[language].spaced

    def pattern(kind: str, head: str = "", tail: str = "", glued: str = "[وف]?") -> re.Pattern[str]:
        words = _alternatives(known.get(kind, ()), spaced, glued if language == "ar" else "")
        return re.compile(f"{head}(?:{words}){tail}")

    binding = [*known.get("future", ()), *known.get("obligation", ())]
    endings = "|".join(form[1:] for form in known.get("future", ()) if form.startswith("-"))
    plain = _alternatives(binding, spaced, "[وف]?" if language == "ar" else "")
    if language == "zh":
        plain += "(?![其之此该]|本[信函照决声宣报]|这些)"  # 将 before an object: 并将其提交大会
    if language in _FUTURE:
        plain = f"{_FUTURE[language]}|{plain}"
    heads = {"should": known.get("should", ()), "duty": known.get("duty", ()), "binding": tuple(binding)}
    if language == "ar":  # where a letter or two may stand glued before a word
        heads = {}
    elif language in _FUTURE:
        del heads["binding"]  # which is not of fixed words alone
    between, no = _BETWEEN.get(language, ("(?!)", ""))
    return Cues(
        adverb=pattern("adverb"),
        veiling=None if spaced else re.compile(_trie(filter(lexicon.load(language).has_verb, known["adverb"]))),
        conjunction=pattern("conjunction"),
        closers=frozenset(_last_words(known)) if lexicon.PROFILES[language].parted else frozenset(),
        negated=re.compile(_NEGATED[language]),
        between=re.compile(between.format(no.replace(" ", "|"))),
        between_ends=tuple(no.split()),
        subject=pattern("subject-first", tail=r"\s*$"),
        organ=pattern("organ", glued="(?:ال)?"),
        article=_ARTICLE[language],
        subject_any=pattern("subject-first"),
        subject_next=pattern("subject-first", head=r"\s*(?:ايضا\s+)?"),
        relative=pattern("relative"),
        relative_last=pattern("relative", tail=r"\s*$"),
        rider=pattern("rider"),
        crowd=pattern("crowd", head="" if spaced else "(?<!的)", tail=r"(?:\W+\w+){0,5}\W*$" if spaced else r".{0,8}$"),
        crowd_next=pattern("crowd", head=r"\s*"),
        role=pattern("delegate", head=r"\s+", tail=r"\s"),
        asked=re.compile(_ASKED.get(language, "(?!)")),
        that_last=_THAT.get(language),
        adverbial=_ADVERBIAL.get(language),
        delegate=pattern("delegate", head=r"(?:\W*\w{1,6})?\W*" if spaced else r""),
        they=re.compile(_THEY[language]),
        being=re.compile(_BEING.get(language, "(?!)")),
        ours=re.compile(_WE[language]),
        drops=language in _OBJECT_NEXT,
        plural_verb=re.compile(r"\w{2}وا(?!\w)|(?<!\w)[وف]?[يت]\w{2,}ون(?!\w)" if language == "ar" else "(?!)"),
        object_next=re.compile(_OBJECT_NEXT.get(language, r"(?!)")),
        wish_any=pattern("wish"),
        wish=pattern("wish", tail=r"(?:\s+d[e'])?\s*$"),
        pronoun=re.compile(_PRONOUNS[language]),
        pronoun_first=re.compile(rf"(?:{_PRONOUNS[language]})\b"),
        binding=re.compile(plain),
        future=re.compile(rf"(?:{endings})(?!\w)") if endings else None,
        should=pattern("should", tail="" if spaced else "(?!求|请求|邀)"),
        duty=pattern("duty"),
        reported=pattern("reported-act", glued="[وف]?[بلك]?"),
        undertaking=pattern("undertaking", glued="[وف]?[بلك]?"),
        obligation=pattern("obligation"),
        possessive=re.compile(_OUR.get(language, r"(?!)")),
        closing=pattern("salutation", head=r"^\W*"),
        deadline=pattern("deadline-before", tail=r"\W*(?:\w+\W+){0,3}$" if spaced else r".{0,4}$"),
        deadline_after=pattern("deadline-after", head=r"\W{0,2}"),
        plural=_SAYS_WE.get(language),
        singular=re.compile("ا" if language == "ar" else "(?!)"),
        spaced=spaced,
        heads=heads,
        finder=_finder(heads, spaced),
    )
