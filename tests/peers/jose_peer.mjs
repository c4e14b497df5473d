// jose for tests/tests/real/signatures.rs: `jose_peer.mjs sign`, `verify` and
// `claims` read JSON lines and answer each with one.

import { createPrivateKey, createPublicKey, createSecretKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { CompactSign, compactVerify, jwtVerify } from "jose";

const read = (line, name, asymmetric) => {
  const bytes = readFileSync(line[name]);
  return line.alg.startsWith("HS") ? createSecretKey(bytes) : asymmetric(bytes);
};

const answers = {
  async sign(line) {
    const payload = new TextEncoder().encode(line.payload);
    const key = read(line, "pkcs8", createPrivateKey);
    return new CompactSign(payload).setProtectedHeader({ alg: line.alg }).sign(key);
  },
  async verify(line) {
    const key = read(line, "spki", createPublicKey);
    try {
      await compactVerify(line.token, key, { algorithms: [line.alg] });
      return "valid";
    } catch (error) {
      if (error.code?.startsWith("ERR_JWS") || error.code === "ERR_JOSE_GENERIC") return "invalid";
      throw error;
    }
  },
  // The claims of a token that is valid at `now`.
  async claims(line) {
    const key = read(line, "spki", createPublicKey);
    const options = { algorithms: [line.alg], currentDate: new Date(line.now * 1000) };
    return JSON.stringify((await jwtVerify(line.token, key, options)).payload);
  },
};

const answer = answers[process.argv[2]];
for await (const line of createInterface({ input: process.stdin })) {
  console.log(await answer(JSON.parse(line)));
}
