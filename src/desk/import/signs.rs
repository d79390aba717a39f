//! The signs by which the parts of an official document are known: numbers, dates, names of organs, titles.
//!
//! Comes in: the words of a line. Goes out: what they are. It does not know where the line is in the document.

use jiff::civil::Date;

use crate::model::clause::paragraph_number;
use crate::text::{parse_numeral, strip_width};
use crate::words::{is_blank, squeeze};

/// Punctuation and brackets, Chinese or not.
pub(super) fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301B}'
        | '“' | '”' | '‘' | '’' | '…' | '—' | '！' | '（' | '）' | '，' | '：' | '；' | '？' | '．'
        | ',' | ':' | ';' | '?' | '!' | '(' | ')' | '[' | ']')
}

/// Whether a sentence, or what introduces the next paragraph, ends here.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text
        .trim_end()
        .trim_end_matches(['”', '’', '）', ')', '」', '』', '"']);
    bare.ends_with(['。', '！', '？', '；', '：', ':', ';', '!', '?', '…'])
}

/// Whether more must follow: a comma, an open bracket.
pub(super) fn must_go_on(text: &str) -> bool {
    text.trim_end()
        .ends_with(['，', '、', ',', '（', '(', '《', '“', '〔'])
        || text.trim_end().ends_with('第')
        || has_open_bracket(text)
}

/// A bracket or book-title mark that is opened and not closed.
pub(super) fn has_open_bracket(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        let c = match c {
            '(' => '（',
            ')' => '）',
            c => c,
        };
        match c {
            '（' | '《' | '“' | '〔' => open.push(c),
            '）' | '》' | '”' | '〕' => {
                let fits = |o: &char| {
                    matches!(
                        (o, c),
                        ('（', '）') | ('《', '》') | ('“', '”') | ('〔', '〕')
                    )
                };
                if let Some(at) = open.iter().rposition(fits) {
                    open.truncate(at);
                }
            }
            _ => {}
        }
    }
    !open.is_empty()
}

/// `1.` or `第一章` or `第 一 章`: a number that the file keeps apart from the words.
pub(super) fn is_number_before_space(piece: &str) -> bool {
    let wide = strip_width(piece);
    let arabic = wide
        .strip_suffix('.')
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let unit = piece.starts_with('第')
        && piece.ends_with(['章', '节', '条'])
        && paragraph_number(piece).is_some();
    arabic || unit
}

const ORGAN_ENDS: [&str; 31] = [
    "政府",
    "办公室",
    "办公厅",
    "委员会",
    "管理中心",
    "中心",
    "总局",
    "分局",
    "分行",
    "支行",
    "银行",
    "学校",
    "大学",
    "学院",
    "中学",
    "集团",
    "公司",
    "协会",
    "法院",
    "检察院",
    "教育厅",
    "财政厅",
    "开发区",
    "领导小组",
    "厅",
    "局",
    "委",
    "部",
    "办",
    "署",
    "院",
];

/// Whether the words end like the name of an organ.
pub(super) fn ends_like_organ(text: &str) -> bool {
    ORGAN_ENDS.iter().any(|end| text.ends_with(end))
}

/// Whether an organ is named in the words.
pub(super) fn names_an_organ(text: &str) -> bool {
    ORGAN_ENDS.iter().any(|end| text.contains(end))
}

/// The organs of a line that holds nothing else: `湖 南 省 教 育 厅       国家开发银行湖南省分行`.
pub(super) fn organs(line: &str) -> Option<Vec<String>> {
    /// Longer lines are not names.
    const LONGEST: usize = 200;
    if line.chars().take(LONGEST + 1).count() > LONGEST {
        return None;
    }
    // Wide gaps separate organs; single spaces are inside spread letters.
    let mut pieces: Vec<String> = Vec::new();
    let mut gap = 2;
    for c in line.chars() {
        if is_blank(c) {
            gap += if matches!(c, '\t' | '\n' | '\u{3000}') {
                2
            } else {
                1
            };
            continue;
        }
        if gap >= 2 {
            pieces.push(String::new());
        }
        // A single space ends a name too, unless letters are spread.
        let spread = line
            .split(is_blank)
            .filter(|w| w.chars().count() == 1)
            .count()
            > 1;
        if gap == 1 && !spread && pieces.last().is_some_and(|p| ends_like_organ(p)) {
            pieces.push(String::new());
        }
        if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
        gap = 0;
    }
    if pieces.iter().all(|p| is_organ(p)) && !pieces.is_empty() {
        return Some(pieces);
    }
    let whole = squeeze(line);
    is_organ(&whole).then(|| vec![whole])
}

fn is_organ(name: &str) -> bool {
    let length = name.chars().count();
    (4..=40).contains(&length)
        && ends_like_organ(name)
        && !name.contains(|c: char| is_punctuation(c) && !matches!(c, '（' | '）' | '(' | ')'))
        && !name.contains(|c: char| c.is_ascii_digit())
        && !name.contains("关于")
        && !name.contains("印发")
        && paragraph_number(name).is_none()
}

/// The day that a line gives and nothing else: `2020年7月15日`, `二〇二〇年七月十五日`, `2020-07-15`.
pub(super) fn day_of(line: &str) -> Option<Date> {
    let text = strip_width(&squeeze(line));
    let text = text
        .strip_prefix('(')
        .and_then(|t| t.strip_suffix(')'))
        .unwrap_or(&text);
    let (day, rest) = leading_day(text)?;
    rest.is_empty().then_some(day)
}

/// A day at the start of words, and what follows.
pub(super) fn leading_day(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = leading_year(text)?;
    let first = rest.chars().next()?;
    if first == '年' {
        let (month, rest) = rest[first.len_utf8()..].split_once('月')?;
        let (day, rest) = rest.split_once('日')?;
        return Some((date(year, number(month)?, number(day)?)?, rest));
    }
    if !matches!(first, '-' | '.' | '/') {
        return None;
    }
    let (month, rest) = digits(&rest[1..])?;
    let (day, rest) = digits(rest.strip_prefix(first)?)?;
    Some((date(year, month, day)?, rest))
}

fn digits(text: &str) -> Option<(u32, &str)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..len].parse().ok().filter(|_| len <= 2)?, &text[len..]))
}

fn number(text: &str) -> Option<u32> {
    (text.chars().count() <= 3).then(|| parse_numeral(text))?
}

pub(super) fn date(year: i16, month: u32, day: u32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Four digits, Arabic or Chinese, at the start.
fn leading_year(text: &str) -> Option<(i16, &str)> {
    let mut year = 0i16;
    let mut end = 0;
    let mut count = 0;
    for (at, c) in text.char_indices().take(4) {
        let digit = match c {
            '0'..='9' => c as u32 - '0' as u32,
            '○' | '〇' | 'О' | 'O' | 'o' | '零' | '◯' => 0,
            c => u32::try_from("一二三四五六七八九".chars().position(|d| d == c)? + 1).ok()?,
        };
        year = year * 10 + i16::try_from(digit).ok()?;
        end = at + c.len_utf8();
        count += 1;
    }
    (count == 4 && (1900..=2199).contains(&year)).then(|| (year, &text[end..]))
}

/// A document number in a text without white space: its range, and its standard form.
pub(super) fn document_number(text: &str) -> Option<(std::ops::Range<usize>, String)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for at in 0..chars.len() {
        if let Some(found) = number_around(text, &chars, at) {
            return Some(found);
        }
    }
    None
}

const OPEN: [char; 7] = ['〔', '[', '【', '（', '(', '﹝', '［'];
const CLOSE: [char; 7] = ['〕', ']', '】', '）', ')', '﹞', '］'];

/// The number whose bracket opens at `at`.
fn number_around(
    text: &str,
    chars: &[(usize, char)],
    at: usize,
) -> Option<(std::ops::Range<usize>, String)> {
    if !OPEN.contains(&chars[at].1) {
        return None;
    }
    let close = at + 5;
    if !CLOSE.contains(&chars.get(close)?.1) {
        return None;
    }
    let year = strip_width(&text[chars[at + 1].0..chars[close].0]);
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut next = close + 1;
    if chars.get(next)?.1 == '第' {
        next += 1;
    }
    let first = next;
    while chars
        .get(next)
        .is_some_and(|(_, c)| c.is_ascii_digit() || ('０'..='９').contains(c))
    {
        next += 1;
    }
    if next == first || next - first > 6 || chars.get(next)?.1 != '号' {
        return None;
    }
    let serial = strip_width(&text[chars[first].0..chars[next].0]);
    let mut start = at;
    while start > 0 {
        let c = chars[start - 1].1;
        let is_word = c.is_alphanumeric() && !c.is_ascii_digit();
        if !is_word || at - start >= 20 {
            break;
        }
        start -= 1;
    }
    let words = &text[chars[start].0..chars[at].0];
    if words.chars().count() < 2 {
        return None;
    }
    Some((
        chars[start].0..chars[next].0 + '号'.len_utf8(),
        format!("{words}〔{year}〕{serial}号"),
    ))
}

/// The number of a line that holds nothing else.
pub(super) fn number_line(line: &str) -> Option<String> {
    let text = squeeze(line);
    let text = text
        .strip_prefix("文号：")
        .or_else(|| text.strip_prefix("发文字号："))
        .unwrap_or(&text);
    let (at, number) = document_number(text)?;
    (at == (0..text.len())).then_some(number)
}

/// Ends of titles, and the kinds that files know them by.
const TITLES: [(&str, &str); 21] = [
    ("工作方案", "工作方案"),
    ("实施方案", "工作方案"),
    ("方案", "工作方案"),
    ("工作指引", "工作指引"),
    ("指引", "工作指引"),
    ("指南", "工作指引"),
    ("操作细则", "操作细则"),
    ("细则", "操作细则"),
    ("通知", "通知"),
    ("通报", "通报"),
    ("办法", "办法"),
    ("意见", "意见"),
    ("公告", "公告"),
    ("通告", "公告"),
    ("规定", ""),
    ("规程", ""),
    ("规则", ""),
    ("决定", ""),
    ("函", ""),
    ("批复", ""),
    ("请示", ""),
];

/// A title without `（试行）` and the like after it.
fn title_core(title: &str) -> &str {
    match title.strip_suffix(['）', ')']) {
        Some(inner) => inner
            .rfind(['（', '('])
            .filter(|at| inner[*at..].chars().count() <= 9)
            .map_or(title, |at| &inner[..at]),
        None => title,
    }
}

/// Whether a title is complete.
pub(super) fn ends_title(title: &str) -> bool {
    let core = title_core(title);
    TITLES.iter().any(|(end, _)| core.ends_with(end)) && !has_open_bracket(core)
}

/// 文种 of a title, where the site knows it: the word, and whether the title has exactly this word.
pub(super) fn genre(title: &str) -> Option<(&'static str, bool)> {
    let core = title_core(title);
    let (end, kind) = TITLES.iter().find(|(end, _)| core.ends_with(end))?;
    (!kind.is_empty()).then_some((*kind, end == kind))
}

/// Whether a line begins a part of the document other than running text.
pub(super) fn begins_part(line: &str) -> bool {
    let text = squeeze(line);
    const BEGINNINGS: [&str; 6] = ["抄送：", "抄送:", "主送：", "主题词：", "（此件", "(此件"];
    BEGINNINGS.iter().any(|words| text.starts_with(words))
        || annex(&text).is_some()
        || publicity(&text).is_some()
        || day_of(&text).is_some()
        || number_line(&text).is_some()
        || printed_on(&text).is_some()
        || organs(line).is_some()
}

/// `（此件公开发布）`, `（主动公开）`, `公开方式：依申请公开`, of a line that says nothing else.
pub(super) fn publicity(text: &str) -> Option<&'static str> {
    let text = squeeze(text);
    let inner = text
        .trim_start_matches(['（', '('])
        .trim_end_matches(['）', ')', '。']);
    let inner = [
        "公开方式",
        "公开属性",
        "信息公开选项",
        "信息公开属性",
        "此件",
    ]
    .into_iter()
    .find_map(|words| inner.strip_prefix(words))
    .unwrap_or(inner)
    .trim_start_matches(['：', ':']);
    match inner {
        "主动公开" | "公开发布" | "公开" if inner != text || inner == "主动公开" => {
            Some("主动公开")
        }
        "依申请公开" => Some("依申请公开"),
        "不予公开" | "不公开" => Some("不予公开"),
        _ => None,
    }
}

/// `2020年7月16日印发`, with or without the organ before it: the organ, and the day.
pub(super) fn printed_on(text: &str) -> Option<(String, Date)> {
    let text = strip_width(&squeeze(text));
    let body = text
        .strip_suffix("印发")
        .or_else(|| text.strip_suffix("印制"))?;
    let body = body.trim_end_matches('。');
    (0..body.len())
        .filter(|at| body.is_char_boundary(*at))
        .find_map(|at| {
            let (day, rest) = leading_day(&body[at..])?;
            (rest.is_empty() && (at == 0 || is_organ(&body[..at])))
                .then(|| (body[..at].to_owned(), day))
        })
}

/// A line of the form `附件`, `附件2`, `附件：`: the number, and the words after it.
pub(super) fn annex(line: &str) -> Option<(Option<u32>, String)> {
    let text = squeeze(line);
    let rest = text.strip_prefix("附件")?;
    let plain = strip_width(rest);
    let digits = plain.chars().take_while(char::is_ascii_digit).count();
    let number = plain[..digits].parse().ok();
    let following: String = rest.chars().skip(digits).collect();
    let (colon, words) = match following.strip_prefix(['：', ':']) {
        Some(words) => (true, words.to_owned()),
        None => (false, following),
    };
    // 附件1由… is a sentence about an annex.
    (words.is_empty() || colon).then_some((number, words))
}

/// The title in the line `附件2：名单`.
pub(super) fn annex_title(line: &str) -> &str {
    line.trim_start_matches("附件")
        .trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
        .trim_start_matches(['：', ':', ' '])
}

/// `组长：由…`, a line that begins with what it is about.
pub(super) fn has_label(line: &str) -> bool {
    let text = squeeze(line);
    text.split_once(['：', ':']).is_some_and(|(label, rest)| {
        (2..=14).contains(&label.chars().count())
            && !rest.is_empty()
            && !label.contains(is_punctuation)
            && !label.contains(['的', '了', '并', '将'])
    })
}

/// Whether a line ends with a telephone number.
pub(super) fn ends_with_phone(line: &str) -> bool {
    // A paragraph may be long, and is asked after each of its lines.
    const LONGEST: usize = 40;
    let signs = line.chars().rev().filter(|c| !is_blank(*c));
    let tail: String = signs.take(LONGEST).collect();
    let tail = strip_width(&tail);
    let number = tail.trim_start_matches(['。', '；', '，', ';']).chars();
    let number = number.take_while(|c| c.is_ascii_digit() || *c == '-');
    number.filter(char::is_ascii_digit).count() >= 7
}

/// Numbers that the clause parser does not take: `1）`, `A.`, `Ⅰ、`, `(a)`.
pub(super) fn is_unknown_numbering(line: &str) -> bool {
    if paragraph_number(line).is_some() {
        return false;
    }
    let mut chars = line.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let rest = chars.as_str();
    match first {
        'Ⅰ'..='Ⅻ' | 'ⅰ'..='ⅻ' | '❶'..='❿' | '㉑'..='㉟' | '⑵'..='⒇' => true,
        'A'..='Z' | 'a'..='z' => rest.starts_with(['、', '．', '）']),
        '甲' | '乙' | '丙' | '丁' => rest.starts_with('、'),
        '0'..='9' | '０'..='９' => {
            let following =
                line.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
            line.len() - following.len() <= 6 && following.starts_with(['）', ')', '，', ','])
        }
        '一'..='龥' => {
            let len = line
                .char_indices()
                .find(|(_, c)| !"一二三四五六七八九十".contains(*c))
                .map_or(0, |(i, _)| i);
            len > 0 && line[len..].starts_with(['）', ')', '，', ',', ':', '：'])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_are_found_however_they_are_bracketed() {
        for line in [
            "晋教助学〔2020〕7号",
            "晋教助学[2020]7号",
            "晋教助学【２０２０】７号",
            "晋 教 助 学 （2020） 7 号",
            "晋教助学〔2020〕第7号",
        ] {
            assert_eq!(
                number_line(line).as_deref(),
                Some("晋教助学〔2020〕7号"),
                "{line}"
            );
        }
        for line in [
            "根据教助〔2020〕7号文件",
            "〔2020〕7号",
            "教助（20）7号",
            "",
        ] {
            assert_eq!(number_line(line), None, "{line}");
        }
    }

    #[test]
    fn days_are_read_in_every_way_they_are_typed() {
        let day = Date::new(2020, 7, 15).unwrap();
        for line in [
            "2020年7月15日",
            "２０２０年７月１５日",
            "二〇二〇年七月十五日",
            "二○二○年七月十五日",
            "2020 年 7 月 15 日",
            "2020-07-15",
            "2020.7.15",
            "（2020年7月15日）",
        ] {
            assert_eq!(day_of(line), Some(day), "{line}");
        }
        for line in [
            "2020年7月",
            "2020年2月30日",
            "7月15日",
            "自2020年7月15日起",
            "2020年7月15日前",
        ] {
            assert_eq!(day_of(line), None, "{line}");
        }
    }

    #[test]
    fn organs_are_distinguished() {
        assert_eq!(
            organs("   湖 南 省 教 育 厅       国家开发银行湖南省分行"),
            Some(vec!["湖南省教育厅".into(), "国家开发银行湖南省分行".into()])
        );
        assert_eq!(
            organs("河南省教育厅 国家开发银行河南省分行"),
            Some(vec!["河南省教育厅".into(), "国家开发银行河南省分行".into()])
        );
        assert_eq!(organs("成立右玉县助学贷款工作领导小组。"), None);
        assert_eq!(organs("一、湖南省教育厅"), None);
    }

    #[test]
    fn publicity_is_what_a_whole_line_says() {
        assert_eq!(publicity("(此件依申请公开)"), Some("依申请公开"));
        assert_eq!(publicity("（主动公开）"), Some("主动公开"));
        assert_eq!(publicity("此件公开发布"), Some("主动公开"));
        assert_eq!(publicity("公开方式：主动公开"), Some("主动公开"));
        assert_eq!(publicity("公开"), None);
        assert_eq!(publicity("坚持主动公开的原则"), None);
    }
}
