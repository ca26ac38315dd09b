// What the attack tests need: people who have signed in, requests in their name,
// and a browser that hears whatever a hostile text gets done.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { oneTimeCode } from './people.js';
import { binary } from './site.js';

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
      const mine = e.closest('form.card[data-checklist], form.quiz, form.feedback, section.card, details[data-copy-plain], .diagram, .law, nav, aside');
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
