//! What the templates of self-checks may read: their list, the page that asks, and the whole rule set.

use serde::Serialize;

use super::{CiteView, DateView, LifeView, Link};
use crate::rules::self_check::{Attribute, Verdict};

/// A self-check as a line of a list.
#[derive(Debug, Clone, Serialize)]
pub struct CheckItem {
    pub url: String,
    pub title: String,
    pub description: String,
    pub source: Link,
    pub questions: usize,
}

/// `checks.html`
#[derive(Debug, Clone, Serialize)]
pub struct ChecksView {
    pub checks: Vec<CheckItem>,
}

/// `check.html`, and `check-rules.html` with pictures and paths filled in.
#[derive(Debug, Clone, Serialize)]
pub struct CheckPage {
    pub id: String,
    /// The language of its words: `zh-Hans`, `en`.
    pub lang: &'static str,
    /// What has become of the documents that it is based on.
    pub life: LifeView,
    /// Its leaflet.
    pub leaflet: String,
    /// Whom to ask.
    pub office: String,
    pub description: String,
    pub source: Link,
    /// All notices that are cited.
    pub documents: Vec<Link>,
    pub topics: Vec<Link>,
    /// The day on which these rules were compared with the text, and by whom.
    pub version: DateView,
    pub by: String,
    pub wasm: ModuleView,
    pub rules: Link,
    /// The page of its worked cases.
    pub examples: Link,
    /// Whether an option of a question is found by typing.
    pub chooses: bool,
    /// The data of the page's script: a finished `<script type="application/json">`.
    pub html: String,
    pub questions: Vec<QuestionView>,
    pub doubts: Vec<DoubtView>,
    /// In how many ways its doubts can be read: 两, 三; 几 if that differs.
    pub readings: String,
    pub decisions: Vec<DecisionView>,
    /// Whether there are so many decisions that what fits comes first.
    pub is_list: bool,
    pub conditions: Vec<ConditionView>,
    /// Every provision of the results once, in the order of its first place; on the page of the rules.
    pub provisions: Vec<ProvisionRow>,
    /// What is computed; on the page of the rules.
    pub values: Vec<ValueView>,
    /// A sentence about what this build tested.
    pub proof: String,
}

/// `check-examples.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ExamplesPage {
    pub lang: &'static str,
    pub source: Link,
    pub version: DateView,
    /// A sentence about what this build tested.
    pub proof: String,
    pub examples: Vec<ExampleView>,
}

/// The module of a self-check.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleView {
    pub url: String,
    pub bytes: usize,
}

/// A question of a self-check.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionView {
    pub name: String,
    pub ask: String,
    pub why: String,
    pub help: Option<String>,
    /// `是否`, `单选`, `金额，0元至1000000元` …
    pub kind: String,
    pub options: Vec<String>,
    pub cite: Option<CiteView>,
}

/// A passage of the text with several readings.
#[derive(Debug, Clone, Serialize)]
pub struct DoubtView {
    pub name: String,
    pub ask: String,
    pub readings: Vec<String>,
    pub cite: Option<CiteView>,
}

/// A decision: its interview, its outcomes and its rules.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionView {
    pub name: String,
    pub ask: String,
    pub overlap: Option<String>,
    pub anchor: String,
    /// The interview without script, first step last (the style sheet shows it until another one is asked for); empty if no question is needed.
    pub steps: Vec<StepView>,
    /// Anchor of the first step, or of the only outcome.
    pub start: String,
    pub outcomes: Vec<OutcomeView>,
    pub picture_html: String,
    pub paths: PathsView,
}

/// A question of the interview without script.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    pub anchor: String,
    /// Whether it is the first question, shown before any choice.
    pub first: bool,
    pub ask: String,
    pub help: Option<String>,
    pub choices: Vec<StepChoice>,
}

/// An answer of the interview without script.
#[derive(Debug, Clone, Serialize)]
pub struct StepChoice {
    pub text: String,
    /// Anchor of the next step or of the outcome.
    pub target: String,
}

/// An outcome of a decision.
#[derive(Debug, Clone, Serialize)]
pub struct OutcomeView {
    /// `o0-2`: outcome 2 of decision 0.
    pub anchor: String,
    pub name: String,
    pub verdict: Verdict,
    pub verdict_text: &'static str,
    pub text: String,
    /// The place of its condition in the list; none for the last outcome.
    pub condition: Option<String>,
    pub cite: CiteView,
    /// What is computed for it.
    pub values: Vec<ValueView>,
    pub attributes: Vec<AttributeView>,
}

/// A computed value: what it is, and how it is worked out.
#[derive(Debug, Clone, Serialize)]
pub struct ValueView {
    /// Its place among the values of the rules.
    pub index: usize,
    pub name: String,
    pub ask: String,
    /// `元/年`; empty for days and for numbers without a unit.
    pub unit: String,
    /// Its only formula, as it is written.
    pub formula: Option<String>,
    /// The formula in plain words; of a value with cases or a table, its name.
    pub words: String,
    pub cases: Vec<CaseView>,
    pub table: Option<TableView>,
    pub cite: CiteView,
}

/// One case of a computed value.
#[derive(Debug, Clone, Serialize)]
pub struct CaseView {
    /// When it applies: `学历：研究生`, `其余`.
    pub when: String,
    pub is: String,
    pub cite: Option<CiteView>,
}

/// The table of a computed value.
#[derive(Debug, Clone, Serialize)]
pub struct TableView {
    /// The question of the rows, and that of the columns.
    pub corner: String,
    /// The heads of the columns; none if there is one column.
    pub heads: Vec<String>,
    pub rows: Vec<TableRowView>,
}

/// A row of the table of a computed value.
#[derive(Debug, Clone, Serialize)]
pub struct TableRowView {
    pub head: String,
    pub cells: Vec<String>,
}

/// The provisions of an outcome that answer one question, such as what to bring.
#[derive(Debug, Clone, Serialize)]
pub struct AttributeView {
    pub key: Attribute,
    pub label: &'static str,
    pub items: Vec<ProvisionView>,
}

/// A provision of an outcome.
#[derive(Debug, Clone, Serialize)]
pub struct ProvisionView {
    /// `p4`, the same wherever the provision is shown.
    pub id: String,
    pub text: String,
    pub cite: CiteView,
}

/// A provision and what it is: 材料, 办理机构 …
#[derive(Debug, Clone, Serialize)]
pub struct ProvisionRow {
    pub label: &'static str,
    pub text: String,
    pub cite: CiteView,
}

/// A condition in words.
#[derive(Debug, Clone, Serialize)]
pub struct ConditionView {
    pub anchor: String,
    pub name: Option<String>,
    pub text: String,
    pub depth: usize,
    pub cite: Option<CiteView>,
}

/// All combinations of answers that lead through the rules of a decision.
#[derive(Debug, Clone, Serialize, Default)]
pub struct PathsView {
    pub columns: Vec<String>,
    pub rows: Vec<PathView>,
}

/// A combination of answers and its outcome.
#[derive(Debug, Clone, Serialize)]
pub struct PathView {
    /// One per column; `—` if it does not matter.
    pub cells: Vec<String>,
    pub outcome: Link,
    pub verdict: Verdict,
    pub cite: CiteView,
}

/// An example and its result.
#[derive(Debug, Clone, Serialize)]
pub struct ExampleView {
    pub name: String,
    pub answers: Vec<String>,
    pub expected: Vec<String>,
}
