// A client with DPoP whose clock is wrong: `dpop_client.mjs URL COUNT SKEW [ISSUER]`, with the offset of its
// clock in seconds. Prints the thumbprint of its key, gets an access token from the issuer or else reads one,
// and prints what it gets for each request: the status, after how many attempts.

import { createInterface } from 'node:readline/promises'
import * as oauth from 'oauth4webapi'

const [url, count, skew, issuer] = process.argv.slice(2)
const client = { client_id: 'app', [oauth.clockSkew]: Number(skew) }
const options = {
  // Loopback has no TLS.
  [oauth.allowInsecureRequests]: true,
  DPoP: oauth.DPoP(client, await oauth.generateKeyPair('ES256')),
}
console.log(await options.DPoP.calculateThumbprint())

async function granted() {
  const address = new URL(issuer)
  const found = await oauth.discoveryRequest(address, options)
  const server = await oauth.processDiscoveryResponse(address, found)
  const secret = oauth.ClientSecretPost('throw-away-secret-of-jwtick-tests')
  const parameters = new URLSearchParams({ resource: 'https://api.example', scope: 'orders' })
  const answer = await oauth.clientCredentialsGrantRequest(server, client, secret, parameters, options)
  return (await oauth.processClientCredentialsResponse(server, client, answer)).access_token
}

async function read() {
  const input = createInterface({ input: process.stdin })
  const line = (await input[Symbol.asyncIterator]().next()).value
  input.close()
  return line
}

const token = await (issuer ? granted() : read())

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
