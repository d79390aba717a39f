// Compares the module of a check with other rules engines; started by tests/bench/checks/run.
//   node bench.mjs WORK ROUNDS
// WORK holds node_modules and the built site, and takes what is made.
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, readdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {brotliCompressSync, constants} from 'node:zlib';
import {measure} from './clock.mjs';
import {answers, category, invent, outcomes, plain, situation} from './sheets.mjs';

const CHECK = 'hunan-rescue', DECISION = '类别';
const TIMED = 512;       // complete sheets that are decided in turn while the clock runs
const JUDGED = 10_000;   // sheets whose answers are compared: complete ones, and as many with gaps
const UNANSWERED = 0.3;
const SLICE = 50;        // ms that an engine runs at least in a round

const here = dirname(fileURLToPath(import.meta.url));
const work = resolve(process.argv[2]);
const rounds = Number(process.argv[3]);
const BROWSER = {rounds: 3 * rounds, slice: 10};
const load = createRequire(join(work, 'package.json'));
const esbuild = load('esbuild');
const versions = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).optionalDependencies;

// ---------------------------------------------------------------- words and numbers

const brotli = data => brotliCompressSync(data, {params: {[constants.BROTLI_PARAM_QUALITY]: 11}}).length;
const sorted = list => [...list].sort((a, b) => a - b);
const median = list => { const s = sorted(list), m = s.length >> 1; return s.length % 2 ? s[m] : (s[m - 1] + s[m]) / 2; };
const least = list => sorted(list)[0];
const number = (v, digits = 0) => v.toLocaleString('en-US', {minimumFractionDigits: digits, maximumFractionDigits: digits});
const short = v => number(v, v < 10 ? 2 : v < 100 ? 1 : 0);
const percent = (part, whole) => `${number(100 * part / whole, 2)} %`;

function table(head, rows) {
  const all = [head, ...rows].map(row => row.map(String)), widths = head.map((_, i) => Math.max(...all.map(row => row[i].length)));
  const [first, ...rest] = all.map(row => row.map((cell, i) => i ? cell.padStart(widths[i]) : cell.padEnd(widths[i])).join('  ').trimEnd());
  console.log([first, widths.map(w => '-'.repeat(w)).join('  '), ...rest, ''].join('\n'));
}

// ---------------------------------------------------------------- ours

const page = readFileSync(join(work, 'site/checks', `${CHECK}.html`), 'utf8');
const module = join(work, 'site/checks', CHECK, `${CHECK}.wasm`);
const pageData = /<script\b[^>]*\bid="?check-data\b[^>]*>(.*?)<\/script>/s.exec(page)[1];
const data = JSON.parse(pageData);
if (Buffer.from(data.wasm, 'base64').compare(readFileSync(module))) throw new Error('the page holds another module than the file');
const layout = {
  at: data.at,
  words: data.words,
  facts: data.facts.map(({s, v, k, o}) => o ? [s ?? v[0], (k === 'r' ? o.flatMap(group => group[1]) : o).map(option => option[1])] : [s]),
  decisions: data.decisions.map(({r}) => r),
  decision: data.decisions.findIndex(({n}) => n === DECISION),
};

// ---------------------------------------------------------------- the engines, each one minified file

mkdirSync(join(work, 'bundles'), {recursive: true});

/** A file with everything that the entry needs. `layout` is ours; `rule` is one of the two in JsonLogic. */
async function bundle(name, entry, rule = 'clauses') {
  const outfile = join(work, 'bundles', `${name}.mjs`);
  await esbuild.build({
    ...entry, outfile, bundle: true, minify: true, format: 'esm', target: 'es2020', platform: 'browser', charset: 'utf8',
    legalComments: 'none', logLevel: 'silent', nodePaths: [join(work, 'node_modules')],
    plugins: [{name: 'rules', setup(build) {
      build.onResolve({filter: /^layout$/}, () => ({path: 'layout', namespace: 'layout'}));
      build.onLoad({filter: /.*/, namespace: 'layout'}, () => ({contents: JSON.stringify(layout), loader: 'json'}));
      build.onResolve({filter: /^rule$/}, () => ({path: join(here, `peers/json-logic-${rule}.mjs`)}));
    }}],
  });
  return outfile;
}
const file = name => ({entryPoints: [join(here, name)]});

const glue = await bundle('glue', {stdin: {
  contents: 'import {open} from "./glue.mjs"; import layout from "layout"; export default bytes => open(bytes, layout);', resolveDir: here,
}});
const ours = await bundle('ours', file('ours.mjs'));
const oursForm = answers(data);
const engines = [
  {name: 'mingbai: write, e', mode: 'e', bytes: brotli(readFileSync(glue)) + brotli(readFileSync(module))},
  {name: 'mingbai: write, e, q', mode: 'eq'},
  {name: 'mingbai: write, e, q, x', mode: 'eqx'},
  {name: 'mingbai: from answers, e', mode: 'answers'},
].map(engine => ({...engine, ours: true, file: ours, module, form: oursForm}));

const missing = [];
for (const {name, id, rule, form, binary} of [
  {name: 'json-logic-js', id: 'json-logic-js', form: plain},
  {name: 'json-logic-js', id: 'json-logic-js', form: plain, rule: 'grouped'},
  {name: 'json-logic-engine', id: 'json-logic-engine', form: plain},
  {name: 'json-logic-engine', id: 'json-logic-engine', form: plain, rule: 'grouped'},
  {name: 'publicodes', id: 'publicodes', form: situation},
  {name: '@gorules/zen-engine-wasm', id: 'zen', form: plain, binary: 'dist/zen_engine_wasm_bg.wasm'},
]) {
  const label = `${name.split('/').pop()} ${versions[name]}${rule ? `, ${rule}` : ''}`;
  try {
    const peer = {
      name: label, id: rule ? `${id}-${rule}` : id, form,
      file: await bundle(rule ? `${id}-${rule}` : id, file(`peers/${id}.mjs`), rule),
      module: binary && join(work, 'node_modules', name, binary),
    };
    peer.bytes = brotli(readFileSync(peer.file)) + (peer.module ? brotli(readFileSync(peer.module)) : 0);
    engines.push(peer);
  } catch (fault) {
    missing.push(`${label}: ${fault.errors ? fault.errors[0].text : fault.message}`);
  }
}

const sheets = invent(TIMED, 0, 1);
for (const engine of engines) {
  const {open} = await import(pathToFileURL(engine.file));
  engine.decide = await open(engine.module && readFileSync(engine.module), engine.mode);
  engine.given = sheets.map(engine.form);
  engine.inputs = engine.decide.prepare ? engine.given.map(engine.decide.prepare) : engine.given;
}
const oursIn = mode => engines.find(engine => engine.mode === mode);
const peer = id => engines.find(engine => engine.id === id);

// ---------------------------------------------------------------- the answers

/** The number of an outcome, or -1 where the engine names none. */
function verdict(engine, sheet) {
  const input = engine.form(sheet);
  try {
    const given = engine.decide(input);
    if (!engine.ours) return Number.isInteger(given) ? given : -1;
    return given && !(given & given - 1) ? 31 - Math.clz32(given) : -1;
  } catch {
    return -1;
  }
}

const judges = engines.filter(engine => !engine.ours || engine.mode === 'answers');
const complete = invent(JUDGED, 0, 2), gaps = invent(JUDGED, UNANSWERED, 3);
const agreed = complete.filter(sheet => judges.every(engine => verdict(engine, sheet) === category(sheet.facts))).length;
const reached = gaps.map(({facts}) => outcomes(facts));
const undecided = reached.filter(bits => bits & bits - 1).length;
for (const engine of judges) {
  engine.judged = {right: 0, rash: 0, shy: 0, wrong: 0};
  gaps.forEach((sheet, i) => {
    const said = verdict(engine, sheet), isOpen = (reached[i] & reached[i] - 1) !== 0;
    if (isOpen) engine.judged[said < 0 ? 'right' : 'rash']++;
    else engine.judged[said < 0 ? 'shy' : reached[i] === 1 << said ? 'right' : 'wrong']++;
  });
}
/** Whether ours names exactly the outcomes that trying finds. */
const exact = gaps.filter((sheet, i) => oursIn('answers').decide(oursForm(sheet)) === reached[i]).length;

// ---------------------------------------------------------------- the times

// CPU time of the process: others use the machine too.
const cpu = () => { const {user, system} = process.cpuUsage(); return (user + system) / 1000; };
measure(engines, rounds, SLICE, cpu).forEach((taken, i) => { engines[i].node = taken; });

const starters = [oursIn('answers'), ...engines.filter(engine => !engine.ours)];
for (const engine of starters) engine.first = [];
for (let round = 0; round < rounds; round++) {
  for (let k = 0; k < starters.length; k++) {
    const engine = starters[(k + round) % starters.length];
    const out = execFileSync(process.execPath, [join(here, 'first.mjs'), pathToFileURL(engine.file).href, engine.module || '-', JSON.stringify(engine.given[0])], {encoding: 'utf8'});
    engine.first.push(JSON.parse(out).ms);
  }
}

/** The same in a page: the same files, by the clock on the wall, in shorter rounds and more of them for the least. */
async function inBrowser(executablePath) {
  const {chromium} = load('playwright-core');
  const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']});
  try {
    const tab = await browser.newPage();
    const script = path => `data:text/javascript;base64,${readFileSync(path).toString('base64')}`;
    const taken = await tab.evaluate(async ({clock, list, rounds, slice}) => {
      const {measure} = await import(clock);
      const run = [];
      for (const {name, file, module, mode, given} of list) {
        const {open} = await import(file);
        const decide = await open(module && Uint8Array.from(atob(module), c => c.charCodeAt(0)), mode);
        run.push({name, decide, inputs: decide.prepare ? given.map(decide.prepare) : given});
      }
      return measure(run, rounds, slice, () => performance.now());
    }, {
      clock: script(join(here, 'clock.mjs')), ...BROWSER,
      list: engines.map(({name, file, module, mode, given}) => ({name, file: script(file), module: module && readFileSync(module).toString('base64'), mode, given})),
    });
    taken.forEach((times, i) => { engines[i].chromium = times; });
    return browser.version();
  } finally {
    await browser.close();
  }
}
const version = process.env.CHROMIUM ? await inBrowser(process.env.CHROMIUM) : undefined;

// ---------------------------------------------------------------- what came out

const base = oursIn('e');
/** How many times ours an engine takes: the median over the rounds, each compared within itself. */
const times = engine => median(engine.node.map((ns, round) => ns / base.node[round]));

console.log(`\n${CHECK}, decision ${DECISION}; Node ${process.versions.node}, ${version ? `Chromium ${version}` : 'no Chromium: set CHROMIUM'}; ${rounds} rounds (in Chromium ${BROWSER.rounds} short ones), the engines in turn\n`);
table(
  ['', 'engine + rules', 'first', 'Node', 'of ours', 'Chromium', 'of ours', 'right', 'rash'],
  engines.map(engine => [
    engine.name,
    engine.bytes ? `${number(engine.bytes)} B` : '',
    engine.first ? `${short(median(engine.first))} ms` : '',
    `${short(median(engine.node))} ns`,
    engine === base ? '1' : `${short(times(engine))} x`,
    engine.chromium ? `${short(least(engine.chromium))} ns` : '-',
    engine.chromium ? engine === base ? '1' : `${short(least(engine.chromium) / least(base.chromium))} x` : '-',
    engine.judged ? percent(engine.judged.right, JUDGED) : '',
    engine.judged ? percent(engine.judged.rash, undecided) : '',
  ]),
);
console.log(`engine + rules  bytes to the browser, minified, brotli 11
first           load, start and decide one sheet in a fresh process: CPU, median
Node            ns a call: CPU of the process, median; "of ours": median of the ratios within a round
Chromium        ns a call: wall, least; "of ours": ratio of the two least
right, rash     ${number(JUDGED)} sheets with ${100 * UNANSWERED} % unanswered, of which ${number(undecided)} are still open: an outcome where there is one
                and none where it is open; and of the open ones, those for which an outcome is named all the same
Timed are ${TIMED} complete sheets in turn. Ours takes all ${data.facts.length} facts (${data.words} words) and makes all ${data.decisions.length} decisions,
the others get the ${Object.keys(sheets[0].facts).length} facts of ${DECISION} as a finished object and decide only that. From answers: numbers of options become
words first. All rules are written clause by clause as in the rule file; grouped: rearranged by hand to save steps.
`);
for (const line of missing) console.log(`Not measured: ${line}`);
console.log(`Agreement: ${number(agreed)} of ${number(JUDGED)} complete sheets, all ${judges.length} rows and the plain JavaScript of sheets.mjs.`);
console.log(`Sheets with gaps: ours names exactly the outcomes that trying every completion finds on ${number(exact)} of ${number(JUDGED)}.`);
table(['', 'right', 'rash', 'needlessly open', 'wrong'], judges.map(({name, judged: j}) => [name, j.right, j.rash, j.shy, j.wrong].map(v => typeof v === 'number' ? number(v) : v)));

const empty = page.replace(/(<main\b[^>]*>).*(<\/main>)/s, '$1$2');
const asset = name => readFileSync(join(here, '../../../themes/mingbai/static', name));
const published = name => readFileSync(join(work, 'site/assets', readdirSync(join(work, 'site/assets')).find(file => new RegExp(`^check\\.\\w+\\.${name}$`).test(file))));
const sizes = [
  ['module', readFileSync(module)],
  ['glue.mjs and the numbers it needs, minified', readFileSync(glue)],
  ['check.js of the theme', asset('check.js')],
  ['check.js as published', published('js')],
  ['check.css as published', published('css')],
  ['data of the page, with the module as base64', Buffer.from(pageData)],
  ['the page', Buffer.from(page)],
  ['the page with an empty main', Buffer.from(empty)],
].map(([name, bytes]) => ({name, raw: bytes.length, small: brotli(bytes)}));
const size = start => sizes.find(({name}) => name.startsWith(start));
const [whole, shell] = [size('the page'), size('the page with')];
table(['bytes', 'raw', 'brotli 11'], [
  ...sizes.map(({name, raw, small}) => [name, number(raw), number(small)]),
  ['module and glue: engine + rules', ...['raw', 'small'].map(key => number(size('module')[key] + size('glue')[key]))],
  ['check.js and data of the page: engine + rules + every word', ...['raw', 'small'].map(key => number(size('check.js as')[key] + size('data')[key]))],
  ['the page beyond the shell of the site', number(whole.raw - shell.raw), number(whole.small - shell.small)],
  ['the same with check.js and check.css', ...['raw', 'small'].map(key => number(whole[key] - shell[key] + size('check.js as')[key] + size('check.css')[key]))],
]);

const bars = [
  ['write + e in Node, ns', median(base.node), 150, '<='],
  base.chromium && ['write + e in Chromium, ns', least(base.chromium), 150, '<='],
  peer('json-logic-js') && ['json-logic-js, times ours', times(peer('json-logic-js')), 30, '>='],
  peer('publicodes') && ['publicodes, times ours', times(peer('publicodes')), 5000, '>='],
  ['module, raw bytes', size('module').raw, 1500, '<='],
  ['module, brotli bytes', size('module').small, 750, '<='],
  ['engine + rules, brotli bytes', base.bytes, 1800, '<='],
  ['complete sheets on which all agree', agreed, JUDGED, '>='],
  ['sheets with gaps decided too early by ours', oursIn('answers').judged.rash, 0, '<='],
].filter(Boolean);
table(['bar', 'measured', 'bar', ''], bars.map(([name, value, bar, how]) => [name, Number.isInteger(value) ? number(value) : short(value), `${how} ${number(bar)}`, (how === '<=' ? value <= bar : value >= bar) ? 'met' : 'MISSED']));
