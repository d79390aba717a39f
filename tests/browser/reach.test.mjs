// Does everything on a page reach its reader: no text where nobody can scroll to, nothing that covers what has the focus,
// the answer of a page on its first screen, and the same on paper and in old browsers?

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CHECKS } from './checks.mjs';
import { attr, elements, parse } from './html.mjs';
import { KINDS, browse, none, onEvery, read, serve } from './lib.mjs';

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([browse(), serve()]); });
after(async () => { await browser?.close(); await server?.close(); });

// ---------------------------------------------------------------- text out of reach

/** A word without a place to break it, longer than any line of a phone. */
const WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

/**
 * The text of a page, or fields to type in, of which a part lies where no scrolling leads: beyond the edges of the page, or
 * of a box that hides what does not fit. With `word`, every text gets it in addition.
 */
const lost = (page, { scale = 1, word = '' }) => page.evaluate(({ times, long }) => {
  const root = document.documentElement;
  root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * times}px`;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.data.trim() && !/^(SCRIPT|STYLE|NOSCRIPT)$/.test(node.parentElement.tagName) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT),
  });
  const nodes = [];
  while (texts.nextNode()) nodes.push(texts.currentNode);
  // Pictures and options have no lines that could break, readings are syllables.
  if (long) for (const node of nodes) if (!node.parentElement.closest('svg, option, rt, .sr')) node.data += ` ${long}`;
  nodes.push(...document.querySelectorAll('input, select, button, textarea'));
  const page = { left: 0, top: 0, right: root.scrollWidth, bottom: root.scrollHeight };
  const cut = (box, frame) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
  const range = document.createRange();
  const isLost = (node) => {
    range.selectNodeContents(node);
    let box = (node.nodeType === 3 ? range : node).getBoundingClientRect();
    if (!box.width || !box.height || getComputedStyle(node.parentElement).visibility === 'hidden') return false;
    for (let up = node.parentElement; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      // What is for screen readers only is in a box of one pixel; what jumps to the main part is seen when it has the focus.
      if (style.clip !== 'auto' || style.clipPath !== 'none' || up.matches('.skip')) return false;
      const [x, y] = [style.overflowX, style.overflowY];
      if (x === 'visible' && y === 'visible') continue;
      const edge = up.getBoundingClientRect();
      const frame = { left: edge.left + up.clientLeft, top: edge.top + up.clientTop, right: edge.right, bottom: edge.bottom };
      const rolls = { left: frame.left - up.scrollLeft, top: frame.top - up.scrollTop, right: frame.left - up.scrollLeft + up.scrollWidth, bottom: frame.top - up.scrollTop + up.scrollHeight };
      const [across, down] = [x, y].map((one) => (/auto|scroll/.test(one) ? rolls : one === 'visible' ? { left: -1e9, top: -1e9, right: 1e9, bottom: 1e9 } : frame));
      if (cut(box, { left: across.left, right: across.right, top: down.top, bottom: down.bottom })) return true;
      if (/auto|scroll/.test(x + y)) box = edge;
    }
    return cut({ left: box.left + scrollX, right: box.right + scrollX, top: box.top + scrollY, bottom: box.bottom + scrollY }, page);
  };
  const name = (node) => `${(node.data ?? node.outerHTML).trim().slice(0, 24)} in ${(node.parentElement.outerHTML.match(/^<[^>]*>/) ?? [''])[0].slice(0, 60)}`;
  const found = nodes.filter(isLost).map(name);
  const wide = root.scrollWidth > innerWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
  // Frames that scroll can be reached by keyboard.
  const shut = [...document.querySelectorAll('body *')].filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1
    && !one.matches('[tabindex="0"], pre, textarea, input') && !one.querySelector('a[href], button, input')).map((one) => `no focus on ${one.outerHTML.slice(0, 60)}`);
  return [...wide, ...found, ...shut];
}, { times: scale, long: word });

for (const { width, height, options, what } of [
  { width: 320, height: 568, options: { scale: 2 }, what: 'at 320 px with text twice as large' },
  { width: 1280, height: 800, options: { scale: 2 }, what: 'at 1280 px with text twice as large' },
  { width: 320, height: 256, options: {}, what: 'at 1280 × 1024 and 400 %, which is 320 × 256' },
  { width: 320, height: 640, options: { word: WORD }, what: 'at 320 px with a long Latin word in every text' },
]) {
  test(`every text can be reached on every page kind ${what}`, async () => {
    const context = await browser.newContext({ viewport: { width, height } });
    const found = await onEvery(context, KINDS, async (page, path) => {
      await page.goto(server.url(path));
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
      const nodes = await lost(page, options);
      return nodes.length ? `${path}: ${nodes.length}, ${nodes.slice(0, 3).join(' | ')}` : '';
    });
    none(found, 'pages with text out of reach');
  });
}

test('a text behind an edge and a frame without focus are noticed', async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 256 } });
  for (const [html, found] of [
    ['<div style="width:100px;overflow:hidden"><p style="white-space:nowrap">四个县市区和四个县市区的等次</p></div>', 1],
    ['<p style="position:absolute;left:-50px">左边</p>', 1],
    ['<div style="overflow-x:auto"><p style="width:900px">等次</p></div>', 1],
    ['<div style="overflow-x:auto" tabindex="0"><p style="width:900px">等次</p></div>', 0],
    ['<p>等次</p>', 0],
  ]) {
    await page.setContent(html);
    assert.equal((await lost(page, {})).length, found, html);
  }
  await page.close();
});

// ---------------------------------------------------------------- nothing covers anything

/** What has the focus, if another element lies over its middle and its corners; and the same of a question. */
const covered = (page, selector) => page.evaluate((wanted) => {
  const one = wanted ? document.querySelector(wanted) : document.activeElement;
  const what = one.closest('label') ?? one;
  // A link may go on in a second line; its first line is looked at.
  const [box] = what.getClientRects();
  const seen = { left: Math.max(box.left, 0), right: Math.min(box.right, innerWidth), top: Math.max(box.top, 0), bottom: Math.min(box.bottom, innerHeight) };
  if (seen.right - seen.left < 2 || seen.bottom - seen.top < 2) return `not on the screen: ${what.outerHTML.slice(0, 80)}`;
  const over = [[0.5, 0.5], [0.1, 0.15], [0.9, 0.15], [0.1, 0.85], [0.9, 0.85]].map(([x, y]) => document.elementFromPoint(
    seen.left + (seen.right - seen.left) * x,
    seen.top + (seen.bottom - seen.top) * y,
  )).find((other) => other && !what.contains(other) && !other.contains(what));
  return over ? `${over.outerHTML.slice(0, 60)} covers ${what.outerHTML.slice(0, 60)}` : '';
}, selector);

/** Answers the question that is shown in one of the ways that it has, and returns whether there was one. */
const step = async (page, n) => {
  if (await page.locator('#res').isVisible()) return false;
  const options = page.locator('#in [type=radio]');
  const count = await options.count();
  if (count && n % 4 !== 3) await options.nth(n % count).check();
  else if (count || n % 2) { await page.locator('#dk').click(); return true; }
  if (await page.locator('#in select').count()) await page.locator('#in select').selectOption({ index: 1 + (n % 3) }, { force: true });
  const field = page.locator('#in input:not([type=radio]):not([type=checkbox]):not([role=combobox])').first();
  if (await field.count()) await field.fill(await field.getAttribute('type') === 'date' ? '2023-08-01' : '1200');
  await page.locator('#ok').click();
  return true;
};

for (const [width, height] of [[360, 640], [320, 568]]) {
  test(`in every state of every self-check nothing covers the question or the focus at ${width} × ${height}`, async () => {
    const found = [];
    const context = await browser.newContext({ viewport: { width, height } });
    for (const path of CHECKS) {
      for (const way of [0, 1, 3]) {
        const page = await context.newPage();
        page.setDefaultTimeout(5000);
        await page.goto(server.url(path));
        for (let n = 0; n < 24; n += 1) {
          const isDone = await page.locator('#res').isVisible();
          const question = await covered(page, isDone ? '#rh' : '#q');
          if (question) found.push(`${path}, state ${n}: ${question}`);
          // Forward through what can be answered, as far as the details that are below it.
          for (let stop = 0; stop < 9; stop += 1) {
            await page.keyboard.press('Tab');
            const fault = await covered(page, '');
            if (fault) found.push(`${path}, state ${n}, stop ${stop}: ${fault}`);
          }
          if (isDone || !(await step(page, way + n))) break;
        }
        await page.close();
      }
    }
    await context.close();
    none(found, 'things covered');
  });
}

test('on every page kind nothing covers what has the focus, forward and back', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  const found = await onEvery(context, KINDS, async (page, path) => {
    await page.goto(server.url(path));
    const faults = [];
    for (const key of [...Array(20).fill('Tab'), ...Array(12).fill('Shift+Tab')]) {
      await page.keyboard.press(key);
      if (await page.evaluate(() => document.activeElement !== document.body)) faults.push(await covered(page, ''));
    }
    return faults.filter(Boolean).map((fault) => `${path}: ${fault}`);
  });
  none(found.flat(), 'things covered');
});

// ---------------------------------------------------------------- the first screen

/** What a page is asked for, by its address: all of it must be on the first screen of a phone. */
const ANSWERS = [
  [/^index\.html$/, ['#find', '.ways a', '#now', '.quiet, .win .state']],
  [/^counties\/index\.html$/, ['.choose input', '.jump a']],
  [/^counties\//, ['h1', '.answer .warn, .answer .state', '.card h3', '.card dd']],
  [/^schedules\/(?!index)/, ['.answer .span > :last-child dd']],
  [/^(provinces|prefectures)\//, ['h1', '.span > :last-child dd, .due-when, .names a, .counties a, .doc-title, .ics-do a']],
  [/^notices\/(?!index)/, ['h1', '.head .state', '.head li:last-child']],
  [/^checks\/index/, ['.checks a']],
  [/^checks\/[^/]+\.html$/, ['#q', '#in label', '#in input, #in select']],
  [/^assessments\/compare/, ['h1', '.changes td']],
  [/^assessments\/(?!index)/, ['.grades tbody td:nth-child(3)']],
  [/^pilots\/(?!index)/, ['.span > :last-child dd']],
  [/^deadlines/, ['.span > :last-child dd', '.win .state']],
  [/^data\/index/, ['.down a']],
  [/^data\//, ['.down a, .parts a, .parts span, main table th']],
  [/^search\/index\.html\?q=/, ['#find', '.hit a', '.hit-text']],
  [/^search\//, ['#find']],
  [/^404/, ['.plain a']],
  [/^topics\/index/, ['.topics a']],
  [/^glossary/, ['.rows dd']],
  [/(^|\/)index\.html$/, ['.doc-title, .win .state']],
  [/^topics\//, ['.doc-title, .win .state']],
  [/^leaflets\/checks/, ['h1', '.sh-warn']],
  [/^leaflets/, ['h1', '.lt-days dd']],
  [/^checks\/.*rules/, ['h1', '.lead']],
  [/^checks\/.*examples/, ['h1', '.lead', '.note']],
  [/./, ['h1', '.prose p, .prose li']],
];

test('the answer of a page is on its first screen at 360 × 640', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  const found = await onEvery(context, [...KINDS, 'search/index.html?q=右玉县', 'search/index.html?q=续贷什么时候办'], async (page, path) => {
    await page.goto(server.url(path));
    if (path.includes('?q=')) await page.locator('.hit').first().waitFor();
    const [, wanted] = ANSWERS.find(([pattern]) => pattern.test(path));
    const faults = await page.evaluate((selectors) => selectors.map((selector) => {
      const one = [...document.querySelectorAll(selector)].find((element) => element.getClientRects().length > 0);
      if (!one) return `no ${selector}`;
      const { bottom, right } = one.getBoundingClientRect();
      return bottom <= innerHeight && right <= innerWidth ? '' : `${selector} ends at ${Math.round(bottom)}`;
    }).filter(Boolean), wanted);
    return faults.map((fault) => `${path}: ${fault}`);
  });
  none(found.flat(), 'answers below the first screen');
});

// ---------------------------------------------------------------- old browsers

/** The declarations of a style sheet as built: [selectors or at-rule, [property, value]…]. */
function* rules(text) {
  for (const [, head, body] of text.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]*)\{([^{}]*)\}/g)) {
    yield [head.trim(), body.split(';').filter(Boolean).map((one) => [one.slice(0, one.indexOf(':')).trim(), one.slice(one.indexOf(':') + 1).trim()])];
  }
}

/** What browsers of 2018 (Chromium 66, Safari 11.1) do not know and drop, without something before it that they do. */
const unknown = (text) => [...rules(text)].flatMap(([head, all]) => {
  const faults = all.flatMap(([property, value], at) => {
    const before = all.slice(0, at).filter(([other]) => other === property);
    if (/^(row-|column-)?gap$/.test(property)) return ['gap: only grid-gap is known'];
    if (/^(margin|padding|border|inset)-(inline|block)|^inset$|^aspect-ratio$|^place-/.test(property)) return [property];
    if (/^overflow/.test(property) && /clip/.test(value)) return ['overflow: clip'];
    const isNew = (one) => /(^|[^a-z-])(min|max|clamp)\(|[\d.](dvh|svh|lvh)\b|color-mix\(|(^|\s)max-content/.test(one);
    return isNew(value) && !before.some(([, other]) => !isNew(other)) ? [`${property}: ${value}`] : [];
  });
  // One selector that is not known makes a browser drop the whole list.
  const isList = /:(is|where|has|focus-visible)\b|::details-content/.test(head) && head.replace(/\([^()]*\)/g, '').includes(',');
  return [...faults, ...(isList ? ['a list with a new selector'] : [])].map((fault) => `${head.slice(0, 60)}: ${fault}`);
});

/** The style sheets of all page kinds. */
const sheetsOf = () => [...new Set(KINDS.flatMap((path) => elements(parse(read(path)), 'link').filter((link) => attr(link, 'rel') === 'stylesheet')
  .map((link) => attr(link, 'href').replace(/^.*(?=assets\/)/, ''))))];

test('a browser of 2018 knows the margins and gaps of every style sheet', () => {
  const sheets = sheetsOf();
  assert.ok(sheets.length > 4, `${sheets.length} sheets`);
  none(sheets.flatMap((path) => unknown(read(path)).map((fault) => `${path}: ${fault}`)), 'things that an old browser drops');
  for (const [text, count] of [
    ['a{gap:1rem;display:flex}', 1], ['a{padding:1rem;padding:min(1rem,5vw)}', 0], ['a{padding:min(1rem,5vw)}', 1], ['@media print{a{font:700 clamp(1rem,2vw,3rem) serif}}', 1],
    ['a{grid-template-columns:minmax(0,1fr)}', 0], ['a{overflow-x:clip}', 1], ['a,b:has(c){color:red}', 1], ['a:is(b,c){color:red}', 0], ['a{margin-inline:1px}', 1],
  ]) assert.equal(unknown(text).length, count, text);
});

test('nothing moves by itself, and only the page that is open looks so in forced colours', async () => {
  const text = sheetsOf().map((path) => read(path)).join('');
  assert.doesNotMatch(text, /transition|animation|@keyframes|scroll-behavior/);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, forcedColors: 'active' });
  const page = await context.newPage();
  await page.goto(server.url('deadlines.html'));
  const marked = await page.locator('.nav a').evaluateAll((links) => links.filter((one) => {
    const style = getComputedStyle(one);
    return style.borderBottomWidth !== '0px' || style.textDecorationLine !== 'none';
  }).map((one) => one.textContent.trim()));
  assert.deepEqual(marked, ['时间']);
  await context.close();
});

test('on paper a heading keeps its text, a row stays whole, and the repeated head of a table has names and no arrows', async () => {
  const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
  await page.goto(server.url('assessments/henan-2018.html'));
  await page.locator('.units .sort').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  const faults = await page.evaluate(() => {
    const of = (one, part) => getComputedStyle(one, part);
    const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    return [
      ...all('main h2, main h3').filter((one) => of(one).breakAfter !== 'avoid' && !one.closest('.gw')).map((one) => `${one.textContent} may lose its text`),
      // Chromium leaves a heading alone before a list that may be divided; so the heading asks for the room of a few lines.
      ...all('.sec > h2').filter((one) => parseFloat(of(one, '::after').height) < 50).map((one) => `${one.textContent} asks for no room`),
      ...all('.sort').filter((one) => of(one, '::before').content !== 'none' || of(one, '::after').content !== 'none').map((one) => `${one.textContent} has an arrow`),
      // Buttons are not repeated with a head.
      ...[...document.querySelectorAll('.sort')].filter((one) => of(one).display !== 'contents').map((one) => `${one.textContent} is a button`),
      ...all('thead').filter((one) => of(one).display !== 'table-header-group').map(() => 'a head that is not repeated'),
      ...all('tbody tr').filter((one) => of(one).breakInside !== 'avoid').map((one) => `${one.textContent} may be divided`),
    ];
  });
  await page.close();
  none([...new Set(faults)], 'faults on paper');
});

test('the policy of every page kind lets it ask its own site, for data and for a manifest, and nobody else', () => {
  const policies = KINDS.map((path) => attr(elements(parse(read(path)), 'meta').find((one) => attr(one, 'http-equiv') === 'Content-Security-Policy'), 'content'));
  for (const rule of ["default-src 'none'", "connect-src 'self'", "manifest-src 'self'"]) {
    assert.deepEqual(KINDS.filter((path, index) => !policies[index].split('; ').includes(rule)), [], rule);
  }
});
