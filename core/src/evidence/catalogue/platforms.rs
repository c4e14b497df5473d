//! The platform of a host, recognised by words that only its programs print.

/// The platform of the host that wrote a text, so that the remedy names its own commands.
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

/// The words that identify a platform, in order of precedence.
pub(crate) const PLATFORMS: &[(&str, Platform)] = &[
    ("chronyd", Platform::Chrony),
    ("w32time", Platform::Windows),
    (".dll", Platform::Windows),
    ("System.", Platform::Windows),
    ("\\Windows\\", Platform::Windows),
    ("PS C:\\", Platform::Windows),
    ("Darwin", Platform::Macos),
    ("WSL", Platform::Guest),
    ("vmware", Platform::Guest),
    ("docker", Platform::Container),
    ("kubelet", Platform::Container),
    ("startedDateTime", Platform::Device),
    ("ReactNative", Platform::Device),
    ("Android", Platform::Device),
    ("mbedtls", Platform::Appliance),
    ("esp-tls", Platform::Appliance),
    ("IoT", Platform::Appliance),
];
