// A self-check whose rules and document are in English, in a site of its own: what the script says is English too.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BIN, REPO, browse, serve } from './lib.mjs';

let folder;
let server;
let browser;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingbai-english-'));
  for (const part of ['tests/diagnostics/base', 'tests/english']) cpSync(join(REPO, part), folder, { recursive: true });
  cpSync(join(REPO, 'themes'), join(folder, 'themes'), { recursive: true });
  execFileSync(BIN, ['build', folder, '--out', join(folder, 'public')], { stdio: ['ignore', 'ignore', 'pipe'] });
  [browser, server] = await Promise.all([browse(), serve(join(folder, 'public'))]);
});
after(async () => { await browser?.close(); await server?.close(); rmSync(folder, { recursive: true, force: true }); });

const open = async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(server.url('checks/grant.html'));
  return { page, faults, close: () => context.close() };
};

/** What is seen of the interview. */
const words = (page) => page.locator('#app').innerText();
const isEnglish = (text) => assert.doesNotMatch(text.replace('受理机构', ''), /[\u3000-\u9fff\uff00-\uffef]/);

/** Answers question by question, by what is asked. */
const answers = {
  'When were you born?': '2000-05-01',
  'When does the course begin?': '2023-09-01',
  'Do you live in the region?': 'Yes',
  'What is your yearly income?': '£19,999.99',
  'What is the fee?': '5000',
  'Do you have children?': 'One child or more',
};
const answerAll = async (page, given = answers) => {
  for (let asked = 0; asked < 10 && await page.locator('#ask').isVisible(); asked++) {
    isEnglish(await words(page));
    const answer = given[await page.locator('#q').innerText()];
    const option = page.locator('#in .pick', { hasText: answer });
    if (answer === undefined) {
      await page.locator('#dk').click();
    } else if (await option.count()) {
      await option.first().click();
      await page.locator('#ok').click();
    } else {
      await page.locator('#in input').first().fill(answer);
      await page.locator('#ok').click();
    }
  }
};

test('an English self-check says amounts and days as English does', async () => {
  const { page, faults, close } = await open();
  assert.equal(await page.locator('#ok').innerText(), 'Next');
  await answerAll(page);
  const result = await words(page);
  isEnglish(result);
  assert.match(result, /£3500/);
  assert.match(result, /30 September 2023/);
  assert.match(result, /the least of fee £5000, £3000/);
  assert.match(result, /£19999\.99/);
  assert.deepEqual(faults, []);
  await close();
});

test('a range, what is missing and what is wrong are said in English', async () => {
  const { page, faults, close } = await open();
  await answerAll(page, { ...answers, 'What is the fee?': undefined });
  const result = await words(page);
  isEnglish(result);
  assert.match(result, /£500 to £3500/);
  await page.locator('#said div', { hasText: 'What is the fee?' }).locator('button').click();
  await page.locator('#in input').first().fill('much');
  await page.locator('#ok').click();
  assert.equal(await page.locator('#err').innerText(), 'Enter an amount from £0 to £20000');
  assert.deepEqual(faults, []);
  await close();
});

test('the leaflet, the way to the page and the day of the record are in English', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  await page.goto(server.url('leaflets/checks/grant.html'));
  const sheet = await page.locator('main').innerText();
  // The place and the name of the site are data.
  isEnglish(sheet.replaceAll('山西省', '').replaceAll('明白·示范', '').replace(/[［］]/g, ''));
  assert.match(sheet, /Self-check[^]*What is asked[^]*Text compared: 20 November 2026\./);
  for (const path of ['checks/grant.html', 'checks/grant/rules.html', 'checks/grant/examples.html']) {
    await page.goto(server.url(path));
    assert.deepEqual((await page.locator('.crumbs a').allInnerTexts()).slice(0, 2), ['Home', 'Self-checks']);
    const days = await page.locator('main time').allInnerTexts();
    assert.ok(days.length > 0 && days.every((day) => day === '20 November 2026'), `${path}: ${days}`);
  }
  await context.close();
});

test('the frame of an English self-check is English, and says which names are not', async () => {
  const { page, faults, close } = await open();
  for (const [path, width] of [['checks/grant.html', 360], ['checks/grant/rules.html', 1280], ['checks/grant/examples.html', 1280]]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(server.url(path));
    assert.equal(await page.locator('html').getAttribute('lang'), 'en', path);
    // What is Chinese is the name of the site and of its Chinese pages, and is marked so.
    const chinese = await page.evaluate(() => {
      const found = [];
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const { parentElement: own, data } = walk.currentNode;
        const lang = own.closest('[lang]').lang;
        if (!own.closest('script, style') && /[\u3000-\u9fff]/.test(data) && !lang.startsWith('zh')) found.push(data.trim());
      }
      for (const own of document.querySelectorAll('.top [aria-label], .top [placeholder], .bottom [aria-label]')) {
        found.push(...[own.ariaLabel, own.placeholder].filter((words) => /[\u3000-\u9fff]/.test(words ?? '')));
      }
      return found;
    });
    // The office that the site names for checks without one is not a word of the frame.
    assert.deepEqual(chinese.filter((words) => words !== '受理机构'), [], path);
  }
  assert.deepEqual(faults, []);
  await close();
});
