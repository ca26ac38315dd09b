// People of the portal as they come in: by the link that the operator hands out.
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { promisify } from 'node:util';
import { binary, visitor } from './site.js';

export const password = 'con trâu đi trước cái cày';

// The six digits of RFC 6238 that a telephone would show now.
export function oneTimeCode(key, at = Date.now()) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replace(/\s/g, '')].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const sum = createHmac('sha1', secret).update(step).digest();
  const number = sum.readUInt32BE(sum[19] & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, '0');
}

// Adds a person and opens a browser in which they have signed in.
export async function join(portal, browser, { name, phone, role }, options = {}) {
  const { stdout } = await promisify(execFile)(binary, ['person', 'add', '--data', portal.data, '--role', role, '--name', name, '--phone', phone]);
  const v = await visitor(browser, portal.address, { width: 1280, ...options });
  await v.page.goto(/\/the\/[a-z0-9-]+/.exec(stdout)[0]);
  await v.page.getByRole('button', { name: 'Vào sổ tay' }).click();
  await v.page.getByLabel('Mật khẩu mới', { exact: true }).fill(password);
  await v.page.getByLabel('Gõ lại mật khẩu mới').fill(password);
  await v.page.getByRole('button', { name: 'Lưu mật khẩu' }).click();
  await v.page.waitForURL((url) => !/mat-khau$|^\/the\//.test(url.pathname));
  if (v.page.url().includes('/thiet-lap')) {
    await v.page.getByLabel('Mã 6 số đang hiện').fill(oneTimeCode(await v.page.locator('b.key').textContent()));
    await v.page.getByRole('button', { name: 'Xác nhận' }).click();
  }
  await v.page.waitForURL((url) => !url.pathname.startsWith('/dang-nhap'));
  return v;
}
