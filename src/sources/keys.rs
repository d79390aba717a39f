//! The one table of keys: each has an English name and a Chinese alias, and both are accepted everywhere.

/// (English name, Chinese alias). Within one kind of mapping every alias is unique; the table has no two
/// entries with the same word, so that a key means the same in every file.
pub const KEYS: &[(&str, &str)] = &[
    // documents of every kind
    ("title", "标题"),
    ("year", "年度"),
    ("region", "地区"),
    ("topics", "主题"),
    ("summary", "要点"),
    ("source", "依据文件"),
    ("checked", "核对"),
    ("formerly", "曾用网址"),
    ("corrections", "更正"),
    ("description", "简介"),
    ("lang", "语言"),
    // notices
    ("number", "文号"),
    ("kind", "文种"),
    ("issuers", "发文机关"),
    ("letterhead", "发文机关标志"),
    ("addressees", "主送"),
    ("copies", "抄送"),
    ("issued", "成文日期"),
    ("printed_on", "印发日期"),
    ("published", "发布日期"),
    ("in_force", "施行日期"),
    ("expires", "失效日期"),
    ("publicity", "公开方式"),
    ("release", "公开决定"),
    ("index_number", "索引号"),
    ("deadlines", "时限"),
    ("windows", "受理窗口"),
    ("cites", "引用文件"),
    ("attachments", "附件"),
    ("contacts", "联系方式"),
    ("slips", "勘误"),
    ("omitted", "略去"),
    // parts of them
    ("text", "内容"),
    ("for", "面向"),
    ("clause", "条款"),
    ("quote", "原文"),
    ("what", "事项"),
    ("who", "对象"),
    ("from", "开始"),
    ("until", "截止"),
    ("by", "限期"),
    ("on", "日期"),
    ("basis", "依据"),
    ("note", "说明"),
    ("notice", "本站文件"),
    ("part", "部分"),
    ("within", "所属附件"),
    ("data", "数据"),
    ("file", "文件"),
    ("office", "机构"),
    ("duty", "职责"),
    ("phone", "电话"),
    ("printed", "原样"),
    ("right", "应为"),
    ("why", "缘由"),
    // pilot lists and assessments
    ("programme", "项目"),
    ("stated", "原文数目"),
    ("count", "数目"),
    ("rate", "比率"),
    ("of", "计数范围"),
    ("differs", "不符原因"),
    ("counties", "名单"),
    ("bodies", "考核机构"),
    ("period", "考核时间"),
    ("stages", "考核阶段"),
    ("grades", "等次名单"),
    ("grade", "等次"),
    ("list", "名单条款"),
    // schedules
    ("county", "县"),
    ("venues", "地点"),
    ("channels", "方式"),
    ("quotas", "名额"),
    ("group", "分组"),
    ("per_day", "每日"),
    ("morning", "上午"),
    ("afternoon", "下午"),
    ("groups", "群体"),
    ("forms", "材料"),
    ("items", "清单"),
    ("guide", "服务指南"),
    ("sessions", "场次"),
    ("date", "场次日期"),
    ("place", "场次地点"),
    ("service", "业务"),
    // topics, site, regions
    ("id", "编号"),
    ("name", "名称"),
    ("aliases", "别名"),
    ("about", "释义"),
    ("short", "简称"),
    ("tagline", "标语"),
    ("base_url", "网址"),
    ("theme", "外观"),
    ("operator", "主办单位"),
    ("site_code", "网站标识码"),
    ("icp", "备案号"),
    ("contact", "联系"),
    ("lead", "导语"),
    ("code", "代码"),
    ("pinyin", "拼音"),
    ("prefectures", "地级"),
    ("first", "始于"),
    ("last", "止于"),
    ("now", "现为"),
    ("licence", "许可"),
    ("editions", "版本"),
    ("as_of", "起用日期"),
    ("units", "其他单位"),
    ("prefecture", "所属市"),
    ("groupings", "归类"),
    ("province", "省"),
    ("members", "成员"),
    ("variants", "异体字"),
    // self-checks
    ("questions", "问题"),
    ("doubts", "存疑"),
    ("readings", "读法"),
    ("parameters", "参数"),
    ("values", "取值"),
    ("value", "值"),
    ("conditions", "条件"),
    ("provisions", "规定"),
    ("decisions", "判断"),
    ("outcomes", "结果"),
    ("examples", "例子"),
    ("tick_list", "勾选页"),
    ("ask", "问法"),
    ("type", "类型"),
    ("help", "提示"),
    ("usual", "常见"),
    ("options", "选项"),
    ("range", "范围"),
    ("unit", "单位"),
    ("default", "默认"),
    ("elsewhere", "其他地方"),
    ("when", "当"),
    ("overlap", "重叠"),
    ("verdict", "结论"),
    ("benefit", "待遇"),
    ("documents", "要件"),
    ("form", "申请表"),
    ("time", "时间"),
    ("next", "下一步"),
    ("caution", "提醒"),
    ("answers", "回答"),
    ("expect", "应得"),
    ("holds", "成立"),
    ("missing", "还缺"),
    ("all", "全部"),
    ("any", "任一"),
    ("not", "不是"),
    // search
    ("synonyms", "同义词"),
    ("texts", "原文用词"),
    ("also", "也说"),
    ("intents", "问什么"),
    ("papers", "要件材料"),
    ("stop", "虚词"),
    ("light", "轻字"),
    ("other", "别的事"),
    ("alike", "形近字"),
];

/// The one table of keywords that stand as values: (English name, Chinese word). Both are accepted.
pub const WORDS: &[(&str, &str)] = &[
    // types of questions
    ("yes/no", "是否"),
    ("choice", "单选"),
    ("number", "整数"),
    ("money", "金额"),
    ("date", "日期"),
    ("county", "县"),
    // comparisons
    ("below", "低于"),
    ("at_least", "不低于"),
    ("above", "高于"),
    ("at_most", "不高于"),
    ("between", "介于"),
    ("same_year", "同年"),
    ("in_list", "在名单"),
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
        .find(|(english, chinese)| *english == key || *chinese == key)
        .map(|(english, _)| *english)
}

/// The Chinese alias of an English name.
pub fn alias(english: &str) -> Option<&'static str> {
    KEYS.iter()
        .find(|(name, _)| *name == english)
        .map(|(_, chinese)| *chinese)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_word_stands_twice() {
        let words: Vec<_> = KEYS
            .iter()
            .flat_map(|(english, chinese)| [*english, *chinese])
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
