"""The reactor's name resolver with the address guard in it: connections go to the very addresses that were checked."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.fetching.guard import AddressGuard, ascii_host

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twisted.internet.interfaces import IAddress

KEPT = 1000
"""Refusals that wait to be asked for."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """Passes on those of another resolver's addresses that the guard permits.

    Twisted's `HostnameEndpoint` connects to what it is handed here and looks nothing up afterwards, so that there is no
    moment between check and use in which the name could change its address.
    """

    def __init__(self, resolver: Any, guard: AddressGuard) -> None:
        self.inner = resolver
        self.guard = guard
        self._refused: OrderedDict[tuple[str, int], str] = OrderedDict()

    def resolveHostName(  # noqa: N802 - Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """See `IHostnameResolver`."""
        checked = _Checked(resolutionReceiver, self, hostName, portNumber)
        return self.inner.resolveHostName(checked, hostName, portNumber, addressTypes, transportSemantics)

    def refuse(self, host: str, port: int, address: str) -> None:
        """Remember which address of a host was refused."""
        self._refused[(ascii_host(host), port)] = address
        if len(self._refused) > KEPT:
            self._refused.popitem(last=False)

    def refused(self, host: str, port: int) -> str | None:
        """The address that was refused when a host was last resolved, once; None where none was."""
        return self._refused.pop((ascii_host(host), port), None)


@implementer(IResolutionReceiver)
class _Checked:
    """Stands between the resolver and whoever wants the addresses."""

    def __init__(self, receiver: Any, resolver: GuardedResolver, host: str, port: int) -> None:
        self._receiver = receiver
        self._resolver = resolver
        self._host = host
        self._port = port
        self._permitted = False
        self._refused = ""

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self._resolver.guard.permits(address.host, host=self._host, port=self._port):
            self._permitted = True
            self._receiver.addressResolved(address)
        else:
            self._refused = address.host

    def resolutionComplete(self) -> None:  # noqa: N802
        # Where one of a name's addresses is public, a failure to connect has another reason than the refused one.
        if self._refused and not self._permitted:
            self._resolver.refuse(self._host, self._port, self._refused)
        self._receiver.resolutionComplete()
