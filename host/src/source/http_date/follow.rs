//! The hosts to which a server may redirect a request for the time.

use core::net::IpAddr;

use jwtick_core::survey::{canonical_address, is_link_local};

use super::error::DateError;
use crate::http::client::Target;

/// The hosts to which answers may redirect. Link-local addresses are never among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Follow {
    /// The host that the user named, at any port.
    NamedHost,
    /// Any host.
    AnyHost,
}

impl Follow {
    /// Checks a redirect from the URL that the user named to `next`. The addresses of a name are
    /// checked when they are known, before the connection.
    ///
    /// # Errors
    /// [`DateError::LinkLocal`] for a link-local address, [`DateError::OtherHost`] for another host
    /// if only the named one is permitted.
    pub(super) fn permit(self, named: &Target, next: &Target) -> Result<(), DateError> {
        let address = next.host().parse::<IpAddr>();
        if address.is_ok_and(is_link_local) {
            return Err(DateError::LinkLocal { to: next.to_string() });
        }
        match self {
            Self::NamedHost if !is_same(named.host(), next.host()) => {
                Err(DateError::OtherHost { to: next.to_string() })
            }
            Self::NamedHost | Self::AnyHost => Ok(()),
        }
    }
}

/// Returns true if two names or addresses are the same host.
fn is_same(one: &str, other: &str) -> bool {
    let address = |host: &str| host.parse::<IpAddr>().ok().map(canonical_address);
    let [one, other] = [one, other].map(|host| host.strip_suffix('.').unwrap_or(host));
    let same = address(one).zip(address(other)).is_some_and(|(one, other)| one == other);
    same || one.eq_ignore_ascii_case(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_host_is_recognized_by_name_and_address() {
        const ROWS: &[(&str, &str, bool)] = &[
            ("a.example", "A.Example.", true),
            ("a.example", "www.a.example", false),
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "::ffff:192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
            ("127.0.0.1", "127.0.0.2", false),
            ("127.0.0.1", "::1", true),
            // Whether a name has this address is not known here.
            ("localhost", "127.0.0.1", false),
        ];
        for &(one, other, same) in ROWS {
            assert_eq!(is_same(one, other), same, "{one} {other}");
        }
    }
}
