// Takes the pictures of the trainers' manual: node manual.js FOLDER
// The people and texts in them are invented.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { join } from './people.js';
import { startChromium, startPortal, visitor } from './site.js';

const folder = process.argv[2] || 'shots';
await mkdir(folder, { recursive: true });
const portal = await startPortal(['--notice', '']);
const browser = await startChromium();
const main = (page) => page.getByRole('main');
const button = (page, name) => main(page).getByRole('button', { name, exact: true });

// Narrow pictures show what a telephone shows, wide ones what a desk does. Each
// begins a little above the heading.
async function shoot(page, name, { width = 1280, height = width === 360 ? 720 : 800 } = {}) {
  await page.setViewportSize({ width, height });
  await page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, scrollY + document.querySelector('h1').getBoundingClientRect().top - 24);
  });
  await page.screenshot({ path: path.join(folder, `bien-tap-${name}.png`) });
}

// Begins an answer and fills its form.
async function write(page, question, short, text, basis = 'luat-85-2015 dieu-69 khoan-4') {
  await page.goto('/bien-tap');
  await page.getByLabel('Loại bài').selectOption({ label: 'Câu hỏi đáp' });
  await button(page, 'Soạn bài mới').click();
  await page.waitForURL('**/soan');
  for (const [label, value] of [['Câu hỏi', question], ['Trả lời ngắn', short], ['Cơ quan trả lời', 'Sở Nội vụ'], ['Lĩnh vực', 'Bỏ phiếu'], ['Ngày trả lời', '2026-03-02'], ['Căn cứ pháp lý', basis], ['Nội dung', text]]) {
    await main(page).getByLabel(label, { exact: true }).fill(value);
  }
  await main(page).getByLabel('Chủ đề').selectOption({ index: 1 });
  await main(page).getByLabel('Mức tin cậy').selectOption('N');
  await main(page).getByLabel('Lý do soạn, sửa').fill('Nhiều tổ bầu cử hỏi tại buổi tập huấn.');
}

async function submit(page) {
  await button(page, 'Gửi duyệt').click();
  await page.waitForURL('**/duyet');
  return page.url();
}

async function ask(question) {
  const { page, context } = await visitor(browser, portal.address);
  await page.goto('/hoi-dap/gui');
  await main(page).getByLabel('Câu hỏi', { exact: true }).fill(question);
  await button(page, 'Gửi câu hỏi').click();
  await page.getByText('Mã phiếu của anh, chị').waitFor();
  await context.close();
}

try {
  const stranger = await visitor(browser, portal.address);
  await stranger.page.goto('/dang-nhap');
  await shoot(stranger.page, 'dang-nhap', { width: 360 });
  for (let asked = 0; asked < 3; asked++) await stranger.page.goto('/tim-kiem?q=' + encodeURIComponent('hát karaoke'));

  const trainer = (await join(portal, browser, { name: 'Nguyễn Thị Lan', phone: '0912000031', role: 'trainer' })).page;
  const approver = (await join(portal, browser, { name: 'Lê Văn Duy', phone: '0912000032', role: 'approver' })).page;
  const administrator = (await join(portal, browser, { name: 'Phạm Thu Hà', phone: '0912000033', role: 'administrator' })).page;

  // A published answer is changed, so that the review has words to compare.
  await write(trainer, 'Mưa to làm ướt hòm phiếu thì làm thế nào?', 'Chuyển hòm phiếu vào chỗ khô, giữ nguyên niêm phong.', 'Chuyển hòm phiếu vào chỗ khô trước mặt nhiều người.\n\nTổ trưởng ghi việc này vào biên bản.');
  const review = await submit(trainer);
  await approver.goto(review);
  await button(approver, 'Xác nhận').click();
  await approver.waitForURL('**/lich-su');
  await trainer.goto(review.replace('/duyet', '/lich-su'));
  await button(trainer, 'Sửa bài').click();
  await trainer.waitForURL('**/soan');
  await main(trainer).getByLabel('Nội dung', { exact: true }).fill('Chuyển hòm phiếu vào chỗ khô trước mặt ít nhất hai cử tri, không mở niêm phong.\n\nTổ trưởng ghi việc này vào biên bản, có chữ ký của người chứng kiến.');
  await main(trainer).getByLabel('Lý do soạn, sửa').fill('Nói rõ ai phải chứng kiến.');
  await submit(trainer);
  await approver.goto(review);
  const last = main(approver).locator('.diff-row').last();
  await last.locator('summary').click();
  await last.getByLabel('Góp ý cho đoạn này').fill('Nên ghi rõ ký vào mẫu biên bản nào.');
  await last.getByRole('button', { name: 'Gửi góp ý' }).click();
  await main(approver).getByText('Nên ghi rõ ký vào mẫu').waitFor();
  await approver.goto(review);
  await shoot(approver, 'duyet', { height: 900 });

  await write(trainer, 'Cử tri quên thẻ cử tri ở nhà thì có được bỏ phiếu không?', 'Được, nếu có tên trong danh sách cử tri và có giấy tờ chứng minh.', 'Cử tri có tên trong danh sách thì được bỏ phiếu.\n\n1. Xem giấy tờ có ảnh của cử tri.\n2. Dò tên trong danh sách cử tri.\n3. Ghi việc cấp lại thẻ vào sổ.\n\n> [!NEVER]\n> Không giữ giấy tờ của cử tri.', '');
  await trainer.locator('#xem-truoc .callout.never').waitFor();
  await trainer.waitForFunction(() => document.querySelector('[data-save-state]').textContent.startsWith('Đã lưu nháp'));
  await shoot(trainer, 'soan', { height: 1000 });

  await ask('Hòm phiếu phụ đi các bản xa thì mấy người đi cùng?');
  await ask('Cử tri vừa chuyển tới trước ngày bầu cử ba hôm thì ghi tên ở đâu?');
  await trainer.goto('/bien-tap');
  await shoot(trainer, 'ban-lam-viec', { height: 900 });
  await trainer.goto('/bien-tap/cau-hoi');
  await main(trainer).getByRole('link', { name: /Hòm phiếu phụ đi các bản xa/ }).click();
  await trainer.waitForURL('**/bien-tap/cau-hoi/*');
  await shoot(trainer, 'cau-hoi', { width: 360, height: 900 });

  await trainer.setViewportSize({ width: 1280, height: 900 });
  await trainer.goto('/bien-tap/tu-ngu');
  await trainer.getByLabel('Từ mà người đọc gõ').fill('PBP');
  await trainer.getByLabel('Từ dùng trong văn bản').fill('phòng bỏ phiếu');
  await trainer.getByLabel('Cùng nghĩa, viết tắt').check();
  await trainer.getByLabel('Câu để thử').fill('trang trí PBP');
  await button(trainer, 'Thử trước khi lưu').click();
  await trainer.locator('#ket-qua-thu').waitFor();
  await shoot(trainer, 'tu-ngu', { width: 360, height: 900 });

  const sheet = 'Họ tên,Số điện thoại,Đơn vị,Tổ,Nhiệm vụ\nNguyễn Văn Đông,0912000041,xã Tam Nông,Tổ bầu cử số 1,Tổ trưởng\nTrần Thị Xuân,0912000042,xã Tam Nông,Tổ bầu cử số 1,Thư ký\nHoàng Văn Thu,09120,xã Tam Nông,Tổ bầu cử số 2,Thành viên\n';
  await administrator.goto('/can-bo/nhap');
  await administrator.getByLabel('Tệp danh sách').setInputFiles({ name: 'to-bau-cu.csv', mimeType: 'text/csv', buffer: Buffer.from('\ufeff' + sheet) });
  await button(administrator, 'Xem trước').click();
  await administrator.waitForURL('**/can-bo/nhap/*');
  await shoot(administrator, 'danh-sach', { width: 360, height: 900 });
} finally {
  await browser.close();
  await portal.stop();
}
