//! The documents of a topic, in pages.

use super::{Ask, Draft, PageKind, crumb, list, sources};
use crate::atlas::Atlas;
use crate::atlas::agenda::Scope;
use crate::atlas::routes;
use crate::diag::{Sink, SourceId};
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
    for topic in plan.atlas.model.topics.keys() {
        for number in 1..=lists::pages(plan.atlas.by_topic[topic].len()) {
            plan.add(TopicPage { topic, number });
        }
    }
}

impl PageKind for TopicPage {
    fn path(&self, atlas: &Atlas) -> String {
        routes::topic(atlas.model, self.topic, self.number)
    }

    fn inputs(&self, atlas: &Atlas) -> Vec<SourceId> {
        sources(atlas, atlas.by_topic[self.topic].iter().copied())
    }

    fn draft(&self, ask: &Ask, _: &mut Sink) -> Option<Draft> {
        let topic = &ask.atlas.model.topics[self.topic];
        let title = list::numbered(&format!("主题：{}", topic.name), self.number);
        let description = topic
            .about
            .clone()
            .unwrap_or_else(|| format!("关于{}的文件。", topic.name));
        let view = lists::topic(ask.atlas, self.topic, self.number);
        let draft = Draft::new("list.html", title, description, &view)
            .below([crumb("topics/index.html", "主题")])
            .section("topics/index.html");
        Some(draft)
    }

    fn scope(&self, _: &Atlas) -> Option<Scope> {
        Some(Scope::Topic(self.topic))
    }
}
