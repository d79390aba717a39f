//! Codes of self-check rules: block 03 of the table.

use super::Code;
use crate::diag::Severity;

pub static UNKNOWN_NAME: Code = Code {
    id: "MB0301",
    severity: Severity::Error,
    title: ("名称没有定义", "undefined name"),
    why: (
        "规则里用到的问题、条件、规定、判断和结果都要先定义；写错一个字，规则就管不到人。",
        "Questions, conditions, provisions, decisions and outcomes must be defined before a rule can use them. With one wrong character, the rule applies to nobody.",
    ),
    bad: "when: {all: [已毕业, 重大疾并]}",
    good: "when: {all: [已毕业, 重大疾病]}",
};

pub static UNKNOWN_OPTION: Code = Code {
    id: "MB0302",
    severity: Severity::Error,
    title: ("没有这个选项", "no such option"),
    why: (
        "条件和例子里写的值，必须是那个问题的选项之一。",
        "A value in a condition or an example must be one of the options of the question.",
    ),
    bad: "贷款种类: 生源",
    good: "贷款种类: 生源地",
};

pub static BAD_CONDITION: Code = Code {
    id: "MB0303",
    severity: Severity::Error,
    title: ("条件的写法不对", "malformed condition"),
    why: (
        "一个条件只说一件事；几件事要写明是“全部”还是“任一”，免得各人理解不同。",
        "A condition says one thing. To combine several, write \"all\" or \"any\", so that everybody reads them the same way.",
    ),
    bad: "when: {已毕业: 是, 失业: 是}",
    good: "when:\n  全部:\n    - 已毕业\n    - 失业",
};

pub static BAD_VALUE: Code = Code {
    id: "MB0304",
    severity: Severity::Error,
    title: (
        "值与问题的类型、单位或范围不符",
        "value does not fit the type, unit or range of the question",
    ),
    why: (
        "拿元和日期比、拿年收入和月收入比，结果没有意义；超出范围的值永远遇不到。",
        "Comparing yuan with dates, or a yearly income with a monthly one, has no meaning. A value outside the range never occurs.",
    ),
    bad: "收入: 低于 2900元/月   # 问题的单位是元/年",
    good: "收入: 低于 34800",
};

pub static CONDITION_CYCLE: Code = Code {
    id: "MB0305",
    severity: Severity::Error,
    title: ("条件绕了一圈", "cycle of conditions"),
    why: (
        "甲看乙、乙又看甲，就永远没有答案。",
        "If a condition depends on another condition that depends on the first, there is never an answer.",
    ),
    bad: "甲: 乙\n乙: {不是: 甲}",
    good: "甲: 已毕业\n乙: {不是: 甲}",
};

pub static NAME_TAKEN: Code = Code {
    id: "MB0306",
    severity: Severity::Error,
    title: ("名称重复或不能用", "name already used or not allowed"),
    why: (
        "同一个名称有两个意思，读规则的人就不知道指的是哪一个。",
        "If one name has two meanings, readers of the rule cannot know which one is meant.",
    ),
    bad: "questions:\n  毕业: {…}\nconditions:\n  毕业: {…}",
    good: "questions:\n  毕业: {…}\nconditions:\n  毕业后失业: {…}",
};

pub static NO_OTHERWISE: Code = Code {
    id: "MB0307",
    severity: Severity::Error,
    title: ("没有说其余情况怎么办", "no \"otherwise\" outcome"),
    why: (
        "每个判断的最后一个结果写“when: 其余”，这样谁都不会没有答案。",
        "The last outcome of a decision has \"when: otherwise\", so that everybody gets an answer.",
    ),
    bad: "- name: 不符合\n  when: {不是: 已毕业}",
    good: "- name: 不符合\n  when: 其余",
};

pub static NEVER_REACHED: Code = Code {
    id: "MB0308",
    severity: Severity::Error,
    title: ("永远得不到的结果", "outcome is never reached"),
    why: (
        "没有一种情况会得到这个结果：条件自相矛盾，或排在前面的结果已经把它盖住。",
        "No case leads to this outcome: its condition contradicts itself, or earlier outcomes cover all its cases.",
    ),
    bad: "- {name: 甲, when: 已毕业}\n- {name: 乙, when: {全部: [已毕业, 失业]}}",
    good: "- {name: 乙, when: {全部: [已毕业, 失业]}}\n- {name: 甲, when: 已毕业}",
};

pub static OVERLAP: Code = Code {
    id: "MB0309",
    severity: Severity::Warning,
    title: ("同一个人符合两个结果", "one person fits two outcomes"),
    why: (
        "两个结果的条件重叠时，排在前面的算数。如果这是文件的意思，用 overlap（重叠）写明；如果不是，改条件。",
        "If the conditions of two outcomes overlap, the earlier outcome applies. If the document means this, say so with `overlap`; if not, fix the conditions.",
    ),
    bad: "- {name: 甲, when: 失业}\n- {name: 乙, when: 重病}",
    good: "overlap: 原文没有说同时符合怎么办，这里取排在前面的一个。",
};

pub static REDUNDANT: Code = Code {
    id: "MB0310",
    severity: Severity::Warning,
    title: ("去掉也一样的条件", "condition has no effect"),
    why: (
        "删去它，没有一个人的结果会变。要么多余，要么写得不是想说的意思。",
        "Without it, nobody's result changes. Either it is superfluous, or it does not say what was meant.",
    ),
    bad: "全部: [第四类, 已毕业]   # 第四类里已经有“已毕业”",
    good: "第四类",
};

pub static ALWAYS: Code = Code {
    id: "MB0311",
    severity: Severity::Error,
    title: (
        "永远成立或永远不成立",
        "condition is always true or always false",
    ),
    why: (
        "不管怎么回答，这个条件都是一个结果，多半是数写错了。",
        "The condition has the same value for every answer. A number is probably wrong.",
    ),
    bad: "年级: 不高于 10   # 问题的范围是 1 至 10",
    good: "年级: 不高于 4",
};

pub static NEVER_MATTERS: Code = Code {
    id: "MB0312",
    severity: Severity::Warning,
    title: ("写了而没有用到", "defined but never used"),
    why: (
        "没有用到的问题不会问，没有用到的条件和规定不会显示；多半是漏写了一处。",
        "A question that is not used is not asked, and a condition or provision that is not used is not shown. Something was probably left out.",
    ),
    bad: "questions:\n  户籍: {…}   # 没有一个条件用到它",
    good: "",
};

pub static SHARED_FACT: Code = Code {
    id: "MB0313",
    severity: Severity::Error,
    title: (
        "同一个问题在好几处比，比得太复杂",
        "question compared in several places, in a way that is too complex",
    ),
    why: (
        "同一个问题在好几处和别的问题比，这些比较就互相牵连。几个回答的倍数、和、差能算准；乘积、取小取大、同年，或者太多，没有答全时就说不准还有哪些可能。自查从不说不准的话，所以不接受。",
        "A question that is compared with others in several places makes these comparisons depend on each other. Multiples, sums and differences are exact; of products, of a least or a greatest, of “same year”, or of too many it cannot be said exactly which results remain while answers are missing. A self-check must be exact, so this is not allowed.",
    ),
    bad: "全部: [{申请: 高于 受灾}, {申请: 同年 受灾}]",
    good: "全部: [{申请: 高于 受灾}, 当年申请]",
};

pub static TOO_LARGE: Code = Code {
    id: "MB0314",
    severity: Severity::Error,
    title: ("规则太大", "rules are too large"),
    why: (
        "一份自查要在旧手机上一下子打开，所以问题、选项、结果的个数和编译后的大小都有限度。",
        "A self-check must open quickly on an old phone, so the numbers of questions, options and outcomes and the compiled size are limited.",
    ),
    bad: "",
    good: "",
};

pub static EXAMPLE_FAILS: Code = Code {
    id: "MB0315",
    severity: Severity::Error,
    title: ("例子与规则不符", "example does not match the rules"),
    why: (
        "例子由人照原文写出，规则算出来的不一样：两者必有一错。",
        "An example is worked out by hand from the official text. The rules give a different result, so one of the two is wrong.",
    ),
    bad: "answers: {年级: 5}   # 规则是“年级: 不高于 4”\nexpect: {类别: 第一类}",
    good: "answers: {年级: 4}\nexpect: {类别: 第一类}",
};

pub static NO_PERIOD: Code = Code {
    id: "MB0316",
    severity: Severity::Error,
    title: (
        "参数在某个时段没有值",
        "parameter has no value for a period",
    ),
    why: (
        "标准逐年不同。没有依据的年份不能拿最近一年的数顶替。",
        "Thresholds change from year to year. A year without a source never takes the value of the nearest year.",
    ),
    bad: "- {from: 2016-01-01, until: 2016-12-31, …}\n- {from: 2018-01-01, until: 2018-12-31, …}",
    good: "- {from: 2016-01-01, until: 2016-12-31, …}\n- {from: 2017-01-01, until: 2017-12-31, …}\n- {from: 2018-01-01, until: 2018-12-31, …}",
};

pub static UNTESTED: Code = Code {
    id: "MB0317",
    severity: Severity::Advice,
    title: ("改了也没有例子发现", "change not detected by any example"),
    why: (
        "把规则改动一处，所有的例子照样通过，说明这一处没有例子看着。补一个例子，就不会在不知不觉中改错。",
        "After one small change to the rules, all examples still pass, so no example covers this place. Add one, and the place cannot be changed by mistake unnoticed.",
    ),
    bad: "when: {年级: 不高于 4}   # 例子里只有1年级和8年级",
    good: "- {name: 四年级, answers: {年级: 4}, …}\n- {name: 五年级, answers: {年级: 5}, …}",
};

pub static BAD_FORMULA: Code = Code {
    id: "MB0318",
    severity: Severity::Error,
    title: ("算式的写法不对", "malformed formula"),
    why: (
        "算式只用加、减、乘、除、括号和几个有名称的算法；写错一处，算出来的就是另一个数。",
        "A formula has only +, −, ×, ÷, brackets and a few named operations. With one mistake it computes another number.",
    ),
    bad: "formula: 学费 ++ 住宿费",
    good: "formula: 学费 + 住宿费",
};

pub static UNIT_MISMATCH: Code = Code {
    id: "MB0319",
    severity: Severity::Error,
    title: ("算式里的单位合不到一起", "units of a formula do not fit"),
    why: (
        "元和名、元和日期不能相加；算出来的单位也要和写明的一样，否则这个数没有意义。",
        "Yuan cannot be added to persons or dates, and the unit of the result must be the one that is stated. Otherwise the number has no meaning.",
    ),
    bad: "formula: 学费 + 子女数   # 元 + 名",
    good: "formula: 学费 + 补助 × 子女数",
};

pub static NOT_WHOLE: Code = Code {
    id: "MB0320",
    severity: Severity::Error,
    title: ("没有说怎样取整", "rounding is not stated"),
    why: (
        "除法和百分数算出来的不一定是整数。四舍五入、舍去和进一差一分钱也是差，所以要写明。",
        "A quotient or a percentage is not always a whole number. Rounding to the nearest, down and up give different amounts, so the rules must say which.",
    ),
    bad: "formula: 收入 ÷ 人口",
    good: "formula: 舍去(收入 ÷ 人口)",
};

pub static OUT_OF_BOUNDS: Code = Code {
    id: "MB0321",
    severity: Severity::Error,
    title: (
        "有人算不出来，或算出来小于零",
        "no value, or one below zero, for some answers",
    ),
    why: (
        "按问题的范围，有的回答会让除数是零、让金额小于零或大得存不下。这样的人看到的数没有意义。",
        "Within the ranges of the questions, some answers divide by zero, or give an amount below zero or too large to be held. The number shown to these people has no meaning.",
    ),
    bad: "formula: 限额 - 已贷",
    good: "formula: 较大(0, 限额 - 已贷)",
};

pub static INEXACT: Code = Code {
    id: "MB0322",
    severity: Severity::Error,
    title: (
        "没有答全时算不准的算式",
        "formula is not exact while answers are open",
    ),
    why: (
        "没有答全时，页面说“最少多少、最多多少”。同一个回答在一个算式里又加又减，或决定用哪个算式的比较里也有它，这两头就算不准；自查从不说不准的话，所以不接受。",
        "While answers are open, the page says at least how much and at most how much. If one answer raises a formula in one place and lowers it in another, or is compared with another answer to select the formula, these two ends are not exact. A self-check must be exact, so this is not allowed.",
    ),
    bad: "formula: 收入 × 人口 - 收入",
    good: "formula: 收入 × 其他人数",
};

pub static BAD_TABLE: Code = Code {
    id: "MB0323",
    severity: Severity::Error,
    title: (
        "表格有空档、重叠或少了格",
        "table with a gap, an overlap or a missing cell",
    ),
    why: (
        "每个人在表里都要正好落在一格；落在两格或哪一格也不落的人，不知道看哪个数。",
        "Everybody must be in exactly one cell of a table. People in two cells or in none do not know which number applies.",
    ),
    bad: "cells: {低于 10000: 2000, 高于 10000: 1000}   # 正好 10000 的呢？",
    good: "cells: {低于 10000: 2000, 不低于 10000: 1000}",
};
