//! Words that programs and libraries print around a refusal, with one list per question, and those that
//! only the programs of one platform print.
//!
//! Matching is case-sensitive. Words fixed by a standard (status lines, methods, the members of RFC
//! 6749) and plain English are kept with the code that reads them.

/// The command that prints the time of a host in UTC.
pub(crate) const DATE_COMMAND: &str = "date -u";

/// Commands that show or compare clocks (coreutils, w32tm, systemd, PowerShell, chrony, OpenSSL). Their
/// output is read in full.
pub(crate) const CLOCK_COMMANDS: &[&str] = &[
    DATE_COMMAND,
    "stripchart",
    "timedatectl",
    "Get-Date",
    "get-date",
    "chronyc tracking",
    "w32tm /query",
    "-noout -dates",
];

/// Programs that run a command in a container or in a guest system.
pub(crate) const GUEST_COMMANDS: &[&str] = &["docker", "podman", "kubectl", "wsl", "nerdctl"];

/// Code that confuses one civil time with another (Python, C and PHP), as quoted in logs and
/// messages.
pub(crate) const NAIVE_CODE: &[&str] = &["utcnow()", "mktime(", "tzinfo=None"];

/// Status lines (RFC 9112 §4) of answers that carry a `Date` or a refusal.
pub(crate) const STATUS: &[&str] = &[
    "HTTP/1.1 2",
    "HTTP/1.1 3",
    "HTTP/1.1 4",
    "HTTP/1.0 2",
    "HTTP/1.0 4",
    "HTTP/2 2",
    "HTTP/2 3",
    "HTTP/2 4",
];

/// Those of answers that another one to the same request follows: redirections, and tunnels of proxies.
pub(crate) const INTERIM: &[&str] =
    &["HTTP/1.1 3", "HTTP/1.0 3", "HTTP/2 3", "onnection established", "onnection Established"];

/// Words that clients print when a server has answered with an error.
pub(crate) const ANSWERS: &[&str] = &[
    // Members and codes of RFC 6749 §5.2.
    "error_description",
    "invalid_grant",
    "invalid_client",
    // Status lines, and the forms in which libraries print a status.
    "HTTP/1.1 4",
    "HTTP/1.0 4",
    "HTTP/2 4",
    "HTTP 4",
    "status: 4",
    "status code 4",
    "statusCode\": 4",
    "-> 40",
    // Node.js prints the object of an answer, and S3 answers in XML.
    "response: {",
    "<Error><",
];

/// Marks at the start of a line for sent data, by `curl -v` and Python's `http.client`.
pub(crate) const SENT: &[&str] = &["> ", "send: "];

/// The platform of the host that wrote a text, so that the remedy names its own commands. What sets
/// its clock is more telling than the system around it, so the earlier of two counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Platform {
    Wsl,
    DockerDesktop,
    RouterOs,
    Busybox,
    Esp32,
    Chrony,
    Timesyncd,
    WindowsTime,
    Android,
    Ios,
    Node,
    Container,
    Guest,
    Windows,
    Macos,
    Browser,
    Appliance,
    Systemd,
}

/// The words that identify a platform.
pub(crate) const PLATFORMS: &[(&str, Platform)] = &[
    ("WSL", Platform::Wsl),
    ("Docker Desktop", Platform::DockerDesktop),
    ("docker-desktop", Platform::DockerDesktop),
    ("RouterOS", Platform::RouterOs),
    ("system,info ntp", Platform::RouterOs),
    ("ntp change time", Platform::RouterOs),
    ("OpenWrt", Platform::Busybox),
    ("BusyBox", Platform::Busybox),
    ("procd:", Platform::Busybox),
    ("netifd:", Platform::Busybox),
    ("dnsmasq-dhcp[", Platform::Busybox),
    ("esp-tls", Platform::Esp32),
    ("ESP-IDF", Platform::Esp32),
    ("HTTP_CLIENT: ", Platform::Esp32),
    ("chronyd", Platform::Chrony),
    ("systemd-timesyncd", Platform::Timesyncd),
    ("w32time", Platform::WindowsTime),
    ("W32Time", Platform::WindowsTime),
    ("AndroidRuntime", Platform::Android),
    ("com.android.", Platform::Android),
    ("ReactNativeJS", Platform::Android),
    ("D/OkHttp", Platform::Android),
    ("NSURLErrorDomain", Platform::Ios),
    ("kCFErrorDomain", Platform::Ios),
    ("kubelet", Platform::Node),
    ("kube-system", Platform::Node),
    ("docker", Platform::Container),
    ("vmware", Platform::Guest),
    ("vmtoolsd", Platform::Guest),
    ("VBoxService", Platform::Guest),
    ("Radical host time change", Platform::Guest),
    (".dll", Platform::Windows),
    ("System.", Platform::Windows),
    ("\\Windows\\", Platform::Windows),
    ("PS C:\\", Platform::Windows),
    ("Darwin", Platform::Macos),
    ("startedDateTime", Platform::Browser),
    ("Uncaught (in promise)", Platform::Browser),
    ("mbedtls", Platform::Appliance),
    ("IoT", Platform::Appliance),
    ("systemd[", Platform::Systemd),
];
