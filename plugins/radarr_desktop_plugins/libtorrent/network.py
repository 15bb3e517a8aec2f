"""The settings in libtorrent's words."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

import libtorrent as lt

if TYPE_CHECKING:
    from radarr_desktop_plugins.libtorrent import LibtorrentSettings

ALERTS = (
    lt.alert.category_t.error_notification
    | lt.alert.category_t.status_notification
    | lt.alert.category_t.storage_notification
)
_POLICIES = {
    "preferred": lt.enc_policy.pe_enabled,
    "required": lt.enc_policy.pe_forced,
    "off": lt.enc_policy.pe_disabled,
}
_BOOTSTRAP = "dht.libtorrent.org:25401,router.bittorrent.com:6881,dht.transmissionbt.com:6881"


def network(settings: LibtorrentSettings) -> Any:
    """The session's settings; with a loopback address nothing leaves this computer."""
    local = _is_loopback(settings.interface)
    policy = _POLICIES[settings.encryption]
    return {
        "listen_interfaces": _listen(settings.interface, settings.port),
        "outgoing_interfaces": settings.interface,
        "enable_dht": settings.dht and not local,
        "dht_bootstrap_nodes": "" if local else _BOOTSTRAP,
        "enable_lsd": settings.lsd and not local,
        "enable_upnp": not local,
        "enable_natpmp": not local,
        "enable_outgoing_utp": not local,
        "enable_incoming_utp": not local,
        "utp_connect_timeout": 900,  # ms; the end waits for it, and the interpreter with it
        "allow_multiple_connections_per_ip": local,  # every peer there has the same address
        "in_enc_policy": policy,
        "out_enc_policy": policy,
        "min_reconnect_time": 1 if local else 10,  # 60 s by default: too long for somebody who just resumed
        "optimistic_disk_retry": 60,
        "alert_mask": ALERTS,
        "stop_tracker_timeout": 0,  # the end does not wait for trackers
    }


def everybody() -> Any:
    """That limits hold for every peer: libtorrent spares those of the own network otherwise."""
    peers = lt.ip_filter()
    for net in map(ipaddress.ip_network, ("0.0.0.0/0", "::/0")):
        peers.add_rule(str(net[0]), str(net[-1]), 1 << lt.session.global_peer_class_id)
    return peers


def _listen(interface: str, port: int) -> str:
    if not interface:
        return f"0.0.0.0:{port},[::]:{port}"
    return f"[{interface}]:{port}" if interface.count(":") > 1 else f"{interface}:{port}"


def _is_loopback(interface: str) -> bool:
    try:
        return ipaddress.ip_address(interface).is_loopback
    except ValueError:
        return interface == "lo"
