// A self-check that decides many things ("what can I get?"), with two pages of boxes and a number with decimals, in a site of its own.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BIN, REPO, browse, serve, violations } from './lib.mjs';

const AIDS = ['低保金', '护理补贴', '助学金', '高龄津贴', '住房补贴', '临时救助', '取暖补贴', '教育救助'];

let folder;
let server;
let browser;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingbai-aids-'));
  cpSync(join(REPO, 'tests/diagnostics/base'), folder, { recursive: true });
  cpSync(join(REPO, 'themes'), join(folder, 'themes'), { recursive: true });
  for (const name of readdirSync(join(folder, 'data/checks'))) rmSync(join(folder, 'data/checks', name));
  cpSync(join(REPO, 'tests/aids'), join(folder, 'data/checks'), { recursive: true });
  cpSync(join(REPO, 'data/regions'), join(folder, 'data/regions'), { recursive: true });
  execFileSync(BIN, ['build', folder, '--out', join(folder, 'public')], { stdio: ['ignore', 'ignore', 'pipe'] });
  [browser, server] = await Promise.all([browse(), serve(join(folder, 'public'))]);
});
after(async () => { await browser?.close(); await server?.close(); rmSync(folder, { recursive: true, force: true }); });

const open = async (options = {}, check = 'aids') => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  await page.goto(server.url(`checks/${check}.html`));
  return { page, close: () => context.close() };
};
const tick = async (page, ...words) => {
  for (const word of words) await page.locator('#in .pick', { hasText: word }).click();
  await page.locator('#ok').click();
};
const heads = (page, where) => page.evaluate((selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent), where);

test('two pages of boxes are asked one after the other, and a number with decimals has two of them', async () => {
  const { page, close } = await open();
  assert.equal(await page.locator('#q').innerText(), '家里有这些吗？');
  await tick(page, '低保');
  assert.equal(await page.locator('#q').innerText(), '家里有这些人吗？');
  await tick(page, '老人');
  assert.equal(await page.locator('#q').innerText(), '房子多大？');
  await page.locator('#in input').first().fill('15.555');
  await page.locator('#ok').click();
  assert.match(await page.locator('#err').innerText(), /0平方米到 200平方米之间的数/);
  await page.locator('#in input').first().fill('15.49');
  await page.locator('#ok').click();
  assert.match(await page.locator('#said').innerText(), /房子多大？\s*15\.49平方米/);
  await page.goBack();
  await page.locator('#in input').first().fill('15.5');
  await page.locator('#ok').click();
  assert.match(await page.locator('#out').textContent(), /没有住房补贴/);
  await close();
});

test('what fits comes first, then what is open; what does not fit is folded', async () => {
  const { page, close } = await open();
  await tick(page, '低保');
  await tick(page, '老人');
  await page.locator('#dk').click();
  const fits = ['有低保金吗？', '有高龄津贴吗？', '有取暖补贴吗？'];
  assert.deepEqual(await heads(page, '#out > section > h3'), [...fits, '有住房补贴吗？', '有临时救助吗？']);
  assert.equal(await page.locator('#out > details > summary').innerText(), '不符合的 3 项');
  assert.deepEqual(await heads(page, '#out > details h3'), ['有护理补贴吗？', '有助学金吗？', '有教育救助吗？']);
  assert.ok(await page.locator('#out > details h3').first().isHidden());
  assert.deepEqual(await violations(page), []);
  await close();
});

test('without script every aid is a line that opens', async () => {
  const { page, close } = await open({ javaScriptEnabled: false });
  assert.deepEqual(await heads(page, '#plain > details > summary'), AIDS.map((name) => `有${name}吗？`));
  assert.equal(await page.locator('#plain .step:visible').count(), 0);
  await page.locator('#plain summary', { hasText: '护理补贴' }).click();
  await page.locator('#plain .step:visible a', { hasText: /^是$/ }).click();
  assert.equal(await page.locator(':target h4').innerText(), '有护理补贴');
  await close();
});

test('the provinces and the prefectures of the register are answers, in a list that opens', async () => {
  const { page, close } = await open({}, 'place');
  const options = () => page.locator('#in option').allTextContents();
  assert.equal((await options()).filter((name) => /省$|自治区$|市$|行政区$/.test(name)).length, 34);
  await page.locator('#in select').selectOption({ label: '河南省' }, { force: true });
  await page.locator('#ok').click();
  const cities = await options();
  assert.equal(cities.filter(Boolean).length, 18);
  assert.ok(cities.includes('郑州市') && cities.includes('济源市'));
  await page.locator('#in select').selectOption({ label: '济源市' }, { force: true });
  await page.locator('#ok').click();
  assert.match(await page.locator('#out').innerText(), /到县里办/);
  await close();
});
