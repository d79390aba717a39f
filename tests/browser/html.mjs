// A small reader of HTML, written apart from the program under test, so that its mistakes are not repeated here.
//
// Comes in: the text of a page as written (minified or not: attributes without quotes, end tags left out).
// Goes out: a flat list of start tags, end tags and texts. It builds no tree; the tests ask only what a flat
// list can answer.

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
const RAW = new Set(['script', 'style', 'textarea', 'title']);
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Text with character references resolved. */
export const decode = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));?/gi, (whole, hex, dec, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : dec ? String.fromCodePoint(Number(dec)) : ENTITIES[name] ?? whole);

/** @returns {Array<{type: 'start'|'end'|'text', name?: string, attrs?: Map<string, string>, text?: string}>} */
export function parse(source) {
  const tokens = [];
  const tag = /<!--[\s\S]*?-->|<!doctype[^>]*>|<(\/?)([a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
  let at = 0;
  const text = (until) => { if (until > at) tokens.push({ type: 'text', text: decode(source.slice(at, until)) }); };
  for (let match; (match = tag.exec(source)); at = tag.lastIndex) {
    text(match.index);
    at = tag.lastIndex;
    if (!match[2]) continue;
    const name = match[2].toLowerCase();
    if (match[1]) { tokens.push({ type: 'end', name }); continue; }
    const attrs = new Map();
    for (const [, key, double, single, bare] of match[3].matchAll(/([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)) {
      attrs.set(key.toLowerCase(), decode(double ?? single ?? bare ?? ''));
    }
    tokens.push({ type: 'start', name, attrs });
    if (!RAW.has(name)) continue;
    const end = source.toLowerCase().indexOf(`</${name}`, at);
    text(end < 0 ? source.length : end);
    tag.lastIndex = end < 0 ? source.length : end;
  }
  text(source.length);
  return tokens;
}

export const elements = (tokens, name) => tokens.filter((token) => token.type === 'start' && (!name || token.name === name));

export const attr = (token, name) => token.attrs.get(name);

/** The tokens inside the element that starts at `tokens[index]`, by counting tags of the same name. */
export function inside(tokens, index) {
  const { name } = tokens[index];
  if (VOID.has(name)) return [];
  let open = 1;
  for (let at = index + 1; at < tokens.length; at += 1) {
    if (tokens[at].name !== name) continue;
    open += tokens[at].type === 'start' ? 1 : -1;
    if (open === 0) return tokens.slice(index + 1, at);
  }
  return tokens.slice(index + 1);
}

/** Text of an element, white space folded. */
export const textOf = (tokens) =>
  tokens.filter((token) => token.type === 'text').map((token) => token.text).join('').replace(/\s+/g, ' ').trim();
