// What the device remembers of reading: changed sections, the reader's role.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, pages, startChromium, startPortal, visitor } from './site.js';

let portal, browser;
before(async () => { portal = await startPortal(); browser = await startChromium(); });
after(async () => { await browser?.close(); await portal?.stop(); });

test('sections changed since the last reading are marked, once', async () => {
  const { page, context } = await visitor(browser, portal.address, { width: 360 });
  await page.goto(pages.guide);
  assert.equal(await page.locator('[data-changed]').isVisible(), false);
  assert.equal(await page.getByText('Mới sửa', { exact: true }).count(), 0);
  const anchor = await page.evaluate(() => {
    const key = 'da-doc:' + location.pathname, marks = JSON.parse(localStorage.getItem(key)), id = Object.keys(marks)[1];
    marks[id] = 'was';
    localStorage.setItem(key, JSON.stringify(marks));
    return id;
  });
  await page.reload();
  assert.equal(await page.locator('[data-changed]').isVisible(), true);
  assert.equal(await page.getByText('Mới sửa', { exact: true }).count(), 1);
  assert.equal(await page.locator(`#${anchor} + p`).innerText(), 'Mới sửa');
  assert.deepEqual(await axe(page), []);
  await page.reload();
  assert.equal(await page.getByText('Mới sửa', { exact: true }).count(), 0);
  await context.close();
});

test('steps of a situation changed since the last reading are marked, once', async () => {
  const { page, context } = await visitor(browser, portal.address, { width: 360 });
  await page.goto(pages.guide);
  const reading = await page.evaluate(() => localStorage.getItem('doc-tiep'));
  await page.goto(pages.situation);
  assert.equal(await page.locator('[data-changed]').isVisible(), false);
  const anchor = await page.evaluate(() => {
    const key = 'da-doc:' + location.pathname, marks = JSON.parse(localStorage.getItem(key)), id = Object.keys(marks)[1];
    marks[id] = 'was';
    localStorage.setItem(key, JSON.stringify(marks));
    return id;
  });
  await page.reload();
  assert.equal(await page.locator('[data-changed]').isVisible(), true);
  assert.equal(await page.getByText('Mới sửa', { exact: true }).count(), 1);
  assert.equal(await page.locator(`section#${anchor} > h2 + p`).innerText(), 'Mới sửa');
  assert.deepEqual(await axe(page), []);
  assert.equal(await page.evaluate(() => localStorage.getItem('doc-tiep')), reading);
  await page.reload();
  assert.equal(await page.getByText('Mới sửa', { exact: true }).count(), 0);
  await context.close();
});

test('a role chosen once folds the parts of others, and prints them all', async () => {
  const { page, context } = await visitor(browser, portal.address, { width: 360 });
  const part = (role, text) => `<section class="for-role" data-roles="${role}"><details open><summary>Dành cho: ${role}</summary><p>${text}</p></details></section>`;
  await page.route('**' + pages.guide, async (route) => {
    const answer = await route.fetch();
    const form = '<form class="card role-form" method="post" action="/hien-thi" data-role-form><label for="f-vai">Vai</label><select id="f-vai" name="vai"><option value="tat-ca">Mọi vai trò</option><option value="thu-ky">Thư ký</option></select><button class="btn no-js" type="submit">Chọn</button></form>';
    await route.fulfill({ response: answer, body: (await answer.text()).replace('<p class="lead">', form + part('thu-ky', 'Ghi số.') + part('to-bau-cu ubnd-xa', 'Niêm phong.') + '<p class="lead">') });
  });
  await page.goto(pages.guide);
  assert.equal(await page.getByText('Niêm phong.', { exact: true }).isVisible(), true);
  await page.getByLabel('Vai', { exact: true }).selectOption('thu-ky');
  assert.equal(await page.getByText('Niêm phong.', { exact: true }).isVisible(), false);
  assert.equal(await page.getByText('Ghi số.', { exact: true }).isVisible(), true);
  assert.equal((await context.cookies()).find((c) => c.name === 'vai').value, 'thu-ky');
  await page.reload();
  assert.equal(await page.getByText('Niêm phong.', { exact: true }).isVisible(), false);
  // Paper has every part, with and without the script; the screen folds them again.
  const printed = () => page.getByText('Niêm phong.', { exact: true }).evaluate((e) => e.checkVisibility({ contentVisibilityAuto: true }));
  await page.emulateMedia({ media: 'print' });
  assert.equal(await printed(), true);
  await page.emulateMedia({ media: 'screen' });
  assert.equal(await printed(), false);
  const shut = () => page.locator('.for-role > details:not([open])').count();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.equal(await shut(), 0);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(await shut(), 1);
  await page.getByText('Dành cho: to-bau-cu').click();
  assert.equal(await page.getByText('Niêm phong.', { exact: true }).isVisible(), true);
  await page.getByLabel('Vai', { exact: true }).selectOption('tat-ca');
  assert.equal(await page.getByText('Niêm phong.', { exact: true }).isVisible(), true);
  await context.close();
});
