// The three journeys of the readers, on a phone and on a wide screen, with and
// without script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pages, startChromium, startPortal, visitor } from './site.js';

let portal, browser;
before(async () => { portal = await startPortal(); browser = await startChromium(); });
after(async () => { await browser?.close(); await portal?.stop(); });

const ways = [
  { width: 360, script: true }, { width: 360, script: false },
  { width: 1280, script: true }, { width: 1280, script: false },
];

for (const way of ways) {
  const name = `${way.width} px, script ${way.script ? 'on' : 'off'}`;

  test(`a trainee reads how to arrange the polling room (${name})`, async () => {
    const { page, context, faults } = await visitor(browser, portal.address, way);
    await page.goto('/');
    await page.getByRole('link', { name: /Trang trí, cổ động/ }).first().click();
    await page.getByRole('main').getByRole('link', { name: 'Sắp xếp, trang trí phòng bỏ phiếu' }).first().click();
    assert.equal(new URL(page.url()).pathname, pages.guide);
    await assertVisible(page.getByRole('heading', { level: 1, name: 'Sắp xếp, trang trí phòng bỏ phiếu' }));
    assert.match(await page.locator('.banner').first().innerText(), /áp dụng/i);
    assert.match(await page.locator('.legal').first().innerText(), /Luật số 85\/2015\/QH13/);
    const plan = page.getByRole('img', { name: /Sơ đồ phòng bỏ phiếu/ });
    await assertVisible(plan);
    const dots = await page.locator('svg.plan .dot').count();
    assert.ok(dots >= 5, `the plan has ${dots} numbers`);
    assert.equal(await page.locator('.legend-list > li').count(), dots, 'drawing and legend count alike');
    const first = page.locator('.check input').first();
    await first.check();
    if (way.script) {
      await page.reload();
      assert.ok(await page.locator('.check input').first().isChecked(), 'the tick stays on this device');
      assert.match(await page.locator('[data-count]').first().innerText(), /^1\//);
    }
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`a secretary finds the answer about voting elsewhere (${name})`, async () => {
    const { page, context, faults } = await visitor(browser, portal.address, way);
    await page.goto('/');
    await page.getByLabel('Anh, chị cần tìm gì?').fill('bo phieu noi khac');
    await page.getByLabel('Anh, chị cần tìm gì?').press('Enter');
    await page.waitForURL(/\/tim-kiem/);
    const firstHit = page.locator('.results > li').first();
    assert.match(await firstHit.innerText(), /bỏ phiếu ở nơi khác/i);
    assert.ok(await firstHit.locator('mark').count() > 0, 'the match is marked in the accented text');
    const told = [];
    context.on('request', (request) => { if (request.method() === 'POST') told.push(`${new URL(request.url()).pathname}?${request.postData()}`); });
    await firstHit.getByRole('link').first().click();
    await assertVisible(page.getByRole('heading', { level: 1 }));
    assert.match(new URL(page.url()).pathname, /^\/hoi-dap\/hd-0001/);
    assert.equal(told.length, way.script ? 1 : 0, `the script alone tells which hit was opened: ${told}`);
    if (way.script) assert.match(told[0], /^\/tim-kiem\/chon\?q=bo\+phieu\+noi\+khac&id=answer%3A/);
    assert.match(await page.locator('.answer').innerText(), /Luật Bầu cử/);
    const copied = way.script ? await copyAnswer(page) : await readCopyText(page);
    assert.match(copied, /Điều 34/);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`a trainee takes a quiz and sees why an answer was wrong (${name})`, async () => {
    const { page, context, faults } = await visitor(browser, portal.address, way);
    await page.goto('/trac-nghiem');
    await page.getByRole('main').getByRole('link').first().click();
    await page.getByRole('main').getByRole('button', { name: /Bắt đầu|Làm/ }).first().click();
    await page.waitForURL(/\/trac-nghiem\/[^/]+\/1/);
    let wrong = 0;
    for (let position = 1; position <= 10; position++) {
      await page.locator('main form .opt input').first().check();
      await page.getByRole('button', { name: 'Trả lời' }).click();
      await assertVisible(page.locator('.explain'));
      if (await page.locator('.explain.wrong').count()) {
        wrong++;
        assert.ok(await page.locator('.opt.right').count() > 0, 'the right answer is shown');
        const again = page.locator('.explain a[href*="#muc-"]').first();
        assert.ok(await again.count(), `question ${position} links to the section to read again`);
        if (wrong === 1) await sectionExists(page, await again.getAttribute('href'));
      }
      await page.reload();
      await assertVisible(page.locator('.explain'));
      if (position < 10) await page.getByRole('link', { name: /Câu tiếp/ }).click();
    }
    await page.getByRole('main').getByRole('link', { name: /kết quả/i }).first().click();
    assert.match(await page.locator('.score-num').innerText(), new RegExp(`^${10 - wrong}/10$`));
    assert.ok(wrong > 0, 'always choosing the first option is wrong somewhere');
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('the keyboard alone reads, searches and answers', async () => {
  const { page, context } = await visitor(browser, portal.address, { width: 1280 });
  await page.goto('/');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'noi-dung');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'q');
  await page.keyboard.type('hom phieu phu');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/tim-kiem/);
  assert.ok(await page.locator('.results > li').count() > 0);
  await context.close();
});

test('text size and dark ground stay, with script and without', async () => {
  for (const script of [true, false]) {
    const { page, context } = await visitor(browser, portal.address, { width: 360, script });
    await page.goto('/');
    await page.locator('details.display > summary').click();
    await page.getByLabel('Rất to').check();
    await page.getByLabel(/Tối/).check();
    if (!script) await page.getByRole('button', { name: 'Áp dụng' }).click();
    await page.goto(pages.guide);
    assert.equal(await page.locator('html').getAttribute('data-size'), 'xl', `script ${script}`);
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark', `script ${script}`);
    await context.close();
  }
});

async function assertVisible(locator) {
  await locator.first().waitFor({ state: 'visible', timeout: 5000 });
}

async function copyAnswer(page) {
  await page.getByRole('button', { name: /Chép câu trả lời/ }).click();
  await page.locator('.toast', { hasText: /Đã chép/ }).waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

async function readCopyText(page) {
  await page.locator('summary', { hasText: /Chép/ }).first().click();
  return page.locator('textarea[readonly]').inputValue();
}

async function sectionExists(page, href) {
  const answer = await page.request.get(new URL(href, page.url()).pathname);
  assert.equal(answer.status(), 200);
  assert.ok((await answer.text()).includes(`id="${href.split('#')[1]}"`), `${href} leads to a section`);
}
