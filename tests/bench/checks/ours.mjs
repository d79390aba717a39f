// Ours as it is timed: module and glue behind one function, like the other engines. The bench fills in `layout`, the
// numbers from the data of the page.
import {open as glue} from './glue.mjs';
import layout from 'layout';

/**
 * Modes: `answers` begins with the answers, the others with the fact words of the sheet (`prepare`). All write every
 * fact word and decide; `q` also finds what can still matter, `x` also explains the clauses. The outcomes as bits.
 */
export async function open(bytes, mode = 'answers') {
  const {sheet, decide, relevance, explain, possible} = await glue(bytes, layout), d = layout.decision;
  const run = {
    answers: list => { decide(sheet(list)); return possible(d); },
    e: words => { decide(words); return possible(d); },
    eq: words => { decide(words); relevance(); return possible(d); },
    eqx: words => { decide(words); relevance(); explain(); return possible(d); },
  }[mode];
  return mode === 'answers' ? run : Object.assign(run, {prepare: sheet});
}
