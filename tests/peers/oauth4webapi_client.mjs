// A client that authenticates by private_key_jwt: `oauth4webapi_client.mjs ISSUER KEY.pem`.

import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import * as oauth from 'oauth4webapi'

const [issuer, file] = process.argv.slice(2)
// Loopback has no TLS.
const options = { [oauth.allowInsecureRequests]: true }

const pkcs8 = createPrivateKey(await readFile(file)).export({ type: 'pkcs8', format: 'der' })
const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])

const url = new URL(issuer)
const discovered = await oauth.discoveryRequest(url, { algorithm: 'oauth2', ...options })
const server = await oauth.processDiscoveryResponse(url, discovered)
const client = { client_id: 'joe' }
const answer = await oauth.clientCredentialsGrantRequest(
  server, client, oauth.PrivateKeyJwt(key), new URLSearchParams(), options,
)
const granted = await oauth.processClientCredentialsResponse(server, client, answer)
console.log(granted.token_type, granted.expires_in)
