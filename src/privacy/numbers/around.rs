//! The words before and after a number, which say what it is.
//!
//! Comes in: a row of digits in its text. Goes out: whether words of a list are near. Only the same line counts.

use super::Window;

/// How far before a number a word is read, in characters.
const REACH: usize = 14;

/// Words before a number.
pub(super) struct Before {
    /// Anywhere near.
    near: &'static [&'static str],
    /// Directly before, apart from a colon and blanks.
    just: &'static [&'static str],
}

impl Before {
    /// It is a telephone.
    pub const PHONE: Self = Self {
        near: &[
            "电话", "手机", "电話", "手機", "联系", "联络", "热线", "咨询", "拨打", "致电", "来电",
            "微信", "短信", "tel", "phone", "mobile", "cell", "whatsapp", "☎", "📞", "📱", "请找",
            "请加",
        ],
        just: &[],
    };
    /// It counts or names something else.
    pub const SERIAL: Self = Self {
        near: &[],
        just: &[
            "编号",
            "序号",
            "单号",
            "流水号",
            "批号",
            "订单",
            "凭证号",
            "回执号",
            "受理号",
            "业务号",
            "条码",
            "条形码",
            "货号",
            "型号",
            "代码",
            "编码",
            "发票号码",
            "票据号码",
            "档案号",
            "合同号",
            "登记号",
            "登记证号",
            "许可证号",
            "备案号",
            "案号",
            "卷号",
            "图号",
            "索引号",
            "文号",
            "版本号",
            "批次号",
            "商品码",
            "校验码",
            "资产号",
            "设备号",
            "机身号",
            "序列号",
            "时间戳",
            "isbn",
            "issn",
            "no.",
            "no",
            "sn",
            "s/n",
            "id",
            "order",
            "serial",
            "timestamp",
        ],
    };
    /// It is the code of an office.
    pub const CREDIT: Self = Self {
        near: &["信用代码", "统一代码", "机构代码", "识别号", "税号", "uscc"],
        just: &[],
    };
    /// It is an identity number.
    pub const IDENTITY: Self = Self {
        near: &["身份证", "身份證", "证件号", "公民身份"],
        just: &[],
    };
    /// It is an account.
    pub const BANK: Self = Self {
        near: &[
            "银行",
            "卡号",
            "账号",
            "帐号",
            "账户",
            "帐户",
            "银联",
            "储蓄卡",
            "借记卡",
            "信用卡",
            "card",
        ],
        just: &[],
    };
    /// It is money.
    pub const MONEY: Self = Self {
        near: &[],
        just: &["¥", "￥", "$", "€", "人民币", "rmb", "cny", "金额"],
    };
}

/// Units of amounts and counts.
const UNITS: [&str; 27] = [
    "元", "万", "亿", "人", "户", "名", "次", "份", "吨", "亩", "公顷", "公里", "千米", "平方",
    "立方", "千瓦", "美元", "度", "册", "册次", "条", "%", "％", "‰", "个", "字节", "件",
];
/// What begins with a unit and is not one: 13800000000人工服务.
const NOT_UNITS: [&str; 6] = ["人工", "名字", "名称", "个人", "次日", "条件"];

/// Whether words of a list are before the window.
pub(super) fn says(window: &Window, before: &Before) -> bool {
    let words = words_before(window);
    before.near.iter().any(|word| words.contains(word)) || {
        let bare = words.trim_end_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    ':' | '：' | '为' | '是' | '#' | '"' | '“' | '=' | '(' | '（'
                )
        });
        before.just.iter().any(|word| bare.ends_with(word))
    }
}

/// The same line before the window, in lower case.
fn words_before(window: &Window) -> String {
    let text = &window.text[..window.bytes().start];
    let mut words: Vec<char> = text
        .chars()
        .rev()
        .take(REACH)
        .take_while(|c| *c != '\n')
        .collect();
    words.reverse();
    words.into_iter().collect::<String>().to_lowercase()
}

/// Whether a unit is after the window.
pub(super) fn has_unit(window: &Window) -> bool {
    let after = window.text[window.bytes().end..].trim_start_matches([' ', '\u{3000}', '余', '多']);
    let begins = |list: &[&str]| list.iter().any(|word| after.starts_with(word));
    begins(&UNITS) && !begins(&NOT_UNITS)
}
