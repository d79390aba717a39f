// The part of a page that talks to a module (ABI 1, src/rules/FORMAT.md), and nothing else: what the bench times as
// ours and counts as our engine. themes/mingbai/static/check.js does the same among the rest of its work.

/** `facts`: of each its first word and, if it has options, the class of each. `decisions`: their nodes. */
export async function open(bytes, {at, words, facts, decisions}) {
  const {m, e, q, x} = (await WebAssembly.instantiate(bytes)).instance.exports;
  const u = new Int32Array(m.buffer), initial = u.slice(0, words);
  return {
    /** The fact words of a sheet; an answer is the number of an option, [lowest, highest], or missing. */
    sheet(answers) {
      const sheet = initial.slice();
      facts.forEach(([word, classes], i) => {
        const a = answers[i];
        if (a === undefined) return;
        if (classes) sheet[word] = 1 << classes[a] | (initial[word] >>> 1) + 1;
        else {
          sheet[word] = a[0];
          sheet[word + 1] = a[1];
        }
      });
      return sheet;
    },
    /** Writes every fact word, then decides. */
    decide(sheet) {
      for (let i = 0; i < words; i++) u[i] = sheet[i];
      e();
    },
    relevance: q,
    explain: x,
    /** The outcomes that are still possible, as bits. */
    possible: d => u[at + 4 * decisions[d]],
    /** Whether a variable can still change a decision. */
    matters: (d, v) => u[at + 4 * decisions[d] + 2 + (v >> 5)] >>> v & 1,
    /** Of a clause: 1 false, 2 true, 3 open. */
    clause: node => u[at + 4 * node],
  };
}
