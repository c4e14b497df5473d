// The tab for the clock of this machine, which a page cannot know: it asks no one, and says so.
let correction = 0; // milliseconds to add to this clock

const clockNow = () => Date.now() + correction;

// What the last log says about the clock of the host that wrote it.
function ofLog() {
  const answer = answered && JSON.parse(answered.json), offset = answer?.offset_if_utc_s ?? answer?.offset_s;
  if (!offset || offset.least === null || offset.most === null || answer.cause !== 'local-clock') return null;
  return offset;
}

function use(offset) {
  correction = (offset.least + offset.most) * 500;
  $('uncertainty').value = Math.round((offset.most - offset.least) * 500) / 1000;
  readToken();
}

function corrected(offset, text, condition) {
  const say_ = (name, ...values) => h('p', {}, sentence(say(name, ...values)));
  return h('div', { class: `card ${offset.least <= 0 && offset.most >= 0 ? 'cleared' : 'found'}` }, h('p', { class: 'state' }, say('this_clock', text)),
    say_(condition),
    say_('then', utc(Date.now() + offset.least * 1000), utc(Date.now() + offset.most * 1000)),
    h('p', {}, h('button', { type: 'button', click: () => { use(offset); announce(say('used')); } }, say('use'))));
}

function buildClock() {
  const text = $('date')?.value ?? '', result = h('div', { id: 'clock-answer', 'aria-live': 'polite' });
  const compare = async () => {
    await ready;
    const now = Date.now(), answer = ask({ clock: { date: $('date').value, local_ms: [now - 60000, now], language } });
    result.replaceChildren(answer.offset_s ? corrected(answer.offset_s, answer.text, 'if_received') : h('div', { class: 'card open' }, h('p', {}, answer.text)));
  };
  const fromLog = () => {
    const offset = ofLog();
    result.replaceChildren(offset ? corrected(offset, answered.view.clocks?.caption ?? '', 'if_wrote') : h('div', { class: 'card open' }, h('p', {}, say('no_log'))));
  };
  $('clock').replaceChildren(h('p', {}, say('clock_unknown')), h('p', { class: 'mono', id: 'reading' }, utc(Math.floor(Date.now() / 1000) * 1000)),
    h('p', {}, say('clock_never')), h('h2', { class: 'sub' }, say('clock_log')), h('p', {}, h('button', { type: 'button', id: 'same', click: fromLog }, say('same'))),
    h('h2', { class: 'sub' }, say('clock_date')), h('form', { submit: (event) => { event.preventDefault(); compare(); } },
      h('label', { class: 'field' }, h('span', {}, sentence(say('date'))), h('input', { id: 'date', autocomplete: 'off', spellcheck: 'false', dir: 'ltr', placeholder: 'Date: Tue, 09 Jan 2024 14:37:10 GMT' })),
      h('p', {}, h('button', { class: 'main' }, say('compare')))), result);
  $('date').value = text;
}
