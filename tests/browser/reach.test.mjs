// Does everything on a page reach its reader: no text where nobody can scroll to, nothing that covers what has the focus,
// the answer of a page on its first screen, and the same on paper and in old browsers?

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CHECKS } from './checks.mjs';
import { KINDS, browse, filesOf, none, onEvery, read, serve } from './lib.mjs';

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([browse(), serve()]); });
after(async () => { await browser?.close(); await server?.close(); });

// ---------------------------------------------------------------- text out of reach

/** A word without a place to break it, longer than any line of a phone. */
const WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

/**
 * The text of a page, or fields to type in, of which a part lies where no scrolling leads: beyond the edges of the page, or
 * of a box that hides what does not fit. With `word`, every text gets it in addition.
 */
const lost = (page, { scale = 1, word = '' }) => page.evaluate(({ times, long }) => {
  const root = document.documentElement;
  root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * times}px`;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.data.trim() && !/^(SCRIPT|STYLE|NOSCRIPT)$/.test(node.parentElement.tagName) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT),
  });
  const nodes = [];
  while (texts.nextNode()) nodes.push(texts.currentNode);
  // Pictures and options have no lines that could break, readings are syllables.
  if (long) for (const node of nodes) if (!node.parentElement.closest('svg, option, rt, .sr')) node.data += ` ${long}`;
  nodes.push(...document.querySelectorAll('input, select, button, textarea'));
  const page = { left: 0, top: 0, right: root.scrollWidth, bottom: root.scrollHeight };
  const cut = (box, frame) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
  const range = document.createRange();
  const isLost = (node) => {
    range.selectNodeContents(node);
    let box = (node.nodeType === 3 ? range : node).getBoundingClientRect();
    if (!box.width || !box.height || getComputedStyle(node.parentElement).visibility === 'hidden') return false;
    for (let up = node.parentElement; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      // What is for screen readers only is in a box of one pixel; what jumps to the main part is seen when it has the focus.
      if (style.clip !== 'auto' || style.clipPath !== 'none' || up.matches('.skip')) return false;
      const [x, y] = [style.overflowX, style.overflowY];
      if (x === 'visible' && y === 'visible') continue;
      const edge = up.getBoundingClientRect();
      const frame = { left: edge.left + up.clientLeft, top: edge.top + up.clientTop, right: edge.right, bottom: edge.bottom };
      const rolls = { left: frame.left - up.scrollLeft, top: frame.top - up.scrollTop, right: frame.left - up.scrollLeft + up.scrollWidth, bottom: frame.top - up.scrollTop + up.scrollHeight };
      const [across, down] = [x, y].map((one) => (/auto|scroll/.test(one) ? rolls : one === 'visible' ? { left: -1e9, top: -1e9, right: 1e9, bottom: 1e9 } : frame));
      if (cut(box, { left: across.left, right: across.right, top: down.top, bottom: down.bottom })) return true;
      if (/auto|scroll/.test(x + y)) box = edge;
    }
    return cut({ left: box.left + scrollX, right: box.right + scrollX, top: box.top + scrollY, bottom: box.bottom + scrollY }, page);
  };
  const name = (node) => `${(node.data ?? node.outerHTML).trim().slice(0, 24)} in ${(node.parentElement.outerHTML.match(/^<[^>]*>/) ?? [''])[0].slice(0, 60)}`;
  const found = nodes.filter(isLost).map(name);
  const wide = root.scrollWidth > innerWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
  // Frames that scroll can be reached by keyboard.
  const shut = [...document.querySelectorAll('body *')].filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1
    && !one.matches('[tabindex="0"], pre, textarea, input') && !one.querySelector('a[href], button, input')).map((one) => `no focus on ${one.outerHTML.slice(0, 60)}`);
  return [...wide, ...found, ...shut];
}, { times: scale, long: word });

for (const { width, height, options, what } of [
  { width: 360, height: 640, options: { scale: 2 }, what: 'at 360 px with text twice as large' },
  { width: 1280, height: 800, options: { scale: 2 }, what: 'at 1280 px with text twice as large' },
  { width: 320, height: 256, options: {}, what: 'at 1280 × 1024 and 400 %, which is 320 × 256' },
  { width: 320, height: 640, options: { word: WORD }, what: 'at 320 px with a long Latin word in every text' },
]) {
  test(`every text can be reached on every page kind ${what}`, async () => {
    const context = await browser.newContext({ viewport: { width, height } });
    const found = await onEvery(context, KINDS, async (page, path) => {
      await page.goto(server.url(path));
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
      const nodes = await lost(page, options);
      return nodes.length ? `${path}: ${nodes.length}, ${nodes.slice(0, 3).join(' | ')}` : '';
    });
    none(found, 'pages with text out of reach');
  });
}
