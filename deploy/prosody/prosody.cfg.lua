-- Prosody 0.12 for Homeward: devices sign in here, and so does the xmpp-connector with an account of its own, as an
-- administrator, because it opens the devices' accounts (XEP-0133). Settings come from the environment (XMPP_...).

local domain = ENV_XMPP_DOMAIN or "xmpp.example.net"
local connector = (ENV_XMPP_CONNECTOR or "homeward") .. "@" .. domain

data_path = ENV_XMPP_DATA or "/var/lib/prosody"
c2s_ports = { tonumber(ENV_XMPP_PORT or "5222") }
c2s_interfaces = ENV_XMPP_INTERFACE and { ENV_XMPP_INTERFACE } or { "*", "::" }

-- No password and no connection request in the clear. The certificate names the domain.
c2s_require_encryption = true
ssl = {
	key = ENV_XMPP_KEY or "/etc/prosody/certs/xmpp.key";
	certificate = ENV_XMPP_CERTIFICATE or "/etc/prosody/certs/xmpp.crt";
}

-- Passwords are kept hashed. Nobody registers by himself: mod_register is not here.
authentication = "internal_hashed"
admins = { connector }

modules_enabled = {
	"saslauth";
	"tls";
	"disco";
	"ping";
	"roster"; -- for presences
	"admin_adhoc"; -- accounts are opened by it
	"limits";
}
-- Devices of one domain need no other server. Take "s2s" away from this list for devices that sign in elsewhere.
modules_disabled = { "s2s", "s2s_auth_certs", "offline" }

-- A device says little; the connector speaks with all of them. With Debian's own 10 kB/s it would get some thirty
-- requests a second through.
limits = { c2s = { rate = ENV_XMPP_DEVICE_RATE or "10kb/s", burst = "20s" } }
unlimited_jids = { connector }

-- A device whose line is dead keeps its place until TCP notices: let that be minutes rather than hours.
tcp_keepalives = true
c2s_timeout = 60
network_settings = { read_timeout = 150 }

log = { info = ENV_XMPP_LOG or "/var/log/prosody/prosody.log" }

VirtualHost (domain)
