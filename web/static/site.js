/* Progressive enhancement only: every page works without this file. It is joined behind pref.js, so that a first view stays at four requests, the icon among them. */
document.addEventListener('DOMContentLoaded', function () {
  'use strict';
  var d = document, root = d.documentElement, store = {
    get: function (k) { try { return localStorage.getItem(k); } catch (e) { return null; } },
    set: function (k, v) { try { localStorage.setItem(k, v); } catch (e) { /* private mode */ } }
  };
  function all(s, el) { return Array.prototype.slice.call((el || d).querySelectorAll(s)); }
  function toast(t) { var e = d.querySelector('.toast'); if (!e) return; e.textContent = t; clearTimeout(toast.t); toast.t = setTimeout(function () { e.textContent = ''; }, 4000); }
  all('[data-js]').forEach(function (e) { e.hidden = false; });

  function keep(name, v) { store.set(name, v); d.cookie = name + '=' + v + ';path=/;max-age=31536000;samesite=lax' + (location.protocol === 'https:' ? ';secure' : ''); }

  /* Text size and ground: the server reads the same two cookies and renders the attributes, so nothing flashes. */
  function apply(name, v) {
    if (name === 'co') { if (v === 'm') root.removeAttribute('data-size'); else root.setAttribute('data-size', v); }
    if (name === 'nen') { if (v === 'auto') root.removeAttribute('data-theme'); else root.setAttribute('data-theme', v); }
  }
  all('[data-display]').forEach(function (f) {
    ['co', 'nen'].forEach(function (n) { var v = store.get(n), i = /^[a-z]+$/.test(v || '') && f.querySelector('[name=' + n + '][value=' + v + ']'); if (i) { i.checked = true; apply(n, v); } });
    f.addEventListener('change', function (e) {
      keep(e.target.name, e.target.value);
      apply(e.target.name, e.target.value);
    });
  });
  d.addEventListener('keydown', function (e) {
    if (e.key === 'Escape') all('details.display[open]').forEach(function (x) { x.open = false; x.querySelector('summary').focus(); });
  });
  d.addEventListener('click', function (e) { all('details.display[open]').forEach(function (x) { if (!x.contains(e.target)) x.open = false; }); });

  /* Parts for one role: those of others are folded, on pages from a cache too. */
  all('[data-role-form]').forEach(function (f) {
    var box = f.querySelector('select');
    function fold() { var v = box.value; all('.for-role').forEach(function (e) { e.firstChild.open = v === 'tat-ca' || (' ' + e.getAttribute('data-roles') + ' ').indexOf(' ' + v + ' ') >= 0; }); }
    if (store.get('vai')) { box.value = store.get('vai'); if (box.selectedIndex < 0) box.selectedIndex = 0; fold(); }
    box.addEventListener('change', function () { keep('vai', box.value); fold(); });
  });

  /* An address that names a place opens what is folded around it; not every browser does so itself. */
  function reveal() {
    var at = null, e, before, opened = false;
    try { at = d.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (x) { /* no place */ }
    for (e = at; e; e = e.parentElement) {
      before = e.previousElementSibling;
      [e, before && before.classList.contains('gone') ? before : null].forEach(function (f) { if (f && f.open === false) opened = f.open = true; });
    }
    if (opened) at.scrollIntoView();
  }
  reveal();
  addEventListener('hashchange', reveal);

  /* Paper shows them all. */
  addEventListener('beforeprint', function () { all('.for-role > details:not([open])').forEach(function (e) { e.open = true; e.setAttribute('data-shut', ''); }); });
  addEventListener('afterprint', function () { all('.for-role > [data-shut]').forEach(function (e) { e.open = false; e.removeAttribute('data-shut'); }); });

  /* Checklists keep their ticks on this device and count them. */
  all('[data-checklist]').forEach(function (f) {
    var key = 'check:' + location.pathname + ':' + f.getAttribute('data-checklist'), box = all('input[type=checkbox]', f),
      out = f.querySelector('[data-count]'), bar = f.querySelector('progress'), saved = store.get(key), ticks = (saved || '').split(',');
    function show() { var n = box.filter(function (b) { return b.checked; }).length; if (out) out.textContent = n + '/' + box.length; if (bar) bar.value = n; }
    if (saved !== null) box.forEach(function (b) { b.checked = ticks.indexOf(b.name) >= 0; });
    f.addEventListener('change', function () { store.set(key, box.filter(function (b) { return b.checked; }).map(function (b) { return b.name; }).join(',')); show(); });
    f.addEventListener('submit', function (e) { e.preventDefault(); });
    all('[data-clear]', f).forEach(function (b) { b.addEventListener('click', function () { box.forEach(function (x) { x.checked = false; }); store.set(key, ''); show(); toast('Đã bỏ hết dấu tích'); }); });
    show();
  });

  /* What was changed since this device last read the text. */
  all('[data-marks]').forEach(function (read) {
    var text = read.getAttribute('data-marks'), key = 'da-doc:' + location.pathname, now = JSON.parse(text), old = null, tag;
    try { old = JSON.parse(store.get(key)); } catch (e) { /* not read yet */ }
    if (old) Object.keys(now).forEach(function (id) {
      var h = d.getElementById('h-' + id) || d.getElementById(id);
      if (!h || old[id] === now[id]) return;
      tag = d.createElement('p');
      tag.appendChild(d.createElement('span')).className = 'tag info';
      tag.firstChild.textContent = 'Mới sửa';
      h.parentNode.insertBefore(tag, h.nextSibling);
    });
    if (tag) d.querySelector('[data-changed]').hidden = false;
    store.set(key, text);
  });

  /* Continue reading: the last guide and its section, kept on this device alone. */
  var guide = d.querySelector('[data-guide]'), next = d.querySelector('[data-continue]');
  function remember() {
    var at = null;
    all('h2[id]', guide).forEach(function (h) { if (h.getBoundingClientRect().top < innerHeight / 2) at = h; });
    store.set('doc-tiep', JSON.stringify({ path: location.pathname, title: guide.getAttribute('data-guide'), id: at ? at.id : '', section: at ? at.textContent : '' }));
  }
  if (guide) {
    remember();
    addEventListener('pagehide', remember);
    d.addEventListener('visibilitychange', function () { if (d.visibilityState === 'hidden') remember(); });
  }
  if (next) {
    try {
      var was = JSON.parse(store.get('doc-tiep')), link = next.querySelector('a');
      if (!/^\/huong-dan\/[a-z0-9-]+\/[a-z0-9-]+$/.test(was.path)) throw was;
      link.href = was.path + (/^[a-z0-9-]+$/.test(was.id) ? '#' + was.id : '');
      link.textContent = was.title;
      next.querySelector('span').textContent = was.section ? 'Đang ở mục “' + was.section + '”.' : '';
    } catch (e) { root.className = root.className.replace('has-continue', ''); }
  }

  /* The clipboard wants https or localhost; elsewhere the text is shown, selected and copied the old way. */
  function copy(b) {
    var done = function () { toast('Đã chép'); }, details = d.querySelector('[data-copy-plain]'), area = details && details.querySelector('textarea');
    function old() {
      if (!area) return;
      details.open = true; area.focus(); area.select();
      var ok = false; try { ok = d.execCommand('copy'); } catch (e) { /* told below */ }
      toast(ok ? 'Đã chép' : 'Hãy bấm giữ để chép đoạn chữ đã chọn');
    }
    if (navigator.clipboard) navigator.clipboard.writeText(b.getAttribute('data-copy-text')).then(done, old); else old();
  }
  d.addEventListener('click', function (e) {
    var b = e.target.closest('[data-print],[data-copy-text]'); if (!b) return;
    e.preventDefault();
    if (b.hasAttribute('data-print')) window.print(); else copy(b);
  });

  /* Which result was opened is told beside the way there; it tells what the texts lack, not who asked. */
  function tellHit(e) {
    var a = e.target.closest('[data-hit]'), list = a && a.closest('[data-asked]');
    if (!list || e.button > 1 || !navigator.sendBeacon || !window.URLSearchParams) return;
    navigator.sendBeacon('/tim-kiem/chon', new URLSearchParams('q=' + encodeURIComponent(list.getAttribute('data-asked')) + '&id=' + encodeURIComponent(a.getAttribute('data-hit'))));
  }
  d.addEventListener('click', tellHit);
  d.addEventListener('auxclick', tellHit);

  /* Suggestions: an ARIA 1.2 combobox over a plain search field. A title that is taken is opened; what was typed stays. */
  var kinds = { guide: 'Hướng dẫn', answer: 'Hỏi đáp', situation: 'Tình huống', plan: 'Sơ đồ', law: 'Văn bản', term: 'Thuật ngữ', session: 'Buổi tập huấn', quiz: 'Trắc nghiệm' };
  all('[data-suggest]').forEach(function (input) {
    var list = d.createElement('ul'), told = d.createElement('span'), found = [], at = -1, composing = false, timer, request;
    function set(e, o) { Object.keys(o).forEach(function (k) { e.setAttribute(k, o[k]); }); return e; }
    function stop() { clearTimeout(timer); if (request) request.abort(); request = null; }
    function choose(i) {
      all('[role=option]', list).forEach(function (e, n) { e.setAttribute('aria-selected', n === i); if (n === i && e.scrollIntoView) e.scrollIntoView({ block: 'nearest' }); });
      at = i;
      if (i < 0) input.removeAttribute('aria-activedescendant'); else input.setAttribute('aria-activedescendant', list.id + i);
    }
    function close() { stop(); choose(-1); found = []; list.hidden = true; list.textContent = told.textContent = ''; input.setAttribute('aria-expanded', 'false'); }
    function show(titles) {
      close();
      if (!titles.length) return;
      titles.forEach(function (t, i) {
        var e = set(d.createElement('li'), { role: 'option', id: list.id + i, 'aria-selected': 'false' });
        [t.text, kinds[t.kind] || ''].forEach(function (s) { e.appendChild(d.createElement('span')).textContent = s; });
        list.appendChild(e);
      });
      found = titles; list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      told.textContent = found.length + ' gợi ý';
    }
    function ask() {
      var q = input.value.trim();
      stop();
      if (!q || composing || !navigator.onLine || d.activeElement !== input) { close(); return; }
      request = new XMLHttpRequest();
      request.open('GET', '/tim-kiem/goi-y?q=' + encodeURIComponent(q));
      request.onload = function () { var titles = []; try { if (this.status === 200) titles = JSON.parse(this.responseText).suggestions; } catch (e) { /* none then */ } show(titles); };
      request.onerror = close;
      request.send();
    }
    function later() { stop(); choose(-1); if (!composing) timer = setTimeout(ask, 120); }
    function open(i) { var to = found[i].url; close(); if (/^\/(?!\/)/.test(to)) location.assign(to); }

    set(list, { role: 'listbox', id: input.id + '-goi-y', 'aria-label': 'Gợi ý', 'class': 'suggest' }).hidden = true;
    set(told, { role: 'status', 'class': 'vh' });
    set(input, { role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id });
    input.parentNode.appendChild(list); input.parentNode.appendChild(told);

    input.addEventListener('input', later);
    input.addEventListener('compositionstart', function () { composing = true; stop(); });
    input.addEventListener('compositionend', function () { composing = false; later(); });
    input.addEventListener('blur', close);
    input.addEventListener('keydown', function (e) {
      if (composing || e.isComposing || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey) return;
      var n = found.length, down = e.key === 'ArrowDown';
      if (e.key === 'Tab') close();
      else if (down && !n) ask();
      else if (!n) return;
      else if (down || e.key === 'ArrowUp') { choose(down ? (at + 1) % n : (at < 1 ? n : at) - 1); e.preventDefault(); }
      else if (e.key === 'Escape') { close(); e.preventDefault(); e.stopPropagation(); }
      else if (e.key === 'Enter' && at >= 0) { e.preventDefault(); open(at); }
    });
    list.addEventListener('mousedown', function (e) { e.preventDefault(); });
    list.addEventListener('click', function (e) { var i = all('[role=option]', list).indexOf(e.target.closest('[role=option]')); if (i >= 0) open(i); });
  });

  /* Texts like the question that is being typed, from the same page that answers without script. */
  all('form[data-similar]').forEach(function (f) {
    var out = d.getElementById('gan-giong'), field = f.querySelector('textarea'), last = field.value.trim(), timer, request;
    if (!out || !window.URLSearchParams) return;
    function look() {
      var q = field.value.trim();
      if (request) request.abort();
      if (q === last || q.length < 12 || !navigator.onLine) return;
      last = q;
      request = new XMLHttpRequest();
      request.open('POST', f.action);
      request.responseType = 'document';
      request.onload = function () {
        var found = this.status === 200 && this.response && this.response.getElementById('gan-giong');
        if (!found) return;
        out.textContent = '';
        while (found.firstChild) out.appendChild(d.adoptNode(found.firstChild));
      };
      request.send(new URLSearchParams({ 'cau-hoi': q, xem: '1' }));
    }
    field.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(look, 700); });
  });

  /* One reply is sent once, however often the button is tapped. */
  all('form[data-once]').forEach(function (f) {
    f.addEventListener('submit', function (e) {
      if (f.sent) { e.preventDefault(); return; }
      f.sent = true;
      all('button', f).forEach(function (b) { b.setAttribute('aria-disabled', 'true'); });
    });
    addEventListener('pageshow', function () { f.sent = false; all('button', f).forEach(function (b) { b.removeAttribute('aria-disabled'); }); });
  });

  /* Where nothing hovers, the first tap on a term shows its meaning, the second opens the glossary. */
  d.addEventListener('click', function (e) {
    var t = e.target.closest('a.term');
    if (!t || t.told || !window.matchMedia || !matchMedia('(hover: none)').matches) return;
    e.preventDefault(); t.told = true; t.focus();
    t.onblur = function () { t.told = false; };
  });
  d.addEventListener('keydown', function (e) { var t = d.activeElement; if (e.key === 'Escape' && t && t.className === 'term') t.blur(); });

  var errors = d.querySelector('[data-errors]');
  if (errors) errors.focus();

  function net() { var n = d.querySelector('[data-net]'); if (n) n.hidden = navigator.onLine; }
  addEventListener('online', net); addEventListener('offline', net); net();
});
