//! The words of the grammars: measure words, limits, bounds, words of obligation, ends of names.
//!
//! Comes in: nothing. Goes out: tables. Every list is open: a word that is missing is added here and nowhere else.

use std::sync::LazyLock;

use crate::lexicon::Lexicon;
use crate::what::{Bound, Force, Limit, NameKind, TimeUnit, Vague};

/// Marks words of a table that have no meaning of their own.
pub(crate) type Set = Lexicon<()>;

fn set(words: &[&'static str]) -> Vec<(&'static str, ())> {
    words.iter().map(|word| (*word, ())).collect()
}

// ---------------------------------------------------------------- limits

/// 民法典 1259: 以上、以下、以内、届满 include the number; 不满、超过、以外 do not.
#[rustfmt::skip]
pub(crate) static LIMITS_AFTER: LazyLock<Lexicon<Limit>> = LazyLock::new(|| Lexicon::by_first(&[
    ("以上", Limit::AtLeast), ("及以上", Limit::AtLeast), ("或以上", Limit::AtLeast), ("起步", Limit::AtLeast),
    ("届满", Limit::AtLeast), ("期满", Limit::AtLeast),
    ("以下", Limit::AtMost), ("及以下", Limit::AtMost), ("或以下", Limit::AtMost), ("以内", Limit::AtMost),
    ("之内", Limit::AtMost), ("封顶", Limit::AtMost),
    ("以外", Limit::MoreThan), ("之外", Limit::MoreThan), ("开外", Limit::MoreThan),
    ("左右", Limit::About), ("上下", Limit::About),
]));

#[rustfmt::skip]
pub(crate) static LIMITS_BEFORE: LazyLock<Lexicon<Limit>> = LazyLock::new(|| Lexicon::by_last(&[
    ("不少于", Limit::AtLeast), ("不低于", Limit::AtLeast), ("不得少于", Limit::AtLeast), ("不得低于", Limit::AtLeast),
    ("不能少于", Limit::AtLeast), ("不能低于", Limit::AtLeast), ("不小于", Limit::AtLeast), ("不短于", Limit::AtLeast),
    ("至少", Limit::AtLeast), ("最少", Limit::AtLeast), ("最低", Limit::AtLeast), ("最低为", Limit::AtLeast),
    ("最短", Limit::AtLeast), ("下限为", Limit::AtLeast), ("下限", Limit::AtLeast), ("满", Limit::AtLeast), ("年满", Limit::AtLeast),
    ("大于等于", Limit::AtLeast), ("≥", Limit::AtLeast), ("不得短于", Limit::AtLeast), ("最少不少于", Limit::AtLeast),
    ("最低不低于", Limit::AtLeast), ("不得小于", Limit::AtLeast), ("最低不少于", Limit::AtLeast),
    ("不超过", Limit::AtMost), ("不得超过", Limit::AtMost), ("不能超过", Limit::AtMost), ("最高不超过", Limit::AtMost),
    ("最多不超过", Limit::AtMost), ("最长不超过", Limit::AtMost), ("最长不得超过", Limit::AtMost),
    ("最高不得超过", Limit::AtMost), ("最多不得超过", Limit::AtMost), ("原则上不超过", Limit::AtMost),
    ("不高于", Limit::AtMost), ("不多于", Limit::AtMost), ("不大于", Limit::AtMost), ("不长于", Limit::AtMost),
    ("不得高于", Limit::AtMost), ("不得多于", Limit::AtMost), ("不得大于", Limit::AtMost), ("未超过", Limit::AtMost),
    ("至多", Limit::AtMost), ("最多", Limit::AtMost), ("最高", Limit::AtMost), ("最长", Limit::AtMost),
    ("最多为", Limit::AtMost), ("最高为", Limit::AtMost), ("最长为", Limit::AtMost), ("上限为", Limit::AtMost),
    ("上限", Limit::AtMost), ("不超", Limit::AtMost), ("不突破", Limit::AtMost), ("小于等于", Limit::AtMost),
    ("≤", Limit::AtMost), ("最高可达", Limit::AtMost), ("最多可", Limit::AtMost), ("限额", Limit::AtMost),
    ("控制在", Limit::AtMost), ("限", Limit::AtMost), ("限购", Limit::AtMost), ("限领", Limit::AtMost), ("限招", Limit::AtMost), ("限乘", Limit::AtMost),
    ("限载", Limit::AtMost), ("限报", Limit::AtMost), ("限定", Limit::AtMost),
    ("最迟不超过", Limit::AtMost), ("不得长于", Limit::AtMost), ("封顶", Limit::AtMost),
    ("超过", Limit::MoreThan), ("高于", Limit::MoreThan), ("大于", Limit::MoreThan), ("多于", Limit::MoreThan),
    ("超出", Limit::MoreThan), ("逾", Limit::MoreThan), (">", Limit::MoreThan), ("长于", Limit::MoreThan),
    ("已超过", Limit::MoreThan), ("超", Limit::MoreThan),
    ("不满", Limit::LessThan), ("未满", Limit::LessThan), ("不足", Limit::LessThan), ("低于", Limit::LessThan),
    ("少于", Limit::LessThan), ("小于", Limit::LessThan), ("未达到", Limit::LessThan), ("达不到", Limit::LessThan),
    ("未达", Limit::LessThan), ("<", Limit::LessThan), ("尚未满", Limit::LessThan), ("短于", Limit::LessThan),
    ("不到", Limit::LessThan),
    ("约", Limit::About), ("大约", Limit::About), ("约为", Limit::About), ("近", Limit::About), ("将近", Limit::About),
    ("接近", Limit::About), ("大致", Limit::About),
]));

/// Ends of words that are not limits although they look like one: 预约10名, 附近3个, 期限3年.
#[rustfmt::skip]
pub(crate) static NOT_LIMITS: LazyLock<Set> = LazyLock::new(|| Lexicon::by_last(&set(&[
    "预约", "契约", "合约", "节约", "公约", "条约", "签约", "履约", "违约", "邀约", "赴约", "续约", "制约",
    "附近", "最近", "靠近", "临近", "就近", "邻近", "新近",
    "期限", "年限", "时限", "权限", "界限", "局限", "极限", "不限", "有限", "无限",
    "美满", "圆满", "充满", "爆满", "坐满", "期满", "届满",
    "赶超", "反超", "商超",
])));

// ---------------------------------------------------------------- units

/// Units of time after a number. 年, 月 and 日 are also parts of a day.
#[rustfmt::skip]
pub(crate) static TIME_UNITS: LazyLock<Lexicon<TimeUnit>> = LazyLock::new(|| Lexicon::by_first(&[
    ("分钟", TimeUnit::Minute), ("个小时", TimeUnit::Hour), ("小时", TimeUnit::Hour), ("个钟头", TimeUnit::Hour),
    ("日", TimeUnit::Day), ("天", TimeUnit::Day), ("个自然日", TimeUnit::Day), ("自然日", TimeUnit::Day),
    ("日历天", TimeUnit::Day), ("个日历日", TimeUnit::Day), ("个昼夜", TimeUnit::Day),
    ("个工作日", TimeUnit::WorkingDay), ("工作日", TimeUnit::WorkingDay), ("个工作天", TimeUnit::WorkingDay),
    ("个法定工作日", TimeUnit::WorkingDay), ("个有效工作日", TimeUnit::WorkingDay), ("个交易日", TimeUnit::WorkingDay),
    ("周", TimeUnit::Week), ("个星期", TimeUnit::Week), ("星期", TimeUnit::Week), ("个周", TimeUnit::Week),
    ("个月", TimeUnit::Month), ("个自然月", TimeUnit::Month), ("个日历月", TimeUnit::Month), ("月龄", TimeUnit::Month),
    ("个季度", TimeUnit::Quarter), ("季度", TimeUnit::Quarter),
    ("个学期", TimeUnit::Term), ("学期", TimeUnit::Term),
    ("年", TimeUnit::Year), ("个年度", TimeUnit::Year), ("个学年", TimeUnit::Year), ("学年", TimeUnit::Year),
    ("周年", TimeUnit::Year), ("个自然年度", TimeUnit::Year), ("整年", TimeUnit::Year), ("个会计年度", TimeUnit::Year),
    ("个完整年度", TimeUnit::Year),
]));

/// Measure words and units of things that are counted. 号, 楼, 室, 版 are left out: they name one thing.
#[rustfmt::skip]
pub(crate) static UNITS: LazyLock<Set> = LazyLock::new(|| Lexicon::by_first(&set(&[
    "名", "个", "人", "位", "份", "件", "张", "本", "套", "项", "条", "款", "种", "类", "次", "户", "家", "所", "座", "栋", "间",
    "台", "辆", "部", "批", "页", "场", "只", "头", "亩", "门", "篇", "册", "组", "队", "班", "例", "起", "桶", "箱", "包", "瓶",
    "盒", "床", "枚", "支", "根", "把", "面", "块", "片", "株", "棵", "艘", "架", "列", "趟", "遍", "轮", "期", "代", "步", "剂", "针", "粒", "颗", "滴",
    "口", "处", "宗", "单", "笔", "封", "幅", "幢", "尊", "员", "级", "档", "孔", "眼", "道", "段", "节", "章", "卷", "字", "句",
    "人次", "户次", "车次", "班次", "批次", "人份", "件次", "场次", "课时", "学时", "学分", "课次", "席", "桌", "餐",
    "周岁", "岁", "分", "倍", "成", "点", "度", "级次", "个百分点", "百分点", "分贝",
    "平方米", "平方公里", "平米", "㎡", "公顷", "公里", "千米", "米", "厘米", "毫米", "里", "立方米", "立方", "方",
    "吨", "公斤", "千克", "斤", "克", "毫克", "升", "毫升", "千瓦时", "千瓦", "瓦", "摄氏度", "℃", "度电", "马力",
    "美元", "港元", "欧元", "日元", "英镑",
    "km", "kg", "m", "cm", "mm", "g", "t", "kW", "mg", "ml", "L", "GB", "MB", "KB",
    "行政村", "自然村", "乡镇", "部门", "单位", "省份", "省", "市", "县", "区", "镇", "乡", "村", "校", "街道", "社区", "小区",
    "方面", "阶段", "环节", "步骤", "等级", "档次", "梯队", "品种", "渠道", "楼层", "车位", "床位", "席位", "学位", "岗位",
])));

/// Words that only begin with the character of a unit: 3年级, 2本科, 三部委, 七成立.
#[rustfmt::skip]
pub(crate) static NOT_UNITS: LazyLock<Set> = LazyLock::new(|| Lexicon::by_first(&set(&[
    "年级", "年代", "年版", "年龄", "年度", "周岁", "周边", "周转", "天然", "天空", "天气", "日照", "日常", "日元", "日三餐",
    "元旦", "元素", "元件", "元器件", "元首", "元宵", "元月", "元结构", "元化", "元制",
    "成立", "成员", "成为", "成本", "成果", "成功", "成年", "成效", "成绩", "成交", "成品", "成长", "成都", "成不变", "成分", "成人", "成套", "成熟",
    "本科", "本市", "本县", "本省", "本人", "本校", "本级", "本区", "本通", "本单位", "方面", "方式", "方案", "方法", "方针", "方便", "方可",
    "面向", "面对", "面积", "面试", "部分", "部委", "部署", "部令", "县级", "县长", "县委", "县政府", "市级", "市长", "市委", "市政", "市域", "市场", "市内",
    "区级", "区长", "区委", "区域", "区政府", "区内", "省级", "省长", "省委", "省内", "省政府", "镇级", "镇长", "镇政府", "乡级", "乡长", "乡政府", "村级", "村长", "村委", "村内",
    "期间", "期限", "期末", "期货", "道路", "道德", "道理", "口径", "口头", "步骤", "度假", "根本", "根据", "把关", "字样", "里程", "代表", "代理", "代码", "员工",
    "节约", "节能", "节日", "节假", "节点", "单位", "单一", "单独", "单元", "人民", "人才", "人社", "人事", "人力", "人均", "名单", "名称", "名额", "名录", "名义",
    "位于", "位置", "位数", "组织", "组成", "组长", "条件", "条例", "件额", "个别", "个体", "个性", "份额", "次年", "次月", "次日", "门户", "门诊", "门槛", "班子", "班主任",
    "包括", "包含", "所有", "所在", "所属", "所需", "所得", "间接", "台账", "台帐", "场所", "场地", "家庭", "家长", "张贴", "批准", "批复", "处理", "处置", "处罚", "起草", "起诉",
    "套用", "项下", "种植", "种子", "类似", "户籍", "户口", "户主", "户型", "款项", "架构", "列入", "级别", "级以上", "轮流", "段落", "点钟", "吨位", "米粮", "升级", "升学", "克服",
])));

/// Units that a Chinese number of one digit only has in fixed words, and the units after which a word goes on: 一次性, 一家人,
/// 二级, 三方. Not counted.
#[rustfmt::skip]
pub(crate) static FIXED: LazyLock<Set> = LazyLock::new(|| Lexicon::by_first(&set(&[
    "一次性", "一家人", "一门式", "一件事", "一张网", "一条龙", "一部分", "一方面", "一本通", "一起", "一道", "一面", "一把手",
    "一单制", "一点", "一下", "一级", "一种植", "一期工程", "一头", "一口价", "一口", "一支笔", "一盘棋", "一站", "一线", "一流",
    "一个样", "一类疫苗", "一代", "一块", "一方", "一段时间", "一段时期", "一度", "一字", "一分为二", "一成不变", "一些", "一席",
    "一步到位", "一级响应", "一门心思", "一口清", "一人一", "一户一", "一校一", "一县一", "一村一", "一事一", "一生一", "一班一",
    "一年一度", "一日游", "一轮又一轮", "一批次", "一本正经", "一本", "二本", "三本", "一位数", "一并", "一件件", "一项项",
    "二次供水", "二次元", "二手", "二维", "三方", "三支一扶", "三方协议", "三级甲等", "三甲", "三农", "三级等保", "四方", "五方",
    "六一", "七一", "八一", "十一届", "五四", "两会", "两江", "两岸", "两班倒", "双", "五险", "五金", "三包", "三级跳", "十分",
    "三个代表", "两个维护", "四个意识", "四个自信", "两个确立", "八项规定", "两不愁", "一网", "一窗", "一卡通", "一码",
    "一带一路", "一点点", "一个劲", "一面旗帜", "一部门",
    // Places.
    "三门峡", "三门县", "五台县", "五台山", "五台区", "九台区", "九台市", "三台县", "七台河", "七里河", "五家渠", "三家子", "二道区", "二道江", "八道江", "四方台",
    "三元区", "三元桥", "两当县", "六枝", "八里桥", "八里庄", "九里区", "九里山", "三里屯", "五里", "十里", "七里", "一间房", "三间房", "八步区", "千户", "百色", "千阳", "万州", "九寨沟",
])));

/// Words that end in a numeral or directly before one that then counts nothing: 同一个, 进一步, 统一, 星期三.
#[rustfmt::skip]
pub(crate) static NOT_COUNTED_AFTER: LazyLock<Set> = LazyLock::new(|| Lexicon::by_last(&set(&[
    "同", "统", "唯", "单", "任", "专", "均", "归", "星期", "礼拜", "进", "之", "逐", "合", "万", "划",
    "如", "不", "大", "某", "另", "始终如", "这", "那", "哪", "本科", "专科", "提前",
])));

/// What a number names, so that it does not count: 3号窗口, 5楼, 201室, 2019版.
#[rustfmt::skip]
pub(crate) static LABELS: LazyLock<Set> = LazyLock::new(|| Lexicon::by_first(&set(&[
    "号", "楼", "室", "层", "版", "路", "弄", "单元", "幢", "栋", "#", "号楼", "级响应", "级以上地方", "中", "小", "高", "大道",
    "年级", "年版", "年制", "届毕业", "频道", "频率", "码头", "次列车", "师", "团", "院区", "期项目", "线", "环", "型",
    "年代", "月份", "学年度", "股", "纬度", "经度",
])));

/// 每天, 每生每年: what a number is counted by.
#[rustfmt::skip]
pub(crate) static PER: LazyLock<Set> = LazyLock::new(|| Lexicon::by_last(&set(&[
    "每天", "每日", "每周", "每月", "每季度", "每年", "每学年", "每学期", "每人", "每生", "每户", "每名", "每位", "每个", "每次",
    "每家", "每所", "每校", "每县", "每镇", "每村", "每班", "每场", "每亩", "每头", "每台", "每辆", "每件", "每套", "每平方米",
    "每人次", "每人月", "每生年", "每小时", "每批", "每组", "每孔", "每只", "每度", "每吨", "每公里", "每车", "每床",
    "每名学生", "每位学生", "每个学生", "每名职工", "每个家庭", "每个项目", "每项", "每企业", "每单", "每间", "每栋",
    "日均", "人均", "户均", "年均", "月均", "每工作日", "每个工作日", "每学生", "每个专业", "每个班", "每个班级",
    "每个单位", "每单位", "每个县", "每个乡镇", "每乡镇", "每对", "每例", "每宗", "每胎", "每孩", "每个子女", "每个孩子",
    "每半天", "每半年", "每分钟", "每平方公里", "每立方米", "每千瓦时", "每公顷", "每处", "每岗", "每节", "每课时", "每学分",
])));

// ---------------------------------------------------------------- days

/// Words before a day. GB/T 7408 does not know them; 民法典 200 to 204 say how periods are counted.
#[rustfmt::skip]
pub(crate) static BOUNDS_BEFORE: LazyLock<Lexicon<Bound>> = LazyLock::new(|| Lexicon::by_last(&[
    ("不得早于", Bound::NotBefore), ("不早于", Bound::NotBefore), ("不能早于", Bound::NotBefore), ("不应早于", Bound::NotBefore),
    ("最早于", Bound::NotBefore), ("最早不早于", Bound::NotBefore), ("最早", Bound::NotBefore), ("不宜早于", Bound::NotBefore),
    ("最早不得早于", Bound::NotBefore), ("不先于", Bound::NotBefore), ("不得先于", Bound::NotBefore), ("最早为", Bound::NotBefore),
    ("最早从", Bound::NotBefore), ("不得提前至", Bound::NotBefore),
    ("不得晚于", Bound::NotAfter), ("不晚于", Bound::NotAfter), ("不能晚于", Bound::NotAfter), ("不迟于", Bound::NotAfter),
    ("不得迟于", Bound::NotAfter), ("不能迟于", Bound::NotAfter), ("不应晚于", Bound::NotAfter), ("不应迟于", Bound::NotAfter),
    ("最迟", Bound::NotAfter), ("最迟于", Bound::NotAfter), ("最迟在", Bound::NotAfter), ("最迟不超过", Bound::NotAfter),
    ("最迟不得超过", Bound::NotAfter), ("最迟不晚于", Bound::NotAfter), ("最迟不得晚于", Bound::NotAfter), ("最晚不晚于", Bound::NotAfter),
    ("最迟不能超过", Bound::NotAfter), ("最晚", Bound::NotAfter), ("最晚于", Bound::NotAfter), ("最晚在", Bound::NotAfter),
    ("最晚不超过", Bound::NotAfter), ("最晚不得超过", Bound::NotAfter), ("最晚不迟于", Bound::NotAfter), ("最迟不迟于", Bound::NotAfter),
    ("不超过", Bound::NotAfter), ("不得超过", Bound::NotAfter), ("不能超过", Bound::NotAfter), ("最迟至", Bound::NotAfter),
    ("最迟到", Bound::NotAfter), ("最迟为", Bound::NotAfter), ("最晚至", Bound::NotAfter), ("最晚到", Bound::NotAfter),
    ("最晚应于", Bound::NotAfter), ("最迟应于", Bound::NotAfter), ("最迟须于", Bound::NotAfter), ("最迟应在", Bound::NotAfter),
    ("截至", Bound::Until), ("截止", Bound::Until), ("截止到", Bound::Until), ("截止至", Bound::Until), ("截至到", Bound::Until),
    ("截止于", Bound::Until), ("截止日期为", Bound::Until), ("截止时间为", Bound::Until), ("截止日期:", Bound::Until),
    ("截止时间:", Bound::Until), ("截止日期是", Bound::Until), ("截止时间是", Bound::Until), ("截止日为", Bound::Until),
    ("截止时间到", Bound::Until), ("截止时间至", Bound::Until), ("截止日期至", Bound::Until), ("止于", Bound::Until),
    ("截止期为", Bound::Until), ("截止期限为", Bound::Until), ("直至", Bound::Until), ("直到", Bound::Until), ("延至", Bound::Until),
    ("延长至", Bound::Until), ("延期至", Bound::Until), ("顺延至", Bound::Until), ("持续至", Bound::Until), ("推迟至", Bound::Until),
    ("至", Bound::Until), ("止:", Bound::Until), ("有效期至", Bound::Until), ("有效期到", Bound::Until),
    ("自", Bound::From), ("从", Bound::From), ("始于", Bound::From), ("开始时间为", Bound::From), ("开始时间:", Bound::From),
    ("起始日期为", Bound::From), ("起始日期:", Bound::From), ("起始时间为", Bound::From), ("自从", Bound::From),
    ("开始于", Bound::From), ("起自", Bound::From), ("起于", Bound::From), ("开始日期为", Bound::From), ("启动时间为", Bound::From),
    ("早于", Bound::Before), ("先于", Bound::Before), ("晚于", Bound::After), ("迟于", Bound::After),
]));

/// Words after a day.
#[rustfmt::skip]
pub(crate) static BOUNDS_AFTER: LazyLock<Lexicon<Option<Bound>>> = LazyLock::new(|| Lexicon::by_first(&[
    ("前", Some(Bound::Before)), ("以前", Some(Bound::Before)), ("之前", Some(Bound::Before)), ("及以前", Some(Bound::Before)), ("及之前", Some(Bound::Before)),
    ("或以前", Some(Bound::Before)), ("及以后", Some(Bound::After)), ("及之后", Some(Bound::After)), ("日前", Some(Bound::Before)),
    ("后", Some(Bound::After)), ("以后", Some(Bound::After)), ("之后", Some(Bound::After)),
    ("起", Some(Bound::From)), ("开始", Some(Bound::From)), ("之日起", Some(Bound::From)), ("以来", Some(Bound::From)),
    ("始", Some(Bound::From)), ("起算", Some(Bound::From)), ("起开始", Some(Bound::From)),
    ("当日起", Some(Bound::From)), ("当天起", Some(Bound::From)), ("日起", Some(Bound::From)),
    ("止", Some(Bound::Until)), ("为止", Some(Bound::Until)), ("截止", Some(Bound::Until)), ("结束", Some(Bound::Until)),
    ("截至", Some(Bound::Until)), ("时止", Some(Bound::Until)),
    // Not bounds.
    ("前往", None), ("前来", None), ("前后", None), ("前期", None), ("前述", None), ("前款", None), ("前置", None),
    ("前三", None), ("前两", None), ("前一", None), ("前二", None), ("前半", None), ("前四", None), ("前列", None),
    ("后续", None), ("后勤", None), ("后三", None), ("后两", None), ("后半", None), ("后期", None),
    ("起草", None), ("始终", None), ("起至", Some(Bound::From)),
    ("始发", None), ("前沿", None),
]));

/// Events whose year is meant by 当年: 受灾当年, 毕业当年.
#[rustfmt::skip]
pub(crate) static EVENTS: LazyLock<Set> = LazyLock::new(|| Lexicon::by_last(&set(&[
    "受灾", "毕业", "入学", "参保", "退役", "退伍", "去世", "死亡", "录取", "考取", "考入", "入伍", "退休", "出生", "就业", "投产",
    "离职", "失业", "生育", "患病", "确诊", "出院", "注册", "登记", "创业", "获奖", "认定", "申报", "脱贫", "搬迁", "购房", "开工",
    "竣工", "验收", "落户", "入职", "离校", "服务期满", "报考", "申请", "发生", "遭灾", "贷款", "上市", "投保", "种植", "缴费", "征收",
])));

/// Words in the place of a day that name no day.
#[rustfmt::skip]
pub(crate) static VAGUE: LazyLock<Lexicon<Option<Vague>>> = LazyLock::new(|| Lexicon::by_first(&[
    ("另行通知", Some(Vague::ToBeAnnounced)), ("拟另行通知", Some(Vague::ToBeAnnounced)), ("将另行通知", Some(Vague::ToBeAnnounced)),
    ("另行公告", Some(Vague::ToBeAnnounced)), ("另行公布", Some(Vague::ToBeAnnounced)), ("另行发布", Some(Vague::ToBeAnnounced)),
    ("另行确定", Some(Vague::ToBeAnnounced)), ("另行安排", Some(Vague::ToBeAnnounced)), ("另行通告", Some(Vague::ToBeAnnounced)),
    ("时间待定", Some(Vague::ToBeAnnounced)), ("待定", Some(Vague::ToBeAnnounced)), ("待通知", Some(Vague::ToBeAnnounced)),
    ("以通知为准", Some(Vague::ToBeAnnounced)), ("另文通知", Some(Vague::ToBeAnnounced)), ("另发通知", Some(Vague::ToBeAnnounced)),
    ("即日起", Some(Vague::FromIssue)), ("自即日起", Some(Vague::FromIssue)), ("从即日起", Some(Vague::FromIssue)),
    ("自发布之日起", Some(Vague::FromIssue)), ("自印发之日起", Some(Vague::FromIssue)), ("自公布之日起", Some(Vague::FromIssue)),
    ("自发文之日起", Some(Vague::FromIssue)), ("自公告之日起", Some(Vague::FromIssue)), ("自下发之日起", Some(Vague::FromIssue)),
    ("自通知印发之日起", Some(Vague::FromIssue)), ("自本通知印发之日起", Some(Vague::FromIssue)), ("自颁布之日起", Some(Vague::FromIssue)),
    ("发布之日起", Some(Vague::FromIssue)), ("印发之日起", Some(Vague::FromIssue)), ("公布之日起", Some(Vague::FromIssue)),
    ("暑假", Some(Vague::Season)), ("寒假", Some(Vague::Season)), ("暑期", Some(Vague::Season)), ("开学前", Some(Vague::Season)),
    ("开学后", Some(Vague::Season)), ("学期末", Some(Vague::Season)), ("学期初", Some(Vague::Season)), ("开学初", Some(Vague::Season)),
    ("开学季", Some(Vague::Season)), ("毕业季", Some(Vague::Season)), ("汛期", Some(Vague::Season)), ("农忙", Some(Vague::Season)),
    ("春节前", Some(Vague::Season)), ("国庆前", Some(Vague::Season)), ("春季学期", Some(Vague::Season)), ("秋季学期", Some(Vague::Season)),
    ("节假日", Some(Vague::Season)), ("法定节假日", Some(Vague::Season)), ("春耕", Some(Vague::Season)), ("采暖期", Some(Vague::Season)),
    ("供暖期", Some(Vague::Season)), ("暑假期间", Some(Vague::Season)), ("寒假期间", Some(Vague::Season)), ("国庆节前", Some(Vague::Season)),
    ("近日", Some(Vague::Soon)), ("近期", Some(Vague::Soon)), ("尽快", Some(Vague::Soon)), ("尽早", Some(Vague::Soon)),
    ("及时", Some(Vague::Soon)), ("按时", Some(Vague::Soon)), ("按期", Some(Vague::Soon)), ("立即", Some(Vague::Soon)),
    ("即时", Some(Vague::Soon)), ("随时", Some(Vague::Soon)), ("限期", Some(Vague::Soon)), ("适时", Some(Vague::Soon)),
    ("第一时间", Some(Vague::Soon)), ("马上", Some(Vague::Soon)), ("不日", Some(Vague::Soon)), ("择期", Some(Vague::Soon)),
    ("附近日", None), ("宽限期", None), ("无限期", None), ("有限期", None), ("年限期", None), ("近期目标", None), ("最近日", None), ("及时性", None), ("马上就办", None),
]));

// ---------------------------------------------------------------- obligation

/// Words that change what a rule demands; `None` for words that only contain them.
#[rustfmt::skip]
pub(crate) static FORCES: LazyLock<Lexicon<Option<Force>>> = LazyLock::new(|| Lexicon::by_first(&[
    ("全部", Some(Force::All)), ("所有", Some(Force::All)), ("一律", Some(Force::All)), ("全额", Some(Force::All)),
    ("全体", Some(Force::All)), ("一概", Some(Force::All)), ("均", Some(Force::All)), ("全都", Some(Force::All)),
    ("足额", Some(Force::All)), ("凡", Some(Force::All)), ("凡是", Some(Force::All)), ("任何", Some(Force::All)),
    ("全面", Some(Force::All)), ("全覆盖", Some(Force::All)),
    ("均衡", None), ("均匀", None), ("均等", None), ("均价", None), ("均线", None), ("所有权", None), ("所有制", None), ("所有者", None),
    ("全面发展", None), ("凡例", None), ("所有人", None),
    ("部分", Some(Force::Part)), ("一部分", Some(Force::Part)), ("部分地区", Some(Force::Part)),
    ("一半", Some(Force::Half)), ("半数", Some(Force::Half)), ("二分之一", Some(Force::Half)), ("减半", Some(Force::Half)),
    ("应当", Some(Force::Must)), ("必须", Some(Force::Must)), ("务必", Some(Force::Must)), ("须", Some(Force::Must)),
    ("应", Some(Force::Must)), ("需", Some(Force::Must)), ("需要", Some(Force::Must)), ("要", Some(Force::Must)),
    ("应该", Some(Force::Must)), ("必需", Some(Force::Must)), ("均应", Some(Force::Must)), ("均须", Some(Force::Must)),
    ("应予", Some(Force::Must)), ("务须", Some(Force::Must)), ("仍需", Some(Force::Must)), ("仍须", Some(Force::Must)),
    ("应急", None), ("应对", None), ("应用", None), ("应届", None), ("应聘", None), ("应征", None), ("应县", None), ("应答", None),
    ("应贷尽贷", None), ("应知尽知", None), ("应改尽改", None), ("应收", None), ("应付", None), ("应还", None), ("应诉", None), ("应缴", None),
    ("应纳税", None), ("应力", None), ("应有", None), ("应变", None), ("应邀", None), ("应允", None), ("应声", None), ("应考", None),
    ("应助尽助", None), ("应保尽保", None), ("应享尽享", None), ("应补尽补", None), ("应退尽退", None), ("应急响应", None),
    ("应检尽检", None), ("应接尽接", None), ("应城市", None), ("应试", None), ("应运而生", None), ("应发", None), ("应城", None),
    ("要求", None), ("要点", None), ("要素", None), ("要件", None), ("要事", None), ("要么", None), ("要害", None), ("要领", None),
    ("要义", None), ("要紧", None), ("要道", None), ("要闻", None), ("要塞", None), ("要旨", None), ("要约", None), ("要目", None),
    ("要是", None), ("要职", None), ("要不", None),
    ("有需要", None), ("亟需", None), ("亟须", None), ("的需要", None), ("工作需要", None), ("实际需要", None), ("确有需要", None), ("如有需要", None), ("满足需要", None),
    ("需求", None), ("需知", None), ("须知", None), ("须臾", None), ("需方", None), ("需量", None),
    ("可", Some(Force::May)), ("可以", Some(Force::May)), ("有权", Some(Force::May)), ("可自愿", Some(Force::May)),
    ("允许", Some(Force::May)), ("可自行", Some(Force::May)),
    ("可能", None), ("可靠", None), ("可行", None), ("可见", None), ("可持续", None), ("可视", None), ("可再生", None), ("可控", None),
    ("可观", None), ("可喜", None), ("可贵", None), ("可疑", None), ("可谓", None), ("可操作", None), ("可追溯", None), ("可燃", None),
    ("可比", None), ("可信", None), ("可爱", None), ("可回收", None), ("可支配", None), ("可达", None), ("可用", None), ("可复制", None),
    ("可知", None), ("可研", None), ("可惜", None), ("可感", None), ("可读", None), ("可移动", None), ("可降解", None), ("可行性", None),
    ("有权机关", None), ("有权部门", None),
    ("不得", Some(Force::MustNot)), ("禁止", Some(Force::MustNot)), ("严禁", Some(Force::MustNot)), ("不准", Some(Force::MustNot)), ("拿不准", None), ("说不准", None),
    ("不许", Some(Force::MustNot)), ("不允许", Some(Force::MustNot)), ("不能", Some(Force::MustNot)), ("不可", Some(Force::MustNot)),
    ("不应", Some(Force::MustNot)), ("杜绝", Some(Force::MustNot)), ("谢绝", Some(Force::MustNot)), ("切勿", Some(Force::MustNot)),
    ("请勿", Some(Force::MustNot)), ("严防", None), ("不宜", Some(Force::MustNot)), ("不应当", Some(Force::MustNot)),
    ("不得不", None), ("不得已", None), ("不可抗力", None), ("不可或缺", None), ("不可替代", None), ("不可逆", None), ("不可分割", None),
    ("不能自理", None), ("不准确", None), ("不可再生", None), ("不可移动", None), ("不可估量", None), ("不得而知", None),
    ("原则上", Some(Force::InPrinciple)), ("原则上应", Some(Force::InPrinciple)), ("一般情况下", Some(Force::InPrinciple)),
    ("只", Some(Force::Only)), ("仅", Some(Force::Only)), ("只有", Some(Force::Only)), ("只能", Some(Force::Only)),
    ("仅限", Some(Force::Only)), ("仅限于", Some(Force::Only)), ("只限", Some(Force::Only)), ("只需", Some(Force::Only)),
    ("仅需", Some(Force::Only)), ("只可", Some(Force::Only)), ("仅能", Some(Force::Only)), ("只准", Some(Force::Only)),
    ("仅有", Some(Force::Only)), ("只须", Some(Force::Only)), ("只要", Some(Force::Only)), ("只得", Some(Force::Only)),
    ("只读", None), ("只是", None), ("仅仅", Some(Force::Only)), ("只不过", None), ("只身", None), ("只增不减", None),
    ("除", Some(Force::Except)), ("除外", Some(Force::Except)), ("除了", Some(Force::Except)), ("除此之外", Some(Force::Except)),
    ("除此以外", Some(Force::Except)), ("另有规定的除外", Some(Force::Except)), ("除非", Some(Force::Except)),
    ("除夕", None), ("除名", None), ("除湿", None), ("除尘", None), ("除雪", None), ("除险", None), ("除草", None), ("除法", None),
    ("除害", None), ("除冰", None), ("除息", None), ("除权", None), ("除恶", None),
    ("不", Some(Force::Not)), ("未", Some(Force::Not)), ("无", Some(Force::Not)), ("没有", Some(Force::Not)), ("无需", Some(Force::Not)),
    ("不再", Some(Force::Not)), ("无须", Some(Force::Not)), ("不需要", Some(Force::Not)), ("不需", Some(Force::Not)),
    ("不必", Some(Force::Not)), ("不用", Some(Force::Not)), ("尚未", Some(Force::Not)), ("并未", Some(Force::Not)), ("从未", Some(Force::Not)),
    ("未经", Some(Force::Not)), ("无法", Some(Force::Not)), ("未能", Some(Force::Not)), ("不予", Some(Force::Not)), ("非", Some(Force::Not)),
    ("不会", Some(Force::Not)), ("没", Some(Force::Not)), ("不要", Some(Force::MustNot)), ("免于", Some(Force::Not)), ("免予", Some(Force::Not)),
    ("不动产", None), ("未来", None), ("未成年", None), ("未婚", None), ("不断", None), ("不同", None), ("不仅", None), ("不但", None),
    ("不管", None), ("不论", None), ("无论", None), ("不久", None), ("不良", None), ("不利", None), ("不便", None), ("不当", None),
    ("不正当", None), ("不正之风", None), ("不足", None), ("不满", None), ("不限", None), ("不等", None), ("不少", None),
    ("不低于", None), ("不超过", None), ("不高于", None), ("不多于", None), ("不早于", None), ("不晚于", None), ("不迟于", None),
    ("不大于", None), ("不小于", None), ("不超", None), ("不得超过", None), ("不得低于", None), ("不得少于", None), ("不得高于", None),
    ("不得早于", None), ("不得晚于", None), ("不得迟于", None), ("不匹配", Some(Force::Not)), ("不懈", None), ("不朽", None), ("不怕", None),
    ("不忘初心", None), ("不息", None), ("不锈钢", None), ("不可预见", None), ("不妨", None), ("不料", None), ("不幸", None), ("不惜", None),
    ("不时", None), ("不日", None), ("不平衡", None), ("不二", None), ("不乏", None), ("不法", None), ("不明", None), ("不公", None),
    ("不稳定", None), ("不安全", None), ("不孕", None), ("不育", None), ("不遗余力", None), ("不折不扣", None), ("不力", None),
    ("不规则", None), ("不定期", None), ("不特定", None), ("不可磨灭", None), ("不约而同", None), ("不止", None), ("不致", None), ("不慎", None),
    ("未雨绸缪", None), ("未知", None), ("未必", None), ("未然", None), ("未免", None), ("未尽事宜", None), ("未达账项", None), ("未央", None),
    ("未就业", Some(Force::Not)),
    ("无线", None), ("无限", None), ("无障碍", None), ("无偿", None), ("无关", None), ("无人机", None), ("无人驾驶", None), ("无锡", None),
    ("无为", None), ("无极", None), ("无棣", None), ("无机", None), ("无纸化", None), ("无烟", None), ("无声", None), ("无死角", None),
    ("无缝", None), ("无党派", None), ("无形", None), ("无害化", None), ("无患", None), ("无私", None), ("无奈", None), ("无疑", None),
    ("无效", None), ("无故", None), ("无辜", None), ("无序", None), ("无愧", None), ("无毒", None), ("无名", None), ("无菌", None), ("无理", None),
    ("无非", None), ("无数", None), ("无视", None), ("无业", None), ("无期", None), ("无价", None), ("无产", None), ("无尘", None),
    ("非常", None), ("非法", None), ("非遗", None), ("非洲", None), ("非物质文化", None), ("非典", None), ("非凡", None), ("非公", None),
    ("非营利", None), ("非机动车", None), ("非农", None), ("非金属", None), ("非税", None), ("非全日制", None), ("非盈利", None), ("非议", None),
    ("非政府", None), ("非现场", None), ("没收", None), ("没落", None), ("没事", None), ("非编", None),
    // Longer words that contain one of the words above.
    ("重要", None), ("主要", None), ("首要", None), ("纪要", None), ("摘要", None), ("概要", None), ("提要", None),
    ("必要", None), ("简要", None), ("次要", None), ("紧要", None), ("机要", None), ("险要", None), ("扼要", None),
    ("辑要", None), ("索要", None), ("冲要", None), ("政要", None), ("史要", None), ("响应", None), ("反应", None),
    ("供应", None), ("适应", None), ("相应", None), ("对应", None), ("效应", None), ("感应", None), ("回应", None),
    ("呼应", None), ("照应", None), ("因应", None), ("顺应", None), ("报应", None), ("答应", None), ("响应级别", None),
    ("策应", None), ("接应", None), ("适应性", None), ("许可", None), ("认可", None), ("宁可", None), ("尚可", None),
    ("可否", None), ("许可证", None), ("认可度", None), ("两可", None), ("无可", None), ("非同小可", None), ("小可", None),
    ("平均", None), ("人均", None), ("户均", None), ("年均", None), ("月均", None), ("日均", None), ("亩均", None),
    ("地均", None), ("生均", None), ("师均", None), ("校均", None), ("县均", None), ("每人均", None), ("床均", None),
    ("解除", None), ("免除", None), ("扣除", None), ("排除", None), ("消除", None), ("清除", None), ("删除", None),
    ("废除", None), ("开除", None), ("拆除", None), ("铲除", None), ("根除", None), ("切除", None), ("革除", None),
    ("破除", None), ("脱除", None), ("去除", None), ("移除", None), ("割除", None), ("剔除", None), ("祛除", None),
    ("加减乘除", None), ("防除", None), ("抵除", None), ("摘除", None), ("撤除", None), ("内部", None), ("外部", None),
    ("干部", None), ("总部", None), ("支部", None), ("党部", None), ("俱乐部", None), ("局部", None), ("教育部", None),
    ("财政部", None), ("民政部", None), ("公安部", None), ("司法部", None), ("国防部", None), ("商务部", None), ("水利部", None),
    ("文化和旅游部", None), ("农业农村部", None), ("交通运输部", None), ("人力资源社会保障部", None), ("人力资源和社会保障部", None),
    ("住房城乡建设部", None), ("住房和城乡建设部", None), ("工业和信息化部", None), ("自然资源部", None), ("生态环境部", None), ("科技部", None),
    ("组织部", None), ("宣传部", None), ("统战部", None), ("武装部", None), ("事业部", None), ("学部", None), ("门诊部", None),
    ("安全部", None), ("项目部", None), ("指挥部", None), ("西部", None), ("东部", None), ("中部", None), ("北部", None),
    ("南部", None), ("全部门", None), ("急需", None), ("刚需", None), ("供需", None), ("内需", None), ("外需", None),
    ("所需", None), ("军需", None), ("特需", None), ("按需", None), ("必需品", None), ("是否", None), ("有无", None),
    ("有没有", None), ("是不是", None), ("能不能", None), ("可不可以", None), ("要不要", None), ("会不会", None), ("差不多", None),
    ("来不及", None), ("了不起", None), ("对不起", None), ("忍不住", None), ("行不行", None), ("舍不得", None), ("少不了", None),
    ("免不了", None), ("是非", None), ("莫非", None), ("南非", None), ("北非", None), ("东非", None), ("西非", None),
    ("除非是", None), ("船只", None), ("一次性", None), ("平凡", None), ("淹没", None), ("沉没", None),
    ("出没", None), ("吞没", None), ("埋没", None), ("隐没", None), ("覆没", None), ("胡须", None), ("虚无", None),
    ("化为乌有", None),
    ("大部分", Some(Force::Part)), ("小部分", Some(Force::Part)), ("绝大部分", Some(Force::Part)), ("各部分", None),
    ("理应", Some(Force::Must)), ("本应", Some(Force::Must)), ("毫无", Some(Force::Not)), ("并无", Some(Force::Not)), ("并非", Some(Force::Not)),
]));

/// What follows 全面 if it says that nothing is left out: 全面启动. 全面推进 and 全面提高 only praise.
pub(crate) const WHOLLY: [&str; 14] = [
    "启动", "完成", "取消", "覆盖", "停止", "放开", "禁止", "推行", "实行", "免除", "开放", "停用",
    "清理", "公开",
];

// ---------------------------------------------------------------- series, document numbers

/// What 第 … counts.
#[rustfmt::skip]
pub(crate) static SERIES: LazyLock<Set> = LazyLock::new(|| Lexicon::by_first(&set(&[
    "类", "条", "款", "项", "章", "节", "目", "批", "批次", "次", "届", "期", "号", "名", "个", "学年", "学期", "季度", "年", "页", "档", "级",
    "组", "位", "轮", "阶段", "部分", "学位", "志愿", "场", "天", "日", "周", "课", "版", "方案", "产业", "层", "步", "种", "年度", "等",
    "点", "区", "车间", "小组", "中学", "小学", "幼儿园", "医院", "代", "胎", "孩", "套", "针", "剂", "例", "起", "处", "行", "列", "段",
])));

/// Words before the characters of an agency in a document number: 根据财教〔2008〕196号.
#[rustfmt::skip]
pub(crate) static NUMBER_LEADS: LazyLock<Set> = LazyLock::new(|| Lexicon::by_last(&set(&[
    "根据", "依据", "按照", "依照", "遵照", "参照", "对照", "按", "和", "及", "与", "以及", "见", "详见", "印发", "下发", "的", "文件", "以",
    "通知", "意见", "办法", "规定", "文号", "文号为", "为", "执行", "落实", "贯彻", "由", "经", "或", "关于", "转发", "了", "公布", "废止",
    "发布", "出台", "参见", "原", "据", "即", "称", "修订", "在", "同时",
])));

// ---------------------------------------------------------------- words around

/// Prepositions, particles and verbs of a sentence: not part of a name.
#[rustfmt::skip]
const STOPS: &[&str] = &[
    "的", "了", "着", "和", "及", "与", "或", "并", "且", "但", "在", "于", "从", "至", "到", "向", "由", "对", "将",
    "把", "被", "给", "为", "以", "按", "经", "因", "凭", "持", "带", "需", "须", "应", "可", "要", "请", "是", "等",
    "其", "该", "各", "每", "如", "若", "则", "即", "也", "都", "均", "已", "还", "又", "再", "仅", "只", "让", "使",
    "共", "未", "不", "无", "即可", "确定", "进行", "开展", "发放", "采取", "包括", "提供", "提交", "出具", "出示",
    "携带", "打印", "签订", "签署", "办理", "领取", "上传", "递交", "递送", "补齐", "查验", "准备", "加盖", "报送",
    "开具", "填写", "填报", "获得", "取得", "拥有", "具有", "符合", "成立", "设立", "建立", "完成", "达到", "给予",
    "支付", "缴纳", "收取", "选派", "分为", "存在", "收到", "发送", "寄送", "邮寄", "送达", "交由", "经过", "通过",
    "根据", "按照", "依据", "依照", "会同", "负责", "参加", "下发", "召开", "举办", "举行", "召集", "开通", "拨打",
    "登录", "登陆", "关注", "扫描", "扫码", "前往", "赴", "到达", "联系", "告知", "督促", "认为", "具备", "超过",
    "不足", "低于", "高于", "等待", "抽取", "出现", "发生", "派出", "配发", "下达", "拨付", "划拨", "惠及", "涉及",
    "享受", "确保", "落实", "做好", "深入", "鼓励", "最多", "最高", "至少", "最低", "我省", "我市", "我县", "我校",
    "本次", "此次", "今年", "明年", "去年", "当年", "每年", "已经", "自行", "其中", "分别", "同时", "原则上", "超出",
    "剩余", "总计", "共计", "随时", "可以", "应当", "必须", "不得", "需要", "能够", "报", "送", "确认", "报请",
    "上报", "参见", "见",
    "审核", "审查", "公布", "发布", "印发", "制定", "编制", "修订", "接收", "下载", "复核", "核对", "核验", "邀请", "支持", "坚持", "保持", "接受", "申报", "使用", "利用",
    "注明", "说明", "要求", "责令", "上交", "补充", "补交", "收取", "核发", "颁发", "换发", "补发", "发给", "附", "凭借", "核实", "作废", "撤销", "注销", "变更", "丢失", "遗失",
    "配合", "计入", "结合", "移交", "简称", "派驻", "存入", "指", "纳入", "列入", "转入", "实行", "进入", "加入", "对接", "提供给", "发放给", "支付给", "反馈给", "移交给", "交给",
    "转交", "转至", "归口", "隶属", "委托", "授权给", "挂靠", "设在", "依托", "协调", "报备", "抄送", "主送", "答复", "商请", "拨入", "划入", "存放", "留存", "装订", "归档",
    "或者", "以及", "并由", "而且", "或由", "应由", "须由", "再由",
    "进一步", "加大", "推动", "实现", "完善", "录入", "强化", "深化", "健全", "规范", "提升", "优化", "归集", "持续", "统筹", "细化", "明确", "加快", "严格", "督导", "汇报", "通报",
];

/// Verbs that are also part of names (服务中心, 审批局): they end what belongs to a number, but no name.
#[rustfmt::skip]
const SOFT_STOPS: &[&str] = &[
    "供", "交", "填", "办", "领", "有", "后", "前", "内", "达", "指", "含", "安排", "组织", "实施", "受理", "覆盖",
    "审核", "下载", "汇总", "补助", "奖励", "资助", "补贴", "申请", "申报", "选择", "招收", "招聘", "录取", "录用",
    "选聘", "培训", "新增", "增加", "减少", "下降", "增长", "提高", "降低", "划分", "设置", "设", "安装", "配备",
    "投入", "使用", "发现", "接受", "接收", "联合", "协助", "参与", "印发", "发布", "公布", "公示", "公开", "制定",
    "编制", "修订", "去", "来", "咨询", "通知", "指导", "监督", "检查", "抽查", "复核", "初审", "复审", "审批",
    "批准", "同意", "认定", "评定", "评选", "推荐", "遴选", "考核", "限制", "控制", "预约", "建设", "建成", "改造",
    "修建", "新建", "购买", "采购", "分配", "安置", "帮扶", "救助", "服务", "保障", "保证", "推进", "加强", "促进",
    "全省", "全市", "全县", "全国", "中", "累计", "合计", "逐步", "利用",
    "之间", "时", "储备", "调整", "执行", "回收", "到期", "清理", "排查", "检测", "更新", "更换", "开工", "完工", "验收", "整改", "核查", "转移", "接种", "种植", "养殖", "一式", "以来", "上报", "转办", "办结",
    "核定", "征集", "收集", "受益", "参保", "缴存", "提取", "报销", "下拨", "兑现", "清偿", "偿还", "归还", "退还", "收到", "处理", "处置", "查处", "解决", "接待", "接听", "受训", "外出", "返岗",
];

/// Words that contain a stop word but belong to names: 许可证, 应县, 就业.
#[rustfmt::skip]
const KEPT_WORDS: &[&str] = &[
    "许可", "认可", "应县", "应届", "应急", "和平", "和顺", "和田", "和静", "和硕", "和政", "和县", "和龙", "和林格尔", "共和", "和谐", "温和", "人和",
    "经济", "经营", "经费", "经办", "经历", "经验", "财经", "未婚", "未成年", "未就业", "不动产", "无犯罪", "无房", "无业", "无障碍", "无偿",
    "申请人", "申请书", "申请表", "报到", "签到", "到账", "到期", "到岗", "办公", "办学", "主办", "承办", "举办者", "代办", "领导", "领域", "招领", "本领",
    "还款", "偿还", "归还", "退还", "共同", "公共", "共享", "共青团", "有效", "有限", "所有", "国有", "现有", "有关", "持有", "稀有", "后勤", "后期", "前期", "学前",
    "产前", "婚前", "内部", "内容", "境内", "国内", "区内", "院内", "校内", "市内", "省内", "内蒙古", "内黄", "内乡", "内江", "内丘", "为主", "行为", "作为",
    "高等", "中等", "初等", "同等", "等级", "等次", "平等", "对象", "对方", "相对", "绝对", "向阳", "方向", "定向", "意向", "志愿", "自由", "理由", "事由", "由于",
    "以上", "以下", "以内", "以外", "可以", "在校", "在职", "在岗", "在册", "在读", "在编", "现在", "存在", "所在", "在建", "在线", "内在", "在地", "在园",
    "于都", "于田", "于洪", "从业", "从化", "从江", "服从", "从事", "从教", "至善", "冬至", "夏至", "建设银行", "建设局", "建设厅", "城乡建设", "住房建设", "基本建设", "建设项目", "建设单位",
    "向上", "并列", "合并", "兼并", "给付", "供给", "补给", "按键", "按揭", "因素", "原因", "基因", "凭证", "文凭", "扶持", "主持", "持续",
    "持证", "持卡", "地带", "带班", "带薪", "带动", "必需", "所需", "急需", "需求", "供需", "必须", "须知", "供应", "适应", "相应", "响应", "反应", "应用", "应聘", "应征",
    "要求", "重要", "主要", "必要", "要素", "要点", "纪要", "请假", "请示", "其他", "其它", "极其", "应该", "各级", "各类", "各地", "如实", "例如", "若干", "规则", "原则",
    "立即", "即时", "都市", "首都", "成都", "平均", "人均", "户均", "均衡", "均等", "已婚", "已有", "再生", "再就业", "只读", "交通", "交流", "交警", "交费",
    "填报", "填表", "填空", "使用权", "大使", "供水", "供电", "供热", "供养", "供销", "提供商", "达标", "抵达", "发达", "未来", "指标", "指南", "指挥", "指数", "指导", "指定", "手指",
    "报告", "报名", "报销", "报表", "情报", "预报", "日报", "年报", "登报", "报考", "报废", "报警", "报价", "送货", "配送", "输送", "来源", "往来", "来访", "外来", "去向", "过去", "去世", "设施", "设备", "设计", "设区",
    "建设", "开设", "公设", "附设", "申领", "认领", "冒领", "领养", "受理点", "受理窗口", "受理单", "受理通知书", "受理回执", "通知单", "申请", "咨询点", "服务中心", "服务大厅",
    "服务窗口", "服务站", "服务局", "服务所", "服务平台", "监督局", "监督管理", "监督所", "检查站", "检查表", "考核表", "认定表", "审批局", "审批表", "审批服务", "推荐表", "推荐信", "培训中心", "培训班", "培训证", "办理点", "办理窗口",
    "资助中心", "资助管理", "资助站", "救助站", "救助管理", "救助中心", "审核表", "复核表", "登记表", "汇总表", "预约单", "保障局", "社会保障", "保障中心", "保障卡", "保障厅", "住房保障", "医疗保障", "招聘会", "培训机构", "建设局",
    "公示表", "公示栏", "公开栏", "补贴券", "奖励券", "安置房", "安置点", "安置办", "发放表", "推进办", "促进会", "促进中心", "促进局", "咨询中心", "咨询台", "采购中心", "组织部", "组织机构", "联合会", "负责人", "会同县", "考核办", "人力资源和社会保障", "发展和改革", "住房和城乡建设", "文化和旅游", "工业和信息化", "卫生和计划生育", "教育资助与保障", "林业和草原", "规划和自然资源", "农业和农村",
    "经济和信息化", "科学技术和", "体育和", "广播电视和", "征地和", "户籍所在地", "所在地", "村(居)", "原件和复印件", "工伤与职业病", "以上人民", "本人", "办理方式", "办理条件", "办理流程", "办事", "办公用品", "主办单位", "经办机构", "中心", "中学", "中专", "中小学", "中职", "中央", "中国", "中队", "高中", "初中", "集中", "中医", "中等", "中共",
    "可行性", "中班", "审核中心", "发布会", "公布栏", "编制办", "修订版", "制定机关", "可支配", "应收", "应付", "支持中心", "可视", "可持续",
];

fn all_stops() -> Vec<(&'static str, ())> {
    [set(STOPS), set(SOFT_STOPS)].concat()
}

/// For what belongs to a number, before it.
pub(crate) static STOPS_BEFORE: LazyLock<Set> = LazyLock::new(|| Lexicon::by_last(&all_stops()));
/// For what belongs to a number, after it.
pub(crate) static STOPS_AFTER: LazyLock<Set> = LazyLock::new(|| Lexicon::by_first(&all_stops()));
/// For names, before a place.
pub(crate) static NAME_STOPS_BEFORE: LazyLock<Set> =
    LazyLock::new(|| Lexicon::by_last(&set(STOPS)));
/// For names, after a place.
pub(crate) static NAME_STOPS_AFTER: LazyLock<Set> =
    LazyLock::new(|| Lexicon::by_first(&set(STOPS)));
/// Words that are kept whole, where they end.
pub(crate) static KEPT: LazyLock<Set> = LazyLock::new(|| Lexicon::by_last(&set(KEPT_WORDS)));
/// Words that are kept whole, where they begin.
pub(crate) static KEPT_AFTER: LazyLock<Set> = LazyLock::new(|| Lexicon::by_first(&set(KEPT_WORDS)));

// ---------------------------------------------------------------- names

/// The end of a name: of what, and how many characters must come before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameEnd {
    pub kind: NameKind,
    pub least: u8,
}

const fn paper(word: &'static str, least: u8) -> (&'static str, Option<NameEnd>) {
    (
        word,
        Some(NameEnd {
            kind: NameKind::Paper,
            least,
        }),
    )
}

const fn office(word: &'static str, least: u8) -> (&'static str, Option<NameEnd>) {
    (
        word,
        Some(NameEnd {
            kind: NameKind::Office,
            least,
        }),
    )
}

const fn place(word: &'static str, least: u8) -> (&'static str, Option<NameEnd>) {
    (
        word,
        Some(NameEnd {
            kind: NameKind::Place,
            least,
        }),
    )
}

const fn not(word: &'static str) -> (&'static str, Option<NameEnd>) {
    (word, None)
}

/// Ends of names; `not` for words that only contain one.
#[rustfmt::skip]
pub(crate) static NAME_ENDS: LazyLock<Lexicon<Option<NameEnd>>> = LazyLock::new(|| Lexicon::by_first(&[
    // Certificates.
    paper("身份证", 0), paper("居民身份证", 0), paper("户口簿", 0), paper("户口本", 0), paper("学生证", 0), paper("毕业证", 0), paper("毕业证书", 0),
    paper("结婚证", 0), paper("离婚证", 0), paper("残疾证", 0), paper("残疾人证", 0), paper("低保证", 0), paper("准考证", 0), paper("房产证", 0),
    paper("出生证", 0), paper("退役证", 0), paper("驾驶证", 0), paper("行驶证", 0), paper("居住证", 0), paper("社保卡", 0), paper("银行卡", 0),
    paper("营业执照", 0), paper("许可证", 0), paper("资格证", 1), paper("合格证", 0), paper("护照", 0), paper("健康证", 0), paper("报到证", 0),
    paper("社会保障卡", 0), paper("存折", 0), paper("病历", 0), paper("印章", 1), paper("照片", 0), paper("寸照", 1),
    paper("证书", 1), paper("证件", 2), paper("证", 2), paper("执照", 1), paper("凭证", 2), paper("票据", 1), paper("发票", 0), paper("收据", 0),
    paper("证明", 2), paper("证明书", 0), paper("证明材料", 0), paper("证明信", 0), paper("介绍信", 0), paper("推荐信", 0),
    not("证明其"), not("证明人"), not("证实"), not("证人"), not("证据"), not("证券"), not("证监"), not("验证"), not("论证"), not("认证"),
    not("保证"), not("保证金"), not("签证"), not("查证"), not("见证"), not("印证"), not("佐证"), not("实证"), not("辩证"), not("求证"), not("取证"),
    not("公证处"), not("办证"), not("发证"), not("领证"), not("持证"), not("换证"), not("补证"), not("核证"), not("举证"), not("质证"), not("验证码"),
    not("证照分离"), not("证件号"), not("身份证号"), not("身份证号码"), not("身份认证"), not("拍照认证"),
    // Forms.
    paper("申请表", 0), paper("登记表", 0), paper("报名表", 0), paper("审批表", 0), paper("汇总表", 0), paper("认定表", 0), paper("推荐表", 0),
    paper("公示表", 0), paper("明细表", 0), paper("考核表", 0), paper("调查表", 0), paper("花名册", 0), paper("信息表", 0), paper("备案表", 0),
    paper("审核表", 0), paper("统计表", 0), paper("情况表", 0), paper("确认表", 0), paper("评分表", 0), paper("成绩单", 0), paper("清单", 2), paper("回执单", 0),
    paper("受理单", 0), paper("通知单", 0), paper("告知单", 0), paper("缴费单", 0), paper("回执", 2), paper("存根", 0), paper("台账", 2), paper("台帐", 2),
    paper("名册", 0), paper("报表", 1), paper("申报表", 0), paper("鉴定表", 0), paper("任务书", 0), paper("名单", 2),
    // Letters, contracts.
    paper("申请书", 0), paper("通知书", 0), paper("承诺书", 0), paper("保证书", 0), paper("协议书", 0), paper("授权书", 0), paper("委托书", 0), paper("判决书", 0),
    paper("裁定书", 0), paper("决定书", 0), paper("责任书", 0), paper("意见书", 0), paper("鉴定书", 0), paper("建议书", 0), paper("说明书", 0), paper("调解书", 0),
    paper("声明", 2), paper("合同", 2), paper("协议", 2), paper("公证书", 0), paper("倡议书", 0), paper("告知书", 0), paper("证言", 2), paper("批准书", 0), paper("认定书", 0),
    not("声明作废"), not("协议约定"), not("合同化"), not("合同工"), not("名单制"),
    paper("征信报告", 0), paper("研究报告", 0), paper("体检报告", 0), paper("审计报告", 0), paper("评估报告", 0), paper("检测报告", 0), paper("鉴定报告", 0),
    paper("验资报告", 0), paper("信用报告", 0), paper("诊断书", 0), paper("体检表", 0), paper("总结报告", 0), paper("自查报告", 0), paper("分析报告", 0), paper("调查报告", 0),
    paper("应急预案", 0), paper("受理方案", 0), paper("工作方案", 1), paper("实施方案", 0), paper("诊断证明", 0),
    paper("复印件", 0), paper("原件", 0), paper("扫描件", 0), paper("原件和复印件", 0), paper("原件及复印件", 0), paper("副本", 2), paper("电子件", 1), paper("电子版", 1),
    // Offices.
    office("局", 2), office("总局", 1), office("分局", 2), office("厅", 2), office("委员会", 2), office("管委会", 0), office("村委会", 0), office("居委会", 0),
    office("村(居)委会", 0), office("村(居)民委员会", 0), office("发改委", 0), office("卫健委", 0), office("国资委", 0), office("纪委", 0), office("党委", 0), office("工信委", 0),
    office("办公室", 1), office("办公厅", 1), office("管理中心", 1), office("服务中心", 1), office("资助中心", 0), office("保障中心", 1), office("中心", 3), office("指挥中心", 1),
    office("银行", 2), office("分行", 2), office("支行", 2), office("中心支行", 1), office("信用社", 0), office("信用联社", 0), office("国开行", 0),
    office("法院", 1), office("人民法院", 0), office("检察院", 0), office("人民政府", 0), office("政府", 1), office("指挥部", 1), office("派出所", 0), office("办事处", 1),
    office("联合会", 1), office("残联", 0), office("妇联", 0), office("工会", 1), office("总工会", 0), office("团委", 1), office("红十字会", 0), office("领导小组", 1),
    office("财政部", 0), office("教育部", 0), office("民政部", 0), office("公安部", 0), office("司法部", 0), office("商务部", 0), office("水利部", 0), office("农业农村部", 0),
    office("交通运输部", 0), office("人力资源社会保障部", 0), office("人力资源和社会保障部", 0), office("住房城乡建设部", 0), office("住房和城乡建设部", 0), office("自然资源部", 0),
    office("工业和信息化部", 0), office("生态环境部", 0), office("文化和旅游部", 0), office("退役军人事务部", 0), office("应急管理部", 0), office("科技部", 0), office("国防部", 0),
    office("外交部", 0), office("国务院", 0), office("银监会", 0), office("银保监会", 0), office("证监会", 0), office("组织部", 1), office("宣传部", 1), office("统战部", 0), office("武装部", 0),
    office("事业部", 1), office("金融部", 1), office("管理机构", 2), office("经办机构", 2), office("公安机关", 0), office("税务机关", 0), office("司法机关", 0), office("登记机关", 0),
    office("教育部门", 0), office("民政部门", 0), office("财政部门", 0), office("卫生部门", 0), office("资助管理部门", 0), office("行政部门", 2), office("主管部门", 2), office("教育行政部门", 0),
    office("支队", 2), office("大队", 2), office("消防救援局", 0), office("公证处", 1), office("管理处", 2), office("管理所", 2), office("司法所", 0), office("财政所", 0), office("气象台", 1),
    office("救助站", 1), office("资助办", 1), office("扶贫办", 1), office("招生办", 1), office("考试院", 1), office("养老院", 1), office("福利院", 1), office("疾控中心", 0), office("开放办", 1),
    not("布局"), not("格局"), not("结局"), not("大局"), not("全局"), not("僵局"), not("当局"), not("开局"), not("局面"), not("局部"), not("局势"), not("局限"), not("局长"), not("局领导"),
    not("餐厅"), not("客厅"), not("舞厅"), not("以学生为中心"), not("为中心"), not("中心组"), not("中心城区"), not("中心任务"), not("中心工作"), not("中心校"), not("中心学校"), not("中心小学"),
    not("中心思想"), not("中心地带"), not("银行账户"), not("银行账号"), not("银行流水"), not("银行业"), not("银行存款"), not("银行贷款"), not("银行帐户"), not("银行代发"), not("银行转账"),
    not("有关部门"), not("相关部门"), not("中心风力"), not("中心主任"), not("政府采购"), not("政府网站"), not("政府购买"), not("政府信息"), not("政府性"), not("政府投资"), not("政府办公"),
    not("厅级"), not("厅局"), not("局级"), not("党委书记"), not("纪委监委"),
    // Places.
    place("大厅", 2), place("服务大厅", 1), place("会议室", 1), place("报告厅", 1), place("体育馆", 1), place("体育场", 1), place("礼堂", 1), place("图书馆", 1), place("文化馆", 1),
    place("博物馆", 1), place("档案馆", 1), place("广场", 2), place("候车厅", 1), place("营业厅", 1), place("门诊部", 1), place("活动室", 1), place("展览馆", 1), place("科技馆", 1), place("影剧院", 1),
    place("服务站", 2), place("号窗口", 1), place("收费站", 2), place("火车站", 1), place("汽车站", 1), place("避难场所", 1), place("安置点", 2), place("人才市场", 1), place("停车场", 1),
]));

/// What may follow the name of a paper and belongs to it.
pub(crate) const PAPER_TAILS: [&str; 14] = [
    "原件和复印件",
    "原件及复印件",
    "原件、复印件",
    "复印件",
    "原件",
    "扫描件",
    "副本",
    "正本",
    "电子版",
    "电子件",
    "及复印件",
    "和复印件",
    "原件或复印件",
    "(复印件)",
];

/// Ways to do something, for those who apply.
#[rustfmt::skip]
pub(crate) static CHANNELS: LazyLock<Set> = LazyLock::new(|| Lexicon::by_first(&set(&[
    "远程", "现场", "网上", "线上", "线下", "邮寄", "快递", "电话", "热线电话", "微信", "微信公众号", "手机APP", "手机app", "APP", "支付宝", "支付宝小程序", "微信小程序", "小程序", "短信",
    "电子邮件", "官网", "官方网站", "门户网站", "自助终端", "自助机", "窗口", "互联网", "掌上", "移动端", "上门", "传真", "公众号", "QQ", "QQ群", "微信群", "当面", "代办", "网络",
])));

/// What follows a channel.
#[rustfmt::skip]
pub(crate) const CHANNEL_USES: &[&str] = &[
    "办理", "申请", "受理", "申报", "提交", "方式", "形式", "预约", "咨询", "报名", "缴费", "查询", "领取", "核验", "审核", "签约", "签订", "渠道", "途径", "等", "填报", "填写", "登记", "投递",
    "报送", "注册", "服务", "告知", "通知", "反馈", "举报", "投诉", "续贷", "和", "或", "、", "及", "两种", "进行", "确认", "访问", "公示", "资格审查", "开展", "送达", "公布", "发布", "认证", "缴纳", "支付",
    "办", "报", "提出", "上传", "推送", "提醒", "至", "到",
];

/// What comes before a channel.
#[rustfmt::skip]
pub(crate) const CHANNEL_LEADS: &[&str] = &[
    "通过", "采取", "采用", "可", "以", "用", "到", "经", "选择", "全部", "全程", "或", "和", "、", "利用", "仍", "为", "可以", "实行", "在", "由", "支持", "使用", "关注", "登录", "续贷", "统一", "均可", "及", "，", "应", "需", "须",
];
