"""Verifiers for Python in tests/tests/real/dialects.rs: `peer.py LIBRARY SECRET-FILE`, with a stopped clock.

Reads a token from each line, and answers each by one line: `A` if the library accepts it, else `R` and the
error. Every library has its default settings, and checks its claims the way its documentation shows first.
"""

import json
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")
SECRET = pathlib.Path(sys.argv[2]).read_bytes()


def pyjwt():
    import jwt

    return lambda token: jwt.decode(token, SECRET, algorithms=["HS256"])


def python_jose():
    from jose import jwt

    return lambda token: jwt.decode(token, SECRET.decode(), algorithms=["HS256"])


def authlib():
    from authlib.jose import jwt

    return lambda token: jwt.decode(token, SECRET).validate()


def joserfc():
    from joserfc import jwk, jwt

    key = jwk.OctKey.import_key(SECRET)

    def verify(token):
        # The registry reads the clock when it is made.
        jwt.JWTClaimsRegistry().validate(jwt.decode(token, key, algorithms=["HS256"]).claims)

    return verify


def joserfc_decode():
    from joserfc import jwk, jwt

    key = jwk.OctKey.import_key(SECRET)
    return lambda token: jwt.decode(token, key, algorithms=["HS256"])


def jwcrypto():
    from jwcrypto import jwk, jwt
    from jwcrypto.common import base64url_encode

    key = jwk.JWK(kty="oct", k=base64url_encode(SECRET))
    return lambda token: jwt.JWT(jwt=token, key=key, algs=["HS256"], expected_type="JWS")


def main():
    """Answers line by line."""
    verify = globals()[sys.argv[1].replace("-", "_")]()
    for line in sys.stdin:
        try:
            verify(line.strip())
            print("A")
        except Exception as error:  # pylint: disable=broad-exception-caught
            print(f"R {type(error).__name__}: {json.dumps(str(error))}")


if __name__ == "__main__":
    main()
