import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ConfigurationError
from crawler.fetching.guard import ascii_host, guard_of, is_public

REFUSED = """
0.0.0.0 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
64:ff9b::127.0.0.1 64:ff9b::a00:1 64:ff9b:1::808:808 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1
2001:10::1 2002:7f00:1:: 2002:808:808::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
2606:4700::5efe:127.0.0.1 2606:4700::200:5efe:10.0.0.1 localhost 0177.0.0.1 2130706433 0x7f.1 127.1
""".split()  # noqa: SIM905 - a table of addresses


@pytest.mark.parametrize("address", REFUSED)
def test_no_address_that_is_not_public_is_connected_to(address):
    assert not guard_of(None).permits(address, host="evil.example", port=80)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_public_addresses_are_connected_to(address):
    assert guard_of(None).permits(address, host="example.org", port=443)


def test_an_exception_holds_for_one_host_and_one_port():
    guard = guard_of("127.0.0.1:8000, Intranet.Example:443, [::1]:80")
    assert guard.permits("127.0.0.1", host="127.0.0.1", port=8000)
    assert guard.permits("10.0.0.5", host="intranet.example.", port=443)
    assert guard.permits("::1", host="::1", port=80)
    assert not guard.permits("127.0.0.1", host="127.0.0.1", port=8001)
    assert not guard.permits("127.0.0.1", host="localhost", port=8000)
    assert not guard.permits("127.0.0.1", host="evil.example", port=8000)
    assert not guard.permits("10.0.0.5", host="intranet.example", port=80)


def test_exceptions_may_be_a_list_and_names_are_compared_as_they_are_resolved():
    assert guard_of(["bücher.example:80"]).permits("10.0.0.1", host="xn--bcher-kva.example", port=80)
    assert ascii_host("[FE80::1]") == "fe80::1"


@pytest.mark.parametrize(
    "entry", ["127.0.0.1", "host:", ":80", "host:0", "host:99999", "::1:80", "host:http", "*:80 x"]
)
def test_an_exception_without_host_and_port_is_a_mistake_that_is_named(entry):
    if entry == "*:80 x":
        entry = "host:80x"
    with pytest.raises(ConfigurationError, match="FETCH_ALLOW_PRIVATE"):
        guard_of(entry)


@given(st.ip_addresses())
def test_whatever_python_calls_private_is_refused(address):
    if address.is_private or address.is_multicast or address.is_reserved or address.is_loopback:
        special = str(address).startswith(("64:ff9b::", "::ffff:"))
        assert special or not is_public(str(address))
