"""Which verbs are the author's own acts, language by language: each case is an example of one rule."""

from __future__ import annotations

import pytest

from atgraph.extraction import read_file


def acts(text: str, language: str) -> list[str]:
    return [provision.act.slug for provision in read_file(text.encode(), language).provisions]


RESOLUTION = "A/RES/80/1\n\nThe General Assembly,\n\n"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We urge Governments to act, and welcome the efforts of UNODC.", ["urges", "welcomes"]),
        ("ar", "ونحث الحكومات على العمل، ونرحب بجهود المكتب.", ["urges", "welcomes"]),
        ("fr", "Nous exhortons les États à agir et saluons les efforts de l'ONUDC.", ["urges", "welcomes"]),
        (
            "es",
            "Instamos a los Estados a actuar y acogemos con beneplácito la labor de la UNODC.",
            ["urges", "welcomes"],
        ),
        (
            "ru",
            "Мы настоятельно призываем государства действовать и приветствуем усилия УНП ООН.",
            ["urges", "welcomes"],
        ),
        ("zh", "我们敦促各国采取行动，并欢迎毒品和犯罪问题办公室的努力。", ["urges", "welcomes"]),
    ],
)
def test_verbs_of_the_first_person_joined_in_one_sentence_are_two_acts(
    language: str, text: str, expected: list[str]
) -> None:
    assert acts(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "We recall resolution 2388 (2017), in which the Council condemns trafficking and calls upon States to act.",
        ),
        ("fr", "Nous rappelons la résolution 2388 (2017), dans laquelle le Conseil condamne la traite."),
        ("es", "Recordamos la resolución 2388 (2017), en la que el Consejo condena la trata."),
        ("ru", "Мы напоминаем о резолюции 2388 (2017), в которой Совет осуждает торговлю людьми."),
        ("ar", "ونشير إلى القرار 2388 (2017) الذي يدين فيه المجلس الاتجار بالأشخاص."),
        ("zh", "我们回顾第2388(2017)号决议，其中安理会谴责贩运人口。"),
    ],
)
def test_what_another_does_in_a_relative_clause_is_no_act_of_the_author(language: str, text: str) -> None:
    assert acts(text, language) == ["recalls"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We take note of the study “We urge States to act”."),
        ("fr", "Nous prenons note de l'étude « Nous condamnons le profit »."),
        ("es", "Tomamos nota del estudio «Instamos a los Estados a actuar»."),
        ("ru", "Мы принимаем к сведению исследование «Мы призываем государства действовать»."),
        ("ar", "ونحيط علما بالدراسة المعنونة ”نحث الدول على العمل“."),
        ("zh", "我们注意到题为“要求透明”的报告。"),
    ],
)
def test_a_verb_inside_a_title_is_no_act(language: str, text: str) -> None:
    assert acts(text, language) == ["notes"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We do not recognize the authority of that court."),
        ("fr", "Nous ne demandons pas aux États de payer pour cela."),
        ("es", "No pedimos dinero a los gobiernos de la región."),
        ("ru", "Мы не поддерживаем насилие в отношении жертв."),
        ("ar", "ولا نعترف بالمحكمة التي أصدرت هذا الحكم."),
        ("zh", "我们不支持该提案中的任何内容。"),
    ],
)
def test_what_the_author_does_not_do_is_no_act(language: str, text: str) -> None:
    assert acts(text, language) in (["asserts"], ["condemns"])


@pytest.mark.parametrize(
    ("language", "text", "deadline"),
    [
        ("zh", "我们敦促各国在2030年之前采取行动。", "2030"),
        ("zh", "我们敦促各国至迟于2029年9月采取行动。", "2029-09"),
        ("en", "We urge States to act by the end of 2027 without delay.", "2027"),
        ("ar", "ونحث الدول على العمل في موعد أقصاه 30 حزيران/يونيه 2026 دون إبطاء.", "2026-06-30"),
        ("fr", "Nous prions les États d'agir d'ici à la fin de 2028 sans délai.", "2028"),
        ("ru", "Мы просим государства принять меры не позднее июня 2026 года.", "2026-06"),
        ("es", "Pedimos a los Estados que actúen a más tardar el 31 de marzo de 2027.", "2027-03-31"),
    ],
)
def test_a_time_limit_stands_before_or_behind_its_date(language: str, text: str, deadline: str) -> None:
    (found,) = read_file(text.encode(), language).provisions

    assert found.deadline is not None
    assert found.deadline.slug == deadline


def test_a_promise_not_to_is_a_promise() -> None:
    assert acts("We will not look away from the victims.", "en") == ["pledges"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Who will act? Thank you, Mr. President."),
        ("fr", "Faut-il attendre ? Je vous remercie, Monsieur le Président."),
        ("es", "¿Quién actuará? Muchas gracias, señor Presidente."),
        ("ar", "فهل نطلب من الضحية أن تجد طريقها وحدها؟"),
    ],
)
def test_questions_and_thanks_to_the_chair_are_no_acts(language: str, text: str) -> None:
    assert acts(text, language) == []


def test_a_resolution_speaks_in_the_third_person() -> None:
    text = (
        f"{RESOLUTION}Recalling its resolution 64/293, and stressing its importance,\n\n"
        "1. Urges States to act, and requests the Secretary-General to report;\n\n"
        "2. Also decides to remain seized of the matter."
    )

    assert acts(text, "en") == ["recalls", "stresses", "urges", "requests", "decides"]


def test_two_verbs_over_one_object_are_one_act_under_the_first() -> None:
    assert acts(RESOLUTION + "1. Condemns and deplores all acts of trafficking;", "en") == ["condemns"]


def test_items_without_a_verb_of_their_own_belong_to_the_head() -> None:
    found = read_file(
        (RESOLUTION + "1. Encourages Governments:\n\n(a) To train judges;\n\n(b) To collect data;").encode(), "en"
    ).provisions

    assert [provision.act.slug for provision in found] == ["encourages"]
    assert {link.slug for link in found[0].addressees} >= {"governments", "judiciary"}


def test_a_plain_sentence_is_a_finding_and_a_duty_of_others_names_them() -> None:
    (found,) = read_file(b"Courts should hear victims only once, and without delay.", "en").provisions

    assert (found.act.slug, [link.slug for link in found.addressees]) == ("asserts", ["judiciary"])


@pytest.mark.parametrize(
    "text", ["فلنواصل شحذ عزيمتنا، ونعمل بحزم من أجل حماية الأطفال.", "ونحن نستطيع أن نضع حدا لذلك، وعلينا أن نقوم به."]
)
def test_a_promise_that_goes_on_is_one_promise(text: str) -> None:
    assert acts(text, "ar") == ["pledges"]


def spoken(text: str, language: str) -> list[tuple[str, str]]:
    return [(p.act.slug, p.speaker.slug) for p in read_file(text.encode(), language).provisions]


REPORT = (
    "Report of the Working Group on Trafficking in Persons\n\n"
    "1. The Working Group recommended that States parties act. It also requested UNODC to assist them.\n\n"
    "2. Several speakers welcomed the report, and the representative of Ghana called upon donors to help.\n\n"
    "3. The Working Group decided to meet again.\n"
)
RELEASE = (
    "PRESS RELEASE\n\nGENEVA, 30 July 2026 – ICAT has warned of a new danger.\n\n"
    "“We urge all States to act without any further delay,” the agencies said.\n"
)


def test_in_a_report_each_act_is_told_of_whoever_performed_it() -> None:
    assert spoken(REPORT, "en") == [
        ("recommends", "working-group-tip"),
        ("requests", "working-group-tip"),
        ("welcomes", "group-of-states"),
        ("calls-on", "GHA"),
        ("decides", "working-group-tip"),
    ]


def test_whole_sentences_that_a_press_release_quotes_are_its_authors_words() -> None:
    assert ("urges", "icat") in spoken(RELEASE, "en")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # A verb goes on with the author's past a clause about others.
        ("en", RESOLUTION + "1. Urges States that have not done so to act, and requests UNODC to help;", 2),
        # A subject goes on over years and adverbs.
        ("ru", "Узбекистан призывает государства действовать, а начиная с 2027 года обязуется помогать.", 2),
        # An act that came before another.
        ("fr", "Nous, les ministres, après avoir rappelé la Convention, exhortons les États à agir.", 2),
        # What another should do is no act of the author.
        ("ar", "ونحث الدول على أن تدين الاتجار وأن تعتمد قوانين.", 1),
        # A common noun is the subject only where it opens the clause.
        ("zh", "我们欢迎这一进展，并呼吁各国领导人摒弃暴力。", 2),
        # Paragraphs numbered in words.
        ("es", "Los Ministros de Trabajo,\n\nACUERDAN:\n\nPRIMERO. Exhortar a los Estados a actuar sin demora.\n", 1),
    ],
)
def test_an_author_s_verbs_are_told_from_those_of_others(language: str, text: str, expected: int) -> None:
    assert len([act for act in acts(text, language) if act != "asserts"]) == expected


def test_the_organ_that_heads_a_resolution_speaks_in_it_not_the_state_it_is_about() -> None:
    text = "Resolution 90 (1951)\n\nThe Security Council\n\nResolves to remove the item on the Republic of Korea.\n"

    assert {p.speaker.slug for p in read_file(text.encode()).provisions} == {"security-council"}


@pytest.mark.parametrize(
    ("language", "head", "items", "expected"),
    [
        ("en", "We accordingly:", ["(a) Pledge to help;", "(b) Urge States to act."], ["pledges", "urges"]),
        (
            "en",
            "To this end, the Group:",
            ["a. Calls upon States to act;", "b. Thanks UNODC."],
            ["calls-on", "commends"],
        ),
        (
            "fr",
            "À cette fin, nous :",
            ["a) Exhortons les États à agir ;", "b) Saluons l'ONUDC."],
            ["urges", "welcomes"],
        ),
        (
            "es",
            "Por ello, el Grupo:",
            ["a) Exhorta a los Estados a actuar;", "b) Condena la trata."],
            ["calls-on", "condemns"],
        ),
        (
            "zh",
            "为此，我们：",
            ["(a) 敦促各国采取行动；", "(b) 欢迎毒品和犯罪问题办公室的努力。"],
            ["urges", "welcomes"],
        ),
    ],
)
def test_the_author_named_before_a_colon_does_what_the_items_say(
    language: str, head: str, items: list[str], expected: list[str]
) -> None:
    assert acts("\n\n".join([f"1. {head}", *items]), language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "fr",
            "Conseil de l'Union européenne\n\nConclusions\n\n1. Le Conseil CONDAMNE la traite et INVITE les États.",
        ),
        (
            "en",
            "Council of the European Union\n\nConclusions\n\n1. The Council CONDEMNS it and INVITES States to act.",
        ),
        ("zh", "非洲联盟和平与安全理事会的结论\n\n1. 理事会谴责贩运人口，邀请各国采取行动。"),
    ],
)
def test_an_organ_that_heads_its_text_calls_itself_by_its_noun(language: str, text: str) -> None:
    found = read_file(text.encode(), language).provisions

    assert [provision.act.slug for provision in found] == ["condemns", "invites"]
    assert {provision.speaker.slug for provision in found} <= {"european-union", "african-union"}


@pytest.mark.parametrize(
    ("language", "text", "slug"),
    [
        (
            "en",
            "STATEMENT BY NORWAY\nON BEHALF OF THE NORDIC-BALTIC COUNTRIES\n\nMr. Chair,\n\nWe thank UNODC.",
            "group-of-states",
        ),
        ("en", "STATEMENT BY NORWAY\n\nMr. Chair,\n\nWe thank UNODC.", "NOR"),
        # Whose letterhead it is, and not who is thanked.
        ("zh", "联合国难民事务高级专员办事处(难民署)\n\n主席女士：\n\n请允许我向孟加拉国表示谢意。", "unhcr"),
        # The ministers of an organization, whose lines stand one below the other; its symbol ends no sentence.
        (
            "ar",
            "الهيئة الحكومية الدولية المعنية بالتنمية (إيغاد)\nالاجتماع الوزاري المشترك\nجيبوتي، ١٧ سبتمبر ٢٠٢٦\n"
            "الوثيقة IGAD/MM/2026/DEC.2\n\nإعلان جيبوتي\n\nنحن، وزراء العمل في إثيوبيا وكينيا والصومال، نتعهد بالعمل.",
            "igad",
        ),
        # “The General Assembly” of another organization, a conference by its long name, a commission that met.
        (
            "es",
            "ORGANIZACIÓN DE LOS ESTADOS AMERICANOS\n\nASAMBLEA GENERAL\n\nResolución\n\nLA ASAMBLEA GENERAL,\n\n"
            "RECORDANDO la Convención de Belém do Pará,",
            "oas",
        ),
        (
            "es",
            "Resolución\n\nLa Conferencia de las Partes en la Convención de las Naciones Unidas contra la Delincuencia "
            "Organizada Transnacional,\n\nRecordando el Protocolo de Palermo,",
            "untoc-cop",
        ),
        (
            "en",
            "AFRICAN UNION\n\nResolution on begging\n\nThe African Commission on Human and Peoples' Rights, meeting at "
            "its 85th Ordinary Session:\n\nRecalling the Convention on the Rights of the Child;",
            "african-commission-on-human-and-peoples-rights",
        ),
        (
            "ru",
            "1. Мы, руководители организаций, входящих в Межучрежденческую координационную группу по борьбе с "
            "торговлей людьми, призываем государства действовать.",
            "icat",
        ),
    ],
)
def test_who_speaks_is_whom_the_heading_or_the_first_words_name(language: str, text: str, slug: str) -> None:
    assert [provision.speaker.slug for provision in read_file(text.encode(), language).provisions] == [slug]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El Consejo de Derechos Humanos,\n\nTeniendo en cuenta la Convención sobre los Derechos del Niño,"),
        ("fr", "Le Conseil des droits de l'homme,\n\nCompte tenu de la Convention relative aux droits de l'enfant,"),
        ("ru", "Совет по правам человека,\n\nучитывая Конвенцию о правах ребенка,"),
        ("en", "The Human Rights Council,\n\nTaking into account the Convention on the Rights of the Child,"),
    ],
)
def test_what_a_preamble_takes_into_account_it_recognizes(language: str, text: str) -> None:
    (found,) = read_file(text.encode(), language).provisions

    assert found.act.slug == "recognizes"
    assert [link.slug for link in found.cites] == ["crc"]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("We welcome the recent call by ICAT for action by 2025.", [("calls-on", "icat")]),
        ("We welcome the commitment of ASEAN to train the police.", [("pledges", "asean")]),
        ("We welcome the statement by ICAT on trafficking in children.", []),
    ],
)
def test_a_noun_tells_which_act_of_another_is_welcomed(text: str, reported: list[tuple[str, str]]) -> None:
    (found,) = read_file(text.encode(), "en").provisions

    assert [(each.act.slug, each.speaker.slug) for each in found.reports] == reported


def test_the_day_on_which_a_resolution_was_adopted_is_no_deadline() -> None:
    text = "The General Assembly,\n\nRecalling General Assembly resolution 2145 (XXI) of 27 October 1966,"

    assert [provision.deadline for provision in read_file(text.encode(), "en").provisions] == [None]


SPEECH = "Statement by Ghana\n\nMr. President,\n\n"
FRENCH_REPORT = (
    "Rapport du Groupe de travail sur la traite des personnes\n\n1. Le Groupe de travail a tenu sa réunion.\n\n"
    "2. Le Groupe de travail a pris note du rapport.\n\n3. Le Groupe de travail a salué les travaux.\n\n"
    "4. Le Groupe de travail a regretté le manque de fonds.\n\n5. "
)
PRESS = "PRESS RELEASE\n\nUN experts urge action\n\nGENEVA (3 May 2026) – UN experts today urged States to act.\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Le Groupe de travail a rappelé le Protocole, salué les progrès du Maroc et encouragé les médias à agir.",
            ["recalls", "welcomes", "encourages"],
        ),
        ("Le Groupe de travail a rappelé le Protocole de Palerme, adopté à Palerme en 2000.", ["recalls"]),
        ("Le Groupe de travail a rappelé le plan, approuvé à l'unanimité par la Conférence.", ["recalls"]),
    ],
)
def test_a_french_report_says_the_auxiliary_once(text: str, expected: list[str]) -> None:
    assert acts(FRENCH_REPORT + text, "fr")[4:] == expected


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "Our country has three priorities:\n\nFirst, better laws for all victims;\n\nSecond, more shelters.\n\n"
            "Finally, the Government adopted its national plan in 2024.",
            [
                "Our country has three priorities:\n\nFirst, better laws for all victims;\n\nSecond, more shelters.",
                "Finally, the Government adopted its national plan in 2024.",
            ],
        ),
        (
            "We thank UNODC.\n\nWe accordingly:\n\nFirst, better laws for all victims;",
            ["We thank UNODC.", "First, better laws for all victims;"],
        ),
    ],
)
def test_items_told_off_by_ordinals_belong_to_the_colon_before_them(text: str, quotes: list[str]) -> None:
    found = read_file((SPEECH + text).encode(), "en")

    assert [found.quote((provision.start, provision.end)) for provision in found.provisions] == quotes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. With regard to peacekeeping:\n\n(a) Urges States to train troops;\n\n(b) Requests a report;", 2),
        ("1. Member States should:\n\n(a) Encourage businesses to report;\n\n(b) Call upon donors to help;", 1),
    ],
)
def test_what_items_are_about_is_no_statement_and_whose_they_are_is_one(text: str, expected: int) -> None:
    assert len(acts(RESOLUTION + text, "en")) == expected


def test_a_press_release_quotes_its_authors_and_others() -> None:
    text = PRESS + (
        "“We reject the notion that debt is a private matter,” the experts said, “and we urge banks to act.”\n\n"
        "The Government replied: “We reject these allegations and regret the report that was issued.”"
    )
    found = read_file(text.encode(), "en").provisions

    assert [provision.act.slug for provision in found] == ["urges", "condemns", "urges"]
    assert {provision.speaker.slug for provision in found} == {"special-rapporteurs"}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        (
            "Draft resolution\n\nAlbania, Ghana and Togo: draft resolution on the trafficking of children at sea\n\n"
            "The Human Rights Council,\n\nUrges States to act;",
            "human-rights-council",
        ),
        (SPEECH + "I thank you on behalf of Togo, Benin and Mali, which I visited.", "GHA"),
        (
            "Statement by Ghana on behalf of Togo, Benin, Mali and Ghana\n\nMr. President,\n\nWe urge States to act.",
            "group-of-states",
        ),
    ],
)
def test_who_speaks_for_many_and_who_only_names_them(text: str, slug: str) -> None:
    assert {provision.speaker.slug for provision in read_file(text.encode(), "en").provisions} == {slug}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سنحظر تقاضي الرسوم، وسنلزم مكاتب الاستقدام بإيداع ضمانة.", ["pledges", "pledges"]),
        ("ارتفع العدد في سنوات قليلة في سنغافورة وسنديان لبنان رمز.", ["asserts"]),
    ],
)
def test_an_arabic_future_says_we_and_years_do_not(text: str, expected: list[str]) -> None:
    assert acts(f"بيان غانا\n\nالسيد الرئيس،\n\n{text}", "ar") == expected


def test_a_spanish_preterite_is_told_by_its_accent() -> None:
    report = (
        "Informe del Grupo de Trabajo sobre la Trata de Personas\n\n1. El Grupo de Trabajo tomó nota del informe.\n\n"
    )
    text = report + (
        "2. El Grupo de Trabajo acogió con beneplácito la labor.\n\n"
        "3. El Grupo de Trabajo lamentó la falta de fondos.\n\n"
        "4. El Grupo de Trabajo instó a los Estados a actuar, y les recomendó que establecieran un régimen de tutela."
    )
    assert acts(text, "es")[3:] == ["urges", "recommends"]


def test_the_paragraph_of_a_document_is_cited_and_that_of_a_committee_is_not() -> None:
    text = SPEECH + (
        "We recall paragraph 47 of document A/HRC/62/39.\n\n"
        "We note that in paragraph 5 the Committee took note of document A/HRC/62/40."
    )
    cited = [[link.slug for link in provision.cites] for provision in read_file(text.encode(), "en").provisions]

    assert cited == [["a-hrc-62-39#47"], ["a-hrc-62-40"]]


def test_a_masthead_has_rules_behind_which_no_notes_stand() -> None:
    rule = "_" * 40
    text = f"United Nations\n{rule}\nGeneral Assembly\n{rule}\n\n{SPEECH}We urge all States to act."

    assert acts(text, "en") == ["urges"]


RECORD = {
    "en": (
        "United Nations\n\nA/C.3/81/SR.19\n\nThird Committee\n\nSummary record of the 19th meeting\n\n"
        "This record is subject to correction.\n\n"
        "1. Ms. Reyes (Philippines) said that her Government condemned such camps "
        "and called on States to close them.\n\n"
        "2. She thanked UNODC. By 2027 her country would open a second centre.\n\n"
        "3. Mr. Lim (Malaysia), speaking on behalf of the Association of Southeast Asian Nations, "
        "welcomed the report.\n\n"
        "4. Mr. Ahmed (Egypt) supported the statement made on behalf of the Group of 77 and China.\n\n"
        "5. The Committee decided to defer its decision.\n"
    ),
    "es": (
        "Naciones Unidas\n\nA/C.3/80/SR.19\n\nTercera Comisión\n\nActa resumida de la 19ª sesión\n\n"
        "1. La Sra. Reyes (Filipinas) dice que su delegación condena esos campamentos. "
        "Pide a los Estados que los cierren.\n\n"
        "2. La oradora agradece a la UNODC su ayuda.\n\n"
        "3. El Sr. Lim (Malasia) subraya que la indemnización es un derecho y anuncia que su país abrirá un centro.\n"
    ),
    "zh": (
        "联合国\n\nA/C.3/80/SR.19\n\n第三委员会\n\n第19次会议简要记录\n\n"
        "1. 雷耶斯女士（菲律宾）谴责雇主扣押护照的做法，感谢毒品和犯罪问题办公室的协助，并呼吁各国采取行动。\n\n"
        "2. 她宣布，该国将于2027年设立专项基金。\n\n"
        "3. 林先生（马来西亚）强调补偿是一项权利。\n\n4. 阿里先生（埃及）欢迎该报告。\n"
    ),
}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                ("condemns", "PHL"),
                ("calls-on", "PHL"),
                ("commends", "PHL"),
                ("pledges", "PHL"),
                ("welcomes", "asean"),
                ("supports", "EGY"),
                ("decides", "third-committee"),
            ],
        ),
        (
            "es",
            [
                ("condemns", "PHL"),
                ("requests", "PHL"),
                ("commends", "PHL"),
                ("stresses", "MYS"),
                ("pledges", "MYS"),
            ],
        ),
        (
            "zh",
            [
                ("condemns", "PHL"),
                ("commends", "PHL"),
                ("calls-on", "PHL"),
                ("pledges", "PHL"),
                ("stresses", "MYS"),
                ("welcomes", "EGY"),
            ],
        ),
    ],
)
def test_who_takes_the_floor_in_a_record_speaks_until_the_next_one(
    language: str, expected: list[tuple[str, str]]
) -> None:
    assert spoken(RECORD[language], language) == expected


def test_in_an_arabic_report_a_delegate_stands_behind_the_verb() -> None:
    text = (
        "تقرير الفريق العامل المعني بالاتجار بالأشخاص\n\nCTOC/COP/WG.4/2026/6\n\n"
        "1- أوصى الفريق العامل المعني بالاتجار بالأشخاص الدول بالعمل. "
        "وقرر الفريق العامل أن يجتمع ثانية. وطلب الفريق العامل مزيدا من البيانات.\n\n"
        "2- وأعرب عدد من الوفود عن القلق، ولاحظت ممثلة سنغافورة أن الإعلان الواحد يُترجم إلى عشرين لغة.\n\n"
        "3- وشكرت ممثلة الفلبين تايلند، وحثّت المدعين العامين على الامتناع عن الملاحقة.\n"
    )
    told = spoken(text, "ar")

    assert ("expresses-concern", "group-of-states") in told
    assert ("notes", "SGP") in told
    assert ("urges", "PHL") in told


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # The noun says by itself what is done, where it opens a sentence.
        ("es", "Los Ministros de Trabajo\n\nDECLARAN:\n\n1. Su firme compromiso de actuar sin demora.", "pledges"),
        # A proposal, and no invitation.
        ("ru", "Мы предлагаем продлить срок представления докладов.", "recommends"),
        # A passive behind a clause about who is asked.
        ("en", "States which have not yet become parties to the Convention are called upon to do so.", "calls-on"),
        # No negation.
        ("fr", "Nous n'en savons pas moins gré au Fonds d'avoir tenu bon.", "commends"),
        # For whom somebody acts stands between.
        ("fr", "J'ai l'honneur, au nom des États, de vous faire tenir ci-joint la déclaration.", "transmits"),
        # Who “we” are stands between.
        ("en", "Today we, a group of coastal States, renew our determination to end forced labour.", "pledges"),
    ],
)
def test_what_stands_between_or_before_does_not_hide_an_act(language: str, text: str, expected: str) -> None:
    assert expected in acts(text, language)


FLOOR = (
    "Summary record of the 4th meeting of the General Assembly\n\n"
    "Mr. Musa (Nigeria) urged States to act.\n\nMs. Lind (Sweden) thanked UNODC.\n\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Those who are told of do not take the floor.
        (
            "Ms. Reyes (Philippines) urged States to act. Victims needed help. She called on States to ratify it.",
            [("urges", "PHL"), ("asserts", "PHL"), ("calls-on", "PHL")],
        ),
        # Only who stands in the parentheses is meant.
        ("Mr. Novak (Shelter Alliance) urged Ghana to fund shelters.", [("urges", "civil-society")]),
        ("Mr. Kim (Country Rapporteur) asked Ghana to act.", [("requests", "general-assembly")]),
        # What the meeting did, and somebody of whom it is not said for whom they speak.
        (
            "Mr. Ito (Japan) urged States to act.\n\nDraft resolution A/C.3/80/L.5 was adopted.",
            [("urges", "JPN"), ("asserts", "general-assembly")],
        ),
        # Nobody's promise, and somebody else's.
        (
            "Ms. Reyes (Philippines) praised Ghana. It would take years. They would promise jobs.",
            [("asserts", "PHL"), ("asserts", "PHL"), ("asserts", "PHL")],
        ),
        (
            "Mr. Haddad (Lebanon) regretted that Israel had announced that it would close.",
            [("expresses-concern", "LBN")],
        ),
        # Whoever speaks, called by what they are, or by name.
        (
            "Ms. Reyes (Philippines) urged States to act. The representative called on States to ratify it. Ms. Reyes "
            "condemned the trade.",
            [("urges", "PHL"), ("calls-on", "PHL"), ("condemns", "PHL")],
        ),
        (
            "Mr. Bah (Guinea), speaking on behalf of the Group of African States, urged States to act. The Group "
            "condemned the trade.",
            [("urges", "african-group"), ("condemns", "african-group")],
        ),
        (
            "Mr. Holm (Denmark) said, speaking on behalf of the European Union, that the Union condemned the trade.",
            [("condemns", "european-union")],
        ),
        # What they go on to say of themselves.
        (
            "Ms. Reyes (Philippines) said that she condemned the trade and that she supported the Protocol.",
            [("condemns", "PHL"), ("supports", "PHL")],
        ),
        # For several States.
        (
            "Mr. Berg (Sweden), speaking also on behalf of Finland and Norway, welcomed the report.",
            [("welcomes", "group-of-states")],
        ),
    ],
)
def test_the_floor_is_held_by_whom_the_record_names_and_no_longer(text: str, expected: list[tuple[str, str]]) -> None:
    told = spoken(FLOOR + text, "en")[2:]

    assert [(act if act != "commends" else "asserts", who) for act, who in told] == expected


def test_persons_with_parentheses_make_no_record() -> None:
    text = (
        "UNODC report on trafficking\n\nUNODC urges States to act.\n\nMr. Kofi (not his real name) was sold "
        "by traffickers from Ghana.\n\nMs. Ana (not her real name) was sold in Mali.\n\n"
        "We recommend that States train judges."
    )

    assert {who for _, who in spoken(text, "en")} == {"unodc"}


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("es", "Informe sobre el Perú\n\nSu compromiso de capacitar a los jueces sigue sin cumplirse.", "pledges"),
        ("fr", "Nous ne soutenons pas moins de mesures, mais davantage.", "supports"),
        ("ru", "Мы предлагаем область для сотрудничества.", "recommends"),
    ],
)
def test_what_looks_like_an_idiom_is_none(language: str, text: str, act: str) -> None:
    assert act not in acts(text, language)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "OPEN LETTER\n\nTo the Special Rapporteur on trafficking in persons\n\n"
            "We, 40 organizations, ask the Special Rapporteur to visit Ghana.",
            "civil-society",
        ),
        ("Statement by Ghana in reply to an open letter\n\nMr. President,\n\nWe will host a centre by 2027.", "GHA"),
        (
            "CEDAW/C/GHA/CO/8\n\nConcluding observations on the eighth periodic report of Ghana\n\n"
            "1. The Committee urges the State party to act.",
            "cedaw-committee",
        ),
    ],
)
def test_who_writes_is_told_by_the_kind_of_document(text: str, speaker: str) -> None:
    (found,) = read_file(text.encode(), "en").provisions

    assert found.speaker.slug == speaker
    assert speaker != "cedaw-committee" or [link.slug for link in found.addressees] == ["GHA"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # An imperative of the first person, and a noun that looks like one.
        ("fr", "Déclaration d'Haïti\n\nMonsieur le Président,\n\nN'oublions jamais ces enfants.", ["pledges"]),
        ("fr", "Déclaration d'Haïti\n\nMonsieur le Président,\n\nActions et paroles se valent ici.", ["asserts"]),
        ("fr", "Déclaration d'Haïti\n\nMonsieur le Président,\n\nGarçons et filles sont vendus ici.", ["asserts"]),
        # A future behind what is fronted.
        ("es", "Declaración\n\nDe su cumplimiento rendiremos cuentas en la Cumbre de 2029.", ["pledges"]),
        ("ru", "Декларация\n\nОсобое внимание будем уделять женщинам.", ["pledges"]),
        ("ar", "إعلان\n\nولن نمنح رخصة شراء واحدة لمن لا يفصح عن مصدر ذهبه.", ["pledges"]),
        ("ar", "بيان جيبوتي\n\nالسيد الرئيس،\n\nكما ستلحق حكومة بلدي بكل مخفر مترجمين.", ["pledges"]),
        ("ar", "بيان جيبوتي\n\nالسيد الرئيس،\n\nسياسة بلدي واضحة ولا تتغير.", ["asserts"]),
        # A number with the mark of a note, which ends a sentence.
        (
            "en",
            "The General Assembly,\n\nRecalling its resolution 64/293,1\n\n1. Urges States to act;2",
            ["recalls", "urges"],
        ),
        # What is decided has no act of its own.
        (
            "en",
            "The General Assembly,\n\nHas decided as follows:\n\nThe year 2028 shall be the Year of Survivors.",
            ["decides", "asserts"],
        ),
        ("en", "Statement by ICAT\n\nICAT has trained 300 judges since the start of the year;", ["asserts"]),
        # What only looks like an obligation.
        ("es", "Declaración\n\nNo podemos sino deplorar tantas muertes.", ["expresses-concern"]),
        # The time by which, in Chinese, ends no clause.
        ("zh", "宣言\n\n我们承诺在2029年6月30日之前，将强迫婚姻作为罪名列入国内法。", ["pledges"]),
        # What ends a preamble.
        (
            "en",
            "Declaration\n\nRecalling the Protocol,\n\nHave agreed as follows:\n\n1. We urge States to act.",
            ["recalls", "urges"],
        ),
    ],
)
def test_what_an_author_will_do_and_what_only_looks_so(language: str, text: str, expected: list[str]) -> None:
    assert acts(text, language) == expected


def test_who_is_asked_in_the_dative_does_not_ask() -> None:
    text = (
        "Пресс-релиз\n\nЖенева, 9 июня 2026 года\n\nЭксперты ООН призвали государства действовать, а судам "
        "рекомендовали взыскать долг."
    )

    assert {p.speaker.slug for p in read_file(text.encode(), "ru").provisions} == {"special-rapporteurs"}


def test_who_stands_before_will_is_asked_only_where_it_is_who_will() -> None:
    text = "Statement by Ghana\n\nMr. President,\n\nThanks to IOM, we shall act. For judges, we will open a school."

    assert [link.slug for p in read_file(text.encode(), "en").provisions for link in p.addressees] == []


def test_every_item_of_a_decision_in_infinitives_is_a_provision() -> None:
    text = (
        "A/RES/79/1\n\nLa Asamblea General,\n\n1. Decide:\n\na) Solicitar a la UNODC que preste asistencia;\n\n"
        "b) Invitar a los Estados Miembros a que aporten fondos;\n\nc) Exhortar a los Estados Miembros a que actúen.\n"
    )

    assert acts(text, "es") == ["requests", "invites", "calls-on"]


def test_the_last_that_is_said_is_the_one_that_counts() -> None:
    text = FLOOR + "Ms. Reyes (Philippines) said that crime was grave and added that she welcomed the report."

    assert spoken(text, "en")[2:] == [("welcomes", "PHL")]


def test_a_row_goes_on_over_as_well_as() -> None:
    text = "Instamos a los Estados Miembros así como a las organizaciones internacionales a prevenir la trata."
    (found,) = read_file(text.encode(), "es").provisions

    assert [link.slug for link in found.addressees] == ["member-states", "international-organizations"]
