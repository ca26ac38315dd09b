// Hostile texts through every field and every view, with the content security
// policy off: nothing runs. Then the same pages with it on: nothing breaks it.
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Person, Siege, Watch, beginText, broken, command, versionIn } from './attack.js';
import { foreignHost, groupNames, inRunes, line, packed, rest, shift, together, vectors } from './vectors.js';

const validFields = {
  'huong-dan': { title: 'Chuẩn bị phòng bỏ phiếu', topic: 'trang-tri-co-dong', phase: 'before', summary: 'Việc phải làm trước ngày bầu cử.', trust: 'V', basis: 'luat-85-2015 dieu-69' },
  'hoi-dap': { question: 'Cử tri ốm thì bỏ phiếu ở đâu?', short: 'Tổ bầu cử mang hòm phiếu phụ tới.', topic: 'trang-tri-co-dong', agency: 'Ủy ban bầu cử', field: 'Bỏ phiếu', date: '2026-03-01', trust: 'V', basis: 'luat-85-2015 dieu-69' },
  'tap-huan': { title: 'Tập huấn tổ bầu cử', held_on: '2026-03-02', form: 'Trực tiếp', trust: 'V', source: 'Kế hoạch của tỉnh' },
};
const allFields = {
  'huong-dan': ['title', 'slug', 'topic', 'phase', 'roles', 'summary', 'trust', 'effective', 'position', 'basis', 'series', 'step', 'series_title', 'asked', 'markdown'],
  'hoi-dap': ['question', 'short', 'asked', 'topic', 'agency', 'field', 'session', 'date', 'trust', 'effective', 'basis', 'level', 'letter', 'supersedes', 'markdown'],
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
  let siege, portal, browser, watch, visitor, admin, approver, trainer, told;
  const things = {}; // a draft of each kind
  const step = (name, act) => siege.step(name, act);

  before(async () => {
    siege = await Siege.begin();
    ({ portal, browser, watch, visitor, admin, approver, trainer, told } = siege);
    for (const kind of kinds) things[kind] = await beginText(trainer, kind);
  });

  after(() => siege?.end());

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

  it('in a search, in addresses and in what visitors type', () => step('visitors', async () => {
    const q = (v) => encodeURIComponent(v.text);
    const turns = [
      (v) => ({ label: `API ${v.n}`, send: () => visitor.get(`/api/v1/search?q=${q(v)}`), wants: 'application/json' }),
      (v) => ({ label: `filters ${v.n}`, send: () => visitor.get(`/hoi-dap?chu-de=${q(v)}&sau=${q(v)}&co-quan=${q(v)}&buoi=${q(v)}`) }),
      (v) => ({ label: `display ${v.n}`, send: () => visitor.post('/hien-thi', { co: v.text, nen: v.text, ve: v.text }) }),
      (v) => ({ label: `filters of a search ${v.n}`, send: () => visitor.get(`/tim-kiem?q=phieu&chu-de=${q(v)}&co-quan=${q(v)}&buoi=${q(v)}&nam=${q(v)}&loai=${q(v)}`) }),
    ];
    await visitor.tryAll(vectors.flatMap((v) => [
      { label: `search ${v.n}`, send: () => visitor.get(`/tim-kiem?q=${q(v)}`) },
      { label: `suggestions ${v.n}`, send: () => visitor.get(`/tim-kiem/goi-y?q=${q(v)}`), wants: 'application/' },
      { label: `missing page ${v.n}`, send: () => visitor.get(`/huong-dan/${q(v).replaceAll('.', '%2e')}`) },
      { label: `sign-in ${v.n}`, send: () => visitor.post('/dang-nhap', { tk: v.text, mk: 'hòm phiếu phụ', ve: v.text }, { 'x-forwarded-for': '10.9.9.9' }) },
      { label: `receipt ${v.n}`, send: () => visitor.post('/hoi-dap/phieu', { 'so-phieu': v.text }, { 'x-forwarded-for': `10.8.${v.n >> 8}.${v.n & 255}` }) },
      turns[v.n % turns.length](v),
    ]));
    for (const v of vectors.filter((_, i) => i % 40 === 0)) await visitor.open(`/tim-kiem?q=${q(v)}`);
  }));

  it('in questions that visitors send, in the queue and in what is said of pages', () => step('inquiries', async () => {
    const texts = packed(1900), sent = [];
    const from = (i) => ({ 'x-forwarded-for': `10.7.0.${i % 250}` });
    const form = async (i, fields) => {
      const [, id] = /name="phieu" value="([^"]+)"/.exec(await (await visitor.get('/hoi-dap/gui')).text());
      return visitor.post('/hoi-dap/gui', { phieu: id, 'dong-y': '1', ...fields }, from(i));
    };
    await visitor.tryAll(texts.map((text, i) => ({
      label: `inquiry ${i}`, send: () => form(i, { 'cau-hoi': text, 'chi-tiet': texts[(i + 1) % texts.length], noi: inRunes(110)[i * 7].text }),
      then: (_, page) => sent.push(/class="code">([^<]+)</.exec(page)?.[1]),
    })));
    assert.ok(sent.filter(Boolean).length > texts.length / 2, `only ${sent.filter(Boolean).length} of ${texts.length} inquiries were taken`);
    await visitor.tryAll(inRunes(300).map((v) => ({ label: `question ${v.n}`, send: () => form(v.n, { 'cau-hoi': v.text, 'chi-tiet': v.text, noi: v.text, 'co-quan': v.text, 'dong-y': '' }) })));
    await visitor.tryAll(sent.filter(Boolean).map((code, i) => ({ label: `receipt of inquiry ${i}`, send: () => visitor.post('/hoi-dap/phieu', { 'so-phieu': code }, from(i)) })));

    const [, bai] = /name="bai" value="([^"]+)"/.exec(await (await visitor.get('/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu')).text());
    await visitor.tryAll(packed(480).map((chu, i) => ({ label: `feedback ${i}`, send: () => visitor.post('/gop-y', { loai: 'guide', bai, ro: '0', chu }, from(i)) })));
    await visitor.tryAll(vectors.filter((v) => v.n % 4 === 0).map((v) => ({ label: `unsent feedback ${v.n}`, send: () => visitor.post('/gop-y', { loai: 'guide', bai, ro: v.text, chu: v.text }, from(v.n)) })));

    await trainer.open('/bien-tap/cau-hoi');
    const queue = await (await trainer.get('/bien-tap/cau-hoi')).text();
    const paths = [...new Set(queue.match(/\/bien-tap\/cau-hoi\/[0-9a-f-]{36}/g))];
    assert.ok(paths.length > 5, 'the queue is empty');
    for (const path of paths.slice(0, 8)) await trainer.open(path);
    const reasons = packed(900);
    for (const [i, path] of paths.entries()) {
      const page = await (await trainer.get(path)).text(), ban = /name="ban" value="(\d+)"/.exec(page)?.[1] ?? '0';
      const v = vectors[i * 9 % vectors.length];
      await trainer.tryAll([
        { label: `merge ${i}`, send: () => trainer.post(`${path}/gop`, { ban, vao: v.text, 'ma-hoi-dap': v.text, 'cach-hoi': v.text }) },
        { label: `pass on ${i}`, send: () => trainer.post(`${path}/chuyen`, { ban, 'co-quan': v.text }) },
      ]);
      if (i % 3 === 0) await trainer.tryAll([{ label: `refusal ${i}`, send: () => trainer.post(`${path}/tu-choi`, { ban, 'ly-do': reasons[i % reasons.length] }) }]);
      if (i % 3 === 1) await trainer.tryAll([{ label: `answer to inquiry ${i}`, send: () => trainer.post(`${path}/tra-loi`, { ban }) }]);
    }
    await trainer.open('/bien-tap/cau-hoi?trang-thai=refused');
    await visitor.tryAll(sent.filter(Boolean).map((code, i) => ({ label: `receipt after ${i}`, send: () => visitor.post('/hoi-dap/phieu', { 'so-phieu': code }, from(i + 100)) })));
  }));

  it('in names, codes, teams and duties of people', () => step('people', async () => {
    const unit = /<option value="(\d{5})"/.exec(await (await admin.get('/can-bo/moi')).text())[1];
    const added = [];
    await admin.tryAll(vectors.flatMap((v) => [
      {
        label: `person ${v.n}`, send: () => admin.post('/can-bo', { name: 'Nguyễn Văn Tý', phone: '', code: `T-${v.n}`, unit, team: [...v.text].length <= 60 ? v.text : '', duty: v.text, role: 'trainee' }),
        then: (answer) => { if (/\/can-bo\/[0-9a-f-]{36}/.test(answer.url())) added.push(answer.url().match(/can-bo\/([0-9a-f-]{36})/)[1]); },
      },
      { label: `person refused ${v.n}`, send: () => admin.post('/can-bo', { name: v.text, phone: v.text, code: v.text, unit: v.text, team: v.text, duty: v.text, role: v.text }) },
    ]));
    told.push(`people taken in: ${added.length}`);
    assert.ok(added.length > 100, `only ${added.length} people were taken in`);
    let next = '/can-bo', pages = 0;
    for (; next && pages < 12; pages++) {
      await admin.open(next);
      next = /href="([^"]+)" rel="next"/.exec(await (await admin.get(next)).text())?.[1].replaceAll('&amp;', '&');
    }
    await admin.open(`/can-bo/${added[0]}`);
    const q = (v) => encodeURIComponent(v.text);
    await admin.tryAll(vectors.map((v) => (v.n % 2
      ? { label: `search of people ${v.n}`, send: () => admin.get(`/can-bo?q=${q(v)}&don-vi=${q(v)}&vai-tro=${q(v)}&sau=${q(v)}`) }
      : { label: `search of acts ${v.n}`, send: () => admin.get(`/nhat-ky?q=${q(v)}&ai=${q(v)}&tu=${q(v)}&den=${q(v)}&viec=${q(v)}&loai=${q(v)}&vat=${q(v)}&sau=${q(v)}`) })));
    const cards = [];
    await admin.tryAll([{ label: 'cards', send: () => admin.post('/can-bo/the', { id: added.slice(0, 90) }), then: (_, page) => cards.push(...page.matchAll(/\/the\/[\w-]+/g)) }]);
    const links = [...new Set(cards.map((m) => m[0]))];
    assert.ok(links.length >= 90, `only ${links.length} cards`);
    for (const link of links.slice(0, 5)) await visitor.open(link);
    const trainee = await Person.come(browser, portal.address, watch);
    await trainee.post(links[0], {});
    await trainee.open('/ho-so');
    await trainee.tryAll([{ label: 'own data', send: () => trainee.get('/ho-so/du-lieu.json'), wants: 'application/json' }]);
    await trainee.context.close();
    await admin.open('/nhat-ky');
    await admin.tryAll([{ label: 'acts as a sheet', send: () => admin.get('/nhat-ky.csv'), wants: 'text/csv', then: (_, text) => mustBeText(text) }]);
  }));

  // No cell of a sheet may begin as a formula does.
  function mustBeText(csv) {
    let cells = 0;
    for (const [, quoted, plain] of csv.replace(/^\ufeff/, '').matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\n]*))/g)) {
      cells++;
      if (/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(quoted ?? plain ?? '')) watch.fault('a sheet', `begins a formula: ${(quoted ?? plain).slice(0, 60)}`);
    }
    assert.ok(cells > 50, 'the sheet is empty');
  }

  it('in every field of the editor, its preview, the comparison and remarks', () => step('editor', async () => {
    const pages = [];
    const chain = async (kind) => {
      const thing = things[kind];
      for (const v of vectors) {
        const fields = Object.fromEntries(allFields[kind].map((name) => [name, v.text]));
        const answer = await trainer.post(`${thing.path}/soan`, { ...fields, ban: thing.version, viec: 'luu', 'ly-do': v.text });
        const text = await answer.text();
        thing.version = versionIn(text) ?? thing.version;
        if (broken(answer)) watch.fault(`${kind} ${v.n}`, `status ${answer.status()}`);
        pages.push({ label: `${kind} with ${v.n}`, text });
        if (kinds.indexOf(kind) !== v.n % 3) continue;
        const way = v.n % 2 ? 'duyet' : 'duyet?xem=hai-cot';
        pages.push({ label: `${kind} compared with ${v.n}`, text: await (await trainer.get(`${thing.path}/${way}`)).text() });
        if (pages.length > 60) await trainer.openAll(pages.splice(0));
      }
    };
    for (const kind of kinds) await chain(kind);
    await trainer.openAll(pages);

    // All of them in one text as well, beside one another and inside other marks.
    await trainer.tryAll(vectors.map((v) => ({
      label: `marks around ${v.n}`, wants: 'text/html', send: () => trainer.post('/bien-tap/xem-truoc?loai=huong-dan', {
        ...validFields['huong-dan'], markdown: ['%', '- %', '> %', '> [!WARN]\n> %', '| a |\n|---|\n| % |', '**%**', '[%](/giup-do)', '## %', '1. [ ] %', 'a[^z]\n\n[^z]: %'].map((f) => f.replace('%', () => v.text)).join(rest),
      }),
    })));
    const kept = packed(1900);
    for (const [i, text] of kept.entries()) {
      const thing = things[kinds[i % 3]];
      const answer = await trainer.post(`${thing.path}/y-kien`, { so: '1', doan: String(i % 4), 'noi-dung': text });
      if (broken(answer)) watch.fault(`remark ${i}`, `status ${answer.status()}`);
    }
    for (const kind of kinds) {
      await trainer.open(`${things[kind].path}/duyet`);
      await approver.open(`${things[kind].path}/duyet?xem=hai-cot`);
      await trainer.open(`${things[kind].path}/lich-su`);
      await trainer.open(`${things[kind].path}/soan`, { click: false });
    }
  }));

  it('through review, publishing, pages of readers, and back', () => step('publishing', async () => {
    const reasons = packed(900), documents = inRunes(60), titles = inRunes(88), leads = inRunes(190);
    const fits = await publishable();
    told.push(`vectors that may be published as they are: ${fits.length}`);
    const published = [];
    let turn = 0;
    for (const kind of kinds) {
      for (let i = 0; i < fits.length; i += 40, turn++) {
        const fields = { ...validFields[kind], [titleOf[kind]]: line(titles[turn * 5 % titles.length].text), markdown: validText + together(fits.slice(i, i + 40)) };
        if (kind !== 'hoi-dap') fields.slug = `bai-${turn}`;
        if (kind === 'huong-dan') fields.summary = line(leads[turn * 7 % leads.length].text);
        if (kind === 'tap-huan') Object.assign(fields, { form: line(leads[turn * 3 % leads.length].text), source: line(leads[turn * 11 % leads.length].text) });
        if (kind === 'hoi-dap') Object.assign(fields, { agency: line(leads[turn * 3 % leads.length].text), field: line(leads[turn * 11 % leads.length].text) });
        const reason = reasons[turn % reasons.length];
        const path = await publish(kind, fields, { reason, note: reason, document: line(documents[turn * 3 % documents.length].text) }, turn % 6 === 0);
        if (path) published.push({ kind, path });
      }
    }
    told.push(`published through review: ${published.length}`);
    assert.ok(published.length >= 6, `only ${published.length} were published`);
    for (const { path } of published) {
      await approver.open(`${path}/lich-su`);
      const page = await (await approver.get(`${path}/lich-su`)).text();
      const [, shown] = /<a href="([^"]+)">Xem bài đang đăng/.exec(page) ?? [];
      if (shown) await visitor.open(shown);
    }
    await openReaders();
    for (const [i, { path }] of published.entries()) {
      const page = await (await approver.get(`${path}/lich-su`)).text();
      const [, shown] = /<a href="([^"]+)">Xem bài đang đăng/.exec(page) ?? [];
      await approver.post(`${path}/go-xuong`, { 'ly-do': reasons[(i * 3 + 1) % reasons.length] });
      if (shown && i % 2 === 0) await visitor.open(shown);
      if (i % 4 === 0) await approver.open(`${path}/lich-su`);
    }
    await approver.open('/bien-tap/bai');
    for (const v of vectors.filter((_, i) => i % 9 === 0)) { // some go to the bin
      const answer = await trainer.post('/bien-tap/moi', { loai: kinds[v.n % 3], ten: line(v.text) });
      const ban = /name="ban" value="(\d+)"/.exec(await answer.text())?.[1];
      if (ban) await trainer.post(new URL(answer.url()).pathname, { ban, viec: 'bo', [titleOf[kinds[v.n % 3]]]: line(v.text), markdown: v.text });
    }
    await trainer.open('/bien-tap/thung-rac');
    await trainer.open('/bien-tap');
    const history = await (await trainer.get(`${things['huong-dan'].path}/lich-su`)).text();
    const [, so] = /name="so" value="(\d+)"/.exec(history);
    const shared = await (await trainer.post(`${things['huong-dan'].path}/chia-se`, { so, han: '7' })).text();
    await visitor.open(/\/xem-truoc\/[\w-]+/.exec(shared)[0]);
  }));

  const validText = 'Xem Điều 69 Luật Bầu cử.\n\n';

  // The vectors that a reviewed text may hold; the others must be mended first
  // and are seen in drafts alone.
  async function publishable() {
    const fits = [];
    await trainer.tryAll(vectors.map((v) => ({
      label: `fit for publishing ${v.n}`, send: () => trainer.post('/bien-tap/xem-truoc?loai=huong-dan', { ...validFields['huong-dan'], slug: 'bai-thu', markdown: validText + together([v]) }),
      then: (_, text) => { if (!text.includes('Phải sửa') && !text.includes('Chưa xem trước được')) fits.push(v); },
    })));
    return fits.sort((a, b) => a.n - b.n);
  }

  async function publish(kind, fields, { reason, note, document }, sentBack) {
    const started = await trainer.post('/bien-tap/moi', { loai: kind, ten: 'Bài thử' });
    const path = new URL(started.url()).pathname.replace(/\/soan$/, '');
    let ban = /name="ban" value="(\d+)"/.exec(await started.text())[1];
    const send = async () => {
      const answer = await trainer.post(`${path}/soan`, { ...fields, ban, viec: 'gui-duyet', 'ly-do': reason });
      const text = await answer.text();
      await trainer.openAll([{ label: `${kind} sent for review`, text }]);
      if (!answer.url().endsWith('/duyet')) {
        told.push(`${kind} not taken for review: ${/<ul class="to-mend">.*?<\/ul>|class="err"[^>]*>.*?<\/p>/s.exec(text)?.[0].replace(/<[^>]+>/g, ' ').slice(0, 200)}`);
        return false;
      }
      const review = await (await approver.get(`${path}/duyet`)).text();
      await approver.openAll([{ label: `${kind} in review`, text: review }]);
      ban = /name="ban" value="(\d+)"/.exec(review)[1];
      return true;
    };
    if (!await send()) return '';
    if (sentBack) {
      await approver.open(`${path}/duyet`);
      await approver.post(`${path}/duyet`, { ban, 'ket-luan': 'tra-lai', 'ghi-chu': note, luc: '', 'van-ban': '', 'ngay-van-ban': '' });
      await trainer.open(`${path}/soan`, { click: false });
      ban = /name="ban" value="(\d+)"/.exec(await (await trainer.get(`${path}/soan`)).text())[1];
      if (!await send()) return '';
    }
    // A verdict that lacks something shows the form again; then the true one.
    await approver.tryAll([{ label: `${kind} judged wrongly`, send: () => approver.post(`${path}/duyet`, { ban, 'ket-luan': note, luc: note, 'van-ban': note, 'ngay-van-ban': note, 'ghi-chu': note }) }]);
    await approver.tryAll([{ label: `${kind} judged`, send: () => approver.post(`${path}/duyet`, { ban, 'ket-luan': 'dang-ngay', luc: '', 'van-ban': document, 'ngay-van-ban': '2026-03-01', 'ghi-chu': note }) }]);
    return path;
  }

  it('in answers that a file brings, in lists, searches and feeds', () => step('import', async () => {
    const file = path.join(portal.data, '..', `${path.basename(portal.data)}-answers.jsonl`);
    const lines = vectors.map((v) => JSON.stringify({
      id: `x-${v.n}`, title: `${line(v.text)} hỏi ${v.n}`, body: `Đoạn ${v.n}.\n\n${v.text}`, short: 'Mang hòm phiếu phụ tới.', topic: 'trang-tri-co-dong', agency: line(shift(v, 3)), date: '2026-03-01', refs: ['luat-85-2015 dieu-69'], asked: [line(v.text).slice(0, 150)],
    }));
    await writeFile(file, lines.join('\n') + '\n');
    const said = await command(portal, 'import', 'answers', file, '--publish', '--skip-faulty').catch((e) => e.stderr + e.stdout);
    await rm(file);
    told.push(`import: ${said.trim().split('\n').at(-1)}`);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await openReaders();
    let next = '/hoi-dap';
    const found = new Set();
    for (let n = 0; next && n < 40; n++) {
      const text = await (await visitor.get(next)).text();
      if (n % 5 === 0) await visitor.open(next); else await visitor.openAll([{ label: next, text }]);
      for (const [, at] of text.matchAll(/href="(\/hoi-dap\/hd-\d+[^"]*)"/g)) found.add(at);
      next = /rel="next" href="([^"]+)"/.exec(text)?.[1].replaceAll('&amp;', '&');
    }
    assert.ok(found.size > vectors.length * 0.9, `only ${found.size} answers are listed`);
    told.push(`answers listed: ${found.size}`);
    await visitor.tryAll([...found].map((at) => ({ label: at, send: () => visitor.get(at) })));
    for (const at of [...found].filter((_, i) => i % 20 === 0)) await visitor.open(at);
    await visitor.tryAll([...found].slice(0, 200).map((at) => ({ label: `API of ${at}`, wants: 'application/json', send: () => visitor.get(`/api/v1/answers/${/hd-\d+/.exec(at)[0]}`) })));
    await visitor.tryAll(vectors.filter((_, i) => i % 4 === 0).map((v) => ({ label: `found by number ${v.n}`, send: () => visitor.get(`/tim-kiem?q=${encodeURIComponent(`hỏi ${v.n} đoạn`)}`) })));
    await trainer.tryAll(vectors.filter((_, i) => i % 8 === 0).map((v) => ({ label: `links to ${v.n}`, wants: 'application/json', send: () => trainer.get(`/bien-tap/lien-ket?q=${encodeURIComponent(`hỏi ${v.n}`)}`) })));
  }));

  it('in words of the dictionary and what readers missed', () => step('words', async () => {
    const q = (v) => encodeURIComponent(v.text);
    await trainer.tryAll(vectors.map((v) => [
      { label: `word ${v.n}`, send: () => trainer.post('/bien-tap/tu-ngu', { id: '', seen: '', typed: v.text, official: shift(v, 1), relation: 'same', samples: v.text, removed: '' }) },
      { label: `words with ${v.n}`, send: () => trainer.get(`/bien-tap/tu-ngu?q=${q(v)}&quan-he=${q(v)}&sau=${q(v)}`) },
      { label: `words of ${v.n}`, send: () => trainer.get(`/bien-tap/tu-ngu?q=${q(v)}&bo=1`) },
    ][v.n % 3]));
    await trainer.tryAll(vectors.filter((_, i) => i % 15 === 0).map((v) => ({ // each asks the index twice for each sample
      label: `word tried ${v.n}`, send: () => trainer.post('/bien-tap/tu-ngu/thu', { id: '', seen: v.text, typed: line(v.text).slice(0, 60), official: 'hòm phiếu', relation: 'related', samples: v.text, removed: '' }),
    })));
    await trainer.open('/bien-tap/tu-ngu');
    await trainer.tryAll(vectors.filter((_, i) => i % 3 === 0).map((v) => ({ label: `texts with ${v.n}`, send: () => trainer.get(`/bien-tap/bai?q=${q(v)}&loai=${q(v)}&sau=${q(v)}`) })));
    await trainer.open('/bien-tap');
  }));

  const readers = ['/', '/huong-dan', '/huong-dan/trang-tri-co-dong', '/hoi-dap', '/tap-huan', '/tim-kiem?q=doan+1', '/tim-kiem?q=script', '/tim-kiem?q=ran&loai=guide', '/hoi-dap/gui?cau=ran+onerror+img', '/van-ban/85-2015-qh13/dieu-69'];

  async function openReaders() {
    for (const at of readers) await visitor.open(at);
    await visitor.tryAll([
      { label: 'site map', wants: 'application/xml', send: () => visitor.get('/sitemap.xml') },
      { label: 'opensearch', wants: 'application/opensearch', send: () => visitor.get('/opensearch.xml') },
      { label: 'robots', wants: 'text/plain', send: () => visitor.get('/robots.txt') },
      { label: 'API', wants: 'application/json', send: () => visitor.get('/api/v1/search?q=onerror') },
      { label: 'suggestions', wants: 'application/', send: () => visitor.get('/tim-kiem/goi-y?q=ran') },
    ]);
    await visitor.page.goto('/sitemap.xml');
    await visitor.page.goto('/api/v1/search?q=onerror');
  }

  it('in sheets of people that are sent in, looked at, taken in and sent out', () => step('sheets', async () => {
    const cell = (text) => `"${text.replaceAll('"', '""').replace(/\0/g, '')}"`;
    const sheet = (list, head = ['Họ tên', 'Mã cán bộ', 'Đơn vị', 'Tổ', 'Nhiệm vụ', 'Vai trò']) => [head.map(cell), ...list].map((row) => row.join(',')).join('\n');
    const send = (name, text) => admin.context.request.post('/can-bo/nhap', {
      headers: { 'sec-fetch-site': 'same-origin', origin: portal.address, 'x-khoa': admin.token },
      multipart: { tep: { name, mimeType: 'text/csv', buffer: Buffer.from('\ufeff' + text) } },
    });
    const faulty = sheet(vectors.map((v) => [v.text, `S-${v.n}`, v.text, shift(v, 1), shift(v, 2), v.text].map(cell)));
    const good = sheet(inRunes(60).map((v) => ['Trần Thị Sửu', `B-${v.n}`, '', v.text, v.text, 'giảng viên'].map(cell)));
    const odd = sheet([], inRunes(80).slice(0, 40).map((v) => v.text));
    let path = '';
    await admin.tryAll([
      { label: 'faulty sheet', send: () => send('"><img src=x onerror=__ran(1)>.csv', faulty) },
      { label: 'odd sheet', send: () => send('a.csv', odd) },
      { label: 'name of no sheet', send: () => send('<svg onload=__ran(1)>', 'a') },
    ]);
    await admin.tryAll([{ label: 'good sheet', send: () => send('ds.csv', good), then: (answer) => { path = new URL(answer.url()).pathname; } }]);
    assert.match(path, /^\/can-bo\/nhap\/[0-9a-f-]{36}$/);
    await admin.open(path);
    await admin.tryAll([
      { label: 'odd choice', send: () => admin.post(path, { 'da-co': vectors[0].text, 'gan-giong': vectors[1].text, 'bo-loi': vectors[2].text }) },
      { label: 'import of a sheet', send: () => admin.post(path, { 'bo-loi': '1', 'gan-giong': 'add', 'da-co': 'skip' }) },
    ]);
    await admin.open('/can-bo/nhap');
    await admin.open('/can-bo?q=Suu');
    await admin.tryAll([
      { label: 'people as a sheet', wants: 'text/csv', send: () => admin.get('/can-bo.csv'), then: (_, text) => mustBeText(text) },
      { label: 'people as a workbook', wants: 'application/vnd.openxmlformats', send: () => admin.get('/can-bo.xlsx') },
      { label: 'undo', send: () => admin.post(`${path}/hoan-tac`, {}) },
    ]);
  }));

  it('leave as files of text that make the same files again', () => step('export', async () => {
    const [first, second] = [`${portal.data}-out`, `${portal.data}-again`];
    await command(portal, 'export', '--out', first);
    const other = { data: `${portal.data}-other` };
    await command(other, 'import', 'guides', first, '--publish');
    await command(other, 'export', '--out', second);
    const files = (await readdir(first, { recursive: true, withFileTypes: true })).filter((f) => f.isFile());
    told.push(`files of the export: ${files.length}`);
    for (const f of files) {
      const name = path.relative(first, path.join(f.parentPath ?? f.path, f.name));
      if (!/^[\w./-]+\.(md|yaml|jsonl?|txt|csv|gift)$/.test(name) || name.includes('..')) watch.fault('export', `wrote ${name}`);
      const again = await readFile(path.join(second, name), 'utf8').catch(() => '');
      if (again !== await readFile(path.join(first, name), 'utf8')) watch.fault('export', `${name} comes out differently the second time`);
    }
    for (const dir of [first, second, other.data]) await rm(dir, { recursive: true, force: true });
  }));

  it('nor does a page of ours break the policy, when it is on', () => step('policy', async () => {
    const strict = async (person) => {
      const other = await Person.come(browser, portal.address, watch, { csp: true });
      await other.context.addCookies(await person.context.cookies());
      return other;
    };
    const plain = await strict(visitor), editor = await strict(trainer), judge = await strict(approver), chief = await strict(admin);
    for (const at of [...readers, '/dang-nhap', '/giup-do', '/trac-nghiem', '/hoi-dap/phieu', '/khong-co']) await plain.open(at);
    for (const at of ['/ho-so', '/bien-tap', '/bien-tap/bai', '/bien-tap/thung-rac', '/bien-tap/tu-ngu', '/bien-tap/cau-hoi']) await editor.open(at);
    for (const kind of kinds) {
      await editor.open(`${things[kind].path}/soan`, { click: false });
      for (const at of ['duyet', 'duyet?xem=hai-cot', 'lich-su']) await judge.open(`${things[kind].path}/${at}`);
    }
    for (const at of ['/can-bo', '/can-bo/moi', '/nhat-ky']) await chief.open(at);
  }));

  it('were all seen as letters somewhere', () => siege.allSeen());
});
