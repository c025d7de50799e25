"""The words of the reference pages that are not in the ontology itself: one table, in English and in Arabic."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # the page
    "skip": ("Skip to the content", "انتقل إلى المحتوى"),
    "other": ("العربية", "English"),
    "contents": ("Contents", "المحتويات"),
    "about": ("About this ontology", "عن هذه الأنطولوجيا"),
    "drawing": ("The heart of it in one drawing", "لبّ الأنطولوجيا في رسم واحد"),
    "drawing-of": ("Classes of the ontology and how they are linked", "فئات الأنطولوجيا والصلات بينها"),
    "drawing-scroll": ("The drawing; it scrolls sideways", "الرسم، ويمكن تمريره جانبا"),
    "drawing-text": ("The drawing in words", "الرسم في كلمات"),
    "classes": ("Classes", "الفئات"),
    "object": ("Properties that link things", "خصائص تربط الأشياء"),
    "datatype": ("Properties that give values", "خصائص تعطي قيما"),
    "vocabularies": ("Vocabularies", "المفردات"),
    "shapes": ("Shapes", "القيود"),
    "shapes-intro": (
        "What data must carry, in words. An engine that finds a fault prints the message, which is in English.",
        "ما يجب أن تتضمنه البيانات، موصوفا بالكلمات. ويطبع محرّك التحقق عند الخطأ رسالة بالإنجليزية.",
    ),
    "examples": ("Examples", "أمثلة"),
    "examples-intro": (
        "One thing of each kind, in Turtle. Everything in the examples is invented.",
        "شيء واحد من كل نوع بصيغة Turtle. وكل ما في الأمثلة متخيَّل.",
    ),
    "changes": ("Changes and deprecation", "التغييرات والإهمال"),
    "policy": (
        "No term is ever removed or given another meaning. A term that should no longer be used stays, is marked "
        "owl:deprecated, and names what replaces it by dcterms:isReplacedBy. Each version keeps its own address.",
        "لا يُحذف أي مصطلح ولا يُعطى معنى آخر. والمصطلح الذي لم يعد يُستعمل يبقى موسوما بـ owl:deprecated "
        "ويذكر بديله بـ dcterms:isReplacedBy. ويبقى لكل إصدار عنوانه.",
    ),
    "brings": ("Version {} of {} brings {} terms.", "الإصدار {} بتاريخ {} يضيف {} من المصطلحات."),
    # the head
    "iri": ("Address", "العنوان"),
    "version": ("Version", "الإصدار"),
    "version-iri": ("This version", "عنوان هذا الإصدار"),
    "prior": ("Version before", "الإصدار السابق"),
    "issued": ("Issued", "تاريخ الصدور"),
    "modified": ("Last changed", "آخر تعديل"),
    "prefix": ("Prefix", "البادئة"),
    "licence": ("Licence", "الرخصة"),
    "download-ontology": ("The ontology", "الأنطولوجيا"),
    "download-shapes": ("The shapes", "القيود"),
    # a term
    "is-a": ("Is a kind of", "نوع من"),
    "kinds": ("Kinds of it", "أنواعه"),
    "is": ("Is the same as", "يساوي"),
    "whose": ("whatever has {} with the value {}", "كل ما له {} بقيمة {}"),
    "apart": ("Never at once", "لا تجتمع مع"),
    "domain": ("Of", "لـ"),
    "range": ("Leads to", "يؤدي إلى"),
    "values": ("Gives", "قيمته"),
    "implies": ("Implies", "يستلزم"),
    "implied": ("Follows from", "ينتج عن"),
    "chain": ("Follows along the path", "ينتج عن المسار"),
    "then": (", then ", "، ثم "),
    "properties": ("Its properties", "خصائصه"),
    "uses": ("Led to by", "تؤدي إليه"),
    "checked": ("Checked by", "يتحقق منه"),
    "related": ("Elsewhere", "في مفردات أخرى"),
    "example": ("For example", "مثال"),
    "example-turtle": ("In Turtle", "بصيغة Turtle"),
    "see-example": ("an example", "مثال"),
    "note": ("Note", "ملاحظة"),
    "history": ("History", "تاريخه"),
    "since": ("since {}", "منذ {}"),
    "deprecated": ("Deprecated", "مهمَل"),
    "instead": ("use {} instead", "استعمل {} بدلا منه"),
    # a vocabulary
    "broader": ("Under", "تحت"),
    "strength": ("Strength", "الشدّة"),
    "elsewhere": ("Same or close", "مطابق أو قريب"),
    "languages": ("In other languages", "بلغات أخرى"),
    "concepts": ("{} concepts", "عدد المفاهيم: {}"),
    # a shape
    "target": ("Looks at", "يشمل"),
    "target-none": ("used by other shapes", "تستعمله قيود أخرى"),
    "demand": ("Demands", "يشترط"),
    "why": ("Why", "السبب"),
    "severity": ("Severity", "الخطورة"),
    "Violation": ("violation", "مخالفة"),
    "Warning": ("warning", "تحذير"),
    "Info": ("note", "تنبيه"),
    "message": ("Message", "الرسالة"),
    "exactly": ("exactly {}", "{} بالضبط"),
    "least": ("at least {}", "{} على الأقل"),
    "most": ("at most {}", "{} على الأكثر"),
    "between": ("from {} to {}", "من {} إلى {}"),
    "any": ("any number, or none", "أي عدد، أو لا شيء"),
    "class": ("each is of the class {}", "كل منها من فئة {}"),
    "is-class": ("is of the class {}", "هو من فئة {}"),
    "datatype-of": ("each is a value of type {}", "كل منها قيمة من نوع {}"),
    "literal": ("each is a value", "كل منها قيمة"),
    "iri-node": ("each is an address (IRI)", "كل منها عنوان (IRI)"),
    "in": ("each is one of {}", "كل منها واحد من {}"),
    "pattern": ("each fits {}", "كل منها يوافق {}"),
    "length": ("at least {} characters long", "طوله {} من المحارف على الأقل"),
    "min": ("not less than {}", "لا يقل عن {}"),
    "max": ("not more than {}", "لا يزيد على {}"),
    "less": ("less than {}", "أقل من {}"),
    "disjoint": ("never also a value of {}", "لا يكون أيضا قيمة لـ {}"),
    "in-languages": ("in the languages {}", "باللغات {}"),
    "unique": ("no two in one language", "لا اثنان بلغة واحدة"),
    "has": ("one of them is {}", "أحدها {}"),
    "or": ("each is either {}", "كل منها إما {}"),
    "either": (" or ", " أو "),
    "qualified": ("{} that is {}", "{} من {}"),
    "query": ("this query finds nothing: {}", "لا يجد هذا الاستعلام شيئا: {}"),
    "inverse": ("{} of another", "{} من غيره"),
    "path": ("Path", "المسار"),
}
"""A key with its English and its Arabic; `{}` stands for what the page puts in."""


def say(key: str, language: str) -> str:
    """Return the words for a key in `en` or `ar`.

    >>> say("classes", "en"), say("classes", "ar")
    ('Classes', 'الفئات')
    """
    return WORDS[key][language == "ar"]
