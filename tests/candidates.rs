//! Candidates of an import: what was entered by hand is among them with the same values, they pass `check` once they are
//! confirmed, and what is not certain is left open. All texts except the five real ones are invented.

mod support;

use std::sync::{Arc, OnceLock};

use mingbai::config::Config;
use mingbai::desk::import::{Import, Request, import};
use mingbai::diag::{Severity, Sink};
use mingbai::link::{self, Names};
use mingbai::model::{ClauseId, Document, Kind, Model};
use mingbai::pipeline;
use mingbai::sources::{self, SourceFile, Sources};

use support::{confirmed, repository, tests_folder};

const NAMES: [&str; 5] = [
    "shanxi-2020-renewal",
    "youyu-2023-plan",
    "national-2023-guide",
    "hunan-2017-rescue",
    "henan-2018-assessment",
];

fn site() -> &'static (Sources, Model) {
    static SITE: OnceLock<(Sources, Model)> = OnceLock::new();
    SITE.get_or_init(|| {
        let mut sink = Sink::default();
        let sources = sources::read(repository(), &mut sink).expect("the site of this repository");
        let model = link::load(&sources, &mut sink);
        assert!(!sink.has_errors());
        (sources, model)
    })
}

fn imported(name: &str, text: &str) -> Import {
    let request = Request {
        name,
        bytes: text.as_bytes(),
        id: None,
        model: &site().1,
    };
    import(&request).unwrap_or_else(|why| panic!("{name}: {}", why.words().en))
}

fn real(name: &str) -> Import {
    let path = tests_folder("import").join(format!("{name}.txt"));
    imported(
        name,
        &std::fs::read_to_string(path).expect("an official text"),
    )
}

/// A site with the regions and topics of ours and the files of an import; the errors of `check`.
fn judged(id: &str, made: &Import, change: fn(&str) -> String) -> (Model, Vec<String>) {
    let data = ["data/regions", "data/topics.yaml", "data/site.yaml"];
    let ours = site().0.files.iter();
    let mut files: Vec<Arc<SourceFile>> = ours
        .filter(|file| data.iter().any(|path| file.path.starts_with(path)))
        .cloned()
        .collect();
    let mut add = |path: String, text: &str| {
        let text = change(text);
        files.push(Arc::new(SourceFile { path, text }));
    };
    add(format!("content/notices/{id}.md"), &made.text);
    if let Some(schedule) = &made.schedule {
        add(
            format!("data/schedules/{}.yaml", schedule.id),
            &schedule.text,
        );
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let sources = Sources {
        files,
        ..Sources::default()
    };
    let config = Config {
        today: jiff::civil::date(2026, 11, 29),
        base_url: None,
        advice: false,
        draft: true,
        part: None,
    };
    let mut sink = Sink::default();
    let model = pipeline::judge(&sources, &config, &mut sink).into_model();
    let said = sink.into_sorted(&sources);
    let errors = said.iter().filter(|d| d.code.severity == Severity::Error);
    let words = errors.map(|d| format!("{} {}", d.code.id, d.message.zh));
    (model, words.collect())
}

fn document<'a>(model: &'a Model, id: &str) -> &'a Document {
    let found = Names::new(model).document(id);
    &model.documents[found.unwrap_or_else(|| panic!("{id} is not in the model"))]
}

fn label(model: &Model, document: &Document, clause: ClauseId) -> String {
    let notice = match &document.kind {
        Kind::Schedule(schedule) => &model.documents[schedule.source.value],
        _ => document,
    };
    notice.body.as_ref().expect("a text").clauses[clause]
        .label
        .clone()
}

/// What a document arranges, a line for each fact: windows, deadlines, quotas, telephones.
fn facts(model: &Model, document: &Document) -> Vec<String> {
    let at = |clause| label(model, document, clause);
    let mut lines: Vec<String> = Vec::new();
    for window in &document.windows {
        let day = |bound: &Option<_>| {
            let bound: &Option<mingbai::diag::Spanned<mingbai::model::date::Bound>> = bound;
            bound.as_ref().map_or_else(String::new, |b| b.value.text())
        };
        lines.push(format!(
            "window {}～{} {}",
            day(&window.from),
            day(&window.until),
            at(window.cite.clause)
        ));
    }
    for deadline in &document.deadlines {
        lines.push(format!(
            "deadline {} {}",
            deadline.by.value.text(),
            at(deadline.cite.clause)
        ));
    }
    for contact in &document.contacts {
        if let Some(phone) = &contact.phone {
            lines.push(format!("phone {phone}"));
        }
    }
    if let Kind::Schedule(schedule) = &document.kind {
        for quota in &schedule.quotas {
            lines.push(format!(
                "quota {:?} {:?} {:?} {}",
                quota.per_day,
                quota.morning,
                quota.afternoon,
                at(quota.cite.clause)
            ));
        }
    }
    lines.sort();
    lines
}

#[test]
fn everything_entered_by_hand_is_among_the_candidates_with_the_same_values() {
    let by_hand = &site().1;
    let mut compared = 0;
    for name in NAMES {
        let made = real(name);
        let (ours, _) = judged(name, &made, confirmed);
        let mut pairs = vec![(name.to_owned(), name.to_owned())];
        if let Some(schedule) = &made.schedule {
            pairs.push(("youyu-2023".to_owned(), schedule.id.clone()));
        }
        for (hand, our) in pairs {
            let offered = facts(&ours, document(&ours, &our));
            for fact in facts(by_hand, document(by_hand, &hand)) {
                assert!(offered.contains(&fact), "{name}: {fact}\n{offered:#?}");
                compared += 1;
            }
        }
    }
    // 3 windows, 13 deadlines, 2 quotas: the site has no public telephone.
    assert!(compared >= 18, "{compared}");
}

#[test]
fn candidates_of_the_real_texts_pass_check_once_all_are_confirmed() {
    for name in NAMES {
        let made = real(name);
        let (_, before) = judged(name, &made, str::to_owned);
        let (model, after) = judged(name, &made, confirmed);
        assert_eq!(after, before, "{name}");
        assert!(!facts(&model, document(&model, name)).is_empty() || made.schedule.is_some());
    }
}

/// Invented: the plan of a county, in the usual layout.
const PLAN: &str = "山阴县2027年生源地信用助学贷款受理工作方案

各乡镇人民政府，县直有关单位：

现将有关事项通知如下。
一、受理时间
（一）贷款受理时间：2027年7月12日至9月20日。
（二）合同变更从8月1日起至8月31日止办理。
二、受理方式
续贷学生一律网上办理，首贷学生到县政务服务中心一楼大厅现场办理。首贷学生每天受理80名（上午45名、下午35名）。续贷学生上午30名，下午20名，凭号办理。
三、材料
首贷学生应提交《申请表》和身份证复印件，续贷学生填写《续贷声明》。
四、有关要求
6月20日前，各高中学校完成预申请名单核查。县教育局要于6月30日前报送总结。
五、咨询
县学生资助管理中心咨询电话：0349-1234567，县教育局监督电话：0349-7654321。

山阴县教育局
2027年6月1日
";

fn text_of(made: &Import) -> String {
    let schedule = made.schedule.as_ref().map_or("", |s| s.text.as_str());
    format!("{}\n{schedule}", made.text)
}

fn has(text: &str, entry: &[&str]) -> bool {
    let lines: Vec<&str> = text
        .lines()
        .map(|l| l.trim_start_matches(['#', ' ', '-']))
        .collect();
    lines.windows(entry.len()).any(|window| {
        window
            .iter()
            .zip(entry)
            .all(|(line, wanted)| line.split("  #").next() == Some(*wanted))
    })
}

#[test]
fn the_plan_of_a_county_gives_a_schedule_whose_candidates_pass_check() {
    let made = imported("方案.txt", PLAN);
    let schedule = made.schedule.as_ref().expect("a schedule");
    assert_eq!(schedule.id, "shanyin-2027");
    let text = text_of(&made);
    for entry in [
        &[
            "what: 贷款受理",
            "from: 2027-07-12",
            "until: 2027-09-20",
            "clause: 一（一）",
        ][..],
        &["what: 合同变更", "from: 2027-08-01", "until: 2027-08-31"],
        &[
            "group: 首贷学生",
            "per_day: 80",
            "morning: 45",
            "afternoon: 35",
        ],
        &["per_day: 50", "morning: 30", "afternoon: 20"],
        &["what: 县政务服务中心一楼大厅"],
        &["who: 续贷学生", "what: 网上"],
        &["items: [《申请表》, 身份证复印件]"],
        &[
            "by: 2027-06-20",
            "who: 各高中学校",
            "for: 机构",
            "what: 完成预申请名单核查",
        ],
        &[
            "by: 2027-06-30",
            "who: 县教育局",
            "for: 机构",
            "what: 报送总结",
        ],
        &[
            "office: 县学生资助管理中心",
            "duty: 咨询",
            "phone: 0349-1234567",
        ],
        &["office: 县教育局", "duty: 监督", "phone: 0349-7654321"],
    ] {
        assert!(has(&text, entry), "{entry:?}\n{text}");
    }
    let (model, errors) = judged("shanyin-2027-plan", &made, confirmed);
    assert_eq!(errors, [""; 0], "{text}");
    let quotas = facts(&model, document(&model, "shanyin-2027"));
    assert!(
        quotas.iter().any(|fact| fact.starts_with("quota")),
        "{quotas:?}"
    );
    // Nothing is published before somebody has confirmed it.
    assert!(schedule.text.contains("# 待核："));
    assert!(
        !schedule
            .text
            .lines()
            .any(|line| line.starts_with("quotas:"))
    );
}

#[test]
fn every_quotation_is_the_words_of_its_clause() {
    let made = imported("方案.txt", PLAN);
    for line in text_of(&made).lines() {
        if let Some(quote) = line.trim_start_matches(['#', ' ']).strip_prefix("quote: ") {
            assert!(PLAN.contains(quote.trim_matches('"')), "{quote}");
        }
    }
}

#[test]
fn a_day_without_a_known_year_is_left_open() {
    let text = "某局关于做好助学贷款受理工作的通知\n一、受理时间为7月17日至9月25日。\n二、6月20日前，各高校完成核查。\n三、12月1日起施行。\n";
    let made = imported("通知.txt", text);
    let front = made.text.split("\n---\n").next().unwrap_or_default();
    assert!(!front.contains("202"), "no year is invented\n{front}");
    assert!(
        front.contains("待核：原文只写“7月17日至9月25日”，看不出是哪一年"),
        "{front}"
    );
    assert!(
        front.contains("#   - by: 6月20日  # 待核：原文没有写年份"),
        "{front}"
    );
    assert!(
        front.contains("# 待核：三写“12月1日起施行”：看不出是哪一年"),
        "{front}"
    );
    let (_, errors) = judged("x-2027", &made, confirmed);
    assert!(errors.iter().all(|e| e.starts_with("MB0202")), "{errors:?}");
    // What was taken in is still a draft.
    assert!(confirmed(&made.text).contains("# 待核：原文只写"));
}

#[test]
fn a_day_that_had_passed_on_the_day_of_issue_is_not_put_into_that_year() {
    let text = "某局关于报送总结的通知\n各高校要于1月31日前报送总结，12月30日前报送名单。\n某县教育局\n2026年12月20日\n";
    let front = imported("通知.txt", text).text;
    assert!(
        front.contains("- by: 1月31日  # 待核：原文没有写年份，照成文的那一年算已经过去"),
        "{front}"
    );
    assert!(
        front.contains("- by: 2026-12-30  # 原文没有写年份，这是文件的年份"),
        "{front}"
    );
}

#[test]
fn direct_numbers_of_persons_are_not_offered() {
    let text = "某局关于助学贷款工作的通知\n一、咨询\n山西省学生资助管理中心联系人：张某某，0351-1234567。\n值班：0351-7654321，王小明 0351-7654322。\n手机13800000000。\n";
    let made = imported("通知.txt", text);
    let front = made.text.split("\n---\n").next().unwrap_or_default();
    for digits in ["1234567", "7654321", "7654322", "1380", "张某某", "王小明"] {
        assert!(!front.contains(digits), "{digits}\n{front}");
    }
    assert!(
        has(front, &["office: 山西省学生资助管理中心", "phone: 未载明"]),
        "{front}"
    );
}

#[test]
fn a_table_of_public_telephones_gives_contacts_and_one_of_persons_none() {
    let text = |column: &str| {
        format!(
            "山阴县教育局关于助学贷款咨询的通知\n各乡镇：\n一、咨询电话见表。\n单位\t{column}\t电话\n县学生资助管理中心\t一楼\t0349-1234567\n县教育局\t二楼\t0349-7654321\n县招生办\t三楼\t0349-7654322\n山阴县教育局\n2027年6月1日\n"
        )
    };
    let made = imported("通知.txt", &text("地点"));
    assert!(
        has(
            &made.text,
            &[
                "office: 县学生资助管理中心",
                "phone: 0349-1234567",
                "clause: 一"
            ]
        ),
        "{}",
        made.text
    );
    let (model, errors) = judged("shanyin-2027-notice", &made, confirmed);
    assert_eq!(errors, [""; 0], "{}", made.text);
    assert_eq!(document(&model, "shanyin-2027-notice").contacts.len(), 3);
    let made = imported("通知.txt", &text("联系人"));
    assert!(!made.text.contains("contacts:\n"), "{}", made.text);
}

#[test]
fn what_was_done_is_not_a_window_and_a_head_count_is_not_a_quota() {
    let text = "山阴县2027年助学贷款工作总结通报\n一、受理\n从2027年7月1日至9月1日，对全县进行了检查。每日由一名局领导在受理现场带班。全县每天有3000名学生上学。\n山阴县教育局\n2027年10月1日\n";
    let text = text_of(&imported("通报.txt", text));
    for key in ["windows:", "quotas:"] {
        assert!(!text.contains(key), "{key}\n{text}");
    }
}

#[test]
fn days_that_cannot_be_written_or_limit_nothing_make_no_entry() {
    let text = "山阴县2027年助学贷款工作方案\n一、要求\n3.2026年9月1日前，各校完成自查。\n4.2028年3月前，各校完成总结。\n5.截至2026年12月31日，全县共发放贷款300笔。\n6.10月1日至7日放假。\n7.学生毕业当年9月1日前确认。\n";
    let made = imported("方案.txt", text);
    let text = text_of(&made);
    assert!(
        has(
            &text,
            &["by: 2026-09-01", "who: 各校", "for: 机构", "what: 完成自查"]
        ),
        "{text}"
    );
    assert!(
        text.contains("quote: 2026年9月1日前，各校完成自查"),
        "{text}"
    );
    assert!(
        text.contains("# 待核：像是时限：一4写“2028年3月前”"),
        "{text}"
    );
    assert!(
        text.contains("写“毕业当年9月1日前”") || text.contains("写“学生毕业当年9月1日前”"),
        "{text}"
    );
    for never in ["2027-09-01", "by: 3月", "2026-12-31", "10-07"] {
        assert!(!text.contains(never), "{never}\n{text}");
    }
}

#[test]
fn how_long_a_document_holds_and_what_it_abolishes_is_asked_with_clause_and_words() {
    let text = "山阴县教育局关于印发助学办法的通知\n一、本办法自2027年1月1日起施行，有效期5年。\n二、《山阴县助学贷款试行办法》同时废止。\n三、证件有效期为10年。\n山阴县教育局\n2026年12月20日\n";
    let front = imported("办法.txt", text).text;
    assert!(
        front.contains("# 待核：施行日期，据一“本办法自2027年1月1日起施行”"),
        "{front}"
    );
    assert!(front.contains("# in_force: 2027-01-01"), "{front}");
    assert!(front.contains("# 待核：一写“有效期5年”"), "{front}");
    assert!(
        front.contains("这份文件废止《山阴县助学贷款试行办法》"),
        "{front}"
    );
    assert!(!front.contains("写“证件有效期"), "{front}");
    let issue = text
        .replace("自2027年1月1日起", "自发布之日起")
        .replace("有效期5年", "有效期至2031年12月31日");
    let front = imported("办法.txt", &issue).text;
    assert!(
        front.contains("据一“本办法自发布之日起施行”，成文日期是 2026-12-20"),
        "{front}"
    );
    assert!(!front.contains("# in_force:"), "{front}");
    assert!(front.contains("# expires: 2031-12-31"), "{front}");
    let (_, errors) = judged("x", &imported("办法.txt", &issue), confirmed);
    assert_eq!(errors, [""; 0]);
}

/// The sentences of the tests of the reader: invented, in the manner of official notices.
fn sentences() -> Vec<String> {
    ["sentences", "more", "names", "words"]
        .iter()
        .flat_map(|name| {
            let path = tests_folder("reading").join(format!("{name}.txt"));
            let text = std::fs::read_to_string(path).expect("sentences");
            let lines = text.lines().filter_map(|line| line.strip_prefix("> "));
            lines.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn candidates_of_many_sentences_pass_check_once_all_are_confirmed() {
    let mut offered = 0;
    for (title, end) in [
        (
            "山阴县2027年生源地信用助学贷款受理工作方案",
            "山阴县教育局\n2027年6月1日\n",
        ),
        (
            "山阴县教育局关于做好受理工作的通知",
            "山阴县教育局\n2026年12月1日\n",
        ),
        ("山阴县教育局关于做好受理工作的通知", ""),
    ] {
        let body: Vec<String> = sentences()
            .iter()
            .enumerate()
            .map(|(i, words)| format!("{}.{words}\n", i + 1))
            .collect();
        let made = imported(
            "方案.txt",
            &format!("{title}\n\n各乡镇：\n{}\n{end}", body.concat()),
        );
        let (_, before) = judged("shanyin-2027-plan", &made, str::to_owned);
        let (_, after) = judged("shanyin-2027-plan", &made, confirmed);
        let new: Vec<&String> = after
            .iter()
            .filter(|error| !before.contains(error))
            .collect();
        assert!(new.is_empty(), "{title}\n{new:#?}");
        offered += text_of(&made).matches("#   - ").count();
    }
    assert!(offered > 100, "{offered}");
}
