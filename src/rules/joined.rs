//! Two checks in one: the conditions and values of the second one after those of the first.
//!
//! Comes in: two checks over the same questions. Goes out: a check whose diagram has the functions of both, so that equal functions
//! are equal numbers. Decisions and examples are those of the first.

use crate::formula::{ComputedId, Definition, Formula};
use crate::self_check::*;

/// The first check with the conditions and values of the second one after its own.
pub fn joined(first: &SelfCheck, second: &SelfCheck) -> SelfCheck {
    let mut all = first.clone();
    let by = Moved {
        conditions: first.conditions.len(),
        named: first.named.len(),
        values: first.computed.len(),
    };
    for condition in &second.conditions {
        let mut copy = condition.clone();
        by.test(&mut copy.test);
        all.conditions.push(copy);
    }
    for condition in &second.named {
        let mut copy = condition.clone();
        copy.root = by.condition(copy.root);
        all.named.push(copy);
    }
    for computed in &second.computed {
        let mut copy = computed.clone();
        if let Definition::Cases(cases) = &mut copy.definition {
            for case in cases {
                case.when = case.when.map(|when| by.condition(when));
            }
        }
        for written in copy.definition.formulas_mut() {
            by.formula(&mut written.formula);
        }
        all.computed.push(copy);
    }
    all
}

/// How far the entries of the second check are moved.
struct Moved {
    conditions: usize,
    named: usize,
    values: usize,
}

impl Moved {
    fn condition(&self, id: ConditionId) -> ConditionId {
        ConditionId::new(id.index() + self.conditions)
    }

    fn test(&self, test: &mut Test) {
        match test {
            Test::All(list) | Test::Any(list) | Test::Members { each: list, .. } => {
                for member in list {
                    *member = self.condition(*member);
                }
            }
            Test::Not(member) => *member = self.condition(*member),
            Test::Named(name) => *name = NamedId::new(name.index() + self.named),
            Test::Formula { formula, .. } => self.formula(formula),
            _ => {}
        }
    }

    fn formula(&self, formula: &mut Formula) {
        formula.each_mut(&mut |part| match part {
            Formula::Holds(condition) => *condition = self.condition(*condition),
            Formula::Value(value) => *value = ComputedId::new(value.index() + self.values),
            _ => {}
        });
    }
}
