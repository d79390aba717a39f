// The page of a county: the answers first, on two screens of a phone, and everything else folded below them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PAGES, browse, isRedirect, none, onEvery, serve } from './lib.mjs';

const COUNTIES = PAGES.filter((path) => /^counties\/(?!index)/.test(path) && !isRedirect(path));

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([browse(), serve()]); });
after(async () => { await browser?.close(); await server?.close(); });

test('the last answer of every county is on the first two screens at 360 × 640', async () => {
  assert.ok(COUNTIES.length > 190, `${COUNTIES.length} counties`);
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  const found = await onEvery(context, COUNTIES, async (page, path) => {
    await page.goto(server.url(path));
    const ends = await page.locator('.card').evaluateAll((cards) => cards.filter((card) => card.getClientRects().length)
      .map((card) => Math.round(card.getBoundingClientRect().bottom + scrollY)));
    const last = Math.max(0, ...ends);
    return last > 0 && last <= 1280 ? '' : `${path}: ${last} px`;
  });
  none(found.filter(Boolean), 'counties with answers below two screens');
});

test('each line of an answer leads to its clause, and what is not written is said', async () => {
  const context = await browser.newContext();
  const found = await onEvery(context, ['counties/140623.html', 'counties/140121.html', 'counties/411122.html'], async (page, path) => {
    await page.goto(server.url(path));
    return page.locator('.card').evaluateAll((cards, where) => cards.flatMap((card) => {
      const bare = [...card.querySelectorAll('dd:not(.term):not(.then)')].filter((line) => !line.querySelector('a[href*="#"]')
        && line.parentElement.firstElementChild.textContent !== '没有写');
      return bare.map((line) => `${where}: ${line.textContent}`);
    }), path);
  });
  none(found.flat(), 'answers without a clause');
  const page = await browser.newPage();
  await page.goto(server.url('counties/140623.html'));
  assert.match(await page.locator('#for-renewal-open').innerText(), /没有写\s*要带什么；电话/);
  assert.match(await page.locator('#for-renewal-quota').innerText(), /每天60名（上午30、下午30）/);
  // Where to ask is one tap away: the fold opens.
  await page.locator('#for-renewal-open a').click();
  assert.ok(await page.getByText('山西省学生助学贷款管理中心', { exact: true }).first().isVisible());
  await page.close();
});

test('without script what is below the answers folds and unfolds', async () => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(server.url('counties/140623.html'));
  const fold = page.locator('details.more-of', { hasText: '上级规定的时间' });
  assert.equal(await fold.locator('.win').isVisible(), false);
  await fold.locator('summary').click();
  assert.ok(await fold.locator('.win').isVisible());
  await page.close();
});
