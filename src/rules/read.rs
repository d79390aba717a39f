//! Reading: from a YAML tree to a [`SelfCheck`] with all names resolved.
//!
//! Comes in: one rule file and the [`World`] that knows its places and lists. Goes out: the check, or
//! nothing if something was wrong; every problem of the file is reported, each once. What conditions say is read
//! by `conditions`, worked cases by `examples`.
//!
//! An entry that could not be read keeps its place, so that one fault does not hide others: the citations of such a file are
//! judged here, and so is what holds of its rules whatever the entry was meant to say.

mod comparisons;
mod conditions;
mod decisions;
mod examples;
mod formulas;
mod members;
mod operands;
mod parameters;
mod parts;
mod questions;
mod values;

use std::collections::{HashMap, HashSet};
use std::ops::Index;

use mingbai_forms::decode::{Fields, wrong_type};
use mingbai_forms::yaml::{Kind, Node};
use mingbai_forms::{Citation, checked, ids, keys};

use crate::analysis;
use crate::diag::{Sink, SourceId, Span, Spanned};
use crate::formula::ComputedId;
use crate::language::Language;
use crate::messages::reading;
use crate::self_check::*;
use crate::shape;
use crate::text::nearest;
use crate::value::Scale;
use crate::world::{PlaceId, World};

/// At most this many questions and doubts, conditions, outcomes of a decision, decisions, provisions, examples and values.
const MOST_QUESTIONS: usize = 60;
const MOST_CONDITIONS: usize = 500;
const MOST_OUTCOMES: usize = 64;
const MOST_DECISIONS: usize = 40;
const MOST_PROVISIONS: usize = 500;
const MOST_EXAMPLES: usize = 2_000;
const MOST_VALUES: usize = 60;

/// With more conditions than this that could not be read, the others are not judged.
const MOST_UNREAD: usize = 16;

ids! {
    /// A parameter of the file that is read.
    ParameterId,
}

/// What a name in a condition may mean.
#[derive(Debug, Clone, Copy)]
enum Name {
    Question(QuestionId),
    Parameter(ParameterId),
    Condition(NamedId),
    Computed(ComputedId),
    /// A question of each member of a group: the group, and the place among its questions.
    Field(usize, usize),
    /// What holds of the member that is spoken of.
    Member(ConditionId),
}

/// A threshold that holds for periods.
struct Parameter {
    name: Spanned<String>,
    scale: Scale,
    /// If it was written.
    unit: Option<String>,
    by: QuestionId,
    /// In order, without gap or overlap.
    values: Vec<Dated>,
}

struct Reader<'a> {
    language: Language,
    world: &'a dyn World,
    sink: &'a mut Sink,
    questions: Vec<Question>,
    parameters: Vec<Parameter>,
    groups: Vec<members::Members>,
    /// The group and the number of the member that is spoken of.
    member: Option<(usize, usize)>,
    named: Vec<NamedCondition>,
    conditions: Vec<Condition>,
    provisions: Vec<Provision>,
    /// The type and the unit of each computed value.
    headers: Vec<values::Header>,
    names: HashMap<String, Name>,
    /// Names whose definition failed: what uses them is not blamed.
    failed: Vec<String>,
    /// How many conditions could not be read.
    unread: usize,
    /// Whether conditions use each other in a circle.
    is_circular: bool,
    /// A whole list of definitions could not be read: no name is known to be wrong.
    unsure: bool,
    /// The year was given soundly, or not at all.
    dated: bool,
    /// That there are too many conditions was reported.
    too_many_conditions: bool,
    /// Citations of parameters.
    cites: Vec<Citation>,
    /// Every citation that could be read.
    citations: Vec<Citation>,
    used_parameters: HashSet<ParameterId>,
}

/// Reads a check.
///
/// # Diagnostics
/// Those of decoding, and MB0301 to MB0306, MB0313, MB0314, MB0316.
pub fn read(
    world: &dyn World,
    id: &str,
    source: SourceId,
    node: &Node,
    sink: &mut Sink,
) -> Option<SelfCheck> {
    let before = sink.count();
    let reader = Reader {
        language: Language::default(),
        world,
        sink: &mut *sink,
        questions: Vec::new(),
        parameters: Vec::new(),
        groups: Vec::new(),
        member: None,
        named: Vec::new(),
        conditions: Vec::new(),
        provisions: Vec::new(),
        headers: Vec::new(),
        names: HashMap::new(),
        failed: Vec::new(),
        unread: 0,
        is_circular: false,
        unsure: false,
        dated: true,
        too_many_conditions: false,
        cites: Vec::new(),
        citations: Vec::new(),
        used_parameters: HashSet::new(),
    };
    let read = reader.check(id, source, node)?;
    if sink.count() == before && read.is_whole {
        return Some(read.check);
    }
    // Nothing that follows from a fault is reported; what does not follow from it is.
    if !read.check.notice.value.is_empty() {
        world.check_notice(&read.check.notice, sink);
    }
    for topic in &read.check.topics {
        world.check_topic(topic, sink);
    }
    for citation in &read.citations {
        world.check_citation(&read.check.notice, citation, sink);
    }
    if read.is_judgeable {
        analysis::analyse_rest(&read.check, sink);
    }
    None
}

/// A check as far as it could be read.
struct Read {
    check: SelfCheck,
    citations: Vec<Citation>,
    /// Whether every entry could be read.
    is_whole: bool,
    /// Whether its rules can be judged, if not all entries could be read.
    is_judgeable: bool,
}

/// What is kept of an entry that lacks its citation.
fn no_citation(span: Span) -> Citation {
    Citation {
        clause: Spanned::new(String::new(), span),
        quote: None,
        unstated: None,
        derived: None,
    }
}

impl Index<QuestionId> for Reader<'_> {
    type Output = Question;

    fn index(&self, id: QuestionId) -> &Question {
        &self.questions[id.index()]
    }
}

impl Reader<'_> {
    fn check(mut self, id: &str, source: SourceId, node: &Node) -> Option<Read> {
        let fields = Fields::open(node, &shape::CHECK, self.sink)?;
        if fields.get("lang").is_some() {
            let language = fields.one_of("lang", Language::WORDS, self.sink);
            self.language = language.map_or_else(Language::default, |word| word.value);
        }
        let title = fields.required_text("title", self.sink);
        let description = fields.required_text("description", self.sink);
        let notice = fields.required_text("source", self.sink);
        for key in ["region", "checked", "questions", "decisions", "examples"] {
            fields.require(key, self.sink);
        }
        for key in ["questions", "decisions", "examples"] {
            self.filled(&fields, key);
        }
        let year = fields.number::<i16>("year", self.sink).map(|y| y.value);
        self.dated = year.is_some() || (fields.get("year").is_none() && !fields.is_incomplete());
        self.unsure |= fields.is_incomplete();
        let place = self.place(&fields, year);
        let checked = checked(&fields, self.sink);
        let topics = fields.texts("topics", self.sink);
        self.read_questions(&fields, year);
        let household = self.read_members(&fields, year);
        self.doubts(&fields);
        self.parameters(&fields);
        self.read_provisions(&fields);
        let opened = self.open_values(&fields);
        self.read_conditions(&fields, &household);
        let computed = self.read_values(&opened);
        let decisions = self.decisions(&fields);
        let first = self.ask_first(&fields);
        let ticks = self.tick_lists(&fields);
        let examples = self.examples(&fields, &decisions);
        let short = fields.text("short", self.sink).map(|t| t.value);
        let is_whole = self.unread == 0 && self.failed.is_empty();
        let is_judgeable =
            self.unread <= MOST_UNREAD && !self.is_circular && !self.too_many_conditions;
        let nothing = || Spanned::new(String::new(), fields.span);
        let check = SelfCheck {
            language: self.language,
            id: id.to_owned(),
            source,
            span: fields.span,
            title: title.unwrap_or_else(nothing),
            short,
            description: description.unwrap_or_else(nothing).value,
            notice: notice.unwrap_or_else(nothing),
            place,
            topics,
            checked,
            idle: self.idle_parameters(),
            questions: self.questions,
            named: self.named,
            conditions: self.conditions,
            cites: self.cites,
            provisions: self.provisions,
            computed,
            decisions,
            groups: self
                .groups
                .into_iter()
                .map(members::Members::group)
                .collect(),
            first,
            ticks,
            examples,
        };
        Some(Read {
            check,
            citations: self.citations,
            is_whole,
            is_judgeable,
        })
    }

    /// The names of parameters that no condition uses.
    fn idle_parameters(&self) -> Vec<Spanned<String>> {
        let parameters = self.parameters.iter().enumerate();
        parameters
            .filter(|(index, _)| !self.used_parameters.contains(&ParameterId::new(*index)))
            .map(|(_, parameter)| parameter.name.clone())
            .collect()
    }

    fn place(&mut self, fields: &Fields, year: Option<i16>) -> Option<PlaceId> {
        let path = fields.text("region", self.sink)?;
        if self.dated {
            self.world.place(&path, year, self.sink)
        } else {
            // The year is at fault, and was reported; what cannot be found without one is not.
            self.world.place(&path, None, &mut Sink::default())
        }
    }

    /// Checks that a list or a mapping is not empty.
    ///
    /// # Diagnostics
    /// MB0202.
    fn filled(&mut self, fields: &Fields, key: &str) {
        let empty = |node: &Node| match &node.kind {
            Kind::List(list) => list.is_empty(),
            Kind::Map(map) => map.is_empty(),
            _ => false,
        };
        if let Some(node) = fields.get(key)
            && empty(node)
        {
            let alias = keys::alias(key).unwrap_or(key);
            let span = fields.key_span(key).unwrap_or(node.span);
            self.sink.push(reading::empty_list(span, key, alias));
            self.unsure = true;
        }
    }

    /// The entries of a mapping from names to definitions, in order.
    ///
    /// # Diagnostics
    /// MB0203 if it is not a mapping, MB0314 if it has too many entries.
    fn entries<'n>(
        &mut self,
        fields: &Fields<'n>,
        key: &str,
        most: usize,
    ) -> Vec<(&'n Spanned<String>, &'n Node)> {
        let Some(node) = fields.get(key) else {
            return Vec::new();
        };
        let Kind::Map(map) = &node.kind else {
            self.sink.push(wrong_type(
                node,
                "分项（每项写作“名称: ……”）",
                "a mapping from names to definitions",
            ));
            self.unsure = true;
            return Vec::new();
        };
        if map.len() > most {
            let span = fields.key_span(key).unwrap_or(node.span);
            self.too_many(span, map.len(), most);
            self.unsure = true;
            return Vec::new();
        }
        map.iter().map(|(name, node)| (name, node)).collect()
    }

    fn too_many(&mut self, span: Span, count: usize, most: usize) {
        self.sink.push(reading::too_many(span, count, most));
    }

    /// Enters a name that conditions may use.
    ///
    /// # Diagnostics
    /// MB0306.
    fn define(&mut self, name: &Spanned<String>, meaning: Name) {
        let reserved = name.value.trim().is_empty()
            || name.value.contains('#')
            || keys::word(&name.value).is_some_and(|word| word == "otherwise")
            || matches!(
                keys::canonical(&name.value),
                Some("all" | "any" | "not" | "when" | "any_member" | "every_member")
            );
        if reserved {
            self.sink.push(reading::reserved_name(name));
            self.failed.push(name.value.clone());
        } else if self.names.contains_key(&name.value) {
            self.sink.push(reading::name_in_use(name));
        } else {
            self.names.insert(name.value.clone(), meaning);
        }
    }

    /// A citation with its words, or what is missing of it.
    fn cite(&mut self, fields: &Fields) -> Option<Citation> {
        let is_unstated =
            fields.shape().slot("unstated").is_some() && fields.get("unstated").is_some();
        if !is_unstated {
            fields.require("quote", self.sink);
        }
        let citation = Citation::read(fields, self.sink)?;
        self.citations.push(citation.clone());
        Some(citation)
    }

    fn optional_cite(&mut self, fields: &Fields) -> Option<Citation> {
        if fields.get("clause").is_none() && fields.get("quote").is_none() {
            return None;
        }
        self.cite(fields)
    }

    /// Whether a name may be unknown because its own definition failed.
    fn is_excused(&self, name: &str) -> bool {
        self.unsure || self.failed.iter().any(|failed| failed == name)
    }

    /// # Diagnostics
    /// MB0301, unless the name's own definition failed.
    fn unknown_name(&mut self, name: &Spanned<String>) {
        if self.is_excused(&name.value) {
            return;
        }
        let mut known: Vec<&str> = self.names.keys().map(String::as_str).collect();
        known.sort_unstable();
        let near = nearest(&name.value, known);
        self.sink.push(reading::unknown_name(name, near));
    }

    fn read_provisions(&mut self, fields: &Fields) {
        for (name, node) in self.entries(fields, "provisions", MOST_PROVISIONS) {
            let fields = Fields::open(node, &shape::PROVISION, self.sink);
            let fields = fields.as_ref();
            let text = fields.and_then(|fields| fields.required_text("text", self.sink));
            let cite = fields.and_then(|fields| self.cite(fields));
            self.provisions.push(Provision {
                name: name.clone(),
                text: text.map(|text| text.value).unwrap_or_default(),
                cite: cite.unwrap_or_else(|| no_citation(name.span)),
            });
        }
    }

    /// # Diagnostics
    /// MB0301, unless the provision's own definition failed.
    fn provision(&mut self, name: &Spanned<String>) -> Option<ProvisionId> {
        let mut names = self.provisions.iter().map(|p| p.name.value.as_str());
        let found = names.clone().position(|other| other == name.value);
        if found.is_none() && !self.is_excused(&name.value) {
            let near = nearest(&name.value, &mut names);
            self.sink.push(reading::unknown_provision(name, near));
        }
        found.map(ProvisionId::new)
    }
}

fn default_unit(language: Language, scale: Scale) -> &'static str {
    match scale {
        Scale::Money => language.money(),
        Scale::Number | Scale::Decimal | Scale::Date => "",
    }
}
