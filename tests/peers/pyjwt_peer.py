"""PyJWT for tests/tests/real/signatures.rs: makes keys, signs and verifies, with one line of output per line of input.

`pyjwt_peer.py keys FOLDER COUNT` writes keys in the forms that key files have, in turns.
`pyjwt_peer.py sign`, `verify` and `claims` read JSON lines and answer each by one.
"""

import datetime
import json
import multiprocessing
import pathlib
import secrets
import sys

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, PublicFormat
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

KINDS = {
    "rsa": (lambda: rsa.generate_private_key(65537, 2048), RSAAlgorithm),
    "p256": (lambda: ec.generate_private_key(ec.SECP256R1()), ECAlgorithm),
    "p384": (lambda: ec.generate_private_key(ec.SECP384R1()), ECAlgorithm),
    "ed25519": (ed25519.Ed25519PrivateKey.generate, OKPAlgorithm),
}


def certificate(key):
    """A certificate that the key signs for itself."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "peer.example.com")])
    day = datetime.datetime(2026, 1, 1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(day).not_valid_after(day + datetime.timedelta(days=1))
    signs_by_itself = isinstance(key, ed25519.Ed25519PrivateKey)
    return builder.sign(key, None if signs_by_itself else hashes.SHA256())


def write_key(task):
    """One key: private, public, and the public one as a JWK."""
    folder, kind, number = task
    make, algorithm = KINDS[kind]
    key = make()
    public = key.public_key()
    old = number % 2 == 1 and kind != "ed25519"
    form = PrivateFormat.TraditionalOpenSSL if old else PrivateFormat.PKCS8
    encoding = Encoding.DER if number % 4 > 1 else Encoding.PEM
    private = key.private_bytes(encoding, form, serialization.NoEncryption())
    if number % 3 == 2:
        shown = certificate(key).public_bytes(encoding)
    elif number % 3 == 1 and kind == "rsa":
        shown = public.public_bytes(encoding, PublicFormat.PKCS1)
    else:
        shown = public.public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)
    spki = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    pkcs8 = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, serialization.NoEncryption())
    files = {
        "private": private,
        "public": shown,
        "pkcs8": pkcs8,
        "spki": spki,
        "jwk": algorithm.to_jwk(public).encode(),
    }
    for name, content in files.items():
        (folder / f"{kind}-{number}.{name}").write_bytes(content)


def write_keys(folder, count):
    """`count` keys of each kind, and as many secrets."""
    tasks = [(folder, kind, number) for kind in KINDS for number in range(count)]
    with multiprocessing.Pool() as pool:
        pool.map(write_key, tasks, chunksize=5)
    for number in range(count):
        (folder / f"secret-{number}.pkcs8").write_bytes(secrets.token_bytes(64))


def sign(line):
    """The compact form."""
    key = pathlib.Path(line["pkcs8"]).read_bytes()
    if not line["alg"].startswith("HS"):
        # Testing the primes again takes twenty times as long as a signature.
        load = serialization.load_pem_private_key
        key = load(key, password=None, unsafe_skip_rsa_key_validation=True)
    return jwt.api_jws.encode(line["payload"].encode(), key, algorithm=line["alg"])


def verify(line):
    """Whether the signature is that of the key."""
    key = pathlib.Path(line["spki"]).read_bytes()
    try:
        jwt.api_jws.decode(line["token"], key, algorithms=[line["alg"]])
        return "valid"
    except jwt.exceptions.InvalidTokenError:
        return "invalid"


def claims(line):
    """The claims of a valid token; it is judged by the other library, which can be told the time."""
    key = pathlib.Path(line["spki"]).read_bytes()
    timeless = {"verify_exp": False, "verify_nbf": False, "verify_iat": False}
    return json.dumps(jwt.decode(line["token"], key, algorithms=[line["alg"]], options=timeless))


def main():
    """Answers line by line."""
    if sys.argv[1] == "keys":
        write_keys(pathlib.Path(sys.argv[2]), int(sys.argv[3]))
        return
    answer = {"sign": sign, "verify": verify, "claims": claims}[sys.argv[1]]
    for line in sys.stdin:
        print(answer(json.loads(line)))


if __name__ == "__main__":
    main()
