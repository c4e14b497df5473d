// Puts the page together: `node host/page/build.mjs CORE.wasm TARGET.html`. All code is in one script,
// also that of the worker and the core, so that the hash in the policy holds for all of it.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';

const [wasm, target] = process.argv.slice(2);
const here = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
// JSON is JavaScript; `<` is escaped, since `</script>` and `<!--` would end the script.
const quoted = (text) => JSON.stringify(text).replaceAll('<', '\\u003c');
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const core = deflateRawSync(readFileSync(wasm), { level: 9 }).toString('base64');
const constants = Object.entries({ CORE: core, WORKER: here('worker.js'), EXAMPLE: here('../../fixtures/logs/ka-10565.log') });
const parts = ['words.js', 'app.js', 'log.js', 'token.js', 'clock.js'].map(here);
const script = `'use strict';\n(() => {\n${constants.map(([name, text]) => `const ${name} = ${quoted(text)};\n`).join('')}${parts.join('\n')}start();\n})();\n`;
const style = here('page.css');
const version = /^version = "(.*)"/m.exec(here('../../Cargo.toml'))[1];
if (/<\/script|<!--/i.test(script)) throw new Error('the script would end early');

// The worker is made from a blob of this script, and `script-src` names no blob; it inherits this policy.
const policy = `default-src 'none'; script-src ${hash(script)} 'wasm-unsafe-eval'; worker-src blob:; style-src ${hash(style)}; connect-src 'none'; img-src data:; form-action 'none'; base-uri 'none'`;
const values = { POLICY: policy, STYLE: style, VERSION: version, SCRIPT: script };
writeFileSync(target, here('page.html').replace(/@([A-Z]+)@/g, (_, name) => values[name]));
