// Starts the portal on a free port with a fresh data folder, and Chromium beside it.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

export const binary = process.env.PORTAL;
if (!binary) throw new Error('PORTAL must name the built program; run: make browser');

// The addresses that a visitor sees, one of each kind of page.
export const pages = {
  home: '/',
  guides: '/huong-dan',
  topic: '/huong-dan/trang-tri-co-dong',
  guide: '/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu',
  guideWithTable: '/huong-dan/kiem-phieu-bien-ban/kiem-phieu',
  plans: '/so-do',
  plan: '/so-do/hoi-truong',
  calendar: '/lich',
  calendarOfRole: '/lich?vai-tro=to-bau-cu',
  card: '/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu/the-in?co=a5',
  news: '/moi',
  changes: '/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu/thay-doi',
  laws: '/van-ban',
  law: '/van-ban/85-2015-qh13',
  article: '/van-ban/85-2015-qh13/dieu-69',
  situations: '/tinh-huong',
  situation: '/tinh-huong/quen-the-cu-tri',
  unit: '/tinh-huong/don-vi',
  terms: '/thuat-ngu',
  planOfTwoDoors: '/so-do/phong-hai-cua',
  series: '/loat-bai',
  answers: '/hoi-dap',
  answer: '/hoi-dap/hd-0001',
  ask: '/hoi-dap/gui?cau=cu+tri+di+xa+bo+phieu',
  receipt: '/hoi-dap/phieu',
  sessions: '/tap-huan',
  session: '/tap-huan/2026-03-02-tap-huan-nghiep-vu-bau-cu',
  search: '/tim-kiem?q=bo+phieu+noi+khac',
  nothing: '/tim-kiem?q=xyzzyqwv',
  quizzes: '/trac-nghiem',
  help: '/giup-do',
  privacy: '/quyen-rieng-tu',
  missing: '/huong-dan/khong-co-trang-nay',
};

export async function startPortal(args = []) {
  const data = await mkdtemp(path.join(tmpdir(), 'portal-'));
  const child = spawn(binary, ['serve', '--data', data, '--addr', '127.0.0.1:0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk) => { log += chunk; });
  const address = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const found = /listening on (http:\/\/\S+)/.exec(chunk);
      if (found) resolve(found[1]);
    });
    child.on('exit', (code) => reject(new Error(`portal ended with ${code}: ${log}`)));
  });
  await ready(address);
  return {
    address,
    data,
    log: () => log,
    async stop() {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGTERM');
      const code = await ended;
      await rm(data, { recursive: true, force: true });
      if (code !== 0) throw new Error(`portal ended with ${code} on SIGTERM: ${log}`);
    },
  };
}

async function ready(address) {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(address + '/readyz');
    if (answer.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the portal was not ready within a minute');
}

export function startChromium(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync', ...more],
  });
}

// Opens a page that gathers everything no visitor should cause: console errors,
// CSP violations, failed requests, requests to other hosts.
export async function visitor(browser, address, { width = 360, script = true, scheme = 'light' } = {}) {
  const context = await browser.newContext({
    baseURL: address, viewport: { width, height: 800 }, javaScriptEnabled: script, colorScheme: scheme, locale: 'vi-VN',
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: address });
  const page = await context.newPage();
  const faults = [];
  const expected = new Set();
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.has(message.location().url)) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('request', (request) => { if (!request.url().startsWith(address)) faults.push(`other host: ${request.url()}`); });
  page.on('response', (response) => {
    if (response.status() >= 400 && response.request().isNavigationRequest()) expected.add(response.url());
  });
  return { page, context, faults };
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// What axe has to say against the page as it stands.
export async function axe(page) {
  // DevTools evaluates past the page's CSP, so the policy itself stays on.
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(', ')}`);
}
