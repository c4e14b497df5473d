// The tab for logs: a text or a file goes to a worker, and its answer is shown.
let worker = null, source = null, name = '', answered = null, quoted = [], part = null;

const megabytes = (bytes) => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

// The changes of a zone since 1970: the civil time in seconds from which each offset holds. A repeated
// hour keeps the earlier offset, and a skipped hour the offset before it. Some zones interrupted summer
// time for a month, so steps of ten days miss no change.
function changes(zone) {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  const offset = (secs) => {
    const part = Object.fromEntries(format.formatToParts(secs * 1000).map((it) => [it.type, it.value]));
    return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) / 1000 - secs;
  };
  const end = 2145916800, step = 864000, found = [[0, offset(0)]];
  for (let at = 0, before = offset(0); at < end; at += step) {
    const after = offset(at + step);
    if (after !== before) {
      let [low, high] = [at, at + step];
      while (high - low > 1) { const middle = Math.floor((low + high) / 2); if (offset(middle) === before) low = middle; else high = middle; }
      found.push([high + Math.max(before, after), after]);
    }
    before = after;
  }
  return found;
}

function zoneChosen() {
  const value = $('zone').value, fixed = /^([+-])(\d\d):(\d\d)$/.exec(value);
  if (!value) return null;
  if (value === 'UTC') return { fixed: 0 };
  if (fixed) return { fixed: (fixed[1] === '-' ? -1 : 1) * (fixed[2] * 3600 + fixed[3] * 60) };
  return { changes: changes(value) };
}

function fillZones() {
  const chosen = $('zone').value, here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const option = (value, text = value) => h('option', { value }, text);
  const offsets = Array.from({ length: 27 }, (_, at) => `${at < 12 ? '-' : '+'}${String(Math.abs(at - 12)).padStart(2, '0')}:00`);
  const names = Intl.supportedValuesOf?.('timeZone').filter((it) => it !== 'UTC') ?? [];
  $('zone').replaceChildren(option('', say('unknown')), option('UTC'), here && here !== 'UTC' ? option(here, say('here', here)) : '',
    h('optgroup', { label: say('offsets') }, offsets.map((it) => option(it))), h('optgroup', { label: say('names') }, names.map((it) => option(it))));
  $('zone').value = chosen;
}

const wording = () => ({ input: name, language, tz: $('zone').value || null, incomplete: part });

function stop() {
  worker?.terminate();
  worker = null;
  $('work').hidden = true;
}

function fail(message) {
  stop();
  $('answer').hidden = false;
  $('answer').replaceChildren(h('div', { class: 'card open' }, h('p', {}, message)));
}

async function diagnose(blob, called) {
  stop();
  [source, name, answered, quoted, part] = [blob, called, null, [], null];
  $('answer').hidden = true;
  $('work').hidden = false;
  const bar = document.querySelector('progress');
  bar.removeAttribute('value');
  $('amount').textContent = '';
  const script = URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' }));
  const own = worker = new Worker(script);
  URL.revokeObjectURL(script);
  own.onerror = (event) => fail(say('failed', event.message ?? ''));
  own.onmessage = ({ data }) => {
    if (own !== worker) return;
    if (data.progress !== undefined) {
      bar.value = data.progress / blob.size;
      $('amount').textContent = say('amount', megabytes(data.progress), megabytes(blob.size));
    } else if (data.error !== undefined) {
      fail(data.error === 'zstd' ? say('zstd') : say('failed', data.error));
    } else if (data.lines) {
      quoted = data.lines;
      show();
    } else {
      const first = !answered;
      answered = data.answer;
      if (first) part = data.part;
      $('work').hidden = true;
      show();
      if (first) { announce(answered.view.summary.join(' ')); $('answer').focus({ preventScroll: true }); $('answer').scrollIntoView({ block: 'nearest' }); }
    }
  };
  const module = await compiled;
  if (own === worker) own.postMessage({ module, blob, zone: zoneChosen(), wording: wording() });
}

// One lane for each clock: the moment of the picture, and the instants that lines state.
function lanes({ clocks, evidence }) {
  const [local, reference] = clocks.is_local_left ? [clocks.left, clocks.right] : [clocks.right, clocks.left];
  const told = (codes) => evidence.filter((it) => codes.includes(it.code) && it.time_s !== null).map((it) => it.time_s);
  const all = [local.at_s, reference.at_s, ...told(['local-time', 'server-time', 'node-time'])];
  const least = Math.min(...all), length = Math.max(...all) - least || 1, place = (at) => 4 + (92 * (at - least)) / length;
  const lane = (clock, codes) => [
    h('p', {}, h('span', {}, clock.label), h('bdi', { class: 'mono' }, clock.time)),
    svg('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('line', { class: 'axis', x1: 0, x2: 100, y1: 5, y2: 5 }),
      svg('line', { class: 'span', x1: place(local.at_s), x2: place(reference.at_s), y1: 5, y2: 5 }),
      told(codes).map((at) => svg('line', { class: 'tick', x1: place(at), x2: place(at), y1: 1, y2: 9 })),
      svg('path', { class: 'dot', d: `M${place(clock.at_s)} 5h0` }))];
  return h('div', { class: 'lanes', role: 'group' }, lane(local, ['local-time']), lane(reference, ['server-time', 'node-time']), h('p', { class: 'caption' }, clocks.caption));
}

function evidenceText({ evidence, headings }) {
  const lines = quoted.length ? quoted : evidence.map((it) => ({ number: it.line, text: it.text }));
  let before = null;
  const rows = lines.map(({ number, text }) => {
    const counts = evidence.filter((it) => it.line === number);
    const gap = before !== null && number > before + 1 ? h('div', { 'aria-hidden': 'true' }, h('span', {}, '⋮')) : null;
    before = number;
    const labels = counts.map((it) => h('small', {}, `${it.kind} · ${it.by}`));
    return [gap, h('div', {}, h('span', { 'aria-label': `${headings.line} ${number}` }, number), h('bdi', { dir: 'ltr' }, counts.length ? [labels, h('mark', {}, text)] : text))];
  });
  return h('div', { class: 'text mono', tabindex: 0, role: 'region', 'aria-label': say('text'), translate: 'no', dir: 'ltr' }, rows.flat());
}

function show() {
  if (!answered) return;
  const { view, report, json } = answered, { headings } = view;
  const list = (items) => items.map((it) => h('li', {}, sentence(it, { buttons: true })));
  const section = (title, ...content) => [h('h3', {}, title), ...content];
  // The first sentence is the headline; the sentences end with a full stop in every language.
  const [summary, ...more] = view.summary, [headline, ...rest] = summary.split(/(?<=[^\d\s]\.) (?=[\p{Lu}\p{Lo}`])/u);
  const card = h('div', { class: `card ${view.fault}` },
    h('p', { class: 'state' }, say(view.fault)),
    h('h2', {}, sentence(headline)),
    [rest.join(' '), ...more].filter(Boolean).map((it) => h('p', {}, sentence(it))),
    part && h('p', {}, say('part', part)),
    h('p', { class: 'hint' }, `${name === '-' ? say('pasted') : name} · ${say('lines', view.lines.toLocaleString(language))} · ${say('certainty')}: ${view.certainty}`),
    view.clocks && section(headings.clocks, lanes(view)),
    view.remedies.length ? section(headings.remedies, h('ol', {}, list(view.remedies))) : null,
    view.possibilities.length ? section(headings.possibilities, h('ul', {}, list(view.possibilities))) : null,
    view.decider && section(headings.decider, h('p', {}, sentence(view.decider, { buttons: true }))),
    view.proof.length ? section(headings.proof, h('dl', {}, view.proof.map(({ label, text }) => [h('dt', {}, label ?? '–'), h('dd', {}, sentence(text))]))) : null,
    view.evidence.length ? section(headings.evidence, evidenceText(view)) : null,
    shown(say('report'), report, say('report_hint')),
    shown(say('json'), json, null));
  $('answer').hidden = false;
  $('answer').replaceChildren(card);
}

function startLog() {
  const form = $('log-form'), text = $('text');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (text.value.trim()) diagnose(new Blob([text.value]), '-');
    else { announce(say('empty')); text.focus(); }
  });
  text.addEventListener('paste', () => setTimeout(() => form.requestSubmit()));
  $('zone').addEventListener('change', () => { if (source) diagnose(source, name); });
  $('pick').addEventListener('click', () => $('file').click());
  $('file').addEventListener('change', () => { const [file] = $('file').files; if (file) diagnose(file, file.name); $('file').value = ''; });
  $('example').addEventListener('click', () => { text.value = EXAMPLE; form.requestSubmit(); });
  $('cancel').addEventListener('click', () => { stop(); announce(say('cancelled')); });
  const target = document.documentElement;
  target.addEventListener('dragover', (event) => { event.preventDefault(); form.classList.add('over'); });
  target.addEventListener('dragleave', () => form.classList.remove('over'));
  target.addEventListener('drop', (event) => {
    event.preventDefault();
    form.classList.remove('over');
    const [file] = event.dataTransfer.files;
    choose('log');
    if (file) diagnose(file, file.name);
    else { text.value = event.dataTransfer.getData('text/plain'); form.requestSubmit(); }
  });
  spoken.push(() => { fillZones(); if (answered) worker?.postMessage({ wording: wording() }); });
}
