"""TLS: a certificate that nobody vouches for is refused, unless the publication's own table accepts it."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.crawling import Crawls
from tests.site import Site


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Site]:
    """A publication that is served with a certificate signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + datetime.timedelta(1)
    )
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    signed = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    encoding, private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    pem = tmp_path / "site.pem"
    pem.write_bytes(signed.public_bytes(encoding) + key.private_bytes(encoding, private, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    site = Site(4)
    site._server.socket = context.wrap_socket(site._server.socket, server_side=True)
    site._server.handle_error = lambda *_: None  # a client that hangs up in the handshake is what the test wants
    with site:
        yield site


def crawl(site: Site, folder: Path, table: str) -> list[dict[str, object]]:
    port = site.host.rpartition(":")[2]
    sites = folder / "publications.toml"
    sites.write_text(f'[secure]\nurl = "https://localhost:{port}/"\n{table}', encoding="utf-8")
    run = Crawls(folder, f"localhost:{port}").run(f"sites={sites}", RETRY_TIMES="0", FRONTIER_PATIENCE="1")
    return run.lines


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Site, tmp_path: Path) -> None:
    assert crawl(secure, tmp_path, "") == []
    assert secure.hits() == []


def test_a_publication_may_be_excepted(secure: Site, tmp_path: Path) -> None:
    crawl(secure, tmp_path, "verify_tls = false\n")
    assert secure.hits("/")
