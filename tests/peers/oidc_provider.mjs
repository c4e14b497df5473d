// An authorization server: `oidc_provider.mjs PORT ISSUER KEYS.jwks`. Its client `agent` authenticates by
// private_key_jwt with the public keys of the file; its client `app` has a secret, and gets access tokens
// for the API that are JWTs, bound to the key of its DPoP proof. Its proxy provides TLS.

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
  }, {
    client_id: 'app',
    client_secret: 'throw-away-secret-of-jwtick-tests',
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    dpop_bound_access_tokens: true,
  }],
  clientAuthMethods: ['private_key_jwt', 'client_secret_post'],
  scopes: ['orders'],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    dPoP: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({
        scope: 'orders', audience: 'api', accessTokenFormat: 'jwt', accessTokenTTL: 300,
      }),
    },
  },
})
provider.proxy = true
provider.listen(Number(port), '127.0.0.1')
