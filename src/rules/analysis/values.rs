//! What is wrong with values that can be computed: nothing shows them, or a case or a cell that nobody gets.

use std::collections::BTreeSet;

use crate::diag::Sink;
use crate::diagram::FALSE;
use crate::formula::{ComputedId, Definition};
use crate::lower::{Lowering, Program};
use crate::messages::{formulas, judging};
use crate::self_check::{SelfCheck, Test};

/// # Diagnostics
/// MB0308, MB0312.
pub fn judge(check: &SelfCheck, program: &Program, sink: &mut Sink) {
    let mut used: BTreeSet<ComputedId> = check.outcomes().flat_map(|o| o.values.clone()).collect();
    for computed in &check.computed {
        used.extend(computed.definition.values());
    }
    for condition in &check.conditions {
        if let Test::Formula { formula, .. } = &condition.test {
            used.extend(formula.values());
        }
    }
    for id in check.computed_ids() {
        let name = &check[id].name;
        if !used.contains(&id) {
            let kind = ("取值", "value");
            sink.push(judging::unused(kind, &name.value, name.span));
        }
        unreached_cases(check, program, id, sink);
    }
}

/// A case is reached if somebody fits it and none of the cases before it.
fn unreached_cases(check: &SelfCheck, program: &Program, id: ComputedId, sink: &mut Sink) {
    let Definition::Cases(cases) = &check[id].definition else {
        return;
    };
    let mut diagram = program.diagram.clone();
    let mut lowering = Lowering::new(check, &program.variables);
    let mut rest = crate::diagram::TRUE;
    for case in cases {
        let when = match case.when {
            Some(when) => lowering.condition(&mut diagram, when),
            None => crate::diagram::TRUE,
        };
        // A condition that never holds is reported at its own place.
        if when != FALSE && diagram.and(rest, when) == FALSE {
            sink.push(formulas::never_reached(case.span, &check[id].name.value));
        }
        let not = diagram.not(when);
        rest = diagram.and(rest, not);
    }
}
