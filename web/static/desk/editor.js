/* The editor of those who write. Without this file its page is a plain form; with it what is typed is saved every few
   seconds, kept on this device while there is no line, and never written over. */
document.addEventListener('DOMContentLoaded', function () {
  'use strict';
  var d = document, form = d.querySelector('[data-editor]');
  if (!form) return;
  var area = form.querySelector('textarea.md'), version = form.querySelector('[name=ban]'), token = form.querySelector('[name=khoa]'),
    state = d.querySelector('[data-save-state]'), key = 'nhap:' + form.getAttribute('data-editor'),
    reason = form.querySelector('[name=ly-do]'), quiet = 3000, longest = 5000, again = 10000, rest = 60000;
  function all(s, el) { return Array.prototype.slice.call((el || d).querySelectorAll(s)); }
  function get(k) { try { return JSON.parse(localStorage.getItem(k)); } catch (e) { return null; } }
  function put(k, v) { try { localStorage.setItem(k, JSON.stringify(v)); return true; } catch (e) { return false; } }
  function drop(k) { try { localStorage.removeItem(k); } catch (e) { /* nothing was kept */ } }
  function two(n) { return (n < 10 ? '0' : '') + n; }
  function clock(ms) { var t = new Date(ms); return two(t.getHours()) + ' giờ ' + two(t.getMinutes()) + ', ngày ' + two(t.getDate()) + '/' + (t.getMonth() + 1) + '/' + t.getFullYear(); }
  function say(text, to, name) {
    if (state.getAttribute('data-said') === text) return;
    state.setAttribute('data-said', text);
    state.textContent = text;
    if (!to) return;
    var a = d.createElement('a');
    a.href = to; a.target = '_blank'; a.rel = 'noopener'; a.textContent = name;
    state.appendChild(d.createTextNode(' ')); state.appendChild(a);
  }

  /* What the form holds: values by name, as the server gives them back. */
  function parts() { return Array.prototype.filter.call(form.elements, function (e) { return e.hasAttribute('data-text'); }); }
  function values() {
    var o = {};
    parts().forEach(function (e) {
      o[e.name] = o[e.name] || [];
      if (e.type !== 'checkbox' || e.checked) o[e.name].push(e.value.replace(/\r\n?/g, '\n'));
    });
    return o;
  }
  function apply(o) {
    parts().forEach(function (e) {
      var list = o[e.name] || [];
      if (e.type === 'checkbox') e.checked = list.indexOf(e.value) >= 0; else e.value = list[0] || '';
    });
    later();
  }
  function plain(s, markdown) {
    s = s.normalize ? s.normalize('NFC') : s;
    return (markdown ? s.replace(/[ \t]+$/gm, '') : s.replace(/[ \t]+/g, ' ').replace(/^ ?(bai: )?/gm, '').replace(/ ?\n+ ?/g, '\n')).trim();
  }
  /* An address left empty follows the title, so it differs from none. */
  function same(a, b) {
    return Object.keys(values()).every(function (n) {
      if (n === 'slug' && (!(a[n] || []).join('') || !(b[n] || []).join(''))) return true;
      function list(o) { return (o[n] || []).map(function (s) { return plain(s, n === 'markdown'); }).filter(Boolean).join('\u0000'); }
      return list(a) === list(b);
    });
  }
  function readable(o) {
    var text = '';
    Object.keys(o).forEach(function (n) {
      if (n === 'markdown' || !o[n].join('').trim()) return;
      var e = d.getElementById('f-' + n), label = e && (form.querySelector('label[for="f-' + n + '"]') || (e.closest('fieldset') || e).querySelector('legend'));
      text += (label ? label.textContent.trim() : n) + ': ' + o[n].join(', ') + '\n';
    });
    return text + '\n' + (o.markdown || []).join('');
  }

  /* Why it is written goes along only when it is sent for review; until it arrived this device keeps it. Sending and
     getting back are two acts at least, so what was sent is forgotten when the version is that much higher. */
  function keepReason(sent) {
    if (reason.value.trim()) put(key + ':ly-do', { version: +version.value, sent: !!sent, value: reason.value }); else drop(key + ':ly-do');
  }
  function reasonKept() {
    var was = get(key + ':ly-do');
    if (!was) return;
    if (was.sent && +version.value > was.version + 1) drop(key + ':ly-do');
    else if (!reason.value) reason.value = was.value;
  }
  reason.addEventListener('input', function () { keepReason(); });

  /* Saving. One request at a time; each names the version it was typed over. */
  var saved = values(), sentLast = saved, busy = false, stopped = false, out = false, timer, since = 0, waiting = null;
  function dirty() { return !same(values(), saved); }
  function keep(sent) { return put(key, { at: Date.now(), version: version.value, sent: !!sent, values: values() }); }
  function body() {
    var b = new URLSearchParams(), o = values();
    Object.keys(o).forEach(function (n) { o[n].forEach(function (v) { b.append(n, v); }); });
    if (token) b.append('khoa', token.value);
    b.append('ban', version.value);
    return b;
  }
  function ask(method, to, content, done, fail, data) {
    var r = new XMLHttpRequest();
    r.open(method, to);
    r.timeout = 15000;
    if (content) r.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    if (data) r.setRequestHeader('Accept', 'application/json');
    r.onload = function () { done(r); };
    r.onerror = r.ontimeout = fail;
    r.send(content);
    return r;
  }
  function read(r) { try { return JSON.parse(r.responseText); } catch (e) { return null; } }
  function plan(ms) { clearTimeout(timer); timer = setTimeout(save, ms); }
  function lost() {
    busy = false; waiting = null;
    say('Mất mạng. Nội dung đã giữ trên máy này, sẽ tự gửi lại.');
    plan(again);
  }
  /* The server answered, but did not save: what it said decides whether to send the same again. */
  function refused(status) {
    if (status === 404 || status === 410) { stopped = true; say('Trang không còn bản nháp này. Nội dung vẫn giữ trên máy này; hãy chép lại rồi mở bài mới.'); }
    else if (status === 413) say('Bài dài quá mức trang nhận được nên chưa lưu. Nội dung vẫn giữ trên máy này; hãy cắt bớt.');
    else if (status === 429) { say('Gửi quá nhiều lần. Nội dung đã giữ trên máy này, sẽ tự gửi lại sau một phút.'); plan(rest); }
    else { say('Máy chủ đang trục trặc nên chưa lưu. Nội dung đã giữ trên máy này, sẽ tự gửi lại.'); plan(again); }
  }
  function save() {
    clearTimeout(timer);
    if (busy || stopped || out || !dirty()) return;
    if (!navigator.onLine) { lost(); return; }
    var sent = values();
    busy = true; since = 0; sentLast = sent;
    ask('POST', form.getAttribute('data-save'), body().toString(), function (r) { busy = false; answered(r, sent); }, lost, true);
  }
  function answered(r, sent) {
    var a = read(r), press = waiting;
    waiting = null;
    if (r.status === 200 && a && a.version) {
      version.value = a.version; saved = sent;
      if (dirty()) { keep(); plan(quiet); } else drop(key);
      say('Đã lưu nháp lúc ' + a.at);
      if (press) press.click();
    } else if (r.status === 409 && a && a.values) differ(a, sent, press);
    else if ((r.status === 422 || r.status === 409) && a) { stopped = r.status === 409; say(a.sentence + ' Nội dung vẫn giữ trên máy này.'); }
    else if (r.status === 401 || r.status === 403 || r.status === 200) signedOut();
    else if (r.status) refused(r.status);
    else lost();
  }

  /* The visit has ended: sign in beside this page, then saving goes on by itself. */
  function signedOut() {
    out = true;
    say('Phiên đăng nhập đã hết. Nội dung vẫn giữ trên máy này.', '/dang-nhap', 'Đăng nhập ở thẻ mới');
  }
  function backIn() {
    if (!out) return;
    ask('GET', location.pathname, null, function (r) {
      var fresh = r.status === 200 && new DOMParser().parseFromString(r.responseText, 'text/html').querySelector('[data-editor] [name=khoa]');
      if (!fresh) return;
      if (token) token.value = fresh.value;
      out = false;
      say('Đã đăng nhập lại.');
      plan(0);
    }, function () { /* asked again at the next return to this page */ });
  }

  /* Two texts side by side: another's beside one's own, or this device's beside the server's. */
  var box = d.querySelector('[data-two]'), back = d.querySelector('[data-back]');
  function fragment(markup) {
    var f = d.createDocumentFragment();
    Array.prototype.slice.call(new DOMParser().parseFromString(markup, 'text/html').body.childNodes).forEach(function (n) { f.appendChild(d.importNode(n, true)); });
    return f;
  }
  function compare(o) {
    var text = all('textarea', box), label = all('.two-texts label', box), button = all('button', box), diff = box.querySelector('[data-diff]');
    stopped = true; clearTimeout(timer);
    box.querySelector('h2').textContent = o.title;
    box.querySelector('[data-who]').textContent = o.who;
    diff.textContent = '';
    if (o.diff) diff.appendChild(fragment(o.diff));
    o.texts.forEach(function (t, i) {
      label[i].textContent = t.name; text[i].value = readable(t.values);
      button[i].textContent = t.button; button[i].onclick = function () { box.hidden = true; stopped = false; t.take(); area.focus(); };
    });
    box.hidden = false;
  }
  function aside(o) { put(key + ':bo', o); if (back) back.hidden = false; }
  function differ(a, sent, press) {
    if (same(a.values, sent) || same(a.values, sentLast) || same(a.values, values())) { // our own words, whose answer was lost
      version.value = a.version; saved = a.values;
      if (dirty()) plan(0); else { drop(key); say('Đã lưu nháp lúc ' + a.at); }
      if (press) press.click();
      return;
    }
    say('Chưa lưu được: ' + a.by + ' vừa lưu bài này lúc ' + a.at + '.');
    compare({
      title: 'Hai người cùng sửa bài này', diff: a.diff,
      who: a.by + ' đã lưu lúc ' + a.at + '. Không bản nào bị mất: hãy so hai bản rồi chọn bản để viết tiếp.',
      texts: [
        { name: 'Bản của anh, chị', values: values(), button: 'Giữ bản của tôi', take: function () { aside(a.values); version.value = a.version; saved = a.values; save(); } },
        { name: 'Bản của ' + a.by, values: a.values, button: 'Lấy bản kia', take: function () { aside(values()); drop(key); version.value = a.version; saved = a.values; apply(a.values); say('Đang dùng bản của ' + a.by + '. Bản của anh, chị còn giữ trên máy này.'); } }
      ]
    });
  }
  function kept() {
    var was = get(key), mine = values();
    if (back) back.hidden = !get(key + ':bo');
    if (!was || !was.values) return;
    if (same(was.values, mine)) { drop(key); return; }
    compare({
      title: 'Máy này còn giữ một bản chưa gửi', who: 'Bản trên máy này gõ lúc ' + clock(was.at) + '. Hãy so hai bản rồi chọn bản để viết tiếp.',
      texts: [
        { name: 'Bản trên máy này', values: was.values, button: 'Lấy bản trên máy này', take: function () { aside(mine); apply(was.values); keep(); save(); } },
        { name: 'Bản trên máy chủ', values: mine, button: 'Giữ bản trên máy chủ', take: function () { aside(was.values); drop(key); } }
      ]
    });
  }
  if (back) back.addEventListener('click', function () {
    var was = get(key + ':bo');
    if (!was) return;
    aside(values()); apply(was); keep(); plan(0); area.focus();
  });

  /* Typing: kept here at once, sent when the hand rests or after five seconds, shown as readers see it. */
  var previewTimer, previewing;
  function preview() {
    if (previewing) previewing.abort();
    previewing = ask('POST', form.getAttribute('data-preview'), body().toString(), function (r) {
      if (r.status !== 200) return;
      var page = new DOMParser().parseFromString(r.responseText, 'text/html');
      all('[data-live]').forEach(function (old) {
        var fresh = page.querySelector('[data-live="' + old.getAttribute('data-live') + '"]'), at = old.scrollTop;
        if (!fresh) return;
        old.textContent = '';
        Array.prototype.slice.call(fresh.childNodes).forEach(function (n) { old.appendChild(d.importNode(n, true)); });
        old.scrollTop = at;
      });
    }, function () { /* the next letter asks again */ });
  }
  function later() {
    clearTimeout(previewTimer);
    previewTimer = setTimeout(preview, 400);
  }
  form.addEventListener('input', function (e) {
    if (!e.target.hasAttribute('data-text')) return;
    if (!keep()) say('Máy này không giữ được bản nháp. Hãy bấm “Lưu nháp” thường xuyên.');
    since = since || Date.now();
    plan(Math.max(0, Math.min(quiet, since + longest - Date.now())));
    later();
  });
  form.addEventListener('change', function (e) { if (e.target.type === 'checkbox' || e.target.nodeName === 'SELECT') { keep(); plan(quiet); later(); } });
  form.addEventListener('submit', function (e) {
    var press = e.submitter || d.activeElement;
    if (!navigator.onLine) { e.preventDefault(); keep(); lost(); return; }
    if (out) { e.preventDefault(); keep(); backIn(); return; }
    if (busy) { e.preventDefault(); waiting = press; return; }
    clearTimeout(timer); clearTimeout(previewTimer);
    keep(true); keepReason(true); stopped = true;
  });
  addEventListener('online', function () { if (dirty()) { say('Đã có mạng, đang gửi lại.'); plan(0); } });
  addEventListener('focus', backIn);
  d.addEventListener('visibilitychange', function () { if (d.visibilityState === 'hidden') save(); else backIn(); });
  addEventListener('pagehide', function () {
    if (stopped || out || !dirty()) return;
    keep(); sentLast = values();
    if (navigator.sendBeacon) navigator.sendBeacon(form.getAttribute('data-save'), body());
  });
  addEventListener('pageshow', function (e) { if (e.persisted) { stopped = !box.hidden; kept(); if (dirty() && !stopped) plan(0); } });

  /* Writing. Text goes in through the browser's own command, so that its own undo takes it back. */
  var past = [];
  function write(text, from, to, select) {
    var before = area.value, done = false;
    area.focus(); area.setSelectionRange(from, to);
    try { done = d.execCommand(text ? 'insertText' : 'delete', false, text); } catch (e) { /* written below */ }
    if (!done && area.value === before && before.slice(from, to) !== text) {
      past.push(before);
      area.setRangeText(text, from, to, 'end');
      area.dispatchEvent(new Event('input', { bubbles: true }));
    }
    if (select) area.setSelectionRange(from + select[0], from + select[1]);
  }
  function undo() {
    var before = area.value;
    area.focus();
    try { d.execCommand('undo'); } catch (e) { /* the own list, then */ }
    if (area.value === before && past.length) { area.value = past.pop(); area.dispatchEvent(new Event('input', { bubbles: true })); }
  }
  function chosen() { return area.value.slice(area.selectionStart, area.selectionEnd); }
  function lines(change) {
    var v = area.value, from = v.lastIndexOf('\n', area.selectionStart - 1) + 1, to = v.indexOf('\n', area.selectionEnd), text;
    if (to < 0) to = v.length;
    text = change(v.slice(from, to).split('\n')).join('\n');
    write(text, from, to, [text.length, text.length]);
  }
  function bare(line) { return line.replace(/^(#{1,6} |- (\[[ x]\] )?|\d+[.)] |> )/, ''); }
  function listed(test, mark) {
    lines(function (list) {
      var on = list.every(function (l) { return test.test(l); });
      return list.map(function (l, i) { return on ? bare(l) : mark(i) + bare(l); });
    });
  }
  function block(text, select) {
    var v = area.value, at = v.indexOf('\n', area.selectionEnd), before, gap, tail;
    if (at < 0) at = v.length;
    before = v.slice(0, at);
    gap = !before.trim() || /\n\s*\n$/.test(before) ? '' : /\n$/.test(before) ? '\n' : '\n\n';
    tail = !v.slice(at).trim() || /^\n[ \t]*\n/.test(v.slice(at)) ? '' : '\n';
    write(gap + text + tail, at, at, [gap.length + select[0], gap.length + select[1]]);
  }
  function bold() {
    var t = chosen(), at = area.selectionStart;
    if (/^\*\*[^]+\*\*$/.test(t)) write(t.slice(2, -2), at, at + t.length, [0, t.length - 4]);
    else { t = t || 'chữ đậm'; write('**' + t + '**', at, area.selectionEnd, [2, t.length + 2]); }
  }
  function callout(word) {
    if (!chosen()) { block('> [!' + word + ']\n> Ghi ở đây', [word.length + 8, word.length + 18]); return; }
    lines(function (list) { return ['> [!' + word + ']'].concat(list.map(function (l) { return ('> ' + l).trim(); })); });
  }
  function link(text, to) {
    text = (chosen() || text).replace(/\s*\n\s*/g, ' ').replace(/[\[\]]/g, '\\$&');
    write('[' + text + '](' + to + ')', area.selectionStart, area.selectionEnd, [text.length + to.length + 4, text.length + to.length + 4]);
  }
  var verbs = {
    muc: function () { lines(function (l) { var n = /^(#*) ?/.exec(l[0])[1].length; l[0] = (n < 2 ? '## ' : n === 2 ? '### ' : '') + bare(l[0]); return l; }); },
    dam: bold,
    'danh-sach': function () { listed(/^- /, function () { return '- '; }); },
    buoc: function () { listed(/^\d+\. /, function (i) { return i + 1 + '. '; }); },
    bang: function () { block('| Cột 1 | Cột 2 |\n|---|---|\n| Ô 1 | Ô 2 |', [2, 7]); },
    'hoan-tac': undo
  };

  /* The toolbar is one stop of the Tab key; arrows go about inside. Plans have none. */
  var bar = d.querySelector('[role=toolbar]') || d.createElement('div'), tools = all('button', bar);
  function stop(i) { tools.forEach(function (b, n) { b.tabIndex = n === i ? 0 : -1; }); }
  function shut(focus) {
    tools.forEach(function (b) {
      var p = b.getAttribute('aria-controls') && d.getElementById(b.getAttribute('aria-controls'));
      if (!p || p.hidden) return;
      p.hidden = true; b.setAttribute('aria-expanded', 'false');
      if (focus) b.focus();
    });
  }
  stop(0);
  bar.addEventListener('keydown', function (e) {
    var i = tools.indexOf(d.activeElement), n = tools.length;
    var to = { ArrowRight: (i + 1) % n, ArrowLeft: (i + n - 1) % n, Home: 0, End: n - 1 }[e.key];
    if (i < 0 || to === undefined || e.altKey || e.ctrlKey || e.metaKey) return;
    e.preventDefault(); stop(to); tools[to].focus();
  });
  bar.addEventListener('click', function (e) {
    var b = e.target.closest('button'), p, open;
    if (!b) return;
    stop(tools.indexOf(b));
    if (verbs[b.getAttribute('data-verb')]) { shut(); verbs[b.getAttribute('data-verb')](); return; }
    p = d.getElementById(b.getAttribute('aria-controls')); open = p.hidden;
    shut();
    if (!open) return;
    p.hidden = false; b.setAttribute('aria-expanded', 'true');
    p.querySelector('input,button').focus();
  });
  area.addEventListener('keydown', function (e) { if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === 'b') { e.preventDefault(); bold(); } });
  d.addEventListener('keydown', function (e) { if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === 's') { e.preventDefault(); since = 0; save(); } });
  all('.tool-panel').forEach(function (p) {
    var buttons = all('.btns button', p);
    p.addEventListener('keydown', function (e) {
      if (e.key === 'Escape') { e.preventDefault(); shut(true); }
      if (e.key === 'Enter' && e.target.nodeName === 'INPUT') { e.preventDefault(); if (!e.target.taken) { var go = p.querySelector('[data-do]'); if (go) go.click(); } }
    });
    buttons.forEach(function (b) { if (b.hasAttribute('data-shut')) b.addEventListener('click', function () { shut(true); }); });
  });
  all('[data-plan]').forEach(function (b) { b.addEventListener('click', function () { shut(); block('{{sơ-đồ:' + b.getAttribute('data-plan') + '}}', [0, 0]); }); });
  all('[data-callout]').forEach(function (b) { b.addEventListener('click', function () { shut(); callout(b.getAttribute('data-callout')); }); });

  function wrong(panel, text) { var e = panel.querySelector('.err'); e.textContent = text; e.hidden = !text; }
  all('[data-do]').forEach(function (b) {
    b.addEventListener('click', function () {
      var panel = b.closest('.tool-panel'), in1 = panel.querySelector('input'), to = in1.value.trim();
      wrong(panel, '');
      if (!/^(\/(?!\/)|#|https?:\/\/|mailto:|tel:)[^\s()]*$/.test(to)) { wrong(panel, 'Hãy chọn một bài trong danh sách, hoặc ghi địa chỉ bắt đầu bằng / hay https://.'); in1.focus(); return; }
      shut();
      link(to, to);
      in1.value = '';
    });
  });

  /* Search and insert: an ARIA 1.2 combobox, as below the search fields of the site. */
  all('[data-find]').forEach(function (input) {
    var list = d.createElement('ul'), told = d.createElement('span'), found = [], at = -1, wait, request;
    function set(e, o) { Object.keys(o).forEach(function (k) { e.setAttribute(k, o[k]); }); return e; }
    function choose(i) {
      all('[role=option]', list).forEach(function (e, n) { e.setAttribute('aria-selected', n === i); if (n === i && e.scrollIntoView) e.scrollIntoView({ block: 'nearest' }); });
      at = i; input.taken = i >= 0;
      if (i < 0) input.removeAttribute('aria-activedescendant'); else input.setAttribute('aria-activedescendant', list.id + i);
    }
    function close() { clearTimeout(wait); if (request) request.abort(); request = null; choose(-1); found = []; list.hidden = true; list.textContent = told.textContent = ''; input.setAttribute('aria-expanded', 'false'); }
    function show(items) {
      close();
      told.textContent = items.length ? items.length + ' kết quả' : 'Không thấy';
      if (!items.length) return;
      items.forEach(function (t, i) {
        var e = set(d.createElement('li'), { role: 'option', id: list.id + i, 'aria-selected': 'false' });
        [t.text, t.hint].forEach(function (s) { e.appendChild(d.createElement('span')).textContent = s; });
        list.appendChild(e);
      });
      found = items; list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
    }
    function look() {
      var q = input.value.trim();
      if (!q || /^(\/|#|[a-z]+:)/.test(q)) { close(); return; }
      request = ask('GET', input.getAttribute('data-find') + '?q=' + encodeURIComponent(q), null, function (r) { var a = read(r); show(r.status === 200 && a && a.items || []); }, close, true);
    }
    function take(i) {
      var item = found[i], basis = d.getElementById('f-basis'), also = input.closest('.tool-panel').querySelector('[data-also]');
      close(); shut();
      input.value = '';
      link(item.text, item.url);
      if (!item.ref || !basis || !also || !also.checked || basis.value.split('\n').indexOf(item.ref) >= 0) return;
      basis.value = basis.value.replace(/\s*$/, '') + (basis.value.trim() ? '\n' : '') + item.ref;
      basis.dispatchEvent(new Event('input', { bubbles: true }));
    }
    set(list, { role: 'listbox', id: input.id + '-goi-y', 'aria-label': 'Kết quả', 'class': 'suggest' }).hidden = true;
    set(told, { role: 'status', 'class': 'vh' });
    set(input, { role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id });
    input.parentNode.appendChild(list); input.parentNode.appendChild(told);
    input.addEventListener('input', function () { clearTimeout(wait); choose(-1); wait = setTimeout(look, 200); });
    input.addEventListener('blur', close);
    input.addEventListener('keydown', function (e) {
      var n = found.length, down = e.key === 'ArrowDown';
      if (e.isComposing || e.altKey || e.ctrlKey || e.metaKey) return;
      if (down && !n) look();
      else if (!n) return;
      else if (down || e.key === 'ArrowUp') { choose(down ? (at + 1) % n : (at < 1 ? n : at) - 1); e.preventDefault(); }
      else if (e.key === 'Escape') { close(); e.preventDefault(); e.stopPropagation(); }
      else if (e.key === 'Enter' && at >= 0) { e.preventDefault(); e.stopPropagation(); take(at); }
    });
    list.addEventListener('mousedown', function (e) { e.preventDefault(); });
    list.addEventListener('click', function (e) { var i = all('[role=option]', list).indexOf(e.target.closest('[role=option]')); if (i >= 0) take(i); });
  });

  /* A fault of the text is shown at its line. */
  d.addEventListener('click', function (e) {
    var a = e.target.closest('a[data-line]'), list, n, from;
    if (!a || !+a.getAttribute('data-line')) return;
    e.preventDefault();
    list = area.value.split('\n'); n = Math.min(+a.getAttribute('data-line'), list.length) - 1;
    from = list.slice(0, n).join('\n').length + (n ? 1 : 0);
    area.focus(); area.setSelectionRange(from, from + list[n].length);
    area.scrollTop = Math.max(0, area.scrollHeight * n / list.length - area.clientHeight / 3);
    area.scrollIntoView({ block: 'nearest' });
  });

  reasonKept();
  kept();
});
