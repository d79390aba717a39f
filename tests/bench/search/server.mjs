// A web server for one built site: text as brotli 11, compressed once; what Pagefind has packed already goes as it is.
import {existsSync, readFileSync, readdirSync, statSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join, posix, sep} from 'node:path';
import {brotliCompressSync, constants} from 'node:zlib';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
};
const BLANK = Buffer.from('<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>-</title><link rel="icon" href="data:,"></head><body></body></html>');

/** All files below a folder: paths with `/`. */
export const filesOf = dir => readdirSync(dir, {recursive: true}).map(name => name.split(sep).join('/')).filter(name => statSync(join(dir, name)).isFile()).sort();

/** `folders`: first part of a path -> folder, '' for the rest. `log` takes each answer; each waits `delay` ms. */
export async function serve(folders) {
  const cache = new Map();
  const site = {log: [], delay: 0, sent};

  /** {body, raw, packed} of a path without the first `/`, or nothing. */
  function sent(path) {
    if (path === 'blank.html') return {body: BLANK, raw: BLANK.length};
    if (!cache.has(path)) {
      const first = path.split('/')[0], known = Object.hasOwn(folders, first);
      const file = join(folders[known ? first : ''], known ? path.slice(first.length + 1) : path);
      if (!existsSync(file) || !statSync(file).isFile()) return undefined;
      const body = readFileSync(file), text = Object.hasOwn(TYPES, extname(file));
      const params = {[constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length};
      cache.set(path, {body: text ? brotliCompressSync(body, {params}) : body, raw: body.length, packed: text});
    }
    return cache.get(path);
  }

  const server = createServer((request, response) => {
    const path = posix.normalize(decodeURIComponent(new URL(request.url, 'http://localhost/').pathname)).slice(1);
    const begin = performance.now(), file = path.startsWith('..') ? undefined : sent(path);
    const {log, delay} = site;
    setTimeout(() => {
      response.writeHead(file ? 200 : 404, {
        'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
        'Content-Length': file ? file.body.length : 0,
        ...(file?.packed ? {'Content-Encoding': 'br'} : {}),
        'Cache-Control': 'max-age=31536000, immutable',
        // Both for a clock of 5 instead of 100 microseconds in the page.
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      });
      log.push({path, bytes: file ? file.body.length : 0, found: Boolean(file), begin, end: performance.now()});
      response.end(file?.body);
    }, delay);
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  site.origin = `http://127.0.0.1:${server.address().port}`;
  site.close = () => new Promise(done => { server.close(done); server.closeAllConnections(); });
  return site;
}
