// Verifiers for JavaScript in tests/tests/real/dialects.rs: `peer.mjs LIBRARY SECRET-FILE`, with a stopped
// clock. Reads a token from each line, and answers each by `A`, or by `R` and the error.

import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { jwtVerify } from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { createVerifier } from 'fast-jwt'

const [, , library, file] = process.argv
const secret = readFileSync(file)

const LIBRARIES = {
  jose: (token) => jwtVerify(token, secret),
  jsonwebtoken: (token) => jsonwebtoken.verify(token, secret),
  'fast-jwt': (token) => createVerifier({ key: secret })(token),
}

const verify = LIBRARIES[library]
for await (const token of createInterface({ input: process.stdin })) {
  try {
    await verify(token)
    console.log('A')
  } catch (error) {
    console.log(`R ${JSON.stringify(String(error))}`)
  }
}
