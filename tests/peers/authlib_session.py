"""A session that fetches its own token: `authlib_session.py TOKEN_URL RECEIVER_URL KEY.pem`."""

import sys

from authlib.integrations.requests_client import AssertionSession

token_url, receiver_url, key = sys.argv[1:]
with open(key, encoding="ascii") as pem:
    session = AssertionSession(
        token_endpoint=token_url,
        issuer="joe",
        subject="ann",
        audience=token_url,
        grant_type=AssertionSession.JWT_BEARER_GRANT_TYPE,
        header={"alg": "RS256"},
        key=pem.read(),
    )
answer = session.post(receiver_url)
print(answer.status_code)
