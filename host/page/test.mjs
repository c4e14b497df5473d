// Uses the page as people do, in Chromium and in Firefox: `node --test host/page/test.mjs`, after
// `.ci/run page` has built it. PAGE_CASES names further folders of logs.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const root = new URL('../../', import.meta.url).pathname;
const require = createRequire(join(root, 'tests/peers/package.json'));
const puppeteer = require('puppeteer-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const file = join(root, 'target/page/jwtick.html');
const html = readFileSync(file);
const program = process.env.JWTICK ?? join(root, 'target/debug/jwtick');
const folders = [join(root, 'fixtures/cases'), ...(process.env.PAGE_CASES ?? '').split(':').filter(Boolean)];
const scratch = mkdtempSync(join(tmpdir(), 'jwtick-page-'));
const run = promisify(execFile);

const BROWSERS = {
  chromium: { browser: 'chrome', executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] },
  firefox: { browser: 'firefox', executablePath: '/usr/bin/firefox-esr' },
};

// Serves the page, and notes every request.
const asked = [];
const server = createServer((request, response) => {
  asked.push(request.url);
  response.setHeader('content-type', 'text/html; charset=utf-8').end(request.url === '/' ? html : '');
});
let origin;
before(async () => {
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${server.address().port}/`;
});
after(() => { server.close(); rmSync(scratch, { recursive: true }); });

// Each folder of cases has a list of them.
const logsIn = (folder) => new Set(readFileSync(join(folder, 'manifest.ndjson'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line).file));
const made = (name, content) => { writeFileSync(join(scratch, name), content); return join(scratch, name); };
const finished = '#answer:not([hidden]) .card';
const seen = (page, selector) => page.$eval(selector, (at) => at.innerText);

const SECRET = 'a secret of at least thirty-two bytes';
const encoded = (it) => Buffer.from(it).toString('base64url');
function token(alg, claims, signed) {
  const input = `${encoded(JSON.stringify({ alg }))}.${encoded(JSON.stringify(claims))}`;
  return `${input}.${encoded(signed(Buffer.from(input)))}`;
}
async function certified(name, key) {
  const path = made(`${name}.pem`, key.export({ type: 'pkcs8', format: 'pem' }));
  return (await run('openssl', ['req', '-x509', '-new', '-key', path, '-subj', '/CN=test', '-days', '2'])).stdout;
}
const enter = (page, selector, text) => page.$eval(selector, (field, value) => { field.value = value; field.dispatchEvent(new Event('input')); }, text);

async function diagnose(page, path) {
  await page.evaluate(() => document.querySelector('#answer').replaceChildren());
  await (await page.$('#file')).uploadFile(path);
  await page.waitForSelector(finished);
}
const json = (page) => page.$$eval('#answer details.more textarea', (all) => all[all.length - 1].value);

for (const [name, options] of Object.entries(BROWSERS)) {
  describe(name, { timeout: 600_000 }, () => {
    let browser, page, errors;
    before(async () => { browser = await puppeteer.launch(options); });
    after(() => browser?.close());
    const open = async (url) => {
      await page?.close();
      page = await browser.newPage();
      page.setDefaultTimeout(60_000);
      errors = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(url);
      await page.waitForSelector('[data-ready]');
      await page.select('#language', 'en');
    };

    test('asks for nothing but itself', async () => {
      asked.length = 0;
      await open(origin);
      await page.click('#example');
      await page.waitForSelector(finished);
      assert.match(await seen(page, '#answer h2'), /208,154 s .* behind/);
      for (const tab of ['token', 'clock', 'log']) await page.click(`#tab-${tab}`);
      assert.deepEqual(asked, ['/']);
      assert.deepEqual(errors, []);
    });

    test('blocks every way to the network', async () => {
      await open(origin);
      asked.length = 0;
      const tried = await page.evaluate(async () => {
        const blocked = [];
        document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
        const add = (tag, properties) => document.body.append(Object.assign(document.createElement(tag), properties));
        const failed = await fetch('/a').then(() => false, () => true);
        navigator.sendBeacon('/b', 'x');
        try { new WebSocket(`ws://${location.host}/c`); } catch { blocked.push('thrown'); }
        try { new EventSource('/d'); } catch { blocked.push('thrown'); }
        add('img', { src: '/e' });
        add('script', { src: '/f' });
        add('link', { rel: 'stylesheet', href: '/g' });
        add('iframe', { src: '/h' });
        add('script', { textContent: 'window.ran = 1' });
        document.body.insertAdjacentHTML('beforeend', '<img src="data:x" onerror="window.ran = 2"><style>body{color:red}</style>');
        const form = Object.assign(document.createElement('form'), { action: '/i', method: 'post' });
        document.body.append(form);
        try { form.submit(); } catch { blocked.push('thrown'); } // Firefox throws
        await new Promise((later) => setTimeout(later, 1000));
        return { blocked, failed, ran: window.ran };
      });
      assert.deepEqual(asked, []);
      assert.equal(tried.failed, true);
      assert.equal(tried.ran, undefined);
      for (const directive of ['connect-src', 'img-src', 'script-src-elem', 'style-src-elem', 'form-action']) {
        assert.ok(tried.blocked.includes(directive), `${directive} is not among ${tried.blocked}`);
      }
    });

    test('a worker is blocked, too', async () => {
      await open(origin);
      asked.length = 0;
      const tried = await page.evaluate((target) => new Promise((told) => {
        const code = `const tried = [];
          const say = () => postMessage(tried);
          try { importScripts('${target}j'); tried.push('imported'); } catch { tried.push('blocked'); }
          fetch('${target}k').then(() => tried.push('fetched'), () => tried.push('blocked')).then(say);`;
        const worker = new Worker(URL.createObjectURL(new Blob([code])));
        worker.onmessage = (event) => told(event.data);
        worker.onerror = () => told(['blocked', 'blocked']);
      }), origin);
      assert.deepEqual(tried, ['blocked', 'blocked']);
      const foreign = await page.evaluate((target) => new Promise((told) => {
        try {
          const worker = new Worker(`${target}l`);
          worker.onerror = () => told('blocked');
          worker.onmessage = () => told('started');
        } catch { told('blocked'); }
      }), origin);
      assert.equal(foreign, 'blocked');
      assert.deepEqual(asked, []);
    });

    test('answers as the program does', { timeout: 600_000 }, async (t) => {
      await open(`file://${file}`);
      let compared = 0;
      for (const folder of folders) {
        for (const log of logsIn(folder)) {
          await diagnose(page, join(folder, log));
          for (const language of ['en', 'de', 'ko']) {
            const { stdout } = await run(program, ['diagnose', '--json', '--lang', language, log], { cwd: folder }).catch((it) => it);
            await page.select('#language', language);
            await page.waitForFunction((expected) => [...document.querySelectorAll('#answer details.more textarea')].at(-1)?.value === expected, { timeout: 5_000 }, stdout)
              .catch(async () => assert.equal(await json(page), stdout, `${log}, ${language}`));
            compared += 1;
          }
          await page.select('#language', 'en');
        }
      }
      assert.ok(compared > 0);
      assert.deepEqual(errors, []);
      t.diagnostic(`${compared} answers are those of the program`);
    });

    test('the zone is that of --tz', async () => {
      await open(`file://${file}`);
      const log = 'fixtures/logs/ka-10565.log';
      for (const zone of ['UTC', '+09:00', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']) {
        await page.select('#zone', zone);
        await diagnose(page, join(root, log));
        const { stdout } = await run(program, ['diagnose', '--json', '--lang', 'en', '--tz', zone, 'ka-10565.log'], { cwd: join(root, 'fixtures/logs') }).catch((it) => it);
        assert.equal(await json(page), stdout, zone);
      }
    });

    test('a hostile log stays text', async () => {
      await open(`file://${file}`);
      const markup = '<img src=x onerror="window.ran=1"><script>window.ran=2</script><b>';
      const lines = [`2024-01-09T14:00:00Z POST /token ${markup}`, '2024-01-09T14:00:00Z < HTTP/1.1 400 Bad Request',
        '2024-01-09T14:00:00Z < date: Tue, 09 Jan 2024 14:37:10 GMT', `2024-01-09T14:00:00Z < {"error":"invalid_grant","error_description":"JWT has expired ${markup} \u202egnp.exe"}`];
      await diagnose(page, made('<b>evil.log', lines.join('\n')));
      const answer = await seen(page, '#answer');
      assert.ok(answer.includes('<img src=x'), answer);
      assert.ok(answer.includes('\\u{202e}gnp.exe') && !answer.includes('\u202e'), answer);
      assert.equal(await page.$$eval('#answer img, #answer script, #answer b', (all) => all.length), 0);
      assert.equal(await page.evaluate(() => window.ran), undefined);
      // A line of 50 MB.
      await diagnose(page, made('long.log', Buffer.concat([Buffer.from(lines.join('\n') + '\n'), Buffer.alloc(50e6, 'x'), Buffer.from('JWT has expired\n')])));
      assert.ok((await seen(page, '#answer')).length < 20_000);
      assert.deepEqual(errors, []);
    });

    test('shows no secret and no signature', async () => {
      await open(`file://${file}`);
      const signature = 'c2lnbmF0dXJlLXRoYXQtbm9ib2R5LXNlZXM';
      const log = `2024-01-09T14:00:00Z POST /token assertion=eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.${signature}&client_secret=hunter2hunter2\n2024-01-09T14:00:00Z 400 JWT has expired: eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.${signature}\n`;
      await diagnose(page, made('secret.log', log));
      const all = await page.$eval('#answer', (at) => at.innerText + [...at.querySelectorAll('textarea')].map((it) => it.value).join());
      assert.ok(!all.includes(signature) && !all.includes('hunter2'), all);
    });

    test('reads gzip, large files, and stops on request', async () => {
      await open(`file://${file}`);
      const example = readFileSync(join(root, 'fixtures/logs/ka-10565.log'));
      await diagnose(page, made('rotated.1', gzipSync(example)));
      assert.match(await seen(page, '#answer h2'), /208,154 s/);
      const filler = Buffer.from('2017-02-28 18:00:00 INFO nothing happened here at all, as usual, in this long line\n'.repeat(1_000_000));
      const large = made('large.log', Buffer.concat([filler, example]));
      await diagnose(page, large);
      assert.match(await seen(page, '#answer h2'), /208,154 s/);
      // The button is pressed as soon as it is there, before the end of the file can be reached.
      await page.evaluate(() => new MutationObserver(() => { if (!document.querySelector('#work').hidden) document.querySelector('#cancel').click(); })
        .observe(document.querySelector('#work'), { attributes: true }));
      await (await page.$('#file')).uploadFile(large);
      await page.waitForFunction(() => document.querySelector('#status').textContent === 'Cancelled.');
      assert.equal(await page.$eval('#answer', (at) => at.hidden), true);
    });

    test('a cut file is answered in part, and says so', async () => {
      await open(`file://${file}`);
      const packed = gzipSync(readFileSync(join(root, 'fixtures/logs/ka-10565.log')), { level: 0 });
      await diagnose(page, made('cut.gz', packed.subarray(0, packed.length - 40)));
      assert.match(await seen(page, '#answer'), /only in part/);
      assert.notEqual(JSON.parse(await json(page)).incomplete, null);
    });

    test('forgets what was entered when it is left', async () => {
      await open(`file://${file}`);
      await page.click('#example');
      await page.waitForSelector(finished);
      await page.click('#tab-token');
      await page.click('#token-example');
      await page.waitForSelector('#verdict');
      await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
      const left = await page.evaluate(() => [...document.querySelectorAll('textarea')].map((it) => it.value).join('') + document.querySelector('#answer').textContent + document.querySelector('#token-answer').textContent);
      assert.equal(left, '');
    });

    test('jwtick page serves it', async () => {
      const served = spawn(program, ['page', file], { stdio: ['ignore', 'pipe', 'inherit'] });
      try {
        const [line] = await once(served.stdout, 'data');
        await open(String(line).trim());
        await page.click('#example');
        await page.waitForSelector(finished);
        assert.deepEqual(errors, []);
        await page.close();
        page = null;
      } finally {
        served.kill();
      }
      assert.deepEqual(await once(served, 'exit'), [0, null]);
    });

    test('a token is judged where now is dragged to', async () => {
      await open(`file://${file}`);
      await page.click('#tab-token');
      const hour = Math.floor(Date.now() / 3_600_000) * 3600;
      await enter(page, '#token-text', `Authorization: Bearer ${token('HS256', { iat: hour, nbf: hour, exp: hour + 300, updated_at: 1700000000000 }, (it) => createHmac('sha256', SECRET).update(it).digest())}`);
      await page.waitForSelector('#verdict');
      const at = async (seconds, uncertainty) => {
        await enter(page, '#uncertainty', String(uncertainty));
        await page.$eval('#now', (slider, ms) => { slider.value = ms; slider.dispatchEvent(new Event('input')); }, (hour + seconds) * 1000);
        return seen(page, '#verdict');
      };
      const rows = [[299, 0, /^Accepted/], [300, 0, /^Rejected/], [299, 5, /^Undecided/], [-1, 0, /^Rejected/], [2, 1, /^Accepted/]];
      for (const [seconds, uncertainty, verdict] of rows) assert.match(await at(seconds, uncertainty), verdict, `${seconds} s, ±${uncertainty} s`);
      await enter(page, '#leeway', '10');
      assert.match(await at(305, 0), /^Accepted/);
      await page.focus('#now');
      for (let i = 0; i < 100; i += 1) await page.keyboard.press('ArrowRight');
      assert.match(await seen(page, '#verdict'), /^Rejected/);
      assert.match(await seen(page, '#claims'), /2023-11-14 22:13:20 UTC/);
      await enter(page, '#token-text', token('HS256', { exp: hour * 1000 }, () => Buffer.alloc(32)));
      await page.waitForFunction(() => /exp looks like milliseconds/.test(document.querySelector('#judged')?.textContent));
      await page.$eval('#token-second', (at) => { at.closest('details').open = true; });
      await enter(page, '#token-second', token('HS256', { exp: hour * 1000, sub: 'b' }, () => Buffer.alloc(32)));
      await page.waitForFunction(() => document.querySelectorAll('#claims thead th').length === 2);
      assert.match(await seen(page, '#claims'), /sub\s*differs/);
      assert.deepEqual(errors, []);
    });

    test('verifies with every form of key', async () => {
      await open(`file://${file}`);
      await page.click('#tab-token');
      await page.$eval('#key', (at) => { at.closest('details').open = true; });
      const claims = { exp: 4_000_000_000 };
      const keys = { RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }), ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }), ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }), EdDSA: generateKeyPairSync('ed25519') };
      const hashes = { RS256: 'sha256', ES256: 'sha256', ES384: 'sha384', EdDSA: null };
      const checked = async (text, key, expected, what) => {
        await enter(page, '#token-text', text);
        await enter(page, '#key', key);
        await page.waitForFunction((wanted) => new RegExp(wanted).test(document.querySelector('#signature')?.textContent), { timeout: 5_000 }, expected)
          .catch(async () => assert.match(await seen(page, '#signature'), new RegExp(expected), what));
      };
      const secret = token('HS256', claims, (it) => createHmac('sha256', SECRET).update(it).digest());
      await checked(secret, SECRET, 'matches the key', 'secret');
      await checked(secret, 'another secret of more than thirty-two bytes', 'does not match', 'another secret');
      for (const [alg, { privateKey, publicKey }] of Object.entries(keys)) {
        const signed = token(alg, claims, (it) => sign(hashes[alg], it, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
        const jwk = publicKey.export({ format: 'jwk' });
        await checked(signed, publicKey.export({ type: 'spki', format: 'pem' }), 'matches the key', `${alg}, PEM`);
        await checked(signed, 'x', 'bytes|key', `${alg}, no key`);
        await checked(signed, JSON.stringify(jwk), 'matches the key', `${alg}, JWK`);
        await checked(signed, JSON.stringify({ keys: [jwk] }), 'matches the key', `${alg}, JWKS`);
        if (alg === 'RS256') await checked(signed, publicKey.export({ type: 'pkcs1', format: 'pem' }), 'matches the key', 'PKCS #1');
        await checked(signed, privateKey.export({ type: 'pkcs8', format: 'pem' }), 'private key', `${alg}, private`);
        const certificate = await certified(alg, privateKey);
        await checked(signed, certificate, 'matches the key', `${alg}, certificate`);
      }
      assert.deepEqual(errors, []);
    });

    test('says what a Date header tells about this clock', async () => {
      await open(`file://${file}`);
      await page.click('#tab-clock');
      await enter(page, '#date', `Date: ${new Date(Date.now() + 7_200_000).toUTCString()}`);
      await page.click('#clock button.main');
      await page.waitForFunction(() => /behind/.test(document.querySelector('#clock-answer').textContent));
      await page.click('#clock-answer button');
      assert.ok(Number(await page.$eval('#uncertainty', (it) => it.value)) >= 30);
      await page.click('#same');
      await page.waitForFunction(() => /last log/.test(document.querySelector('#clock-answer').textContent));
    });

    test('works with the keyboard alone', async () => {
      await open(`file://${file}`);
      await page.focus('#tab-log');
      for (const [key, tab] of [['ArrowRight', 'token'], ['ArrowRight', 'clock'], ['ArrowRight', 'log'], ['End', 'clock'], ['Home', 'log']]) {
        await page.keyboard.press(key);
        assert.equal(await page.evaluate(() => document.activeElement.id), `tab-${tab}`);
        assert.equal(await page.$eval(`#${tab}`, (at) => at.hidden), false);
      }
      await page.focus('#example');
      await page.keyboard.press('Enter');
      await page.waitForSelector(finished);
      assert.equal(await page.evaluate(() => document.activeElement.id), 'answer');
    });

    test('fits a phone in every language', async () => {
      await open(`file://${file}`);
      await page.setViewport({ width: 360, height: 740 });
      await page.click('#example');
      await page.waitForSelector(finished);
      for (const language of ['en', 'de', 'ko']) {
        await page.select('#language', language);
        await new Promise((later) => setTimeout(later, 200));
        for (const tab of ['log', 'token', 'clock']) {
          await page.click(`#tab-${tab}`);
          const [has, needs] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
          assert.ok(needs <= has, `${tab}, ${language}: ${needs} of ${has} pixels`);
        }
        await page.click('#tab-log');
      }
    });

    test('has no accessibility violations', async () => {
      const modes = [['light', 1200], ['dark', 1200], ['light', 600]]; // 600 is 1200 at 200 %
      for (const [scheme, width] of name === 'chromium' ? modes : [modes[0], modes[2]]) {
        await open(`file://${file}`);
        if (name === 'chromium') await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
        await page.setViewport({ width, height: 900, deviceScaleFactor: 1200 / width });
        await page.click('#example');
        await page.waitForSelector(finished);
        await page.evaluate(`${axe}; undefined`);
        for (const tab of ['log', 'token', 'clock']) {
          await page.click(`#tab-${tab}`);
          if (tab === 'token') await page.click('#token-example');
          if (tab === 'clock') await page.click('#same');
          await page.evaluate(() => document.querySelectorAll('details').forEach((it) => { it.open = true; }));
          const found = await page.evaluate(() => axe.run(document).then((it) => it.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)));
          assert.deepEqual(found, [], `${scheme}, ${width} pixels, ${tab}`);
        }
      }
    });
  });
}
