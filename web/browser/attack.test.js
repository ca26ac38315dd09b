// Hostile texts through every field and every view, with the content security
// policy off: nothing runs. Then the same pages with it on: nothing breaks it.
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Person, Watch, command, foreignHost } from './attack.js';
import { startChromium, startPortal } from './site.js';
import { groupNames, vectors } from './vectors.js';

const shift = (v, by) => vectors[(v.n - 1 + by) % vectors.length].text;
const inRunes = (limit) => vectors.filter((v) => [...v.text].length <= limit);
const line = (text) => text.replace(/\s+/g, ' ').trim();

// Lists of vectors joined so that each text stays within a limit.
function packed(limit, list = vectors, glue = '\n') {
  const texts = [];
  let text = '';
  for (const { text: one } of list) {
    if (text && [...text].length + [...one].length + 2 > limit) { texts.push(text); text = ''; }
    text += (text ? glue : '') + one;
  }
  return [...texts, text];
}

// Ends whatever a vector left open, so that the next one is read afresh.
const rest = '\n\n</script></style></pre></textarea>-->?>]]>\n\n';
const together = (list) => list.map((v) => `Đoạn ${v.n}.\n\n${v.text}${rest}`).join('');

const validFields = {
  'huong-dan': { title: 'Chuẩn bị phòng bỏ phiếu', topic: 'trang-tri-co-dong', phase: 'before', summary: 'Việc phải làm trước ngày bầu cử.', trust: 'V', basis: 'luat-85-2015 dieu-69' },
  'hoi-dap': { question: 'Cử tri ốm thì bỏ phiếu ở đâu?', short: 'Tổ bầu cử mang hòm phiếu phụ tới.', topic: 'trang-tri-co-dong', agency: 'Ủy ban bầu cử', field: 'Bỏ phiếu', date: '2026-03-01', trust: 'V', basis: 'luat-85-2015 dieu-69' },
  'tap-huan': { title: 'Tập huấn tổ bầu cử', held_on: '2026-03-02', form: 'Trực tiếp', trust: 'V', source: 'Kế hoạch của tỉnh' },
};
const allFields = {
  'huong-dan': ['title', 'slug', 'topic', 'phase', 'roles', 'summary', 'trust', 'effective', 'position', 'basis', 'asked', 'markdown'],
  'hoi-dap': ['question', 'short', 'asked', 'topic', 'agency', 'field', 'session', 'date', 'trust', 'effective', 'basis', 'markdown'],
  'tap-huan': ['title', 'slug', 'held_on', 'form', 'units', 'topics', 'trust', 'source', 'markdown'],
};
const titleOf = { 'huong-dan': 'title', 'hoi-dap': 'question', 'tap-huan': 'title' };
const kinds = Object.keys(allFields);

// Runs in the browser: shows texts as no page of ours does. The frames keep them
// from leaving the page.
async function loose(texts) {
  const made = [];
  for (const text of texts) {
    const f = document.createElement('iframe');
    f.sandbox = 'allow-scripts allow-same-origin';
    made.push(new Promise((resolve) => { f.onload = resolve; setTimeout(resolve, 1000); }));
    f.srcdoc = text;
    document.documentElement.append(f);
  }
  await Promise.all(made);
  for (const f of document.querySelectorAll('iframe')) {
    for (const e of f.contentDocument?.querySelectorAll('body *') ?? []) {
      e.dispatchEvent(new Event('mouseover'));
      e.dispatchEvent(new Event('focus'));
      if (e.localName === 'a') e.click?.();
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  document.querySelectorAll('iframe').forEach((f) => f.remove());
}

describe('hostile texts', () => {
  let portal, browser, watch, visitor, admin, approver, trainer, told = [];
  const things = {}; // a draft of each kind

  before(async () => {
    browser = await startChromium(['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']);
    portal = await startPortal(['--trusted-proxies', '127.0.0.1']);
    watch = new Watch();
    visitor = await Person.come(browser, portal.address, watch);
    const staff = async (role, name, code) => (await Person.come(browser, portal.address, watch))
      .signIn(await command(portal, 'person', 'add', '--name', name, '--role', role, '--code', code), 'hòm phiếu phụ ở thôn Đoài');
    admin = await staff('administrator', 'Lê Thị Hà', 'QT-01');
    approver = await staff('approver', 'Trần Văn Bảo', 'PD-01');
    trainer = await staff('trainer', 'Ngô Minh Châu', 'GV-01');
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  // Each step says what it looked at and fails on the first thing that ran.
  async function step(name, act) {
    const views = watch.views, started = Date.now();
    await act();
    told.push(`${name}: ${watch.views - views} views, ${((Date.now() - started) / 1000).toFixed(1)} s`);
    assert.deepEqual([watch.ran, watch.faults.slice(0, 12)], [[], []]);
  }

  it('are at least 320, each of them another one', () => {
    assert.ok(new Set(vectors.map((v) => v.text.replace(/__ran\(\d+\)/g, ''))).size >= 320);
    assert.ok(groupNames.length >= 10);
  });

  it('run where nothing holds them, so that the watch is not blind', async () => {
    const bait = createServer((request, response) => response.setHeader('content-type', 'text/html').end('<title>a</title>'));
    await new Promise((resolve) => bait.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${bait.address().port}`, seen = new Watch();
    const victim = await Person.come(browser, address, seen);
    await victim.page.goto('/');
    const unheld = vectors.map(({ group, text }) => {
      const link = /\]\(<?([^\s>]*)/.exec(text);
      if (link && group.startsWith('links')) return `<a href="${link[1]}">a</a>`;
      return group === 'out of an attribute' ? `<input value="${text}"><input value='${text}'>` : text;
    });
    for (let from = 0; from < unheld.length; from += 100) await victim.page.evaluate(loose, unheld.slice(from, from + 100));
    const heard = new Set(seen.ran.map((r) => parseInt(r, 10)));
    for (const f of seen.faults) if (f.includes(foreignHost)) heard.add(f);
    told.push(`unheld, ${heard.size} different ones were heard`);
    await victim.context.close();
    await new Promise((resolve) => bait.close(resolve));
    assert.ok(heard.size >= 150, `only ${heard.size} were heard`);
  });

  it('in a search, in addresses and in forms of visitors', () => step('visitors', async () => {
    const q = (v) => encodeURIComponent(v.text);
    await visitor.tryAll(vectors.flatMap((v) => [
      { label: `search ${v.n}`, send: () => visitor.get(`/tim-kiem?q=${q(v)}&chu-de=${q(v)}&loai=${q(v)}`) },
      { label: `suggestions ${v.n}`, send: () => visitor.get(`/tim-kiem/goi-y?q=${q(v)}`), wants: 'application/' },
      { label: `API ${v.n}`, send: () => visitor.get(`/api/v1/search?q=${q(v)}`), wants: 'application/json' },
      { label: `missing page ${v.n}`, send: () => visitor.get(`/huong-dan/${q(v).replaceAll('.', '%2e')}`) },
      { label: `sign-in ${v.n}`, send: () => visitor.post(`/dang-nhap?ve=${q(v)}`, { tk: v.text, mk: v.text, ve: v.text }, { 'x-forwarded-for': `10.0.${v.n >> 8}.${v.n & 255}` }) },
      { label: `sign-in page ${v.n}`, send: () => visitor.get(`/dang-nhap?ve=${q(v)}`) },
      { label: `lists ${v.n}`, send: () => visitor.get(`/hoi-dap?chu-de=${q(v)}&sau=${q(v)}&co-quan=${q(v)}`) },
      { label: `display ${v.n}`, send: () => visitor.post('/hien-thi', { co: v.text, nen: v.text, ve: v.text }) },
    ]));
    for (const v of vectors.filter((_, i) => i % 25 === 0)) await visitor.open(`/tim-kiem?q=${q(v)}`);
  }));
});
