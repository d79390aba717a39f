// Answer sheets: invented ones, the decision 类别 once more in plain JavaScript as the judge, and the form in which each
// engine takes a sheet. A fact that is not answered is missing from its sheet.

/** The facts of 类别: name in data/checks/hunan-rescue.yaml, what an invented answer may be. */
const yesNo = [false, true];
const FACTS = {
  loan: ['湖南分行的贷款', yesNo],
  student: ['学生情况', ['graduated', 'studying', 'left', 'dead', 'missing']],
  work: ['劳动能力', ['able', 'unassessed', 'severe', 'light']],
  mind: ['民事行为能力', ['able', 'unruled', 'ruled']],
  disaster: ['重大灾害', yesNo],
  struck: ['受灾日期', null],
  applied: ['申请日期', null],
  ill: ['重病致困', yesNo],
  insured: ['符合医保条件', yesNo],
  poor: ['建档立卡', yesNo],
  employed: ['已就业', yesNo],
  said: ['收入够不够线', ['below', 'not', 'numbers']],
  income: ['收入', null],
  line: ['贫困线', null],
  grace: ['宽限期已过', yesNo],
  counts: ['没毕业算不算', [true, false]],
};
/** The facts of the other two decisions, which our module decides at the same time. */
const OTHERS = {贷款种类: 3, 来办的人: 4, 自己办不了: 2};

/** Numbers from 0 to below n, always the same ones (mulberry32). */
function numbers(seed) {
  return n => {
    seed = seed + 0x6d2b79f5 | 0;
    let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return Math.floor(((t ^ t >>> 14) >>> 0) / 4294967296 * n);
  };
}

const day = (year, below) => year * 10000 + (1 + below(12)) * 100 + 1 + below(28);

/** Sheets in which each fact is unanswered with this probability. Half of the disasters are of the year of application. */
export function invent(count, unanswered, seed) {
  const below = numbers(seed);
  return Array.from({length: count}, () => {
    const sheet = {};
    for (const [key, [, options]] of Object.entries(FACTS)) {
      if (options) sheet[key] = options[below(options.length)];
    }
    const year = 2017 + below(14);
    sheet.applied = day(year, below);
    sheet.struck = day(below(2) ? year : 2010 + below(21), below);
    // Fen; now and then exactly on the line.
    sheet.line = 100 + below(1000000);
    sheet.income = below(10) ? below(1000000) : sheet.line;
    const others = Object.values(OTHERS).map(below);
    for (const key of Object.keys(FACTS)) if (below(1000) < unanswered * 1000) delete sheet[key];
    return {facts: sheet, others};
  });
}

/** The number of the outcome. */
export function category(f) {
  const graduate = f.loan && (f.student === 'graduated' || f.student === 'left' && f.counts);
  const low = f.said === 'below' || f.said === 'numbers' && f.income < f.line;
  if (f.loan && f.student === 'dead') return 0;
  if (f.loan && f.student === 'missing') return 1;
  if (graduate && f.mind === 'ruled') return 2;
  if (graduate && f.work === 'severe') return 3;
  if (graduate && f.disaster && Math.floor(f.applied / 10000) === Math.floor(f.struck / 10000)) return 4;
  if (graduate && f.ill && f.insured) return 5;
  if (graduate && !f.poor && f.grace && low) return 6;
  if (graduate && f.poor && (!f.employed || low)) return 7;
  if (graduate && f.work === 'unassessed') return 8;
  if (graduate && f.mind === 'unruled') return 9;
  if (!f.loan) return 10;
  if (f.student === 'studying' || f.student === 'left') return 11;
  return 12;
}

/** The outcomes that some way of answering the rest reaches, as bits; by trying one sheet of each kind. */
export function outcomes(facts) {
  let sheets = [facts];
  const open = key => !(key in facts);
  const fill = choices => { sheets = sheets.flatMap(sheet => choices(sheet).map(more => ({...sheet, ...more}))); };
  for (const [key, [, options]] of Object.entries(FACTS)) {
    const kinds = key === 'work' ? ['able', 'unassessed', 'severe'] : options;
    if (options && open(key)) fill(() => kinds.map(value => ({[key]: value})));
  }
  // The same year and another one; applications are of 2017 and later.
  if (open('applied') && open('struck')) fill(() => [{applied: 20200101, struck: 20200101}, {applied: 20200101, struck: 20190101}]);
  else if (open('struck')) fill(f => [{struck: f.applied}, {struck: 20100101}]);
  else if (open('applied')) fill(f => [...f.struck >= 20170101 ? [{applied: f.struck}] : [], {applied: f.struck > 20300000 ? 20290101 : 20301231}]);
  // Below the line and on it; no line is below 100.
  if (open('income') && open('line')) fill(() => [{income: 0, line: 100}, {income: 100, line: 100}]);
  else if (open('income')) fill(f => [{income: f.line - 1}, {income: f.line}]);
  else if (open('line')) fill(f => [{line: f.income + 100}, ...f.income >= 100 ? [{line: f.income}] : []]);
  return sheets.reduce((bits, sheet) => bits | 1 << category(sheet), 0);
}

/** For json-logic and Zen: an object. */
export const plain = ({facts}) => facts;

/** For publicodes: texts in quotes, oui and non. */
export const situation = ({facts}) => Object.fromEntries(Object.entries(facts).map(([key, value]) =>
  [key, typeof value === 'boolean' ? value ? 'oui' : 'non' : typeof value === 'string' ? `'${value}'` : value]));

/** For ours: by the data of the page, the number of an option or [lowest, highest] of each fact. */
export function answers(data) {
  const keys = Object.fromEntries(Object.entries(FACTS).map(([key, [name]]) => [name, key]));
  return ({facts, others}) => data.facts.map(({n: name}) => {
    if (name in OTHERS) return others[Object.keys(OTHERS).indexOf(name)];
    const key = keys[name], value = facts[key];
    if (!key) throw new Error(`the check asks ${name}, which the bench does not know`);
    if (value === undefined) return undefined;
    return FACTS[key][1] ? FACTS[key][1].indexOf(value) : [value, value];
  });
}
