//! What a host runs on, by the words that only its programs print.

/// What the host that wrote a text seems to run on, so that the remedy names its own commands.
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

/// The signs, in the order in which they count.
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
