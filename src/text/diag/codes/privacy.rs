//! Codes of what must not be published: personal data, marks of secrecy, approvals. Parts of the blocks 02, 05 and 07.

use super::Code;
use crate::diag::Severity;

pub static PERSONAL_DATA: Code = Code {
    id: "MB0220",
    severity: Severity::Error,
    title: ("疑似个人信息", "possible personal data"),
    why: (
        "手机号、身份证号、银行卡号、个人邮箱，还有职务或这些号码旁边的个人姓名（联系人：某某），不得上网。来源、附件里面（包括文件属性）和生成好的每个文件都查，怎么分组、转义、加粗都认得。请删去，并在 omitted 中说明。确实可以公开的，在 data/approvals.yaml 里写明是哪几个字、在哪个文件、谁、何时、凭什么批准；公文里本人同意公开的姓名，写在 consents 里。",
        "Mobile, identity card and bank card numbers, personal email addresses, and names of persons next to a role or such a number must not be published. Sources, the inside of attachments (properties included) and every finished file are searched, whatever the grouping, escapes or markup. Remove them and say so under `omitted`. What may be published is approved in data/approvals.yaml: which words, in which file, by whom, when and why. For names in a document that the person consents to, use `consents`.",
    ),
    bad: "联系人电话：139XXXXXXXX（十一位号码）",
    good: "〔此处略去一个手机号码〕",
};

pub static SECRECY: Code = Code {
    id: "MB0232",
    severity: Severity::Error,
    title: ("密级或内部标志", "mark of secrecy"),
    why: (
        "带“秘密★”“机密”“内部资料”“内部批示”“不得公开”这类标志的文件不能上网。说到“国家秘密”的句子不算。标志已经失效、或者只是举例的，在 data/approvals.yaml 里写明谁、何时、凭什么批准。",
        "A document with a mark such as 秘密★, 机密, 内部资料, 内部批示 or 不得公开 must not be published. A sentence that speaks of secrets is not a mark. If the mark is no longer valid or only an example, record in data/approvals.yaml who approved it, when and why.",
    ),
    bad: "秘密★10年",
    good: "",
};

pub static NOT_APPROVED: Code = Code {
    id: "MB0233",
    severity: Severity::Error,
    title: ("批准没有用上", "approval that approves nothing"),
    why: (
        "批准只管写明的那几个字和那个文件。对不上任何一处的批准，不是写错了，就是已经用不着；留着，以后会悄悄放过不该放过的。",
        "An approval is for exactly these words in this file. One that fits nothing is wrong or no longer needed, and would later let something pass that nobody has looked at.",
    ),
    bad: "- what: 示例\n  file: content/notices/已经改名.md",
    good: "",
};

pub static METADATA: Code = Code {
    id: "MB0506",
    severity: Severity::Warning,
    title: (
        "附件里带着别的信息",
        "attachment that tells more than its text",
    ),
    why: (
        "作者、最后保存的人、单位、拍摄地点、批注、修订痕迹、隐藏的工作表都随附件一起公开，谁都能看到。mingbai 不改动附件，请去掉以后再放进来。",
        "Author, last editor, company, place of a photograph, comments, tracked changes and hidden sheets are published with a file, and anybody can read them. mingbai does not change attachments; remove them first.",
    ),
    bad: "",
    good: "",
};

pub static NOT_LOOKED_INTO: Code = Code {
    id: "MB0718",
    severity: Severity::Advice,
    title: ("附件里面查不到", "attachment that cannot be looked into"),
    why: (
        "加密的、扫描的、旧格式的、字体没有文字对照表的附件，程序看不见里面写了什么，公开前须有人逐页看过。",
        "mingbai cannot see what is written in attachments that are encrypted or scanned, have an old form, or a font without a table of characters. Somebody has to read every page before publication.",
    ),
    bad: "",
    good: "",
};

pub static APPROVED: Code = Code {
    id: "MB0719",
    severity: Severity::Advice,
    title: ("批准公开的内容", "content that was approved"),
    why: (
        "data/approvals.yaml 里批准公开的每一处，都在这里列出来，好让人时常看一看是不是还该公开。",
        "Everything that data/approvals.yaml approves is listed, so that somebody asks from time to time whether it should still be published.",
    ),
    bad: "",
    good: "",
};
