// The built site as files, without a browser: links, structure, size, validity.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { HtmlValidate } from 'html-validate/node';
import { attr, elements, inside, parse, textOf } from './html.mjs';
import { BASE, KINDS, PAGES, REQUIRED, SITE, filesOf, isRedirect, none, read } from './lib.mjs';

const files = new Set(filesOf());
const tokens = new Map(PAGES.map((path) => [path, parse(read(path))]));
const redirects = new Set(PAGES.filter(isRedirect));

/** Everything a page refers to: [attribute, value] */
const references = (path) =>
  elements(tokens.get(path)).flatMap((token) => {
    const found = ['href', 'src', 'action', 'poster'].filter((key) => token.attrs.has(key)).map((key) => [token, attr(token, key)]);
    if (token.name === 'meta' && /^refresh$/i.test(attr(token, 'http-equiv') ?? '')) {
      found.push([token, (attr(token, 'content') ?? '').replace(/^[^=]*=\s*/, '').replace(/^['"]|['"]$/g, '')]);
    }
    return found;
  });

/** Where a reference leads within the site: {file, fragment}, or null when it leads elsewhere. */
function target(path, value) {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(value)) return null;
  const [, name, fragment] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(value);
  let file = decodeURI(name);
  if (file === '') file = path;
  else if (file.startsWith('/')) file = file.startsWith(BASE) ? file.slice(BASE.length) : `..${file}`;
  else file = posix.normalize(posix.join(posix.dirname(path), file));
  return { file, fragment: fragment === undefined ? undefined : decodeURIComponent(fragment) };
}

test('every page that the tests know by name is there', () => {
  none(REQUIRED.filter((path) => !files.has(path)), 'pages missing');
});

test('every internal link leads to a file, every fragment to an element', () => {
  const ids = new Map(PAGES.map((path) => [path, new Set(elements(tokens.get(path)).map((token) => attr(token, 'id')).filter(Boolean))]));
  const broken = [];
  let checked = 0;
  for (const path of PAGES) {
    for (const [token, value] of references(path)) {
      const to = target(path, value);
      if (!to) continue;
      checked += 1;
      if (!files.has(to.file)) broken.push(`${path}: <${token.name}> ${value}: no such file`);
      else if (to.fragment && !ids.get(to.file)?.has(to.fragment)) broken.push(`${path}: ${value}: no such anchor`);
    }
  }
  none(broken, 'broken links');
  assert.ok(checked > 1000, `only ${checked} links found: is this the real site?`);
});

test('links within the site are relative, so that it opens from a folder and below any path', () => {
  const rooted = [];
  for (const path of PAGES.filter((one) => one !== '404.html')) {
    for (const [token, value] of references(path)) if (value.startsWith('/')) rooted.push(`${path}: <${token.name}> ${value}`);
  }
  none(rooted, 'links from the root');
});

test('nothing is loaded from another host', () => {
  const outside = [];
  for (const path of PAGES) {
    for (const token of elements(tokens.get(path))) {
      const loads = token.name === 'link' ? /stylesheet|icon|preload|manifest/.test(attr(token, 'rel') ?? '') && attr(token, 'href') : attr(token, 'src');
      if (loads && /^(?:https?:)?\/\//i.test(loads)) outside.push(`${path}: ${loads}`);
    }
  }
  none(outside, 'files of other hosts');
});

test('every page can be reached from the home page', () => {
  const seen = new Set(['index.html']);
  for (const path of seen) {
    for (const [, value] of references(path)) {
      const to = target(path, value);
      if (to && tokens.has(to.file)) seen.add(to.file);
    }
  }
  none(PAGES.filter((path) => !seen.has(path) && path !== '404.html' && !redirects.has(path)), 'pages that nothing leads to');
});

test('every page has one first heading, its language, a title of its own and no id twice', () => {
  const faults = [];
  const titles = new Map();
  for (const path of PAGES) {
    const all = tokens.get(path);
    const headings = elements(all, 'h1').length;
    if (headings !== 1) faults.push(`${path}: ${headings} h1`);
    if (!/^zh/.test(attr(elements(all, 'html')[0] ?? { attrs: new Map() }, 'lang') ?? '')) faults.push(`${path}: <html> without lang`);
    const ids = elements(all).map((token) => attr(token, 'id')).filter((id) => id !== undefined);
    for (const id of new Set(ids)) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`${path}: id ${id} twice`);
    const title = textOf(inside(all, all.findIndex((token) => token.type === 'start' && token.name === 'title')));
    if (!title) faults.push(`${path}: no title`);
    if (titles.has(title) && !redirects.has(path)) faults.push(`${path}: same title as ${titles.get(title)}: ${title}`);
    if (!redirects.has(path)) titles.set(title, path);
  }
  none(faults, 'faults');
});

test('every table has a caption, and every header cell says what it heads', () => {
  const faults = [];
  let tables = 0;
  for (const path of PAGES) {
    const all = tokens.get(path);
    all.forEach((token, index) => {
      if (token.type !== 'start' || token.name !== 'table') return;
      tables += 1;
      const table = inside(all, index);
      const caption = table.findIndex((one) => one.type === 'start' && one.name === 'caption');
      if (caption < 0 || !textOf(inside(table, caption))) faults.push(`${path}: table without caption`);
      const heads = elements(table, 'th');
      if (heads.length === 0) faults.push(`${path}: table without header cells`);
      for (const head of heads) if (!/^(?:col|row|colgroup|rowgroup)$/.test(attr(head, 'scope') ?? '')) faults.push(`${path}: th without scope`);
    });
  }
  assert.ok(tables > 0, 'no table found');
  none(faults, 'faults');
});

test('the site map lists exactly the pages that people may look for', { skip: !files.has('sitemap.xml') && 'no site map' }, () => {
  const listed = new Set(parse(read('sitemap.xml')).flatMap((token, index, all) =>
    (token.type === 'start' && token.name === 'loc' ? [new URL(textOf(inside(all, index))).pathname] : [])));
  const address = (path) => encodeURI(BASE + path.replace(/(^|\/)index\.html$/, '$1'));
  // Leaflets are extracts of pages: they ask not to be found.
  const hidden = (path) => elements(tokens.get(path), 'meta').some((meta) => attr(meta, 'name') === 'robots' && attr(meta, 'content') === 'noindex');
  const wanted = PAGES.filter((path) => path !== '404.html' && !redirects.has(path) && !hidden(path));
  none(wanted.filter((path) => !listed.has(address(path)) && !listed.has(encodeURI(BASE + path))), 'pages not in the site map');
  const known = new Set(wanted.flatMap((path) => [address(path), encodeURI(BASE + path)]));
  none([...listed].filter((path) => !known.has(path)), 'addresses without a page');
});

test('no page of any kind weighs more than 30 KB with its style and script, compressed', (t) => {
  const packed = new Map();
  const weight = (path) => {
    if (!packed.has(path)) packed.set(path, gzipSync(read(path), { level: 9 }).length);
    return packed.get(path);
  };
  const sizes = PAGES.map((path) => {
    const loads = references(path)
      .filter(([token]) => (token.name === 'link' && /stylesheet|icon/.test(attr(token, 'rel') ?? '')) || token.attrs.has('src'))
      .map(([, value]) => target(path, value)?.file)
      .filter((file) => file && files.has(file));
    return [path, [...new Set([path, ...loads])].reduce((sum, file) => sum + weight(file), 0)];
  }).sort((a, b) => b[1] - a[1]);
  for (const [path, bytes] of sizes.slice(0, 3)) t.diagnostic(`${(bytes / 1024).toFixed(1)} KB  ${path} (page alone ${(weight(path) / 1024).toFixed(1)} KB)`);
  none(sizes.filter(([, bytes]) => bytes > 30 * 1024).map(([path, bytes]) => `${path}: ${(bytes / 1024).toFixed(1)} KB`), 'pages too heavy');
});

test('every page kind is valid HTML', async () => {
  const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });
  const faults = [];
  for (const path of KINDS) {
    const report = await validator.validateFile(join(SITE, path));
    for (const { messages } of report.results) {
      for (const one of messages) faults.push(`${path}:${one.line}:${one.column} ${one.ruleId}: ${one.message}`);
    }
  }
  none(faults, 'faults');
});

test('no file of the site is empty', () => {
  none([...files].filter((path) => statSync(join(SITE, path)).size === 0), 'empty files');
});
