"""May this address be fetched?

Sources come from chat and from strangers' redirects, so an address is an attack until shown otherwise. Checked are
the text of the address (scheme, user names, odd spellings of numbers) and every network address that its name
resolves to; the connection is then made to those checked addresses and to no other, so a name that answers
differently the second time (DNS rebinding) gains nothing.

Refuses to do: no request is sent here, and nothing private is reachable unless the allow-list names it.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from functools import lru_cache

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.domain import shown
from bot.errors import ConfigError, RefusedAddressError
from watchers.names import SystemNames

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Check = Callable[[str], Awaitable[None]]
"""Raises where an address must not be asked for."""

_SCHEMES = frozenset({"http", "https"})
_GLOBAL_UNICAST_V6 = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_REFUSED_THOUGH_GLOBAL: tuple[Network, ...] = (
    ipaddress.ip_network("168.63.129.16/32"),  # Azure's metadata service has a public address
    ipaddress.ip_network("192.0.0.0/24"),  # protocol assignments; one cloud keeps its metadata there
    ipaddress.ip_network("192.88.99.0/24"),  # relays into 6to4, withdrawn
    ipaddress.ip_network("2001::/23"),  # Teredo and other protocol assignments
    ipaddress.ip_network("3fff::/20"),  # documentation; older Pythons call it global
)
# ISATAP hides an IPv4 address in the lower half: ….0000:5efe:a.b.c.d and ….0200:5efe:a.b.c.d
_ISATAP_MARKS = frozenset({0x00005EFE, 0x02005EFE})
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2000-\u200f\u2028-\u202e\u3000\ufeff]")
# Everything that some resolver reads as a number: 127.1, 0x7f.0.0.1, 017700000001, 2130706433
_NUMERIC_LABEL = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
_DNS_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")


class AddressGuard:
    """Decides which addresses may be fetched.

    Args:
        allow_private: hosts ("feeds.lan"), addresses ("127.0.0.1") or networks ("10.1.0.0/16") that may be
            fetched although they are private.

    Raises:
        ConfigError: an entry of the allow-list is none of these.
    """

    def __init__(self, allow_private: Iterable[str] = ()) -> None:
        hosts: set[str] = set()
        networks: list[Network] = []
        for entry in allow_private:
            text = entry.strip().lower().strip("[]")
            try:
                networks.append(ipaddress.ip_network(text))
            except ValueError:
                if "/" in text or not _is_name(text):
                    raise ConfigError(
                        f"allow_private: {entry!r} is no host, address or network; write e.g. 10.1.0.0/16"
                    ) from None
                hosts.add(text)
        self._hosts = frozenset(hosts)
        self._networks = tuple(networks)

    def check_url(self, url: str) -> URL:
        """Return the parsed address when its text is harmless.

        A name still has to pass `check_address` once it is resolved; a literal address is checked here.

        Raises:
            RefusedAddressError: names the address and what is wrong with it.
        """
        if _FORBIDDEN.search(url):
            raise _refused(url, "it holds blanks, control characters or backslashes")
        try:
            parsed = URL(url)
            scheme, raw, port = parsed.scheme, parsed.raw_host or "", parsed.port
        except ValueError as error:
            raise _refused(url, f"it is malformed ({error})") from None
        if scheme not in _SCHEMES:
            raise _refused(url, "only http and https are fetched")
        if "@" in url.split("//", 1)[-1].split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]:
            raise _refused(url, "user names in addresses are not accepted")
        if not raw or port == 0:
            raise _refused(url, "it names no host or no port")
        self._check_host(url, raw)
        return parsed

    def check_address(self, host: str, address: str) -> None:
        """Return when `address`, which `host` stands for, may be connected to.

        Raises:
            RefusedAddressError: it is not a public unicast address and not on the allow-list.
        """
        if host.lower().rstrip(".") in self._hosts:
            return
        ip = _literal(address)
        if ip is None:
            raise _refused(host, f"{address!r} is no network address")
        if self._listed(ip):
            return
        reason = why_refused(ip)
        if reason:
            raise _refused(host, f"{ip} is {reason}; list it in STANCEWATCH_ALLOW_PRIVATE if it is meant")

    def is_ours(self, host: str) -> bool:
        """Tell whether the allow-list names a host by its name or address: it is then the operator's own."""
        ip = _literal(host.strip("[]"))
        return self._listed(ip) if ip is not None else host.lower().rstrip(".") in self._hosts

    def _listed(self, ip: IPAddress) -> bool:
        return any(ip in network for network in self._networks)

    def _check_host(self, url: str, host: str) -> None:
        if _literal(host) is not None:
            self.check_address(host, host)
            return
        name = host.lower().rstrip(".")
        if not _is_name(name):
            raise _refused(url, f"{host!r} is no plain host name")


class GuardedResolver(AbstractResolver):
    """Resolves names for the connector and gives it checked addresses only.

    Args:
        guard: decides.
        inner: resolves; the system's resolver by default.
    """

    def __init__(self, guard: AddressGuard, inner: AbstractResolver | None = None) -> None:
        self._guard = guard
        self._inner = inner or SystemNames()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return those addresses of `host` that may be connected to.

        Raises:
            RefusedAddressError: there are addresses, and all are refused.
            OSError: the name does not resolve.
        """
        allowed: list[ResolveResult] = []
        refusal: RefusedAddressError | None = None
        for result in await self._inner.resolve(host, port, family):
            try:
                self._guard.check_address(host, result["host"])
            except RefusedAddressError as error:
                refusal = error
            else:
                allowed.append(result)
        if refusal and not allowed:
            raise refusal
        return allowed

    async def close(self) -> None:
        """Let go of the inner resolver."""
        await self._inner.close()


def why_refused(ip: IPAddress) -> str:
    """Return why an address must not be connected to, "" when it is an ordinary public one."""
    inner = _embedded(ip)
    if inner is not None:
        reason = why_refused(inner)
        return f"a cover for {inner}, {reason}" if reason else ""
    verdicts = (
        (ip.is_multicast, "a multicast address"),
        (ip.is_unspecified, "the unspecified address"),
        (ip.is_loopback, "a loopback address"),
        (ip.is_link_local, "a link-local address"),
        (ip.version == 6 and ip not in _GLOBAL_UNICAST_V6, "a private or reserved address"),
        (not ip.is_global or ip.is_reserved, "a private or reserved address"),
        (any(ip in network for network in _REFUSED_THOUGH_GLOBAL), "reserved for infrastructure"),
    )
    return next((reason for holds, reason in verdicts if holds), "")


@lru_cache(maxsize=4096)
def _literal(text: str) -> IPAddress | None:
    """Return the address that a text spells; None when it spells none. Each poll asks it of its host, thrice."""
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _embedded(ip: IPAddress) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address carries inside, if it is of such a kind."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    low = int(ip) & 0xFFFFFFFF
    if ip in _NAT64:
        return ipaddress.IPv4Address(low)
    if ip in _SIX_TO_FOUR:
        return ip.sixtofour
    if (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP_MARKS:
        return ipaddress.IPv4Address(low)
    return None


def _is_name(host: str) -> bool:
    """Whether a host is a DNS name that nobody can take for a number."""
    return bool(
        len(host) <= 253 and _DNS_NAME.fullmatch(host) and not _NUMERIC_LABEL.fullmatch(host.rsplit(".", 1)[-1])
    )


def _refused(what: str, why: str) -> RefusedAddressError:
    return RefusedAddressError(f"{shown(what)[:200]!r} is not fetched: {why}")
