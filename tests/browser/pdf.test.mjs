// A document that a browser printed is imported as the text that was printed: what Chromium writes for characters, blanks and pages is read.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BIN, REPO, browse } from './lib.mjs';

const skip = !BIN && 'MINGBAI_BIN is not set';
const browser = await browse();
after(() => browser.close());

const mingbai = (folder, ...words) => {
  const run = spawnSync(BIN, ['--lang', 'zh', ...words], { cwd: folder, encoding: 'utf8' });
  assert.equal(run.status, 0, `${words.join(' ')}\n${run.stdout}${run.stderr}`);
};

/** The text of a notice, without its front matter. */
const body = (path) => readFileSync(path, 'utf8').split('\n---\n').slice(1).join('\n---\n').trim();

test('a printed notice is imported as its text', { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingbai-pdf-'));
  try {
    const text = readFileSync(join(REPO, 'tests/import/youyu-2023-plan.txt'), 'utf8');
    const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
    const page = await browser.newPage();
    await page.setContent(`<!doctype html><meta charset="utf-8"><style>
      @page { size: A4; margin: 37mm 26mm 35mm 28mm }
      body { margin: 0; font: 16pt/28pt "Noto Serif CJK SC", serif; text-align: justify }
      p { margin: 0; text-indent: 2em }</style>${lines.map(() => '<p></p>').join('')}`);
    await page.evaluate((words) => document.querySelectorAll('p').forEach((paragraph, at) => { paragraph.textContent = words[at]; }), lines);
    const footerTemplate = '<div style="width:100%;text-align:center;font-size:14pt">— <span class="pageNumber"></span> —</div>';
    const pdf = await page.pdf({ preferCSSPageSize: true, displayHeaderFooter: true, headerTemplate: '<i></i>', footerTemplate });
    await page.close();
    mingbai(folder, 'init', 'site');
    const site = join(folder, 'site');
    writeFileSync(join(site, 'a.txt'), text);
    writeFileSync(join(site, 'b.pdf'), pdf);
    mingbai(site, 'import', 'a.txt', '--id', 'typed');
    mingbai(site, 'import', 'b.pdf', '--id', 'printed');
    const typed = body(join(site, 'content/notices/typed.md'));
    assert.ok(typed.length > 1500, `${typed.length} characters`);
    assert.equal(body(join(site, 'content/notices/printed.md')), typed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
