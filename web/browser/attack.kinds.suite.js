// The hostile texts once more, in the kinds of text and the fields that came
// after guides, answers and sessions, and where two people write at once.
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Siege, beginText, broken, command, versionIn } from './attack.js';
import { forRole, frontMatter, law, plan, quiz, quoted, tree, workbook } from './attack.kinds.js';
import { inRunes, line, packed, rest, shift, vectors } from './vectors.js';

const base = { topic: 'trang-tri-co-dong', trust: 'V', basis: 'luat-85-2015 dieu-69' };

// The form of each kind with a text in all its fields, or in those alone that may
// hold anything, so that the others do not keep it from being published.
const forms = {
  'tinh-huong': {
    all: (t) => ({ ...Object.fromEntries(['title', 'slug', 'topic', 'summary', 'trust', 'effective', 'position', 'basis', 'asked'].map((n) => [n, t])), markdown: tree(line(t), [t]) }),
    valid: (t) => ({ ...base, title: 'Chuyện thử', slug: 'chuyen-thu', summary: 'Dừng lại.', markdown: tree(line(t), [t]) }),
  },
  'thuat-ngu': {
    all: (t) => ({ ...Object.fromEntries(['title', 'slug', 'short', 'also', 'summary', 'trust', 'basis'].map((n) => [n, t])), markdown: t }),
    valid: (t) => ({ title: 'Chữ thử', summary: line(t), trust: 'V', markdown: t + rest }),
  },
  'so-do': { all: (t) => ({ markdown: t }), valid: (t) => ({ markdown: plan('so-do-thu', [t]) }) },
  'van-ban': { all: (t) => ({ markdown: t }), valid: (t) => ({ markdown: law('van-ban-thu', t, [t]) }) },
  'huong-dan': {
    all: (t) => ({ ...base, title: 'Bài thử', phase: 'before', summary: 'Việc phải làm.', series: t, step: t, series_title: t, slug: 'bai-thu', markdown: forRole(t) }),
    valid: (t) => ({ ...base, title: 'Bài thử', phase: 'before', summary: 'Việc phải làm.', slug: 'bai-thu', series: 'loat-thu', step: '1', series_title: 'Loạt thử', markdown: forRole(t) + quoted(t, 'MUST') + rest + quoted(t, 'NEVER') }),
  },
  'hoi-dap': {
    all: (t) => ({ ...base, question: 'Ốm thì bầu ở đâu?', short: t, level: t, letter: t, supersedes: t, markdown: t }),
    valid: (t) => ({ ...base, question: line(t), short: 'Ở nhà.', agency: 'Ủy ban bầu cử', field: 'Bỏ phiếu', date: '2026-03-01', level: 'letter', letter: line(t), markdown: t }),
  },
};
const kinds = Object.keys(forms);
const fitsLine = (list, limit) => list.filter((v) => line(v.text) && [...line(v.text)].length <= limit);
// What the readers of files refuse: characters that nobody sees, written or named by number.
const unusable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]|&NewLine;|&#0*(?:[12]?\d|3[01]|127)\b|&#x0*(?:1?[\da-f]|7f|[ef][\da-f]{3})\b/i;

describe('hostile texts in what came later', () => {
  let siege, portal, visitor, admin, approver, trainer, other;
  const fits = {}; // by kind, the vectors that one may publish as they are
  const step = (name, act) => siege.step(name, act);
  const q = encodeURIComponent;

  before(async () => {
    siege = await Siege.begin(['admin', 'approver', 'trainer', 'other']);
    ({ portal, visitor, admin, approver, trainer, other } = siege);
  });

  after(() => siege?.end());

  it('in previews of every kind', () => step('previews', async () => {
    for (const kind of kinds) {
      fits[kind] = [];
      await trainer.tryAll(vectors.flatMap((v) => [
        { label: `${kind} of ${v.n}`, wants: 'text/html', send: () => trainer.post(`/bien-tap/xem-truoc?loai=${kind}&bai=van-ban-thu`, forms[kind].all(v.text)) },
        {
          label: `${kind} with ${v.n}`, wants: 'text/html', send: () => trainer.post(`/bien-tap/xem-truoc?loai=${kind}&bai=van-ban-thu`, forms[kind].valid(v.text)),
          then: (_, page) => { if (!unusable.test(v.text) && !page.includes('Phải sửa') && !page.includes('Chưa xem trước được')) fits[kind].push(v); },
        },
      ]));
      fits[kind].sort((a, b) => a.n - b.n);
    }
    siege.told.push(`fit for publishing: ${kinds.map((kind) => `${kind} ${fits[kind].length}`).join(', ')}`);
    for (const kind of kinds) assert.ok(fits[kind].length > 40, `${kind}: only ${fits[kind].length} are fit for publishing`);
  }));

  it('in drafts, their comparison and their history', () => step('drafts', async () => {
    for (const kind of kinds) {
      const draft = await beginText(trainer, kind), pages = [];
      for (const [i, v] of vectors.filter((one) => one.n % 6 === kinds.indexOf(kind)).entries()) {
        const form = i % 2 ? forms[kind].all(v.text) : forms[kind].valid(v.text);
        const answer = await trainer.post(`${draft.path}/soan`, { ...form, ban: draft.version, viec: i % 9 ? 'luu' : 'gui-duyet', 'ly-do': i % 9 ? v.text : '' });
        const text = await answer.text();
        if (broken(answer)) siege.watch.fault(`${kind} ${v.n}`, `status ${answer.status()}`);
        draft.version = versionIn(text) ?? draft.version;
        pages.push({ label: `${kind} kept with ${v.n}`, text });
        if (i % 3 === 0) pages.push({ label: `${kind} compared with ${v.n}`, text: await (await trainer.get(`${draft.path}/${i % 2 ? 'duyet' : 'duyet?xem=hai-cot'}`)).text() });
      }
      await trainer.openAll(pages);
      await trainer.open(`${draft.path}/soan`, { click: false });
      await approver.open(`${draft.path}/duyet`);
      await approver.open(`${draft.path}/duyet?xem=hai-cot`);
      await approver.open(`${draft.path}/lich-su`);
    }
    await trainer.open('/bien-tap');
    await trainer.open('/bien-tap/bai');
  }));

  it('where two people write at once', () => step('conflicts', async () => {
    for (const kind of kinds) {
      const draft = await beginText(trainer, kind), pages = [], list = vectors.filter((v) => kind === 'huong-dan' || v.n % 5 === kinds.indexOf(kind) % 5);
      for (const [i, v] of list.entries()) {
        const mine = forms[kind][i % 2 ? 'all' : 'valid'](v.text), theirs = forms[kind][i % 2 ? 'valid' : 'all'](shift(v, 1));
        const told = await (await trainer.post(`${draft.path}/luu`, { ...mine, ban: draft.version })).json().catch(() => ({}));
        const stale = i % 4 === 0 ? 'soan' : 'luu';
        const answer = await other.post(`${draft.path}/${stale}`, { ...theirs, ban: draft.version, ...(stale === 'soan' ? { viec: 'luu', 'ly-do': v.text } : {}) });
        const text = await answer.text(), type = answer.headers()['content-type'] ?? '';
        if (broken(answer)) siege.watch.fault(`${kind} ${v.n}`, `status ${answer.status()}`);
        if (stale === 'luu') {
          if (!type.startsWith('application/json')) siege.watch.fault(`${kind} ${v.n}`, `autosave answers ${type}`);
          const { diff, values } = JSON.parse(text);
          if (answer.status() === 409 && values) pages.push({ label: `${kind} autosaved against ${v.n}`, text: `<main>${diff}</main>` });
        } else {
          pages.push({ label: `${kind} saved against ${v.n}`, text });
        }
        draft.version = told.version ?? versionIn(await (await trainer.get(`${draft.path}/soan`)).text());
      }
      assert.ok(pages.length > list.length / 2, `only ${pages.length} conflicts of ${kind}`);
      await trainer.openAll(pages);
    }
  }));

  it('in the editor as its script shows them', () => step('editor', async () => {
    const texts = packed(9000, vectors, rest);
    const { page } = trainer;
    for (const kind of ['huong-dan', 'tinh-huong', 'so-do', 'van-ban', 'thuat-ngu', 'hoi-dap']) {
      const draft = await beginText(trainer, kind), mine = texts[kinds.indexOf(kind) % texts.length], theirs = texts[(kinds.indexOf(kind) + 1) % texts.length];
      trainer.where = `editor of ${kind}`;
      await page.goto(`${draft.path}/soan`);
      const shown = page.waitForResponse('**/xem-truoc?*');
      await page.locator('textarea.md').fill(mine);
      await shown;
      await page.waitForTimeout(150);
      await trainer.inspect(`preview of ${kind} as it is typed`, { click: false });
      let status = 409; // the page saves too, so its version may be another one by now
      for (let tries = 0, ban = draft.version; status === 409 && tries < 9; tries++) {
        const answer = await other.post(`${draft.path}/luu`, { ...forms[kind].valid(vectors[7].text), ban, markdown: theirs });
        [status, ban] = [answer.status(), (await answer.json()).version];
      }
      assert.equal(status, 200, `${kind} is saved by somebody else`);
      await page.locator('textarea.md').fill(`${mine}\n\nThêm.`);
      await page.locator('[data-two]').waitFor({ state: 'visible', timeout: 15000 }).catch(async () => assert.fail(`${kind}: no conflict; ${await page.locator('[data-save-state]').textContent()}`));
      await trainer.inspect(`conflict of ${kind}`, { click: false });
      await page.getByRole('button', { name: 'Lấy bản kia' }).click();
      await page.waitForTimeout(700);
      await trainer.inspect(`the other text of ${kind}`, { click: false });
      await page.getByRole('button', { name: 'Lấy lại bản vừa bỏ' }).click();
      await page.waitForTimeout(700);
      await trainer.inspect(`one's own text of ${kind} again`, { click: false });
      // What this device kept is shown beside the server's.
      await page.route('**/luu', (route) => route.abort());
      await page.locator('textarea.md').fill(`${theirs}\n\nChưa gửi.`);
      await page.evaluate(() => { navigator.sendBeacon = () => false; });
      await page.waitForTimeout(100);
      await trainer.open(`${draft.path}/soan`, { click: false });
      await page.locator('[data-two]').waitFor({ state: 'visible' });
      await page.unroute('**/luu');
      await page.getByRole('button', { name: 'Lấy bản trên máy này' }).click();
      await page.waitForTimeout(700);
      await trainer.inspect(`kept text of ${kind}`, { click: false });
      await page.goto('/robots.txt');
    }
  }));

  it('in the numbers and notes of whom to call', () => step('contacts', async () => {
    const form = await (await admin.get('/tinh-huong/so-dien-thoai')).text();
    const unit = /<option value="(\d{5})"/.exec(form)[1], keys = [...form.matchAll(/id="f-([a-z-]+)" name="\1" type="tel"/g)].map((m) => m[1]);
    assert.ok(keys.length >= 9, 'the form of numbers is another one');
    const send = (fields) => admin.post('/tinh-huong/so-dien-thoai', { 'don-vi': unit, ...fields });
    await admin.tryAll(vectors.map((v) => ({ label: `number ${v.n}`, send: () => send(Object.fromEntries(keys.flatMap((key, i) => [[key, i % 2 ? v.text : '0210 3 000 000'], [`${key}-ghi-chu`, shift(v, i)]]))) })));
    await admin.tryAll(vectors.filter((v) => v.n % 5 === 0).map((v) => ({ label: `unit ${v.n}`, send: () => admin.post('/tinh-huong/so-dien-thoai', { 'don-vi': v.text }) })));
    await visitor.context.addCookies([{ name: 'dv', value: unit, url: portal.address }]);
    const notes = fitsLine(vectors.filter((v) => !unusable.test(v.text)), 80);
    let saved = 0;
    for (let from = 0; from < notes.length; from += keys.length) {
      const answer = await send(Object.fromEntries(keys.flatMap((key, i) => [[key, '+84 (210) 3.000-000'], [`${key}-ghi-chu`, line((notes[from + i] ?? notes[i]).text)]])));
      if (answer.url().includes('xong=1')) saved++;
      await visitor.tryAll(['quen-the-cu-tri', 'bat-dong-ve-mot-phieu'].map((slug) => ({ label: `situation with numbers ${from}`, send: () => visitor.get(`/tinh-huong/${slug}`) })));
    }
    assert.ok(saved > 20, `numbers were taken ${saved} times`);
    for (const at of ['/tinh-huong', '/tinh-huong/quen-the-cu-tri', '/tinh-huong/don-vi']) await visitor.open(at);
    await admin.open(`/tinh-huong/so-dien-thoai?don-vi=${unit}&xong=1`);
    await visitor.tryAll(vectors.map((v) => ({ label: `choice of unit ${v.n}`, send: () => visitor.post('/tinh-huong/don-vi', { 'don-vi': v.text, ve: v.text }) })));
    await visitor.tryAll(vectors.map((v) => ({ label: `way back from the choice of unit ${v.n}`, send: () => visitor.context.request.post('/tinh-huong/don-vi', { maxRedirects: 0, failOnStatusCode: false, form: { 'don-vi': unit, ve: v.text }, headers: { 'sec-fetch-site': 'same-origin', origin: portal.address } }),
      then: (answer) => { if (new URL(answer.headers().location ?? '/', portal.address).origin !== portal.address) siege.watch.fault(`way back ${v.n}`, `leads to ${answer.headers().location}`); } })));
  }));

  it('in what is recorded of amendments', () => step('amendments', async () => {
    const good = { of: 'luat-85-2015 dieu-69', by: 'luat-83-2025 dieu-1', effect: 'amended', successor: '', since: '2026-01-01', note: '' };
    const q = (v) => encodeURIComponent(v.text);
    await approver.tryAll(vectors.flatMap((v) => [
      { label: `amendment ${v.n}`, send: () => approver.post('/bien-tap/hieu-luc/thu', Object.fromEntries(Object.keys(good).map((name) => [name, v.text]))) },
      { label: `amendment asked for ${v.n}`, send: () => approver.get(`/bien-tap/hieu-luc?dieu=${q(v)}&xong=${q(v)}`) },
    ]));
    await approver.tryAll(vectors.filter((v) => v.n % 4 === 0).map((v) => ({ label: `amendment foretold ${v.n}`, send: () => approver.post('/bien-tap/hieu-luc/thu', { ...good, note: v.text }) })));
    const notes = packed(480, vectors.filter((v) => !unusable.test(v.text)));
    for (const [i, note] of notes.entries()) {
      const answer = await approver.post('/bien-tap/hieu-luc', { ...good, of: `luat-85-2015 dieu-${i % 3 ? 30 + i : 69}`, since: `${2026 + i % 2}-01-${String(1 + i % 28).padStart(2, '0')}`, note });
      if (!answer.url().includes('xong=ghi')) siege.watch.fault(`amendment ${i}`, `not recorded: ${answer.status()} ${/class="err".*?<\/p>/s.exec(await answer.text())?.[0].slice(0, 120)}`);
    }
    const listed = await (await approver.get('/bien-tap/hieu-luc')).text();
    const ids = [...new Set([...listed.matchAll(/hieu-luc\/([0-9a-f-]{36})\/rut/g)].map((m) => m[1]))];
    assert.ok(ids.length > notes.length / 2, `only ${ids.length} amendments are listed`);
    await approver.open('/bien-tap/hieu-luc', { click: false });
    await trainer.open('/bien-tap/hieu-luc', { click: false });
    for (const at of ['/van-ban/85-2015-qh13', '/van-ban/85-2015-qh13/dieu-69', '/hoi-dap/hd-0001', '/tinh-huong/quen-the-cu-tri', '/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu']) await visitor.open(at);
    await visitor.tryAll(ids.map((_, i) => ({ label: `article ${30 + i}`, send: () => visitor.get(`/van-ban/85-2015-qh13/dieu-${30 + i}`) })));
    const [, kind, text] = /name="loai" value="([^"]+)"><input type="hidden" name="bai" value="([^"]+)"/.exec(listed) ?? [];
    await approver.tryAll(vectors.filter((v) => v.n % 6 === 0).map((v) => ({ label: `still right ${v.n}`, send: () => approver.post(`/bien-tap/hieu-luc/${ids[v.n % ids.length]}/con-dung`, { loai: v.n % 12 ? v.text : kind, bai: v.n % 12 ? v.text : text, 'ghi-chu': v.text }) })));
    await admin.open('/nhat-ky');
    await approver.tryAll(ids.map((id) => ({ label: 'withdrawal', send: () => approver.post(`/bien-tap/hieu-luc/${id}/rut`, {}) })));
  }));

  it('in the names of topics', () => step('topics', async () => {
    const form = await (await admin.get('/bien-tap/chu-de')).text();
    const slugs = [...form.matchAll(/name="name-([a-z-]+)"/g)].map((m) => m[1]);
    const was = Object.fromEntries([...form.matchAll(/name="((?:name|summary|place)-[a-z-]+)" type="text"[^>]* value="([^"]*)"/g)].map((m) => [m[1], m[2]]));
    assert.equal(Object.keys(was).length, 3 * slugs.length);
    await admin.tryAll(vectors.map((v) => ({ label: `topics ${v.n}`, send: () => admin.post('/bien-tap/chu-de', Object.fromEntries(slugs.flatMap((slug, i) => [[`name-${slug}`, i ? v.text : ''], [`summary-${slug}`, shift(v, i)], [`place-${slug}`, v.text]]))) })));
    const names = fitsLine(vectors.filter((v) => !unusable.test(v.text)), 40), leads = fitsLine(vectors.filter((v) => !unusable.test(v.text)), 90);
    let saved = 0, round = 0;
    for (let from = 0; from < names.length; from += slugs.length, round++) {
      const answer = await admin.post('/bien-tap/chu-de', Object.fromEntries(slugs.flatMap((slug, i) => [
        [`name-${slug}`, line((names[from + i] ?? names[i]).text)], [`summary-${slug}`, line(leads[(from + i) % leads.length].text)], [`place-${slug}`, String(1 + (i + round) % slugs.length)],
      ])));
      if (answer.url().includes('xong=luu')) saved++;
      await visitor.tryAll(['/', '/huong-dan', '/huong-dan/trang-tri-co-dong', '/tim-kiem?q=phieu', '/hoi-dap', '/tinh-huong'].slice(0, round % 4 ? 3 : 6).map((at) => ({ label: `${at} with topics ${from}`, send: () => visitor.get(at) })));
      if (round % 12 === 0) for (const at of ['/', '/huong-dan/trang-tri-co-dong', '/tim-kiem?q=phieu', '/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu', '/hoi-dap/gui?cau=phieu']) await visitor.open(at);
    }
    assert.ok(saved > names.length / slugs.length / 2, `topics were taken ${saved} times`);
    await admin.open('/bien-tap/chu-de', { click: false });
    await trainer.open('/bien-tap/bai', { click: false });
    await (await beginText(trainer, 'huong-dan'), trainer.open((await beginText(trainer, 'huong-dan')).path + '/soan', { click: false }));
    await admin.post('/bien-tap/chu-de', was);
  }));

  // A folder of texts as an author hands it in; round is which writing of them it is.
  async function folder(round) {
    const dir = await mkdtemp(path.join(tmpdir(), 'texts-'));
    const write = async (kind, name, text) => { await mkdir(path.join(dir, kind), { recursive: true }); await writeFile(path.join(dir, kind, name), text); };
    const at = (list, i) => list[(i + 3 * round) % list.length].text;
    const short = (list, limit) => fitsLine(list, limit).filter((v) => !unusable.test(v.text));
    const titles = short(vectors, 84), leads = short(vectors, 190);
    const terms = short(fits['thuat-ngu'], 290), abbreviations = short(vectors, 20);
    for (let i = 0; i < terms.length; i++) {
      await write('terms', `chu-${i}.md`, frontMatter({ title: i % 3 ? `Chữ thử ${i}` : `${line(at(titles, i))} ${i}`.slice(0, 90), ...(i % 5 || i >= 60 ? {} : { short: line(at(abbreviations, i)) }), also: [line(at(titles, i + 1))], summary: line(at(terms, i)), trust: 'V' }) + `${at(terms, i)}${rest}`);
    }
    const trees = fits['tinh-huong'];
    for (let i = 0; i * 4 < trees.length; i++) {
      const texts = [0, 1, 2, 3].map((k) => at(trees, i * 4 + k));
      await write('situations', `chuyen-${i}.md`, frontMatter({ title: line(at(titles, i)), topic: base.topic, summary: line(at(leads, i)), trust: 'V', basis: [base.basis], asked: [line(at(titles, i + 2))] }) + tree(line(texts[0]), texts));
    }
    const plans = fits['so-do'];
    for (let i = 0; i * 34 < plans.length; i++) await write('plans', `hinh-${i}.yaml`, plan(`hinh-${i}`, plans.slice(i * 34, i * 34 + 34).map((v) => at(plans, v.n))));
    const laws = fits['van-ban'];
    for (let i = 0; i * 40 < laws.length; i++) await write('law', `luat-thu-${i}.md`, law(`luat-thu-${i}`, line(at(titles, i)), laws.slice(i * 40, i * 40 + 40).map((v) => v.text)));
    const guides = fits['huong-dan'], words = Array.from({ length: 60 }, (_, i) => `Chữ thử ${i}`);
    for (let i = 0; i * 6 < guides.length; i++) {
      const texts = guides.slice(i * 6, i * 6 + 6).map((_, k) => at(guides, i * 6 + k));
      await write('guides', `bai-${i}.md`, frontMatter({ title: line(at(titles, i)), topic: base.topic, phase: 'before', summary: line(at(leads, i)), trust: 'V', series: `loat-${Math.floor(i / 8)}`, step: 1 + i % 8, ...(i % 8 ? {} : { series_title: line(at(titles, i + 5)) }), basis: [base.basis] })
        + `${words.slice(i % 6 * 10, i % 6 * 10 + 10).join('; ')}.\n\n` + texts.map((text, k) => (k % 3 === 0 ? forRole(text) : quoted(text, k % 3 === 1 ? 'MUST' : 'NEVER') + rest)).join(''));
    }
    const answers = fits['hoi-dap'], letters = short(answers, 190);
    for (let i = 0; i * 9 < answers.length; i++) {
      await write('answers', `cau-${i}.md`, frontMatter({ ref: `cau-${i}`, question: `${line(at(letters, i))} hỏi ${i}`, short: 'Ở nhà.', topic: base.topic, agency: line(at(letters, i + 1)), field: line(at(letters, i + 2)), date: '2026-03-01', trust: 'V', basis: [base.basis], level: 'letter', letter: line(at(letters, i + 3)), supersedes: i < 12 ? [`HĐ-${String(11 + i).padStart(4, '0')}`] : [] }) + at(answers, i * 9));
    }
    return dir;
  }

  it('as published texts of every kind, on every page that shows them', () => step('published', async () => {
    for (const round of [0, 1]) {
      const dir = await folder(round);
      const said = await command(portal, 'import', 'guides', dir, '--publish').catch((e) => { throw new Error(e.stderr + e.stdout); });
      siege.told.push(`import ${round + 1}: ${said.trim().split('\n').at(-1)}`);
      await rm(dir, { recursive: true });
    }
    await new Promise((resolve) => setTimeout(resolve, 3000)); // the index follows
    const site = await visitor.readXML('/sitemap.xml', 'http://www.sitemaps.org/schemas/sitemap/0.9');
    const paths = [...site.matchAll(/<loc>[^<]*?:\/\/[^/<]+([^<]*)<\/loc>/g)].map((m) => m[1]);
    const ours = (pattern) => paths.filter((p) => pattern.test(p));
    const groups = { guides: ours(/^\/huong-dan\/[^/]+\/bai-\d+$/), situations: ours(/^\/tinh-huong\/chuyen-/), plans: ours(/^\/so-do\/hinh-/), laws: ours(/^\/van-ban\/luat-thu-\d+/), series: ours(/^\/loat-bai\/loat-\d/), answers: ours(/^\/hoi-dap\/hd-\d+/).slice(-90) };
    siege.told.push(`pages: ${Object.entries(groups).map(([name, list]) => `${name} ${list.length}`).join(', ')}`);
    for (const [name, list] of Object.entries(groups)) assert.ok(list.length >= 5, `${name}: only ${list.length} pages`);
    const all = Object.values(groups).flat();
    await visitor.tryAll(all.map((at) => ({ label: at, wants: 'text/html', send: () => visitor.get(at) })));
    for (const list of Object.values(groups)) for (const at of list.filter((_, i) => i % Math.ceil(list.length / 6) === 0)) await visitor.open(at);
    for (const at of ['/', '/moi', '/thuat-ngu', '/tinh-huong', '/so-do', '/loat-bai', '/van-ban', '/lich', '/lich?vai-tro=to-bau-cu', '/huong-dan', '/huong-dan/trang-tri-co-dong', '/hoi-dap', '/hoi-dap/hd-0011', '/hoi-dap/hd-0012', `${groups.series[0]}/1`, `${groups.series[0]}/2`]) await visitor.open(at, { click: at !== '/lich' });
    await visitor.tryAll(groups.guides.flatMap((at) => [
      { label: `changes of ${at}`, wants: 'text/html', send: () => visitor.get(`${at}/thay-doi?ban=2`) },
      { label: `card of ${at}`, wants: 'text/html', send: () => visitor.get(`${at}/the-in?co=a4`) },
      { label: `self-check of ${at}`, send: () => visitor.get(`${at}/tu-kiem-tra`) },
    ]));
    await visitor.tryAll(groups.answers.map((at) => ({ label: `changes of ${at}`, send: () => visitor.get(`${at}/thay-doi?ban=2`) })));
    for (const at of groups.guides.filter((_, i) => i % 20 === 0)) await visitor.open(`${at}/thay-doi?ban=2`);
    await visitor.page.emulateMedia({ media: 'print' });
    for (const at of [`${groups.guides[1]}/the-in?co=a5`, `${groups.guides[4]}/the-in?co=a4`, groups.plans[0], groups.situations[0]]) {
      await visitor.open(at);
      await visitor.page.pdf();
    }
    await visitor.page.emulateMedia({ media: 'screen' });
    await visitor.context.addCookies([{ name: 'vai', value: 'to-bau-cu', url: portal.address }]);
    await visitor.tryAll(groups.guides.map((at) => ({ label: `${at} for a role`, send: () => visitor.get(at) })));
    await visitor.open(groups.guides[0]);
  }));

  it('in feeds, calendars, searches, lists of links and the meanings of terms', () => step('readers', async () => {
    await visitor.readXML('/moi.atom', 'http://www.w3.org/2005/Atom');
    await visitor.page.goto('/moi.atom').catch(() => {}); // a browser may take it for a download
    const ics = await (await visitor.get('/lich.ics')).text();
    for (const one of ics.split('\r\n')) if (one && !/^(?: |[A-Z-]+[;:])/.test(one) || /^URL[^:]*:(?!http:\/\/127)/.test(one)) siege.watch.fault('/lich.ics', one);
    const words = ['ran', 'onerror', 'svg', 'script', 'chữ thử 7', 'chữ thử', 'chuyện', 'hình', 'luật thử', 'loạt', 'javascript', 'hỏi 3', 'iframe', 'href'];
    await visitor.tryAll(words.flatMap((word) => ['', 'guide', 'answer', 'situation', 'term', 'law', 'plan'].map((kind) => ({ label: `search of ${word} in ${kind}`, send: () => visitor.get(`/tim-kiem?q=${q(word)}${kind && `&loai=${kind}`}`) }))));
    for (const word of words.slice(0, 6)) await visitor.open(`/tim-kiem?q=${q(word)}`);
    await visitor.tryAll(words.map((word) => ({ label: `suggestions of ${word}`, wants: 'application/', send: () => visitor.get(`/tim-kiem/goi-y?q=${q(word)}`) })));
    await trainer.tryAll(words.flatMap((word) => ['lien-ket', 'can-cu'].map((list) => ({ label: `${list} of ${word}`, wants: 'application/json', send: () => trainer.get(`/bien-tap/${list}?q=${q(word)}`) }))));
    await visitor.page.goto('/');
    const field = visitor.page.locator('[data-suggest]:visible').first();
    for (const word of ['chu thu', 'onerror', 'svg']) {
      visitor.where = `suggestions of ${word}`;
      await field.fill('');
      await field.pressSequentially(word, { delay: 30 });
      await visitor.page.locator('[role=option]').first().waitFor({ timeout: 4000 }).catch(() => {});
      await visitor.inspect(visitor.where, { click: false });
    }
    const { page } = visitor;
    await page.goto(/href="(\/huong-dan\/[^"]+bai-\d+)"/.exec(await (await visitor.get('/huong-dan/trang-tri-co-dong')).text())[1]);
    const told = [];
    for (const term of await page.locator('.prose a.term').all()) {
      await term.focus();
      told.push(await term.evaluate((e) => [getComputedStyle(e, '::after').content, e.dataset.note]));
    }
    assert.ok(told.length > 4, `only ${told.length} terms tell their meaning`);
    for (const [shown, note] of told) if (!note || shown.replaceAll('\\', '').length < note.replaceAll('\\', '').length) siege.watch.fault('meaning of a term', `${shown} instead of ${note}`);
    await visitor.inspect('a guide with terms');
    await page.goto('/');
    await visitor.inspect('the way on to the guide read last', { click: false });
  }));

  it('in banks of questions, in quizzes, their explanations and results', () => step('quizzes', async () => {
    const raw = await mkdtemp(path.join(tmpdir(), 'bank-')), dir = await mkdtemp(path.join(tmpdir(), 'bank-'));
    for (const folder of [raw, dir]) await mkdir(path.join(folder, 'quizzes'));
    for (const v of vectors) await writeFile(path.join(raw, 'quizzes', `tho-${v.n}.gift`), v.n % 3 ? `// basis: ${line(v.text)}\n// read: ${line(v.text)}\n// topic: ${line(v.text)}\n::tho-${v.n}:: ${v.text} {\n=${v.text}#${v.text}\n~b####${v.text}\n}\n` : v.text);
    const refused = await command(portal, 'import', 'guides', raw).catch((e) => e.stderr + e.stdout);
    if (/panic|goroutine/.test(refused) || !/tho-\d+\.gift/.test(refused)) siege.watch.fault('raw bank', refused.slice(0, 200) || 'taken');
    const texts = vectors.filter((v) => !unusable.test(v.text) && line(v.text)).map((v) => v.text), slugs = [];
    for (let from = 0; from < texts.length; from += 90) {
      slugs.push(`bo-thu-${slugs.length}`);
      await writeFile(path.join(dir, 'quizzes', `${slugs.at(-1)}.gift`), quiz(slugs.at(-1), texts.slice(from, from + 90), { title: texts[from], summary: texts[from + 1] }));
    }
    await mkdir(path.join(dir, 'guides'));
    await writeFile(path.join(dir, 'guides', 'tu-kiem.md'), frontMatter({ title: 'Bài tự kiểm', topic: base.topic, phase: 'before', summary: 'Tự kiểm tra.', trust: 'V', basis: [base.basis] }) + `Chữ.\n\n{{tự-kiểm-tra:${[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `bo-thu-0-${n}`).join(',')}}}\n`);
    await command(portal, 'import', 'guides', dir, '--publish').catch((e) => { throw new Error(e.stderr + e.stdout); });
    for (const folder of [raw, dir]) await rm(folder, { recursive: true });
    await new Promise((resolve) => setTimeout(resolve, 2000)); // the index follows
    await visitor.open('/trac-nghiem');
    let explained = 0;
    for (const slug of slugs) {
      const at = `/trac-nghiem/${slug}`, count = Math.min(90, texts.length - 90 * slugs.indexOf(slug)), numbers = Array.from({ length: count }, (_, i) => i + 1);
      await visitor.open(at, { click: false });
      await visitor.post(at, {});
      await visitor.tryAll(numbers.flatMap((n) => [
        { label: `question ${n} of ${slug}`, wants: 'text/html', send: () => visitor.get(`${at}/${n}`) },
        { label: `reply to ${n} of ${slug}`, send: () => visitor.post(`${at}/${n}`, { k: vectors[n].text }) },
      ]));
      await visitor.tryAll(numbers.map((n) => ({ label: `explanation ${n} of ${slug}`, wants: 'text/html', send: () => visitor.post(`${at}/${n}`, { k: 'b' }), then: (_, page) => { if (page.includes('id="giai-thich"')) explained++; } })));
      await visitor.tryAll([{ label: `result of ${slug}`, wants: 'text/html', send: () => visitor.get(`${at}/ket-qua`) }]);
      for (const n of [1, Math.ceil(count / 2), count]) await visitor.open(`${at}/${n}`, { click: false });
      await visitor.open(`${at}/ket-qua`, { click: false });
    }
    siege.told.push(`quizzes: ${slugs.length} of ${texts.length} questions, ${explained} explained`);
    assert.equal(explained, texts.length);
    const check = '/huong-dan/trang-tri-co-dong/tu-kiem';
    await visitor.open(check, { click: false });
    await visitor.open(`${check}/tu-kiem-tra?nop=1&${[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `k${n}=${n % 2 ? 'b' : 'a'}`).join('&')}`, { click: false });
    await visitor.tryAll(vectors.map((v) => ({ label: `self-check answered ${v.n}`, send: () => visitor.get(`${check}/tu-kiem-tra?nop=${q(v.text)}&k1=${q(v.text)}`) })));
    await visitor.tryAll(['onerror', 'svg', 'script', 'javascript', 'ran'].map((word) => ({ label: `search of ${word} in quizzes`, send: () => visitor.get(`/tim-kiem?q=${word}&loai=trac-nghiem`) })));
    await approver.tryAll([{ label: 'questions that an amendment concerns', send: () => approver.post('/bien-tap/hieu-luc/thu', { of: 'luat-85-2015 dieu-69', by: 'luat-83-2025 dieu-1', effect: 'amended', successor: '', since: '2026-02-01', note: '' }) }]);
  }));

  it('in the cells of workbooks that are sent in', () => step('workbooks', async () => {
    const head = ['Họ tên', 'Mã cán bộ', 'Đơn vị', 'Tổ', 'Nhiệm vụ', 'Vai trò'], names = inRunes(60).filter((v) => !unusable.test(v.text));
    const sheetName = vectors.find((v) => v.text.includes('__ran') && v.text.length < 32 && !/[:\\/?*[\]]/.test(v.text)).text; // what a sheet may be called
    const send = (name, rows, hostile = sheetName) => admin.context.request.post('/can-bo/nhap', {
      headers: { 'sec-fetch-site': 'same-origin', origin: portal.address, 'x-khoa': admin.token },
      multipart: { tep: { name, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: workbook(rows, hostile) } },
    });
    await admin.tryAll([
      { label: 'faulty workbook', send: () => send('"><img src=x onerror=__ran(1)>.xlsx', [head, ...vectors.map((v) => [v.text, `W-${v.n}`, v.text, shift(v, 1), shift(v, 2), v.text])]) },
      { label: 'workbook of odd heads', send: () => send('a.xlsx', [inRunes(80).slice(0, 20).map((v) => v.text), head.map(() => 'x')]) },
      ...vectors.filter((v) => v.n % 8 === 0).map((v) => ({ label: `sheet called ${v.n}`, send: () => send('b.xlsx', [head, [v.text, 'X-1', v.text, '', '', v.text]], v.text) })),
    ]);
    let at = '', shown = '';
    await admin.tryAll([{ label: 'good workbook', send: () => send('ds.xlsx', [head, ...names.map((v) => ['Trần Thị Dần', `W-${v.n}`, '', v.text, v.text, 'giảng viên'])]), then: (answer, text) => { [at, shown] = [new URL(answer.url()).pathname, text]; } }]);
    assert.match(at, /^\/can-bo\/nhap\/[0-9a-f-]{36}$/, shown.slice(0, 300));
    await admin.open(at);
    await admin.tryAll([{ label: 'import of a workbook', send: () => admin.post(at, { 'bo-loi': '1', 'gan-giong': 'add', 'da-co': 'skip' }) }]);
    const people = await (await admin.get('/can-bo?q=Dan')).text();
    assert.ok(people.split('Trần Thị Dần').length > 20, 'nobody came in by the workbook');
    await admin.open('/can-bo?q=Dan');
    await admin.tryAll([
      { label: 'people of the workbook as one', wants: 'application/vnd.openxmlformats', send: () => admin.get('/can-bo.xlsx') },
      { label: 'undo', send: () => admin.post(`${at}/hoan-tac`, {}) },
    ]);
    const file = `${portal.data}-hd.xlsx`, answers = fits['hoi-dap'];
    await writeFile(file, workbook([['mã', 'câu hỏi', 'trả lời', 'trả lời ngắn', 'chủ đề', 'cơ quan', 'ngày', 'căn cứ', 'cách hỏi khác'], ...answers.map((v) => [`bang-${v.n}`, `${line(v.text)} bảng ${v.n}`, v.text, 'Ở nhà.', base.topic, 'Ủy ban bầu cử', '1/3/2026', base.basis, line(shift(v, 1)).slice(0, 150)])], sheetName));
    const said = await command(portal, 'import', 'answers', file, '--publish', '--skip-faulty').catch((e) => { throw new Error(e.stderr + e.stdout); });
    await rm(file);
    siege.told.push(`workbook of answers: ${said.trim().split('\n').at(-1)}`);
    assert.ok(+/(\d+) mới/.exec(said)[1] > answers.length / 2, said);
    const site = await (await visitor.get('/sitemap.xml')).text();
    const pages = [...site.matchAll(/<loc>[^<]*?(\/hoi-dap\/hd-\d+[^<]*)<\/loc>/g)].map((m) => m[1]).filter((p) => /bang-\d+$/.test(p));
    assert.ok(pages.length > answers.length / 2, `${pages.length} pages of the workbook`);
    await visitor.tryAll(pages.map((p) => ({ label: p, wants: 'text/html', send: () => visitor.get(p) })));
    for (const p of pages.filter((_, i) => i % 40 === 0)) await visitor.open(p);
  }));

  it('in texts that wait for their hour', () => step('scheduled', async () => {
    const waiting = [], hour = (ahead) => new Date(Math.ceil((Date.now() + ahead) / 60000) * 60000).toLocaleString('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).slice(0, 16).replace(' ', 'T');
    const documents = fitsLine(vectors.filter((v) => !unusable.test(v.text)), 90);
    for (const kind of ['huong-dan', 'tinh-huong', 'thuat-ngu', 'hoi-dap']) {
      for (const v of fits[kind].filter((one) => one.n % 29 === 5)) {
        const draft = await beginText(trainer, kind), slug = `hen-${kind}-${v.n}`;
        const fields = { ...forms[kind].valid(v.text), slug, ...(kind === 'hoi-dap' ? { question: `${line(v.text)} hẹn ${v.n}`, slug: undefined } : { title: `Hẹn ${kind} ${v.n}` }), series: '', step: '', series_title: '' };
        const sent = await trainer.post(`${draft.path}/soan`, { ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)), ban: draft.version, viec: 'gui-duyet', 'ly-do': 'Theo lịch.' });
        if (!sent.url().endsWith('/duyet')) continue; // the checklist has something against it
        const ban = versionIn(await (await approver.get(`${draft.path}/duyet`)).text());
        const judge = (luc, document = '') => approver.post(`${draft.path}/duyet`, { ban, 'ket-luan': 'dang-luc', luc, 'van-ban': document, 'ngay-van-ban': '', 'ghi-chu': v.text });
        await approver.tryAll([v.text, shift(v, 1), '2026-99-99T99:99', '0001-01-01T00:00', '9999-12-31T23:59'].map((luc) => ({
          label: `${kind} put off until ${luc}`, send: () => judge(luc, shift(v, 2)), then: (answer) => { if (answer.status() !== 422) siege.watch.fault(`hour ${luc}`, `status ${answer.status()}`); },
        })));
        waiting.push({ ...draft, slug, kind, v, judge });
      }
    }
    assert.ok(waiting.length >= 12, `only ${waiting.length} texts wait for a verdict`);
    const luc = hour(25000 + waiting.length * 300);
    for (const [i, one] of waiting.entries()) {
      const answer = await one.judge(luc, line(documents[i % documents.length].text));
      if (answer.status() !== 200 || answer.url().includes('ket-luan')) siege.watch.fault(`${one.kind} ${one.v.n}`, `is not put off: ${answer.status()}`);
    }
    for (const person of [approver, trainer]) await person.open('/bien-tap');
    await approver.tryAll(waiting.flatMap((one) => ['duyet', 'lich-su'].map((view) => ({ label: `${view} of ${one.slug}`, wants: 'text/html', send: () => approver.get(`${one.path}/${view}`) }))));
    await approver.open(`${waiting[0].path}/duyet`);
    await trainer.open(`${waiting.at(-1).path}/lich-su`);
    const early = await (await visitor.get('/sitemap.xml')).text();
    assert.ok(!early.includes('/hen-huong-dan-'), 'a text came out before its hour');
    let out = [];
    for (const until = Date.now() + 150000; Date.now() < until && out.length < waiting.length; await new Promise((resolve) => setTimeout(resolve, 2000))) {
      out = [];
      for (const one of waiting) if ((await (await trainer.get(`${one.path}/lich-su`)).text()).includes('Người đọc đang thấy')) out.push(one);
    }
    siege.told.push(`scheduled: ${out.length} of ${waiting.length} came out`);
    assert.equal(out.length, waiting.length);
    const site = await (await visitor.get('/sitemap.xml')).text();
    const pages = [...site.matchAll(/<loc>[^<]*?:\/\/[^/<]+([^<]*)<\/loc>/g)].map((m) => m[1]).filter((p) => /\/hen-(huong-dan|tinh-huong)-\d+$|-hen-\d+$/.test(p));
    assert.ok(pages.length >= 8, `${pages.length} pages of texts that waited`);
    await visitor.tryAll([...pages, '/thuat-ngu', '/moi'].map((p) => ({ label: p, wants: 'text/html', send: () => visitor.get(p) })));
    for (const p of pages.slice(0, 4)) await visitor.open(p);
    await admin.open('/nhat-ky');
  }));

  it('leave as files that make the same files again', () => step('export', async () => {
    const [first, second] = [`${portal.data}-out`, `${portal.data}-again`], next = { data: `${portal.data}-other` };
    await command(portal, 'export', '--out', first);
    await command(next, 'import', 'guides', first, '--publish');
    await command(next, 'export', '--out', second);
    const files = (await readdir(first, { recursive: true, withFileTypes: true })).filter((f) => f.isFile());
    siege.told.push(`files of the export: ${files.length}`);
    for (const f of files) {
      const name = path.relative(first, path.join(f.parentPath ?? f.path, f.name));
      if (!/^[\w./-]+\.(md|yaml|jsonl?|txt|csv|gift)$/.test(name) || name.includes('..')) siege.watch.fault('export', `wrote ${name}`);
      const again = await readFile(path.join(second, name), 'utf8').catch(() => '');
      if (again !== await readFile(path.join(first, name), 'utf8')) siege.watch.fault('export', `${name} comes out differently the second time`);
    }
    for (const dir of [first, second, next.data]) await rm(dir, { recursive: true, force: true });
  }));

  it('nor does one of these pages break the policy, when it is on', () => step('policy', async () => {
    const strict = async (person) => {
      const one = await siege.come({ csp: true });
      await one.context.addCookies(await person.context.cookies());
      return one;
    };
    const plain = await strict(visitor), writer = await strict(trainer), judge = await strict(approver), chief = await strict(admin);
    for (const at of ['/', '/moi', '/thuat-ngu', '/tinh-huong', '/tinh-huong/chuyen-1', '/so-do', '/so-do/hinh-0', '/van-ban/luat-thu-0', '/loat-bai/loat-0', '/loat-bai/loat-0/1', '/huong-dan/trang-tri-co-dong/bai-1', '/huong-dan/trang-tri-co-dong/bai-1/the-in', '/huong-dan/trang-tri-co-dong/bai-1/thay-doi?ban=2', '/hoi-dap/hd-0011', '/lich']) await plain.open(at);
    await chief.open('/bien-tap/chu-de', { click: false });
    await chief.open('/tinh-huong/so-dien-thoai');
    await judge.open('/bien-tap/hieu-luc', { click: false });
    for (const kind of kinds) await writer.open(`${(await beginText(trainer, kind)).path}/soan`, { click: false });
  }));

  it('were all seen as letters somewhere', () => siege.allSeen());
});
