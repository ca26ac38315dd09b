// A spread of the hostile texts through what most people write and read, so that
// every run of the tests holds the promise; all of them and all fields: make attack.
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Person, Siege, Watch, beginText, command, versionIn } from './attack.js';
import { forRole, frontMatter, quoted, tree } from './attack.kinds.js';
import { inRunes, line, rest, shift, vectors } from './vectors.js';

const spread = vectors.filter((_, i) => i % 10 === 3);
const base = { topic: 'trang-tri-co-dong', trust: 'V', basis: 'luat-85-2015 dieu-69' };
const forms = {
  'huong-dan': (t) => ({ ...base, title: t, phase: 'before', summary: t, markdown: `${t}${rest}${forRole(t)}${quoted(t, 'MUST')}` }),
  'hoi-dap': (t) => ({ ...base, question: t, short: t, agency: t, field: t, letter: t, date: '2026-03-01', markdown: t }),
  'tinh-huong': (t) => ({ ...base, title: t, summary: t, slug: 'chuyen-thu', markdown: tree(line(t), [t]) }),
  'thuat-ngu': (t) => ({ ...base, title: t, summary: t, also: t, slug: 'chu-thu', markdown: t }),
};

describe('a spread of hostile texts', () => {
  let siege, trainer, visitor;
  before(async () => {
    siege = await Siege.begin(['trainer']);
    ({ trainer, visitor } = siege);
  });
  after(() => siege?.end());

  const fit = {};

  it('run where nothing holds them, so that the watch is not blind', async () => {
    const seen = new Watch(), victim = await Person.come(siege.browser, siege.portal.address, seen);
    await victim.openAll(spread.filter((v) => v.text.includes('onerror') || v.text.includes('<svg onload')).map((v) => ({ label: `unheld ${v.n}`, text: `<p>${v.text}</p>` })));
    await victim.context.close();
    assert.ok(seen.ran.length >= 8 && seen.faults.length >= 8, `${seen.ran.length} ran, ${seen.faults.length} faults`);
  });

  it('in previews and drafts', () => siege.step('previews', async () => {
    for (const kind of Object.keys(forms)) {
      fit[kind] = [];
      await trainer.tryAll(spread.map((v) => ({
        label: `${kind} with ${v.n}`, wants: 'text/html', send: () => trainer.post(`/bien-tap/xem-truoc?loai=${kind}`, forms[kind](v.text)),
        then: (_, page) => { if (!page.includes('Chưa xem trước được')) fit[kind].push(v); },
      })));
      const draft = await beginText(trainer, kind), pages = [];
      for (const v of spread.filter((_, i) => i % 12 === 0)) {
        const text = await (await trainer.post(`${draft.path}/soan`, { ...forms[kind](v.text), ban: draft.version, viec: 'luu', 'ly-do': v.text })).text();
        draft.version = versionIn(text) ?? draft.version;
        pages.push({ label: `${kind} kept with ${v.n}`, text });
      }
      await trainer.openAll(pages);
      await trainer.open(`${draft.path}/soan`, { click: false });
      await trainer.open(`${draft.path}/duyet`);
      assert.ok(fit[kind].length > 10, `${kind}: only ${fit[kind].length} can be shown`);
    }
  }));

  it('on pages, in lists, searches and the feed', () => siege.step('pages', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'texts-'));
    const plain = (list) => list.filter((v) => /^[^\0-\x1f\x7f-\x9f\ue000-\uf8ff]+$/.test(v.text) && !/&(?:#|NewLine|Tab)/.test(v.text) && line(v.text));
    const titles = plain(inRunes(80)), at = (list, i) => list[i % list.length].text;
    const write = async (kind, list, text) => {
      await mkdir(path.join(dir, kind));
      for (const [i, v] of plain(list).entries()) await writeFile(path.join(dir, kind, `bai-${i}.md`), text(v, i));
    };
    const front = (i) => ({ title: `${line(at(titles, i * 7))} ${i}`, topic: base.topic, summary: line(at(titles, i * 7 + 3)), trust: 'V', basis: [base.basis] });
    await write('guides', fit['huong-dan'], (v, i) => frontMatter({ ...front(i), phase: 'before' }) + forms['huong-dan'](v.text).markdown);
    await write('situations', fit['tinh-huong'], (v, i) => frontMatter(front(i)) + tree(`a ${i}`, [v.text]));
    await write('terms', fit['hoi-dap'], (v, i) => frontMatter({ title: `Chữ thử ${i}`, summary: line(v.text).slice(0, 290), trust: 'V' }) + v.text);
    await write('answers', fit['hoi-dap'], (v, i) => frontMatter({ ref: `bai-${i}`, question: `${line(v.text)} hỏi ${i}`, short: 'Ở nhà.', topic: base.topic, agency: line(v.text), field: line(v.text), date: '2026-03-01', trust: 'V', basis: [base.basis] }) + v.text);
    await command(siege.portal, 'import', 'guides', dir, '--publish');
    await rm(dir, { recursive: true });
    const site = await visitor.readXML('/sitemap.xml', 'http://www.sitemaps.org/schemas/sitemap/0.9');
    const paths = [...site.matchAll(/<loc>[^<]*?:\/\/[^/<]+(\/(?:huong-dan\/[^/<]+|tinh-huong)\/bai-\d+|\/hoi-dap\/hd-\d+[^<]*)<\/loc>/g)].map((m) => m[1]);
    const ours = [...paths.filter((p) => p.includes('/bai-')), ...paths.filter((p) => p.startsWith('/hoi-dap/')).slice(-fit['hoi-dap'].length)];
    assert.ok(ours.length > 60, `only ${ours.length} pages`);
    await visitor.tryAll(ours.map((p) => ({ label: p, wants: 'text/html', send: () => visitor.get(p) })));
    for (const p of ['/', '/moi', '/thuat-ngu', '/tinh-huong', '/huong-dan/trang-tri-co-dong', '/hoi-dap', ...ours.filter((_, i) => i % 25 === 0)]) await visitor.open(p);
    await visitor.readXML('/moi.atom', 'http://www.w3.org/2005/Atom');
    await visitor.tryAll(spread.flatMap((v) => [
      { label: `search ${v.n}`, wants: 'text/html', send: () => visitor.get(`/tim-kiem?q=${encodeURIComponent(v.text)}`) },
      { label: `suggestions ${v.n}`, wants: 'application/', send: () => visitor.get(`/tim-kiem/goi-y?q=${encodeURIComponent(shift(v, 1))}`) },
    ]));
    await visitor.open('/tim-kiem?q=onerror');
  }));

  it('were all seen as letters somewhere', () => siege.allSeen(spread));
});
