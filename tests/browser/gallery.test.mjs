// The gallery of components: every component in every state passes axe, needs no sideways scrolling, and is readable in
// light and dark, whatever the reader's own setting is.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BIN, COLOURS, REPO, browse, none, serve, sideways, violations } from './lib.mjs';

const folder = mkdtempSync(join(tmpdir(), 'gallery-'));
const out = join(folder, 'gallery');
let browser;
let site;

before(async () => {
  assert.ok(BIN, 'MINGBAI_BIN is the program; tests/run sets it');
  execFileSync(BIN, ['theme', 'gallery', REPO, '--out', out], { stdio: 'pipe' });
  site = await serve(out);
  browser = await browse();
});

after(async () => {
  await browser?.close();
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The gallery in a window of this width. */
async function open(width, colorScheme = 'light') {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const page = await context.newPage();
  await page.goto(site.url('index.html'));
  return page;
}

/**
 * What axe finds, without what cannot hold on a page that shows a component more than once: landmarks of one name, and
 * an h1 in the middle of the page.
 */
async function found(page, rules) {
  const all = await violations(page, rules);
  return all.filter((one) => !/^(landmark-unique|heading-order):/.test(one));
}

test('every component in every state passes axe, at 360 and 1280 pixels', async () => {
  for (const width of [360, 1280]) {
    const page = await open(width);
    none(await found(page), `findings at ${width} pixels`);
    await page.context().close();
  }
});

test('colours have enough contrast in both halves, also for a reader whose screen is dark', async () => {
  const page = await open(1280, 'dark');
  none(await found(page, COLOURS), 'findings in dark');
  await page.context().close();
});

test('the light half stays light and the dark half dark', async () => {
  for (const scheme of ['light', 'dark']) {
    const page = await open(800, scheme);
    const grounds = await page.evaluate(() => ['light', 'dark'].map((half) => {
      const colour = getComputedStyle(document.querySelector(`.show-${half}`)).backgroundColor;
      return Math.max(...colour.match(/\d+/g).map(Number));
    }));
    assert.ok(grounds[0] > 200 && grounds[1] < 60, `${scheme}: ${grounds}`);
    await page.context().close();
  }
});

test('nothing needs sideways scrolling at 320 pixels, also with text twice as large', async () => {
  const page = await open(320);
  assert.equal(await sideways(page, 1), '');
  await page.setViewportSize({ width: 640, height: 800 });
  assert.equal(await sideways(page, 2), '');
  await page.context().close();
});

test('no state is recomputed: the page runs no script', async () => {
  const page = await open(800);
  assert.equal(await page.evaluate(() => document.scripts.length), 0);
  await page.context().close();
});
