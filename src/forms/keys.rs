//! The table of keys: each key has an English name and a Chinese alias, and both are accepted everywhere.
//!
//! The decoder, the schemas for editors and the handbook for counties use this table. It does not say where a key may
//! appear; shapes do.

/// A key: its name in both languages and its meaning.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    pub english: &'static str,
    pub chinese: &'static str,
    /// What its value says, in Chinese and in English.
    pub about: (&'static str, &'static str),
}

const fn key(
    english: &'static str,
    chinese: &'static str,
    zh: &'static str,
    en: &'static str,
) -> Key {
    Key {
        english,
        chinese,
        about: (zh, en),
    }
}

/// All keys. No two entries share a name or an alias, so that a key means the same in every file.
#[rustfmt::skip]
pub const KEYS: &[Key] = &[
    // documents of every kind
    key("title", "标题", "这份安排叫什么", "name of the document, schedule, list or self-check"),
    key("year", "年度", "安排的是哪一年", "year that it covers"),
    key("region", "地区", "适用的地方：全国、省、市或县", "where it applies: 全国, a province, a prefecture or a county"),
    key("topics", "主题", "讲了哪些事，从主题表里选", "what it is about; names from the list of topics"),
    key("summary", "要点", "用平常话写的几句", "a few sentences in everyday words"),
    key("source", "依据文件", "在安排、名单、考核、自查里：依据的那个原文文件的编号；在通知里：文字从哪里来；在参数的取值里：本站没有的那份文件叫什么", "in schedules, lists, results and self-checks: id of the document they are based on; in a document: where its text comes from; in a value of a parameter: name of a document that is not on this site"),
    key("checked", "核对", "哪天、谁核对过", "who compared it with the official text, and when"),
    key("formerly", "曾用网址", "这一页以前的网址", "former addresses of this page"),
    key("corrections", "更正", "本站登错过的话：原来写什么，应当是什么，哪天改的，为什么；在名单和考核里也写原文印错的县名", "what this site published wrongly: what it said, what is right, since when and why; in lists and assessments also county names that the official text misprints"),
    key("description", "简介", "一句话介绍这一页", "one sentence about the page"),
    key("lang", "语言", "文字是“中文”（zh-Hans）还是“English”（en）：在网页（content/pages）里是那一页的；在自查里是问题和自查页的，不写就是中文", "language, 中文 (zh-Hans) or English (en): of a page of content/pages; in a self-check, of its questions and pages, Chinese if not written"),
    // notices
    key("number", "文号", "发文字号；没有写“未载明”", "document number; 未载明 if the text gives none"),
    key("kind", "文种", "通知、工作方案、工作指引、操作细则、通报等", "kind of document: 通知, 工作方案, 工作指引, 操作细则, 通报, 办法, 意见 or 公告"),
    key("issuers", "发文机关", "谁发的文", "offices that issued it"),
    key("letterhead", "发文机关标志", "红头上的字，比发文机关多时才写", "text of the letterhead, if it says more than the issuers"),
    key("as_printed", "照录", "版头、主送、落款、版记里的字，一行一行照抄；文号、日期、机关和它核对", "lines copied from masthead, addressees, signature and imprint; number, dates and offices are compared with them"),
    key("addressees", "主送", "主送哪里", "who it is addressed to"),
    key("copies", "抄送", "抄送哪里", "who gets a copy"),
    key("issued", "成文日期", "落款的日期；没有写“未载明”", "date at the end of the text; 未载明 if there is none"),
    key("printed_on", "印发日期", "印发的日期", "date of printing"),
    key("published", "发布日期", "发文机关把它公布出来的日期，知道才写", "day on which the issuing office made it public, if known"),
    key("in_force", "施行日期", "从哪天起施行", "first day on which it is in force"),
    key("expires", "失效日期", "最后有效的一天", "last day on which it is in force"),
    key("repealed", "废止", "被哪份文件废止，从哪天起", "which document repealed it, and since when"),
    key("replaced", "被代替", "被哪份文件代替，从哪天起", "which document replaced it, and since when"),
    key("since", "起", "从哪天起不再有效", "first day on which it is no longer in force"),
    key("withdrawn", "撤下", "本站不再登这份文件：哪天、谁决定、为什么", "this site no longer publishes it: when, who decided, and why"),
    key("whose", "谁的错", "是原文印错的，还是本站登错的：原文、本站", "whose mistake it was: 原文 (of the official text) or 本站 (of this site)"),
    key("publicity", "公开方式", "主动公开、依申请公开、不予公开或未载明", "how it may be disclosed: 主动公开, 依申请公开, 不予公开 or 未载明"),
    key("release", "公开决定", "依申请公开的文件，谁、何时、凭什么决定上网", "for a document disclosed on request: who decided to publish it, when, and on what basis"),
    key("index_number", "索引号", "索引号", "index number"),
    key("deadlines", "时限", "谁在什么时候以前要办什么", "who must do what by when"),
    key("windows", "受理窗口", "从哪天到哪天办什么", "what can be done from which day to which day"),
    key("cites", "引用文件", "原文提到的文件", "documents that the text mentions"),
    key("attachments", "附件", "原文列出的附件", "attachments that the text lists"),
    key("contacts", "联系方式", "单位和公用电话，没有就写“未载明”", "offices and their public phone numbers; 未载明 if there are none"),
    key("slips", "勘误", "原文的印误，照印并说明", "misprints in the text: as printed, and as they should be"),
    key("omitted", "略去", "略去了什么、为什么", "what was left out, and why"),
    key("consents", "公开姓名", "公开谁的姓名：谁、何时、凭什么决定，比如本人书面同意；没有写的姓名要略去", "names that may be published: who decided it, when, and on what basis, such as a written consent; other names must be left out"),
    // parts of them
    key("text", "内容", "要点的一句话；在自查里是结果、规定的内容", "the sentence; in self-checks the text of a result or provision"),
    key("for", "面向", "这一句是说给谁的，可以不写", "who the sentence is for; in a deadline: who it applies to"),
    key("clause", "条款", "依据原文哪一条", "clause of the official text that says so"),
    key("quote", "原文", "从那一条照抄一句，日期和数字要在里面", "words copied from that clause; they must contain the dates and numbers"),
    key("unstated", "原文未载明", "代替 clause 和 quote：看过哪里，没有写什么", "in place of clause and quote: where was looked, and what is not stated there"),
    key("in", "看过", "看过原文哪一条；整份看过的，写“全文”", "clause that was looked through; 全文 for the whole document"),
    key("fact", "哪一类", "没有写的是哪一类：日期、数目、金额、电话、机构、地点、材料、方式、其他", "kind of fact that is not stated: 日期, 数目, 金额, 电话, 机构, 地点, 材料, 方式 or 其他"),
    key("what", "事项", "办什么事；在地点、方式、群体里，就是地点、方式、群体的名称；在“原文未载明”里，没有写的是什么", "what is done; in venues, channels and groups: the name; in `unstated`: what is not stated"),
    key("who", "对象", "哪些人", "which people"),
    key("from", "开始", "第一天", "first day"),
    key("until", "截止", "最后一天，当天还办", "last day, inclusive"),
    key("by", "限期", "限期；在公开决定和核对里是“谁”；在参数里是按哪个日期问题取值", "deadline; in a release and in `checked`: who; in a parameter: the date question that selects the value"),
    key("on", "日期", "哪一天", "the day"),
    key("basis", "依据", "凭什么", "on what basis"),
    key("derived", "推出", "原文没有印这个数，是怎么从原文推出来的", "why the words imply a number that they do not print"),
    key("rewords", "改写", "这一句里换了说法的字，和原文对应的字；原文没有的，写“原文未载明”", "words of this sentence that reword the text, each with the words of the text; 原文未载明 if the text has none"),
    key("note", "说明", "想补充的话，可以不写", "additional explanation"),
    key("notice", "本站文件", "本站收录的那一份的编号", "id of the document on this site"),
    key("part", "部分", "附件在本文的哪一部分", "part of this text that holds the attachment"),
    key("within", "所属附件", "这是哪个附件的附件", "attachment to which this one belongs"),
    key("data", "数据", "由附件整理成的数据文件的编号", "id of the data file made from the attachment"),
    key("file", "文件", "附件文件，放在 content/ 下", "the file itself, in content/"),
    key("office", "机构", "单位名称；在自查里是到哪里办；在 data/site.yaml 里是自查的读者该问的机构", "name of the office; in self-checks: where to go; in data/site.yaml: whom readers of self-checks ask"),
    key("duty", "职责", "管什么事", "what it is responsible for"),
    key("phone", "电话", "单位公用电话，没有就写“未载明”", "public phone number of the office; 未载明 if there is none"),
    key("printed", "原样", "原文印的字样", "as printed"),
    key("right", "应为", "应当是什么", "as it should be"),
    key("why", "缘由", "为什么", "the reason"),
    // pilot lists and assessments
    key("programme", "项目", "哪一项试点或考核", "which programme or assessment"),
    key("stated", "原文数目", "原文说的数目", "numbers stated in the text; the build compares them with the list"),
    key("count", "数目", "数目", "the number"),
    key("rate", "比率", "百分数", "the percentage"),
    key("of", "计数范围", "数的是哪些：全部、某个等次、县级单位、开发区、市级中心", "what is counted: 全部, a grade, 县级单位, 开发区 or 市级中心"),
    key("differs", "不符原因", "和名单对不上时，为什么", "why it differs from the list"),
    key("counties", "名单", "名单：市: 县、县", "the names, by prefecture: 市: 县、县"),
    key("bodies", "考核机构", "谁考核的", "who did the assessment"),
    key("period", "考核时间", "考核的时间", "when it was assessed"),
    key("stages", "考核阶段", "考核的步骤", "steps of the assessment"),
    key("grades", "等次名单", "各等次的名单", "the lists of the grades"),
    key("grade", "等次", "等次", "the grade"),
    key("list", "名单条款", "名单在原文的哪一条", "clause that holds the official list"),
    // schedules
    key("county", "县", "省、市、县的全名，中间空一格", "province, prefecture and county in full, separated by spaces"),
    key("venues", "地点", "在哪里办", "where it is done"),
    key("channels", "方式", "远程、现场，或者远程或现场", "remote, on site, or either"),
    key("quotas", "名额", "每天办多少人", "how many people are served per day"),
    key("group", "分组", "名额是给哪些人的", "who the quota is for"),
    key("per_day", "每日", "每天多少名", "how many per day"),
    key("morning", "上午", "上午多少名", "how many in the morning"),
    key("afternoon", "下午", "下午多少名", "how many in the afternoon"),
    key("groups", "群体", "预申请通过的是哪些学生", "which students were pre-approved"),
    key("forms", "材料", "要带、要填什么", "documents to bring and forms to fill in"),
    key("items", "清单", "一样一样列出来", "the documents, one by one"),
    key("guide", "服务指南", "流程和别的要说明的事，可以不写", "procedure and other explanations"),
    key("sessions", "场次", "分日子、分地点安排的，一场一场写，可以不写", "sessions by day and place"),
    key("date", "场次日期", "这一场是哪天", "day of the session"),
    key("place", "场次地点", "这一场在哪里", "place of the session"),
    key("service", "业务", "这一场办什么", "what is done there"),
    // topics, site, regions
    key("id", "编号", "编号：小写字母、数字和短横", "id: small letters, digits and hyphens"),
    key("name", "名称", "结果、例子的名称", "the name"),
    key("aliases", "别名", "别的叫法，搜索时用", "other names, used in search"),
    key("about", "释义", "用平常话解释", "explanation in everyday words"),
    key("short", "简称", "引用这份文件时用的简称", "short name"),
    key("tagline", "标语", "站名下面的一句话", "a line below the site name"),
    key("base_url", "网址", "网站的网址，以 https:// 开头", "address of the site, beginning with https://"),
    key("theme", "外观", "外观的名称", "name of the theme"),
    key("operator", "主办单位", "谁办的网站", "who runs the site"),
    key("site_code", "网站标识码", "政府网站标识码", "code of a government site"),
    key("icp", "备案号", "备案号", "registration number"),
    key("contact", "联系", "怎样联系主办单位", "how to reach the operator"),
    key("lead", "导语", "首页的导语", "introduction on the home page"),
    key("limits", "限额", "各种上限，超过的不生成；没有写的用默认值", "limits; what is over one is not built; defaults hold for what is not set"),
    key("max_file_kb", "单个文件", "一个来源文件最多多少千字节", "most kilobytes of one source file"),
    key("max_total_kb", "全部文件", "全部来源文件最多多少千字节", "most kilobytes of all source files"),
    key("max_attachments_kb", "全部附件", "全部附件和图片最多多少千字节", "most kilobytes of all attachments and pictures"),
    key("max_documents", "文件数", "公文、名单、安排、考核最多多少个", "most documents, lists, schedules and results"),
    key("max_pages", "网页数", "content/pages 里最多多少个网页", "most pages of content/pages"),
    key("max_clauses", "条款数", "一份原文最多多少条款", "most clauses of one text"),
    key("max_rows", "行数", "一个文件里的表格最多多少行", "most table rows of one file"),
    key("max_columns", "列数", "一个表格最多多少列", "most columns of one table"),
    key("max_cells", "格数", "一个文件里的表格最多多少格", "most table cells of one file"),
    key("max_entries", "项数", "一个列表最多多少项", "most entries of one list"),
    key("max_value", "字数", "一个值最多多少字", "most characters of one value"),
    key("max_nesting", "层数", "列表和引用最多嵌套多少层", "most levels of nested lists and block quotes"),
    key("max_menu", "菜单项数", "页脚最多列多少个网页，其余的在“全部网页”里", "most plain pages at the foot of every page; a page lists the others"),
    key("max_diagnostics", "报告条数", "一次最多列出多少个问题", "most problems that are listed at once"),
    key("hosting", "托管", "给网站服务器的：校验码、压缩副本、托管规则", "for the web server: 校验码 hashes in pages, 压缩副本 compressed copies, 托管规则 _headers and _redirects"),
    key("redirects", "转向", "搬走或撤下的网页：旧网址: 新网址，或 旧网址: 撤下", "pages that were moved or withdrawn: former address: new address, or 撤下"),
    key("publish_to", "发布到", "mingbai publish 发布到哪里：文件夹、.zip 文件，或 s3://、sftp:// 等地址；密码不写在这里", "where mingbai publish sends the site: a folder, a .zip file, or an address such as s3:// or sftp://; no password"),
    key("code", "代码", "行政区划代码", "administrative code"),
    key("pinyin", "拼音", "读音；在 data/search.yaml 里是词和它的读音", "pronunciation; in data/search.yaml: words with their pronunciation"),
    key("prefectures", "地级", "这个省的地级市", "prefectures of the province"),
    key("first", "始于", "从哪一版起有", "first edition in which it exists"),
    key("last", "止于", "到哪一版为止", "last edition in which it exists"),
    key("now", "现为", "现在的代码", "current code"),
    key("licence", "许可", "数据按什么许可使用", "licence of the data"),
    key("editions", "版本", "行政区划的各个版本", "editions of the divisions"),
    key("as_of", "起用日期", "从哪一天起用这一版", "day from which this edition is used"),
    key("units", "其他单位", "开发区和市级中心", "development zones and city-level centres"),
    key("prefecture", "所属市", "属于哪个省、哪个市", "province and prefecture to which it belongs"),
    key("groupings", "归类", "名单里不是地级市的小标题", "headings in lists that are not prefectures"),
    key("province", "省", "省", "the province"),
    key("members", "成员", "成员，用顿号隔开", "the members, separated by 、"),
    key("variants", "异体字", "地名里的异体字，写作“异体: 正体”", "variant characters in place names, written 异体: 正体"),
    // self-checks
    key("questions", "问题", "问读者的问题，每个有一个名称", "questions for the reader, each with a name you choose"),
    key("household", "家庭成员", "每一位都问同样几个问题的人，按一个问人数的问题，最多12位", "persons of whom the same questions are asked, as many as a question says, 12 at most"),
    key("doubts", "存疑", "原文能有几种读法的地方；谁也答不了，几种读法的结果都告诉读者", "passages of the official text that can be read in several ways; readers see the result of each reading"),
    key("readings", "读法", "有哪几种读法", "the readings"),
    key("parameters", "参数", "一年一个数的标准；没有写 until 的，从那天起一直有效；没有依据的年份不能编", "thresholds with a value for each period; a value without until applies from its first day on; a year without a source has no value"),
    key("values", "取值", "在参数里：从哪天到哪天是多少，要盖住日期问题的整个范围，按哪个日期问题取，写在 by；在自查里：要算出来的数、金额和日子；在结果里：这个结果要告诉读者的那几个；在例子里：应当算出多少", "in a parameter: the values, with from, until and source; they must cover the whole range of the date question named in `by`; in a self-check: numbers, amounts and days that are computed; in an outcome: those that it shows to readers; in an example: what they must be"),
    key("formula", "算式", "怎么算；名称、数、加减乘除、括号，和较小、较大、四舍五入、舍去、进一等算法", "how it is computed: names, numbers, + - × ÷, brackets, and min, max, round, down, up and others"),
    key("cases", "分情况", "不同的情况各怎么算，从上往下看，先符合的算，最后一种写其余", "how it is computed in each case; the first case that holds applies, and the last one is otherwise"),
    key("is", "得数", "这种情况的算式", "the formula of this case"),
    key("table", "表格", "按一个或两个问题的回答查表", "a table by the answers to one or two questions"),
    key("rows", "行", "哪个问题的回答分行", "the question that selects the row"),
    key("columns", "列", "哪个问题的回答分列", "the question that selects the column"),
    key("heads", "列头", "每一列是哪些回答", "the answers of each column"),
    key("cells", "格", "每一行：哪些回答，和各列的数", "for each row, its answers and the values of the columns"),
    key("value", "值", "多少", "the value"),
    key("conditions", "条件", "起了名称的条件", "named conditions"),
    key("provisions", "规定", "材料、地点、时间、待遇，一样一样写，带出处", "documents, places, times and benefits, each with its clause"),
    key("decisions", "判断", "要回答读者的事，可以有几件", "what the self-check answers; one or several"),
    key("outcomes", "结果", "可能的答案，从上往下看，先符合的算", "possible answers; the first one from the top whose condition holds applies"),
    key("examples", "例子", "照原文算好的人，至少一个", "example people worked out by hand from the text; at least one"),
    key("ask_first", "先问", "先问哪几个问题，照这里的顺序；别的问题，怎么问得少就怎么排", "the questions asked first, in this order; the others are ordered so that few are needed"),
    key("tick_list", "勾选页", "把几个“是否”问题放在一页上勾；有几页就写成列表，一个问题只在一页上", "several yes/no questions to be ticked on one page; a list if there are several pages, and a question is on one of them only"),
    key("ask", "问法", "怎么问；在判断里是这一段的标题", "wording of the question; in a decision: the heading"),
    key("type", "类型", "问题是哪一类，见上表", "type: 是否, 单选, 整数, 金额, 小数, 日期, 省, 市 or 县"),
    key("help", "提示", "到哪里看、怎么算，可以不写", "where to find the answer, or how to work it out"),
    key("usual", "常见", "多数人的回答，只影响先问哪个", "what most people answer; only affects the order of the questions"),
    key("options", "选项", "可以选的，2到100个", "the choices, 2 to 100"),
    key("range", "范围", "最小和最大，两头都算", "smallest and largest value, both included: 1 至 10"),
    key("unit", "单位", "单位；单位不同的不能比", "the unit; different units cannot be compared"),
    key("default", "默认", "只能写“今天”", "only 今天"),
    key("elsewhere", "其他地方", "不在这些县的人选什么", "what people from elsewhere choose"),
    key("when", "当", "条件本身", "the condition itself"),
    key("redundant", "多余", "这个条件去掉也不改变结果，为什么照原文保留", "why a condition is kept as the text has it although nobody's result changes without it"),
    key("overlap", "重叠", "一个人可能符合几个结果时，为什么取前面的", "why the earlier outcome applies when a person fits several"),
    key("verdict", "结论", "符合、不符合、看情况或说明", "符合, 不符合, 看情况 or 说明"),
    key("benefit", "待遇", "能得到什么；和下面几项一样，写规定的名称，一个或几个", "what the person gets; like the next keys, names of one or more provisions"),
    key("documents", "要件", "要带的材料", "documents to bring; names of provisions"),
    key("form", "申请表", "要填的表", "forms to fill in; names of provisions"),
    key("time", "时间", "什么时候办", "when to do it; names of provisions; in data/search.yaml: words that ask about time"),
    key("next", "下一步", "接下来做什么", "what to do next; names of provisions"),
    key("caution", "提醒", "请读者留意的", "what to watch out for; names of provisions"),
    key("answers", "回答", "这个人怎么回答；没有写的就是不知道；数和日期可以写 2000 至 3000", "what this person answers; an answer that is left out is unknown; numbers and dates may be ranges: 2000 至 3000"),
    key("expect", "应得", "每个判断的结果；写几个，就是这几个都还可能", "the outcome of each decision; several outcomes if all of them are still possible"),
    key("holds", "成立", "条件成立不成立：是、否或未定", "whether each condition holds: 是, 否 or 未定"),
    key("missing", "还缺", "还要问哪些问题，不多不少；不用再问写 []", "exactly the questions that still have to be asked; [] if none"),
    key("all", "全部", "都要成立", "all must hold"),
    key("any", "任一", "至少一个成立", "at least one must hold"),
    key("any_member", "有人", "至少一位成员这样", "at least one member is such"),
    key("every_member", "人人", "每一位成员都这样", "every member is such"),
    key("not", "不是", "不成立", "must not hold"),
    // search
    key("synonyms", "同义词", "一行一组：原文的词，和人们的说法", "words in the texts and what people call them; one group per row"),
    key("texts", "原文用词", "原文里的词，写得越具体，带人去的地方越准", "words of the official texts"),
    key("also", "也说", "人们怎么说，2到10个字；一个字的不能用", "what people say, 2 to 10 characters each"),
    key("intents", "问什么", "问句里问什么的说法：时间（time）、材料（papers）、电话（contact）、地点（place）、谁去（who）、找谁（office）、有多少（count）等", "words by which a question asks: for the time, documents (papers), contact, place and others"),
    key("papers", "要件材料", "问要带什么、填什么的说法", "words that ask what to bring or fill in"),
    key("quota", "问人数", "问一天办多少人的说法", "words that ask how many people are served per day"),
    key("way", "问办法", "问在网上还是到现场办的说法；这些词留在问句里", "words that ask whether it is done online or in person; they stay in the question"),
    key("amount", "问钱数", "问多少钱、利率多少的说法", "words that ask how much money or which rate"),
    key("meaning", "问意思", "问一个词是什么意思的说法", "words that ask what a word means"),
    key("which", "问哪些", "问哪些县、哪些单位的说法", "words that ask which counties"),
    key("hours", "问钟点", "问几点上班、周末办不办的说法", "words that ask for office hours"),
    key("address", "问地址", "问地址、怎么走的说法", "words that ask for an address"),
    key("duration", "问多久", "问要多久、是几年的说法", "words that ask how long something takes"),
    key("stop", "虚词", "问句里不带意思的说法，搜的时候去掉", "words without meaning, ignored in search"),
    key("light", "轻字", "分量轻的字，查不到也不怎么扣分", "characters that count little in search"),
    key("alike", "形近字", "地名里容易认错的字，一组一组写", "characters in place names that are easily confused, in groups"),
];

/// The table of keywords that are used as values: (English name, Chinese word). Both are accepted.
pub const WORDS: &[(&str, &str)] = &[
    // types of questions
    ("yes/no", "是否"),
    ("choice", "单选"),
    ("number", "整数"),
    ("money", "金额"),
    ("decimal", "小数"),
    ("date", "日期"),
    ("province", "省"),
    ("prefecture", "市"),
    ("county", "县"),
    // comparisons
    ("below", "低于"),
    ("at_least", "不低于"),
    ("above", "高于"),
    ("at_most", "不高于"),
    ("between", "介于"),
    ("same_year", "同年"),
    ("in_list", "在名单"),
    // operations of formulas
    ("min", "较小"),
    ("max", "较大"),
    ("round", "四舍五入"),
    ("down", "舍去"),
    ("up", "进一"),
    ("age", "周岁"),
    ("months", "月数"),
    ("days", "天数"),
    ("year_of", "年份"),
    ("first_of_month", "月初"),
    ("end_of_month", "月末"),
    ("end_of_year", "年末"),
    ("in_year", "当年"),
    ("sum", "合计"),
    ("count", "人数"),
    // between two values
    ("to", "至"),
    ("and", "和"),
    // answers and states
    ("yes", "是"),
    ("no", "否"),
    ("unknown", "不知道"),
    ("open", "未定"),
    ("today", "今天"),
    ("otherwise", "其余"),
    // verdicts
    ("fits", "符合"),
    ("fits_not", "不符合"),
    ("depends", "看情况"),
    ("neutral", "说明"),
];

/// The Chinese word of a keyword's English name.
pub fn chinese_word(english: &str) -> &'static str {
    WORDS
        .iter()
        .find(|(name, _)| *name == english)
        .map_or("", |(_, chinese)| *chinese)
}

/// The English name of a keyword written either way.
pub fn word(text: &str) -> Option<&'static str> {
    WORDS
        .iter()
        .find(|(english, chinese)| *english == text || *chinese == text)
        .map(|(english, _)| *english)
}

/// The English name of a key written either way.
pub fn canonical(key: &str) -> Option<&'static str> {
    KEYS.iter()
        .find(|known| known.english == key || known.chinese == key)
        .map(|known| known.english)
}

/// The Chinese alias of an English name.
pub fn alias(english: &str) -> Option<&'static str> {
    find(english).map(|known| known.chinese)
}

/// The entry of an English name.
pub fn find(english: &str) -> Option<&'static Key> {
    KEYS.iter().find(|known| known.english == english)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_name_is_used_twice() {
        let words: Vec<_> = KEYS
            .iter()
            .flat_map(|known| [known.english, known.chinese])
            .collect();
        let set: BTreeSet<_> = words.iter().copied().collect();
        assert_eq!(words.len(), set.len());
    }

    #[test]
    fn both_names_lead_to_the_english_one() {
        assert_eq!(canonical("文号"), Some("number"));
        assert_eq!(canonical("number"), Some("number"));
        assert_eq!(canonical("titel"), None);
    }
}
