"""What is named where: labels in all their forms, numbers of documents, short references, members."""

from __future__ import annotations

import pytest

from atgraph import document, mentions
from atgraph.model import Line, Mention


def named(text: str, language: str, *kinds: str) -> list[str]:
    reading = mentions.read(document.read([Line(line) for line in text.split("\n")], language))
    return [mention.slug for mention in reading.mentions if not kinds or mention.kind in kinds]


@pytest.mark.parametrize(
    ("text", "language", "slug"),
    [
        ("resolution 68/192", "en", "a-res-68-192"),
        ("القرار 192/68", "ar", "a-res-68-192"),
        ("القرار ١٩٢/٦٨", "ar", "a-res-68-192"),
        ("第68/192号决议", "zh", "a-res-68-192"),
        ("в резолюции 68/192", "ru", "a-res-68-192"),
        ("la resolución 68/192 de la Asamblea General", "es", "a-res-68-192"),
        ("Security Council resolution 2331 (2016)", "en", "s-res-2331-2016"),
        ("résolution 2388 (2017)", "fr", "s-res-2388-2017"),
        ("Human Rights Council resolution 23/5", "en", "a-hrc-res-23-5"),
        ("Economic and Social Council resolution 2013/41", "en", "e-res-2013-41"),
        ("عملا بالفقرة 5 من القرار 192/68", "ar", "a-res-68-192#5"),
        ("pursuant to paragraph 5 of resolution 68/192", "en", "a-res-68-192#5"),
        ("document A/HRC/23/48.", "en", "a-hrc-23-48"),
        ("resolution S-32/1", "en", "a-res-s-32-1"),
        ("第S-32/1号决议", "zh", "a-res-s-32-1"),
        ("resolution ES-11/1", "en", "a-res-es-11-1"),
        ("في القرار دإ-32/1", "ar", "a-res-s-32-1"),
    ],
)
def test_a_document_is_known_by_number_in_every_way_of_writing(text: str, language: str, slug: str) -> None:
    assert named(text, language, "document", "body") == [slug]


def test_a_chain_of_numbers_hangs_on_one_word() -> None:
    text = "Recalling its resolutions 61/180 of 20 December 2006, 64/178 of 18 December 2009 and 67/190,"

    assert named(text, "en", "document") == ["a-res-61-180", "a-res-64-178", "a-res-67-190"]


@pytest.mark.parametrize(
    ("text", "language", "slug"),
    [
        ("للحكومات", "ar", "governments"),
        ("وبالحكومات", "ar", "governments"),
        ("مع مكتب الأمم المتحدة المعني بالمخدرات والجريمة", "ar", "unodc"),
        ("Управлением Организации Объединенных Наций по наркотикам и преступности", "ru", "unodc"),
        ("l'Office des Nations Unies contre la drogue et le crime", "fr", "unodc"),
        ("los Gobiernos", "es", "governments"),
        ("由联合国毒品和犯罪问题办公室", "zh", "unodc"),
        ("Нигерии", "ru", "NGA"),
        ("Нигера", "ru", "NER"),
        ("Côte d’Ivoire", "fr", "CIV"),
    ],
)
def test_a_name_is_found_in_its_inflected_and_glued_forms(text: str, language: str, slug: str) -> None:
    assert named(text, language, "body", "actor-class", "state") == [slug]


def test_a_name_inside_the_title_of_an_instrument_is_not_named() -> None:
    text = (
        "the Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children, "
        "supplementing the United Nations Convention against Transnational Organized Crime"
    )

    assert named(text, "en", "document") == ["trafficking-protocol"]


def test_a_short_name_means_what_was_last_named_in_full() -> None:
    text = (
        "UNODC and the Inter-Agency Coordination Group against Trafficking in Persons met. "
        "The Office reports to the Group."
    )

    assert named(text, "en", "body") == ["unodc", "icat", "unodc", "icat"]


def test_a_short_name_that_nothing_explains_names_nothing() -> None:
    assert named("The Office reports.", "en", "body") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Members:\n\nBahrain\n\nBelarus\n\nEgypt", ["BHR", "BLR", "EGY"]),
        ("Statement on behalf of: Argentina, Chile, and Peru.", ["ARG", "CHL", "PER"]),
        ("We thank Norway, Peru and Chile for their work.", []),
    ],
)
def test_members_are_listed_one_a_line_or_run_on_after_a_colon(text: str, expected: list[str]) -> None:
    found = mentions.read(document.read([Line(line) for line in text.split("\n")], "en")).document.members

    assert [member.value for member in found] == expected


def test_every_mention_is_a_slice_of_the_text() -> None:
    text = "نُعرِّف بدور المنظمة الدوليـــة للهجرة والحُكومات."
    reading = mentions.read(document.read([Line(text)], "ar"))
    words: list[Mention] = [m for m in reading.mentions if m.kind in ("body", "actor-class")]

    assert [text[m.start : m.end] for m in words] == ["المنظمة الدوليـــة للهجرة", "الحُكومات"]


@pytest.mark.parametrize(
    ("language", "text", "slug"),
    [
        (
            "en",
            "the African Union Commission (hereinafter “the Commission”), the Statistical Commission, the Commission",
            "african-union",
        ),
        ("zh", "非洲联盟和平与安全理事会(下称“理事会”)与安全理事会合作。理事会", "african-union"),
        (
            "ru",
            "Международная организация труда (далее — Организация) и Организация Объединенных Наций. Организация",
            "ilo",
        ),
    ],
)
def test_what_a_text_says_it_will_call_a_thing_goes_before_what_was_named_last(
    language: str, text: str, slug: str
) -> None:
    assert named(text, language)[-1] == slug


def test_a_conference_of_parties_means_its_own_convention() -> None:
    text = "CAC/COSP/2027/L.4\n\nThe Conference of the Parties,\n\nRecalling UNTOC, and article 33 of the Convention,"

    assert named(text, "en", "document") == ["cac-cosp-2027-l-4", "untoc", "uncac"]


def test_the_date_of_an_arabic_resolution_tells_which_of_its_numbers_is_the_session() -> None:
    text = "يستذكر قرار مجلس حقوق الإنسان 28/13 المؤرخ 26 آذار/مارس 2015 وقرار الجمعية العامة 149/79"

    assert named(text, "ar", "document") == ["a-hrc-res-28-13", "a-res-79-149"]


def test_observations_of_every_treaty_body_are_cited() -> None:
    text = "We recall CERD/C/GEO/CO/7, CAT/C/GEO/CO/5 and CRC/C/OPSC/TGO/CO/2-3, para. 7."
    cited = named(text, "en", "document")

    assert cited == ["cerd-c-geo-co-7", "cat-c-geo-co-5", "crc-c-opsc-tgo-co-2-3#7"]
