// The tab for tokens: what they say, and what they allow while now is dragged along their times.
let core = null, token = null, times = null;
const EXAMPLES = ['{"alg":"HS256","typ":"JWT"}', '{"iss":"https://id.example","sub":"alice","aud":"api","iat":@,"nbf":@,"exp":#}'];

// The core in this thread, as in the worker.
const ready = compiled.then(async (module) => { core = (await WebAssembly.instantiate(module, {})).exports; });
function ask(question) {
  const bytes = new TextEncoder().encode(JSON.stringify(question)), to = core.input(bytes.length);
  new Uint8Array(core.memory.buffer, to, bytes.length).set(bytes);
  const length = core.ask(bytes.length), at = core.output();
  return JSON.parse(new TextDecoder().decode(new Uint8Array(core.memory.buffer, at, length)));
}

const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (it) => ({ '+': '-', '/': '_', '=': '' })[it]);
const found = (text) => /eyJ[\w-]*\.[\w-]*\.[\w-]*/.exec(text)?.[0] ?? text.trim();

// PEM becomes a JWK by the browser's own reader of keys; the core then checks it like any JWK.
const sequence = (...parts) => {
  const content = parts.flatMap((part) => [...part]), size = content.length;
  return [0x30, ...(size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]), ...content];
};
function elements(der, at, end) {
  const list = [];
  while (at < end) {
    let from = at + 2, size = der[at + 1];
    if (size & 128) { const more = size & 127; size = 0; for (let i = 0; i < more; i += 1) size = size * 256 + der[from + i]; from += more; }
    list.push({ tag: der[at], at, from, end: from + size });
    at = from + size;
  }
  return list;
}
class Unusable extends Error {}
async function jwkOf(pem) {
  const [, label, text] = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END/.exec(pem) ?? [];
  if (!text || /PRIVATE/.test(label)) throw new Unusable(say(text ? 'private_key' : 'no_key'));
  let der = decoded(text.replace(/\s/g, ''));
  if (label === 'CERTIFICATE') {
    // RFC 5280 §4.1: the public key is the sixth element after the optional version.
    const [certificate] = elements(der, 0, der.length), [body] = elements(der, certificate.from, certificate.end);
    const parts = elements(der, body.from, body.end).filter((it) => it.tag !== 0xa0);
    der = der.slice(parts[5].at, parts[5].end);
  } else if (label === 'RSA PUBLIC KEY') {
    const bits = [0, ...der], size = bits.length;
    der = Uint8Array.from(sequence([0x30, 13, 6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 1, 5, 0], [3, 0x82, size >> 8, size & 255, ...bits]));
  }
  const hex = Array.from(der, (it) => it.toString(16).padStart(2, '0')).join('');
  const kinds = { '06092a864886f70d0101': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, '06082a8648ce3d030107': { name: 'ECDSA', namedCurve: 'P-256' }, '06052b81040022': { name: 'ECDSA', namedCurve: 'P-384' }, '06032b6570': { name: 'Ed25519' } };
  const kind = Object.entries(kinds).find(([id]) => hex.slice(0, 100).includes(id))?.[1];
  if (!kind || !crypto.subtle) throw new Unusable(say('no_key'));
  const jwk = await crypto.subtle.exportKey('jwk', await crypto.subtle.importKey('spki', der, kind, true, ['verify']));
  return JSON.stringify({ kty: jwk.kty, crv: jwk.crv, n: jwk.n, e: jwk.e, x: jwk.x, y: jwk.y });
}
async function keyOf(text) {
  if (!text.trim()) return null;
  if (/-----BEGIN/.test(text)) return { jwk: await jwkOf(text) };
  if (/^\s*\{/.test(text)) return /"keys"\s*:/.test(text) ? { set: text } : { jwk: text };
  const bytes = $('encoded').checked ? decoded(text.trim().replace(/-/g, '+').replace(/_/g, '/')) : new TextEncoder().encode(text);
  return { secret: Array.from(bytes) };
}

const number = (id) => Number($(id).value) || 0;
const bounds = () => {
  const now = times.now, width = number('uncertainty') * 1000;
  return [Math.round(now - width), Math.round(now + width)];
};
const question = (text, key) => ({ token: { token: text, now_ms: bounds(), leeway_s: Math.round(number('leeway')), language, key } });
const utc = (ms) => new Date(ms).toISOString().replace('T', ' ').replace(/\.000Z|Z/, ' UTC');
const local = (secs) => new Date(secs * 1000).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'long' });

// The range of the slider: all times of the token, and now, with room on both sides.
function range(answers) {
  const at = answers.flatMap((it) => it.claims).map((it) => it.at_s).filter((it) => it !== null && it < 1e11).map((it) => it * 1000);
  const now = clockNow(), all = at.length ? at : [now - 60000, now + 60000];
  const [least, most] = [Math.min(...all), Math.max(...all)], room = Math.max((most - least) * 0.25, 60000);
  const near = now > least - 20 * room && now < most + 20 * room;
  times = { least: Math.min(least - room, near ? now - room / 4 : Infinity), most: Math.max(most + room, near ? now + room / 4 : -Infinity), now };
}

function timeline(answer) {
  const place = (ms) => Math.min(100, Math.max(0, (100 * (ms - times.least)) / (times.most - times.least)));
  const at = (name) => { const it = answer.claims.find((claim) => claim.name === name); return it?.at_s == null ? null : it.at_s * 1000; };
  const [from, until] = [at('nbf') ?? at('iat') ?? times.least, at('exp') ?? times.most], [early, late] = bounds();
  const line = (kind, a, b, y = 5) => svg('line', { class: kind, x1: place(a), x2: place(b), y1: y, y2: y });
  const marks = ['iat', 'nbf', 'exp'].filter((name) => at(name) !== null);
  return h('div', { class: 'lanes', 'aria-hidden': 'true' },
    svg('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none' }, line('axis', times.least, times.most), until > from ? line('span', from, until) : null,
      marks.map((name) => svg('line', { class: 'tick', x1: place(at(name)), x2: place(at(name)), y1: 1, y2: 9 })),
      svg('line', { class: 'now', x1: place(early), x2: place(late), y1: 5, y2: 5 })),
    labels(marks.map((name) => [name, place(at(name))])));
}

// Names below their marks; those of one instant share a label.
function labels(marks) {
  const row = h('div', { class: 'labels mono' }), places = [...new Set(marks.map(([, place]) => place))];
  for (const place of places) {
    const label = h('span', {}, marks.filter((it) => it[1] === place).map(([name]) => name).join(', '));
    label.style.left = `${place}%`;
    row.append(label);
  }
  return row;
}

function claims(answers) {
  const names = [...new Set(answers.flatMap((it) => it.claims.map((claim) => claim.name)))];
  const cell = (answer, name) => {
    const claim = answer.claims.find((it) => it.name === name);
    if (!claim) return h('td', {}, '–');
    const details = claim.at_s === null ? [] : [claim.utc, local(claim.at_s), claim.relative].filter(Boolean);
    return h('td', { translate: 'no' }, h('bdi', { class: 'mono' }, claim.value), details.map((it) => h('small', {}, it)));
  };
  const differs = (name) => answers.length > 1 && new Set(answers.map((it) => it.claims.find((claim) => claim.name === name)?.value)).size > 1;
  return h('table', { class: 'claims' }, answers.length > 1 ? h('thead', {}, h('tr', {}, h('td'), h('th', { scope: 'col' }, say('first')), h('th', { scope: 'col' }, say('second')))) : null,
    h('tbody', {}, names.map((name) => h('tr', {}, h('th', { scope: 'row', class: 'mono', translate: 'no' }, name, differs(name) ? h('small', {}, say('differs')) : null), answers.map((it) => cell(it, name))))));
}

const TONE = { accept: 'cleared', undecided: 'open', reject: 'found' };
function verdict(answer) {
  return [h('h2', { class: 'state sub', id: 'verdict' }, say(answer.verdict)),
    h('dl', {}, answer.findings.map((it) => [h('dt', { class: 'mono' }, it.rule), h('dd', {}, it.text)])),
    answer.notes.map((it) => h('p', {}, h('strong', {}, `${say('note')}: `), it)), timeline(answer)];
}

// What depends on now, and nothing else, so that the slider keeps its focus.
function judge() {
  if (!token || !times) return;
  const answers = token.texts.map((text, at) => ask(question(text, at ? null : token.key)));
  const [first] = answers;
  $('now').setAttribute('aria-valuetext', utc(times.now));
  $('now-shown').textContent = `${utc(times.now)}${number('uncertainty') ? ` ±${number('uncertainty')} s` : ''}`;
  $('token-card').className = `card ${TONE[first.verdict]}`;
  $('judged').replaceChildren(...[verdict(first)].flat(Infinity).filter(Boolean));
  $('claims').replaceChildren(claims(answers.filter((it) => !it.fault)));
}

function signature(answer) {
  const state = answer.signature, problem = token.problem;
  const [tone, text] = problem ? ['open', problem] : !state ? ['open', say('unchecked')] : [state.valid ? 'cleared' : state.valid === false ? 'found' : 'open', state.text];
  return h('p', { class: `state ${tone}`, id: 'signature' }, text);
}

async function readToken({ keep = false } = {}) {
  await ready;
  const texts = [found($('token-text').value), found($('token-second').value)].filter(Boolean);
  if (!texts.length) { token = null; $('token-answer').replaceChildren(); return; }
  let key = null, problem = null;
  try { key = await keyOf($('key').value); } catch (error) { problem = error instanceof Unusable ? error.message : say('no_key'); }
  token = { texts, key, problem };
  if (!keep || !times) times = { least: 0, most: 1, now: clockNow() };
  const answers = texts.map((text, at) => ask(question(text, at ? null : key)));
  const faulty = answers.find((it) => it.fault);
  if (faulty) { token = null; $('token-answer').replaceChildren(h('div', { class: 'card found' }, h('p', { class: 'state' }, say('malformed')), h('p', {}, faulty.fault))); return; }
  if (!keep) range(answers);
  const slider = h('input', { type: 'range', id: 'now', min: times.least, max: times.most, step: 'any', 'aria-label': say('now'), input: () => { times.now = Number(slider.value); judge(); },
    // A step of the keyboard is a hundredth of the range; with Shift, a second.
    keydown: (event) => { const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key]; if (!step) return; event.preventDefault(); times.now += step * (event.shiftKey ? 1000 : (times.most - times.least) / 100); slider.value = times.now; judge(); } });
  slider.value = times.now;
  const today = h('button', { type: 'button', click: () => { times.now = clockNow(); slider.value = times.now; judge(); } }, say('by_page_clock'));
  $('token-answer').replaceChildren(h('div', { id: 'token-card' }, h('p', { class: 'hint' }, say('if_authentic')), h('div', { id: 'judged', 'aria-live': 'polite' }),
    h('p', {}, h('label', { for: 'now' }, `${say('now')}: `), h('output', { id: 'now-shown', class: 'mono' }), ' ', today), slider,
    h('h3', {}, say('signature')), signature(answers[0]), h('h3', {}, say('header')), answers.map((it) => h('p', { class: 'mono', translate: 'no' }, it.header)), h('h3', {}, say('claims')), h('div', { id: 'claims' })));
  judge();
}

function buildToken() {
  const field = (name, control) => h('label', { class: 'field' }, h('span', {}, say(name)), control);
  const area = (id, rows) => h('textarea', { id, rows, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', translate: 'no', dir: 'ltr', input: () => readToken() });
  const kept = ['token-text', 'token-second', 'key', 'uncertainty', 'leeway'].map((id) => [id, $(id)?.value]);
  const wasEncoded = $('encoded')?.checked ?? false;
  const amount = (id, value) => h('input', { type: 'number', id, min: 0, step: 'any', value, input: () => judge() });
  $('token').replaceChildren(h('div', { class: 'stack' }, field('token_paste', area('token-text', 5)),
    h('details', { class: 'more' }, h('summary', {}, say('token_second')), field('token_second', area('token-second', 4))),
    h('details', { class: 'more' }, h('summary', {}, say('key')), field('key_paste', area('key', 4)), h('label', { class: 'check' }, h('input', { type: 'checkbox', id: 'encoded', change: () => readToken({ keep: true }) }), ' ', say('encoded')), h('p', { class: 'hint' }, say('key_hint'))),
    h('div', { class: 'row start' }, field('uncertainty', amount('uncertainty', 0)), field('leeway', amount('leeway', 0)),
      h('button', { type: 'button', id: 'token-example', click: () => { const now = Math.floor(clockNow() / 1000); $('token-text').value = `${EXAMPLES.map((it) => base64url(new TextEncoder().encode(it.replaceAll('@', now - 240).replace('#', now + 60)))).join('.')}.${base64url(new Uint8Array(32))}`; readToken(); } }, say('example')))),
  h('div', { id: 'token-answer' }));
  for (const [id, value] of kept) if (value) { $(id).value = value; const more = $(id).closest('details'); if (more) more.open = true; }
  $('encoded').checked = wasEncoded;
  readToken({ keep: true });
}
