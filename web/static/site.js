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

  /* Text size and ground: the server reads the same two cookies and renders the attributes, so nothing flashes. */
  function apply(name, v) {
    if (name === 'co') { if (v === 'm') root.removeAttribute('data-size'); else root.setAttribute('data-size', v); }
    if (name === 'nen') { if (v === 'auto') root.removeAttribute('data-theme'); else root.setAttribute('data-theme', v); }
  }
  all('[data-display]').forEach(function (f) {
    ['co', 'nen'].forEach(function (n) { var v = store.get(n), i = /^[a-z]+$/.test(v || '') && f.querySelector('[name=' + n + '][value=' + v + ']'); if (i) { i.checked = true; apply(n, v); } });
    f.addEventListener('change', function (e) {
      store.set(e.target.name, e.target.value);
      d.cookie = e.target.name + '=' + e.target.value + ';path=/;max-age=31536000;samesite=lax' + (location.protocol === 'https:' ? ';secure' : '');
      apply(e.target.name, e.target.value);
    });
  });
  d.addEventListener('keydown', function (e) {
    if (e.key === 'Escape') all('details.display[open]').forEach(function (x) { x.open = false; x.querySelector('summary').focus(); });
  });
  d.addEventListener('click', function (e) { all('details.display[open]').forEach(function (x) { if (!x.contains(e.target)) x.open = false; }); });

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

  /* One reply is sent once, however often the button is tapped. */
  all('form[data-once]').forEach(function (f) {
    f.addEventListener('submit', function (e) {
      if (f.sent) { e.preventDefault(); return; }
      f.sent = true;
      all('button', f).forEach(function (b) { b.setAttribute('aria-disabled', 'true'); });
    });
    addEventListener('pageshow', function () { f.sent = false; all('button', f).forEach(function (b) { b.removeAttribute('aria-disabled'); }); });
  });

  var errors = d.querySelector('[data-errors]');
  if (errors) errors.focus();

  function net() { var n = d.querySelector('[data-net]'); if (n) n.hidden = navigator.onLine; }
  addEventListener('online', net); addEventListener('offline', net); net();
});
