// The frame of the page: language, tabs, and elements. Text becomes text nodes only, never markup.
let language = ['en', 'de', 'ko'].find((code) => navigator.language.startsWith(code)) ?? 'en';
const say = (name, ...values) => WORDS[language][name].replace(/\{(\d)\}/g, (_, at) => values[at]);
const $ = (id) => document.getElementById(id);
const NAMESPACE = { svg: 'http://www.w3.org/2000/svg', html: 'http://www.w3.org/1999/xhtml' };

function element(space, tag, attributes, children) {
  const made = document.createElementNS(NAMESPACE[space], tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}
const h = (tag, attributes = {}, ...children) => element('html', tag, attributes, children);
const svg = (tag, attributes = {}, ...children) => element('svg', tag, attributes, children);

function announce(text) { $('status').textContent = text; }

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h('textarea', { class: 'unseen' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  announce(say('copied'));
}
const copyButton = (text) => h('button', { type: 'button', class: 'copy', title: text, click: () => copy(text) }, say('copy'));

// A sentence whose parts in backticks are code; commands get a button.
function sentence(text, { buttons = false } = {}) {
  return text.split('`').map((part, at) => {
    if (at % 2 === 0) return part;
    const code = h('code', { translate: 'no', dir: 'ltr' }, part);
    return buttons && /\s/.test(part) ? [code, copyButton(part)] : code;
  }).flat();
}

// A text to copy that can be read first.
function shown(title, text, hint) {
  const area = h('textarea', { readonly: true, rows: 12, spellcheck: 'false', translate: 'no', dir: 'ltr', 'aria-label': title });
  area.value = text;
  const button = h('button', { type: 'button', click: () => copy(text) }, say('copy'));
  return h('details', { class: 'more' }, h('summary', {}, sentence(title)), hint && h('p', { class: 'hint' }, hint), area, button);
}

const TABS = ['log', 'token', 'clock'];
function choose(name) {
  for (const tab of TABS) {
    const button = $(`tab-${tab}`), on = tab === name;
    button.setAttribute('aria-selected', on);
    button.tabIndex = on ? 0 : -1;
    $(tab).hidden = !on;
  }
}

const spoken = []; // called when the language changes
function speak(code) {
  language = code;
  document.documentElement.lang = code;
  $('language').value = code;
  for (const at of document.querySelectorAll('[data-say]')) at.textContent = say(at.dataset.say);
  for (const at of document.querySelectorAll('[data-label]')) at.setAttribute('aria-label', say(at.dataset.label));
  $('how').replaceChildren(...WORDS[code].how.map((line) => h('li', {}, sentence(line))));
  for (const listener of spoken) listener();
}

function startFrame() {
  for (const tab of TABS) $(`tab-${tab}`).addEventListener('click', () => choose(tab));
  document.querySelector('[role=tablist]').addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = TABS.findIndex((tab) => !$(tab).hidden);
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? TABS.length - 1 : step && (at + step + TABS.length) % TABS.length;
    if (to === undefined) return;
    event.preventDefault();
    choose(TABS[to]);
    $(`tab-${TABS[to]}`).focus();
  });
  $('language').addEventListener('change', () => speak($('language').value));
  // What was entered, and the answers to it, do not come back from the history of the browser.
  addEventListener('pagehide', forget);
  choose('log');
}

// The core in this thread, for answers that must come at once.
const decoded = (text) => Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
// It is unpacked after the page was drawn.
const unpack = () => new Response(new Blob([decoded(CORE)]).stream().pipeThrough(new DecompressionStream('deflate-raw')))
  .arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
const compiled = new Promise((later) => { requestAnimationFrame(() => setTimeout(later)); }).then(unpack);

function forget() {
  stop();
  [source, answered, quoted, token] = [null, null, [], null];
  for (const field of document.querySelectorAll('textarea,input:not([type=range])')) field.value = '';
  for (const id of ['answer', 'token-answer', 'clock-answer']) $(id).replaceChildren();
}

// Called at the end of the script, when all parts of it are there.
function start() {
  startFrame();
  startLog();
  spoken.push(buildToken, buildClock);
  speak(language);
  setInterval(() => { if (!$('clock').hidden) $('reading').textContent = utc(Math.floor(Date.now() / 1000) * 1000); }, 1000);
  document.documentElement.dataset.ready = '';
}
