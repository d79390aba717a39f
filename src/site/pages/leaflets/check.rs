//! The leaflet of a self-check.

use super::items::{Items, about, section, source};
use super::sheet::{Ranked, Sheet};
use crate::atlas::Facts;
use crate::atlas::routes;
use crate::pages::self_checks;
use crate::pages::view::{LeafletItem, Link};
use crate::rules::formula::{ComputedId, Definition};
use crate::rules::self_check::{Attribute, Domain, Outcome, ProvisionId, Question, Style, Verdict};
use crate::rules::{LinkedCheck, place_of};

/// Options are printed to tick off if they have at most this many characters together.
const LONGEST_OPTIONS: usize = 60;

/// Where more of those that fit than this ask for papers of their own, each is printed with them, in one line.
const MOST_APART: usize = 4;

/// What a reader may have to bring.
const TO_BRING: [Attribute; 2] = [Attribute::Documents, Attribute::Form];

/// What the leaflet says.
pub fn sheet(facts: &Facts, index: usize) -> Sheet {
    let linked = facts.check(index);
    let check = &linked.check;
    let items = Items::new(facts, linked.notice).in_language(check.language);
    let of = |chinese, english| check.language.of(chinese, english);
    let doubts = check.questions.iter().filter(|question| question.doubt);
    let sources = self_checks::cited(linked).into_iter();
    Sheet {
        about: about(facts, check.place.map(place_of), of("自查", "Self-check")),
        title: check.title.value.clone(),
        lead: Some(check.description.clone()),
        warning: Some(format!(
            "{}{}{}",
            of(
                "自查的结果只供参考，以原文和",
                "For information only: what counts is the text and what is said by "
            ),
            facts.site().office(),
            of(
                "的答复为准。扫码就能自查，回答不离开您的手机。",
                ". Scan the code to check for yourself; your answers stay on your phone."
            ),
        )),
        sections: sections(linked, &items),
        readings: self_checks::common_count(
            doubts.clone().map(|doubt| doubt.domain.options().len()),
        ),
        doubts: doubts.map(|doubt| doubt.ask.clone()).collect(),
        sources: sources
            .map(|document| source(facts, check.language, document))
            .collect(),
        language: check.language,
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
    let of = |chinese, english| check.language.of(chinese, english);
    let questions = check.questions.iter().filter(|question| !question.doubt);
    let fits = |one: &&Outcome| one.verdict == Verdict::Yes;
    // A paper of one of those that fit only, if there are many of these.
    let apart = |provision: ProvisionId| {
        let asking = check.outcomes().filter(fits);
        let asking = asking.filter(|one| papers(one).any(|paper| paper == provision));
        asking.count() == 1
    };
    let has_apart = |one: &&Outcome| fits(one) && papers(one).any(apart);
    let is_dense = check.outcomes().filter(has_apart).count() > MOST_APART;
    let is_own = |provision: ProvisionId| is_dense && apart(provision);
    let shared = to_bring(linked).into_iter().filter(|&one| !is_own(one));
    let to_bring = shared.map(|provision| LeafletItem {
        ticks: vec![check[provision].text.clone()],
        cites: vec![items.cite(linked.cite(&check[provision].cite))],
        ..LeafletItem::default()
    });
    let computed = computed(linked)
        .into_iter()
        .map(|value| worked_out(linked, items, value));
    let outcome = |outcome: &Outcome| {
        let own = papers(outcome).filter(|&one| fits(&outcome) && is_own(one));
        let own: Vec<ProvisionId> = own.collect();
        let words: Vec<&str> = own.iter().map(|&one| check[one].text.as_str()).collect();
        let cited = own.first().map_or(&outcome.cite, |&one| &check[one].cite);
        LeafletItem {
            who: Some(outcome.verdict.text(check.language).to_owned()),
            text: match words.is_empty() {
                true => outcome.text.clone(),
                false => format!(
                    "{}{}{}",
                    outcome.name.value,
                    of("：", ": "),
                    words.join(of("；", "; "))
                ),
            },
            cites: vec![items.cite(linked.cite(cited))],
            ..LeafletItem::default()
        }
    };
    let decisions = check.decisions.iter().flat_map(|decision| {
        // What is asked for its own papers comes before everything else of a long list.
        let (own, rest): (Vec<&Outcome>, Vec<&Outcome>) = decision
            .outcomes
            .iter()
            .partition(|one| is_dense && has_apart(one));
        if own.len() <= MOST_APART {
            return vec![section(
                2,
                &decision.ask,
                decision.outcomes.iter().map(outcome),
            )];
        }
        vec![
            section(1, &decision.ask, own.into_iter().map(outcome)),
            section(
                3,
                of("其余结果", "Other results"),
                rest.into_iter().map(outcome),
            ),
        ]
    });
    let decisions: Vec<_> = decisions.collect();
    [
        section(
            4,
            of("会问的问题", "What is asked"),
            questions.map(question),
        ),
        section(0, of("可能要带", "You may need"), to_bring),
        section(3, of("怎么算", "How it is worked out"), computed),
    ]
    .into_iter()
    .chain(decisions)
    .flatten()
    .collect()
}

/// How a value is worked out.
fn worked_out(linked: &LinkedCheck, items: &Items, value: ComputedId) -> LeafletItem {
    let check = &linked.check;
    let value = &check[value];
    let depends = check.language.of(
        "分情况，自查时算给您看",
        "It depends; the self-check works it out for you",
    );
    LeafletItem {
        who: Some(value.ask.clone()),
        text: match &value.definition {
            Definition::Formula(formula) => self_checks::plain(check.language, &formula.text.value),
            Definition::Cases(_) | Definition::Table(_) => depends.into(),
        },
        cites: vec![items.cite(linked.cite(&value.cite))],
        ..LeafletItem::default()
    }
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
    for provision in decisions.flat_map(|decision| decision.outcomes.iter().flat_map(papers)) {
        if !out.contains(&provision) {
            out.push(provision);
        }
    }
    out
}

/// What an outcome asks for.
fn papers(outcome: &Outcome) -> impl Iterator<Item = ProvisionId> {
    TO_BRING.into_iter().flat_map(|attribute| {
        let mine = outcome.attributes.iter();
        let mine = mine.filter(move |(one, _)| *one == attribute);
        mine.map(|(_, provision)| *provision)
    })
}
