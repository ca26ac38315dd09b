// What holds for every page: accessible, quiet, small, within its width.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, pages, startChromium, startPortal, visitor } from './site.js';

let portal, browser;
before(async () => { portal = await startPortal(); browser = await startChromium(); });
after(async () => { await browser?.close(); await portal?.stop(); });

// Opens a quiz at its first question and gives the pages of an attempt.
async function attemptPages(page) {
  await page.goto('/trac-nghiem');
  await page.getByRole('main').getByRole('link').first().click();
  const intro = new URL(page.url()).pathname;
  await page.getByRole('main').getByRole('button', { name: /Bắt đầu|Làm/ }).first().click();
  const question = new URL(page.url()).pathname;
  return { intro, question };
}

for (const scheme of ['light', 'dark']) {
  for (const width of [360, 1280]) {
    test(`axe finds nothing and nothing complains (${scheme}, ${width} px)`, async () => {
      const { page, context, faults } = await visitor(browser, portal.address, { width, scheme });
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(path);
        assert.deepEqual(await axe(page), [], `axe on ${name} ${path}`);
      }
      const { intro, question } = await attemptPages(page);
      await page.goto(intro);
      assert.deepEqual(await axe(page), [], 'axe on the start of a quiz');
      await page.goto(question);
      assert.deepEqual(await axe(page), [], 'axe on a question');
      await page.locator('main form .opt input').first().check();
      await page.getByRole('button', { name: 'Trả lời' }).click();
      await page.locator('.explain').waitFor();
      assert.deepEqual(await axe(page), [], 'axe on an explanation');
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
}

test('no page scrolls sideways at 320 px, nor at 360 px with the largest text', async () => {
  for (const [width, size] of [[320, ''], [360, 'xl']]) {
    const { page, context } = await visitor(browser, portal.address, { width });
    if (size) await context.addCookies([{ name: 'co', value: size, url: portal.address }]);
    for (const path of Object.values(pages)) {
      await page.goto(path);
      if (size) assert.equal(await page.locator('html').getAttribute('data-size'), size);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} is ${over} px too wide at ${width} px ${size}`);
    }
    await context.close();
  }
});

test('a first view takes at most 50 KB and four requests', async () => {
  for (const path of Object.values(pages)) {
    const { page, context } = await visitor(browser, portal.address);
    const wire = await context.newCDPSession(page);
    await wire.send('Network.enable');
    let bytes = 0, requests = 0;
    wire.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; requests++; });
    await page.goto(path, { waitUntil: 'networkidle' });
    assert.ok(bytes > 3000, `measured only ${bytes} bytes on ${path}`);
    assert.ok(bytes <= 50 * 1024, `${path} takes ${bytes} bytes`);
    assert.ok(requests <= 4, `${path} takes ${requests} requests`);
    await context.close();
  }
});

test('targets are big enough for a thumb', async () => {
  const { page, context } = await visitor(browser, portal.address, { width: 360 });
  for (const path of [pages.home, pages.guide, pages.situations, pages.situation, pages.terms, pages.answers, pages.search, pages.quizzes]) {
    await page.goto(path);
    const small = await page.evaluate(() => [...document.querySelectorAll('button, summary, .btn, .chip, .tile, .nav-main a, .linklist a, .choices a, .contacts a, .opt')]
      .filter((e) => e.getClientRects().length && !e.closest('[hidden]'))
      .map((e) => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect().height])
      .filter(([, height]) => height > 0 && height < 44));
    assert.deepEqual(small, [], path);
  }
  await context.close();
});

test('what follows a card keeps its distance, and a long law name begins beside its bullet', async () => {
  const { page, context } = await visitor(browser, portal.address, { width: 360 });
  for (const [path, card] of [[pages.home, '.urgent'], [pages.guide, 'form.card[data-checklist]']]) {
    await page.goto(path);
    const gap = await page.locator(card).first().evaluate((e) => e.nextElementSibling.getBoundingClientRect().top - e.getBoundingClientRect().bottom);
    assert.ok(gap >= 12, `${path}: ${gap} px below ${card}`);
  }
  await page.goto(pages.guide);
  const late = await page.evaluate(() => [...document.querySelectorAll('.legal li')].filter((li) => {
    const first = li.querySelector('a').getClientRects()[0];
    return first.top - li.getBoundingClientRect().top > first.height;
  }).length);
  assert.equal(late, 0);
  const whole = await page.locator('.legal li > a').first().evaluate((a) => getComputedStyle(a).display);
  assert.equal(whole, 'inline');
  await context.close();
});

test('a guide prints with its folded parts open and without navigation', async () => {
  const { page, context } = await visitor(browser, portal.address, { width: 1280 });
  await page.goto(pages.guide);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.site-head').isVisible(), false);
  assert.equal(await page.locator('.print-head').isVisible(), true);
  assert.equal(await page.locator('svg.plan').isVisible(), true);
  assert.equal(await page.getByRole('button', { name: /In/ }).first().isVisible(), false);
  const pdf = await page.pdf({ format: 'A4' });
  assert.ok(pdf.length > 20000, `the PDF has only ${pdf.length} bytes`);
  await context.close();
});

test('a situation is walked through without script, and prints as a whole', async () => {
  const { page, context } = await visitor(browser, portal.address, { width: 320, script: false });
  await page.goto(pages.home);
  await page.locator('.urgent .btn').click();
  await page.locator('a.tile').first().click();
  for (let step = 0; step < 3 && !(await page.locator('.node:target:not(.question)').count()); step++) {
    const at = (await page.locator('.node:target').count()) ? '.node:target' : '.node >> nth=0';
    await page.locator(at).locator('.choices a').first().click();
  }
  const end = page.locator('.node:target');
  assert.equal(await end.locator('h3').count(), 4);
  assert.notEqual(await end.evaluate((e) => getComputedStyle(e).outlineStyle), 'none', 'the step that was chosen stands out');
  const nodes = await page.locator('.node').count();
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.node:visible').count(), nodes);
  assert.equal(await page.locator('.node h2 .print-only').first().isVisible(), true);
  assert.equal(await page.locator('.choices a').first().isVisible(), true);
  assert.match(await page.locator('.choices a').first().innerText(), /xem mục 1\.1/);
  await context.close();
});

test('a term tells its meaning on hover and focus, within the window, and leads to the glossary', async () => {
  const { page, context } = await visitor(browser, portal.address, { width: 320 });
  await page.goto(pages.guideWithTable);
  const term = page.locator('a.term').first();
  const note = () => term.evaluate((e) => { const s = getComputedStyle(e, '::after'); return [s.display !== 'none' && s.content.length > 20, s.position]; });
  assert.deepEqual((await note())[0], false);
  await term.focus();
  assert.deepEqual(await note(), [true, 'static']);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  await page.keyboard.press('Escape');
  assert.deepEqual((await note())[0], false);
  await term.hover();
  assert.deepEqual(await note(), [true, 'fixed']);
  await term.click();
  assert.match(page.url(), /\/thuat-ngu#tn-/);
  assert.equal(await page.locator('.entry:target').count(), 1);
  await context.close();
});

test('the calendar shows what is next at once, folds what is over, and prints it whole', async () => {
  const ahead = await startPortal(['--today', '2026-03-02']);
  try {
    const { page, context } = await visitor(browser, ahead.address, { script: false });
    const shown = (at) => page.evaluate((to) => document.querySelector(to).getBoundingClientRect().height > 0, at);
    await page.goto('/lich');
    const next = await page.evaluate(() => document.querySelector('.dates > .today h3').getBoundingClientRect().bottom);
    assert.ok(next <= 800, `what is due ends at ${next} px`);
    assert.equal(await shown('#to-bau-cu'), false);
    await page.locator('details.gone summary').click();
    assert.equal(await shown('#to-bau-cu'), true);
    await page.goto('/trac-nghiem');
    await page.goto('/lich#to-bau-cu');
    assert.equal(await shown('#to-bau-cu'), true, 'an address that names a day opens the fold');
    await page.goto('/lich?vai-tro=ubnd-xa');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await shown('#to-bau-cu'), true, 'paper has all of it');
    await page.emulateMedia({ media: 'screen' });
    await page.goto('/lich?vai-tro=ubnd-xa#ngay-khac');
    await page.getByLabel('Ngày bầu cử, là Chủ nhật').fill('16/5/2027');
    await page.getByLabel('Bầu cử bổ sung').check();
    await page.getByRole('button', { name: 'Tính lịch' }).click();
    assert.match(await page.locator('#to-bau-cu').innerText(), /9 đến 11 người/);
    assert.deepEqual(await page.locator('h1').innerText(), 'Việc của Ủy ban nhân dân cấp xã, theo ngày');
    await context.close();
    const { page: read, context: reading } = await visitor(browser, ahead.address);
    await read.goto('/lich#to-bau-cu');
    const due = read.locator('#to-bau-cu'), fold = read.locator('details.gone');
    assert.equal(await due.isVisible() && await fold.evaluate((e) => e.open), true, 'an address that names a day opens the fold itself');
    await fold.locator('summary').click();
    assert.equal(await due.isVisible(), false, 'what an address opened can be folded again');
    await read.evaluate(() => { document.querySelector('.fold').open = true; });
    await read.locator('a[href="#ngay-khac"]').click();
    assert.equal(await read.getByLabel('Ngày bầu cử, là Chủ nhật').isVisible(), true, 'the link to the form opens it');
    for (const at of ['/lich', '/lich?ngay=2027-05-16&loai=bo-sung', '/lich?ngay=2027-05-17&loai=bo-sung']) {
      await read.goto(at);
      assert.deepEqual(await axe(read), [], at);
    }
    await reading.close();
  } finally { await ahead.stop(); }
});

test('the meaning of a term never covers a link or a button', async () => {
  const context = await browser.newContext({ baseURL: portal.address, viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, locale: 'vi-VN' });
  const page = await context.newPage();
  let told = 0, seen = 0;
  for (const path of [pages.situation, pages.guideWithTable, pages.answer]) {
    await page.goto(path);
    for (const term of (await page.locator('a.term:visible').all()).slice(0, 8)) {
      await term.tap();
      if (!(await term.evaluate((e) => e === document.activeElement && getComputedStyle(e, '::after').content.length > 20))) continue;
      told++;
      for (const where of ['start', 'center', 'end']) {
        const covered = await term.evaluate((e, block) => {
          e.scrollIntoView({ block });
          const inside = [...document.querySelectorAll('main a, main button, main input, main summary')].map((c) => {
            const r = c.getClientRects()[0];
            return r && { c, x: r.left + Math.min(r.width / 2, 20), y: r.top + r.height / 2 };
          }).filter((p) => p && p.c !== e && p.y > 0 && p.y < innerHeight && p.x > 0 && p.x < innerWidth);
          return { all: inside.length, over: inside.filter((p) => document.elementFromPoint(p.x, p.y)?.closest('a.term') === e).map((p) => p.c.textContent.trim().slice(0, 40)) };
        }, where);
        seen += covered.all;
        assert.deepEqual(covered.over, [], `${path}: ${await term.textContent()} (${where})`);
      }
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${path} scrolls sideways`);
    }
  }
  assert.ok(told >= 6 && seen >= 30, `${told} terms told their meaning beside ${seen} controls`);
  await context.close();
});

test('letters of plans are at least 10 points high on paper, and a plan takes two sheets', async () => {
  const mm = 96 / 25.4;
  const letters = (page) => page.evaluate(() => [...document.querySelectorAll('svg.plan')].map((svg) => {
    const inUnits = Math.min(...[...svg.querySelectorAll('text')].map((t) => parseFloat(getComputedStyle(t).fontSize)));
    return inUnits * Math.abs(svg.getScreenCTM().a) * .75;
  }));
  const { page, context } = await visitor(browser, portal.address, { width: 1280 });
  await page.goto(pages.plans);
  const plans = await page.locator('.plan-cards h2 a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  assert.ok(plans.length >= 4);
  await page.emulateMedia({ media: 'print' });
  const papers = [...plans.map((path) => [path, 273, 188]), ...plans.map((path) => [`${path}?giay=a3`, 392, 271]), [pages.guide, 175, 263]];
  for (const [path, width, height] of papers) {
    await page.setViewportSize({ width: Math.floor(width * mm), height: Math.floor(height * mm) });
    await page.goto(path);
    const points = await letters(page);
    assert.ok(points.length > 0 && Math.min(...points) >= 10, `${path}: ${points.map((n) => n.toFixed(1))} points`);
    if (!path.startsWith('/so-do/')) continue;
    const sheets = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    assert.equal(sheets, 2, `${path} takes ${sheets} sheets`);
  }
  await context.close();
});
