//! Networks, and from which one a request really comes. A forwarded address is believed only from a configured proxy.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::HeaderMap;

/// A network: an address and how many of its leading bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    bits: u128,
    prefix: u8,
}

impl Network {
    /// What counts as one visitor: an IPv4 address, or the /64 of an IPv6 address, which is what one subscriber gets.
    pub fn visitor(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self::new(v4.to_ipv6_mapped(), 128),
            IpAddr::V6(v6) => Self::new(v6, 64),
        }
    }

    /// Whether the address lies in it.
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

/// The address that a request comes from: the peer, or what trusted proxies say, read from the right up to the first stranger.
pub fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let hops: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|hop| hop.to_str().ok()).flat_map(|line| line.split(',')).collect();
    let mut client = peer;
    for hop in hops.into_iter().rev() {
        if !trusted.iter().any(|network| network.contains(client)) {
            break;
        }
        let Ok(before) = hop.trim().parse() else { break };
        client = before;
    }
    client
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
