// The way of a text: one person writes, another approves, a third finds it; and
// the way of a question, from a visitor to the receipt that shows the answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, startChromium, startPortal, visitor } from './site.js';
import { join, password } from './people.js';

let portal, browser, trainer, approver, secretary;

before(async () => {
  portal = await startPortal();
  browser = await startChromium();
  trainer = await join(portal, browser, { name: 'Nguyễn Thị Lan', phone: '0912000021', role: 'trainer' });
  approver = await join(portal, browser, { name: 'Lê Văn Duyệt', phone: '0912000022', role: 'approver' });
  secretary = await join(portal, browser, { name: 'Trần Thư Ký', phone: '0912000023', role: 'secretary' }, { width: 360 });
});
after(async () => { await browser?.close(); await portal?.stop(); });

const main = (page) => page.getByRole('main');
const button = (page, name) => main(page).getByRole('button', { name, exact: true });

// Presses a button and waits until what it sent was taken.
async function press(page, name) {
  const taken = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.request().isNavigationRequest());
  await button(page, name).click();
  await taken;
  await page.waitForLoadState();
}

// Writes an answer and sends it for review; gives the address of its review.
async function write(page, question, short) {
  await page.goto('/bien-tap');
  await page.getByLabel('Loại bài').selectOption({ label: 'Câu hỏi đáp' });
  await press(page, 'Soạn bài mới');
  await page.waitForURL('**/soan');
  await fill(page, question, short);
  return page.url().replace('/soan', '/duyet');
}

async function fill(page, question, short) {
  for (const [label, value] of [['Câu hỏi', question], ['Trả lời ngắn', short], ['Cơ quan trả lời', 'Sở Nội vụ'], ['Lĩnh vực', 'Bỏ phiếu'], ['Ngày trả lời', '2026-03-02'], ['Căn cứ pháp lý', 'luat-85-2015 dieu-69 khoan-4'], ['Nội dung', `${short} Việc này ghi vào biên bản.`]]) {
    await main(page).getByLabel(label, { exact: true }).fill(value);
  }
  await main(page).getByLabel('Chủ đề').selectOption({ index: 1 });
  await main(page).getByLabel('Mức tin cậy').selectOption('N');
  await main(page).getByLabel('Lý do soạn, sửa').fill('Câu mới.');
  await press(page, 'Gửi duyệt');
  await page.waitForURL((url) => !url.pathname.endsWith('/soan'));
}

async function verdict(page, choice, note = '') {
  await main(page).getByLabel(choice).check();
  if (note) await main(page).getByLabel('Ghi chú cho người soạn').fill(note);
  await press(page, 'Xác nhận');
}

async function found(page, query, title) {
  for (const deadline = Date.now() + 3000; ;) {
    await page.goto('/tim-kiem?q=' + encodeURIComponent(query));
    if (await main(page).getByText(title).count()) return true;
    if (Date.now() > deadline) return false;
  }
}

test('a trainer writes, an approver approves, a secretary finds it without tones', async () => {
  const title = 'Trâu đi lạc vào sân nhà văn hóa lúc bỏ phiếu thì làm gì?';
  const review = await write(trainer.page, title, 'Mời chủ trâu dắt ra, không dừng bỏ phiếu.');
  await trainer.page.goto(review);
  assert.equal(await main(trainer.page).getByLabel('Đăng ngay').count(), 0, 'the author is offered no verdict');
  assert.equal(await found(secretary.page, 'trau di lac vao san', title), false, 'found before anybody approved');

  await approver.page.goto('/bien-tap');
  await main(approver.page).getByRole('link', { name: title }).first().click();
  await approver.page.waitForURL('**/duyet');
  assert.match(await main(approver.page).textContent(), /Nguyễn Thị Lan/);
  assert.deepEqual(await axe(approver.page), []);
  await verdict(approver.page, 'Trả lại', 'Thêm việc ghi vào biên bản.');
  await trainer.page.goto(review.replace('/duyet', '/soan'));
  assert.match(await main(trainer.page).textContent(), /Thêm việc ghi vào biên bản/);
  await main(trainer.page).getByLabel('Lý do soạn, sửa').fill('Theo góp ý.');
  await press(trainer.page, 'Gửi duyệt');
  await trainer.page.waitForURL((url) => !url.pathname.endsWith('/soan'));

  await approver.page.goto(review);
  await verdict(approver.page, 'Đăng ngay');
  assert.equal(await found(secretary.page, 'trau di lac vao san', title), true, 'not found within 3 s');
  await main(secretary.page).getByRole('link', { name: title }).first().click();
  await secretary.page.waitForURL(/\/hoi-dap\/hd-/);
  assert.match(await main(secretary.page).textContent(), /Mời chủ trâu dắt ra/);
  assert.match(new URL(secretary.page.url()).pathname, /^\/hoi-dap\/hd-/);

  const shown = secretary.page.url();
  await approver.page.goto(review.replace('/duyet', '/lich-su'));
  await main(approver.page).getByLabel('Lý do').fill('Câu thử, không dùng.');
  await press(approver.page, 'Gỡ xuống');
  const answer = await secretary.page.goto(shown);
  assert.equal(answer.status(), 404);
  assert.match(await main(secretary.page).textContent(), /gỡ xuống.*Câu thử, không dùng/s);
  for (const deadline = Date.now() + 3000; await found(secretary.page, 'trau di lac vao san', title);) assert.ok(Date.now() < deadline, 'still found 3 s after it was taken down');
});

test('a visitor asks, a trainer answers, the visitor reads it by receipt', async () => {
  const { page, context, faults } = await visitor(browser, portal.address);
  const question = 'Thùng phiếu bằng gỗ mít có được dùng không nếu chưa sơn?';
  await page.goto('/tim-kiem?q=xyzzyqwv');
  await main(page).locator('form[action="/hoi-dap/gui"] button').first().click();
  await page.waitForURL(/\/hoi-dap\/gui/);
  await main(page).getByLabel('Câu hỏi', { exact: true }).fill(question);
  await press(page, 'Gửi câu hỏi');
  const code = /[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}/.exec(await main(page).textContent())[0];

  await trainer.page.goto('/bien-tap/cau-hoi');
  assert.deepEqual(await axe(trainer.page), []);
  await main(trainer.page).getByRole('link', { name: question }).click();
  await trainer.page.waitForURL(/\/bien-tap\/cau-hoi\/./);
  assert.deepEqual(await axe(trainer.page), []);
  await press(trainer.page, 'Soạn câu trả lời');
  await trainer.page.waitForURL('**/soan');
  assert.equal(await main(trainer.page).getByLabel('Câu hỏi', { exact: true }).inputValue(), question);
  const review = trainer.page.url().replace('/soan', '/duyet');
  await fill(trainer.page, question, 'Được, nếu chắc chắn và có khóa.');
  await receipt(page, code);
  assert.doesNotMatch(await main(page).textContent(), /nếu chắc chắn và có khóa/, 'an answer shows before it is approved');

  await approver.page.goto(review);
  await verdict(approver.page, 'Đăng ngay');
  await receipt(page, code.toLowerCase().replaceAll('-', ' '));
  await main(page).getByRole('link', { name: question }).first().click();
  await page.waitForURL(/\/hoi-dap\/hd-/);
  assert.match(await main(page).textContent(), /nếu chắc chắn và có khóa/);
  assert.deepEqual(faults, []);
  await context.close();
});

async function receipt(page, code) {
  await page.goto('/hoi-dap/phieu');
  await main(page).getByLabel('Mã phiếu').fill(code);
  await press(page, 'Xem trả lời');
}

test('what one may not do is refused, and said', async () => {
  for (const [person, path] of [[trainer, '/can-bo'], [trainer, '/nhat-ky'], [secretary, '/bien-tap/tu-ngu']]) {
    const answer = await person.page.goto(path);
    assert.equal(answer.status(), 403, path);
    assert.match(await main(person.page).textContent(), /không làm được việc này/);
  }
  const { page, context } = await visitor(browser, portal.address);
  await page.goto('/bien-tap');
  assert.match(page.url(), /\/dang-nhap\?ve=%2Fbien-tap$/);
  await context.close();
});

// The pages of people who sign in, as each may open them.
const own = {
  trainer: ['/bien-tap', '/bien-tap/bai', '/bien-tap/thung-rac', '/bien-tap/cau-hoi', '/bien-tap/tu-ngu', '/bien-tap/huong-dan', '/ho-so'],
  administrator: ['/can-bo', '/can-bo/moi', '/can-bo/nhap', '/nhat-ky', '/ho-so'],
};

test('pages behind the sign-in pass axe, do not scroll sideways at 320 px, and work without script', async () => {
  const administrator = await join(portal, browser, { name: 'Phạm Quản Trị', phone: '0912000024', role: 'administrator' });
  for (const [role, v] of Object.entries({ trainer, administrator })) {
    const cookies = await v.context.cookies();
    for (const options of [{ width: 320 }, { width: 320, script: false }, { width: 1280, scheme: 'dark' }]) {
      const { page, context, faults } = await visitor(browser, portal.address, options);
      await context.addCookies(cookies);
      for (const path of own[role]) {
        const answer = await page.goto(path);
        assert.equal(answer.status(), 200, path);
        assert.equal(await page.locator('h1').count(), 1, path);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(over <= 0, `${path} is ${over} px too wide at ${options.width} px`);
        if (options.script !== false) assert.deepEqual(await axe(page), [], `${path} at ${options.width} px`);
      }
      assert.deepEqual(faults, []);
      await context.close();
    }
  }
  await administrator.context.close();
});

test('pages around signing in pass axe at 320 px', async () => {
  const { page, context, faults } = await visitor(browser, portal.address, { width: 320 });
  for (const path of ['/dang-nhap', '/hoi-dap/gui', '/hoi-dap/phieu', '/hoi-dap/gui?cau=hom+phieu']) {
    await page.goto(path);
    assert.deepEqual(await axe(page), [], path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${path} is ${over} px too wide`);
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test('signing in by keyboard alone', async () => {
  const { page, context } = await visitor(browser, portal.address);
  await page.goto('/dang-nhap?ve=/ho-so');
  await page.getByLabel('Số điện thoại hoặc mã cán bộ').focus();
  await page.keyboard.type('0912 000 021');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/ho-so'); // the sign-in page has the way back in its address
  assert.equal(await page.locator('h1').textContent(), 'Nguyễn Thị Lan');
  await context.close();
});
