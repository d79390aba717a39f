// Can everybody use every kind of page: with assistive technology, on a small screen, with large text,
// by keyboard, on paper?

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { COLOURS, KINDS, browse, none, onEvery, serve, sideways, violations } from './lib.mjs';

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([browse(), serve()]); });
after(async () => { await browser?.close(); await server?.close(); });

// One pass reads everything; in the other colour scheme of the same width only colours can differ,
// so only the rules about colours are asked again.
const MODES = [
  { width: 360, scheme: 'light' },
  { width: 360, scheme: 'dark', rules: COLOURS },
  { width: 1280, scheme: 'dark' },
  { width: 1280, scheme: 'light', rules: COLOURS },
];

for (const { width, scheme, rules } of MODES) {
  test(`axe finds nothing on any page kind at ${width} px, ${scheme}${rules ? ' (colours)' : ''}`, async () => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme });
    const found = await onEvery(context, KINDS, async (page, path) => {
      await page.goto(server.url(path));
      return (await violations(page, rules)).map((one) => `${path}: ${one}`);
    });
    none(found.flat(), 'violations');
  });
}

test('dark colours are really dark', async () => {
  const context = await browser.newContext({ colorScheme: 'dark' });
  const page = await context.newPage();
  await page.goto(server.url('index.html'));
  const [paper, ink] = await page.evaluate(() => {
    const light = (value) => { const [r, g, b] = value.match(/[\d.]+/g).map(Number); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const body = getComputedStyle(document.body);
    const root = getComputedStyle(document.documentElement);
    const clear = /^rgba\(.*, 0\)$/;
    return [light(clear.test(body.backgroundColor) ? root.backgroundColor : body.backgroundColor), light(body.color)];
  });
  await context.close();
  assert.ok(paper < 60 && ink > 150, `paper ${paper}, ink ${ink}`);
});

for (const { width, scale, what } of [
  { width: 320, scale: 1, what: 'at 320 px' },
  { width: 360, scale: 2, what: 'at 360 px with text twice as large' },
]) {
  test(`no page kind scrolls sideways ${what}`, async () => {
    const context = await browser.newContext({ viewport: { width, height: 700 } });
    const found = await onEvery(context, KINDS, async (page, path) => {
      await page.goto(server.url(path));
      const fault = await sideways(page, scale);
      return fault && `${path}: ${fault}`;
    });
    none(found, 'pages with a fault');
  });
}

test('body text is at least 16 px and lines are not wider than a reader can follow', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const found = await onEvery(context, KINDS, async (page, path) => {
    await page.goto(server.url(path));
    const fault = await page.evaluate(() => {
      const size = parseFloat(getComputedStyle(document.body).fontSize);
      const range = document.createRange();
      const long = [...document.querySelectorAll('main p')].find((one) => {
        range.selectNodeContents(one);
        return [...range.getClientRects()].some((line) => line.width / parseFloat(getComputedStyle(one).fontSize) > 50);
      });
      return size < 16 ? `text of ${size} px` : long ? `lines of more than 50 characters: ${long.textContent.slice(0, 40)}` : '';
    });
    return fault && `${path}: ${fault}`;
  });
  none(found, 'pages with a fault');
});

test('Tab reaches the skip link first, and Enter moves to the main part', async () => {
  const context = await browser.newContext();
  const found = await onEvery(context, KINDS, async (page, path) => {
    await page.goto(server.url(path));
    await page.keyboard.press('Tab');
    const skip = await page.evaluate(() => {
      const link = document.activeElement;
      const box = link.getBoundingClientRect();
      return { href: link.getAttribute('href') ?? '', name: link.tagName, shown: box.width > 20 && box.height > 10 && box.left >= 0 && box.top >= 0 };
    });
    if (skip.name !== 'A' || !skip.href.startsWith('#')) return `${path}: first stop is <${skip.name}> ${skip.href}`;
    if (!skip.shown) return `${path}: the skip link has the focus but cannot be seen`;
    await page.keyboard.press('Enter');
    const landed = await page.evaluate(() => document.querySelector(':target')?.closest('main') !== null && document.querySelector(':target') !== null);
    await page.keyboard.press('Tab');
    const next = await page.evaluate(() => {
      const main = document.querySelector('main');
      const stop = document.activeElement;
      // A main part without any link lets the focus go on to what follows it.
      return main.contains(stop) || (main.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    });
    return landed && next ? '' : `${path}: Enter does not move to <main>`;
  });
  none(found, 'pages with a fault');
});

test('every stop of the keyboard on a notice, on a county page and in a self-check can be seen', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
  for (const path of ['notices/shanxi-2020-renewal.html', 'counties/140623.html', 'checks/hunan-rescue.html']) {
    const page = await context.newPage();
    await page.goto(server.url(path));
    const stops = await page.evaluate(() => document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]').length);
    for (let n = 0; n < Math.min(stops, 40); n += 1) {
      await page.keyboard.press('Tab');
      const fault = await page.evaluate(() => {
        const one = document.activeElement;
        if (one === document.body) return '';
        const style = getComputedStyle(one);
        const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
        return ring ? '' : one.outerHTML.slice(0, 120);
      });
      assert.equal(fault, '', `${path}: no focus ring`);
    }
    await page.close();
  }
  await context.close();
});

test('the address of a clause opens the notice at that clause and marks it', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 700 } });
  const page = await context.newPage();
  const look = () => page.evaluate(() => {
    const clause = document.getElementById('c1-3');
    const style = (one) => { const s = getComputedStyle(one); return [s.backgroundColor, s.outlineStyle, s.borderInlineStartColor, s.borderInlineStartWidth, s.boxShadow].join(' '); };
    return [clause, clause.parentElement, clause.firstElementChild ?? clause].map(style).join(' / ');
  });
  await page.goto(server.url('notices/shanxi-2020-renewal.html'));
  const plain = await look();
  await page.goto('about:blank');
  await page.goto(server.url('notices/shanxi-2020-renewal.html#c1-3'));
  const text = await page.locator(':target').evaluate((clause) => clause.textContent.replace(/\s+/g, ''));
  assert.match(text, /30个县（市、区）/);
  await page.waitForFunction(() => {
    const { top } = document.querySelector(':target').getBoundingClientRect();
    return top >= 0 && top < window.innerHeight / 2;
  }, undefined, { timeout: 5000 }).catch(() => assert.fail('the clause is not scrolled into view'));
  assert.notEqual(await look(), plain, 'the clause looks as if nothing had been asked for');
  await context.close();
});

test('a notice prints', async () => {
  const page = await browser.newPage();
  await page.goto(server.url('notices/shanxi-2020-renewal.html'));
  const pdf = await page.pdf({ format: 'A4' });
  await page.close();
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  assert.ok(pages > 0 && pages < 20, `${pages} pages`);
});

test('on paper, closed lists are open, boxes keep their margins and no heading is left without its text', async () => {
  const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
  await page.emulateMedia({ media: 'print' });
  await page.goto(server.url('index.html'));
  const closed = await page.locator('details.fold:not([open]) a:not(.more)').evaluateAll((links) => links.map((link) => link.checkVisibility({ contentVisibilityAuto: true }) && link.getClientRects().length > 0));
  assert.ok(closed.length > 100 && closed.every(Boolean), `${closed.filter((shown) => !shown).length} of ${closed.length} links are hidden`);

  await page.goto(server.url('counties/140623.html'));
  const folded = await page.locator('details.more-of').evaluateAll((all) => all.map((one) => [...one.children].slice(1).some((part) => part.checkVisibility({ contentVisibilityAuto: true }) && part.getClientRects().length > 0)));
  assert.ok(folded.length > 4 && folded.every(Boolean), `what is below the answers is printed: ${folded}`);
  const margins = await page.locator('.card').evaluateAll((boxes) => boxes.map((box) => parseFloat(getComputedStyle(box).paddingLeft)));
  assert.ok(margins.length > 0 && margins.every((margin) => margin >= 6), `margins: ${margins}`);
  const empty = await page.locator('main .sec').evaluateAll((sections) => sections.filter((section) => section.checkVisibility())
    .filter((section) => ![...section.children].slice(1).some((child) => child.checkVisibility() && !child.matches('.sub')))
    .map((section) => section.querySelector('h2')?.textContent));
  assert.deepEqual(empty, [], 'sections of which paper shows only the heading');
  await page.close();
});
