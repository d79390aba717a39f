// The site on real web servers, with the configuration that `mingbai config` prints: every kind of page with everything that
// can be used on it, under the whole policy and with integrity; headers, compression, moved and withdrawn pages; and
// `mingbai verify` of a running server. nginx must be there, Caddy is tried where it is.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { accessSync, appendFileSync, constants, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, request } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { CHECKS } from './checks.mjs';
import { BIN, KINDS, REPO, browse, filesOf, isRedirect, none, onEvery } from './lib.mjs';

/** The program `name`, in PATH or where administrators look; nothing if it is not installed. */
function program(name) {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']) {
    try { accessSync(join(folder, name), constants.X_OK); return join(folder, name); } catch { /* not here */ }
  }
  return null;
}

const NGINX = program('nginx');
const CADDY = program('caddy');

const runWith = (env, ...args) => new Promise((resolve) => {
  const options = { maxBuffer: 1 << 26, env: { ...process.env, ...env } };
  execFile(BIN, ['--lang', 'en', ...args], options, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }));
});
const run = (...args) => runWith({}, ...args);
const ok = async (...args) => {
  const { code, stdout, stderr } = await run(...args);
  assert.equal(code, 0, `${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
};

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** A program that serves until it is stopped. */
function start(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { said += data; });
  const gone = new Promise((resolve) => { child.on('exit', resolve); });
  return { said: () => said, stop: async () => { child.kill('SIGTERM'); await gone; } };
}

/** Waits until something answers. */
async function answers(port, server) {
  for (let tries = 0; tries < 100; tries += 1) {
    try { await get(port, '/'); return; } catch { await new Promise((done) => { setTimeout(done, 50); }); }
  }
  throw new Error(`no answer: ${server.said()}`);
}

/** One request, nothing followed and nothing unpacked. */
const get = (port, path, { method = 'GET', headers = {} } = {}) => new Promise((resolve, reject) => {
  request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
    const pieces = [];
    response.on('data', (piece) => pieces.push(piece));
    response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) }));
  }).on('error', reject).end();
});

let tmp;
let site;
let out;
let port;
let base;
let nginx;
let browser;
before(async () => {
  assert.ok(NGINX, 'nginx is not installed (Debian: apt-get install nginx-light)');
  tmp = mkdtempSync(join(tmpdir(), 'mingbai-served-'));
  site = join(tmp, 'site');
  out = join(tmp, 'served', 'public');
  for (const name of ['content', 'data', 'themes']) cpSync(join(REPO, name), join(site, name), { recursive: true });
  appendFileSync(join(site, 'data/site.yaml'), [
    'hosting: [校验码, 压缩副本, 托管规则]',
    'redirects:',
    '  2020/plan.html: notices/youyu-2023-plan.html',
    '  2019/gone.html: 撤下',
    '',
  ].join('\n'));
  port = await freePort();
  base = `http://127.0.0.1:${port}/zizhu/`;
  [browser] = await Promise.all([browse(), ok('build', site, '--out', out, '--base-url', base)]);
  nginx = await serveWithNginx();
});
after(async () => {
  await browser?.close();
  await nginx?.stop();
  if (tmp) rmSync(tmp, { recursive: true, force: true });
});

async function serveWithNginx() {
  const config = await ok('config', 'nginx', site, '--base-url', base, '--root', out, '--listen', `127.0.0.1:${port}`);
  writeFileSync(join(tmp, 'site.conf'), config);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(tmp, name)};`).join(' ');
  writeFileSync(join(tmp, 'nginx.conf'), [
    process.getuid() === 0 ? 'user root;' : '',
    `daemon off; pid ${join(tmp, 'pid')}; error_log stderr warn; worker_processes 1;`,
    'events { worker_connections 128; }',
    `http { access_log off; ${temporary} include ${join(tmp, 'site.conf')}; }`,
  ].join('\n'));
  const server = start(NGINX, ['-p', tmp, '-e', 'stderr', '-c', join(tmp, 'nginx.conf')]);
  await answers(port, server);
  return server;
}

/** A context that collects everything that a browser refuses or complains about. */
async function watched(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const faults = [];
  await context.exposeFunction('violated', (words) => faults.push(words));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => window.violated(`${location.pathname}: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  context.on('console', (message) => { if (/error|warning/.test(message.type()) && !/404 \(Not Found\)/.test(message.text())) faults.push(`${message.page()?.url()}: ${message.text()}`); });
  context.on('weberror', (error) => faults.push(String(error.error())));
  return { context, faults };
}

/** Uses what a page has: the box in its head, tables, questions, folds. */
async function use(page) {
  const box = page.locator('#find');
  if (await box.count()) {
    await box.fill('youyuxian 续贷');
    await page.waitForFunction(() => [...document.querySelectorAll('[role=status]')].some((one) => /\d/.test(one.textContent)), null, { timeout: 10000 });
    // The panel closes when the focus goes elsewhere, and covers nothing.
    await page.locator('.brand').focus();
  }
  const sort = page.locator('thead button').first();
  if (await sort.isVisible().catch(() => false)) await sort.click();
  const select = page.locator('main .filters select').first();
  if (await select.isVisible().catch(() => false)) await select.selectOption({ index: 1 });
  for (const fold of await page.locator('main details:not([open]) > summary').all()) if (await fold.isVisible()) await fold.click();
  for (let n = 0; n < 12 && await page.locator('#ok').isVisible().catch(() => false); n += 1) {
    const choice = page.locator('#in input[type=radio], #in input[type=checkbox]').first();
    if (await choice.count()) await choice.check();
    else for (const field of await page.locator('#in input').all()) if (await field.isVisible()) await field.fill(await field.getAttribute('type') === 'date' ? '2023-06-01' : '1');
    await page.locator('#ok').click();
    const know = page.locator('#dk');
    if (await page.locator('#err').isVisible().catch(() => false) && await know.isVisible()) await know.click();
  }
  const save = page.locator('#save');
  if (await save.isVisible().catch(() => false)) await save.click();
}

test('on nginx every kind of page works with everything on it, and nothing breaks the policy', async () => {
  const { context, faults } = await watched();
  const pages = [...new Set([...KINDS, ...CHECKS])].filter((path) => !isRedirect(path));
  const used = { search: 0, results: 0, tables: 0 };
  const policies = await onEvery(context, pages, async (page, path) => {
    const answer = await page.goto(base + path, { waitUntil: 'load' });
    const styled = await page.evaluate(() => [...document.styleSheets].some((sheet) => sheet.cssRules.length > 0) && typeof window._mbStates === 'object');
    if (!styled) faults.push(`${path}: no style or no script`);
    await use(page);
    used.search += await page.locator('.find').count();
    used.results += await page.locator('#res:visible').count();
    used.tables += await page.locator('[aria-sort]').count();
    const meta = await page.evaluate(() => document.querySelector('meta[http-equiv=Content-Security-Policy]')?.content);
    return { path, meta, header: answer.headers()['content-security-policy'] };
  });
  none(faults, 'faults');
  // The test did what it says.
  assert.ok(used.search > 20 && used.results === CHECKS.length && used.tables > 1, JSON.stringify(used));
  none(policies.map(({ path, meta, header }) => (header === `${meta}; frame-ancestors 'none'` ? '' : `${path}: ${meta} | ${header}`)), 'pages with another policy than their header');
  for (const { path, meta } of policies) {
    assert.match(meta, /^default-src 'none'; .*require-trusted-types-for 'script'; trusted-types mingbai$/);
    assert.equal(meta.includes('wasm-unsafe-eval'), CHECKS.includes(path), path);
  }
});

test('every style sheet and script of a page has its hash, also those that are fetched later', () => {
  const faults = [];
  for (const path of filesOf(out).filter((name) => name.endsWith('.html'))) {
    const html = readFileSync(join(out, path), 'utf8');
    for (const [tag] of html.matchAll(/<(?:link|script)\b[^>]*>/g)) {
      const loads = /assets\/[^ >"]+\.(?:css|js)\b/.test(tag.replace(/data-[a-z]+=\S+/g, ''));
      if (loads && !/\bintegrity="?sha256-[\w+/]{43}=/.test(tag)) faults.push(`${path}: ${tag}`);
    }
    for (const [tag] of html.matchAll(/<[^>]*data-more=[^>]*>/g)) if (!/data-integrity="?sha256-/.test(tag)) faults.push(`${path}: ${tag}`);
  }
  none(faults, 'tags without a hash');
});

test('a script that somebody changed on the server does not run', async () => {
  for (const [file, ran] of [
    [/^assets\/site\.[0-9a-f]+\.js$/, () => typeof window._mbStates],
    [/^assets\/search\.[0-9a-f]+\.js$/, () => typeof window.mingbaiSearch],
  ]) {
    const path = join(out, filesOf(out).find((name) => file.test(name)));
    const [bytes, packed] = [path, `${path}.gz`].map((name) => readFileSync(name));
    writeFileSync(path, `${bytes}\n// changed`);
    rmSync(`${path}.gz`);
    try {
      const { context, faults } = await watched();
      const page = await context.newPage();
      await page.goto(`${base}index.html`);
      await page.locator('#find').focus();
      await page.waitForLoadState('networkidle');
      assert.equal(await page.evaluate(ran), 'undefined');
      assert.ok(faults.some((fault) => /integrity/.test(fault)), faults.join('\n'));
      await context.close();
    } finally {
      writeFileSync(path, bytes);
      writeFileSync(`${path}.gz`, packed);
    }
  }
});

test('no script can name a script of elsewhere, and no text becomes markup', async () => {
  const { context } = await watched();
  const page = await context.newPage();
  await page.goto(`${base}index.html`);
  const tried = await page.evaluate(() => {
    const attempt = (work) => { try { work(); return 'done'; } catch (error) { return error.name; } };
    return {
      html: attempt(() => { document.body.innerHTML = '<b>x</b>'; }),
      script: attempt(() => { document.createElement('script').src = 'assets/x.js'; }),
      elsewhere: attempt(() => window._mbScript('https://evil.example/assets/x.js')),
      outside: attempt(() => window._mbScript('../x.js')),
      data: attempt(() => window._mbScript('data:text/javascript,1')),
      policy: attempt(() => window.trustedTypes.createPolicy('mingbai', { createScriptURL: (text) => text })),
      own: attempt(() => window._mbScript('assets/x.js')),
    };
  });
  assert.deepEqual(tried, { html: 'TypeError', script: 'TypeError', elsewhere: 'TypeError', outside: 'TypeError', data: 'TypeError', policy: 'TypeError', own: 'done' });
  await context.close();
});

/** What every configuration must make a server say. */
async function headers(server, { moved = true, gone = 410 } = {}) {
  const ask = (path, options) => get(server, `/zizhu/${path}`, options);
  const asset = filesOf(out).find((name) => /^assets\/site\..*\.js$/.test(name));
  const shelf = filesOf(out).find((name) => /^search\/[^/]+\/.*\.js$/.test(name));
  const home = await ask('index.html');
  assert.equal(home.status, 200);
  assert.match(home.headers['content-security-policy'], /default-src 'none';.*frame-ancestors 'none'/);
  assert.equal(home.headers['x-content-type-options'], 'nosniff');
  assert.equal(home.headers['referrer-policy'], 'no-referrer');
  assert.match(home.headers['permissions-policy'], /geolocation=\(\)/);
  assert.equal(home.headers['cache-control'], 'no-cache');
  assert.equal(home.headers['access-control-allow-origin'], undefined);
  assert.deepEqual(home.body, readFileSync(join(out, 'index.html')));
  const again = await ask('index.html', { headers: { 'If-None-Match': home.headers.etag } });
  assert.equal(again.status, 304);
  assert.equal((await ask(asset)).headers['cache-control'], 'public, max-age=31536000, immutable');
  const data = await ask('data/windows.json');
  assert.equal(data.headers['access-control-allow-origin'], '*');
  assert.equal(data.headers['cache-control'], 'no-cache');
  const missing = await ask('counties/none.html');
  assert.equal(missing.status, 404);
  assert.deepEqual(missing.body, readFileSync(join(out, '404.html')));
  assert.ok(missing.headers['content-security-policy']);
  for (const path of ['.mingbai', 'assets/.hidden']) assert.equal((await ask(path)).status, 404, path);
  const check = await ask(CHECKS[0]);
  assert.match(check.headers['content-security-policy'], /'wasm-unsafe-eval'/);
  assert.match(check.headers['content-security-policy'], /frame-ancestors 'none'/);
  assert.equal((await ask('2019/gone.html')).status, gone);
  if (moved) {
    const answer = await ask('2020/plan.html');
    assert.equal(answer.status, 301);
    assert.equal(new URL(answer.headers.location, base).pathname, '/zizhu/notices/youyu-2023-plan.html');
  }
  return { ask, shelf };
}

test('nginx sends the headers, types, compressed copies and answers that the configuration promises', async () => {
  const { ask, shelf } = await headers(port);
  assert.equal((await ask(shelf)).headers['cache-control'], 'public, max-age=31536000, immutable');
  for (const [path, type] of [
    ['index.html', 'text/html; charset=utf-8'],
    [CHECKS[0].replace(/([^/]+)\.html$/, '$1/$1.wasm'), 'application/wasm'],
    ['data/windows.csv', 'text/csv; charset=utf-8'],
    ['data/windows.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['atom.xml', 'application/xml; charset=utf-8'],
  ]) {
    const answer = await ask(path);
    assert.deepEqual([answer.status, answer.headers['content-type']], [200, type], path);
  }
  const packed = await ask('notices/youyu-2023-plan.html', { headers: { 'Accept-Encoding': 'gzip' } });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.deepEqual(packed.body, readFileSync(join(out, 'notices/youyu-2023-plan.html.gz')));
  assert.deepEqual(gunzipSync(packed.body), readFileSync(join(out, 'notices/youyu-2023-plan.html')));
  assert.equal((await ask('index.html', { method: 'POST' })).status, 405);
  assert.equal((await get(port, '/zizhu/notices/')).status, 200);
  assert.equal((await get(port, '/')).headers.location, '/zizhu/');
});

test('Caddy with its file says the same', { skip: !CADDY && 'Caddy is not installed' }, async () => {
  const other = await freePort();
  const config = await ok('config', 'caddy', site, '--base-url', base, '--root', out, '--listen', `http://127.0.0.1:${other}`);
  writeFileSync(join(tmp, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n\tstorage file_system ${join(tmp, 'caddy')}\n}\n${config}`);
  const server = start(CADDY, ['run', '--config', join(tmp, 'Caddyfile'), '--adapter', 'caddyfile']);
  try {
    await answers(other, server);
    const { ask } = await headers(other);
    const packed = await ask('notices/youyu-2023-plan.html', { headers: { 'Accept-Encoding': 'gzip' } });
    assert.deepEqual(packed.body, readFileSync(join(out, 'notices/youyu-2023-plan.html.gz')));
    assert.equal((await ask('index.html', { method: 'POST' })).status, 405);
  } finally {
    await server.stop();
  }
});

/** The rules of `_headers`: every rule whose path matches adds its headers; `! Name` takes one back. */
function ruled(text, path) {
  const found = new Map();
  let applies = false;
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) {
      const [start, ...more] = line.trim().split('*');
      applies = line.includes('*') ? path.startsWith(start) && more.join('') === '' : path === start;
    } else if (applies && line.trim()) {
      const gone = /^! (\S+)$/.exec(line.trim());
      if (gone) { found.delete(gone[1].toLowerCase()); continue; }
      const [, name, value] = /^([^:]+): (.*)$/.exec(line.trim());
      assert.ok(!found.has(name.toLowerCase()), `two rules send ${name} for ${path}`);
      found.set(name.toLowerCase(), value);
    }
  }
  return Object.fromEntries(found);
}

test('a host that reads _headers and _redirects sends the same', async () => {
  const [rules, redirects] = ['_headers', '_redirects'].map((name) => readFileSync(join(out, name), 'utf8'));
  const server = createHttp((question, response) => {
    const { pathname } = new URL(question.url, base);
    const rule = redirects.split('\n').map((line) => line.split(' ')).find(([from]) => from === pathname);
    if (rule) { response.writeHead(Number(rule[2]), { location: rule[1] }).end(); return; }
    const path = pathname.replace('/zizhu/', '');
    const exists = !path.startsWith('.') && !path.includes('/.') && filesOf(out).includes(path);
    const bytes = readFileSync(join(out, exists ? path : '404.html'));
    const etag = `"${bytes.length}"`;
    const status = question.headers['if-none-match'] === etag ? 304 : exists ? 200 : 404;
    response.writeHead(status, { etag, 'content-type': extname(path) === '.html' ? 'text/html' : 'text/plain', ...ruled(rules, pathname) });
    response.end(status === 304 ? '' : bytes);
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  try {
    await headers(server.address().port, { gone: 404 });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a running server is verified: what was changed and removed is named', async () => {
  const keys = join(tmp, 'keys');
  mkdirSync(keys);
  await ok('keygen', join(keys, 'site.key'), '--no-password');
  await ok('sign', out, '--key', join(keys, 'site.key'));
  const verify = () => run('verify', base, '--key', join(keys, 'site.key.pub'), '--format', 'json');
  const well = await verify();
  const { files, changed, removed } = JSON.parse(well.stdout);
  assert.deepEqual([well.code, changed, removed], [0, [], []], well.stdout.slice(0, 2000));
  assert.ok(files > 1000);
  const page = join(out, 'notices/youyu-2023-plan.html');
  const data = join(out, 'data/windows.csv');
  const [html, csv] = [readFileSync(page), readFileSync(data)];
  writeFileSync(page, html.toString().replace('2023', '2024'));
  rmSync(data);
  try {
    const bad = await verify();
    assert.equal(bad.code, 1);
    const found = JSON.parse(bad.stdout);
    assert.deepEqual([found.changed, found.removed], [['notices/youyu-2023-plan.html'], ['data/windows.csv']]);
  } finally {
    writeFileSync(page, html);
    writeFileSync(data, csv);
  }
});

test('a server is verified through https, and one whose certificate nobody vouches for is not', async () => {
  const [key, certificate, signing] = ['tls.key', 'tls.pem', 'https.key'].map((name) => join(tmp, name));
  await new Promise((resolve, reject) => {
    const options = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFile('openssl', [...options, '-keyout', key, '-out', certificate], (error) => (error ? reject(error) : resolve()));
  });
  const small = join(tmp, 'small');
  await ok('build', join(REPO, 'tests/diagnostics/base'), '--out', small, '--today', '2026-11-20');
  await ok('keygen', signing, '--no-password');
  await ok('sign', small, '--key', signing);
  let altered = '';
  const server = createHttps({ key: readFileSync(key), cert: readFileSync(certificate) }, (question, response) => {
    const path = decodeURIComponent(question.url.replace('/zizhu/', ''));
    const bytes = readFileSync(join(small, path));
    response.end(path === altered ? Buffer.concat([bytes.subarray(1), bytes.subarray(0, 1)]) : bytes);
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  const secure = `https://127.0.0.1:${server.address().port}/zizhu/`;
  const verify = (env) => runWith(env, 'verify', secure, '--key', `${signing}.pub`, '--format', 'json');
  try {
    const well = await verify({ CURL_CA_BUNDLE: certificate });
    const { files, changed, removed } = JSON.parse(well.stdout);
    assert.deepEqual([well.code, changed, removed], [0, [], []], well.stdout.slice(0, 2000));
    assert.ok(files > 50);
    altered = 'data/windows.csv';
    const bad = await verify({ CURL_CA_BUNDLE: certificate });
    assert.deepEqual([bad.code, JSON.parse(bad.stdout).changed], [1, [altered]]);
    const unknown = await verify({});
    assert.notEqual(unknown.code, 0);
    assert.match(unknown.stdout + unknown.stderr, /certificate is not valid/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
