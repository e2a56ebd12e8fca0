"""Which addresses may be connected to: public ones, and what the operator excepts host by host and port by port."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from crawler.errors import ConfigurationError

_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        # IANA IPv4 Special-Purpose Address Registry (RFC 6890 and later), whatever is not globally reachable
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private, RFC 1918
        "100.64.0.0/10",  # shared by carrier-grade NAT, RFC 6598
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, RFC 3927; 169.254.169.254 answers with a cloud machine's credentials
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks, RFC 2544
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)

_PUBLIC_6 = IPv6Network("2000::/3")
"""Global unicast (RFC 4291 section 2.4): everything else is loopback, local, multicast or not assigned."""

_NOT_PUBLIC_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo (RFC 4380), ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise, RFC 7526 retired it
        "3fff::/20",  # documentation, RFC 9637
    )
)

_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: on a network with IPv6 alone every public IPv4 address is reached so, and private ones might be."""
_ISATAP = (0x00005EFE, 0x02005EFE)
"""RFC 5214: the upper half of an interface identifier whose lower half is an IPv4 address."""


def is_public(address: str) -> bool:
    """Whether a textual IP address is one that anybody on the Internet may be reached at."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _is_public_4(ip) if isinstance(ip, IPv4Address) else _is_public_6(ip)


def _is_public_4(ip: IPv4Address) -> bool:
    return not any(ip in network for network in _NOT_PUBLIC_4)


def _is_public_6(ip: IPv6Address) -> bool:
    number = int(ip)
    embedded = IPv4Address(number & 0xFFFFFFFF)
    if ip in _MAPPED or ip in _NAT64:
        return _is_public_4(embedded)
    if ip not in _PUBLIC_6 or any(ip in network for network in _NOT_PUBLIC_6):
        return False
    return (number >> 32) & 0xFFFFFFFF not in _ISATAP or _is_public_4(embedded)


@dataclass(frozen=True, slots=True)
class AddressGuard:
    """Decides on every connection, by the name that was asked for, the address that it resolved to, and the port."""

    exceptions: frozenset[tuple[str, int]] = frozenset()
    """(host, port) that may be connected to whatever the address is."""

    def permits(self, address: str, *, host: str, port: int) -> bool:
        """Whether a host that resolved to an address may be connected to there."""
        return is_public(address) or (ascii_host(host), port) in self.exceptions


def ascii_host(host: str) -> str:
    """A host's name in the form that is compared: lower case, IDNA, without brackets and root dot."""
    name = host.strip("[]").rstrip(".").lower()
    try:
        return name.encode("idna").decode() if not name.isascii() else name
    except UnicodeError:
        return name


def guard_of(setting: str | Iterable[str] | None) -> AddressGuard:
    """The guard with the exceptions of FETCH_ALLOW_PRIVATE: `host:port` entries, as a list or with commas between.

    Raises `ConfigurationError` on an entry that is no host and port: a host alone would open every service on it.
    """
    entries = setting.split(",") if isinstance(setting, str) else setting or ()
    return AddressGuard(frozenset(_exception(entry.strip()) for entry in entries if entry.strip()))


def _exception(entry: str) -> tuple[str, int]:
    host, colon, port = entry.rpartition(":")
    bare_ipv6 = ":" in host and not host.startswith("[")
    if not colon or not host or bare_ipv6 or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ConfigurationError(
            f"FETCH_ALLOW_PRIVATE: {entry!r} is not host:port; write 127.0.0.1:8000, intranet.example:443 or [::1]:8000"
        )
    return ascii_host(host), int(port)
