//! What a piece of official text says, as types.

use std::ops::Range;

/// A piece of text and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Byte range in the text that was read, without words of bound or unit left out: `不得早于9月25日` as a whole.
    pub span: Range<usize>,
    /// The most likely meaning.
    pub what: What,
    /// Other meanings that the words may have; empty if they are clear.
    pub others: Vec<What>,
}

/// A meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// 2020年7月15日, 7月18日前, 每年1月31日, 11月, 7月上旬
    Day(Day),
    /// 30日内, 之日起5个工作日, 3年
    Duration(Duration),
    /// 60名, 三十个, 上午30名, 不超过10公里, 年满60周岁
    Amount(Amount),
    /// 8000元, 每生每年12000元, 1.5万元
    Money(Money),
    /// 72.62%, 10％－20％ (two readings), 百分之十, 三分之一, 七成
    Share(Share),
    /// 第一类, 第一至第四类, 第3批, 第三条
    Ordinal(Ordinal),
    /// A document number in its normal form, `晋教助学〔2020〕7号`.
    DocumentNumber(String),
    /// A telephone number: digits and `-` only, with its area code if printed (`0352-8522123`).
    Phone(String),
    /// A mailbox, in lower case.
    Mailbox(String),
    /// A paper, channel, place or office.
    Name(Name),
    /// A word that carries the force of a rule.
    Force(Force),
    /// Words in the place of a day that are not a day.
    NotADay(Vague),
}

/// A day, a month, a part of a month or a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    pub year: Year,
    /// 1 to 12. A year alone (`2020年`) has no month.
    pub month: Option<u8>,
    /// 1 to 31, existing in that month.
    pub day: Option<u8>,
    /// 上旬, 底 … of a month or year.
    pub part: Option<Part>,
    pub bound: Bound,
    pub end: End,
}

/// The year of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Year {
    /// Printed with the day.
    Printed(i16),
    /// Printed with an earlier day of the same range or list: `2023年7月17日--9月25日`.
    Carried(i16),
    /// 今年, 本年, 当年 (of the document).
    This,
    /// 明年, 次年, 翌年: the year after.
    Next,
    /// 去年, 上年.
    Last,
    /// 每年, 年年.
    Every,
    /// The year of an event: 受灾当年, 毕业当年; the words of the event.
    Of(String),
    /// Not printed.
    Unsaid,
}

/// A part of a month or of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// 初
    Start,
    /// 上旬
    First,
    /// 中旬
    Second,
    /// 下旬
    Third,
    /// 中, 中下旬 is ambiguous
    Middle,
    /// 底, 末
    Last,
}

/// What the words around a day say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The day itself.
    On,
    /// 起, 开始, 自 … 起, 从
    From,
    /// 不得早于, 不早于: the thing happens then or later.
    NotBefore,
    /// 前, 以前, 之前 (民法典 does not define 前; whether the day itself is meant is open)
    Before,
    /// 止, 截止, 截至, 至 (without a first day)
    Until,
    /// 不晚于, 不得晚于, 最迟
    NotAfter,
    /// 后, 以后, 之后
    After,
}

/// Which end of a range a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// Not in a range.
    Alone,
    /// The first day: `7月17日` of `7月17日--9月25日`.
    First,
    /// The last day.
    Last,
}

/// A whole or decimal number: `digits` × 10^-`scale`, without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number {
    pub digits: i64,
    pub scale: u8,
}

/// Whether a number is a value or a limit (民法典 1259: 以上, 以下, 以内, 届满 include the number; 不满, 超过, 以外 do
/// not).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    Exactly,
    /// 约, 左右, 近
    About,
    /// 以上, 不少于, 不低于, 至少, 年满, 满
    AtLeast,
    /// 以下, 以内, 不超过, 至多, 最多, 最高
    AtMost,
    /// 超过, 以外, 高于, 大于
    MoreThan,
    /// 不满, 低于, 不足, 未满, 少于
    LessThan,
}

/// A number of things, persons, ages, lengths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    pub value: Number,
    /// The measure word or unit as printed, folded: 名, 个, 人, 周岁, 公里, 次. Empty if none is printed.
    pub unit: String,
    pub limit: Limit,
    /// What it is counted by: 每天, 每生每年, 每人; as printed. Empty if not printed.
    pub per: String,
    /// The word in front of it that says of what: 上午 of `上午30名`, 优秀 of `优秀122个`. Empty if none.
    pub group: String,
    /// The thing counted after the unit, if printed: `县（市、区）` of `30个县（市、区）`.
    pub of: String,
}

/// A length of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duration {
    pub value: Number,
    pub unit: TimeUnit,
    pub limit: Limit,
    /// The event it is counted from: `收到申请之日` of `自收到申请之日起5个工作日内`. Empty if none is printed.
    pub from: String,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    Minute,
    Hour,
    /// 日, 天
    Day,
    /// 工作日
    WorkingDay,
    Week,
    Month,
    Quarter,
    Term,
    Year,
}

/// An amount of money in fen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    pub fen: i64,
    pub limit: Limit,
    /// 每生每年, 每人每月; as printed. Empty if not printed.
    pub per: String,
}

/// A share of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Per cent: 72.62% is 72.62, 七成 is 70. A fraction that is not a finite decimal is kept by its parts.
    pub value: ShareValue,
    pub limit: Limit,
    /// What comes before it: 优秀率. Empty if none.
    pub group: String,
}

/// A percentage or a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareValue {
    Percent(Number),
    /// numerator, denominator
    Fraction(u32, u32),
}

/// 第 … : one member or a range of members of a numbered series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordinal {
    pub first: u32,
    /// Equal to `first` if it is not a range.
    pub last: u32,
    /// 类, 条, 批, 款, 次 …
    pub unit: String,
}

/// A paper, channel, place or office, by its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub kind: NameKind,
    /// The words without blanks, brackets folded.
    pub words: String,
}

/// What a name is a name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// 《续贷声明》, 身份证原件和复印件, 低收入证明
    Paper,
    /// 远程, 现场, 网上, 邮寄, 电话
    Channel,
    /// 教育局一楼大厅, 县政务服务中心3号窗口
    Place,
    /// 县学生资助管理中心, 国家开发银行山西省分行
    Office,
}

/// A word that changes what a rule demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Force {
    /// 全部, 所有, 一律, 全额, 全面
    All,
    /// 部分, 一部分
    Part,
    /// 一半, 半数
    Half,
    /// 应, 应当, 必须, 须, 务必, 要 (before a verb)
    Must,
    /// 可, 可以, 有权
    May,
    /// 不得, 禁止, 严禁, 不准
    MustNot,
    /// 原则上
    InPrinciple,
    /// 只, 仅, 只有
    Only,
    /// 除 … 外
    Except,
    /// 不, 未, 无, 没有, 无需, 不再
    Not,
}

/// Words that stand for a day which the text does not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Vague {
    /// 另行通知, 拟另行通知, 待定
    ToBeAnnounced,
    /// 即日起, 自发布之日起, 自印发之日起
    FromIssue,
    /// 暑假, 寒假, 开学前, 学期末
    Season,
    /// 近日, 尽快, 及时, 按时
    Soon,
}

impl Number {
    /// The same number without trailing zeros after the point, so that equal numbers are equal.
    #[must_use]
    pub fn normal(mut self) -> Self {
        while self.scale > 0 && self.digits % 10 == 0 {
            self.digits /= 10;
            self.scale -= 1;
        }
        self
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = format!(
            "{:0width$}",
            self.digits,
            width = usize::from(self.scale) + 1
        );
        let (whole, part) = digits.split_at(digits.len() - usize::from(self.scale));
        if part.is_empty() {
            write!(f, "{whole}")
        } else {
            write!(f, "{whole}.{part}")
        }
    }
}
