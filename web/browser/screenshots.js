// Takes the README's screenshots: node screenshots.js FOLDER
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pages, startChromium, startPortal, visitor } from './site.js';

const folder = process.argv[2] || 'shots';
const wanted = (process.argv[3] || 'home,guide,search,answer').split(',');
await mkdir(folder, { recursive: true });
const portal = await startPortal();
const browser = await startChromium();
try {
  for (const width of [360, 1280]) {
    for (const name of wanted) {
      const { page, context } = await visitor(browser, portal.address, { width });
      await page.goto(pages[name]);
      await page.screenshot({ path: path.join(folder, `${name}-${width}.png`) });
      await context.close();
    }
  }
} finally {
  await browser.close();
  await portal.stop();
}
