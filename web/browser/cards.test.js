// Cards of guides: each is one sheet, whatever the guide holds.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pages, startChromium, startPortal, visitor } from './site.js';

let portal, browser;
before(async () => { portal = await startPortal(); browser = await startChromium(); });
after(async () => { await browser?.close(); await portal?.stop(); });

// How many pages a PDF has, and the size of the first in millimetres.
function sheets(pdf) {
  const text = pdf.toString('latin1');
  const box = /\/MediaBox\s*\[\s*0 0 ([0-9.]+) ([0-9.]+)\s*\]/.exec(text);
  return { count: (text.match(/\/Type\s*\/Page\b(?!s)/g) || []).length, width: box && Math.round(box[1] / 72 * 25.4), height: box && Math.round(box[2] / 72 * 25.4) };
}

async function guidePaths() {
  const map = await (await fetch(portal.address + '/sitemap.xml')).text();
  return [...map.matchAll(/<loc>[^<]*?(\/huong-dan\/[a-z0-9-]+\/[a-z0-9-]+)<\/loc>/g)].map((m) => m[1]);
}

test('every card prints on exactly one page, uncut', async () => {
  const { page, context } = await visitor(browser, portal.address, { width: 1280 });
  const guides = await guidePaths();
  assert.ok(guides.length >= 12, `only ${guides.length} guides`);
  for (const guide of guides) {
    for (const [paper, width, height] of [['a4', 210, 297], ['a5', 148, 210]]) {
      await page.goto(`${guide}/the-in?co=${paper}`);
      await page.emulateMedia({ media: 'print' });
      const got = sheets(await page.pdf({ preferCSSPageSize: true }));
      assert.deepEqual(got, { count: 1, width, height }, `${guide} on ${paper}`);
      // What the sheet holds at the width of its paper, margins off, must end above its foot.
      await page.setViewportSize({ width: Math.round((width - (paper === 'a4' ? 24 : 18)) / 25.4 * 96), height: 1000 });
      const over = await page.evaluate(() => { const e = document.querySelector('.sheet'); return e.scrollHeight - e.clientHeight; });
      assert.ok(over <= 0, `${guide} on ${paper} is cut by ${over} px`);
      await page.emulateMedia({ media: 'screen' });
    }
  }
  await context.close();
});

test('a card is reached from its guide and holds its steps', async () => {
  const { page, context } = await visitor(browser, portal.address, { width: 360 });
  await page.goto(pages.guide);
  await page.getByRole('link', { name: 'In thẻ một trang' }).click();
  assert.match(await page.locator('.sheet').innerText(), /Bản 1, .*quét mã/);
  assert.ok(await page.locator('.sheet p.step, .sheet p.task').count() >= 3);
  await context.close();
});
