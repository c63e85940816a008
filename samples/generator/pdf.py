"""PDF files made byte by byte: one behind a password, one without a page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_FILE_ID = bytes(range(16))
_CONTENT = b"BT /F1 24 Tf 72 720 Td (Table) Tj ET"


def pdf_without_pages() -> bytes:
    """A valid PDF whose page tree is empty."""
    return _assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"], b"")


def encrypted_pdf(password: str) -> bytes:
    """A PDF of one page that opens with `password` only (standard handler, revision 2, RC4 of 40 bits).

    Source: PDF Reference 1.7, section 3.5, algorithms 3.1 to 3.4.
    """
    padded = (password.encode("latin-1") + _PADDING)[:32]
    permissions = -4
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    seed = padded + owner + permissions.to_bytes(4, "little", signed=True) + _FILE_ID
    key = hashlib.md5(seed).digest()[:5]
    user = _rc4(key, _PADDING)
    content = _rc4(hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2)).digest()[:10], _CONTENT)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>"
        % (owner.hex().encode(), user.hex().encode(), permissions),
    ]
    file_id = _FILE_ID.hex().encode()
    return _assembled(objects, b" /Encrypt 5 0 R /ID [<%s> <%s>]" % (file_id, file_id))


def _assembled(objects: Sequence[bytes], trailer: bytes) -> bytes:
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n"
    return body + table + end % (len(objects) + 1, trailer, len(body))


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    result = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        result.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(result)
