// Reads one log in a thread of its own: bytes go into the core block by block, whatever the size.
'use strict';
const NEWLINE = 10, LONGEST = 600, AROUND = 2, encoder = new TextEncoder(), decoder = new TextDecoder();
let core, log;

// Its memory may move when it grows, so views are made after each call.
function give(bytes) {
  const at = core.input(bytes.length);
  new Uint8Array(core.memory.buffer, at, bytes.length).set(bytes);
}

function ask(question) {
  const bytes = encoder.encode(JSON.stringify(question));
  give(bytes);
  const length = core.ask(bytes.length), at = core.output();
  return JSON.parse(decoder.decode(new Uint8Array(core.memory.buffer, at, length)));
}

function feed(block) {
  give(block);
  core.feed(block.length);
}

// Compression is recognised by the first bytes: a rotated log may have any name.
async function opened(blob, count) {
  const [a, b, c, d] = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
  const counted = new TransformStream({ transform(chunk, out) { count(chunk.length); out.enqueue(chunk); } });
  const stream = blob.stream().pipeThrough(counted);
  if (a === 0x1f && b === 0x8b) return stream.pipeThrough(new DecompressionStream('gzip'));
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) {
    try { return stream.pipeThrough(new DecompressionStream('zstd')); } catch { throw new Error('zstd'); }
  }
  return stream;
}

// Passes each block to `take` until that returns false. What was read before damage is kept.
async function read(blob, count, take) {
  let taken = false;
  const reader = (await opened(blob, count)).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return null;
      taken ||= value.length > 0;
      if (take(value) === false) { await reader.cancel(); return null; }
    }
  } catch (error) {
    if (!taken) throw error;
    return String(error.message || error);
  }
}

// The numbered lines and those around them, each cut to a length that can be shown.
async function around(blob, numbers) {
  const wanted = new Set(numbers.flatMap((n) => Array.from({ length: 2 * AROUND + 1 }, (_, i) => n - AROUND + i)));
  const last = Math.max(...numbers) + AROUND, lines = [];
  let number = 1, parts = [], length = 0;
  const keep = (piece) => {
    if (!wanted.has(number) || length >= LONGEST) return;
    const part = piece.slice(0, LONGEST - length);
    parts.push(part);
    length += part.length;
  };
  const end = () => {
    if (wanted.has(number)) {
      const bytes = new Uint8Array(length);
      let at = 0;
      for (const part of parts) { bytes.set(part, at); at += part.length; }
      lines.push({ number, text: decoder.decode(bytes).replace(/\r$/, '') + (length >= LONGEST ? ' …' : '') });
    }
    parts = [];
    length = 0;
    number += 1;
  };
  await read(blob, () => {}, (block) => {
    let from = 0;
    for (let at; (at = block.indexOf(NEWLINE, from)) >= 0 && number <= last; from = at + 1) {
      keep(block.subarray(from, at));
      end();
    }
    keep(block.subarray(from));
    return number <= last;
  });
  if (length) end();
  const shown = ask({ show: lines.map((line) => line.text) });
  return lines.map((line, at) => ({ number: line.number, text: shown[at] }));
}

async function diagnose({ blob, zone, wording }) {
  let bytes = 0, told = 0;
  ask({ start: { zone } });
  const count = (length) => {
    bytes += length;
    if (bytes - told >= 1 << 22) { told = bytes; postMessage({ progress: bytes }); }
  };
  const part = await read(blob, count, feed);
  const answer = ask({ finish: { ...wording, incomplete: part } });
  log = blob;
  postMessage({ answer, part });
  const numbers = answer.view.evidence.map((it) => it.line);
  if (numbers.length) postMessage({ lines: await around(blob, numbers) });
}

onmessage = async ({ data }) => {
  try {
    core ??= (await WebAssembly.instantiate(data.module, {})).exports;
    if (data.blob) await diagnose(data);
    else if (log) postMessage({ answer: ask({ describe: data.wording }) });
  } catch (error) {
    postMessage({ error: String(error && error.message || error) });
  }
};
