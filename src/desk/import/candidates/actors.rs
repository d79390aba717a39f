//! Who must act, and what must be done.
//!
//! Comes in: the words around a day or a number. Goes out: the actor and the rest of the sentence, in the words of the text. Where the words name
//! nobody, nobody is named.

use std::ops::Range;

use mingbai_reading::{NameKind, What};

use super::paragraph::Paragraph;

/// Who acts, and what is done.
pub(super) struct Act {
    pub who: Option<String>,
    pub what: String,
}

/// Words between an actor and a day.
const JOINTS: [&str; 24] = [
    "务必于",
    "务必在",
    "务必",
    "全部于",
    "必须于",
    "必须在",
    "应当于",
    "应当在",
    "最迟于",
    "要于",
    "应于",
    "须于",
    "请于",
    "应在",
    "要在",
    "须在",
    "请在",
    "可在",
    "于",
    "在",
    "要",
    "应",
    "须",
    "请",
];

/// Ends of the names of those who act, in addition to the offices that the reader knows.
const ACTORS: [&str; 29] = [
    "各校",
    "各县",
    "各市",
    "学院",
    "幼儿园",
    "人员",
    "企业",
    "机构",
    "高校",
    "高等学校",
    "培养单位",
    "单位",
    "中心",
    "部门",
    "学校",
    "各地",
    "教育局",
    "银行",
    "分行",
    "学生",
    "申请人",
    "借款人",
    "监护人",
    "家长",
    "毕业生",
    "新生",
    "乡镇",
    "街道",
    "县（市、区）",
];

/// People, as those who apply are called.
pub(super) const PEOPLE: [&str; 10] = [
    "学生",
    "监护人",
    "家长",
    "申请人",
    "借款人",
    "毕业生",
    "新生",
    "考生",
    "群众",
    "居民",
];

/// What is done by a day begins with them, not with a name: 提醒毕业学生.
const VERBS: [&str; 20] = [
    "完成", "查验", "提交", "提醒", "报", "联系", "组织", "通知", "督促", "指导", "引导", "帮助",
    "做好", "确保", "开展", "启动", "汇总", "建立", "配合", "会同",
];

/// The longest name of an actor, in characters.
const LONGEST: usize = 40;

/// Who must act by the day at `day`, and what must be done, of the words `quote`.
pub(super) fn act(p: &Paragraph, quote: &Range<usize>, day: &Range<usize>) -> Act {
    let whole = p.words[quote.clone()].to_owned();
    let before = quote.start..day.start.max(quote.start);
    let rest = day.end..quote.end.max(day.end);
    let rest = rest.start + lead(&p.words[rest.clone()])..rest.end;
    if let Some(who) = at_end(p, &before) {
        let what = without_force(&p.words[rest]);
        return Act {
            who: Some(who),
            what: if what.is_empty() {
                whole
            } else {
                what.to_owned()
            },
        };
    }
    let is_free = p.words[before].trim().chars().count() < 2;
    if let Some(end) = at_start(p, &rest) {
        let what = without_force(&p.words[end..rest.end]);
        let said_all = is_free && !is_empty(what);
        return Act {
            who: Some(p.words[rest.start..end].to_owned()),
            what: if said_all { what.to_owned() } else { whole },
        };
    }
    let what = without_force(&p.words[rest]);
    Act {
        who: None,
        what: if is_free && !is_empty(what) {
            what.to_owned()
        } else {
            whole
        },
    }
}

/// Whether words say nothing that is done: 24:00.
fn is_empty(words: &str) -> bool {
    words.chars().filter(|c| ('一'..='龥').contains(c)).count() < 2
}

/// 前， and blanks after a day.
fn lead(words: &str) -> usize {
    words.len()
        - words
            .trim_start_matches(['，', ',', '：', ':', '、', ' ', '　'])
            .len()
}

fn without_force(words: &str) -> &str {
    let mut rest = words.trim_start_matches(['，', ',', ' ']);
    for force in ["应当", "必须", "务必", "要", "应", "须", "请"] {
        if let Some(bare) = rest.strip_prefix(force) {
            rest = bare;
            break;
        }
    }
    rest.trim_start_matches(['，', ',', ' '])
}

/// The actor with which the words before a day end.
fn at_end(p: &Paragraph, before: &Range<usize>) -> Option<String> {
    let mut who = p.words[before.clone()].trim();
    for joint in JOINTS {
        if let Some(bare) = who.strip_suffix(joint) {
            who = bare;
            break;
        }
    }
    who = who.trim_start_matches(['请', '由', '凡']);
    let start = before.start + (who.as_ptr() as usize - p.words[before.clone()].as_ptr() as usize);
    let end = start + who.len();
    let is_office = p.readings_in(start..end).any(|r| {
        r.span.end == end && r.span.start <= start + '各'.len_utf8() && is_office(&r.what)
    });
    // 交到县教育局 says where to, not who.
    let leads = ['到', '向', '报', '交', '对', '将', '把', '给', '按', '经'];
    let is_named = ACTORS.iter().any(|word| who.ends_with(word)) && !who.contains(leads);
    let is_actor = is_office || is_named;
    (is_actor && (2..=LONGEST).contains(&who.chars().count())).then(|| who.to_owned())
}

fn is_office(what: &What) -> bool {
    matches!(what, What::Name(name) if name.kind == NameKind::Office)
}

/// Where the actor ends with which the words after a day begin: 各高校、各研究生培养单位.
fn at_start(p: &Paragraph, rest: &Range<usize>) -> Option<usize> {
    let mut end = one_at(p, rest.start, rest.end)?;
    while let Some(joint) = p.words[end..rest.end]
        .chars()
        .next()
        .filter(|c| matches!(c, '、' | '和' | '及' | '与'))
        && let Some(next) = one_at(p, end + joint.len_utf8(), rest.end)
    {
        end = next;
    }
    Some(end)
}

/// The end of one actor whose name begins at `start`.
fn one_at(p: &Paragraph, start: usize, end: usize) -> Option<usize> {
    /// Further away than this it is not the one who acts.
    const MOST: usize = 16;
    let head: String = p.words[start..end].chars().take(MOST).collect();
    let office = p
        .readings_in(start..end)
        .find(|r| is_office(&r.what) && r.span.start <= start + '各'.len_utf8())
        .map(|r| r.span.end);
    let by_word = || {
        let ends = ACTORS
            .iter()
            .filter_map(|word| Some(head.find(word)? + word.len()));
        let at = ends.min()?;
        let is_name = !head[..at]
            .contains(['，', '。', '“', '《', '的', '将', '对', '向', '到', '交'])
            && !VERBS.iter().any(|verb| head.starts_with(verb));
        is_name.then_some(start + at)
    };
    office.or_else(by_word)
}

/// Whom a deadline is for, and the other possibility.
pub(super) fn audience(who: &str) -> (&'static str, &'static str) {
    let is_person = PEOPLE.iter().any(|word| who.ends_with(word));
    if is_person {
        ("学生和家长", "或者 机构")
    } else {
        ("机构", "或者 学生和家长")
    }
}

/// The people that a sentence speaks about before a place: 确需现场办理的学生或监护人. What is in brackets is left out.
pub(super) fn people_before(p: &Paragraph, at: usize) -> Option<(String, usize)> {
    let sentence = p.sentence(at);
    p.pieces_in(sentence.start..at).rev().find_map(|piece| {
        let range = p.trimmed(piece.start..piece.end.min(at));
        let words = without_brackets(&p.words[range.clone()]);
        let end = PEOPLE
            .iter()
            .filter_map(|word| Some(words.rfind(word)? + word.len()))
            .max()?;
        let who = words[..end].trim_start_matches(['对', '由', '请', '凡']);
        let count = who.chars().count();
        (2..=LONGEST)
            .contains(&count)
            .then(|| (who.to_owned(), range.start))
    })
}

/// The words without what is in round brackets.
fn without_brackets(words: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::new();
    for c in words.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}
