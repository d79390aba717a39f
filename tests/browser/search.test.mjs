// Does the search find, say what it found, stay usable by everybody and in every state of the network, and keep what is
// typed to itself? What should be found is known from the documents, never asked of the search; only the ranking is
// compared with the program's own (`mingbai search`), which reads the same index.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { BIN, COLOURS, PAGES, REPO, SITE, browse, isRedirect, none, serve, sideways, violations } from './lib.mjs';
import { DAMAGE, HOSTILE, anything, ask, covered, exchangeable, into, nameOf, open, put, ranked, rankedIn, register, results, said, sent, status } from './search.mjs';

const YOUYU = '右玉县续贷什么时候开始';
const SEARCH = 'search/index.html';
const COUNTY = 'counties/140623.html';
const NO_FILES = /没有取到/; // said when files of the index are missing

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([browse(), serve()]); });
after(async () => { await browser?.close(); await server?.close(); });

const onSearch = (options) => open(browser, server.url(SEARCH), options);
const query = (page) => new URL(page.url()).searchParams;
const found = (words) => Number(words.match(/^找到 (\d+) 条/)?.[1] ?? 0);

// ---------------------------------------------------------------- what is found

test('the county asked for comes first, as a direct answer, with the words marked and the question in the address', async () => {
  const { page, close } = await onSearch();
  await ask(page, YOUYU);
  const list = await results(page);
  assert.deepEqual({ group: list[0].group, title: list[0].title, href: list[0].href }, { group: '直接回答', title: '右玉县', href: server.url(COUNTY) });
  assert.ok(list.length >= 3 && list.every(({ title, href }) => title.trim() && href.startsWith(server.url(''))));
  const marks = list.flatMap((one) => one.marks);
  assert.ok(marks.some((one) => one.includes('续贷')), marks.join(' '));
  assert.deepEqual(marks.filter((one) => [...one].some((c) => !YOUYU.includes(c))), [], 'words marked that were not asked for');
  assert.equal(query(page).get('q'), YOUYU);
  assert.match(await page.title(), new RegExp(`^${YOUYU} - 搜索`));
  const other = await open(browser, `${server.url(SEARCH)}?q=${encodeURIComponent(YOUYU)}`);
  await other.page.locator('#results li').first().waitFor();
  assert.equal(await other.page.locator('#find').inputValue(), YOUYU);
  assert.deepEqual(await results(other.page), list);
  await other.close();
  await close();
});

test('a clause leads to its place in the text, and Back to the results', async () => {
  const { page, close } = await onSearch();
  await ask(page, YOUYU);
  const list = await results(page);
  const clause = list.find(({ href }) => /youyu-2023-plan\.html#/.test(href));
  assert.ok(clause?.title.includes('时间安排'), JSON.stringify(clause));
  await page.locator(`#results a[href="${clause.href}"]`).click();
  await page.waitForURL(clause.href);
  const place = page.locator(`[id="${new URL(clause.href).hash.slice(1)}"]`);
  assert.equal(await place.count(), 1);
  assert.match(await place.innerText(), /时间安排/);
  assert.ok(await place.evaluate((one) => one.getBoundingClientRect().top < innerHeight && one.getBoundingClientRect().bottom > 0), 'the place is not in view');
  await page.goBack();
  await page.locator('#results li').first().waitFor();
  assert.deepEqual(await results(page), list);
  await close();
});

test('everyday questions, numbers, syllables, traditional characters and mistakes find their page first', async () => {
  const { page, close } = await onSearch();
  for (const [words, path, heading] of [
    ['晋教助学〔2020〕7号', 'notices/shanxi-2020-renewal.html'], ['２０２０ ７号', 'notices/shanxi-2020-renewal.html'], ['youyu', COUNTY],
    ['yòu yù', COUNTY], ['右玉縣', COUNTY], ['還款救助', 'topics/rescue.html', '还款救助'], ['右王县', COUNTY], ['临颖县', 'counties/411122.html'],
  ]) {
    await ask(page, words);
    const [first] = await results(page);
    assert.equal(first?.href, server.url(path), words);
    if (heading) assert.equal(first.title, heading, words);
  }
  await close();
});

test('a question that the site cannot answer gets no sure result, and a sentence that leads on', async () => {
  const { page, close } = await onSearch();
  const words = await ask(page, '社保断缴怎么补');
  assert.doesNotMatch(words, /^找到/);
  assert.deepEqual([...new Set((await results(page)).map(({ group }) => group))].filter((one) => one !== '也许您想找'), []);
  assert.match(await page.locator('.hits-help').innerText(), /换个说法.*县名录.*请问本县学生资助管理中心/s);
  await page.locator('.hits-help a', { hasText: '县名录' }).click();
  await page.waitForURL(server.url('counties/index.html'));
  assert.match(await page.locator('h1').innerText(), /县/);
  await close();
});

test('filters leave only what they name, stand in the address and come back with it', async () => {
  const { page, close } = await onSearch();
  const filter = async (name, label, value) => {
    await into(page, server.url(SEARCH));
    await ask(page, '助学贷款');
    const words = await said(page, () => page.locator(`[name=${name}]`).selectOption({ label }));
    const list = await results(page);
    assert.equal(found(words), list.length, words);
    assert.equal(query(page).get(name), value);
    await page.reload();
    await page.locator('#results li').first().waitFor();
    assert.deepEqual(await results(page), list, `${name} is forgotten`);
    return list;
  };
  const notices = await filter('kind', '文件', 'n');
  assert.deepEqual(notices.map(({ href }) => href).sort(), PAGES.filter((path) => /^notices\/(?!index)/.test(path)).map((path) => server.url(path)).sort());
  assert.ok((await filter('kind', '条款', 'c')).every(({ href }) => /notices\/.*#/.test(href)));
  const henan = await filter('province', '河南省', '河南省');
  assert.ok(henan.some(({ href }) => href === server.url('notices/henan-2018-assessment.html')));
  assert.deepEqual(henan.filter(({ href }) => !/henan|\/41\d*\.html/.test(href)).map(({ href }) => href), []);
  const then = await filter('year', '2020', '2020');
  assert.ok(then.some(({ href }) => href === server.url('notices/shanxi-2020-renewal.html')));
  assert.deepEqual(then.filter(({ text }) => !text.includes('2020')).map(({ href }) => href), []);
  await close();
});

test('every province of which there is a document can be chosen', async () => {
  const { page, close } = await onSearch();
  const choices = await page.locator('[name=province] option').allInnerTexts();
  assert.deepEqual(['山西省', '河南省', '湖南省'].filter((one) => !choices.includes(one)), []);
  await close();
});

test('only in force: the window of 右玉县 on a day within it, not on a day after it', async () => {
  for (const [day, open_] of [['2023-08-01', true], ['2023-12-01', false]]) {
    const { page, close } = await onSearch({ prepare: (context) => context.clock.setFixedTime(new Date(`${day}T12:00:00+08:00`)) });
    await ask(page, '右玉县受理安排');
    await said(page, () => page.locator('[name=now]').check());
    assert.equal(query(page).get('now'), '1');
    const list = await results(page);
    assert.equal(list.some(({ href, text }) => href === server.url('schedules/youyu-2023.html') && text.includes('受理中')), open_, day);
    assert.deepEqual(list.filter(({ text }) => /已结束|已过期|往年/.test(text)).map(({ title }) => title), [], day);
    await close();
  }
});

test('the status counts the results, and 更多结果 brings the rest and moves on to them', async () => {
  const { page, close } = await onSearch();
  assert.equal(await status(page).getAttribute('role'), 'status');
  let words = await ask(page, '助学贷款');
  for (let n = 0; n < 20 && await page.locator('.hits-more').count(); n += 1) {
    assert.match(words, /^找到 \d+ 条以上/);
    const before = (await results(page)).length;
    assert.equal(found(words), before);
    words = await said(page, () => page.locator('.hits-more').click());
    const focus = await page.evaluate(() => [...document.querySelectorAll('#results li a')].indexOf(document.activeElement));
    if ((await results(page)).length > before) assert.equal(focus, before, 'the focus is not on the first new result');
  }
  assert.match(words, /^找到 \d+ 条(?!以上)/);
  assert.equal(found(words), (await results(page)).length);
  assert.ok(found(words) > 20);
  const hrefs = (await results(page)).map(({ href }) => href);
  assert.equal(new Set(hrefs).size, hrefs.length, 'a result stands twice');
  await close();
});

// ---------------------------------------------------------------- by keyboard, and the box of other pages

test('arrow keys walk from the box through the results and back, and Enter follows', async () => {
  for (const path of [SEARCH, 'about.html']) {
    const { page, close } = await open(browser, server.url(path));
    await into(page);
    await ask(page, YOUYU);
    // The links of the answer, then those of the results.
    const links = await page.evaluate(() => [...document.querySelectorAll('#results a, .panel a')].map((one) => one.href));
    const at = () => page.evaluate(() => document.activeElement.href ?? document.activeElement.id);
    for (const [key, there] of [['ArrowUp', 'find'], ['ArrowDown', links[0]], ['ArrowDown', links[1]], ['ArrowUp', links[0]], ['ArrowUp', 'find'], ['ArrowDown', links[0]]]) {
      await page.keyboard.press(key);
      assert.equal(await at(), there, `${path}: ${key}`);
    }
    await page.keyboard.press('Enter');
    await page.waitForURL(links[0]);
    await close();
  }
});

test('Escape closes the panel and goes back to the box; a click elsewhere closes it; nothing in focus lies under it', async () => {
  const { page, close } = await open(browser, server.url('about.html'));
  const panel = page.locator('.panel');
  await into(page);
  await ask(page, YOUYU);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  assert.ok(await panel.isHidden());
  assert.equal(await page.evaluate(() => document.activeElement.id), 'find');
  await ask(page, '右玉');
  assert.ok(await panel.isVisible());
  await page.keyboard.press('Escape');
  assert.ok(await panel.isHidden());
  await page.waitForTimeout(400);
  assert.ok(await panel.isHidden(), 'it opens again by itself');
  await ask(page, YOUYU);
  await page.mouse.click(1270, 850);
  assert.ok(await panel.isHidden());
  await ask(page, YOUYU);
  await page.locator('.panel a').last().focus();
  for (let n = 0; n < 8; n += 1) {
    await page.keyboard.press('Tab');
    assert.equal(await covered(page), false, 'the panel covers what has the focus');
  }
  await close();
});

test('what an input method composes is not searched before it ends, and its arrow keys stay its own', async () => {
  const { page, requests, context, close } = await onSearch();
  const fetched = () => requests.filter((one) => /\/search\/\w+\/.*\.js/.test(one.url())).length;
  await page.locator('#find').focus();
  const keys = await context.newCDPSession(page);
  for (const text of ['y', 'yo', 'you', "you'yu"]) await keys.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await page.waitForTimeout(500);
  assert.equal(fetched(), 0);
  assert.equal(await status(page).textContent(), '');
  await said(page, () => keys.send('Input.insertText', { text: '右玉' }));
  assert.equal((await results(page))[0].title, '右玉县');
  // Some input methods (macOS) let the page see the keys by which a candidate is chosen.
  await page.evaluate(() => document.getElementById('find').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', isComposing: true, bubbles: true, cancelable: true })));
  assert.equal(await page.evaluate(() => document.activeElement.id), 'find', 'an arrow key of the input method leaves the box');
  await close();
});

test('another page fetches nothing of the search before the box is used; then the panel answers and leads to all results', async () => {
  const { page, requests, close } = await open(browser, server.url(COUNTY));
  const fetched = (what) => requests.filter((one) => what.test(new URL(one.url()).pathname)).length;
  await page.waitForLoadState('networkidle');
  assert.equal(fetched(/search/), 0);
  await into(page);
  assert.equal(fetched(/\/search\/\w+\//), 0, 'more than the entry of the index is fetched before anything is asked');
  await ask(page, YOUYU);
  const list = (await results(page)).map(({ title }) => title);
  assert.equal(list[0], '右玉县');
  const all = page.locator('.panel .hits-all');
  assert.equal(await all.getAttribute('href'), `${server.url(SEARCH)}?q=${encodeURIComponent(YOUYU)}`);
  await all.click();
  await page.waitForURL(`${server.url(SEARCH)}?q=*`);
  await page.locator('#results li').first().waitFor();
  assert.deepEqual((await results(page)).map(({ title }) => title), list);
  await page.goto(server.url(COUNTY));
  await page.locator('#find').fill('续贷');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${server.url(SEARCH)}?q=*`);
  await page.locator('#results li').first().waitFor();
  assert.equal(await page.locator('#find').inputValue(), '续贷');
  assert.equal(await page.locator('#results a').first().innerText(), '续贷');
  await close();
});

// ---------------------------------------------------------------- where less is there

test('without script the form leads to the register: topics, documents, every county by province and by initial', async () => {
  const { page, close } = await open(browser, server.url(COUNTY), { javaScriptEnabled: false });
  await page.locator('#find').fill('右玉');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${server.url(SEARCH)}?q=${encodeURIComponent('右玉')}`);
  assert.ok(await page.locator('noscript .note, .note').filter({ hasText: '没有运行脚本' }).first().isVisible());
  assert.ok(await page.locator('.filters').isHidden());
  const sections = register(SEARCH);
  const pages = (what) => PAGES.filter((path) => what.test(path) && !path.endsWith('index.html') && !isRedirect(path));
  for (const [id, what] of [['topics', /^topics\//], ['documents', /^notices\//], ['by-province', /^counties\//], ['by-initial', /^counties\//]]) {
    assert.ok(await page.locator(`section[aria-labelledby="${id}"]`).isVisible(), id);
    const { text, links: all } = sections.get(id);
    assert.match(text, id === 'topics' ? /续贷/ : /右玉县/);
    assert.deepEqual(pages(what).filter((path) => !all.includes(path)), [], `${id}: pages that are not listed`);
    none(all.filter((href) => !existsSync(join(SITE, href.replace(/#.*/, '')))), `links of ${id} that lead nowhere`);
  }
  const initial = page.locator('section[aria-labelledby="by-initial"] details', { has: page.locator('a', { hasText: '右玉县' }) });
  await initial.locator('summary').click();
  await initial.locator('a', { hasText: '右玉县' }).click();
  await page.waitForURL(server.url(COUNTY));
  await close();
});

const file = (path) => pathToFileURL(join(SITE, path)).href;
for (const [how, address, base, prepare] of [
  ['from a folder', () => file(SEARCH), () => file('')],
  ['from a folder, in the box of a page', () => file(COUNTY), () => file('')],
  ['below another path', () => server.elsewhere(SEARCH), () => server.elsewhere('')],
  ['below another path, in the box of a page', () => server.elsewhere(COUNTY), () => server.elsewhere('')],
  ['on the page for what is not there', () => server.url('no/such/page.html'), () => server.url('')],
  ['without WebAssembly and Intl.Segmenter', () => server.url(SEARCH), () => server.url(''), () => { delete window.WebAssembly; delete Intl.Segmenter; }],
  ['without TextDecoder', () => server.url(SEARCH), () => server.url(''), () => { delete window.TextDecoder; }],
  ['where nothing may be put into the history', () => server.url(SEARCH), () => server.url(''), () => { history.replaceState = () => { throw new Error('no'); }; }],
]) {
  test(`the search works ${how}`, async () => {
    const { page, close } = await open(browser, address(), { prepare: (context) => prepare && context.addInitScript(prepare) });
    await into(page);
    for (const words of [YOUYU, '右玉縣', 'youyu', '右王县']) {
      if (prepare && words !== YOUYU) break;
      await ask(page, words);
      const [first] = await results(page);
      assert.deepEqual([first?.title, first?.href], ['右玉县', `${base().replace(/\/$/, '')}/${COUNTY}`], words);
    }
    await ask(page, YOUYU);
    if (await page.locator('.hits-all').count()) {
      await page.locator('#find').press('Enter');
      await page.waitForURL(/search\/index\.html\?q=/);
      await page.locator('#results li').first().waitFor();
    }
    await page.locator('#results li a').first().click();
    await page.waitForURL(`**/${COUNTY}`);
    assert.match(await page.locator('h1').innerText(), /^右玉县/);
    await close();
  });
}

test('offline, an answered question still answers, another one gives a message and the register, and so does 更多结果', async () => {
  const { page, context, close } = await onSearch();
  await ask(page, YOUYU);
  const list = await results(page);
  await context.setOffline(true);
  assert.match(await ask(page, '贫困证明'), NO_FILES);
  assert.deepEqual(await results(page), []);
  assert.ok(await page.locator('#register').isVisible());
  assert.match(await ask(page, YOUYU), /^找到/);
  assert.deepEqual(await results(page), list);
  assert.ok(await page.locator('#register').isHidden());
  assert.match(await said(page, () => page.locator('.hits-more').click()), NO_FILES);
  await context.setOffline(false);
  await ask(page, '贫困证明');
  assert.ok((await results(page)).length > 0, 'the box stays dead when the network is back');
  await close();
});

for (const [what, glob, words] of [['shelves', '**/search/*/s*.js', YOUYU], ['boxes', '**/search/*/b*.js', YOUYU], ['the entry', '**/search/index.js*', YOUYU], ['the rest of the script', '**/search-more*.js', 'youyu']]) {
  test(`${what} missing or damaged: a message, no dead box`, async () => {
    const { page, context, close } = await onSearch();
    for (const [how, answer] of DAMAGE) {
      await context.unrouteAll();
      await context.route(glob, (route) => route.fulfill(answer(nameOf(route))));
      for (const path of how === 'missing' ? [SEARCH, COUNTY] : [SEARCH]) {
        await into(page, server.url(path));
        const heard = await ask(page, words);
        // A shelf on which nothing stands is whole; then what is found is not much.
        if (what === 'shelves' && how === 'without words') continue;
        assert.match(heard, NO_FILES, `${what} ${how}, ${path}`);
        assert.deepEqual(await results(page), []);
        if (path === SEARCH) assert.ok(await page.locator('#register').isVisible(), `${what} ${how}: no register`);
      }
    }
    await close();
  });
}

test('a new version put in place under an open page answers the next question', { skip: !BIN && 'MINGBAI_BIN is not set' }, async () => {
  const site = await exchangeable();
  try {
    const { page, close } = await open(browser, site.server.url(SEARCH));
    await ask(page, YOUYU);
    site.exchange();
    await ask(page, '月球背面');
    assert.equal((await results(page))[0]?.href, site.server.url('moon.html'));
    await ask(page, YOUYU);
    assert.equal((await results(page))[0].title, '右玉县');
    await close();
  } finally {
    await site.close();
  }
});

// ---------------------------------------------------------------- what must not happen

test('hostile questions bring a status and nothing else: no error, no dialog, no element', async () => {
  const marked = HOSTILE.filter((one) => /[<\ud800\0*]/.test(one));
  await Promise.all([[SEARCH, HOSTILE.slice(0, 25)], [SEARCH, HOSTILE.slice(25)], [COUNTY, marked]].map(async ([path, list]) => {
    const { page, faults, close } = await open(browser, server.url(path));
    await into(page);
    for (const words of list) {
      const name = `${path}: ${JSON.stringify(words.slice(0, 30))}`;
      assert.doesNotMatch(await put(page, words), NO_FILES, name);
      const strange = await page.evaluate(() => [...document.querySelectorAll('.find *, #results *')].map((one) => one.localName)
        .filter((one) => !/^(div|details|summary|label|input|button|select|option|p|h2|ol|li|a|span|mark)$/.test(one)));
      assert.deepEqual(strange, [], name);
      assert.deepEqual(faults, [], name);
    }
    // Half a character beside a name takes nothing away from it.
    await put(page, '右玉县 \ud800');
    assert.equal((await results(page))[0]?.title, '右玉县', path);
    await close();
  }));
});

test('a made-up address neither breaks the search nor changes the form', async () => {
  const { page, faults, close } = await onSearch();
  const wrong = [];
  for (const more of ['action=https://evil.example/', 'length=9', 'method=post', 'innerHTML=%3Cb%3E', 'submit=1', '__proto__=1', 'kind=zzz&province=Atlantis&year=0', 'parentNode=1', '0=x', 'q=%ff%fe', 'q=a&q=b']) {
    await into(page, `${server.url(SEARCH)}?${more}`).catch(() => {});
    await ask(page, YOUYU);
    if ((await results(page))[0]?.title !== '右玉县') wrong.push(`${more}: not found`);
    if (await page.locator('form.find-main').getAttribute('action') !== '../search/index.html') wrong.push(`${more}: other action`);
    wrong.push(...faults.splice(0).map((fault) => `${more}: ${fault.split('\n')[0]}`));
  }
  none(wrong, 'addresses with a fault');
  await close();
});

test('nothing typed leaves the browser while it searches: not in an address, not in a head of a request', async () => {
  for (const path of [SEARCH, COUNTY]) {
    const { page, requests, close } = await open(browser, server.url(path));
    await page.locator('#find').focus();
    const asked = [YOUYU, '右玉縣', '右王县', '月球背面', 'youyu xudai', '2020年7号'];
    for (const words of asked) await ask(page, words);
    await page.locator('.hit a').first().click();
    await page.waitForLoadState('load');
    assert.ok(requests.some((one) => /\/search\/[^/]+\/s\d+\.js$/.test(one.url())));
    assert.deepEqual(requests.filter((one) => new URL(one.url()).origin !== server.origin).map((one) => one.url()), []);
    for (const request of requests) {
      const told = (await sent(request)).match(/.*(?:[\u0080-\uffff]|youyu|xudai|\?q=).*/)?.[0];
      assert.equal(told, undefined, `${path}: told with ${request.url()}`);
    }
    await close();
  }
});

// ---------------------------------------------------------------- the ranking

test('the browser ranks as the program does: judged questions and random strings', { skip: !BIN && 'MINGBAI_BIN is not set' }, async (t) => {
  const files = ['tests/search/queries.jsonl', 'tests/search/people.jsonl'];
  const lines = files.flatMap((name) => readFileSync(join(REPO, name), 'utf8').trim().split('\n'));
  const judged = lines.map((line) => JSON.parse(line).query);
  const questions = [...judged, ...anything(300, 7)];
  assert.ok(judged.length > 100 && new Set(questions).size > judged.length + 250);
  const { page, close } = await onSearch();
  const [rows, got] = await Promise.all([ranked(questions), rankedIn(page, questions)]);
  t.diagnostic(`${questions.length} questions, ${rows.filter((one) => one.length > 0).length} with results, ${rows.filter((one) => one.length === 0).length} without`);
  none(questions.map((q, at) => got[at].rows.join('\n') !== rows[at].join('\n') && `${JSON.stringify(q)}\n    browser ${got[at].rows.slice(0, 3).join(' | ')}\n    program ${rows[at].slice(0, 3).join(' | ')}`), 'questions ranked otherwise');
  none(questions.map((q, at) => got[at].first !== Math.min(got[at].first, 5) && JSON.stringify(q)), 'first windows of more than five');
  none(questions.map((q, at) => rows[at].length > 0 && got[at].first === 0 && JSON.stringify(q)), 'first windows that are empty');
  await close();
});

// ---------------------------------------------------------------- for everybody

/** Goes through the states of the search and gathers what `look` finds. */
async function states(options, look) {
  const { page, close } = await onSearch(options);
  const all = [];
  for (const [path, words, what] of [[SEARCH, YOUYU, 'results'], [SEARCH, '社保断缴怎么补', 'weak results'], [COUNTY, YOUYU, 'panel']]) {
    await into(page, server.url(path));
    await ask(page, words);
    all.push(...(await look(page)).filter(Boolean).map((one) => `${what}: ${one}`));
  }
  await close();
  none(all, 'faults');
}

for (const { width, scheme, rules } of [{ width: 360, scheme: 'light' }, { width: 1280, scheme: 'dark' }, { width: 360, scheme: 'dark', rules: COLOURS }]) {
  test(`axe finds nothing in results and panel at ${width} px, ${scheme}${rules ? ' (colours)' : ''}`, () => states({ viewport: { width, height: 740 }, colorScheme: scheme }, (page) => violations(page, rules)));
}

for (const { width, scale } of [{ width: 320, scale: 1 }, { width: 320, scale: 2 }]) {
  test(`results and panel do not scroll sideways at ${width} px${scale > 1 ? ' with text twice as large' : ''}`, () => states({ viewport: { width, height: 700 } }, async (page) => [await sideways(page, scale)]));
}
