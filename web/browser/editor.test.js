// The editor, and the pages of those who write, as two trainers use them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join, password } from './people.js';
import { axe, startChromium, startPortal, visitor } from './site.js';

const people = { lan: { name: 'Nguyễn Thị Lan', phone: '0912000011' }, binh: { name: 'Trần Văn Bình', phone: '0912000012' } };
let portal, browser;

before(async () => {
  portal = await startPortal();
  browser = await startChromium();
  for (const person of Object.values(people)) {
    const { context } = await join(portal, browser, { ...person, role: 'trainer' });
    person.cookies = await context.cookies();
    await context.close();
  }
});
after(async () => { await browser?.close(); await portal?.stop(); });

async function inside(person, options = {}) {
  const v = await visitor(browser, portal.address, { width: 1280, ...options });
  await v.context.addCookies(person.cookies);
  return v;
}

// Begins a text and gives the address of its editor.
async function begin(page, kind = 'Bài hướng dẫn') {
  await page.goto('/bien-tap');
  await page.getByLabel('Loại bài').selectOption({ label: kind });
  await page.getByRole('button', { name: 'Soạn bài mới' }).click();
  await page.waitForURL('**/soan');
  return page.url();
}

const status = (page) => page.locator('[data-save-state]');
const saved = (page) => page.waitForFunction(() => document.querySelector('[data-save-state]').textContent.startsWith('Đã lưu nháp') && !Object.keys(localStorage).some((k) => /^nhap:[^:]+:[^:]+$/.test(k)));
const area = (page) => page.getByLabel('Nội dung', { exact: true });

test('labels of one row stand at one height', async () => {
  const administrator = await join(portal, browser, { name: 'Phạm Thu Hà', phone: '0912000013', role: 'administrator' });
  const trainer = await inside(people.lan);
  let rows = 0;
  for (const [{ page }, paths] of [[trainer, ['/bien-tap', '/bien-tap/bai', '/bien-tap/tu-ngu']], [administrator, ['/can-bo', '/nhat-ky']]]) {
    for (const path of paths) {
      for (const size of ['m', 'xl']) {
        await page.context().addCookies([{ name: 'co', value: size, url: portal.address }]);
        await page.goto(path);
        const odd = await page.evaluate(() => [...document.querySelectorAll('main form')].flatMap((form) => {
          const labels = [...form.querySelectorAll('label')].filter((l) => l.getClientRects().length).map((l) => ({ text: l.textContent, ...l.getBoundingClientRect().toJSON() }));
          return labels.flatMap((a, i) => labels.slice(i + 1).filter((b) => Math.abs(a.x - b.x) > 20 && Math.abs(a.y - b.y) < 14).map((b) => [`${a.text} | ${b.text}`, Math.abs(a.y - b.y)]));
        }));
        rows += odd.length;
        assert.deepEqual(odd.filter(([, off]) => off > 0.6), [], `${path} at size ${size}`);
      }
    }
  }
  assert.ok(rows >= 8, `only ${rows} pairs of labels were compared`);
  await administrator.context.close();
  await trainer.context.close();
});

test('the tiles of the desk fill their rows', async () => {
  for (const [width, want] of [[1280, [3, 3]], [360, [2, 2, 2]]]) {
    const { page, context } = await inside(people.lan, { width });
    await page.goto('/bien-tap');
    const tiles = await page.locator('.stats > li').evaluateAll((list) => list.map((e) => e.getBoundingClientRect()).map((r) => [Math.round(r.top), r.right]));
    const rows = new Map();
    for (const [top] of tiles) rows.set(top, (rows.get(top) || 0) + 1);
    assert.deepEqual([...rows.values()], want, `at ${width} px`);
    const right = await page.locator('.stats').evaluate((e) => e.getBoundingClientRect().right);
    assert.ok(Math.abs(Math.max(...tiles.map((t) => t[1])) - right) < 2, 'they end where the row does');
    await context.close();
  }
});

test('ten verbs write Markdown, and undo takes it back', async () => {
  const { page, context, faults } = await inside(people.lan);
  await begin(page);
  const text = area(page), tools = page.getByRole('toolbar').getByRole('button');
  assert.equal(await tools.count(), 10);
  assert.equal(await page.locator('[role=toolbar] button[tabindex="0"]').count(), 1, 'one stop of Tab');
  const press = (name) => page.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
  const put = async (value, from = 0, to = from) => { await text.fill(value); await text.evaluate((e, [a, b]) => e.setSelectionRange(a, b), [from, to]); };
  for (const [name, was, at, want] of [
    ['Mục', 'Chuẩn bị', [0], '## Chuẩn bị'], ['Mục', '## Chuẩn bị', [4], '### Chuẩn bị'], ['Mục', '### Chuẩn bị', [4], 'Chuẩn bị'],
    ['Đậm', 'mở hòm phiếu', [3, 12], 'mở **hòm phiếu**'], ['Danh sách', 'một\nhai', [0, 7], '- một\n- hai'], ['Danh sách', '- một\n- hai', [0, 11], 'một\nhai'],
    ['Các bước', '- một\n- hai', [0, 11], '1. một\n2. hai'], ['Bảng', 'Trước.', [2], 'Trước.\n\n| Cột 1 | Cột 2 |\n|---|---|\n| Ô 1 | Ô 2 |'],
  ]) {
    await put(was, ...at);
    await press(name);
    assert.equal(await text.inputValue(), want, name);
    await press('Hoàn tác');
    assert.equal(await text.inputValue(), was, `undo of ${name}`);
  }
  await put('Không mở niêm phong.', 0, 20);
  await press('Khung nổi');
  await page.getByRole('button', { name: 'Không được' }).click();
  assert.equal(await text.inputValue(), '> [!NEVER]\n> Không mở niêm phong.');
  await page.locator('#xem-truoc .callout.never').waitFor();
  await put('Một.', 4);
  await press('Sơ đồ');
  await page.getByRole('group', { name: 'Chèn sơ đồ' }).getByRole('button', { name: 'Phòng bỏ phiếu hai cửa' }).click();
  assert.equal(await text.inputValue(), 'Một.\n\n{{sơ-đồ:phong-hai-cua}}');
  await page.locator('#xem-truoc svg').first().waitFor();
  await put('Theo .', 5);
  await press('Căn cứ');
  const law = page.getByLabel('Tìm văn bản, điều, khoản');
  await law.fill('nguyên tắc bỏ phiếu');
  await page.locator('#khung-can-cu [role=option]').first().waitFor();
  assert.deepEqual(await axe(page), [], 'axe on an open list');
  await law.press('ArrowDown');
  await law.press('Enter');
  assert.match(await text.inputValue(), /^Theo \[Luật Bầu cử, Điều 69\]\(\/van-ban\/85-2015-qh13\/dieu-69\)\.$/);
  assert.match(await page.getByLabel('Căn cứ pháp lý', { exact: true }).inputValue(), /luat-85-2015 dieu-69/);
  await put('xem bài này', 4, 11);
  await press('Liên kết');
  const link = page.getByLabel('Tìm bài trong sổ tay, hoặc ghi địa chỉ');
  await link.fill('trang tri phong bo phieu');
  await page.locator('#khung-lien-ket [role=option]').first().click();
  assert.match(await text.inputValue(), /^xem \[bài này\]\(\/huong-dan\//);
  await tools.first().focus();
  for (const [key, want] of [['ArrowRight', 'Đậm'], ['End', 'Hoàn tác'], ['ArrowRight', 'Mục'], ['ArrowLeft', 'Hoàn tác'], ['Home', 'Mục']]) {
    await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), want, key);
  }
  await saved(page);
  assert.deepEqual(faults, []);
  await context.close();
});

test('what is typed is saved and shown without a button', async () => {
  const { page, context, faults } = await inside(people.lan);
  const at = await begin(page);
  const started = Date.now();
  await page.getByLabel('Tên bài').fill('Chở hòm phiếu phụ khi ngầm tràn ngập');
  while (Date.now() - started < 4500) await area(page).press('a'); // a hand that never rests
  await page.waitForResponse('**/luu', { timeout: 3000 });
  await saved(page);
  await area(page).fill('## Hòm phiếu phụ\n\nMang về **ngay**.');
  await page.locator('#xem-truoc h2', { hasText: 'Hòm phiếu phụ' }).waitFor();
  const width = (await page.locator('#xem-truoc').boundingBox()).width;
  assert.ok(Math.abs(width - 360) < 2, `the preview is ${width} px wide`);
  await page.close(); // before the hand has rested
  const again = await context.newPage();
  await again.goto(at);
  const asked = again.locator('[data-two]:visible');
  if (await asked.count()) await again.getByRole('button', { name: 'Lấy bản trên máy này' }).click();
  assert.equal(await again.getByLabel('Nội dung', { exact: true }).inputValue(), '## Hòm phiếu phụ\n\nMang về **ngay**.');
  assert.equal(await again.getByLabel('Tên bài').inputValue(), 'Chở hòm phiếu phụ khi ngầm tràn ngập');
  assert.deepEqual(faults, []);
  await context.close();
});

test('what the server refuses is told apart from a lost line, and the reason stays too', async () => {
  const { page, context } = await inside(people.lan);
  const at = await begin(page);
  await page.getByLabel('Lý do soạn, sửa').fill('Theo câu hỏi của xã');
  const said = {
    413: 'Bài dài quá mức trang nhận được nên chưa lưu.', 429: 'Gửi quá nhiều lần.', 500: 'Máy chủ đang trục trặc nên chưa lưu.',
    502: 'Máy chủ đang trục trặc nên chưa lưu.', 404: 'Trang không còn bản nháp này.',
  };
  for (const code of [413, 429, 500, 502, 404]) {
    await page.route('**/luu', (route) => route.fulfill({ status: code, body: 'x' }));
    await area(page).fill(`Chữ gõ lúc máy chủ trả ${code}.`);
    await status(page).filter({ hasText: said[code] }).waitFor();
    await page.waitForFunction((n) => Object.keys(localStorage).some((k) => (localStorage.getItem(k) || '').includes(`trả ${n}.`)), code);
    await page.unroute('**/luu');
  }
  await page.evaluate(() => { navigator.sendBeacon = () => false; });
  await page.close();
  const again = await context.newPage();
  await again.goto(at);
  await again.getByRole('button', { name: 'Lấy bản trên máy này' }).click();
  assert.equal(await area(again).inputValue(), 'Chữ gõ lúc máy chủ trả 404.');
  assert.equal(await again.getByLabel('Lý do soạn, sửa').inputValue(), 'Theo câu hỏi của xã');
  await context.close();
});

test('without a line the text stays on the device and is sent later', async () => {
  const { page, context } = await inside(people.lan);
  const at = await begin(page);
  await context.setOffline(true);
  await area(page).fill('Chữ gõ lúc mất mạng.');
  await status(page).filter({ hasText: 'Mất mạng. Nội dung đã giữ trên máy này, sẽ tự gửi lại.' }).waitFor();
  await page.getByRole('button', { name: 'Lưu nháp' }).click();
  assert.equal(page.url(), at, 'a form is not sent into the void');
  await context.setOffline(false);
  await saved(page);
  await context.setOffline(true);
  await page.evaluate(() => { navigator.sendBeacon = () => false; }); // Chromium sends beacons although it plays offline
  await area(page).fill('Chữ của lần sau.');
  await page.waitForFunction(() => Object.keys(localStorage).some((k) => k.startsWith('nhap:')));
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(at);
  const box = again.getByRole('region', { name: 'Máy này còn giữ một bản chưa gửi' });
  await box.waitFor();
  assert.match(await box.getByLabel(/^Bản trên máy này/).inputValue(), /Chữ của lần sau\./);
  assert.match(await box.getByLabel('Bản trên máy chủ').inputValue(), /Chữ gõ lúc mất mạng\./);
  assert.deepEqual(await axe(again), []);
  await box.getByRole('button', { name: 'Lấy bản trên máy này' }).click();
  await saved(again);
  assert.equal(await area(again).inputValue(), 'Chữ của lần sau.');
  await again.reload();
  assert.equal(await area(again).inputValue(), 'Chữ của lần sau.');
  assert.equal(await again.locator('[data-two]:visible').count(), 0);
  await context.close();
});

test('two who write one text see both and lose neither', async () => {
  const lan = await inside(people.lan), binh = await inside(people.binh);
  const at = await begin(lan.page);
  await binh.page.goto(at);
  await area(lan.page).fill('Chữ của chị Lan.');
  await saved(lan.page);
  await area(binh.page).fill('Chữ của anh Bình.');
  const box = binh.page.getByRole('region', { name: 'Hai người cùng sửa bài này' });
  await box.waitFor();
  assert.match(await box.innerText(), /Nguyễn Thị Lan đã lưu lúc/);
  assert.match(await box.locator('del').innerText(), /Lan/);
  assert.match(await box.getByLabel('Bản của Nguyễn Thị Lan').inputValue(), /chị Lan/);
  assert.deepEqual(await axe(binh.page), []);
  await box.getByRole('button', { name: 'Lấy bản kia' }).click();
  assert.equal(await area(binh.page).inputValue(), 'Chữ của chị Lan.');
  await binh.page.getByRole('button', { name: 'Lấy lại bản vừa bỏ' }).click();
  assert.equal(await area(binh.page).inputValue(), 'Chữ của anh Bình.');
  await saved(binh.page);
  await area(lan.page).fill('Chữ của chị Lan, câu nữa.');
  const hers = lan.page.getByRole('region', { name: 'Hai người cùng sửa bài này' });
  await hers.waitFor();
  await hers.getByRole('button', { name: 'Giữ bản của tôi' }).click();
  await saved(lan.page);
  await lan.page.goto(at.replace('/soan', '/lich-su'));
  assert.equal(await lan.page.getByText('Đã có người sửa tiếp').count(), 2, 'both earlier texts stand in the history');
  assert.deepEqual([...lan.faults, ...binh.faults].filter((f) => !/409/.test(f)), []);
  await lan.context.close();
  await binh.context.close();
});

test('one person in two pages is told as well', async () => {
  const { page, context } = await inside(people.lan);
  const at = await begin(page);
  const other = await context.newPage();
  await other.goto(at);
  await area(page).fill('Ở thẻ thứ nhất.');
  await saved(page);
  await area(other).fill('Ở thẻ thứ hai.');
  const box = other.locator('[data-two]:visible');
  await box.waitFor();
  await box.getByRole('button', { name: 'Giữ bản của tôi' }).click();
  await saved(other);
  await other.getByRole('button', { name: 'Lấy lại bản vừa bỏ' }).click();
  assert.equal(await area(other).inputValue(), 'Ở thẻ thứ nhất.');
  await context.close();
});

test('an ended visit keeps the text, and saving goes on after signing in', async () => {
  const { page, context } = await visitor(browser, portal.address, { width: 1280 });
  async function signIn(at) {
    await at.goto('/dang-nhap');
    await at.locator('input[name=tk]').fill(people.binh.phone);
    await at.locator('input[name=mk]').fill(password);
    await at.locator('form[action="/dang-nhap"] button[type=submit]').click();
    await at.waitForURL((url) => url.pathname !== '/dang-nhap');
  }
  await signIn(page);
  await begin(page);
  await context.clearCookies();
  await area(page).fill('Chữ gõ khi phiên đã hết.');
  await status(page).getByRole('link', { name: 'Đăng nhập ở thẻ mới' }).waitFor();
  const other = await context.newPage();
  await signIn(other);
  await page.bringToFront();
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await saved(page);
  assert.equal(await area(page).inputValue(), 'Chữ gõ khi phiên đã hết.');
  await context.close();
});

test('the check list leads to its places', async () => {
  const { page, context } = await inside(people.lan);
  await begin(page, 'Câu hỏi đáp');
  await area(page).fill('Dòng một.\n\nXem [chỗ này](/huong-dan/khong-co-bai-nay).');
  const entry = page.locator('.to-mend a[data-line="3"]').first();
  await entry.waitFor();
  await entry.click();
  assert.equal(await area(page).evaluate((e) => document.activeElement === e && e.value.slice(e.selectionStart, e.selectionEnd)), 'Xem [chỗ này](/huong-dan/khong-co-bai-nay).');
  await saved(page);
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await page.locator('.err-sum').waitFor();
  assert.ok(await page.locator('.err-sum').evaluate((e) => document.activeElement === e), 'the summary has the focus');
  assert.match(await area(page).inputValue(), /^Dòng một\./);
  await context.close();
});

test('without script it is a form with a preview', async () => {
  const { page, context, faults } = await inside(people.lan, { width: 360, script: false });
  await begin(page);
  assert.equal(await page.getByRole('toolbar').count(), 0);
  await page.getByLabel('Tên bài').fill('Bài viết không có script');
  await area(page).fill('## Mục một\n\nChữ **đậm**.');
  await page.getByRole('button', { name: 'Xem trước' }).click();
  assert.equal(await page.locator('#xem-truoc strong').innerText(), 'đậm');
  assert.equal(await page.getByLabel('Tên bài').inputValue(), 'Bài viết không có script');
  await page.getByRole('button', { name: 'Bỏ vào thùng rác' }).click();
  await page.getByRole('button', { name: /^Lấy lại ?: Bài viết không có script/ }).click();
  assert.match(await area(page).inputValue(), /Chữ \*\*đậm\*\*/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('every page of those who write fits 320 px and passes axe', async () => {
  const { page, context, faults } = await inside(people.lan, { width: 320 });
  const at = await begin(page);
  await area(page).fill('| Một cột rất dài | Hai cột rất dài | Ba cột rất dài | Bốn |\n|---|---|---|---|\n| a | b | c | d |');
  await page.locator('#xem-truoc table').waitFor();
  await saved(page);
  for (const path of [at, at.replace('/soan', '/lich-su'), at.replace('/soan', '/duyet'), at.replace('/soan', '/duyet?xem=hai-cot'), '/bien-tap', '/bien-tap/bai', '/bien-tap/bai?loai=hoi-dap', '/bien-tap/thung-rac']) {
    await page.goto(path);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${path} is ${over} px too wide`);
    assert.deepEqual(await axe(page), [], path);
  }
  await page.goto(at);
  for (const name of ['Sơ đồ', 'Khung nổi', 'Căn cứ', 'Liên kết']) {
    await page.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
    assert.deepEqual(await axe(page), [], name);
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), name, 'Escape leads back to the tool');
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test('situations, terms, plans and law are written in the same editor', async () => {
  const { page, context, faults } = await inside(people.lan);
  for (const [kind, add, shows] of [
    ['Tình huống', '- Thêm căn cứ.', 'Câu hỏi để chọn hướng xử lý?'], ['Thuật ngữ', 'Giải thích thêm cho rõ.', 'Giải thích thêm cho rõ.'],
    ['Sơ đồ', '# ghi chú', 'Trang trí theo Mẫu số 01 của Thông tư 21'], ['Văn bản pháp lý', 'Câu thêm.', 'Tên gọn của điều'],
  ]) {
    await begin(page, kind);
    const text = area(page);
    await text.fill((await text.inputValue()).trim() + '\n' + add + '\n');
    await page.locator('[data-live=bai]').getByText(shows).first().waitFor();
    await page.keyboard.press('Control+s');
    await saved(page);
    const cut = await page.locator('[data-live=bai]').evaluate((e) => e.scrollWidth - e.clientWidth);
    assert.ok(cut <= 0, `${cut} px of the preview of ${kind} are cut off`);
    assert.deepEqual(await axe(page), [], `axe on the editor of ${kind}`);
  }
  assert.deepEqual(faults, []);
  await context.close();
});
