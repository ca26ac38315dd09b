// The search page and the suggestions below its fields.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, pages, startChromium, startPortal, visitor } from './site.js';

let portal, browser;
before(async () => { portal = await startPortal(); browser = await startChromium(); });
after(async () => { await browser?.close(); await portal?.stop(); });

// Titles that any typing is answered with, so that the field is tested, not the index.
const titles = [
  { text: 'Hòm phiếu phụ <b>đậm</b>', kind: 'guide', url: '/giup-do' },
  { text: 'Cử tri ốm đau, già yếu ở nhà thì bỏ phiếu thế nào, và ai mang hòm phiếu phụ tới tận nơi?', kind: 'answer', url: '/quyen-rieng-tu' },
  { text: 'Điều 69. Nguyên tắc bỏ phiếu', kind: 'law', url: '/van-ban/85-2015-qh13/dieu-69' },
];

// Answers suggestions and keeps what was asked for.
async function suggesting(page, answer = () => titles) {
  const asked = [];
  await page.route('**/tim-kiem/goi-y?*', async (route) => {
    const q = new URL(route.request().url()).searchParams.get('q');
    asked.push(q);
    const suggestions = await answer(q);
    await (suggestions ? route.fulfill({ json: { suggestions } }) : route.fulfill({ status: 503, body: 'busy' })).catch(() => {});
  });
  return asked;
}

async function opened(width, path = '/') {
  const v = await visitor(browser, portal.address, { width });
  v.asked = await suggesting(v.page);
  await v.page.goto(path);
  v.field = v.page.locator(width < 960 || path === '/' ? '#q' : '#q-head');
  v.options = v.page.locator('[role=option]:visible');
  return v;
}

const expanded = (field) => field.getAttribute('aria-expanded');

test('suggestions are chosen with the keyboard', async () => {
  for (const path of ['/', '/giup-do']) {
    const { page, context, field, options, asked, faults } = await opened(1280, path);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'nothing is focused by itself');
    await field.focus();
    await field.evaluate((e) => { for (const letter of 'hom phieu') { e.value += letter; e.dispatchEvent(new Event('input')); } });
    await options.first().waitFor();
    assert.deepEqual(asked, ['hom phieu'], 'typing is asked for once, at its end');
    assert.equal(await field.getAttribute('role'), 'combobox');
    assert.equal(await expanded(field), 'true');
    const list = page.locator(`#${await field.getAttribute('aria-controls')}`);
    assert.equal(await list.getAttribute('role'), 'listbox');
    assert.equal(await page.locator('.combo [role=status]', { hasText: '3 gợi ý' }).count(), 1);
    assert.equal(await options.first().locator('span').first().textContent(), titles[0].text, 'titles are text, not markup');
    assert.equal(await options.first().locator('span').nth(1).textContent(), 'Hướng dẫn');
    assert.equal(await field.getAttribute('aria-activedescendant'), null);
    await field.press('ArrowDown');
    assert.equal(await field.getAttribute('aria-activedescendant'), await options.nth(0).getAttribute('id'));
    assert.equal(await options.nth(0).getAttribute('aria-selected'), 'true');
    await field.press('ArrowUp');
    assert.equal(await field.getAttribute('aria-activedescendant'), await options.nth(2).getAttribute('id'), 'up from the first is the last');
    await field.press('ArrowDown');
    await field.press('ArrowDown');
    assert.equal(await options.nth(1).getAttribute('aria-selected'), 'true');
    assert.equal(await page.locator('[aria-selected=true]').count(), 1);
    assert.deepEqual(await axe(page), [], 'axe on an open list');
    await field.press('Home');
    assert.equal(await field.evaluate((e) => e.selectionStart), 0, 'Home moves in the text');
    await field.press('End');
    assert.equal(await field.evaluate((e) => e.selectionStart), 9, 'End moves in the text');
    assert.equal(await options.count(), 3);
    await field.press('Enter');
    await page.waitForURL('**/quyen-rieng-tu');
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('Enter without a choice searches; Escape and Tab close and keep the text', async () => {
  const { page, context, field, options } = await opened(1280);
  await field.fill('hom phieu');
  await options.first().waitFor();
  await field.press('ArrowDown');
  await field.press('Escape');
  assert.equal(await options.count(), 0);
  assert.equal(await expanded(field), 'false');
  assert.equal(await field.getAttribute('aria-activedescendant'), null);
  assert.equal(await field.inputValue(), 'hom phieu', 'Escape keeps what was typed');
  await field.press('ArrowDown');
  await options.first().waitFor();
  await field.press('Tab');
  assert.equal(await options.count(), 0);
  assert.notEqual(await page.evaluate(() => document.activeElement.id), 'q', 'Tab goes on');
  assert.equal(await field.inputValue(), 'hom phieu');
  await field.focus();
  await field.press('ArrowDown');
  await options.first().waitFor();
  await field.press('Enter');
  await page.waitForURL('**/tim-kiem?q=hom+phieu');
  await context.close();
});

test('suggestions are taken by touch', async () => {
  const context = await browser.newContext({ baseURL: portal.address, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, locale: 'vi-VN' });
  const page = await context.newPage();
  await suggesting(page);
  await page.goto('/tim-kiem');
  await page.locator('#q').tap();
  await page.locator('#q').pressSequentially('hom');
  const options = page.locator('[role=option]:visible');
  await options.first().waitFor();
  for (const box of await Promise.all([0, 1, 2].map((i) => options.nth(i).boundingBox()))) {
    assert.ok(box.height >= 44 && box.x >= 0 && box.x + box.width <= 360, `an option is ${JSON.stringify(box)}`);
  }
  await options.nth(2).tap();
  await page.waitForURL('**/van-ban/85-2015-qh13/dieu-69');
  await context.close();
});

test('nothing is asked while a word is being composed', async () => {
  const { page, context, field, options, asked } = await opened(360);
  await field.focus();
  const wire = await context.newCDPSession(page);
  await wire.send('Input.imeSetComposition', { text: 'phie', selectionStart: 4, selectionEnd: 4 });
  await wire.send('Input.imeSetComposition', { text: 'phiếu', selectionStart: 5, selectionEnd: 5 });
  await page.waitForTimeout(400);
  assert.deepEqual(asked, [], 'half a word was asked for');
  await wire.send('Input.insertText', { text: 'phiếu' });
  await options.first().waitFor();
  assert.deepEqual(asked, ['phiếu']);
  assert.equal(await field.inputValue(), 'phiếu');
  await context.close();
});

test('late answers, errors and a lost line show nothing', async () => {
  const { page, context, faults } = await visitor(browser, portal.address, { width: 360 });
  let release;
  const asked = await suggesting(page, (q) => {
    if (q === 'cham') return new Promise((resolve) => { release = () => resolve([titles[0]]); });
    return q === 'loi' ? null : [titles[2]];
  });
  await page.goto('/');
  const field = page.locator('#q'), options = page.locator('[role=option]:visible');
  await field.fill('cham');
  await page.waitForTimeout(250);
  await field.fill('nhanh');
  await options.first().waitFor();
  release();
  await page.waitForTimeout(200);
  assert.equal(await options.count(), 1);
  assert.match(await options.first().innerText(), /Điều 69/);
  await field.fill('loi');
  await page.waitForTimeout(300);
  assert.equal(await options.count(), 0, 'an error empties the list');
  await context.setOffline(true);
  await field.fill('mat mang');
  await page.waitForTimeout(300);
  assert.equal(await options.count(), 0);
  assert.deepEqual(asked, ['cham', 'nhanh', 'loi'], 'nothing is asked offline');
  await context.setOffline(false);
  await field.fill('   ');
  await page.waitForTimeout(300);
  assert.equal(asked.length, 3, 'blanks are not asked for');
  assert.deepEqual(faults.filter((f) => !/503|ERR_/.test(f)), []);
  await context.close();
});

test('an open list fits at 320 px and with the largest text', async () => {
  for (const [width, size] of [[320, ''], [360, 'xl']]) {
    const { page, context } = await visitor(browser, portal.address, { width });
    if (size) await context.addCookies([{ name: 'co', value: size, url: portal.address }]);
    await suggesting(page);
    await page.goto('/tim-kiem?q=phieu');
    await page.locator('#q').fill('hom phieu');
    await page.locator('[role=option]:visible').first().waitFor();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${over} px too wide at ${width} px ${size}`);
    await context.close();
  }
});

test('without script the field is a plain form', async () => {
  const { page, context, faults } = await visitor(browser, portal.address, { width: 360, script: false });
  await page.goto('/');
  assert.equal(await page.locator('[role=combobox],[role=listbox]').count(), 0);
  await page.getByRole('searchbox', { name: 'Anh, chị cần tìm gì?' }).fill('hom phieu phu');
  await page.getByRole('main').getByRole('button', { name: 'Tìm' }).click();
  await page.waitForURL('**/tim-kiem?q=hom+phieu+phu');
  assert.ok(await page.locator('.results > li').count() > 0);
  assert.deepEqual(faults, []);
  await context.close();
});

for (const way of [{ width: 360 }, { width: 360, script: false }, { width: 1280 }]) {
  test(`filters narrow a search (${way.width} px, script ${way.script ?? true})`, async () => {
    const { page, context, faults } = await visitor(browser, portal.address, way);
    await page.goto('/tim-kiem?q=bo+phieu&sap=moi&loai=hoi-dap');
    const form = page.locator('form', { has: page.getByRole('button', { name: 'Áp dụng bộ lọc' }) });
    const folded = way.width < 960;
    assert.equal(await form.isVisible(), !folded, 'folded on a phone, open on a wide screen');
    if (folded) {
      await page.getByText('Lọc kết quả (đang chọn 1)').click();
      await form.waitFor({ state: 'visible' });
    }
    assert.ok(await form.locator('[value=hoi-dap]').isChecked());
    if (way.script !== false) assert.deepEqual(await axe(page), [], 'axe on the open filters');
    const small = await form.locator('.opt').evaluateAll((list) => list.filter((e) => e.getBoundingClientRect().height < 44).length);
    assert.equal(small, 0, 'boxes are big enough for a thumb');
    await form.locator('[value=huong-dan]').check();
    await form.locator('[value=hoi-dap]').uncheck();
    await form.getByRole('button', { name: 'Áp dụng bộ lọc' }).click();
    await page.waitForURL('**/tim-kiem?q=bo+phieu&sap=moi&loai=huong-dan');
    for (const href of await page.locator('.results h2 a').evaluateAll((list) => list.map((a) => a.getAttribute('href')))) {
      assert.match(href, /^\/huong-dan\//);
    }
    await page.getByRole('link', { name: /^Hướng dẫn ?, bỏ mục lọc này/ }).click();
    await page.waitForURL('**/tim-kiem?q=bo+phieu&sap=moi');
    await page.getByRole('link', { name: 'Sắp theo mức phù hợp' }).click();
    await page.waitForURL('**/tim-kiem?q=bo+phieu');
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('a law is searched from its own page', async () => {
  const { page, context, faults } = await visitor(browser, portal.address, { width: 360 });
  await page.goto(pages.law);
  await page.getByRole('searchbox', { name: 'Tìm trong văn bản này' }).fill('hòm phiếu');
  await page.getByRole('searchbox', { name: 'Tìm trong văn bản này' }).press('Enter');
  await page.waitForURL('**/tim-kiem?*van-ban=luat-85-2015');
  assert.match(await page.locator('.scope').innerText(), /^Chỉ trong Luật Bầu cử\./);
  for (const href of await page.locator('.results h2 a').evaluateAll((list) => list.map((a) => a.getAttribute('href')))) {
    assert.match(href, /^\/van-ban\/85-2015-qh13/);
  }
  assert.deepEqual(await axe(page), []);
  await page.getByRole('link', { name: 'Tìm trong mọi nội dung' }).click();
  await page.waitForURL(/\/tim-kiem\?q=h/);
  assert.equal(await page.locator('.scope').count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});
