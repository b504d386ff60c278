"""Writes the files beside it, from the comments that describe the formats and
from nothing else: the tests then open them, so neither the formats nor the code
can drift unnoticed. Needs Python's cryptography, 44 or newer."""
import hashlib
import hmac
import json
import struct
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HERE = Path(__file__).parent
DOMAIN = b"veridesk seal 1"
VAULT_KEY = bytes(range(32))
FILE_KEY = bytes(range(32, 64))
KEYCHAIN_SECRET = bytes(range(64, 96))
CODE = bytes(range(96, 128))
PASSPHRASE = "na\u00efve \ufb01sh \u2460"  # as it is typed: composed, a ligature, a circled one
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def sized(*parts):
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def hkdf(key, info, salt=None):
    return HKDF(SHA256(), 32, salt, info).derive(key)


def subkey(use, purpose=b"", generation=0):
    return hkdf(VAULT_KEY, sized(DOMAIN, use, purpose) + struct.pack(">I", generation))


def value():
    key, key_id = subkey(b"box", b"records", 7), subkey(b"box id", b"records", 7)[:4]
    nonce, plain = bytes(range(12)), b"a record"
    place = b"\x01" + struct.pack(">I", 3) + sized(b"sessions", b"\x00\x00\x00\x2a")
    return key_id, b"\x01" + key_id + nonce + AESGCM(key).encrypt(nonce, plain, place)


def stream():
    plain = bytes(i % 251 for i in range(65536 + 100))
    salt = bytes(range(16))
    aead = AESGCM(hkdf(FILE_KEY, sized(DOMAIN, b"stream"), salt))
    first = aead.encrypt(bytes(12), plain[:65536], None)
    last = aead.encrypt(bytes(10) + b"\x01\x01", plain[65536:], None)
    return b"\x01" + salt + first + last


def slot(vault_id, kind, params, salt, material):
    head = struct.pack(">BIIB", kind, *params) + salt
    key = hkdf(material, sized(DOMAIN, b"key slot") + bytes([kind]), salt)
    nonce = bytes([kind]) * 12
    return head + nonce + AESGCM(key).encrypt(nonce, VAULT_KEY, sized(DOMAIN, vault_id) + head)


def key_file():
    vault_id, params = b"V" * 16, (3, 64 << 10, 4)
    stretched = Argon2id(salt=b"S" * 16, length=32, iterations=3, lanes=4, memory_cost=64 << 10)
    main = slot(vault_id, 1, params, b"S" * 16, KEYCHAIN_SECRET + stretched.derive("na\u00efve fish 1".encode()))
    recovery = slot(vault_id, 5, (0, 0, 0), b"R" * 16, CODE)
    body = vault_id + struct.pack(">QB", 9, 2) + main + recovery
    file = b"veridkey" + struct.pack(">HI", 1, len(body) + 32) + body
    file += hmac.digest(subkey(b"key file"), file, "sha256")
    return file + hashlib.sha256(file).digest()


def recovery_code():
    check = hashlib.sha256(sized(DOMAIN, b"recovery code", CODE)).digest()[:3]
    number = int.from_bytes(CODE + check, "big")
    plain = "".join(ALPHABET[number >> 5 * i & 31] for i in reversed(range(56)))
    return "-".join(plain[i:i + 4] for i in range(0, 56, 4))


key_id, sealed = value()
(HERE / "stream.bin").write_bytes(stream())
(HERE / "keys.bin").write_bytes(key_file())
(HERE / "vectors.json").write_text(json.dumps({
    "boxKey": subkey(b"box", b"records", 7).hex(),
    "keyID": key_id.hex(),
    "sealed": sealed.hex(),
    "blind": hmac.digest(subkey(b"blind index"), sized(b"personal number", b"01001000001"), "sha256")[:16].hex(),
    "passphrase": PASSPHRASE,
    "keychainEntry": "vault " + (b"V" * 16).hex() + " slot " + (b"S" * 16).hex(),
    "keychainSecret": KEYCHAIN_SECRET.hex(),
    "recoveryCode": recovery_code(),
}, indent=2) + "\n")
