import { readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
const lib = await import('./lib.mjs');
const qs = process.argv.slice(2).flatMap((f) => readFileSync(f, 'utf8').trim().split('\n').map((l) => JSON.parse(l).query));
writeFileSync('/tmp/pq.txt', qs.join('\n') + '\n');
const cli = execFileSync('/work/main/target/release/mingbai', ['search', '--queries', '/tmp/pq.txt', '/work/main', '--most', '6'], { maxBuffer: 1e9 }).toString().trim().split('\n').map((l) => JSON.parse(l));
const browser = await lib.browse(); const server = await lib.serve();
const page = await browser.newPage();
page.on('pageerror', (e) => console.log('ERR', e.message));
page.on('console', (m) => console.log('LOG', m.text()));
await page.goto(server.url('search/index.html'));
let bad = 0;
for (let i = 0; i < qs.length; i++) {
  const got = await page.evaluate((q) => window.mingbaiSearch.ask(q).then((a) => a.found.map((f) => [f.url, f.score, f.covered, f.weak, f.group]), (e) => [['ERR ' + e.message + e.stack]]), qs[i]);
  const want = cli[i].results.map((f) => [f.url, f.score, f.covered, f.weak, f.group]);
  if (JSON.stringify(got) !== JSON.stringify(want)) { if (bad++ < 8) console.log(qs[i], '\n  js ', JSON.stringify(got).slice(0, 300), '\n  rs ', JSON.stringify(want).slice(0, 300)); }
}
console.log(qs.length, 'queries', bad, 'differ');
await browser.close(); await server.close();
