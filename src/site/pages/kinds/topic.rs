//! The documents of a topic, in pages.

use super::{Ask, Draft, PageKind, Section, list};
use crate::atlas::Facts;
use crate::atlas::agenda::Scope;
use crate::atlas::routes;
use crate::diag::Sink;
use crate::model::TopicId;
use crate::pages::lists;
use crate::pages::plan::Plan;

/// Page `number` (from 1) of a topic.
#[derive(Debug)]
struct TopicPage {
    topic: TopicId,
    number: usize,
}

/// Adds the pages of this kind to the plan.
pub fn pages(plan: &mut Plan) {
    for topic in plan.facts.topics().keys() {
        for number in 1..=lists::pages(plan.facts.of_topic(topic).len()) {
            plan.add(TopicPage { topic, number });
        }
    }
}

impl PageKind for TopicPage {
    fn path(&self, facts: &Facts) -> String {
        routes::topic(facts, self.topic, self.number)
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let topic = ask.facts.topic(self.topic);
        let title = list::numbered(&format!("主题：{}", topic.name), self.number);
        let description = topic
            .about
            .clone()
            .unwrap_or_else(|| format!("关于{}的文件。", topic.name));
        let view = lists::topic(ask.facts, ask.today, self.topic, self.number);
        let draft = Draft::new("list.html", title, description, &view)
            .below([Section::Topics.crumb()])
            .section(Section::Topics);
        Some(draft)
    }

    fn scope(&self, _: &Facts) -> Option<Scope> {
        Some(Scope::Topic(self.topic))
    }
}
