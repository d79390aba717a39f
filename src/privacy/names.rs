//! Names of persons next to a role (联系人：王某某, 经办人 李四) or next to a telephone (王老师 0352-0000000).
//!
//! Comes in: a text and the numbers found in it. Goes out: the places of names. Reading is by rule: a surname of the table, one or two more characters, and a
//! border. Blanks are skipped (`签 发 人：张 三`), full-width signs are read as the usual ones. What is left out (×××, `***`,
//! 〔此处略去……〕) is not a name; a surname that is left (王某某) is.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::signs::Plain;
use crate::surnames::{is_name, surname};
use crate::{Finding, Kind};

/// How much else there must be before what follows a role is read as a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bond {
    /// Of a person only: a colon, a blank, a cell of a table, or nothing.
    Person,
    /// Also of a meeting, an office, a deed: a colon; or a blank, if there is a telephone in the line.
    Office,
    /// Of anybody: a colon.
    Anybody,
}

const ROLES: [(Bond, &str); 3] = [
    (
        Bond::Person,
        "联系人 联络人 联系人员 联络员 签发人 经办人 经办人员 承办人 承办人员 负责人 主要负责人 拟稿人 起草人 撰稿人 校对人 校对员 核稿人 \
         审核人 审核人员 审批人 复核人 制表人 填表人 填报人 报送人 收件人 咨询人 值班人 值班人员 值班员 值班领导 带班领导 分管领导 责任人 \
         对接人 联系教师 咨询老师 联系老师 经手人 法定代表人 委托代理人 牵头人 工作人员 办事员 专管员 资助专干 专干",
    ),
    (
        Bond::Office,
        "主任 副主任 局长 副局长 科长 副科长 处长 副处长 股长 副股长 所长 副所长 站长 院长 校长 副校长 园长 书记 副书记 县长 副县长 市长 副市长 厅长 \
         副厅长 部长 组长 副组长 成员 秘书 会计 出纳 干事 校对 承办 经办 审核 复核 签发 拟稿 核稿 打字 监印 值班 带班 班主任 辅导员 教师 老师 报送 联络 \
         联系 审批 制表 填表",
    ),
    (
        Bond::Anybody,
        "姓名 申请人 借款人 共同借款人 监护人 代办人 领取人 学生 家长 户主 父亲 母亲 证明人 担保人",
    ),
];

/// What may come between a role and its colon.
const AFTER_ROLE: [&str; 16] = [
    "姓名",
    "名单",
    "及联系电话",
    "和联系电话",
    "及联系方式",
    "和联系方式",
    "及电话",
    "和电话",
    "、联系电话",
    "、电话",
    "/电话",
    "(签字)",
    "(签名)",
    "(盖章)",
    "签字",
    "签名",
];

/// What may come after a name, without a border.
const AFTER_NAME: [&str; 18] = [
    "联系电话",
    "办公电话",
    "咨询电话",
    "电话",
    "手机",
    "固话",
    "座机",
    "联系方式",
    "传真",
    "职务",
    "邮箱",
    "微信",
    "签字",
    "签名",
    "签发",
    "负责",
    "同志",
    "(",
];

/// Forms of address after a surname or a name.
const TITLES: [&str; 26] = [
    "老师",
    "主任",
    "副主任",
    "科长",
    "副科长",
    "局长",
    "副局长",
    "处长",
    "校长",
    "副校长",
    "股长",
    "副股长",
    "书记",
    "同志",
    "先生",
    "女士",
    "经理",
    "干事",
    "会计",
    "秘书",
    "部长",
    "所长",
    "院长",
    "站长",
    "组长",
    "园长",
];

/// What is between a name and its telephone.
const BEFORE_PHONE: [&str; 18] = [
    "联系电话",
    "办公电话",
    "咨询电话",
    "值班电话",
    "服务电话",
    "电话号码",
    "热线电话",
    "座机",
    "固话",
    "固定电话",
    "手机",
    "联系方式",
    "号码",
    "电话",
    "热线",
    "phone",
    "tel",
    "Tel",
];

type Roles = HashMap<char, Vec<(Vec<char>, Bond)>>;

static BY_FIRST: LazyLock<Roles> = LazyLock::new(|| {
    let mut roles = Roles::new();
    for (bond, words) in ROLES {
        for word in words.split_whitespace() {
            let chars: Vec<char> = word.chars().collect();
            roles.entry(chars[0]).or_default().push((chars, bond));
        }
    }
    for list in roles.values_mut() {
        list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    roles
});

/// The characters of a text without blanks, and the numbers and addresses in it.
struct Line {
    plain: Plain,
    /// The ends of what was found before, by the character where it begins.
    numbers: HashMap<usize, usize>,
}

impl std::ops::Deref for Line {
    type Target = Plain;

    fn deref(&self) -> &Plain {
        &self.plain
    }
}

impl Line {
    fn new(text: &str, numbers: &[Finding]) -> Self {
        let plain = Plain::new(text, 0..text.len());
        let index = |byte: usize| plain.at.partition_point(|(start, _)| *start < byte);
        let numbers = numbers
            .iter()
            .filter(|one| one.kind != Kind::Secrecy)
            .map(|one| (index(one.range.start), index(one.range.end)))
            .collect();
        Self { plain, numbers }
    }

    fn get(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    fn has(&self, at: usize, word: &str) -> bool {
        word.chars()
            .enumerate()
            .all(|(i, c)| self.get(at + i) == Some(c))
    }

    /// The length of the word that ends here.
    fn ends(&self, end: usize, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|word| {
            let length = word.chars().count();
            (length <= end && self.has(end - length, word)).then_some(length)
        })
    }

    fn is_han(&self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' | '·'))
    }

    /// Where the characters that belong together end: before a blank or a sign.
    fn run(&self, start: usize) -> usize {
        let mut end = start;
        while self.is_han(end) && (end == start || !self.gap[end]) {
            end += 1;
        }
        end
    }
}

/// The names in a text next to a role, a telephone, or a number or address that was found before (`numbers`), in order.
/// `is_place` knows the names of places.
pub fn find(text: &str, numbers: &[Finding], is_place: &dyn Fn(&str) -> bool) -> Vec<Range<usize>> {
    let line = Line::new(text, numbers);
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 0..line.chars.len() {
        if let Some((length, bond)) = role(&line, at) {
            after_role(&line, at + length, bond, &mut found);
        }
        if let Some(end) = phone(&line, at) {
            found.extend(before_phone(&line, at));
            found.extend(after_phone(&line, end));
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    found.dedup_by_key(|range| range.start);
    let word = |range: &Range<usize>| line.chars[range.clone()].iter().collect::<String>();
    found.retain(|range| !is_place(&word(range)));
    found.into_iter().map(|range| line.bytes(range)).collect()
}

/// Whether a role may begin with a character: a bit for each of the lower ten.
fn may_begin_role(c: char) -> bool {
    static BITS: LazyLock<[u64; 16]> = LazyLock::new(|| {
        let mut bits = [0; 16];
        for first in BY_FIRST.keys() {
            let (word, bit) = place(*first);
            bits[word] |= bit;
        }
        bits
    });
    fn place(c: char) -> (usize, u64) {
        let low = u32::from(c) & 0x3ff;
        ((low >> 6) as usize, 1 << (low & 0x3f))
    }
    let (word, bit) = place(c);
    BITS[word] & bit != 0
}

/// The role that begins here: its length and what it needs.
fn role(line: &Line, at: usize) -> Option<(usize, Bond)> {
    let first = line.chars[at];
    if !may_begin_role(first) {
        return None;
    }
    let roles = BY_FIRST.get(&first)?;
    roles
        .iter()
        .find(|(word, _)| line.chars[at..].starts_with(word))
        .map(|(word, bond)| (word.len(), *bond))
}

/// Reads the names after a role.
fn after_role(line: &Line, mut at: usize, bond: Bond, found: &mut Vec<Range<usize>>) {
    while let Some(word) = AFTER_ROLE.iter().find(|word| line.has(at, word)) {
        at += word.chars().count();
    }
    let start = at;
    let mut has_colon = false;
    let mut has_cell = false;
    while let Some(c) = line.get(at) {
        match c {
            ':' => has_colon = true,
            '|' | '-' | '(' | '[' | '【' | '"' | '\'' | '“' | '=' | '/' => has_cell = true,
            '\n' if has_colon => {}
            _ => break,
        }
        at += 1;
    }
    let has_gap = line.gap.get(at).copied().unwrap_or(false);
    let is_bound = match bond {
        Bond::Person => has_colon || has_cell || has_gap || at == start,
        Bond::Office => has_colon || (has_gap || has_cell) && has_phone(line, at),
        Bond::Anybody => has_colon,
    };
    if !is_bound {
        return;
    }
    // Without any sign, only a name with a border is one: 经办人应当, 联系人安排.
    let is_bare = !has_colon && !has_cell && !has_gap;
    while let Some(end) = name(line, at).filter(|end| !is_bare || is_alone(line, at, *end)) {
        found.push(at..end);
        let is_next = matches!(line.get(end), Some('、' | ',' | '/' | ';'));
        at = end + usize::from(is_next);
        if is_bare || !is_next && !line.gap.get(at).copied().unwrap_or(false) {
            break;
        }
    }
}

/// Whether there is a telephone in the rest of the line.
fn has_phone(line: &Line, at: usize) -> bool {
    const NEAR: usize = 24;
    let end = (at + NEAR).min(line.chars.len());
    (at..end)
        .take_while(|&i| line.chars[i] != '\n')
        .any(|i| phone(line, i).is_some())
}

/// Whether a name directly after a role is one: it has a border, and is long, has a telephone, or ends the line.
fn is_alone(line: &Line, start: usize, end: usize) -> bool {
    let ends_line = matches!(line.get(end), None | Some('\n'));
    is_border(line, end) && (end - start > 2 || ends_line || has_phone(line, end))
}

fn is_border(line: &Line, at: usize) -> bool {
    !line.is_han(at) || line.gap[at] || AFTER_NAME.iter().any(|word| line.has(at, word))
}

/// The end of the name that begins here.
fn name(line: &Line, start: usize) -> Option<usize> {
    let end = line.run(start);
    if end == start {
        return None;
    }
    if end == start + 1 {
        return spaced(line, start);
    }
    let run = &line.chars[start..end];
    if is_person(run) {
        return Some(end);
    }
    // 张三联系电话：…
    (2..run.len().min(6))
        .find(|&k| AFTER_NAME.iter().any(|word| line.has(start + k, word)) && is_person(&run[..k]))
        .map(|k| start + k)
}

/// A name with blanks in it: 王 五, 张 晓 明, 王 小明.
fn spaced(line: &Line, start: usize) -> Option<usize> {
    let second = line.run(start + 1);
    let end = match second - (start + 1) {
        1 if line.run(second) == second + 1 => second + 1,
        1 | 2 => second,
        _ => return None,
    };
    let shorter = (end > second).then_some(second);
    std::iter::once(end)
        .chain(shorter)
        .find(|&end| is_name(&line.chars[start..end]))
}

/// Whether all of this is a name, or a name or a surname with a form of address.
fn is_person(text: &[char]) -> bool {
    let has_title = TITLES.iter().any(|title| {
        let length = title.chars().count();
        text.len() > length
            && title
                .chars()
                .eq(text[text.len() - length..].iter().copied())
    });
    if has_title {
        is_addressed(text)
    } else {
        is_name(text)
    }
}

fn is_addressed(text: &[char]) -> bool {
    TITLES.iter().any(|title| {
        let title: Vec<char> = title.chars().collect();
        text.strip_suffix(title.as_slice()).is_some_and(|name| {
            // 班主任, 党书记: a surname alone must not make another office.
            let is_office = matches!(
                name,
                ['班'
                    | '党'
                    | '支'
                    | '司'
                    | '车'
                    | '农'
                    | '师'
                    | '路'
                    | '代'
                    | '和'
                    | '时'
                    | '应'
                    | '全'
                    | '成'
                    | '单'
                    | '双'
                    | '段'
                    | '相']
            );
            surname(name).is_some_and(|length| length == name.len()) && !is_office || is_name(name)
        })
    })
}

/// The end of the telephone that begins here: `0352-0000000`, `(0352)0000000`, a mobile number.
fn phone(line: &Line, at: usize) -> Option<usize> {
    if !line.numbers.is_empty()
        && let Some(end) = line.numbers.get(&at)
    {
        return Some(*end);
    }
    let digit = |i: usize| line.get(i).is_some_and(|c| c.is_ascii_digit());
    let first = line.chars[at];
    if !matches!(first, '0' | '1') || at > 0 && digit(at - 1) && !line.gap[at] {
        return None;
    }
    let run = |from: usize, with_gaps: bool| {
        let mut end = from;
        while digit(end) && (end == from || with_gaps || !line.gap[end]) {
            end += 1;
        }
        end
    };
    let end = run(at, false);
    let is_mobile = first == '1' && end - at == 11;
    let is_joined = first == '0' && (10..=12).contains(&(end - at));
    if is_mobile || is_joined {
        return Some(end);
    }
    let is_area = first == '0' && (3..=4).contains(&(end - at));
    if !is_area {
        return None;
    }
    let number = end + usize::from(matches!(line.get(end), Some('-' | ')' | '/')));
    let last = run(number, false);
    (7..=8).contains(&(last - number)).then_some(last)
}

/// The name before a telephone.
fn before_phone(line: &Line, phone: usize) -> Option<Range<usize>> {
    let mut end = phone;
    let mut lines = 0;
    while end > 0 {
        let c = line.chars[end - 1];
        if let Some(length) = line.ends(end, &BEFORE_PHONE) {
            end -= length;
        } else if c == '\n' && lines == 0 && end < phone && line.chars[end] != '\n' {
            // The next key of an entry: `office: 王老师`, `phone: 0352-…`.
            let is_key = BEFORE_PHONE.iter().any(|word| line.has(end, word));
            if !is_key {
                break;
            }
            lines += 1;
            end -= 1;
        } else if ":,、()[]|\"'“”-/;{}".contains(c) {
            end -= 1;
        } else {
            break;
        }
    }
    const LONGEST: usize = 7;
    (2..=LONGEST.min(end)).rev().find_map(|length| {
        let start = end - length;
        let all_han = (start..end).all(|i| line.is_han(i));
        (all_han && is_one(line, start, end) && starts(line, start)).then_some(start..end)
    })
}

/// The name after a telephone: `0352-0000000（王老师）`.
fn after_phone(line: &Line, phone: usize) -> Option<Range<usize>> {
    let has_bracket = line.get(phone) == Some('(');
    let start = phone + usize::from(has_bracket);
    if !has_bracket && !line.gap.get(start).copied().unwrap_or(false) {
        return None;
    }
    let end = name(line, start)?;
    is_border(line, end).then_some(start..end)
}

/// Whether a person is called by these characters, with blanks only as names are printed.
fn is_one(line: &Line, start: usize, end: usize) -> bool {
    let text = &line.chars[start..end];
    let gaps = (start + 1..end).filter(|&i| line.gap[i]).count();
    match gaps {
        0 => is_person(text),
        1 if end - start <= 3 => line.gap[start + 1] && is_name(text),
        2 if end - start == 3 => is_name(text),
        _ => false,
    }
}

/// Whether a name can begin here: after a sign, a blank, a role or an office.
fn starts(line: &Line, start: usize) -> bool {
    const BEFORE: &str = "找请由与和及是为即心局处科股室校院办组站所";
    if start == 0 || line.gap[start] || !line.is_han(start - 1) {
        return true;
    }
    let roles = ROLES.iter().flat_map(|(_, words)| words.split_whitespace());
    let after_role = roles
        .map(|word| word.chars().count())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .filter(|length| *length <= start)
        .any(|length| role(line, start - length).is_some_and(|(found, _)| found == length));
    after_role || BEFORE.contains(line.chars[start - 1])
}
