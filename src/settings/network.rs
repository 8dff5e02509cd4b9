//! A network of addresses, as operators write the proxies that they trust: `10.0.0.0/8`, `::1`.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
    str::FromStr,
};

/// Addresses that begin with the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    bits: u128,
    length: u32,
}

impl Network {
    /// Whether an address belongs to it. An IPv4 address inside IPv6 is the IPv4 address.
    pub fn contains(&self, address: IpAddr) -> bool {
        let differing = self.bits ^ as_bits(address);
        self.length == 0 || differing >> (128 - self.length) == 0
    }
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = Ipv6Addr::from_bits(self.bits).to_canonical();
        let offset = if address.is_ipv4() { 96 } else { 0 };
        write!(formatter, "{address}/{}", self.length - offset)
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refused = || format!("{text:?} is neither an address nor a network such as 10.0.0.0/8");
        let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let address: IpAddr = address.parse().map_err(|_| refused())?;
        let (offset, longest) = if address.to_canonical().is_ipv4() { (96, 32) } else { (0, 128) };
        let length: u32 = length.map_or(Ok(longest), str::parse).map_err(|_| refused())?;
        if length > longest {
            return Err(refused());
        }
        Ok(Self { bits: as_bits(address), length: length + offset })
    }
}

fn as_bits(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(network: &str, address: &str) -> bool {
        network.parse::<Network>().unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn a_network_holds_what_begins_alike() {
        assert!(contains("10.0.0.0/8", "10.200.3.4"));
        assert!(!contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("127.0.0.1", "::ffff:127.0.0.1"));
        assert!(contains("fd00::/8", "fd12::1"));
        assert!(!contains("fd00::/8", "127.0.0.1"));
        assert!(contains("0.0.0.0/0", "203.0.113.9"));
        assert!(!contains("0.0.0.0/0", "2001:db8::1"));
    }

    #[test]
    fn nonsense_is_no_network() {
        for text in ["", "proxy", "10.0.0.0/33", "::1/129", "10.0.0.0/-1", "10.0.0.0/"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}
