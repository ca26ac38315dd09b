// What the attack tests need: people who have signed in, requests in their name,
// and a browser that hears whatever a hostile text gets done.
import { execFile } from 'node:child_process';
import assert from 'node:assert/strict';
import { promisify } from 'node:util';
import { oneTimeCode } from './people.js';
import { binary, startChromium, startPortal } from './site.js';
import { vectors } from './vectors.js';

const run = promisify(execFile);

// Runs one command of the portal on the data of a running one.
export async function command(portal, ...args) {
  const { stdout } = await run(binary, [...args, '--data', portal.data]);
  return stdout;
}

// Everything that happened and must not: what ran, what was asked of other
// hosts, what a page holds that no author may put there.
export class Watch {
  ran = [];
  faults = [];
  shown = new Set(); // numbers of vectors that some view held in some form
  views = 0;

  fault(where, what) {
    if (this.faults.length < 200) this.faults.push(`${where}: ${what}`);
  }
}

// A portal with people in it, each of them watched.
export class Siege {
  told = []; // what each step has to say, for the end
  watch = new Watch();

  static async begin(names = ['admin', 'approver', 'trainer']) {
    const siege = new Siege();
    siege.browser = await startChromium(['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']);
    siege.portal = await startPortal(['--trusted-proxies', '127.0.0.1']);
    siege.visitor = await siege.come();
    for (const name of names) siege[name] = await siege.staff(...staff[name]);
    return siege;
  }

  come(options) { return Person.come(this.browser, this.portal.address, this.watch, options); }

  async staff(role, name, code) {
    return (await this.come()).signIn(await command(this.portal, 'person', 'add', '--name', name, '--role', role, '--code', code), 'hòm phiếu phụ ở thôn Đoài');
  }

  // Each step says what it looked at and fails on the first thing that ran.
  async step(name, act) {
    const { watch, portal } = this;
    const views = watch.views, faults = watch.faults.length, ran = watch.ran.length, started = Date.now(), logged = portal.log().length;
    await act();
    for (const one of portal.log().slice(logged).split('\n')) if (one.includes('"ERROR"')) watch.fault('log', one.slice(0, 300));
    this.told.push(`${name}: ${watch.views - views} views, ${((Date.now() - started) / 1000).toFixed(1)} s`);
    assert.deepEqual([watch.ran.slice(ran), watch.faults.slice(faults, faults + 12)], [[], []]);
  }

  // At the end every vector was on some page, as letters; prints the figures.
  allSeen(list = vectors) {
    const { watch } = this;
    const count = (test) => watch.faults.filter(test).length;
    const unseen = list.filter((v) => v.text.includes(`__ran(${v.n})`) && !watch.shown.has(v.n)).map((v) => v.text);
    console.log([`${list.length} vectors, ${watch.views} views, ${watch.ran.length} run, ${count((f) => f.includes(': asked '))} foreign requests, ${count((f) => f.includes(': policy: '))} violations`, ...this.told].join('\n'));
    assert.deepEqual(unseen, []);
  }

  async end() {
    await this.browser?.close();
    await this.portal?.stop();
  }
}

const staff = {
  admin: ['administrator', 'Lê Thị Hà', 'QT-01'],
  approver: ['approver', 'Trần Văn Bảo', 'PD-01'],
  trainer: ['trainer', 'Ngô Minh Châu', 'GV-01'],
  other: ['trainer', 'Hà Thị Mận', 'GV-02'],
};

// Begins a text of a kind as a person and tells where it is edited.
export async function beginText(person, kind) {
  const answer = await person.post('/bien-tap/moi', { loai: kind, ten: 'Bài thử' });
  return { kind, path: new URL(answer.url()).pathname.replace(/\/soan$/, ''), version: versionIn(await answer.text()) };
}

export const versionIn = (page) => /name="ban" value="(\d+)"/.exec(page)?.[1];

// Somebody with a browser of their own, signed in or not.
export class Person {
  constructor(context, page, address, watch) {
    Object.assign(this, { context, page, address, watch, token: '', where: 'start' });
  }

  static async come(browser, address, watch, { csp = false } = {}) {
    const context = await browser.newContext({ baseURL: address, bypassCSP: !csp, locale: 'vi-VN', viewport: { width: 800, height: 800 } });
    await context.exposeBinding('__ran', ({ page }, n) => { watch.ran.push(`${n} at ${page.url()}`); });
    await context.addInitScript(() => {
      window.print = () => {};
      window.violations = [];
      document.addEventListener('securitypolicyviolation', (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
    });
    const page = await context.newPage();
    const person = new Person(context, page, address, watch);
    page.on('dialog', (dialog) => { watch.ran.push(`dialog ${dialog.message()} at ${page.url()}`); dialog.dismiss().catch(() => {}); });
    context.on('page', (other) => { if (other !== page) watch.ran.push(`a window ${other.url()} from ${person.where}`); });
    context.on('request', (request) => {
      if (!/^(data|about|blob):/.test(request.url()) && !request.url().startsWith(address + '/')) watch.fault(person.where, `asked ${request.url()}`);
    });
    page.on('pageerror', (error) => watch.fault(person.where, `script fails: ${error.message}`));
    return person;
  }

  // Comes in by the link that the command printed, sets a password and the codes.
  async signIn(link, password) {
    const secret = /\/the\/([^\s]+)/.exec(link)[1];
    let answer = await this.post(`/the/${secret}`, {});
    answer = await this.post('/dang-nhap/mat-khau', { moi: password, lai: password });
    if (answer.url().includes('/thiet-lap')) {
      const key = /class="key">([^<]+)</.exec(await answer.text())[1];
      answer = await this.post('/dang-nhap/thiet-lap', { ma: oneTimeCode(key) });
    }
    this.token = /name="khoa" value="([0-9a-f]+)"/.exec(await (await this.get('/ho-so')).text())[1];
    return this;
  }

  get(path, headers = {}) { return this.context.request.get(path, { headers, failOnStatusCode: false }); }

  // Sends a form as the page that holds it would.
  async post(path, fields, headers = {}) {
    const body = new URLSearchParams();
    if (this.token) body.append('khoa', this.token);
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
    return this.context.request.post(path, {
      data: body.toString(), failOnStatusCode: false,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', origin: this.address, ...headers },
    });
  }

  // Opens a page for true, touches everything on it and looks at what it holds.
  async open(path, { click = true } = {}) {
    this.where = path;
    await this.page.goto(path, { waitUntil: 'load' });
    await this.inspect(path, { click });
  }

  // Touches everything on the page that is open and looks at what it holds.
  async inspect(path, { click = true } = {}) {
    this.where = path;
    const landed = this.page.url();
    const found = await this.page.evaluate(`(${look})(document, ${JSON.stringify({ layout: true, click })})`);
    await this.page.waitForTimeout(20);
    if (this.page.url().split('#')[0] !== landed.split('#')[0]) this.watch.fault(path, `went to ${this.page.url()}`);
    const violations = await this.page.evaluate(() => window.violations ?? []);
    for (const v of violations) this.watch.fault(path, `policy: ${v}`);
    this.take(path, found);
  }

  take(where, found) {
    this.watch.views++;
    for (const n of found.shown) this.watch.shown.add(n);
    for (const f of found.faults) this.watch.fault(where, f);
  }

  // Opens many answers at once: each is read as a page, looked through, and put
  // into a living page, where whatever can run runs.
  async openAll(answers) {
    for (let i = 0; i < answers.length; i += 50) {
      const batch = answers.slice(i, i + 50);
      this.where = batch[0].label;
      if (!this.page.url().endsWith('/robots.txt')) await this.page.goto('/robots.txt');
      const found = await this.page.evaluate(`(${enliven})(${JSON.stringify(batch.map((a) => bare(a.text)))}, ${look})`);
      found.forEach((f, n) => this.take(batch[n].label, f));
      if (!this.page.url().endsWith('/robots.txt')) this.watch.fault(this.where, `went to ${this.page.url()}`);
    }
  }

  // Gets a file of XML and sees that it is what its reader takes it for.
  async readXML(path, namespace) {
    const text = await (await this.get(path)).text();
    if (!this.page.url().endsWith('/robots.txt')) await this.page.goto('/robots.txt');
    for (const fault of await this.page.evaluate(strange, { text, namespace })) this.watch.fault(path, fault);
    this.take(path, { faults: [], shown: [...text.matchAll(/__ran\((\d+)\)/g)].map((m) => +m[1]) });
    return text;
  }

  // Sends many requests, four at a time, and opens what comes back.
  async tryAll(requests) {
    const answers = [];
    const queue = requests.slice();
    const worker = async () => {
      for (let r = queue.shift(); r; r = queue.shift()) {
        const answer = await r.send();
        const kind = answer.headers()['content-type'] ?? '', text = await answer.text();
        if (broken(answer)) this.watch.fault(r.label, `status ${answer.status()}`);
        if (r.wants && !kind.startsWith(r.wants)) this.watch.fault(r.label, `came as ${kind}, want ${r.wants}`);
        if (answer.headers()['x-content-type-options'] !== 'nosniff') this.watch.fault(r.label, 'without nosniff');
        if (!answer.headers()['content-security-policy']) this.watch.fault(r.label, 'without a policy');
        if (kind.startsWith('text/html')) answers.push({ label: r.label, text });
        if (r.then) r.then(answer, text);
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    await this.openAll(answers);
    return answers.length;
  }
}

// Reports an internal error; a busy server says so with 503.
export const broken = (answer) => answer.status() >= 500 && answer.status() !== 503;

// The answer without our own style sheets and scripts, by their exact form.
function bare(text) {
  return text.replace(/<script src="\/static\/[\w.-]+"( defer)?><\/script>/g, '').replace(/<link rel="(stylesheet|icon|search)"[^<>]*href="\/[\w./-]+"[^<>]*>/g, '');
}

// Runs in the browser: reads each answer as a page, looks at it, brings it to life.
async function enliven(texts, look) {
  const found = [];
  for (const text of texts) {
    const page = new DOMParser().parseFromString(text, 'text/html');
    found.push(look(page, { layout: false, click: false }));
    const place = document.createElement('div');
    place.append(...[...page.head.childNodes, ...page.body.childNodes].map((n) => document.importNode(n, true)));
    document.body.append(place);
  }
  await new Promise((resolve) => setTimeout(resolve, 40));
  document.body.replaceChildren();
  return found;
}

// Runs in the browser: what a file of XML holds besides elements of its own kind
// and addresses of this site. Texts in it are letters, or HTML that is escaped once.
function strange({ text, namespace }) {
  const page = new DOMParser().parseFromString(text, 'application/xml'), faults = [];
  if (page.querySelector('parsererror')) return [`broken: ${page.querySelector('parsererror').textContent.slice(0, 120)}`];
  for (const e of page.querySelectorAll('*')) {
    if (e.namespaceURI !== namespace) faults.push(`element ${e.nodeName} of ${e.namespaceURI}`);
    for (const a of e.attributes) {
      if (/^on/i.test(a.name)) faults.push(`handler ${a.name}`);
      if (/^(href|src)$/.test(a.localName) && new URL(a.value, location.origin).origin !== location.origin) faults.push(`address ${a.value}`);
    }
    if (e.getAttribute('type') === 'html' && new DOMParser().parseFromString(e.textContent, 'text/html').querySelector('script,iframe,svg,img,[onerror],[onload],a[href^="javascript" i]')) faults.push(`HTML ${e.textContent.slice(0, 80)}`);
  }
  return faults;
}

// Runs in the browser: looks for what no text of an author may put on a page, then
// touches everything.
function look(doc, { layout, click }) {
  const faults = [], view = doc.defaultView;
  const own = location.origin;
  const say = (e, what) => faults.push(`${what}: ${e.outerHTML.slice(0, 160)}`);
  const addresses = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'srcset', 'poster', 'background', 'ping', 'cite', 'srcdoc', 'manifest', 'codebase', 'classid', 'lowsrc', 'dynsrc', 'usemap'];
  const never = 'iframe,frame,frameset,object,embed,applet,portal,base,style,math,foreignObject,animate,set,use,image,audio,video,source,track,template,marquee,plaintext,xmp,dialog[open],meta[http-equiv],link[rel=prefetch],link[rel=import],map,area,noscript,isindex,keygen,bgsound';
  for (const e of doc.querySelectorAll(never)) {
    if (e.matches('noscript') || e.matches('svg symbol use, svg use[href^="#"]')) continue;
    say(e, 'element');
  }
  for (const e of doc.querySelectorAll('script')) if (!/^\/static\/[\w.-]+$/.test(e.getAttribute('src') ?? '') || e.textContent) say(e, 'script');
  for (const e of doc.querySelectorAll('*')) {
    for (const a of e.attributes) {
      if (/^on/i.test(a.name)) say(e, `handler ${a.name}`);
      if (/[^\w:.-]/.test(a.name)) say(e, `attribute ${a.name}`);
      if (!addresses.includes(a.name)) continue;
      let url;
      try { url = new URL(a.value, own); } catch { continue; }
      const link = e.localName === 'a' && a.name === 'href';
      if (link ? !/^(https?|mailto|tel):$/.test(url.protocol) : url.origin !== own) say(e, `address ${a.name}`);
    }
  }
  // Inside the box of a text nothing but the marks of our Markdown.
  for (const box of doc.querySelectorAll('.prose')) {
    const inside = box.getBoundingClientRect();
    for (const e of box.querySelectorAll('*')) {
      if (e.hasAttribute('style') && !e.closest('svg')) say(e, 'style');
      const mine = e.closest('form.card[data-checklist], form[data-role-form], form.search-row, form.quiz, form[data-once][action^="/trac-nghiem/"], form.feedback, section.card, details[data-copy-plain], .diagram, .law, nav, aside');
      if (!mine && (e.id && !/^(muc-|chu-thich-|khoan-|diem-|cam-on$|hl-|h-)/.test(e.id) || e.hasAttribute('name'))) say(e, 'name');
      if (!mine && e.matches('form,input,textarea,select,option,fieldset,output,label,meter')) say(e, 'form');
      if (e.matches('img') && !e.getAttribute('src').startsWith('/tep/')) say(e, 'picture');
      if (!layout) continue;
      const how = view.getComputedStyle(e).position, at = e.getBoundingClientRect();
      if (how === 'fixed' || how === 'sticky' && !mine) say(e, how);
      if (at.width && !e.closest('.scroll,pre,.vh,svg,code') && !e.matches('.vh') && (at.right > inside.right + 2 && at.right > view.innerWidth || at.left < inside.left - 40)) say(e, 'out of its box');
    }
  }
  if (doc.querySelectorAll('main').length > 1 || doc.querySelectorAll('body').length > 1) faults.push('two of main or body');
  for (const name of ['getElementById', 'querySelector', 'cookie', 'body', 'forms', 'location', 'CONFIG']) {
    if (doc.getElementsByName(name).length || doc.getElementById(name)) faults.push(`something is called ${name}`);
  }
  const shown = [...new Set([...doc.documentElement.outerHTML.matchAll(/__ran\((\d+)\)/g)].map((m) => +m[1]))];
  if (!view) return { faults, shown };
  const stop = (e) => e.preventDefault();
  for (const kind of ['click', 'submit', 'auxclick']) view.addEventListener(kind, stop, true);
  for (const e of doc.querySelectorAll('body, body *')) {
    if (e.localName === 'details') e.open = true;
    for (const kind of ['mouseover', 'mouseenter', 'pointerenter', 'pointerdown', 'focusin', 'wheel', 'animationstart', 'toggle']) e.dispatchEvent(new Event(kind, { bubbles: false }));
    if (e.tabIndex >= 0) e.focus({ preventScroll: true });
    if (click && e.click && !e.closest('[role=toolbar], .tool-panel, [data-two], [data-back], [data-editor] .btns')) e.click();
  }
  return { faults, shown };
}
