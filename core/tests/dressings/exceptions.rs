//! The dressings in which a text loses its answer, each with a reason that can be checked.

use super::wardrobe::{Dressing, Form, Rule, is_structured};
use Reason::{Author, Broken, Collector, Lone, Miss, Quotation, Spread};

/// Why the diagnosis of a dressed text may differ from that of the bare text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// Lines are broken. Which parts belong together is a guess where their words do not show it.
    Broken,
    /// Each line starts with the name of another author, and no line of the text has a head of its own.
    Author,
    /// The text has one line, so nothing shows what is around all lines.
    Lone,
    /// The text is in a string of another record, and does not start as a log or a transcript does, so it may
    /// be what a stranger sent.
    Quotation,
    /// A value over several lines is not one value any more.
    Spread,
    /// Each line has the time of a collector, whose clock and delay are unknown.
    Collector,
    /// A fault that is known, in words.
    Miss(&'static str),
}

impl Reason {
    /// Returns true if the reason holds for `text` in `dressing`.
    pub(super) fn holds(self, text: &str, dressing: &Dressing) -> bool {
        match self {
            Self::Broken => !parts(text, dressing).is_empty(),
            Self::Author => !text.lines().any(has_head),
            Self::Lone => text.lines().count() == 1,
            Self::Quotation => !text.lines().next().is_some_and(has_head),
            Self::Spread => is_structured(text),
            Self::Collector => dressing.rule() == Rule::Refined,
            Self::Miss(words) => words.len() > 20,
        }
    }
}

/// Returns the parts of broken lines after the first.
fn parts(text: &str, dressing: &Dressing) -> Vec<String> {
    let is_broken = matches!(dressing.form, Form::Wrapped(_) | Form::Folded(_) | Form::Mailed(_));
    let Some(dressed) = dressing.dress(text).filter(|_| is_broken) else { return Vec::new() };
    let dressed = String::from_utf8(dressed).unwrap();
    let is_part = |line: &&str| !text.lines().any(|whole| whole.starts_with(line));
    let lines = dressed.lines().map(|line| line.strip_prefix("> ").unwrap_or(line));
    lines.filter(is_part).map(str::to_owned).collect()
}

/// Returns true if `line` starts with a time, a mark or the prompt of a shell, or is an object.
fn has_head(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_digit() || "[{<$#>".contains(first))
}

/// A text that loses its answer in a dressing.
pub(super) struct Exception {
    /// The start of the name of the text.
    pub(super) case: &'static str,
    pub(super) dressing: &'static str,
    pub(super) reason: Reason,
}

pub(super) fn exceptions() -> impl Iterator<Item = Exception> {
    EXCEPTIONS.iter().flat_map(|&(case, dressings, reason)| {
        dressings.iter().map(move |dressing| Exception { case, dressing, reason })
    })
}

/// The start of a name, dressings, and why the answer may differ in them.
const EXCEPTIONS: &[(&str, &[&str], Reason)] = &[
    (
        "001-jjwt-exp",
        &["wrapped at 120", "wrapped at 80", "folded at 80", "quoted and wrapped"],
        Broken,
    ),
    ("001-jjwt-exp", &["journalctl", "syslog, RFC 3164"], Collector),
    ("005-identitymodel-10223", &["wrapped at 100"], Broken),
    (
        "006-auth0-python",
        &[
            "wrapped at 160",
            "wrapped at 120",
            "wrapped at 100",
            "wrapped at 80",
            "quoted and wrapped",
        ],
        Broken,
    ),
    ("009-spring-used", &["folded at 100"], Broken),
    ("011-php-jwt", &["wrapped at 80", "quoted and wrapped"], Broken),
    ("014-azure-service", &["gcloud, YAML"], Collector),
    ("021-vault-nbf", &["ts"], Collector),
    ("023-apns-provider", &["TeamCity"], Collector),
    ("029-onelogin-saml", &["journalctl -o short-monotonic"], Lone),
    ("031-spring-saml", &["wrapped at 100", "wrapped at 80", "quoted and wrapped"], Broken),
    (
        "035-keystone-three",
        &["tab-separated, text first", "pane of tmux"],
        Miss("other columns follow the columns of a table, of which each row names a host"),
    ),
    ("036-twilio-week", &["quoted and wrapped"], Broken),
    ("037-docker-desktop", &["twice"], Collector),
    (
        "037-docker-desktop",
        &["pane of tmux"],
        Miss("the text of another pane follows each line, and none of it is taken off"),
    ),
    (
        "041-jitsi-joined",
        &["wrapped at 100", "wrapped at 80", "folded at 100", "folded at 80", "quoted and wrapped"],
        Broken,
    ),
    (
        "042-nextcloud-user",
        &[
            "journalctl -o short-monotonic",
            "JSON, an unknown member",
            "pairs, an unknown member",
            "Caused by",
        ],
        Miss(
            "an object that is a whole log in one line keeps its own time only as the outermost one",
        ),
    ),
    ("043-home-assistant", &["info between"], Collector),
    ("047-okta-assertion", &["quoted and wrapped"], Broken),
    (
        "048-duo-bad",
        &[
            "wrapped at 120",
            "wrapped at 100",
            "wrapped at 80",
            "folded at 100",
            "folded at 80",
            "quoted and wrapped",
        ],
        Broken,
    ),
    (
        "048-duo-bad",
        &["pairs, an unknown member"],
        Miss("the message is in a pair that no line before has shown to hold one"),
    ),
    ("050-zoom-access", &["wrapped at 100", "folded at 100"], Broken),
    ("050-zoom-access", &["journalctl", "syslog, RFC 3164"], Collector),
    (
        "050-zoom-access",
        &["mail, On … wrote"],
        Miss("the date of the mail before the log is read as the time of a record"),
    ),
    ("051-box-exp", &["quoted and wrapped"], Broken),
    ("053-bybit-recv", &["quoted and wrapped"], Broken),
    ("056-azure-blob", &["folded at 120"], Broken),
    (
        "056-azure-blob",
        &[
            "Jenkins",
            "journalctl -o export",
            "journalctl -o verbose",
            "stamp and level",
            "stamp and thread",
        ],
        Collector,
    ),
    ("057-azure-blob", &["wrapped at 100", "wrapped at 80", "quoted and wrapped"], Broken),
    (
        "062-keycloak-js",
        &[
            "logcat, brief",
            "logcat, tag",
            "terraform",
            "initials",
            "app:",
            "app:dev:",
            "IRC",
            "npm ERR!",
            "remote:",
            "git blame",
            "journalctl -o short-monotonic",
            "tab-separated, no time",
            "Teams, one message each",
        ],
        Author,
    ),
    (
        "062-keycloak-js",
        &[
            "ansible, FAILED!",
            "ansible, stderr",
            "JSON, stdout",
            "JSON, output",
            "JSON, an unknown member",
            "pairs, an unknown member",
        ],
        Quotation,
    ),
    (
        "063-keycloak-js",
        &[
            "logcat, brief",
            "logcat, tag",
            "terraform",
            "initials",
            "app:",
            "app:dev:",
            "IRC",
            "npm ERR!",
            "remote:",
            "git blame",
            "journalctl -o short-monotonic",
            "tab-separated, no time",
            "Teams, one message each",
        ],
        Author,
    ),
    (
        "063-keycloak-js",
        &["##[error]", "::error::"],
        Miss("a line of the browser follows a mark, so that nothing shows who wrote it"),
    ),
    (
        "063-keycloak-js",
        &[
            "stdout_lines",
            "ansible, FAILED!",
            "ansible, stderr",
            "JSON, stdout",
            "JSON, output",
            "JSON, an unknown member",
            "pairs, an unknown member",
        ],
        Quotation,
    ),
    ("064-java-pkix", &["ts"], Collector),
    (
        "072-windows-w32tm",
        &["pane of tmux"],
        Miss("the text of another pane follows each line, and none of it is taken off"),
    ),
    ("073-schannel-server", &["ts", "journalctl", "syslog, RFC 3164"], Collector),
    (
        "075-jwks-cached",
        &["tab-separated, text first"],
        Miss("the field Age is not read if other columns follow it"),
    ),
    ("078-github-app", &["ts"], Collector),
    (
        "080-browser-stale",
        &[
            "JSON over lines",
            "JSON over lines, in a list",
            "stdout_lines",
            "ansible, FAILED!",
            "ansible, stderr",
            "JSON, stdout",
            "JSON, output",
            "JSON, an unknown member",
            "pairs, an unknown member",
            "pane of tmux",
            "blank lines between",
        ],
        Spread,
    ),
    ("085-s3-slow", &["wrapped at 80", "folded at 80", "quoted and wrapped"], Broken),
    ("085-s3-slow", &["ts"], Collector),
    ("087-entra-on", &["wrapped at 80", "quoted and wrapped"], Broken),
    (
        "087-entra-on",
        &["Caused by"],
        Miss("the words before each line end the message that goes on"),
    ),
    (
        "090-terraform-ec2",
        &[
            "wrapped at 160",
            "wrapped at 120",
            "wrapped at 100",
            "wrapped at 80",
            "folded at 160",
            "folded at 120",
            "folded at 80",
            "quoted and wrapped",
        ],
        Broken,
    ),
    ("090-terraform-ec2", &["journalctl", "syslog, RFC 3164"], Collector),
    ("092-azure-blob", &["quoted and wrapped"], Broken),
    (
        "094-kubelet-client",
        &["noise between"],
        Miss("a line comes between a command and its output"),
    ),
    (
        "095-argocd-session",
        &[
            "wrapped at 160",
            "wrapped at 120",
            "wrapped at 100",
            "wrapped at 80",
            "folded at 160",
            "folded at 100",
            "folded at 80",
            "quoted and wrapped",
        ],
        Broken,
    ),
    ("095-argocd-session", &["TeamCity", "logcat"], Collector),
    ("100-kafka-oauthbearer", &["journalctl", "syslog, RFC 3164"], Collector),
    (
        "109-mongodb-cluster",
        &["journalctl", "syslog, RFC 3164", "logcat", "gcloud, YAML"],
        Collector,
    ),
    ("110-cockroachdb-half", &["folded at 120"], Broken),
    ("111-etcd-one", &["wrapped at 100"], Broken),
    ("113-snowflake-invalid", &["wrapped at 120", "folded at 120", "quoted and wrapped"], Broken),
    (
        "113-snowflake-invalid",
        &["JSON, an unknown member", "pairs, an unknown member"],
        Miss("the message is in a member that no line before has shown to hold one"),
    ),
    (
        "114-okx-milliseconds",
        &["Select-String, context"],
        Miss("the mark of a match and its context is read as a prompt"),
    ),
    ("115-firefox-accounts", &["wrapped at 80", "folded at 80", "quoted and wrapped"], Broken),
    (
        "115-firefox-accounts",
        &["grep -nA"],
        Miss("the dash after a number of a line is read as a part of the date"),
    ),
    ("117-chrome-your", &["ansible, FAILED!", "ansible, stderr", "Python repr"], Quotation),
    ("120-windows-kernel", &["journalctl -o short-monotonic"], Author),
    ("120-windows-kernel", &["folded at 100", "folded at 80"], Broken),
    (
        "120-windows-kernel",
        &[
            "JSON string",
            "JSON string, CRLF",
            "bytes of Python",
            "string of Java",
            "ansible, FAILED!",
            "ansible, stderr",
        ],
        Quotation,
    ),
    (
        "122-ruby-jwt",
        &["JSON over lines", "JSON over lines, in a list", "pane of tmux"],
        Miss("the command and its output are in objects of several lines"),
    ),
    ("123-journald-export", &["journalctl -o short-monotonic"], Author),
    (
        "124-actions-azurerm",
        &["wrapped at 160", "wrapped at 120", "folded at 120", "quoted and wrapped"],
        Broken,
    ),
    ("129-api-server", &["ansible, FAILED!", "ansible, stderr"], Lone),
    ("131-firebase-admin", &["wrapped at 80", "quoted and wrapped"], Broken),
    (
        "133-docusign-no",
        &[
            "wrapped at 160",
            "wrapped at 120",
            "wrapped at 100",
            "wrapped at 80",
            "folded at 160",
            "folded at 80",
            "quoted and wrapped",
        ],
        Broken,
    ),
    (
        "137-pytest-run",
        &["pane of tmux"],
        Miss("the text of another pane follows each line, and none of it is taken off"),
    ),
    ("139-zone-less", &["wrapped at 80", "quoted and wrapped"], Broken),
    ("140-aspnet-twelve", &["wrapped at 100"], Broken),
    ("02-aem-replication", &["folded at 80"], Broken),
    (
        "03-aws-client",
        &[
            "noise between",
            "JSON over lines",
            "JSON over lines, in a list",
            "pane of tmux",
            "blank lines between",
        ],
        Miss("only the record directly before the refusal shows when the request was made"),
    ),
    ("05-aws-two", &["wrapped at 80"], Broken),
    ("06-aws-exactly", &["wrapped at 160"], Broken),
    ("08-s3-error", &["wrapped at 80", "quoted and wrapped"], Broken),
    (
        "09-github-app",
        &["JSON over lines", "JSON over lines, in a list"],
        Miss("what curl sent and received is in objects of several lines"),
    ),
    ("12-entra-assertion", &["gcloud, YAML"], Collector),
    (
        "12-entra-assertion",
        &["YAML, quoted list"],
        Miss("the first line of the list is prose, so its strings are not known to be lines"),
    ),
    ("13-entra-assertion", &["folded at 80"], Broken),
    ("13-entra-assertion", &["ts"], Collector),
    ("15-x509-after", &["ts"], Collector),
    (
        "17-jjwt-stale",
        &["wrapped at 160", "wrapped at 120", "folded at 160", "folded at 120", "folded at 100"],
        Broken,
    ),
    (
        "21-auth0-spa",
        &[
            "JSON over lines",
            "JSON over lines, in a list",
            "JSON string",
            "JSON string, CRLF",
            "JSON string in a JSON string",
            "bytes of Python",
            "string of Java",
            "stdout_lines",
            "ansible, FAILED!",
            "ansible, stderr",
            "Python repr",
            "JSON, stdout",
            "JSON, output",
            "JSON, an unknown member",
            "pairs, an unknown member",
            "<br/>, one line",
            "pane of tmux",
            "blank lines between",
        ],
        Spread,
    ),
    ("25-salesforce-utcnow", &["wrapped at 80", "quoted and wrapped"], Broken),
    (
        "25-salesforce-utcnow",
        &[
            "journalctl",
            "journalctl -o short-iso",
            "syslog, RFC 3164",
            "syslog, RFC 5424",
            "journalctl -o short-full",
            "journalctl -o short-iso-precise",
            "fluentd",
        ],
        Collector,
    ),
    ("27-logspout-cloudwatch", &["folded at 100"], Broken),
    ("27-logspout-cloudwatch", &["TeamCity", "logcat"], Collector),
    ("28-boto-2", &["wrapped at 160", "wrapped at 80"], Broken),
    (
        "29-espv2",
        &["JSON, stdout", "JSON, output", "JSON, an unknown member", "pairs, an unknown member"],
        Quotation,
    ),
    ("30-openconext-engineblock", &["twice"], Collector),
    (
        "31-lua-resty",
        &["wrapped at 160", "wrapped at 120", "wrapped at 80", "folded at 120"],
        Broken,
    ),
    (
        "32-next-auth",
        &[
            "##[error]",
            "##[warning]",
            "::error::",
            "ansible, FAILED!",
            "ansible, stderr",
            "Python repr",
            "JSON, stdout",
            "JSON, output",
            "JSON, an unknown member",
            "pairs, an unknown member",
            "YAML, quoted list",
            "Caused by",
        ],
        Spread,
    ),
    ("33-entra-assertion", &["wrapped at 100", "folded at 100", "quoted and wrapped"], Broken),
    (
        "38-step-ca",
        &[
            "##[error]",
            "##[warning]",
            "::error::",
            "logcat, brief",
            "logcat, tag",
            "terraform",
            "comment //",
            "comment #",
            "comment --",
            "initials",
            "app:",
            "app:dev:",
            "docker build",
            "IRC",
            "bar of dots",
            "Org",
            "jest",
            "npm ERR!",
            "remote:",
            "bat",
            "git blame",
            "tab-separated, no time",
            "JSON, an unknown member",
            "pairs, an unknown member",
            "Teams, one message each",
            "table of Markdown",
        ],
        Lone,
    ),
    ("40-wsl2-after", &["twice"], Collector),
    (
        "40-wsl2-after",
        &["tab-separated, text first", "pane of tmux"],
        Miss("other columns follow a time that is printed alone"),
    ),
    ("43-central-syslog", &["journalctl -o verbose", "stamp and level"], Collector),
    (
        "44-logrus-program",
        &["info around"],
        Miss("the zone that two times of one line prove is not applied to the lines around"),
    ),
    ("45-etcd-peer", &["wrapped at 120"], Broken),
    ("46-azure-sas", &["stamp and level", "stamp and thread"], Collector),
    (
        "47-syslog-two",
        &[
            "wrapped at 160",
            "wrapped at 120",
            "wrapped at 100",
            "wrapped at 80",
            "folded at 160",
            "folded at 120",
            "folded at 100",
            "folded at 80",
            "quoted and wrapped",
        ],
        Broken,
    ),
    ("48-apns-age", &["ansible, FAILED!", "ansible, stderr", "Python repr"], Quotation),
    ("53-entra-session", &["wrapped at 100", "wrapped at 80"], Broken),
    ("53-entra-session", &["ts", "gcloud, YAML"], Collector),
    (
        "53-entra-session",
        &["YAML, quoted list"],
        Miss("the first line of the list is prose, so its strings are not known to be lines"),
    ),
];
