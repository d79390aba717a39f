//! Surnames of 《百家姓》 and the common ones that it lacks, and words of everyday Chinese that begin like a name.
//!
//! Comes in: characters. Goes out: whether they can be a name. Surnames that are hardly ever used and begin many words
//! (后, 年, 能, 公, 国 …) are left out.

use std::collections::HashSet;
use std::sync::LazyLock;

/// One character each.
const SINGLE: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪\
汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻贾路娄危江童颜郭梅盛林刁钟\
徐邱骆高夏蔡田樊胡凌霍虞万柯昝管卢莫经房裘缪解宗丁邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲封芮羿储靳汲邴糜松井段巫乌焦弓牧隗谷\
车侯宓郗班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹龙叶幸韶郜黎蓟薄白蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥苍闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛\
边扈燕冀郏浦尚温庄晏柴瞿阎慕连茹习宦艾鱼向古易慎戈廖庾暨衡耿弘匡文寇禄阙欧沃蔚越夔隆巩厍聂晁敖融訾辛阚饶曾毋沙鞠巢关蒯查荆游竺权逯盖益桓肖闫\
佟覃尉付邸冼苑亢岳佘敬揭兰凡豆粟楚鹿銮苟亓楼练";

/// Two characters each.
const COMPOUND: &str = "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 \
慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 呼延 东郭 \
羊舌 微生 梁丘 左丘 完颜 纳兰";

/// Words that begin with a surname and are not names. A text that begins with one of them is not a name either.
const WORDS: &str = "齐全 齐备 周一 周二 周三 周四 周五 周六 周日 周末 周期 周边 周围 周知 周转 高一 高二 高三 高中 高校 高考 高职 高等 高级 高新 高度 高于 单位 单独 单一 单次 单据 单科 任何 任一 \
任务 任教 任职 任课 任意 万一 万元 万人 方式 方便 方法 方案 方面 方可 方能 安排 安全 安保 安置 安监 安装 安管 何时 何地 何人 何处 何种 成员 成绩 成教 成立 成人 成功 成年 成为 \
管理 管护 管控 管辖 房管 房产 房屋 金额 金融 卫生 卫健 卫计 边防 边远 项目 项下 关于 关系 关工 关爱 关注 包括 包村 包片 包含 包保 查询 查验 查看 查实 查阅 查收 施行 施工 施教 \
文件 文教 文化 文旅 文书 文字 文本 文印 文秘 文体 文明 经办 经费 经济 经信 经营 经理 经手 经过 白天 白班 连同 连续 连带 符合 封面 车管 车间 车队 车站 党委 党员 党政 党组 党支 \
党总 党建 党校 党群 党工 党办 武装 解释 解答 解决 解读 温馨 申请 申报 申诉 申领 路线 向导 向上 向县 向本 尚未 尚无 尚需 易班 文号 江西 江苏 云南 安徽 宁夏 乐观 凡是 惠民 惠农 \
储蓄 储备 常务 常委 常住 常用 常见 常年 钱款 华侨 洪水 段落 程序 程度 左右 石化 米面 汤药 花名 花费 雷同 荣誉 康复 严格 严肃 严禁 章程 顾问 舒适 祝福 童年 康养 谈话 纪检 纪委 \
纪律 纪要 史料 席位 席卡 季度 季节 麻烦 危险 危房 盛会 林业 林场 田间 田地 夏季 夏天 秋季 秋天 管委 钟点 徐州 古城 古建 古籍 松散 井盖 甘肃 厉害 祖国 祖孙 幸福 景区 景点 池塘 \
阴天 籍贯 贡献 劳动 劳务 劳资 扶贫 扶助 宰客 牛奶 燕京 尚在 温度 连锁 习惯 鱼塘 衡量 欧美 越过 隆重 巩固 融资 饶恕 沙石 游客 游览 权利 权限 权益 权属 益民 付款 付息 付清 岳父 \
岳母 兰州 豆腐 楼层 楼道 楼长 练习 余额 余下 申办 宁可 武警 慎重 文艺 文综 费用 费率 严重 云平 贺信 贺电 毕业 毕竟 安心 安家 乐于 于是 于本 于每 于当 成果 成本 成品 成长 谈心 \
祝愿 林权 高速 高铁 高温 高龄 高层 田径 解除 解困 解冻 房贷 房东 包干 包装 左侧 石油 吉祥 程控 曲线 封闭 封存 储户 段位 焦点 牧民 牧区 车辆 车票 车牌 班级 班主 班长 班组 班次 \
班子 秋收 仲裁 宫颈 宁愿 景观 龙头 叶片 白色 白纸 蒲公 索引 索取 籍地 蒙受 乔迁 闻讯 党费 申明 扶持 堵点 桑拿 牛羊 边境 边疆 尚可 庄园 连接 习题 向前 向外 古代 易于 易地 易错 \
弘扬 文凭 越权 隆冬 融合 融入 曾用 沙发 关键 查核 查处 查找 查明 游戏 权威 权重 益智 盖章 盖印 覃思 敬请 敬老 敬业 揭示 凡属 苑区 练兵 刁难 封顶 堵漏 付给 张榜 张贴 查体 查分 \
关口 关掉 包地 左边 左旗 宁波 单亲 单选 单里 夏令 姜堰 任兼 任分 查账 石料 温室 白酒 江边 金秋 金星 花草 柳州 汤水";

/// Characters that given names do not have.
const NO_GIVEN: &str = "的了在是于应当为及或以按由从对把被将要可不未须得请至到等各本该其此们也都就并各每您你他她它我吗呢吧啊么这那哪谁号第元县市区局厅部处科股所院校镇\
乡街楼层站您点办司馆店库台网报班级员者表册款项类址箱编码话机电费贷助签章盖申办授权借还欠息写填报受核审查咨询规材料释存档导错误据统额免覆盖另外没己经还再只更最很太多少几些种样怎呀提供";

/// Characters that end the name of an office, a place or a thing, and hardly ever that of a person.
const NO_LAST: &str = "县市区局厅部处科股室所院校镇乡村街道号楼层站点会办司行馆店库台网报社组班级员者人们表单册证件款额项类期限间址箱编码话机真位式法";

static SURNAMES: LazyLock<HashSet<char>> = LazyLock::new(|| SINGLE.chars().collect());
static PAIRS: LazyLock<HashSet<[char; 2]>> = LazyLock::new(|| pairs(COMPOUND));
static NOT_NAMES: LazyLock<HashSet<[char; 2]>> = LazyLock::new(|| pairs(WORDS));
static NEVER: LazyLock<HashSet<char>> = LazyLock::new(|| NO_GIVEN.chars().collect());
static NEVER_LAST: LazyLock<HashSet<char>> = LazyLock::new(|| NO_LAST.chars().collect());

fn pairs(list: &str) -> HashSet<[char; 2]> {
    let words = list.split_whitespace();
    words
        .filter_map(|word| word.chars().collect::<Vec<_>>().try_into().ok())
        .collect()
}

/// The number of characters of the surname at the start; none if there is no surname.
pub(super) fn surname(text: &[char]) -> Option<usize> {
    if let [a, b, _, ..] = text
        && PAIRS.contains(&[*a, *b])
    {
        return Some(2);
    }
    let first = text.first()?;
    SURNAMES.contains(first).then_some(1)
}

/// Whether these characters, all of them, can be the full name of a person.
pub(super) fn is_name(text: &[char]) -> bool {
    let Some(length) = surname(text) else {
        return false;
    };
    let given = &text[length..];
    // 某 stands for a name, which is left out only if no surname is left.
    if matches!(given, ['某'] | ['某', '某']) {
        return true;
    }
    let is_word = text.len() >= 2 && NOT_NAMES.contains(&[text[0], text[1]]) && length == 1;
    (1..=2).contains(&given.len())
        && !is_word
        && given.iter().all(|c| !NEVER.contains(c) && *c != '某')
        && given.last().is_some_and(|last| !NEVER_LAST.contains(last))
}
