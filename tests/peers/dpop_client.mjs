// A client with DPoP whose clock is wrong: `dpop_client.mjs URL COUNT SKEW`, with the offset of its clock in
// seconds. Prints the thumbprint of its key, reads an access token, and prints what it gets for each request:
// the status, after how many attempts.

import { createInterface } from 'node:readline/promises'
import * as oauth from 'oauth4webapi'

const [url, count, skew] = process.argv.slice(2)
const client = { client_id: 'app', [oauth.clockSkew]: Number(skew) }
const options = {
  // Loopback has no TLS.
  [oauth.allowInsecureRequests]: true,
  DPoP: oauth.DPoP(client, await oauth.generateKeyPair('ES256')),
}
console.log(await options.DPoP.calculateThumbprint())
const input = createInterface({ input: process.stdin })
const token = (await input[Symbol.asyncIterator]().next()).value
input.close()

async function attempt() {
  try {
    const answer = await oauth.protectedResourceRequest(
      token, 'GET', new URL(url), new Headers(), null, options,
    )
    return answer.status
  } catch (error) {
    if (oauth.isDPoPNonceError(error)) return 'nonce'
    if (error.cause) return JSON.stringify(error.cause)
    throw error
  }
}

for (let nth = 0; nth < Number(count); nth++) {
  let [status, attempts] = [await attempt(), 1]
  if (status === 'nonce') [status, attempts] = [await attempt(), 2]
  console.log(status, attempts)
}
