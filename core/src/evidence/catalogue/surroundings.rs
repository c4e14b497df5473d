//! Words of programs and libraries around a refusal, a list for each question.
//!
//! Letters count in the case in which they are written. What a standard fixes (status lines, methods,
//! the members of RFC 6749) and plain English stay with the code that reads them.

/// The command that prints the time of a host in UTC.
pub(crate) const DATE_COMMAND: &str = "date -u";

/// Commands that show or compare clocks (coreutils, w32tm, systemd). Their output is read in full.
pub(crate) const CLOCK_COMMANDS: &[&str] = &[DATE_COMMAND, "stripchart", "timedatectl"];

/// Programs that run a command in a container or in a guest system.
pub(crate) const GUEST_COMMANDS: &[&str] = &["docker", "podman", "kubectl", "wsl", "nerdctl"];

/// Code that takes one civil time for another (Python, C and PHP), as logs and messages quote it.
pub(crate) const NAIVE_CODE: &[&str] = &["utcnow()", "mktime(", "tzinfo=None"];

/// What clients print when a server has answered with an error.
pub(crate) const ANSWERS: &[&str] = &[
    // Members and codes of RFC 6749 §5.2.
    "error_description",
    "invalid_grant",
    "invalid_client",
    // Status lines, and how libraries print a status.
    "HTTP/1.1 4",
    "HTTP/1.0 4",
    "HTTP/2 4",
    "HTTP 4",
    "status: 4",
    "status code 4",
    "statusCode\": 4",
    "-> 40",
    // Node.js prints the object of an answer, S3 answers in XML.
    "response: {",
    "<Error>",
];

/// How `curl -v` and Python's `http.client` mark what they send, at the start of a line.
pub(crate) const SENT: &[&str] = &["> ", "send: "];
