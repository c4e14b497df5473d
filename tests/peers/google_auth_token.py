"""A service account requests a token: `google_auth_token.py TOKEN_URL KEY.pem`.

Logs as an operator would have it: UTC stamps, and what http.client sends and reads.
"""

import http.client
import logging
import sys
import time

from google.auth.transport.requests import Request
from google.oauth2 import service_account

http.client.HTTPConnection.debuglevel = 1
logging.Formatter.converter = time.gmtime
logging.basicConfig(
    format="%(asctime)s %(levelname)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%SZ", level=logging.INFO
)

token_url, key = sys.argv[1:]
with open(key, encoding="ascii") as pem:
    account = {
        "client_email": "joe@example.com",
        "private_key": pem.read(),
        "token_uri": token_url,
    }
credentials = service_account.Credentials.from_service_account_info(
    account, scopes=["read"], subject="ann@example.com"
)
logging.info("asking for a token")
try:
    credentials.refresh(Request())
except Exception:
    logging.exception("no token")
    sys.exit(1)
print("token:", credentials.token)
