const lib = await import('./lib.mjs');
const browser = await lib.browse(); const server = await lib.serve();
for (const w of [360, 1280]) {
  const page = await browser.newPage({ viewport: { width: w, height: 900 } });
  page.on('pageerror', (e) => console.log('ERR', e.message)); page.on('console', (m) => console.log('LOG', m.text()));
  let i = 0;
  for (const q of process.argv.slice(2)) {
    await page.goto(server.url('search/index.html?q=' + encodeURIComponent(q)));
    await page.waitForTimeout(500);
    await page.screenshot({ path: `/tmp/shot-${w}-${i++}.png` });
  }
  await page.goto(server.url('counties/140623.html')); 
  await page.fill('#find', '还不上钱'); await page.waitForTimeout(900);
  await page.screenshot({ path: `/tmp/shot-${w}-panel.png` });
  await page.goto(server.url('search/index.html')); await page.screenshot({ path: `/tmp/shot-${w}-empty.png`, fullPage: true });
  await page.close();
}
await browser.close(); await server.close();
