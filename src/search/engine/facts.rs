//! Facts: what the texts say of a place, as the answer to a question about it.
//!
//! Comes in: a question with the place that it names, the shelf of that place's facts. Goes out: a [`Card`]: the facts that
//! answer, or that the texts do not say it. The browser does the same (`search-facts.js` of the theme).

use super::{Answer, Engine, Terms};
use crate::fold::fold_each;
use crate::format::{self, INHERITED, place_of};
use crate::question::{Phrases, Question, bits};
use crate::ranking::{
    Intent, LEVEL_AREA, LEVEL_TOPIC, MAX_AFTER_PHRASE, MAX_CARD_FACTS, MAX_MEANINGS,
    MAX_STRANGE_CHARACTERS, MAX_STRANGE_PIECE, MAX_UNITS, PHONE_DIGITS, PLAIN_FREQUENCY_DIVISOR,
    RESULTS_WITH_EVIDENCE,
};
use crate::records::{Fact, Place, Record};

/// The answer to a question about a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// The name of the place, or of the word.
    pub place: String,
    /// The address of its page, if it has one.
    pub url: String,
    /// What was asked for.
    pub asked: Vec<Intent>,
    /// Whom it concerns, if the question says so.
    pub group: String,
    /// What the texts do not say; empty if they say what was asked.
    pub lead: String,
    /// Facts: the answer, or the nearest to it.
    pub facts: Vec<Fact>,
}

/// A place that a question names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedPlace {
    /// The number of its entry, or of the province of a place that has none; 0 for the whole site.
    pub(super) entry: u32,
    /// Its name, if the site has nothing of it.
    pub(super) absent: String,
    /// Whether it is a county.
    pub(super) is_county: bool,
}

/// The place that a question names: the entry of the highest level.
pub(super) fn named_place(q: &Question, terms: &Terms) -> Option<NamedPlace> {
    // 新乡哪些县: the city, not the county.
    let is_area = q
        .asked
        .iter()
        .any(|intent| Intent::OF_SITE.contains(intent));
    let names = q.tokens.iter().filter(|token| token.key.starts_with('='));
    let entries = names.filter_map(|token| terms.get(&token.key));
    let entries = entries.flat_map(|term| &term.postings);
    let places = entries.filter(|(id, level)| *level > LEVEL_TOPIC && place_of(*id) != INHERITED);
    let best = places.min_by_key(|(id, level)| {
        let is_county = *level > LEVEL_AREA;
        (is_area && is_county, std::cmp::Reverse(*level), *id)
    });
    let (entry, level) = best?;
    Some(NamedPlace {
        entry: *entry,
        absent: String::new(),
        is_county: *level > LEVEL_AREA,
    })
}

/// The words whose meaning is asked for, each with its entry: words of the glossary in the question.
pub(super) fn named_words(q: &Question, terms: &Terms) -> Vec<(String, u32)> {
    if !q.asked.contains(&Intent::Meaning) {
        return Vec::new();
    }
    let words = q.tokens.iter().filter_map(|token| {
        let word = token.key.strip_prefix('?')?;
        let (entry, _) = terms.get(&token.key)?.postings.first()?;
        Some((word.to_owned(), *entry))
    });
    let mut words: Vec<(String, u32)> = words.collect();
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.chars().count()));
    words.truncate(MAX_MEANINGS);
    words
}

/// The card of a question for a number that none of the first results has: the texts do not say it.
pub(super) fn unwritten(q: &Question, phrases: &Phrases, answer: &Answer) -> Option<Card> {
    let intent = Intent::EVIDENT
        .iter()
        .find(|intent| ends_with(q, **intent, phrases))?;
    let mut shown = answer
        .found
        .iter()
        .take(RESULTS_WITH_EVIDENCE.min(answer.window))
        .peekable();
    shown.peek()?;
    let has = shown.any(|found| is_evident(found.excerpt(), *intent));
    (!has).then(|| Card {
        asked: vec![*intent],
        lead: format!("本站的文件没有写{}。", intent.unwritten()),
        ..Card::default()
    })
}

/// Whether a question ends with a phrase that asks for something: 要几年, not 失踪几年了要什么证明.
fn ends_with(q: &Question, intent: Intent, phrases: &Phrases) -> bool {
    let typed = &q.words;
    let mut all = phrases.intents[intent.index()].iter();
    all.any(|phrase| {
        let after = typed
            .rfind(phrase.as_str())
            .map(|at| &typed[at + phrase.len()..]);
        after
            .is_some_and(|rest| rest.chars().count() <= MAX_AFTER_PHRASE && !rest.starts_with('了'))
    })
}

/// Whether a text has what is asked for: an amount or a rate, a telephone number, an hour.
pub(super) fn is_evident(text: &str, intent: Intent) -> bool {
    let chars = fold_each(text);
    let after_number = |signs: &str| {
        chars.windows(2).any(|two| {
            (two[0].is_ascii_digit() || "万千百".contains(two[0])) && signs.contains(two[1])
        })
    };
    match intent {
        Intent::Amount => after_number("元%万"),
        Intent::Contact => {
            let mut run = 0;
            chars.iter().any(|c| {
                run = if c.is_ascii_digit() || *c == '-' {
                    run + 1
                } else {
                    0
                };
                run >= PHONE_DIGITS
            })
        }
        Intent::Hours => after_number("点时:"),
        Intent::Address => ["大厅", "楼", "路", "街", "巷", "室"]
            .iter()
            .any(|word| text.contains(word)),
        Intent::Duration => is_duration(&chars),
        _ => chars.iter().any(char::is_ascii_digit),
    }
}

/// Whether a text says how long: 三年, 15个工作日; not 2023年 or 7月17日.
fn is_duration(chars: &[char]) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十两半".contains(c);
    (1..chars.len()).any(|i| {
        if !is_number(chars[i - 1]) || !"年天日个周".contains(chars[i]) {
            return false;
        }
        let from = (0..i)
            .rev()
            .find(|&j| !is_number(chars[j]))
            .map_or(0, |j| j + 1);
        let before = from.checked_sub(1).map(|j| chars[j]);
        let is_date = before == Some('月') || i - from == 4 && chars[i] == '年';
        let unit = chars.get(i + 1).copied();
        let is_counted = chars[i] == '个' && !matches!(unit, Some('月' | '工' | '年'));
        !is_date && !is_counted
    })
}

impl Engine<'_> {
    /// The card of a question: nothing if it does not ask what is known of places.
    pub(super) fn card(
        &self,
        q: &Question,
        terms: &Terms,
        place: Option<&NamedPlace>,
        named: u32,
        answer: &mut Answer,
    ) -> Option<Card> {
        let known: &[Intent] = match place {
            Some(_) => Intent::OF_PLACES,
            None => Intent::OF_SITE,
        };
        let asked = q.asked.iter().filter(|intent| known.contains(intent));
        let mut asked: Vec<Intent> = asked.copied().collect();
        if asked.iter().any(|intent| Intent::FIRST.contains(intent)) {
            asked.retain(|intent| Intent::FIRST.contains(intent));
        }
        if asked.is_empty() {
            return None;
        }
        let entry = place.map_or(0, |place| place.entry);
        let (known, facts) = self.facts_of(entry, answer)?;
        let absent = place.map_or("", |place| place.absent.as_str());
        let typed = &q.words;
        let group = group_of(&known.groups, typed);
        if !facts.is_empty() && self.is_strange(q, terms, named, &group, &facts) {
            return None;
        }
        let (name, page) = match absent {
            "" => (known.name, known.url),
            absent => (absent.to_owned(), String::new()),
        };
        let asking = Asking {
            asked,
            group: group.map_or(String::new(), |(group, _)| group),
            years: self.years_of(q),
            is_absent: !absent.is_empty(),
            typed,
        };
        let is_county = place.is_some_and(|place| place.is_county);
        let card = asking.choose(name, is_county, facts)?;
        Some(Card { url: page, ..card })
    }

    /// The card of a question for the meaning of words.
    pub(super) fn meaning(&self, words: &[(String, u32)], answer: &mut Answer) -> Option<Card> {
        let (mut facts, mut page) = (Vec::new(), String::new());
        for (word, entry) in words {
            let Some((known, here)) = self.facts_of(*entry, answer) else {
                continue;
            };
            let is_it = |fact: &Fact| fact.about.split(' ').any(|about| about == word);
            facts.extend(here.into_iter().filter(is_it));
            page = known.url;
        }
        (!facts.is_empty()).then(|| Card {
            url: page,
            asked: vec![Intent::Meaning],
            facts,
            ..Card::default()
        })
    }

    /// The facts of a place.
    fn facts_of(&self, entry: u32, answer: &mut Answer) -> Option<(Place, Vec<Fact>)> {
        let shelf = format::hash(&entry.to_string()) % self.manifest.fact_shelves;
        let name = format!("f{shelf}");
        let payload = self.payload(&name)?;
        if !answer.files.contains(&name) {
            answer.files.push(name);
        }
        payload.split(format::PART).find_map(|place| {
            let mut records = place.split(format::ENTRY);
            let known = Place::read(records.next()?)?;
            let is_it = known.entry == entry;
            is_it.then(|| (known, records.filter_map(Fact::read).collect()))
        })
    }

    /// Whether the question has words that neither the place, nor what is asked, nor the facts have: then it is about
    /// something else.
    fn is_strange(
        &self,
        q: &Question,
        terms: &Terms,
        named: u32,
        group: &Option<(String, String)>,
        facts: &[Fact],
    ) -> bool {
        let mut all: String = facts
            .iter()
            .map(|f| format!("{} {} {} ", f.text, f.quote, f.about))
            .collect();
        if let Some((name, said)) = group {
            all.push_str(&format!("{name} {said} "));
        }
        for intent in Intent::ALL {
            let phrases = &self.phrases.intents[intent.index()];
            for phrase in phrases
                .iter()
                .filter(|phrase| q.words.contains(phrase.as_str()))
            {
                all.push_str(phrase);
                all.push(' ');
            }
        }
        let all: Vec<char> = fold_each(&all);
        let mut strange = 0;
        for run in &q.runs {
            let mut piece = 0;
            for (i, c) in run.chars.iter().enumerate() {
                let has = |from: usize| {
                    run.chars.get(from..from + 2).is_some_and(|two| {
                        let key: String = two.iter().collect();
                        let often = terms.get(&key).map_or(0, |term| term.frequency);
                        often * PLAIN_FREQUENCY_DIVISOR > self.manifest.size
                            || all.windows(2).any(|w| w == two)
                    })
                };
                let is_plain = run.unit + i >= MAX_UNITS
                    || named & bits(run.unit + i, 1) != 0
                    || self.light.contains(c)
                    || has(i)
                    || i > 0 && has(i - 1);
                piece = if is_plain { 0 } else { piece + 1 };
                strange += usize::from(!is_plain);
                if piece > MAX_STRANGE_PIECE {
                    return true;
                }
            }
        }
        strange > MAX_STRANGE_CHARACTERS
    }

    /// The years that a question names; 今年 is the year of the reader's day.
    fn years_of(&self, q: &Question) -> Vec<String> {
        let numbers = q.tokens.iter().map(|token| token.key.as_str());
        let mut years: Vec<String> = numbers
            .filter(|key| is_year(key))
            .map(str::to_owned)
            .collect();
        let today: i32 = self
            .today
            .get(..4)
            .and_then(|y| y.parse().ok())
            .unwrap_or(0);
        for (word, step) in [("去年", -1), ("今年", 0), ("明年", 1)] {
            if q.words.contains(word) {
                years.push((today + step).to_string());
            }
        }
        years
    }
}

fn is_year(key: &str) -> bool {
    key.len() == 4
        && (key.starts_with("19") || key.starts_with("20"))
        && key.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a question asks for what is not: 没评上, not 能不能.
fn is_negated(typed: &str) -> bool {
    let chars: Vec<char> = typed.chars().collect();
    (0..chars.len()).any(|i| {
        let is_no = "没不未非".contains(chars[i]);
        let is_question = i > 0 && chars.get(i + 1) == Some(&chars[i - 1])
            || chars[i] == '没' && i > 0 && chars[i - 1] == '有';
        is_no && !is_question
    })
}

/// The longest of the words that a fact may need and that a question has.
fn word_of(facts: &[Fact], typed: &str) -> String {
    let words = facts.iter().flat_map(|fact| fact.about.split(' '));
    let words = words.filter(|word| !word.is_empty() && typed.contains(word));
    words
        .max_by_key(|word| word.chars().count())
        .unwrap_or_default()
        .to_owned()
}

/// The group of people that a question names, and the words by which it does: the longest ones.
fn group_of(groups: &str, typed: &str) -> Option<(String, String)> {
    let said = groups.split('|').flat_map(|group| {
        let name = group.split(' ').next().unwrap_or_default();
        group.split(' ').map(move |word| (name, word))
    });
    let said = said.filter(|(_, word)| !word.is_empty() && typed.contains(word));
    let (name, word) = said.max_by_key(|(_, word)| word.chars().count())?;
    Some((name.to_owned(), word.to_owned()))
}

/// What a question asks of a place.
struct Asking<'q> {
    asked: Vec<Intent>,
    group: String,
    years: Vec<String>,
    is_absent: bool,
    typed: &'q str,
}

impl Asking<'_> {
    /// The facts that answer, or what comes next to an answer.
    fn choose(self, place: String, is_county: bool, facts: Vec<Fact>) -> Option<Card> {
        let word = word_of(&facts, self.typed);
        let is_negated = is_negated(
            &self
                .typed
                .replacen(&word, "", usize::from(!word.is_empty())),
        );
        let answers = |fact: &Fact| {
            let is_asked = self.asked.iter().any(|i| fact.asks.contains(i.letter()));
            let is_about =
                fact.about.is_empty() || fact.about.split(' ').any(|about| about == word);
            is_asked
                && is_about
                && (fact.sort != "-" || is_negated)
                && (fact.sort == "l") == self.is_absent
        };
        let mut found: Vec<Fact> = facts.into_iter().filter(answers).collect();
        if found.iter().any(|fact| fact.sort == "-") {
            found.retain(|fact| fact.sort == "-");
        }
        // What has the words that the question has answers it; a fact about nothing in particular does so too.
        if found.iter().any(|fact| !fact.about.is_empty()) {
            found.retain(|fact| !fact.about.is_empty());
        }
        let is_first = self
            .asked
            .iter()
            .any(|intent| Intent::FIRST.contains(intent));
        if found.is_empty() && !(is_county && is_first) {
            return None;
        }
        let lead = self.narrow(&place, &mut found);
        found.truncate(MAX_CARD_FACTS);
        Some(Card {
            place,
            asked: self.asked,
            group: self.group,
            lead,
            facts: found,
            ..Card::default()
        })
    }

    /// Keeps the facts of the year and the group that were asked for; says so if there are none.
    fn narrow(&self, place: &str, found: &mut Vec<Fact>) -> String {
        let what = self.asked.first().map_or("", |intent| intent.words());
        let newest = found
            .iter()
            .map(|fact| fact.year.clone())
            .max()
            .unwrap_or_default();
        let mut lead = String::new();
        if found.is_empty() {
            return format!("本站的文件没有写{place}{what}。");
        }
        if !self.years.is_empty() && !self.is_absent {
            let is_of_year = |fact: &Fact| self.years.contains(&fact.year);
            if found.iter().any(is_of_year) {
                found.retain(is_of_year);
            } else if !newest.is_empty() {
                let asked = self.years.join("、");
                lead = format!("本站没有{place}{asked}年的安排。{newest}年的是：");
                found.retain(|fact| fact.year == newest);
            }
        } else {
            found.retain(|fact| fact.year == newest || fact.year.is_empty());
        }
        if lead.is_empty() && found.iter().all(|fact| fact.sort == "n") {
            found.truncate(1);
            return std::mem::take(&mut found[0].text);
        }
        if !self.group.is_empty() && lead.is_empty() {
            let group = self.group.as_str();
            let is_of_group = |fact: &Fact| fact.text.contains(group) || fact.quote.contains(group);
            if found.iter().any(is_of_group) {
                found.retain(is_of_group);
            } else if self.asked.first() != Some(&Intent::Place)
                && self.asked.first() != Some(&Intent::Time)
            {
                let source = found[0].source.split(' ').next().unwrap_or_default();
                lead = format!("{source}没有写{group}{what}。写了的是：");
            }
        }
        lead
    }
}
