/* Runs in <head> before the first paint: text size, ground and what only scripts show are settled there, so cached pages do not jump. */
(function (r) {
  r.className += ' js';
  try {
    var s = localStorage.getItem('co'), t = localStorage.getItem('nen');
    if (s === 'l' || s === 'xl') r.setAttribute('data-size', s);
    if (s === 'm') r.removeAttribute('data-size');
    if (t === 'light' || t === 'dark') r.setAttribute('data-theme', t);
    if (t === 'auto') r.removeAttribute('data-theme');
    if (localStorage.getItem('doc-tiep')) r.className += ' has-continue';
  } catch (e) { /* private mode */ }
}(document.documentElement));
