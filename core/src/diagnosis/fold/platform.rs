//! What the host runs on, so that the remedy names its own commands.

use crate::evidence::contains_any;

/// What the host that wrote the text seems to run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Platform {
    Chrony,
    Windows,
    Macos,
    Guest,
    Container,
    Device,
    Appliance,
}

impl Platform {
    const SIGNS: &'static [(&'static [u8], Self)] = &[
        (b"chronyd", Self::Chrony),
        (b"w32time", Self::Windows),
        (b".dll", Self::Windows),
        (b"System.", Self::Windows),
        (b"\\Windows\\", Self::Windows),
        (b"PS C:\\", Self::Windows),
        (b"Darwin", Self::Macos),
        (b"WSL", Self::Guest),
        (b"vmware", Self::Guest),
        (b"docker", Self::Container),
        (b"kubelet", Self::Container),
        (b"startedDateTime", Self::Device),
        (b"ReactNative", Self::Device),
        (b"Android", Self::Device),
        (b"mbedtls", Self::Appliance),
        (b"esp-tls", Self::Appliance),
        (b"IoT", Self::Appliance),
    ];

    /// The platform that `line` gives away.
    pub(crate) fn of(line: &[u8]) -> Option<Self> {
        let sign = Self::SIGNS.iter().find(|(sign, _)| contains_any(line, &[sign]));
        sign.map(|&(_, platform)| platform)
    }
}
