"""Bytes of a text come in; its characters go out, with the encoding that they were written in."""

from __future__ import annotations

import codecs
import math
import re
from functools import cache

from atgraph.errors import TextError

CANDIDATES = ("windows-1256", "windows-1251", "windows-1252", "gb18030", "iso-8859-6", "koi8-r")
"""The legacy encodings of the six languages, each by its name in the WHATWG standard."""
_UTF_16 = ("utf-16-le", "utf-16-be")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 16
_CONVERT = "convert it to UTF-8, for example with: iconv -f WINDOWS-1256 -t UTF-8"

# Letters in the order of how common they are; for Chinese, the characters of half of any text.
_ARABIC = "اليمنوتةربعدسفهكأحقجشصضذطخىثءغزئإظؤآ"
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_LATIN = "éóíáèàñêçúôâîûùœëïüäöæ"
_HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "先回则任取据处理府世界合联权约议决贩运童妇女受害者剥削打击犯罪保护罪际届会请促吁承诺重申申加强支持措施问题委员秘书报告"
)
_PUNCTUATION = set(
    "“”‘’„«»–—…•·°№§€©\u00a0،؛؟٪ـ、。《》（）：；，！？〈〉【】―\u200c\u200d\u200e\u200f¿¡ºª×½¼¾¹²³⁰⁴⁵⁶⁷⁸⁹"
)
_ARABIC_MARKS = set("،؛؟٪ـ")
"""These stand among Arabic letters alone."""
_ARABIC_LETTERS = re.compile("[\u0620-\u064a]")
_WORD = re.compile(r"[^\W\d_ªº¹²³⁰⁴-⁹½¼¾](?:[^\W\d_ªº¹²³⁰⁴-⁹½¼¾]|[\u064b-\u0652])*")
# A word is not cut by what is a quotation mark or a dash here and a letter elsewhere, as in “v’ctima” and “comisi—n”.
_CUTS_A_WORD = re.compile(
    r"(?<=[a-z])’(?=[a-z])(?<!\b[ldjmtnsc]’)(?<!qu’)(?<!\baujourd’)(?<!\bQur’)(?<!\bNuku’)(?!(?:s|t|d|m|re|ve|ll)\b)"
    r"|(?<=[a-z])[–—…ˆ‰‡†]+(?=[a-z]{1,2}\b)"
)
_MARK, _RARE, _NEVER = math.log(0.02), math.log(1e-4), math.log(1e-6)


def decode(content: bytes, where: str, declared: str = "") -> tuple[str, str]:
    r"""Return bytes as text, and the name of their encoding; `declared` is what an HTML page says that it is.

    A byte order mark is believed, then what is UTF-8 throughout, then what is declared and can be, then the one
    candidate in which the text reads as one of the six languages do. Raises TextError where none does, or two do and
    differ, since a wrong guess would put wrong words into quotes.

    >>> decode(b"\xef\xbb\xbfUnited Nations", "a.txt")
    ('United Nations', 'utf-8')
    >>> decode("Обращаемся с призывом ко всем государствам".encode("cp1251"), "a.txt")[1]
    'windows-1251'
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding, where), encoding
    wide = content.count(0, 0, _SAMPLE) * 100 > len(content[:_SAMPLE])
    if not wide:
        try:
            return content.decode("utf-8"), "utf-8"
        except UnicodeDecodeError as error:
            _refuse_damaged(content, error, where)
    encoding = (_by_order(content) if wide else "") or _chosen(
        content, _UTF_16 if wide else CANDIDATES, where, declared
    )
    return _strict(content, encoding, where), encoding


def _by_order(content: bytes) -> str:
    """Return the order of UTF-16 in which spaces, digits and line ends have their zero bytes; empty where not clear."""
    sample = content[:_SAMPLE]
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if second > 20 * first else "utf-16-be" if first > 20 * second else ""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample) if encoding else ""
    except UnicodeDecodeError:
        return ""
    strange = sum(character < " " and character not in "\t\n\r\f\v" for character in text)
    return encoding if strange * 100 <= len(text) else ""


def _refuse_damaged(content: bytes, error: UnicodeDecodeError, where: str) -> None:
    """Raise TextError for what is UTF-8 but for some bytes, which no other encoding would mend."""
    if error.start >= len(content) - 3 and error.reason == "unexpected end of data":
        raise _truncated(where) from error
    sample = content[:_SAMPLE]
    whole = sum(map(len, re.findall(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", sample)))
    if whole > 0.8 * len(re.findall(rb"[\x80-\xff]", sample)):
        raise _damaged("UTF-8 with damaged bytes", content, error, where) from error


def _truncated(where: str) -> TextError:
    return TextError(
        "the text is truncated in the middle of a character", where=where, remedy="fetch the file again, whole"
    )


def _damaged(what: str, content: bytes, error: UnicodeDecodeError, where: str) -> TextError:
    line = content.count(b"\n", 0, error.start) + 1
    return TextError(
        f"the text is {what} (byte {error.start}, line {line})",
        where=where,
        remedy="fetch the file again, or mend that line",
    )


def _strict(content: bytes, encoding: str, where: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(content) and error.reason in _CUT:
            raise _truncated(where) from error
        raise _damaged(f"not {encoding.upper()} throughout", content, error, where) from error


_CUT = ("unexpected end of data", "truncated data", "incomplete multibyte sequence")


def _chosen(content: bytes, candidates: tuple[str, ...], where: str, declared: str) -> str:
    """Return the candidate in which the text reads best, or the declared encoding where nothing speaks against it."""
    told = _standard(declared)
    readings: dict[str, str] = {}
    for encoding in dict.fromkeys([*([told] if told else []), *candidates]):
        try:
            # The last character may be cut in two, here by us.
            readings[encoding] = codecs.getincrementaldecoder(encoding)().decode(content[:_SAMPLE])
        except (UnicodeDecodeError, LookupError):
            continue
    judged = sorted(((*_judged(text), encoding) for encoding, text in readings.items()), reverse=True)
    well = [(score, code) for score, mean, bad, code in judged if mean > _least(readings[code]) and bad < 0.02]
    if told in readings and (not well or told in [encoding for _, encoding in well]):
        _, _, bad, _ = next(row for row in judged if row[-1] == told)
        if bad < 0.02:
            return told
    best = well[0][1] if well and well[0][1] == judged[0][-1] else ""
    rivals = [score for score, _, _, encoding in judged if best and readings[encoding] != readings[best]]
    if best and (not rivals or judged[0][0] - rivals[0] > _MARGIN):
        return best
    what = "UTF-8, " + ", ".join(candidates)
    raise TextError(f"the text is in no encoding that can be told surely (tried {what})", where=where, remedy=_CONVERT)


def _least(text: str) -> float:
    """Return the mean from which on a text reads well; where nearly all is ASCII, a rare letter tells little of it."""
    return -4.1 if sum(map(len, _FOREIGN.findall(text))) * 100 > len(text) else -5.5


_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_MARGIN = math.log(1000)


def _standard(declared: str) -> str:
    """Return the name of a declared encoding as the WHATWG standard takes it; empty where nothing is meant by it.

    >>> _standard("ISO-8859-1"), _standard("gbk"), _standard("utf8"), _standard("nonsense")
    ('windows-1252', 'gb18030', '', '')
    """
    name = declared.strip().lower()
    supersets = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "gbk": "gb18030", "gb2312": "gb18030"}
    windows = {"cp1256": "windows-1256", "cp1251": "windows-1251", "cp1252": "windows-1252", "iso8859-6": "iso-8859-6"}
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return ""
    if codec == "utf-16":  # without a mark of its order, as the standard has it
        return "utf-16-le"
    return supersets.get(codec) or windows.get(codec) or (codec if codec in _LABELLED else "")


_LABELLED = frozenset(
    codecs.lookup(name).name
    for name in (
        "utf-16-le utf-16-be ibm866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10"
        " iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic cp874 cp1250 cp1251 cp1252"
        " cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 gb18030 big5 euc-jp iso2022-jp shift_jis euc-kr"
    ).split()
)
"""The encodings of the WHATWG standard other than UTF-8, by their names in Python, which has codecs of no text too."""


@cache
def _likelihoods() -> dict[str, float]:
    """Return, for each letter, the logarithm of how often it stands in a text of its script."""
    found: dict[str, float] = {}
    for letters, scale in ((_ARABIC, 8), (_CYRILLIC, 8), (_LATIN, 6), (_HAN, 120)):
        ranked = dict.fromkeys(letters)
        weights = {letter: math.exp(-rank / scale) for rank, letter in enumerate(ranked)}
        total = sum(weights.values()) * (2 if letters is _HAN else 1)
        found |= {letter: math.log(weight / total) for letter, weight in weights.items()}
    return found


def _judged(text: str) -> tuple[float, float, float]:
    """Return how likely what is not ASCII is: the sum of logarithms, their mean, and the share that cannot be.

    A Chinese character counts as two, being two bytes and about as rare as two letters.
    """
    likely = _likelihoods()
    score = 0.0
    marks = _PUNCTUATION if _ARABIC_LETTERS.search(text) else _PUNCTUATION - _ARABIC_MARKS
    count = bad = len(_CUTS_A_WORD.findall(text))
    for character in _WORD.sub(" ", text):
        if character >= "\x7f" or (character < " " and character not in "\t\n\r\f\v"):
            known = character in marks or "\u0660" <= character <= "\u0669"
            score, bad, count = score + (_MARK if known else _NEVER), bad + (not known), count + 1
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        plausible = _is_plausible(word)
        for letter in filter(lambda letter: letter > "\x7f", word):
            han = "\u4e00" <= letter <= "\u9fff"
            value = likely.get(letter.lower(), _RARE if han or "\u064b" <= letter <= "\u0652" else _NEVER)
            value = value - letter.isupper() if plausible else _NEVER
            score, bad, count = score + value, bad + (value <= _NEVER), count + 1 + han
    return score, score / max(count, 1), bad / max(count, 1)


_NAME_BY_HAN = re.compile(
    r"(?:(?<=[\u4e00-\u9fff]{2})|^)[A-ZÀ-Þ][a-zß-ÿ]+(?=[\u4e00-\u9fff]{2})|(?<=[\u4e00-\u9fff]{2})[A-ZÀ-Þ][a-zß-ÿ]+$"
)
"""A name in Latin letters, which Chinese writes without a space between."""


def _is_plausible(word: str) -> bool:
    """Tell whether a word has letters of one script, and capitals only where a word has them.

    >>> _is_plausible("Обращаемся"), _is_plausible("оБРАЩАЕМСЯ"), _is_plausible("rйpression")
    (True, False, False)
    """
    word = _NAME_BY_HAN.sub("", word)  # 专家Errázuriz女士
    scripts = {_script(letter) for letter in word}
    return len(scripts) == 1 and (word.islower() or word.isupper() or word[1:].islower() or word.upper() == word)


def _script(letter: str) -> str:
    return (
        "latin" if letter < "\u0250" else "cyrillic" if letter < "\u0530" else "arabic" if letter < "\u0780" else "han"
    )
