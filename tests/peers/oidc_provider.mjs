// An authorization server for one client that authenticates by private_key_jwt:
// `oidc_provider.mjs PORT ISSUER KEYS.jwks`, with the client's public keys. Its proxy provides TLS.

import { readFile } from 'node:fs/promises'
import Provider from 'oidc-provider'

const [port, issuer, file] = process.argv.slice(2)
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'agent',
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    jwks: JSON.parse(await readFile(file)),
  }],
  clientAuthMethods: ['private_key_jwt'],
  features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
})
provider.proxy = true
provider.listen(Number(port), '127.0.0.1')
