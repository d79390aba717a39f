"""What the five documents say, read by hand and by a script that knows nothing of mingbai.

The hashes are SHA-256 over the lists of the received texts, a line a row, tabs between the columns; the received texts
are no part of the repository. Nothing here was taken from a built site.
"""

# Annex of 晋教助学〔2020〕7号: city and county, as printed but for the inner spaces of 应 县, 临 县 and 沁 县.
PILOTS = [
    ("太原市", "清徐县"),
    ("大同市", "灵丘县"), ("大同市", "浑源县"), ("大同市", "天镇县"),
    ("朔州市", "朔城区"), ("朔州市", "山阴县"), ("朔州市", "应县"), ("朔州市", "右玉县"), ("朔州市", "怀仁市"),
    ("忻州市", "忻府区"), ("忻州市", "原平市"), ("忻州市", "五台县"),
    ("阳泉市", "平定县"),
    ("吕梁市", "文水县"), ("吕梁市", "汾阳市"), ("吕梁市", "孝义市"), ("吕梁市", "柳林县"), ("吕梁市", "临县"),
    ("晋中市", "平遥县"), ("晋中市", "昔阳县"),
    ("长治市", "沁县"),
    ("晋城市", "高平市"),
    ("临汾市", "尧都区"), ("临汾市", "翼城县"), ("临汾市", "襄汾县"), ("临汾市", "洪洞县"), ("临汾市", "乡宁县"),
    ("临汾市", "永和县"),
    ("运城市", "芮城县"), ("运城市", "新绛县"),
]
PILOTS_PRINTED = "77bec40caad589dd121712afe52a59dcfd7d0b6816a2ba0a9f301017a8e063a2"
PILOTS_CORRECTED = "537a70a69de2e7dbfe6c53dc1535d48f7e46c28786ff84dae561745280a2aba5"

# Annex of 教资助函〔2019〕192号: grade, heading, unit.
UNITS_PRINTED = "64f707eaace6b1765f68f6ea4c76735e164f5eb35ca7224390eab392d9ab6f5b"
UNITS_CORRECTED = "c5bb2f7e5da22c54614f20f1efa0e41eaf80657f3f91b5102ffefc8ed1755c61"
GRADES = {"优秀": 122, "良好": 41, "合格": 5}
# 154 counties, 8 development zones that the list names, 6 centres of cities.
KINDS = {"县级行政区": 154, "开发区": 8, "市级中心": 6}

# What stands in the lists, and what is right.
NAMES_CORRECTED = {
    "pilots/shanxi-2020-remote": {"应 县": "应县", "临 县": "临县", "沁 县": "沁县"},
    "assessments/henan-2018": {"郟县": "郏县", "临颖县": "临颍县"},
}

# Codes of GB/T 2260, known by heart or from the standard.
CODES = {
    "郏县": "410425", "临颍县": "411122", "偃师市": "410381", "长垣县": "410728", "兰考县": "410225",
    "济源市": "419001", "右玉县": "140623", "清徐县": "140121",
}

# 偃师市 and 孟津县 became districts in 2021, 长垣县 a city and 淮阳县 a district in 2019.
NAMES_OF_TODAY = {"偃师市": "偃师区", "孟津县": "孟津区", "长垣县": "长垣市", "淮阳县": "淮阳区"}

# Number stated, number counted.
STATED = {
    "试点县（市、区）": ("30", "30"),
    "考核优秀单位": ("122", "122"),
    "考核良好单位": ("41", "41"),
    "考核合格单位": ("5", "5"),
    "县级资助中心": ("168", "168"),
    "未列入行政区划的开发区": ("9", "8"),
    "代办所辖区业务的市级学生资助管理中心": ("6", "6"),
    "优秀率": ("72.62%", "72.62%"),
}

# Twelve duties with a day or a month: notice, date, sense, (month, day) of every year, a piece of the text.
DEADLINES = [
    ("shanxi-2020-renewal", "2020-07-18", "准确日期", None, "7月18日前，各市学生资助管理机构汇总"),
    ("shanxi-2020-renewal", "2020-07-22", "准确日期", None, "7月22日前，各县级学生资助管理机构完成"),
    ("shanxi-2020-renewal", "2020-07-22", "准确日期", None, "7月22日前，各高校查验"),
    ("shanxi-2020-renewal", "2020-07-22", "准确日期", None, "2020年合并、新设高校7月22日前"),
    ("shanxi-2020-renewal", "2020-07-22", "准确日期", None, "核查和整改工作全部于7月22日前完成"),
    ("shanxi-2020-renewal", "2020-07-22", "准确日期", None, "7月22日前，各高校、各研究生培养单位在"),
    ("shanxi-2020-renewal", "2020-07-23", "准确日期", None, "各地于7月23日前完成"),
    ("shanxi-2020-renewal", "2020-07-27", "准确日期", None, "务必于7月27日前全面启动"),
    ("shanxi-2020-renewal", "2020-09-25", "不早于", None, "截止时间不得早于9月25日"),
    ("national-2023-guide", None, "准确日期", (1, 31), "要于每年1月31日前"),
    ("hunan-2017-rescue", None, "准确日期", (11, None), "每年的11月"),
    ("hunan-2017-rescue", None, "准确日期", (11, 20), "计息结点为当年11月20日"),
]
# With the two windows of 右玉县 these are the fourteen dated facts of the five documents.
YOUYU_WINDOWS = [
    ("贷款受理", "2023-07-17", "2023-09-25", "2023年7月17日--9月25日"),
    ("合同变更", "2023-07-17", "2023-09-25", "2023年7月17日--9月25日"),
]
# Words without a year, kept as printed.
AS_PRINTED = ("henan-2018-assessment", "6月底", "6月底之前，提醒毕业学生办理毕业确认")
# 务必于7月27日前全面启动; 不得早于9月25日: neither is a day on which something opens or closes.
SHANXI_WINDOW = ("2020-07-27", "不晚于", "2020-09-25", "不早于")

# 每天60名（上午30名、下午30名）, twice.
QUOTAS = [(60, 30, 30), (60, 30, 30)]

# Number, day of issue, publicity; None where the text gives none.
DOCUMENTS = {
    "shanxi-2020-renewal": ("晋教助学〔2020〕7号", "2020-07-15", "依申请公开"),
    "youyu-2023-plan": (None, None, None),
    "national-2023-guide": (None, None, None),
    "hunan-2017-rescue": (None, "2017-08-24", None),
    "henan-2018-assessment": ("教资助函〔2019〕192号", None, "主动公开"),
}

# Length and hash of each official text without white space, and without what is printed from fields, what was left
# out, and the colon behind 附件.
TEXTS = {
    "shanxi-2020-renewal": (3637, "2d8f7f86feb4994c24117a70b6e6bb9728e74f5e264ff4ec1c360cc94a466e4a"),
    "youyu-2023-plan": (2430, "a6dcc8d9707e81a5f26c03f8a36ec9ab6f8c8dffb30cde73d197561a53acc8f3"),
    "national-2023-guide": (3877, "7920693a2d61513a34165a672f54997f9f947fb02ad3984db96bd464d6223c02"),
    "hunan-2017-rescue": (5360, "ef03d9519dda50e61447fba93019c7d1523226e776f83c2fd48b599c11f52e4c"),
    "henan-2018-assessment": (2865, "59db535c1c4145acf54c5547451dabd21588feb05dae312824a5e066191ceffb"),
}
