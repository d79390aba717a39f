// The whole way of a clerk, at a real terminal and in a real browser: a new site, this year's schedule, a county typed
// wrong, the preview that says so over the page, the mend, the site that is published.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { BIN, browse } from './lib.mjs';

const skip = !BIN && 'MINGBAI_BIN is not set';
const PATIENCE = 30000;

/** A command at a terminal: `script` (util-linux) opens a pseudo-terminal for it. */
class Terminal {
  constructor(folder, ...words) {
    const quoted = [BIN, '--lang', 'zh', ...words].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    this.child = spawn('script', ['-qefc', `stty cols 120 rows 40; exec ${quoted}`, '/dev/null'], {
      cwd: folder,
      env: { ...process.env, TERM: 'xterm', NO_COLOR: '1' },
    });
    this.said = '';
    this.child.stdout.setEncoding('utf8');
    this.child.stdout.on('data', (text) => { this.said += text; });
    this.ended = new Promise((done) => { this.child.on('exit', done); });
  }

  /** Waits for what was not seen before. */
  async finds(pattern) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const found = pattern.exec(this.said);
      if (found) {
        this.said = this.said.slice(found.index + found[0].length);
        return found;
      }
      assert.ok(Date.now() < end, `${pattern} was not said:\n${this.said}`);
      await new Promise((next) => { setTimeout(next, 20); });
    }
  }

  sees(words) {
    return this.finds(new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  }

  types(keys) {
    this.child.stdin.write(keys);
  }

  async answers(question, answer) {
    await this.sees(question);
    this.types(`${answer}\r`);
  }
}

const mingbai = (folder, ...words) => spawnSync(BIN, ['--lang', 'zh', ...words], { cwd: folder, encoding: 'utf8' });

test('from an empty folder to a published schedule, with a mistake on the way', { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingbai-story-'));
  const browser = await browse();
  let preview;
  try {
    // A new site.
    const init = new Terminal(folder, 'init', 'site');
    await init.answers('网站名称', '示例县助学贷款');
    await init.sees('哪个县');
    init.types('youyu');
    await init.sees('山西省 朔州市 右玉县');
    init.types('\t\r');
    await init.answers('主办单位', '示例单位');
    await init.answers('网站将来的网址', '');
    await init.sees('已建好');
    assert.equal(await init.ended, 0);
    const site = join(folder, 'site');

    // This year's schedule, question by question; the county by pinyin.
    const made = new Terminal(site, 'new', 'schedule');
    await made.answers('依据哪个文件', '');
    await made.answers('哪一年的', '');
    await made.sees('哪个县');
    made.types('yuci');
    await made.sees('山西省 晋中市 榆次区');
    made.types('\t\r');
    await made.answers('标题', '');
    await made.answers('编号', '');
    await made.answers('原文写了受理时间吗', '否');
    for (const list of ['几句要点', '在哪里办', '每天办多少名', '带什么材料', '公用电话']) await made.answers(list, '');
    await made.answers('写入 data/schedules/yuci-2024.yaml？', '');
    await made.sees('检查通过');
    assert.equal(await made.ended, 0);
    const path = join(site, 'data/schedules/yuci-2024.yaml');
    const right = readFileSync(path, 'utf8');
    assert.match(right, /^county: 山西省 晋中市 榆次区$/m);

    // The preview, at a terminal, and the page in a browser.
    preview = new Terminal(site, 'serve', '--port', '0');
    const [port] = await preview.finds(/(?<=http:\/\/127\.0\.0\.1:)\d+(?=\/)/);
    const page = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
    await page.goto(`http://127.0.0.1:${port}/schedules/yuci-2024.html`);
    const title = await page.locator('h1').innerText();
    assert.match(title, /榆次区2024年/);

    // A wrong county: said over the page, with place and mend; `check` says the same; nothing can be built.
    writeFileSync(path, right.replace('榆次区\n', '榆茨区\n'));
    const panel = page.locator('.panel');
    await panel.waitFor({ timeout: PATIENCE });
    const line = right.split('\n').findIndex((one) => one.startsWith('county:')) + 1;
    const shown = await panel.innerText();
    assert.match(shown, new RegExp(`data/schedules/yuci-2024\\.yaml:${line}:\\d+`));
    assert.match(shown, /查无此地“榆茨区”/);
    assert.match(shown, /榆次区/);
    const check = mingbai(site, 'check');
    assert.equal(check.status, 1);
    assert.match(check.stderr, /错误\[MB0208\]: 查无此地“榆茨区”/);
    const refused = mingbai(site, 'build');
    assert.equal(refused.status, 1);
    assert.ok(!existsSync(join(site, 'public')), 'nothing is half-published');

    // The mend: the panel goes, the page is there, the site is built.
    writeFileSync(path, right);
    await panel.waitFor({ state: 'detached', timeout: PATIENCE });
    assert.equal(await page.locator('h1').innerText(), title);
    const built = mingbai(site, 'build');
    assert.equal(built.status, 0, built.stderr);
    assert.match(readFileSync(join(site, 'public/schedules/yuci-2024.html'), 'utf8'), /榆次区2024年/);

    // Ctrl-C ends the preview as somebody who is done ends it.
    preview.types('\u0003');
    assert.equal(await preview.ended, 0);
    preview = undefined;
  } finally {
    preview?.child.kill();
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
