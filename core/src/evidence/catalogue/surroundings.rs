//! Words that programs and libraries print around a refusal, with one list per question.
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
