"""The inputs of the growth benchmark: one function a kind, which writes an invented site (or a file to import) of size n.

Each function gets an empty folder that holds a copy of tests/diagnostics/base, and n; it returns the arguments of the
program. Everything is invented and repeatable.
"""
import zipfile

KINDS = {}


# Kinds that are many documents.
OF_DOCUMENTS = {"notices_of_one_title", "notices_of_a_year", "schedules_of_one_county", "pilot_lists"}


def kind(n, exit_codes=(0, 1)):
    """Registers a kind, the smallest n that it is measured at, and the exit codes that are no accident."""
    def register(function):
        KINDS[function.__name__] = (function, n, exit_codes)
        return function
    return register


BUILD = ["build", ".", "--today", "2026-11-20", "--out", "out"]
CHECK = ["check", ".", "--today", "2026-11-20"]

NOTICE = """---
title: %(title)s
number: 未载明
kind: 通知
issuers: 未载明
issued: 未载明
year: 2023
publicity: 未载明
region: 山西省
topics: [续贷]
%(front)s---

%(body)s
"""


def write(folder, path, text):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def notice(folder, name, body, front="", title="一份很长的通知"):
    write(folder, "content/notices/%s.md" % name, NOTICE % {"title": title, "front": front, "body": body})


def page(folder, name, body, title="一页"):
    write(folder, "content/pages/%s.md" % name, "---\ntitle: %s\n---\n\n%s\n" % (title, body))


CN = "零一二三四五六七八九"


def numeral(n):
    """A number in words, below 10,000; larger ones get their ten thousands before them."""
    if n >= 10000:
        return numeral(n // 10000) + "万" + numeral(n % 10000)
    out, zero = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            out += ("零" if zero and out else "") + CN[digit] + word
            zero = False
        else:
            zero = True
    return out[1:] if out.startswith("一十") else out


# ---------------------------------------------------------------- diagnostics

@kind(2000)
def unknown_keys(folder, n):
    front = "".join("生造%d: 有\n" % i for i in range(n))
    notice(folder, "long", "一、事项\n\n照办。", front)
    return CHECK


@kind(2000)
def unknown_keys_sarif(folder, n):
    unknown_keys(folder, n)
    return CHECK + ["--format", "sarif"]


@kind(2000)
def unknown_keys_gitlab(folder, n):
    unknown_keys(folder, n)
    return CHECK + ["--format", "gitlab"]


@kind(4000)
def numbers_not_in_the_words(folder, n):
    text = "".join("%d名，" % (i + 10000) for i in range(n))
    notice(folder, "long", "一、事项\n\n照办。", "summary:\n  - text: %s\n    clause: 一\n" % text)
    return CHECK


@kind(1000)
def sentences_not_in_the_words(folder, n):
    front = "summary:\n" + "".join("  - {text: 每天办%d名。, clause: 一}\n" % (i + 100) for i in range(n))
    notice(folder, "long", "一、事项\n\n照办。", front)
    return CHECK


@kind(1000)
def unknown_counties(folder, n):
    names = "、".join("某%s县" % numeral(i + 1) for i in range(n))
    path = "data/pilots/shanxi-2020-remote.yaml"
    text = (folder / path).read_text(encoding="utf-8").replace("灵丘县、浑源县", names)
    write(folder, path, text)
    return CHECK


@kind(4000)
def control_characters(folder, n):
    notice(folder, "long", "一、事项\n\n" + "照\x01办。" * n)
    return CHECK


@kind(2000)
def dead_links(folder, n):
    page(folder, "long", "\n\n".join("[某](/notices/none-%d.html)" % i for i in range(n)))
    return CHECK


@kind(2000)
def raw_html(folder, n):
    page(folder, "long", "\n\n".join("文字<script>%d</script>" % i for i in range(n)))
    return CHECK


@kind(2000)
def telephones(folder, n):
    notice(folder, "long", "一、事项\n\n" + "。".join("请拨打139%08d联系" % i for i in range(n)))
    return CHECK


# ---------------------------------------------------------------- many files

@kind(500)
def plain_pages(folder, n):
    for i in range(n):
        page(folder, "p%d" % i, "第%d页的文字。" % i, "第%d页" % i)
    return BUILD


@kind(500)
def notices_of_one_title(folder, n):
    for i in range(n):
        notice(folder, "n%d" % i, "一、事项\n\n照办。")
    return BUILD


@kind(500)
def notices_of_a_year(folder, n):
    for i in range(n):
        notice(folder, "n%d" % i, "一、事项\n\n照办%d。" % i, title="第%s份通知" % numeral(i + 1))
    return BUILD


@kind(250)
def schedules_of_one_county(folder, n):
    text = (folder / "data/schedules/youyu-2023.yaml").read_text(encoding="utf-8")
    for i in range(n):
        write(folder, "data/schedules/s%d.yaml" % i, text)
    return BUILD


@kind(200)
def pilot_lists(folder, n):
    text = (folder / "data/pilots/shanxi-2020-remote.yaml").read_text(encoding="utf-8")
    for i in range(n):
        write(folder, "data/pilots/s%d.yaml" % i, text)
    return BUILD


@kind(1000)
def files_nobody_names(folder, n):
    for i in range(n):
        write(folder, "content/notices/f%d.txt" % i, "附件%d" % i)
    return CHECK


@kind(500)
def attachments(folder, n):
    front = "attachments:\n"
    for i in range(n):
        write(folder, "content/notices/f%d.txt" % i, "附件%d" % i)
        front += "  - {title: 附件第%d号, file: notices/f%d.txt}\n" % (i, i)
    notice(folder, "long", "附件：\n\n" + "\n\n".join("%d. 附件第%d号" % (i + 1, i) for i in range(n)), front)
    return BUILD


# ---------------------------------------------------------------- one long document

@kind(1000)
def clauses(folder, n):
    notice(folder, "long", "\n\n".join("第%d条 办理第%d件事。" % (i + 1, i) for i in range(n)))
    return BUILD


@kind(4000)
def numbered_items(folder, n):
    notice(folder, "long", "一、事项\n\n" + "\n\n".join("%d. 办理第%d件事。" % (i + 1, i) for i in range(n)))
    return BUILD


@kind(4000)
def paragraphs(folder, n):
    notice(folder, "long", "一、事项\n\n" + "\n\n".join("办理第%d件事。" % i for i in range(n)))
    return BUILD


@kind(1000)
def sections(folder, n):
    notice(folder, "long", "\n\n".join("# 第%d节：\n\n办理。" % i for i in range(n)))
    return BUILD


@kind(1000)
def annexes(folder, n):
    notice(folder, "long", "一、事\n\n办。\n\n" + "\n\n".join("# 附件%d\n\n办理。" % (i + 1) for i in range(n)))
    return BUILD


@kind(500)
def slips(folder, n):
    front = "slips:\n" + "".join("  - {clause: 一, printed: 印误%d处, right: 印误%d处。}\n" % (i, i) for i in range(n))
    notice(folder, "long", "一、事项\n\n" + "\n\n".join("这是印误%d处" % i for i in range(n)), front)
    return BUILD


@kind(500)
def citations(folder, n):
    front = "cites:\n" + "".join(
        "  - {number: 某办〔2020〕%d号, title: 第%d号文件, clause: 一}\n" % (i + 1, i + 1) for i in range(n))
    body = "一、事项\n\n" + "\n\n".join("按《第%d号文件》（某办〔2020〕%d号）办。" % (i + 1, i + 1) for i in range(n))
    notice(folder, "long", body, front)
    return BUILD


@kind(500)
def sentences_of_a_summary(folder, n):
    front = "summary:\n" + "".join("  - {text: 第%d件每天办%d名。, clause: 一}\n" % (i, i + 100) for i in range(n))
    body = "一、事项\n\n" + "\n\n".join("第%d件每天办%d名。" % (i, i + 100) for i in range(n))
    notice(folder, "long", body, front)
    return BUILD


@kind(500)
def windows(folder, n):
    front = "windows:\n" + "".join(
        "  - {what: 第%d批受理, from: 2023-07-17, until: 2023-09-25, clause: 一, quote: 第%d批受理2023年7月17日至9月25日}\n" % (i, i)
        for i in range(n))
    body = "一、事项\n\n" + "\n\n".join("第%d批受理2023年7月17日至9月25日。" % i for i in range(n))
    notice(folder, "long", body, front)
    return BUILD


@kind(500)
def quotations_of_clauses(folder, n):
    front = "windows:\n" + "".join(
        "  - {what: 第%d批受理, from: 2023-07-17, until: 2023-09-25, clause: 第%d条, quote: 第%d批受理2023年7月17日至9月25日}\n"
        % (i, i + 1, i) for i in range(n))
    body = "\n\n".join("第%d条 第%d批受理2023年7月17日至9月25日。" % (i + 1, i) for i in range(n))
    notice(folder, "long", body, front)
    return BUILD


@kind(500)
def deadlines(folder, n):
    front = "deadlines:\n" + "".join(
        "  - {by: 2023-07-18, who: 各市, for: 机构, what: 报送第%d号表, clause: 一, quote: 各市2023年7月18日前报送第%d号表}\n" % (i, i)
        for i in range(n))
    body = "一、事项\n\n" + "\n\n".join("各市2023年7月18日前报送第%d号表。" % i for i in range(n))
    notice(folder, "long", body, front)
    return BUILD


@kind(500)
def contacts(folder, n):
    front = "contacts:\n" + "".join("  - {office: 第%d办公室, phone: 未载明, clause: 一}\n" % i for i in range(n))
    notice(folder, "long", "一、事项\n\n" + "\n\n".join("请找第%d办公室。" % i for i in range(n)), front)
    return BUILD


@kind(500)
def omissions(folder, n):
    front = "omitted:\n" + "".join("  - {what: 第%d个人的姓名, why: 个人信息, clause: 一}\n" % i for i in range(n))
    notice(folder, "long", "一、事项\n\n" + "\n\n".join("联系人：〔此处略去第%d个人的姓名〕" % i for i in range(n)), front)
    return BUILD


@kind(500)
def former_addresses(folder, n):
    notice(folder, "long", "一、事项\n\n照办。", "formerly:\n" + "".join("  - notices/old-%d.html\n" % i for i in range(n)))
    return BUILD


@kind(100)
def wide_table(folder, n):
    head = "|" + "".join("列%d|" % i for i in range(100)) + "\n|" + "---|" * 100 + "\n"
    rows = "".join("|" + "".join("%d|" % (i * 100 + k) for k in range(100)) + "\n" for i in range(n))
    notice(folder, "long", "一、事项\n\n" + head + rows)
    return BUILD


@kind(100)
def wide_table_of_a_page(folder, n):
    head = "|" + "".join("列%d|" % i for i in range(100)) + "\n|" + "---|" * 100 + "\n"
    rows = "".join("|" + "".join("%d|" % (i * 100 + k) for k in range(100)) + "\n" for i in range(n))
    page(folder, "long", head + rows)
    return BUILD


@kind(100)
def table_of_many_columns(folder, n):
    page(folder, "long", "|" + "列|" * n + "\n|" + "---|" * n + "\n|" + "值|" * n + "\n")
    return BUILD


@kind(50)
def tables_with_empty_cells(folder, n):
    page(folder, "long", "|" + "列|" * n + "\n|" + "---|" * n + "\n" + "|值\n" * n)
    return BUILD


@kind(1000)
def many_tables(folder, n):
    page(folder, "long", "\n\n".join("|甲|乙|\n|---|---|\n|%d|2|" % i for i in range(n)))
    return BUILD


@kind(50)
def code_blocks(folder, n):
    page(folder, "long", "\n\n".join("```yaml\n" + "标题: [%d, 文字, \"引号\"]  # 说明\n" % i * 10 + "```" for i in range(n)))
    return BUILD


@kind(500)
def one_code_block(folder, n):
    page(folder, "long", "```yaml\n" + "标题: [1, 文字, \"引号\"]  # 说明\n" * n + "```")
    return BUILD


@kind(1000)
def code_line(folder, n):
    page(folder, "long", "```rust\n" + "let a = \"文字\"; /* " * n + "\n```")
    return BUILD


@kind(2000)
def headings(folder, n):
    page(folder, "long", "\n\n".join("## 一样的标题\n\n文字。" for _ in range(n)))
    return BUILD


@kind(20000)
def long_line(folder, n):
    notice(folder, "long", "一、事项\n\n" + "各地要认真组织、" * n + "。")
    return BUILD


@kind(10000)
def long_line_of_a_page(folder, n):
    page(folder, "long", "各地要认真组织、" * n + "。")
    return BUILD


@kind(4000)
def emphasis(folder, n):
    page(folder, "long", "**重点：**请*注意*。" * n)
    return BUILD


@kind(4000)
def open_emphasis(folder, n):
    page(folder, "long", "**甲*_乙" * n)
    return BUILD


@kind(4000)
def open_brackets(folder, n):
    page(folder, "long", "[" * n + "文字" + "](" * n)
    return BUILD


@kind(4000)
def ticks(folder, n):
    page(folder, "long", " ".join("`" * (i % 300 + 1) for i in range(n)))
    return BUILD


@kind(2000)
def link_definitions(folder, n):
    page(folder, "long", "\n".join("[r%d]: /about.html" % i for i in range(n)) + "\n\n" + "\n".join("[甲][r%d]" % i for i in range(n)))
    return BUILD


@kind(2000)
def footnotes(folder, n):
    page(folder, "long", "\n\n".join("文字[^%d]\n\n[^%d]: 注%d" % (i, i, i) for i in range(n)))
    return BUILD


@kind(2000)
def quotes_within_quotes(folder, n):
    page(folder, "long", ">" * n + "文字")
    return BUILD


@kind(500)
def lists_within_lists(folder, n):
    page(folder, "long", "\n".join("  " * i + "- 一项" for i in range(n)))
    return BUILD


@kind(4000)
def list_items(folder, n):
    page(folder, "long", "\n".join("- 第%d项" % i for i in range(n)))
    return BUILD


@kind(4000)
def entities(folder, n):
    page(folder, "long", "&amp;&lt;&#20013;" * n)
    return BUILD


@kind(2000)
def parts_marked_with_numbers(folder, n):
    notice(folder, "long", "一、事项\n\n办理（一）甲（二）乙①丙②丁" * n)
    return BUILD


@kind(500)
def references_to_clauses(folder, n):
    body = "\n\n".join("第%d条 按第%d条和本通知第%d条办。" % (i + 1, n - i, i + 1) for i in range(n))
    notice(folder, "long", body)
    return BUILD


# ---------------------------------------------------------------- lists of data

@kind(250)
def sessions(folder, n):
    path = "data/schedules/youyu-2023.yaml"
    text = (folder / path).read_text(encoding="utf-8") + "sessions:\n" + "".join(
        "  - {date: 2023-07-17, place: 教育局一楼大厅, service: 第%d批, clause: 二, quote: 在教育局一楼大厅受理}\n" % i for i in range(n))
    write(folder, path, text)
    return BUILD


@kind(500)
def quotas(folder, n):
    path = "data/schedules/youyu-2023.yaml"
    text = (folder / path).read_text(encoding="utf-8").replace(
        "contacts:", "".join("  - {group: 第%d组, per_day: 60, clause: 二, quote: 每天60名}\n" % i for i in range(n)) + "contacts:")
    write(folder, path, text)
    return BUILD


@kind(1000)
def topics(folder, n):
    path = "data/topics.yaml"
    text = (folder / path).read_text(encoding="utf-8") + "".join(
        "- {id: t%d, name: 第%d个主题, about: 释义。}\n" % (i, i) for i in range(n))
    write(folder, path, text)
    return BUILD


@kind(1000)
def glossary(folder, n):
    write(folder, "data/glossary.yaml", "".join(
        "- {id: t%d, name: 术语%s, pinyin: shù yǔ, about: 释义。}\n" % (i, numeral(i + 1)) for i in range(n)))
    body = "\n\n".join("这里说术语%s。" % numeral(i + 1) for i in range(n))
    notice(folder, "long", "一、事项\n\n" + body)
    return BUILD


@kind(1000)
def synonyms(folder, n):
    write(folder, "data/search.yaml", "synonyms:\n" + "".join(
        "  - {texts: [续贷%d], also: [再贷%d, 接着贷%d]}\n" % (i, i, i) for i in range(n)))
    return BUILD


@kind(500)
def counties(folder, n):
    text = 'code: "43"\nname: 湖南省\npinyin: hú nán shěng\nprefectures:\n'
    number = 0
    for city in range(-(-n // 90)):
        text += '  - code: "43%02d"\n    name: 某%s市\n    pinyin: mǒu shì\n    counties:\n' % (city + 1, numeral(city + 1))
        for one in range(90):
            number += 1
            text += "      - 43%02d%02d 某%s县 mǒu-xiàn\n" % (city + 1, one + 1, numeral(number))
    write(folder, "data/regions/43.yaml", text)
    return BUILD


@kind(500)
def corrections(folder, n):
    path = "data/pilots/shanxi-2020-remote.yaml"
    text = (folder / path).read_text(encoding="utf-8").replace(
        "counties:", "".join("  - {printed: 应%d县, right: 应县}\n" % i for i in range(n)) + "counties:")
    write(folder, path, text)
    return CHECK


@kind(500)
def one_county_many_times(folder, n):
    path = "data/pilots/shanxi-2020-remote.yaml"
    text = (folder / path).read_text(encoding="utf-8").replace("灵丘县、浑源县", "、".join(["灵丘县"] * n))
    write(folder, path, text)
    return CHECK


@kind(250)
def numbers_stated(folder, n):
    path = "data/pilots/shanxi-2020-remote.yaml"
    text = (folder / path).read_text(encoding="utf-8").replace(
        "corrections:", "".join("  - {what: 试点%d, count: 3, clause: 一（二）, quote: 安排3个县}\n" % i for i in range(n)) + "corrections:")
    write(folder, path, text)
    return CHECK


def rules(folder, questions, conditions, examples):
    path = "data/checks/youyu-where.yaml"
    text = (folder / path).read_text(encoding="utf-8")
    text = text.replace("conditions:\n", questions + "conditions:\n" + conditions, 1)
    write(folder, path, text + examples)


@kind(12)
def questions_of_a_check(folder, n):
    questions = "".join("  问题%d:\n    ask: 第%d问？\n    type: 是否\n    why: 要问。\n" % (i, i) for i in range(n))
    whens = ", ".join("问题%d" % i for i in range(n))
    condition = "  都是:\n    when: {全部: [%s]}\n    clause: 一\n    quote: 受理\n" % whens
    rules(folder, questions, condition, "")
    return CHECK


@kind(100)
def conditions_of_a_check(folder, n):
    conditions = "".join(
        "  条件%d:\n    when: {办理日期: 介于 2023-07-%02d 和 2023-09-25}\n    clause: 一\n    quote: 受理\n" % (i, i % 30 + 1) for i in range(n))
    rules(folder, "", conditions, "")
    return CHECK


@kind(400)
def examples_of_a_check(folder, n):
    examples = "".join(
        "  - name: 例%d\n    answers: {续贷: 否, 办理日期: 2023-08-01}\n    expect: {在哪里: 现场办, 哪天: 能办}\n" % i for i in range(n))
    rules(folder, "", "", examples)
    return CHECK


# ---------------------------------------------------------------- YAML

@kind(2000)
def brackets_of_yaml(folder, n):
    notice(folder, "long", "一、事项", "cites: " + "[" * n + "]" * n + "\n")
    return CHECK


@kind(2000)
def indents_of_yaml(folder, n):
    notice(folder, "long", "一、事项", "".join(" " * i + "a%d:\n" % i for i in range(n)))
    return CHECK


@kind(2000)
def anchors_of_yaml(folder, n):
    notice(folder, "long", "一、事项", "".join("a%d: &x%d [*x%d, *x%d]\n" % (i, i, max(i - 1, 0), max(i - 1, 0)) for i in range(n)))
    return CHECK


@kind(20000)
def long_value_of_yaml(folder, n):
    notice(folder, "long", "一、事项\n\n照办。", "source: " + "文字" * n + "\n")
    return BUILD


@kind(4000)
def quotes_of_yaml(folder, n):
    notice(folder, "long", "一、事项\n\n照办。", "source: \"" + "\\u6587" * n + "\n")
    return CHECK


@kind(4000)
def broken_yaml(folder, n):
    notice(folder, "long", "一、事项\n\n照办。", "".join("键%d：值“\n" % i for i in range(n)))
    return CHECK


@kind(4000)
def same_key_twice(folder, n):
    notice(folder, "long", "一、事项\n\n照办。", "source: 省中心\n" * n)
    return CHECK


# ---------------------------------------------------------------- the reader

@kind(4000)
def read_dates(folder, n):
    write(folder, "text.txt", "自2023年7月17日至9月25日每天上午8:30办理60名，" * n)
    return ["read", "text.txt"]


@kind(4000)
def read_numerals(folder, n):
    write(folder, "text.txt", "三千二百零五点八万元、" * n)
    return ["read", "text.txt"]


@kind(20000)
def read_digits(folder, n):
    write(folder, "text.txt", "12345" * n)
    return ["read", "text.txt"]


@kind(20000)
def read_ideographs(folder, n):
    write(folder, "text.txt", "一二三四五" * n)
    return ["read", "text.txt"]


@kind(10000)
def read_names(folder, n):
    write(folder, "text.txt", "山西省学生资助管理中心" * n)
    return ["read", "text.txt"]


@kind(10000)
def read_brackets(folder, n):
    write(folder, "text.txt", "《（〔“" * n)
    return ["read", "text.txt"]


@kind(10000)
def read_series(folder, n):
    write(folder, "text.txt", "身份证、户口簿、" * n + "等")
    return ["read", "text.txt"]


@kind(10000)
def read_phones(folder, n):
    write(folder, "text.txt", "0351-7654321、" * n)
    return ["read", "text.txt"]


# ---------------------------------------------------------------- import

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def docx(folder, body, parts=(), sect=""):
    relations = "".join(
        '<Relationship Id="r%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>' % (i, what, name)
        for i, (what, name, _) in enumerate(parts))
    with zipfile.ZipFile(folder / "file.docx", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        z.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        z.writestr("word/_rels/document.xml.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>' % relations)
        z.writestr("word/document.xml", '<?xml version="1.0"?><w:document %s><w:body>%s%s</w:body></w:document>' % (W, body, sect))
        for _, name, text in parts:
            z.writestr("word/" + name, text)
    return ["import", "file.docx", ".", "--id", "imported"]


def para(text):
    return "<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text


HEAD = para("关于做好某项工作的通知") + para("各市：") + para("一、事项")


@kind(1000)
def docx_paragraphs(folder, n):
    return docx(folder, HEAD + "".join(para("第%d件事照办。" % i) for i in range(n)))


@kind(2000)
def docx_same_paragraph(folder, n):
    return docx(folder, HEAD + para("各地要认真组织。") * n)


@kind(500)
def docx_dates(folder, n):
    return docx(folder, HEAD + "".join(para("第%d批于2023年7月17日至9月25日受理，每天%d名。" % (i, i + 10)) for i in range(n)))


@kind(50)
def docx_headers(folder, n):
    parts = [("header", "header%d.xml" % i, '<?xml version="1.0"?><w:hdr %s>%s</w:hdr>' % (W, "".join(para("页眉%d之%d" % (i, k)) for k in range(50)))) for i in range(n)]
    body = HEAD + "".join('<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="r%d"/></w:sectPr></w:pPr><w:r><w:t>第%d段文字。</w:t></w:r></w:p>' % (i, i) for i in range(n))
    return docx(folder, body, parts)


@kind(500)
def docx_footnotes(folder, n):
    notes = '<?xml version="1.0"?><w:footnotes %s>%s</w:footnotes>' % (W, "".join('<w:footnote w:id="%d">%s</w:footnote>' % (i + 1, para("注%d" % i)) for i in range(n)))
    body = HEAD + "".join('<w:p><w:r><w:t>第%d段</w:t></w:r><w:r><w:footnoteReference w:id="%d"/></w:r></w:p>' % (i, i + 1) for i in range(n))
    return docx(folder, body, [("footnotes", "footnotes.xml", notes)])


@kind(20)
def docx_table(folder, n):
    row = "".join("<w:tc>%s</w:tc>" % para("格%d" % k) for k in range(20))
    return docx(folder, HEAD + "<w:tbl>" + "<w:tr>%s</w:tr>" % row * n + "</w:tbl>" + para("完。"))


@kind(500)
def docx_tables(folder, n):
    return docx(folder, HEAD + ("<w:tbl><w:tr><w:tc>%s</w:tc><w:tc>%s</w:tc></w:tr></w:tbl>" % (para("甲"), para("乙")) + para("文字。")) * n)


@kind(2000)
def docx_runs(folder, n):
    return docx(folder, HEAD + "<w:p>" + "<w:r><w:rPr><w:b/></w:rPr><w:t>粗</w:t></w:r><w:r><w:t>细</w:t></w:r>" * n + "</w:p>")


@kind(500)
def docx_numbered(folder, n):
    numbering = '<?xml version="1.0"?><w:numbering %s><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%%1."/></w:lvl></w:abstractNum>%s</w:numbering>' % (
        W, "".join('<w:num w:numId="%d"><w:abstractNumId w:val="0"/></w:num>' % (i + 1) for i in range(n)))
    body = HEAD + "".join('<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr></w:pPr><w:r><w:t>第%d件事。</w:t></w:r></w:p>' % (i + 1, i) for i in range(n))
    return docx(folder, body, [("numbering", "numbering.xml", numbering)])


@kind(500)
def docx_styles(folder, n):
    styles = '<?xml version="1.0"?><w:styles %s>%s</w:styles>' % (W, "".join('<w:style w:type="paragraph" w:styleId="s%d"><w:basedOn w:val="s%d"/></w:style>' % (i, i + 1) for i in range(n)))
    body = HEAD + "".join('<w:p><w:pPr><w:pStyle w:val="s%d"/></w:pPr><w:r><w:t>第%d件事。</w:t></w:r></w:p>' % (i, i) for i in range(n))
    return docx(folder, body, [("styles", "styles.xml", styles)])


def text_import(folder, name, text):
    write(folder, name, text)
    return ["import", name, ".", "--id", "imported"]


@kind(1000)
def text_paragraphs(folder, n):
    return text_import(folder, "file.txt", "关于做好某项工作的通知\n\n各市：\n\n一、事项\n\n" + "\n\n".join("第%d件事照办。" % i for i in range(n)))


@kind(500)
def text_numbers(folder, n):
    return text_import(folder, "file.txt", "关于做好某项工作的通知\n\n各市：\n\n一、事项\n\n" + "\n\n".join("第%d批于2023年7月17日至9月25日受理，每天%d名。" % (i, i) for i in range(n)))


@kind(4000)
def text_long_line(folder, n):
    return text_import(folder, "file.txt", "关于做好某项工作的通知\n\n各市：\n\n一、事项\n\n" + "每天受理60名，" * n + "。")


@kind(500)
def text_clauses(folder, n):
    return text_import(folder, "file.txt", "关于做好某项工作的通知\n\n各市：\n\n" + "\n\n".join("第%d条 办理第%d件事。" % (i + 1, i) for i in range(n)))


@kind(1000)
def html_paragraphs(folder, n):
    return text_import(folder, "file.html", "<html><body><h1>关于做好某项工作的通知</h1>" + "".join("<p>第%d件事照办。</p>" % i for i in range(n)) + "</body></html>")


@kind(2000)
def html_open_elements(folder, n):
    return text_import(folder, "file.html", "<html><body><h1>关于做好某项工作的通知</h1><p>各市：</p>" + "<div><b><p>文字" * n)


@kind(20)
def html_table(folder, n):
    row = "<tr>" + "".join("<td>格%d</td>" % k for k in range(20)) + "</tr>"
    return text_import(folder, "file.html", "<html><body><h1>关于做好某项工作的通知</h1><p>各市：</p><table>" + row * n + "</table></body></html>")


@kind(500)
def csv_rows(folder, n):
    rows = "市,县,等次\n" + "".join("郑州市,中牟县,优秀\n" for _ in range(n))
    write(folder, "file.csv", rows)
    return ["import", "file.csv", ".", "--id", "imported"]


@kind(500)
def csv_unknown_rows(folder, n):
    rows = "市,县,等次\n" + "".join("郑州市,某%s县,优秀\n" % numeral(i + 1) for i in range(n))
    write(folder, "file.csv", rows)
    return ["import", "file.csv", ".", "--id", "imported"]


@kind(250)
def csv_columns(folder, n):
    write(folder, "file.csv", ",".join("列%d" % i for i in range(n)) + "\n" + ",".join("1" for i in range(n)) + "\n")
    return ["import", "file.csv", ".", "--id", "imported"]


@kind(500)
def xlsx_rows(folder, n):
    cells = "".join(
        '<row r="%d"><c r="A%d" t="inlineStr"><is><t>郑州市</t></is></c><c r="B%d" t="inlineStr"><is><t>中牟县</t></is></c><c r="C%d" t="inlineStr"><is><t>优秀</t></is></c></row>' % ((i + 2,) * 4)
        for i in range(n))
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>市</t></is></c><c r="B1" t="inlineStr"><is><t>县</t></is></c><c r="C1" t="inlineStr"><is><t>等次</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(folder / "file.xlsx", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>')
        z.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        z.writestr("xl/workbook.xml", '<?xml version="1.0"?><workbook xmlns="%s" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>' % main)
        z.writestr("xl/_rels/workbook.xml.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
        z.writestr("xl/worksheets/sheet1.xml", '<?xml version="1.0"?><worksheet xmlns="%s"><sheetData>%s%s</sheetData></worksheet>' % (main, head, cells))
    return ["import", "file.xlsx", ".", "--id", "imported"]
