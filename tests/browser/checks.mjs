// Self-checks as files: their data, their module run in Node (a second execution of the bytes that the browser runs),
// and the interview that works without script, read off the page.

import { attr, inside, parse, textOf } from './html.mjs';
import { PAGES, read } from './lib.mjs';

/** The pages that ask. */
export const CHECKS = PAGES.filter((path) => /^checks\/[^/]+\.html$/.test(path) && !path.endsWith('/index.html'));

const hasClass = (token, name) => (attr(token, 'class') ?? '').split(/\s+/).includes(name);

/** `find(tokens, test)`: what stands inside each element that passes the test: [start tag, tokens] */
const find = (tokens, test) => tokens.flatMap((token, index) => (token.type === 'start' && test(token) ? [[token, inside(tokens, index)]] : []));
const named = (name) => (token) => token.name === name;
const first = (tokens, test) => textOf(find(tokens, test)[0]?.[1] ?? []);

/** The module. A sheet is a Map: number of a fact -> number of an option, or [lowest, highest]. */
export class Machine {
  constructor(data) {
    this.data = data;
    this.module = new WebAssembly.Module(Buffer.from(data.wasm, 'base64'));
    this.exports = new WebAssembly.Instance(this.module).exports;
    this.words = new Int32Array(this.exports.m.buffer);
    this.fresh = this.words.slice(0, data.words);
    this.options = data.facts.map((fact) => (fact.k === 'r' ? fact.o.flatMap(([, list]) => list) : fact.o));
  }

  /** For each decision, the numbers of the outcomes that are still possible. */
  run(sheet) {
    this.words.set(this.fresh);
    for (const [index, answer] of sheet) {
      const { v, s = v[0] } = this.data.facts[index];
      let place = this.options[index]?.[answer]?.[1];
      let word = s;
      if (s === undefined) continue;
      if (Array.isArray(answer)) this.words.set(answer, s);
      else {
        // A question told apart in more than 31 ways has several masks: 30 classes each, and one for the later ones.
        while (word < v[v.length - 1] && place >= 30) {
          this.words[word] = (1 << 30) | (1 << 31);
          word += 1;
          place -= 30;
        }
        this.words[word] = (1 << place) | ((this.fresh[word] >>> 1) + 1);
      }
    }
    this.exports.e();
    return this.data.decisions.map(({ r }) => {
      const bits = this.words[this.data.at + 4 * r] >>> 0;
      return Array.from({ length: 32 }, (_, i) => i).filter((i) => (bits >>> i) & 1);
    });
  }

  /** After `run`: the words of the badge of each clause. */
  clauses() {
    this.exports.x();
    // Below zero: the negation of what the node says.
    return this.data.clauses.map((node) => {
      const bits = this.words[this.data.at + 4 * Math.abs(node)];
      return ['不成立', '成立', '未定'][(node < 0 ? [0, 2, 1, 3][bits] : bits) - 1];
    });
  }

  /** After `run`: the facts that can still change a decision. */
  open(decision) {
    return this.changing(this.data.decisions[decision].r);
  }

  /** After `run`: the facts that can still change a computed value; none if it is settled. */
  openValue(value) {
    const [least, greatest] = this.range(value);
    return least < greatest ? this.changing(this.data.values[value].r) : [];
  }

  /** After `run`: the least and the greatest result of a computed value. */
  range(value) {
    const at = this.data.values[value].g * 4;
    const view = new DataView(this.exports.m.buffer);
    return [view.getBigInt64(at, true), view.getBigInt64(at + 8, true)].map(Number);
  }

  changing(node) {
    this.exports.q();
    const at = this.data.at + 4 * node + 2;
    return this.data.facts.flatMap(({ v }, index) => (v.some((bit) => (this.words[at + (bit >> 5)] >>> (bit & 31)) & 1) ? [index] : []));
  }
}

/** Everything the tests know of a page that asks. */
export function load(path) {
  const tokens = parse(read(path));
  const script = find(tokens, (token) => attr(token, 'id') === 'check-data')[0][1];
  const text = script.map((token) => token.text).join('');
  const data = JSON.parse(text);
  const machine = new Machine(data);
  const fact = (name) => {
    const index = data.facts.findIndex(({ n }) => n === name);
    if (index < 0) throw new Error(`${path} has no question ${name}`);
    return index;
  };
  const decisions = data.decisions.map((_, d) => {
    const [, box] = find(tokens, (token) => attr(token, 'id') === `d${d}`)[0];
    return {
      ask: first(box, named('h3')),
      outcomes: find(box, named('article')).map(([token, inner]) => ({ id: attr(token, 'id'), name: first(inner, named('h4')), verdict: first(inner, (one) => hasClass(one, 'state')),
        values: find(inner, (one) => attr(one, 'data-v') !== undefined).map(([one]) => Number(attr(one, 'data-v'))) })),
    };
  });
  // The interview without script: one section a decision, told by its heading.
  const [, plain] = find(tokens, (token) => attr(token, 'id') === 'plain')[0];
  const interviews = new Map(find(plain, (token) => token.name === 'section' && hasClass(token, 'sec')).map(([, section]) => {
    const steps = find(section, (token) => hasClass(token, 'step')).map(([token, inner]) => ({
      id: attr(token, 'id'),
      start: hasClass(token, 'first'),
      ask: first(inner, named('h3')),
      choices: find(inner, named('a')).map(([link, words]) => ({ text: textOf(words), target: attr(link, 'href').replace(/^#/, '') })),
    }));
    return [first(section, named('h2')), { start: steps.find(({ start }) => start).id, steps: new Map(steps.map((step) => [step.id, step])) }];
  }));
  return { path, id: path.replace(/^checks\/|\.html$/g, ''), tokens, text, data, machine, fact, decisions, interviews };
}

/** The facts that can still change a decision, or a value that one of its possible outcomes shows. */
export function mattering({ machine, decisions }, sheet) {
  const possible = machine.run(sheet);
  return new Set(possible.flatMap((outcomes, d) => [
    ...machine.open(d),
    ...outcomes.flatMap((one) => decisions[d].outcomes[one].values.flatMap((value) => machine.openValue(value))),
  ]));
}

/** The address that the page writes for a sheet: the sum of its data, then every answer; `seen`: the pages of boxes were shown. */
export function fragment({ data, text }, sheet, seen = true) {
  let sum = 0;
  for (const char of text) sum = (Math.imul(sum, 31) + char.charCodeAt(0)) | 0;
  const parts = data.facts.map((_, index) => [sheet.get(index) ?? []].flat().join('_'));
  const boxes = (data.ticks ?? []).map(() => (seen ? 1 : ''));
  return `#a=${[sum, ...parts, ...boxes].join('.')}`;
}

/** Computed values that are compared with a question: the two questions that they add. */
const SUMS = { 欠缴费用: ['学费', '住宿费'] };

const NUMBER = /^(-?\d+(?:\.\d+)?)/;

/** A value as printed, in the form of the data: a date as yyyymmdd, an amount in fen. */
function value(fact, text) {
  const date = /^(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(text);
  if (fact.k === 'd') return Number(date[1]) * 1e4 + Number(date[2]) * 100 + Number(date[3]);
  return Math.round(Number(NUMBER.exec(text)[1]) * (fact.k === 'm' ? 100 : 1));
}

/**
 * What a choice of the interview stands for: a list of parts of sheets, each of which must lead the same way.
 * It is read off the printed words alone, so that a choice with the wrong words is found.
 */
export function meanings(check, step) {
  const { data, machine } = check;
  const by = (key, words) => data.facts.findIndex((fact) => fact[key] === words);
  const compared = /^“(.+)”和“(.+)”比/.exec(step.ask);
  const years = /^“(.+)”和“(.+)”在同一年吗/.exec(step.ask);
  const sum = compared && SUMS[compared[1]];
  if (sum) {
    const [parts, right] = [sum.map((name) => by('n', name)), by('n', compared[2])];
    const sheet = (more) => new Map([...parts.map((part, n) => [part, [5000 + n * 7, 5000 + n * 7]]), [right, Array(2).fill(5000 * parts.length + 7 - more)]]);
    const steps = { 低于: [-1, -500], 等于: [0], 高于: [1, 500], 不高于: [0, -1], 不低于: [0, 1], 不等于: [-1, 1] };
    return step.choices.map(({ text }) => steps[text].map(sheet));
  }
  if (compared) {
    const [left, right] = [by('n', compared[1]), by('n', compared[2])];
    const middle = Math.max(data.facts[left].lo, data.facts[right].lo) + 1000;
    const pair = (more) => new Map([[left, [middle + more, middle + more]], [right, [middle, middle]]]);
    const steps = { 低于: [-1, -500], 等于: [0], 高于: [1, 500], 不高于: [0, -1], 不低于: [0, 1], 不等于: [-1, 1] };
    return step.choices.map(({ text }) => steps[text].map(pair));
  }
  if (years) {
    const [left, right] = [by('n', years[1]), by('n', years[2])];
    const pair = (a, b) => new Map([[left, [a, a]], [right, [b, b]]]);
    const pairs = { 同年: [pair(20200101, 20201231), pair(20230715, 20230715)], 不同年: [pair(20191231, 20200101), pair(20240101, 20231231)] };
    return step.choices.map(({ text }) => pairs[text]);
  }
  const index = by('a', step.ask.replace(/^原文有两种读法：/, ''));
  const fact = data.facts[index];
  if (fact.o) {
    const classes = new Map();
    machine.options[index].forEach(([words, c], option) => classes.set(c, [...(classes.get(c) ?? []), { words, option }]));
    const left = new Set(classes.keys());
    const found = step.choices.map(({ text }) => {
      const c = [...left].find((one) => classes.get(one).map(({ words }) => words).join('、') === text);
      if (c !== undefined) left.delete(c);
      return c;
    });
    // One choice may stand for all counties that no other names.
    const rest = [...left];
    return found.map((c, n) => {
      const mine = c ?? (/没有列出/.test(step.choices[n].text) ? rest.pop() : undefined);
      if (mine === undefined) throw new Error(`${check.path}: “${step.ask}” has no option “${step.choices[n].text}”`);
      return classes.get(mine).map(({ option }) => new Map([[index, option]]));
    });
  }
  return step.choices.map(({ text }) => {
    const [from, to] = text.split('至');
    const lo = /及以前$/.test(text) ? fact.lo : value(fact, from);
    const hi = /及以后$/.test(text) ? fact.hi : value(fact, to ?? from);
    return [new Map([[index, [lo, lo]]]), new Map([[index, [hi, hi]]]), new Map([[index, [lo, hi]]])];
  });
}

/** Numbers that look random and are the same on every run. */
export function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A sheet with an answer, a range or nothing for every question; none for the readings of a doubt. */
export function anySheet({ data, machine }, next) {
  const sheet = new Map();
  data.facts.forEach((fact, index) => {
    if (fact.k === 'x' || next(4) === 0) return;
    if (fact.o) { sheet.set(index, next(machine.options[index].length)); return; }
    const some = () => {
      if (fact.k !== 'd') return fact.lo + next(Math.min(fact.hi - fact.lo, 6e5) + 1);
      const year = Math.floor(fact.lo / 1e4) + next(Math.floor(fact.hi / 1e4) - Math.floor(fact.lo / 1e4) + 1);
      return year * 1e4 + (1 + next(12)) * 100 + 1 + next(28);
    };
    const a = some();
    const b = next(3) === 0 ? some() : a;
    sheet.set(index, [Math.min(a, b), Math.max(a, b)]);
  });
  return sheet;
}
