// Compares the search with Pagefind; started by tests/bench/search/run.
//   node bench.mjs WORK PROGRAM NAME=SOURCE...
// WORK holds node_modules and takes what is made; a SOURCE is the folder of a site. MINGBAI_PARTS (letters of a to f and
// r for relevance) names what is measured when not all is wanted.
import {execFileSync} from 'node:child_process';
import {existsSync, linkSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {filesOf, serve} from './server.mjs';

const EVERY = 6;         // of the answerable questions, one of so many is asked cold and on the slow link
const TITLES = 5;
const WARM = 3;          // times that a question is asked again
const BUILDS = 3;
const SLOW_EVERY = 4;    // of those, one of so many is asked of Pagefind on the slow link, which takes it long
const DELAY = 60;        // ms that each answer waits where rounds are counted, so that what is asked at once overlaps
const SLOW = {offline: false, latency: 300, downloadThroughput: 50_000, uploadThroughput: 50_000};
const TABS = 3;          // on the slow link, where the processor hardly works
const WORST = 6;

const here = dirname(fileURLToPath(import.meta.url));
const work = resolve(process.argv[2]), program = resolve(process.argv[3]);
const parts = process.env.MINGBAI_PARTS ?? 'abcdefr';
const load = createRequire(join(work, 'package.json'));
const {chromium} = load('playwright-core');
const pagefindVersion = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).dependencies.pagefind;
const indexer = filesOf(join(work, 'node_modules/@pagefind')).filter(file => /\/pagefind_extended(\.exe)?$/.test(file)).map(file => join(work, 'node_modules/@pagefind', file))[0];
if (!indexer) throw new Error('the extended program of Pagefind is not there');

// ---------------------------------------------------------------- words and numbers

const sorted = list => [...list].sort((a, b) => a - b);
const median = list => { const s = sorted(list), m = s.length >> 1; return s.length % 2 ? s[m] : (s[m - 1] + s[m]) / 2; };
const high = list => sorted(list)[Math.ceil(0.95 * list.length) - 1];
const sum = list => list.reduce((all, v) => all + v, 0);
const mean = list => sum(list) / list.length;
const number = (v, digits = 0) => v.toLocaleString('en-US', {minimumFractionDigits: digits, maximumFractionDigits: digits});
const wide = text => sum(Array.from(String(text), c => c > '\u2e80' ? 2 : 1));

function table(head, rows) {
  const all = [head, ...rows].map(row => row.map(String)), widths = head.map((_, i) => Math.max(...all.map(row => wide(row[i] ?? ''))));
  const left = head.map((name, i) => i === 0 || name.startsWith('which'));
  const [first, ...rest] = all.map(row => row.map((cell, i) => { const room = ' '.repeat(widths[i] - wide(cell)); return left[i] ? cell + room : room + cell; }).join('  ').trimEnd());
  console.log([first, widths.map(w => '-'.repeat(w)).join('  '), ...rest, ''].join('\n'));
}
const say = text => process.stderr.write(`${text}\n`);

/** Always the same order. */
function shuffled(list, seed) {
  const out = [...list];
  let state = seed;
  for (let i = out.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = Math.floor(state / 2 ** 32 * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

// ---------------------------------------------------------------- the questions

const questions = readFileSync(join(here, '../../search/queries.jsonl'), 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line));
const answerable = questions.filter(({want}) => want.length > 0);
const few = answerable.filter((_, i) => i % EVERY === 0);

/** Whether an address is a target. `generous`: the page is enough. */
function fits(url, target, generous) {
  const [page, anchor] = target.split('#'), [urlPage, urlAnchor = ''] = url.split('#');
  return page === urlPage && (generous || !anchor || urlAnchor === anchor || urlAnchor.startsWith(`${anchor}-`));
}

/** `found`: addresses for each question, best first. */
function judge(found, generous) {
  const scores = answerable.map(({want}, i) => {
    const urls = found.get(answerable[i].query).slice(0, 10);
    const wanted = want.map(item => item.split(' | '));
    const hits = (url, item) => item.some(target => fits(url, target, generous));
    const first = urls.findIndex(url => wanted.some(item => hits(url, item)));
    return {
      success: first === 0 ? 1 : 0,
      rank: first < 0 ? 0 : 1 / (first + 1),
      recall: wanted.filter(item => urls.slice(0, 5).some(url => hits(url, item))).length / wanted.length,
      none: urls.length ? 0 : 1,
    };
  });
  const of = key => mean(scores.map(score => score[key]));
  return {success: of('success'), rank: of('rank'), recall: of('recall'), none: sum(scores.map(({none}) => none))};
}

// ---------------------------------------------------------------- the engines, as a page uses them

/** Runs in the page: `window.bench.first(q)` loads the engine and asks, `again(q)` asks. Both give {ms, urls}. */
function prepare({kind, script, more, titles}) {
  const engines = {
    mingbai: {
      // As site.js does when somebody goes to the box.
      load: () => new Promise((done, fail) => {
        window._mb = (name, text) => { window._mb[name] = text; };
        for (const address of [script.replace(/assets\/[^/]*$/, 'search/index.js'), script]) {
          const element = document.createElement('script');
          element.async = false;
          element.src = address;
          element.dataset.more = more;
          if (address === script) element.onload = done;
          element.onerror = fail;
          document.head.append(element);
        }
      }),
      ask: async query => (await window.mingbaiSearch.ask(query)).found.slice(0, titles).map(({url, title}) => ({url, title})),
    },
    pagefind: {
      load: async () => {
        window.pagefind = await import(script);
        await window.pagefind.options(kind === 'pagefind' ? {} : {noWorker: true});
      },
      ask: async (query, most = titles) => {
        const {results} = await window.pagefind.search(query);
        const data = await Promise.all(results.slice(0, most).map(one => one.data()));
        return data.map(({url, meta}) => ({url: url.replace(/^\//, ''), title: meta.title}));
      },
    },
  };
  const engine = engines[kind.split(' ')[0]];
  const again = async (query, most) => {
    const begin = performance.now(), found = await engine.ask(query, most);
    return {ms: performance.now() - begin, found};
  };
  window.bench = {
    again,
    first: async query => {
      const begin = performance.now();
      await engine.load();
      const {found} = await again(query);
      return {ms: performance.now() - begin, found};
    },
    warm: async (query, times) => {
      const list = [];
      for (let i = 0; i < times; i++) list.push((await again(query)).ms);
      return list;
    },
  };
}

/**
 * Watches what a page and its workers ask for: {path, begin, end}, by the clock of the browser, from the moment when a
 * request is made (not when a connection is free). `conditions`: those of the link.
 */
async function watch(page, conditions) {
  const session = await page.context().newCDPSession(page), requests = new Map(), seen = new Map();
  const take = (target, method, params) => {
    const id = `${target} ${params?.requestId}`;
    if (method === 'Network.requestWillBeSent') {
      const path = new URL(params.request.url).pathname.slice(1);
      if (!seen.has(path)) seen.set(path, {begin: 1000 * params.timestamp});
      requests.set(id, seen.get(path));
    }
    if (method === 'Network.loadingFinished' && requests.has(id)) requests.get(id).end ??= 1000 * params.timestamp;
  };
  const orders = [['Network.enable', {}], ...(conditions ? [['Network.emulateNetworkConditions', conditions]] : [])];
  for (const method of ['Network.requestWillBeSent', 'Network.loadingFinished']) session.on(method, params => take('', method, params));
  session.on('Target.receivedMessageFromTarget', ({sessionId, message}) => { const {method, params} = JSON.parse(message); take(sessionId, method, params); });
  let last = 0;
  session.on('Target.attachedToTarget', ({sessionId}) => {
    for (const [method, params] of [...orders, ['Runtime.runIfWaitingForDebugger', {}]]) {
      session.send('Target.sendMessageToTarget', {sessionId, message: JSON.stringify({id: ++last, method, params})}).catch(() => {});
    }
  });
  for (const [method, params] of orders) await session.send(method, params);
  await session.send('Target.setAutoAttach', {autoAttach: true, waitForDebuggerOnStart: true, flatten: false});
  return seen;
}

/** Longest chain of requests each of which was made after the end of the one before. */
function rounds(requests) {
  const depths = [];
  for (const request of requests.sort((a, b) => a.begin - b.begin)) {
    depths.push({end: request.end, depth: 1 + Math.max(0, ...depths.filter(({end}) => end <= request.begin).map(({depth}) => depth))});
  }
  return Math.max(0, ...depths.map(({depth}) => depth));
}

// ---------------------------------------------------------------- one site

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
});

function timed(log, ...command) {
  return JSON.parse(execFileSync('python3', [join(here, 'usage.py'), log, ...command], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']}));
}
/** Median of some runs of each of several commands, in turn; `before` clears the way. */
function inTurn(commands, times) {
  const runs = commands.map(() => []);
  for (let i = 0; i < times; i++) commands.forEach(({log, before, command}, k) => { before?.(); runs[k].push(timed(log, ...command)); });
  return runs.map(list => Object.fromEntries(['wall', 'cpu', 'peak'].map(key => [key, median(list.map(run => run[key]))])));
}

async function measure(name, source) {
  const folder = join(work, name), built = join(folder, 'site'), html = join(folder, 'html'), bundle = join(folder, 'pagefind');
  mkdirSync(folder, {recursive: true});
  const clear = path => rmSync(path, {recursive: true, force: true});
  const out = {name};

  // ---- builds: f ----
  // Pagefind gets the pages themselves: no search page, no page for wrong addresses, none that only sends on.
  const link = () => {
    clear(html);
    let count = 0;
    for (const file of filesOf(built)) {
      if (!file.endsWith('.html') || file.startsWith('search/') || file === '404.html') continue;
      if (/<meta\b[^>]*http-equiv="?refresh\b/i.test(readFileSync(join(built, file), 'utf8').slice(0, 4000))) continue;
      mkdirSync(dirname(join(html, file)), {recursive: true});
      linkSync(join(built, file), join(html, file));
      count++;
    }
    return count;
  };
  const build = {log: join(folder, 'build.log'), before: () => clear(built), command: [program, 'build', source, '--out', built]};
  const search = {log: join(folder, 'search.log'), command: [program, 'search', '右玉县', source]};
  const index = {log: join(folder, 'pagefind.log'), before: () => { clear(bundle); out.pages ??= link(); }, command: [indexer, '--site', html, '--output-path', bundle, '--root-selector', 'main', '--keep-index-url']};
  say(`${name}: builds`);
  if (parts.includes('f')) {
    [out.build, out.search, out.index] = inTurn([build, search, index], BUILDS);
  } else {
    if (!existsSync(built)) inTurn([build], 1);
    if (!existsSync(bundle)) inTurn([index], 1);
    out.pages ??= filesOf(html).length;
  }

  // ---- sizes: e ----
  say(`${name}: sizes`);
  const site = await serve({'': built, pagefind: bundle});
  const asset = (stem, suffix) => `assets/${readdirSync(join(built, 'assets')).find(file => new RegExp(`^${stem}\\.\\w+\\.${suffix}$`).test(file))}`;
  const [script, more] = [asset('search', 'js'), asset('search-more', 'js')];
  const kind = path => {
    const at = path.split('/').pop();
    if (path === script) return 'search.js';
    if (path === more) return 'search-more.js';
    if (path === 'search/index.js') return 'entry index.js';
    return {s: 'shelves s*.js', p: 'places p*.js', b: 'boxes b*.js', x: 'x.js', y: 'y.js'}[at[0]] ?? at;
  };
  const ours = [script, more, ...filesOf(join(built, 'search')).filter(file => file.endsWith('.js')).map(file => `search/${file}`)];
  const theirs = filesOf(bundle).filter(file => /^(pagefind|pagefind-worker)\.js$|^pagefind-entry\.json$|\.pf_\w+$|\.pagefind$/.test(file)).map(file => `pagefind/${file}`);
  const weigh = paths => {
    const list = paths.map(path => ({path, ...site.sent(path)}));
    const raw = ({body, raw, packed}) => packed || body[0] !== 0x1f ? raw : gunzipSync(body).length;
    return {files: list.length, sent: sum(list.map(({body}) => body.length)), raw: sum(list.map(raw)), most: Math.max(...list.map(({body}) => body.length))};
  };
  out.size = {mingbai: weigh(ours), pagefind: weigh(theirs)};
  const kinds = [...new Set(ours.map(kind))].map(one => ({kind: one, ...weigh(ours.filter(path => kind(path) === one))}));

  // ---- in the browser ----
  const engines = [
    {kind: 'mingbai', script: `${site.origin}/${script}`, more},
    {kind: 'pagefind', script: `${site.origin}/pagefind/pagefind.js`},
    {kind: 'pagefind no worker', script: `${site.origin}/pagefind/pagefind.js`},
  ].map(engine => ({...engine, cold: [], next: [], slow: [], warm: []}));

  async function open(engine) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${site.origin}/blank.html`);
    await page.evaluate(prepare, {kind: engine.kind, script: engine.script, more: engine.more, titles: TITLES});
    return page;
  }
  const first = (page, query) => page.evaluate(query => window.bench.first(query), query);

  /** One question in a page where nothing has been asked; what was asked for on the way. */
  async function cold(engine, {query}) {
    const page = await open(engine), seen = await watch(page);
    site.log = [];
    site.delay = DELAY;
    const {found} = await first(page, query);
    site.delay = 0;
    const sent = site.log;
    for (let waits = 0; waits < 20 && !sent.every(({path}) => seen.get(path)?.end); waits++) await new Promise(done => setTimeout(done, 10));
    await page.context().close();
    // What the browser does not tell (of a worker's own script, for one) is taken from the server, by its clock.
    const apart = Math.min(...sent.filter(({path}) => seen.has(path)).map(({path, begin}) => begin - seen.get(path).begin));
    const log = sent.map(one => ({...one, begin: seen.get(one.path)?.begin ?? one.begin - apart, end: seen.get(one.path)?.end ?? one.end - apart}));
    return {query, found, log, bytes: sum(log.map(({bytes}) => bytes)), requests: log.length, rounds: rounds(log)};
  }

  /** All answerable questions in one page: bytes of each next one, and the time of the same again. */
  async function session(engine) {
    const page = await open(engine), [start, ...rest] = shuffled(answerable, 1);
    await first(page, start.query);
    for (const {query} of rest) {
      site.log = [];
      await page.evaluate(query => window.bench.again(query), query);
      const log = site.log;
      engine.next.push({query, log, bytes: sum(log.map(({bytes}) => bytes))});
      if (parts.includes('d')) engine.warm.push({query, ms: median(await page.evaluate(([query, times]) => window.bench.warm(query, times), [query, WARM]))});
    }
    await page.context().close();
  }

  async function slow(engine) {
    const queue = few.filter((_, i) => engine.kind === 'mingbai' || i % SLOW_EVERY === 0);
    await Promise.all(Array.from({length: TABS}, async () => {
      for (let question; (question = queue.shift());) {
        const page = await open(engine);
        await watch(page, SLOW);
        const {ms} = await first(page, question.query);
        engine.slow.push({query: question.query, ms});
        await page.context().close();
      }
    }));
  }

  for (const engine of engines) {
    if (parts.includes('a')) {
      say(`${name}: ${engine.kind}, cold`);
      for (const question of few) engine.cold.push(await cold(engine, question));
    }
    if ((parts.includes('b') || parts.includes('d')) && engine !== engines[2]) {
      say(`${name}: ${engine.kind}, one question after the other`);
      await session(engine);
    }
  }
  if (parts.includes('c')) {
    for (const engine of engines) {
      say(`${name}: ${engine.kind}, slow link`);
      await slow(engine);
    }
  }

  // ---- relevance ----
  if (parts.includes('r')) {
    say(`${name}: relevance`);
    const file = join(folder, 'queries.txt');
    writeFileSync(file, `${questions.map(({query}) => query).join('\n')}\n`);
    const lines = execFileSync(program, ['search', '--queries', file, source], {encoding: 'utf8', maxBuffer: 1 << 30}).split('\n').filter(Boolean).map(line => JSON.parse(line));
    const terminal = new Map(lines.map(({query, results}) => [query, results]));
    const page = await open(engines[1]);
    await first(page, questions[0].query);
    const browserFound = new Map();
    for (const {query} of questions) browserFound.set(query, (await page.evaluate(([query, most]) => window.bench.again(query, most), [query, 10])).found);
    await page.context().close();
    const urls = map => new Map([...map].map(([query, list]) => [query, list.map(({url}) => url)]));
    const rest = questions.filter(({want}) => want.length === 0);
    engines[0].relevance = {...judge(urls(terminal), false), generous: judge(urls(terminal), true), quiet: rest.filter(({query}) => terminal.get(query).every(({weak}) => weak)).length};
    engines[1].relevance = {...judge(urls(browserFound), true), generous: judge(urls(browserFound), true), quiet: rest.filter(({query}) => browserFound.get(query).length === 0).length};
    out.open = rest.length;
    out.alike = engines[0].cold.filter(({query, found}) => JSON.stringify(found.map(({url}) => url)) === JSON.stringify(terminal.get(query).slice(0, found.length).map(({url}) => url))).length;
  }
  await site.close();

  // ---------------------------------------------------------------- what came out

  const [mingbai, pagefind] = engines, real = name === 'real';
  const rows = [], missed = [];
  /** `get` of an engine gives a number, or nothing where it was not measured. */
  function row(label, get, show, bar) {
    const values = engines.map(engine => { try { return get(engine); } catch { return undefined; } });
    if (values.every(v => v === undefined || Number.isNaN(v))) return;
    const met = bar === undefined ? '' : values[0] <= bar ? 'met' : 'MISSED';
    if (met === 'MISSED') missed.push(label);
    rows.push([label, ...values.map(v => v === undefined || Number.isNaN(v) ? '' : show(v)), bar === undefined ? '' : `<= ${show(bar)}`, met]);
  }
  const bytes = v => `${number(v)} B`, seconds = v => `${number(v, 2)} s`, ms = v => `${number(v, 2)} ms`, plain = v => number(v), share = v => number(v, 3);
  const some = list => list.length ? list : undefined;
  const size = engine => engine.kind === 'mingbai' ? out.size.mingbai : engine.kind === 'pagefind' ? out.size.pagefind : undefined;
  const only = value => engine => engine.kind === 'pagefind no worker' ? undefined : value[engine.kind];
  row('a first question, bytes, median', e => median(some(e.cold).map(c => c.bytes)), bytes, real ? 12_000 : 25_000);
  row('a first question, bytes, p95', e => high(some(e.cold).map(c => c.bytes)), bytes, real ? 20_000 : 45_000);
  row('a requests, median', e => median(some(e.cold).map(c => c.requests)), plain, 8);
  row('a requests, most', e => Math.max(...some(e.cold).map(c => c.requests)), plain, 8);
  row('a rounds, median', e => median(some(e.cold).map(c => c.rounds)), plain, 3);
  row('a rounds, most', e => Math.max(...some(e.cold).map(c => c.rounds)), plain, 3);
  row('a nothing found, questions', e => some(e.cold).filter(c => !c.found.length).length, plain);
  row('b next question, bytes, median', e => median(some(e.next).map(c => c.bytes)), bytes, 3000);
  row('b next question, bytes, p95', e => high(some(e.next).map(c => c.bytes)), bytes, 12_000);
  row('c slow link, first titles, median', e => median(some(e.slow).map(c => c.ms / 1000)), seconds, 1.8);
  row('c slow link, first titles, p95', e => high(some(e.slow).map(c => c.ms / 1000)), seconds);
  row('d warm, median', e => median(some(e.warm).map(c => c.ms)), ms, 1);
  row('d warm, p95', e => high(some(e.warm).map(c => c.ms)), ms, 10);
  row('e all files as sent', e => size(e)?.sent, bytes, real ? undefined : 1_500_000);
  row('e all files, unpacked', e => size(e)?.raw, bytes);
  row('e files', e => size(e)?.files, plain);
  row('e largest file as sent', e => size(e)?.most, bytes);
  if (out.index) {
    row('f making the index, CPU', only({mingbai: out.search.cpu, pagefind: out.index.cpu}), seconds);
    row('f making the index, wall', only({mingbai: out.search.wall, pagefind: out.index.wall}), seconds);
    row('f making the index, peak MB', only({mingbai: out.search.peak, pagefind: out.index.peak}), plain);
    row('f whole mingbai build, CPU', only({mingbai: out.build.cpu}), seconds);
    row('f whole mingbai build, wall', only({mingbai: out.build.wall}), seconds);
    row('f whole mingbai build, peak MB', only({mingbai: out.build.peak}), plain);
  }
  for (const [label, key] of [['success@1', 'success'], ['MRR@10', 'rank'], ['recall@5', 'recall']]) row(`r ${label}`, e => e.relevance[key], share);
  for (const [label, key] of [['success@1', 'success'], ['MRR@10', 'rank'], ['recall@5', 'recall']]) row(`r ${label}, by page`, e => e.relevance.generous[key], share);
  row('r answerable, nothing found', e => e.relevance.none, plain);
  row(`r not answerable (${out.open}), rightly none`, e => e.relevance.quiet, plain);

  console.log(`\n== ${name}: ${number(out.pages)} pages ==\n`);
  table(['', 'mingbai', 'Pagefind', 'without worker', 'bar', ''], rows);
  if (parts.includes('r') && mingbai.cold.length) console.log(`The first titles in the browser are those of the terminal for ${out.alike} of ${mingbai.cold.length} questions.`);
  const lost = [...new Set(engines.flatMap(engine => [...engine.cold, ...engine.next]).flatMap(({log}) => log.filter(({found}) => !found).map(({path}) => path)))];
  if (lost.length) console.log(`Not found by the server: ${lost.join(', ')}`);
  console.log(missed.length ? `Bars missed: ${missed.join('; ')}.\n` : 'All bars met.\n');

  console.log('Files of mingbai, and what a first and a next question takes of them on average:\n');
  const taken = (list, one) => { const logs = list.map(({log}) => log.filter(({path}) => kind(path) === one)); return list.length ? [number(mean(logs.map(log => log.length)), 2), bytes(mean(logs.map(log => sum(log.map(r => r.bytes)))))] : ['', '']; };
  table(['', 'files', 'as sent', 'raw', 'largest', 'first: requests', 'bytes', 'next: requests', 'bytes'], kinds.map(one => [one.kind, number(one.files), bytes(one.sent), bytes(one.raw), bytes(one.most), ...taken(mingbai.cold, one.kind), ...taken(mingbai.next, one.kind)]));

  const names = log => log.filter(({path}) => path.startsWith('search/') && !path.endsWith('index.js') || path === more).sort((a, b) => b.bytes - a.bytes).map(({path, bytes}) => `${path === more ? 'more' : path.split('/').pop().slice(0, -3)} ${number(bytes)}`).join(', ');
  const worst = (list, key) => [...list].sort((a, b) => b[key] - a[key]).slice(0, WORST);
  const deepest = [...mingbai.cold].sort((a, b) => b.rounds - a.rounds || b.requests - a.requests).slice(0, WORST);
  if (mingbai.cold.length) {
    const counts = [...new Set(sorted(mingbai.cold.map(c => c.rounds)))].map(n => `${n} for ${mingbai.cold.filter(c => c.rounds === n).length}`);
    console.log(`Rounds: ${counts.join(', ')} of ${mingbai.cold.length} first questions.\n`);
    table(['most bytes, first', 'bytes', 'requests', 'rounds', 'which files'], worst(mingbai.cold, 'bytes').map(c => [c.query, number(c.bytes), c.requests, c.rounds, names(c.log)]));
    table(['most rounds', 'bytes', 'requests', 'rounds', 'which files, ms after the first'], deepest.map(c => [c.query, number(c.bytes), c.requests, c.rounds, [...c.log].sort((a, b) => a.begin - b.begin).map(({path, begin}) => `${path === script ? 'search.js' : path === more ? 'more' : path.split('/').pop().slice(0, -3)} +${number(begin - c.log.reduce((least, r) => Math.min(least, r.begin), Infinity))}`).join(', ')]));
  }
  if (mingbai.next.length) table(['most bytes, next', 'bytes', 'which files'], worst(mingbai.next, 'bytes').map(c => [c.query, number(c.bytes), names(c.log)]));
  if (mingbai.slow.length) table(['slowest on the slow link', 's'], worst(mingbai.slow, 'ms').map(c => [c.query, number(c.ms / 1000, 2)]));
  if (mingbai.warm.length) table(['slowest warm', 'ms', 'Pagefind'], worst(mingbai.warm, 'ms').map(c => [c.query, number(c.ms, 2), number(pagefind.warm.find(({query}) => query === c.query).ms, 2)]));
  return missed.length;
}

try {
  console.log(`Search beside Pagefind ${pagefindVersion} (extended, --root-selector main); Chromium ${browser.version()}, Node ${process.versions.node}`);
  console.log(`${answerable.length} answerable questions, of which every ${EVERY}th (${few.length}) cold and on the slow link; ${TITLES} titles each.`);
  for (const pair of process.argv.slice(4)) {
    const at = pair.indexOf('=');
    await measure(pair.slice(0, at), resolve(pair.slice(at + 1)));
  }
  console.log(`a  from nothing in the cache: bytes of the bodies as sent (brotli 11; files of Pagefind that are gzip already as they
   are), number of requests, longest chain of requests of which each begins after the end of the one before.
   For mingbai search.js, search-more.js where used, entry, shelves, boxes; for Pagefind pagefind.js, worker, entry,
   meta, wasm, chunks, fragments. Neither the page nor its style nor site.js. A question without result costs less.
b  each further question of one session, all answerable ones in a shuffled order
c  the same as a (Pagefind: every ${SLOW_EVERY}th of the questions), with 300 ms for each request and 50 kB/s for all together; HTTP/1.1, so six requests at a time
d  the same question again, median of ${WARM}
e  what the browser may ask for: mingbai: search/ without its page, and both scripts; Pagefind: pagefind/ without its
   ready-made boxes (pagefind-ui and others)
f  median of ${BUILDS}. mingbai search reads the site, makes the models and the index, and asks once; Pagefind reads the
   finished HTML pages. A whole build writes the index too.
r  mingbai: anchors must fit; by page, and Pagefind always: the page is enough`);
} finally {
  await browser.close();
}
