//! The leaflet of a self-check.

use super::items::{Items, about, section, source};
use super::sheet::{Ranked, Sheet};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::pages::self_checks;
use crate::pages::view::{LeafletItem, Link};
use crate::rules::formula::{ComputedId, Definition};
use crate::rules::self_check::{Attribute, Domain, Outcome, ProvisionId, Question, Style};
use crate::rules::{LinkedCheck, place_of};

/// Options are printed to tick off if they have at most this many characters together.
const LONGEST_OPTIONS: usize = 60;

/// What a reader may have to bring.
const TO_BRING: [Attribute; 2] = [Attribute::Documents, Attribute::Form];

/// What the leaflet says.
pub fn sheet(facts: &Facts, index: usize) -> Sheet {
    let linked = facts.check(index);
    let check = &linked.check;
    let items = Items::new(facts, linked.notice);
    let doubts = check.questions.iter().filter(|question| question.doubt);
    let sources = self_checks::cited(linked).into_iter();
    Sheet {
        about: about(facts, check.place.map(place_of), "自查"),
        title: check.title.value.clone(),
        lead: Some(check.description.clone()),
        warning: Some(format!(
            "自查的结果只供参考，以原文和{}的答复为准。扫码就能自查，回答不离开您的手机。",
            facts.site().office()
        )),
        sections: sections(linked, &items),
        readings: self_checks::common_count(
            doubts.clone().map(|doubt| doubt.domain.options().len()),
        ),
        doubts: doubts.map(|doubt| doubt.ask.clone()).collect(),
        sources: sources.map(|document| source(facts, document)).collect(),
        checked: check.checked.as_ref().map(|checked| checked.on),
        page: Link {
            url: routes::check(&check.id),
            text: check.title.value.clone(),
        },
        ..Sheet::default()
    }
}

fn sections(linked: &LinkedCheck, items: &Items) -> Vec<Ranked> {
    let check = &linked.check;
    let questions = check.questions.iter().filter(|question| !question.doubt);
    let to_bring = to_bring(linked).into_iter().map(|provision| LeafletItem {
        ticks: vec![check[provision].text.clone()],
        cites: vec![items.cite(linked.cite(&check[provision].cite))],
        ..LeafletItem::default()
    });
    let computed = computed(linked).into_iter().map(|value| {
        let value = &check[value];
        LeafletItem {
            who: Some(value.ask.clone()),
            text: match &value.definition {
                Definition::Formula(formula) => {
                    self_checks::plain(check.language, &formula.text.value)
                }
                Definition::Cases(_) | Definition::Table(_) => "分情况，自查时算给您看".into(),
            },
            cites: vec![items.cite(linked.cite(&value.cite))],
            ..LeafletItem::default()
        }
    });
    let outcome = |outcome: &Outcome| LeafletItem {
        who: Some(outcome.verdict.text(check.language).to_owned()),
        text: outcome.text.clone(),
        cites: vec![items.cite(linked.cite(&outcome.cite))],
        ..LeafletItem::default()
    };
    let decisions = check.decisions.iter();
    let decisions =
        decisions.map(|decision| section(1, &decision.ask, decision.outcomes.iter().map(outcome)));
    [
        section(3, "会问的问题", questions.map(question)),
        section(0, "可能要带", to_bring),
        section(2, "怎么算", computed),
    ]
    .into_iter()
    .chain(decisions)
    .flatten()
    .collect()
}

/// A question with its answers, if they are short, to tick off.
fn question(question: &Question) -> LeafletItem {
    let ticks = match &question.domain {
        Domain::Options {
            style: Style::YesNo,
            options,
        } => options
            .iter()
            .rev()
            .map(|option| option.words.clone())
            .collect(),
        Domain::Options {
            style: Style::Choice,
            options,
        } => {
            let words: Vec<String> = options.iter().map(|option| option.words.clone()).collect();
            let length: usize = words.iter().map(|words| words.chars().count()).sum();
            if length <= LONGEST_OPTIONS {
                words
            } else {
                Vec::new()
            }
        }
        Domain::Options { .. } | Domain::Range { .. } => Vec::new(),
    };
    LeafletItem {
        text: question.ask.clone(),
        ticks,
        ..LeafletItem::default()
    }
}

/// The values that outcomes show, each once, in the order of the file.
fn computed(linked: &LinkedCheck) -> Vec<ComputedId> {
    let check = &linked.check;
    let shown = |value: &ComputedId| {
        let mut outcomes = check.outcomes();
        outcomes.any(|outcome| outcome.values.contains(value))
    };
    check.computed_ids().filter(shown).collect()
}

/// What outcomes ask for, each thing once, in their order.
fn to_bring(linked: &LinkedCheck) -> Vec<ProvisionId> {
    let mut out = Vec::new();
    let decisions = linked.check.decisions.iter();
    for outcome in decisions.flat_map(|decision| &decision.outcomes) {
        for attribute in TO_BRING {
            let mine = outcome
                .attributes
                .iter()
                .filter(|(one, _)| *one == attribute);
            for (_, provision) in mine {
                if !out.contains(provision) {
                    out.push(*provision);
                }
            }
        }
    }
    out
}
