//! Networks, and the address that a request comes from. A forwarded address is trusted only if a configured proxy sent it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::HeaderMap;

/// A network: an address and the number of its leading bits that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    bits: u128,
    prefix: u8,
}

impl Network {
    /// Returns the network that counts as one visitor: an IPv4 address, or the /64 of an IPv6 address, which is the allocation of
    /// one subscriber.
    pub fn visitor(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self::new(v4.to_ipv6_mapped(), 128),
            IpAddr::V6(v6) => Self::new(v6, 64),
        }
    }

    /// Returns the network itself for step 0, and for an IPv6 visitor the /56 around it for step 1 and the /48 for step 2.
    /// Returns None for all other steps.
    pub fn enclosing(self, step: usize) -> Option<Self> {
        match (step, self.prefix) {
            (0, _) => Some(self),
            (1, 64) => Some(Self::new(Ipv6Addr::from_bits(self.bits), 56)),
            (2, 64) => Some(Self::new(Ipv6Addr::from_bits(self.bits), 48)),
            _ => None,
        }
    }

    /// Returns true if the address lies in this network.
    pub fn contains(&self, address: IpAddr) -> bool {
        Self::new(as_v6(address), self.prefix) == *self
    }

    fn new(address: Ipv6Addr, prefix: u8) -> Self {
        let mask = u128::MAX.checked_shl(128_u32.saturating_sub(prefix.into())).unwrap_or(0);
        Self { bits: address.to_bits() & mask, prefix }
    }
}

impl std::str::FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not an address or a network like 10.0.0.0/8");
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let (before, width) = if address.is_ipv4() { (96, 32) } else { (0, 128) };
        let prefix = prefix.map_or(Ok(width), str::parse::<u8>).ok().filter(|prefix| *prefix <= width).ok_or_else(wrong)?;
        Ok(Self::new(as_v6(address), before + prefix))
    }
}

fn as_v6(address: IpAddr) -> Ipv6Addr {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped(),
        IpAddr::V6(v6) => v6,
    }
}

/// Returns the address that a request comes from. If the peer is not a trusted proxy, this is the peer. Otherwise it is the first
/// untrusted hop of `X-Forwarded-For`, read from the right. No other header is read, because a proxy that writes one header
/// passes the others on as the client sent them.
pub fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let lines = headers.get_all("x-forwarded-for").iter().map(|line| String::from_utf8_lossy(line.as_bytes()));
    let hops: Vec<Option<IpAddr>> = lines.flat_map(|line| line.split(',').map(hop).collect::<Vec<_>>()).collect();
    let mut client = peer;
    for hop in hops.into_iter().rev() {
        if !trusted.iter().any(|network| network.contains(client)) {
            break;
        }
        // The hop is not an address. Nobody knows if the proxy or the client wrote it, so the hops before it are not trusted.
        let Some(before) = hop else { break };
        client = before;
    }
    client
}

/// Returns the address of one hop. If the text is no address, returns None. Some proxies write the address with a port, in
/// brackets, in quotes or with the name of an interface.
fn hop(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    if let Some(bracketed) = text.strip_prefix('[') {
        let (address, port) = bracketed.split_once(']')?;
        let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_number);
        return address.split('%').next()?.parse::<Ipv6Addr>().ok().filter(|_| is_port).map(IpAddr::from);
    }
    if let Ok(address) = text.split('%').next()?.parse() {
        return Some(address);
    }
    let (address, port) = text.rsplit_once(':')?;
    address.parse::<Ipv4Addr>().ok().filter(|_| is_number(port)).map(IpAddr::from)
}

fn is_number(text: &str) -> bool {
    text.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| ("x-forwarded-for".parse().unwrap(), line.parse().unwrap())).collect()
    }

    #[test]
    fn a_forged_forwarded_address_is_not_believed() {
        let peer: IpAddr = "203.0.113.9".parse().unwrap();
        let proxies: Vec<Network> = vec!["10.0.0.0/8".parse().unwrap()];
        assert_eq!(client(peer, &forwarded(&["1.2.3.4"]), &[]), peer);
        assert_eq!(client(peer, &forwarded(&["1.2.3.4"]), &proxies), peer);
        let proxy = "10.1.1.1".parse().unwrap();
        assert_eq!(client(proxy, &forwarded(&["1.2.3.4, 203.0.113.9"]), &proxies), peer);
        assert_eq!(client(proxy, &forwarded(&["1.2.3.4", "203.0.113.9, 10.2.2.2"]), &proxies), peer);
        assert_eq!(client(proxy, &forwarded(&["nonsense"]), &proxies), proxy);
    }

    #[test]
    fn a_hop_is_read_however_a_proxy_writes_it() {
        let proxy: IpAddr = "10.1.1.1".parse().unwrap();
        let proxies: Vec<Network> = vec!["10.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()];
        for (line, address) in [
            ("203.0.113.9:5678", "203.0.113.9"),
            (" 203.0.113.9 ", "203.0.113.9"),
            ("\"203.0.113.9:80\"", "203.0.113.9"),
            ("2001:db8::7", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]:443", "2001:db8::7"),
            ("\"[2001:db8::7]:443\"", "2001:db8::7"),
            ("fe80::7%eth0", "fe80::7"),
            ("::ffff:203.0.113.9", "::ffff:203.0.113.9"),
            ("1.2.3.4:1, 203.0.113.9:5678,10.2.2.2:99, [::1]:443", "203.0.113.9"),
        ] {
            assert_eq!(client(proxy, &forwarded(&[line]), &proxies), address.parse::<IpAddr>().unwrap(), "{line}");
        }
        for garbage in [
            "unknown",
            "_hidden",
            "",
            " , ",
            "203.0.113.9:x",
            "203.0.113.9:99999",
            "[::1",
            "[203.0.113.9]:80",
            "203.0.113",
            "a:b",
        ] {
            assert_eq!(client(proxy, &forwarded(&[garbage]), &proxies), proxy, "{garbage}");
            let lines = [garbage, "203.0.113.9:5678"];
            assert_eq!(client(proxy, &forwarded(&lines), &proxies), "203.0.113.9".parse::<IpAddr>().unwrap(), "{garbage}");
        }
        let mut odd = HeaderMap::new();
        odd.insert("x-forwarded-for", axum::http::HeaderValue::from_bytes(b"\xff\xfe, 203.0.113.9:1").unwrap());
        assert_eq!(client(proxy, &odd, &proxies), "203.0.113.9".parse::<IpAddr>().unwrap(), "what a client adds hides nobody");
        let mut other = HeaderMap::new();
        other.insert("forwarded", axum::http::HeaderValue::from_static("for=203.0.113.9"));
        assert_eq!(client(proxy, &other, &proxies), proxy, "a header that the proxy passes on says nothing");
    }

    #[test]
    fn networks_contain_their_addresses_and_no_others() {
        for (network, address, inside) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.0.0.0/8", "::ffff:10.0.0.1", true),
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("::/0", "2001:db8::1", true),
            ("2001:db8::/32", "2001:db8:1::1", true),
        ] {
            let network: Network = network.parse().unwrap();
            assert_eq!(network.contains(address.parse().unwrap()), inside, "{network:?} {address}");
        }
        assert!("10.0.0.0/33".parse::<Network>().is_err());
    }

    #[test]
    fn one_ipv6_subscriber_is_one_visitor() {
        let visitor = |text: &str| Network::visitor(text.parse().unwrap());
        assert_eq!(visitor("2001:db8::1"), visitor("2001:db8::ffff:1"));
        assert_ne!(visitor("2001:db8::1"), visitor("2001:db8:0:1::1"));
        assert_eq!(visitor("::ffff:1.2.3.4"), visitor("1.2.3.4"));
        assert_ne!(visitor("1.2.3.5"), visitor("1.2.3.4"));
    }
}
