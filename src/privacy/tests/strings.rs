//! What is found and what passes: a list made by rule, and harmless ones.

mod invented;

use invented::*;
use mingbai_privacy::{Kind, find};
use proptest::prelude::*;

/// Every string that must be found, with what it is.
fn secret() -> Vec<(String, Kind)> {
    let mut list = Vec::new();
    identities(&mut list);
    mobiles(&mut list);
    cards(&mut list);
    mailboxes(&mut list);
    marks(&mut list);
    list
}

fn identities(list: &mut Vec<(String, Kind)>) {
    let numbers = [
        identity("110105", "19491231", "002"),
        identity("140623", "20050719", "114"),
        identity("620102", "19870228", "327"),
        identity("810000", "19990101", "005"),
    ];
    for id in &numbers {
        let id = id.as_str();
        let forms = [
            id.to_owned(),
            format!("身份证号：{id}。"),
            format!("ID{id}"),
            format!("No.{id}，"),
            format!("G{id}"),
            format!("学号2 {id}"),
            grouped(id, &[6, 8, 4], " "),
            grouped(id, &[6, 8, 4], "-"),
            grouped(id, &[6, 8, 4], "　"),
            grouped(id, &[6, 8, 4], "."),
            grouped(id, &[6, 8, 4], "·"),
            grouped(id, &[6, 4, 2, 2, 4], " "),
            grouped(id, &[3, 3, 4, 4, 4], " "),
            grouped(id, &[4, 4, 4, 4, 2], "—"),
            grouped(id, &[1; 18], " "),
            grouped(id, &[6, 8, 3], "\u{200b}"),
            grouped(id, &[6, 11], "\u{feff}"),
            grouped(id, &[6, 8], "\n"),
            grouped(id, &[6, 8], "\n    "),
            grouped(id, &[6, 8], "&nbsp;"),
            grouped(id, &[6, 8], "**"),
            grouped(id, &[10], "<b>"),
            wide(id),
            format!("身份证（{}）", wide(&grouped(id, &[6, 8], " "))),
            id.to_lowercase(),
            id.replacen('1', "&#49;", 1),
            id.replacen('1', "\\u0031", 1),
        ];
        list.extend(forms.into_iter().map(|form| (form, Kind::Identity)));
    }
}

fn mobiles(list: &mut Vec<(String, Kind)>) {
    for prefix in ["130", "147", "159", "166", "178", "188", "199"] {
        let m = &mobile(prefix);
        let forms = [
            m.clone(),
            format!("联系电话：{m}。"),
            format!("tel{m}"),
            format!("+86{m}"),
            format!("+86 {m}"),
            format!("+86-{}", grouped(m, &[3, 4], "-")),
            format!("0086{m}"),
            format!("0086 {}", grouped(m, &[3, 4], " ")),
            format!("(+86){m}"),
            format!("（86）{m}"),
            format!("86{m}"),
            grouped(m, &[3, 4], " "),
            grouped(m, &[3, 4], "-"),
            grouped(m, &[3, 4], "—"),
            grouped(m, &[3, 4], "–"),
            grouped(m, &[3, 4], "－"),
            grouped(m, &[3, 4], "_"),
            grouped(m, &[3, 4], "～"),
            grouped(m, &[3, 4], "."),
            grouped(m, &[3, 4], " - "),
            grouped(m, &[3, 4], "\u{2011}"),
            grouped(m, &[3], " "),
            grouped(m, &[3], "-"),
            grouped(m, &[4, 3], " "),
            grouped(m, &[4, 3], "-"),
            grouped(m, &[4, 4], " "),
            grouped(m, &[7], "-"),
            grouped(m, &[1; 11], " "),
            grouped(m, &[2, 3, 2, 2], "-"),
            grouped(m, &[3, 4], "\u{200b}"),
            grouped(m, &[3, 4], "\u{a0}"),
            grouped(m, &[3, 4], "**"),
            grouped(m, &[5], "</b>"),
            format!("（{}）{}", &m[..3], &m[3..]),
            wide(m),
            format!("张三 0352-0000000 {m}"),
            format!("1 {}", grouped(m, &[3, 4], " ")),
            format!("{m}转2"),
            format!("办公电话0352-0000000/{m}"),
        ];
        list.extend(forms.into_iter().map(|form| (form, Kind::Mobile)));
    }
}

fn cards(list: &mut Vec<(String, Kind)>) {
    for (number, sizes) in [
        (card("622202", 19), &[4, 4, 4, 4][..]),
        (card("621700", 19), &[6][..]),
        (card("622848", 16), &[4, 4, 4]),
        (card("955880", 19), &[4, 4, 4, 4]),
        (card("4123", 16), &[4, 4, 4]),
        (card("5312", 16), &[4, 4, 4]),
    ] {
        let n = number.as_str();
        let forms = [
            n.to_owned(),
            format!("卡号：{n}"),
            format!("开户银行卡号为{n}，户名"),
            grouped(n, sizes, " "),
            grouped(n, sizes, "-"),
            grouped(n, sizes, "\u{a0}"),
            grouped(n, sizes, "—"),
            wide(n),
            grouped(n, sizes, "\u{200b}"),
        ];
        list.extend(forms.into_iter().map(|form| (form, Kind::Card)));
    }
}

fn mailboxes(list: &mut Vec<(String, Kind)>) {
    for provider in [
        "qq.com",
        "vip.qq.com",
        "foxmail.com",
        "163.com",
        "vip.163.com",
        "126.com",
        "yeah.net",
        "188.com",
        "sina.com",
        "sina.cn",
        "sina.com.cn",
        "sohu.com",
        "tom.com",
        "21cn.com",
        "139.com",
        "189.cn",
        "wo.cn",
        "aliyun.com",
        "gmail.com",
        "outlook.com",
        "outlook.jp",
        "hotmail.com",
        "hotmail.co.uk",
        "live.cn",
        "live.com",
        "msn.com",
        "icloud.com",
        "me.com",
        "yahoo.com",
        "yahoo.com.cn",
        "yahoo.cn",
        "yahoo.co.jp",
        "ymail.com",
        "proton.me",
        "protonmail.com",
        "263.net",
    ] {
        list.push((
            format!("邮箱：{}@{provider}。", "zizhu_2020"),
            Kind::Mailbox,
        ));
    }
    for provider in ["qq.com", "163.com", "icloud.com", "yahoo.com"] {
        let dotted = provider.replace('.', "[dot]");
        let forms = [
            format!("zizhu[at]{provider}"),
            format!("zizhu(at){provider}"),
            format!("zizhu [at] {provider}"),
            format!("zizhu at {provider}"),
            format!("zizhu{{at}}{provider}"),
            format!("zizhu%40{provider}"),
            format!("mailto:zizhu%40{provider}"),
            format!("zizhu＠{provider}"),
            format!("zizhu#{provider}"),
            format!("zizhu @ {provider}"),
            format!("ZIZHU@{}", provider.to_uppercase()),
            format!("zizhu[AT]{dotted}"),
            format!("zizhu&#64;{provider}"),
            format!("zizhu&commat;{provider}"),
            format!("zizhu\\u0040{provider}"),
            format!("zizhu（at）{provider}"),
            format!("zizhu@**{provider}**"),
            format!("<{}@{provider}>", "zizhu"),
            wide(&format!("zizhu@{provider}")),
            format!("zizhu@\u{200b}{provider}"),
            format!("请发至zizhu@{provider}备案"),
        ];
        list.extend(forms.into_iter().map(|form| (form, Kind::Mailbox)));
    }
}

fn marks(list: &mut Vec<(String, Kind)>) {
    let forms = [
        "秘密★",
        "机密★10年",
        "绝密★启用前",
        "秘密★1年",
        "秘 密 ★",
        "秘密☆长期",
        "机密 ★ 5年",
        "秘密⭐",
        "机密",
        "绝密",
        "【机密】",
        "密级：秘密",
        "密级: 机密",
        "内部资料",
        "内部资料 注意保存",
        "内部资料，请勿外传",
        "【内部资料】",
        "（内部资料）",
        "关于名单的通知（内部资料）",
        "内部批示",
        "内部批示：同意",
        "局长内部批示：请办理",
        "内部文件 不得公开",
        "不得公开",
        "**内部资料**",
        "内　部　资　料",
        "本文件为内部资料，不得外传。",
        "本名单不得公开。",
        "此件机密",
        "仅供内部使用",
        "# 内部资料\n\n正文",
        "秘<b>密</b>★",
        "title: 内部资料",
        "&#31192;&#23494;★",
        "严禁外传",
        "机密*10年",
        "<p>绝密</p>",
    ];
    list.extend(forms.map(|form| (form.to_owned(), Kind::Secrecy)));
}

#[test]
fn what_must_not_be_published_is_found_in_every_form() {
    let list = secret();
    assert!(list.len() > 500, "{}", list.len());
    let missed: Vec<_> = list
        .iter()
        .filter(|(text, kind)| !find(text).iter().any(|one| one.kind == *kind))
        .collect();
    assert!(
        missed.is_empty(),
        "{} of {}: {missed:#?}",
        missed.len(),
        list.len()
    );
}

/// What offices print, and none of it is personal.
fn harmless() -> Vec<String> {
    let m = &mobile("138");
    let code = (0..40).find_map(|n| credit_code(&format!("121406234059900{n:02}")));
    let code = code.expect("one of them ends with a digit");
    let mut list: Vec<String> = [
        "0351-0000000",
        "（0352）0000000",
        "0352 0000000",
        "03520000000",
        "010-00000000",
        "01000000000",
        "400-000-0000",
        "4000000000",
        "800-820-0000",
        "12345",
        "95593",
        "全国热线12355、96110",
        "0351-1234567-8001",
        "0351-1534567-8001",
        "传真：0352-1380013",
        "电话：0352-0000000、0000001",
        "140623",
        "037500",
        "2023年7月17日--9月25日",
        "2020-07-15",
        "2020-07-15 2023-09-25",
        "20200715123",
        "20231115120000",
        "2023-11-15T12:00:00+08:00",
        "1700000000000",
        "1700000000",
        "1998-2003-123",
        "1999-12-31-001",
        "2020年1月1日至2024年12月31日",
        "8:30-11:30 14:30-17:30",
        "000199",
        "晋教助学〔2020〕7号",
        "ISBN 978-7-138-00130-0",
        "9787138001300",
        "6901234567892",
        "192.168.100.12",
        "139.12345678,36.12345678",
        "北纬39.90923456，东经116.39742345",
        "39.90923456 116.39742345",
        "13,812,345,678元",
        "13,812,345,678",
        "1,380,013.0013",
        "3.13800130013",
        "0.4123456789012345",
        "99.99999999999",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
        "13 14 15 16 17 18 19",
        "138 1234 5678 901 234 567",
        "2018 2019 2020 2021 2022 2023",
        "| 13 | 800 | 1300 | 13 |",
        "13,800,1300,13",
        "122 + 41 + 5 = 168",
        "10011 10012 10013",
        "1.3.10.2.14.15.16",
        "a13800130013",
        "3f13800130013b",
        "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
        "12345678-1380-4013-8001-300130024567",
        "style.a1b2c3d4.css",
        "style.13800130.css",
        "sha256-13800130013abcdef",
        "ZL201310013001.3",
        "P13800130013",
        "zizhu@moe.edu.cn",
        "xszz@shanxi.gov.cn",
        "@qq.com",
        "qq.com",
        "https://mail.qq.com/",
        "info@qq.com.example.cn",
        "cdb@cdb.com.cn",
        "https://example.gov.cn/a@2x.png",
        "webcal://example.cn/163.com",
        "涉及国家秘密的，不予公开。",
        "国家秘密的密级分为绝密、机密、秘密三级。",
        "属于国家秘密的不得公开。",
        "不得公开学生的个人信息。",
        "机密级以上的文件",
        "公开内部资料须经批准。",
        "保守国家秘密，防止泄密。",
        "加强保密教育",
        "密切关注",
        "内部管理制度",
        "内部资料和档案分别保管。",
        "信息安全和保密工作",
        "严禁外传学生信息的，依法处理。",
        "密码",
        "★ 重点",
        "三星★★★",
        "138****0013",
        "138XXXX0013",
        "1380013****",
        "140623********0024",
        "6222 **** **** 0013",
        "（手机号码十一位）",
        "13XXXXXXXXX",
        "UID:20200715-1@example.gov.cn",
        "DTSTART;VALUE=DATE:20230717\r\nDTEND;VALUE=DATE:20230926",
        "M13.5 14.2 15.3 16.4 17.5 18.6",
        "viewBox 0 0 1380 130013",
        "金额：150,000,000.00元",
        "第1380013号",
        "房号1-3-8-001",
        "T1380013",
        "1：13800",
        "{\"a\":13,\"b\":800,\"c\":130013}",
        "[138, 1234, 5678]",
        "- 138\n- 1234\n- 5678",
        "138\n\n1234\n\n5678",
    ]
    .map(str::to_owned)
    .into();
    list.extend([
        format!("总额{m}元"),
        format!("共{m}人"),
        format!("人口 {m} 人"),
        format!("￥{m}.50"),
        format!("{m}.50"),
        format!("流水号：{m}"),
        format!("订单号 {m}"),
        format!("编号{m}"),
        format!("1{m}"),
        format!("{m}1"),
        format!("统一社会信用代码：{code}"),
        "统一社会信用代码 91140000MA0K00000X".to_owned(),
        // The check digit of another number.
        identity("110105", "19491231", "002").replace('X', "3"),
        identity("140623", "20051319", "114"),
        identity("190623", "20050719", "114"),
        card("622202", 19).replacen("6222", "6223", 1),
        format!("账号：{}", card("140000", 19)),
    ]);
    list
}

#[test]
fn what_offices_print_passes() {
    let list = harmless();
    assert!(list.len() >= 100, "{}", list.len());
    let wrong: Vec<_> = list
        .iter()
        .filter_map(|text| find(text).first().map(|one| (text, one.kind)))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}: {wrong:#?}",
        wrong.len(),
        list.len()
    );
}

#[test]
fn the_range_is_the_number_and_nothing_else() {
    let m = mobile("138");
    let text = format!("电话：<b>{}</b>-{}，请咨询", &m[..3], &m[3..]);
    let found = find(&text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].key, m);
    assert_eq!(
        &text[found[0].range.clone()],
        format!("{}</b>-{}", &m[..3], &m[3..])
    );
    let id = identity("110105", "19491231", "002");
    let found = find(&format!("{m} {id}、zizhu@{}", "qq.com"));
    let keys: Vec<_> = found.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, [m.as_str(), id.as_str(), "zizhu@qq.com"]);
}

#[test]
fn an_attribute_inside_a_number_is_read_too() {
    let (a, b) = (mobile("138"), mobile("139"));
    let text = format!("{}<a href=\"tel:{b}\">{}</a>", &a[..3], &a[3..]);
    let mut keys: Vec<_> = find(&text).into_iter().map(|one| one.key).collect();
    keys.sort();
    assert_eq!(keys, [a, b]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is found without separators is found with any.
    #[test]
    fn separators_hide_nothing(
        which in 0..3_usize,
        day in 1..=28_u32,
        serial in 0..1000_u32,
        cuts in proptest::collection::vec((1..18_usize, 0..12_usize), 1..6),
    ) {
        let number = match which {
            0 => identity("140623", &format!("200507{day:02}"), &format!("{serial:03}")),
            1 => format!("1{}{day:02}00{serial:03}13", 3 + serial % 7),
            _ => card(&format!("6222{day:02}{serial:03}"), 19),
        };
        prop_assert_eq!(find(&number).len(), 1, "{}", number);
        let gaps = [" ", "-", "—", "　", "\u{200b}", "\u{a0}", "·", "**", "<b>", "&nbsp;", "_", "\u{2011}"];
        let mut text = number.clone();
        let mut places: Vec<_> = cuts.into_iter().filter(|(at, _)| *at < number.len()).collect();
        places.sort();
        places.dedup_by_key(|(at, _)| *at);
        for (at, gap) in places.into_iter().rev() {
            text.insert_str(at, gaps[gap]);
        }
        let found = find(&text);
        prop_assert_eq!(found.len(), 1, "{}", text);
        prop_assert_eq!(&found[0].key, &number);
    }

    /// No text makes it stop, and what it finds is in the text.
    #[test]
    fn any_text_is_read(text in "([0-9]{1,5}|[ .<>&#;\\\\u@*x%-]|密|★|qq\\.com|[a-z]{1,3}|。|０|\\PC){0,60}") {
        for one in find(&text) {
            prop_assert!(text.get(one.range.clone()).is_some_and(|part| !part.is_empty()));
        }
    }
}
