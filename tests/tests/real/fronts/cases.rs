//! The requests that run through every front, and what must come of each.

use core::net::SocketAddr;

use jwtick_tests::token;

use super::client::{self, Proof};

/// A request through a front, and what must come of it.
pub(super) struct Case {
    /// The first column of the table.
    pub(super) name: &'static str,
    pub(super) token: Bearer,
    /// Method and target.
    pub(super) line: &'static str,
    /// More fields, each with its line end.
    pub(super) fields: &'static str,
    pub(super) body: &'static str,
    pub(super) state: State,
    pub(super) outcome: Outcome,
    /// Why the fronts differ; empty where they do not.
    pub(super) reason: &'static str,
}

/// What comes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The application gets it, with the name of the user unless the token has none.
    Served(Option<&'static str>),
    /// The application does not get it, and the client gets a challenge with this text.
    Challenged(&'static str),
    /// The application does not get it.
    Stopped,
}

/// The state of the service during a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Running,
    /// Stopped by a signal: it accepts connections and never answers.
    Silent,
    Ended,
}

/// The token of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearer {
    Absent,
    Good,
    /// In the cookie `session`.
    Cookie,
    /// Twice, in two fields.
    Twice,
    WithoutSubject,
    /// With as many bytes, in the claim of a length.
    Long(usize),
    Malformed,
    Forged,
    Expired,
    NotYetValid,
    ForAnother,
    WithoutScope,
    /// Of the issuer whose keys were never fetched.
    WithoutKeys,
    /// Bound to the key of a client (RFC 9449).
    Bound(Proof),
}

const GET: Case = Case {
    name: "",
    token: Bearer::Good,
    line: "GET /orders/7?x=1&y=%2F",
    fields: "",
    body: "",
    state: State::Running,
    outcome: Outcome::Served(Some("ann")),
    reason: "",
};

const REFUSED: Case = Case { outcome: Outcome::Challenged("Bearer"), ..GET };
const INVALID: Case = Case { outcome: Outcome::Challenged("error=\"invalid_token\""), ..GET };
const REFUSED_PROOF: Case = Case { outcome: Outcome::Challenged("DPoP "), ..GET };
const STOPPED: Case = Case { outcome: Outcome::Stopped, ..GET };

/// Identity that a client claims for itself.
const FORGED: &str = "X-Auth-Subject: mallory\r\nx-auth-subject: eve\r\n";
/// Another original request than the real one, by every name that a front uses.
const ELSEWHERE: &str = "X-Original-URI: /orders\r\nX-Original-Method: GET\r\nX-Forwarded-Uri: /orders\r\n\
     X-Forwarded-Method: GET\r\n";
const UPGRADE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
     Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

pub(super) const CASES: &[Case] = &[
    Case { name: "valid token", ..GET },
    Case { name: "valid token and forged identity fields", fields: FORGED, ..GET },
    Case {
        name: "token without that claim and forged identity fields",
        token: Bearer::WithoutSubject,
        fields: FORGED,
        outcome: Outcome::Served(None),
        ..GET
    },
    Case { name: "token in a cookie", token: Bearer::Cookie, ..GET },
    Case { name: "token of 7 KB", token: Bearer::Long(7_000), ..GET },
    Case { name: "POST with a body", line: "POST /orders", body: "a=1&b=2", ..GET },
    Case { name: "HEAD", line: "HEAD /orders", ..GET },
    Case { name: "OPTIONS", line: "OPTIONS /orders", ..GET },
    Case { name: "WebSocket", fields: UPGRADE, ..GET },
    Case { name: "route with a scope", line: "DELETE /admin/users", token: Bearer::Good, ..GET },
    Case {
        name: "DPoP proof",
        token: Bearer::Bound(Proof::OfRequest),
        reason: "Caddy and Traefik give the client no field of a 200, so it gets a new nonce by a challenge",
        ..GET
    },
    Case { name: "no token", token: Bearer::Absent, ..REFUSED },
    Case {
        name: "no token, but forged identity fields",
        token: Bearer::Absent,
        fields: FORGED,
        ..REFUSED
    },
    Case {
        name: "OPTIONS without a token",
        line: "OPTIONS /orders",
        token: Bearer::Absent,
        ..REFUSED
    },
    Case { name: "WebSocket without a token", fields: UPGRADE, token: Bearer::Absent, ..REFUSED },
    Case { name: "malformed token", token: Bearer::Malformed, ..INVALID },
    Case { name: "forged signature", token: Bearer::Forged, ..INVALID },
    Case { name: "expired", token: Bearer::Expired, ..INVALID },
    Case { name: "not yet valid", token: Bearer::NotYetValid, ..INVALID },
    Case { name: "for another audience", token: Bearer::ForAnother, ..INVALID },
    Case {
        name: "two Authorization fields",
        token: Bearer::Twice,
        reason: "nginx refuses the request itself",
        ..STOPPED
    },
    Case {
        name: "DPoP-bound token without a proof",
        token: Bearer::Bound(Proof::Absent),
        ..REFUSED_PROOF
    },
    Case {
        name: "DPoP proof for another method",
        token: Bearer::Bound(Proof::OfMethod),
        ..REFUSED_PROOF
    },
    Case {
        name: "DPoP proof for another path, which forged fields name",
        token: Bearer::Bound(Proof::OfPath),
        fields: ELSEWHERE,
        ..REFUSED_PROOF
    },
    Case {
        name: "DPoP proof of an hour ago",
        token: Bearer::Bound(Proof::Old),
        outcome: Outcome::Challenged("error=\"use_dpop_nonce\""),
        ..GET
    },
    Case {
        name: "missing scope",
        line: "GET /admin/users",
        token: Bearer::WithoutScope,
        outcome: Outcome::Challenged("error=\"insufficient_scope\""),
        ..GET
    },
    Case {
        name: "missing scope and a forged original request",
        line: "GET /admin/users",
        fields: ELSEWHERE,
        token: Bearer::WithoutScope,
        outcome: Outcome::Challenged("error=\"insufficient_scope\""),
        ..GET
    },
    Case { name: "missing scope, `/%61dmin/users`", line: "GET /%61dmin/users", ..NO_SCOPE },
    Case { name: "missing scope, `//admin/users`", line: "GET //admin/users", ..NO_SCOPE },
    Case {
        name: "missing scope, `/orders/../admin/users`",
        line: "GET /orders/../admin/users",
        ..NO_SCOPE
    },
    Case {
        name: "missing scope, `/orders/..%2Fadmin/users`",
        line: "GET /orders/..%2Fadmin/users",
        reason: "Envoy refuses an escaped slash itself",
        ..NO_SCOPE
    },
    Case {
        name: "path to another endpoint of the service, `/../healthz`",
        line: "GET /../healthz",
        reason: "nginx refuses a path above the root itself",
        token: Bearer::Absent,
        ..STOPPED
    },
    Case {
        name: "token of 70 KB",
        token: Bearer::Long(70_000),
        reason: "each proxy has a limit of its own",
        ..STOPPED
    },
    Case {
        name: "keys never fetched",
        token: Bearer::WithoutKeys,
        reason: "Envoy answers without the fields of the service",
        ..STOPPED
    },
    Case {
        name: "service silent",
        state: State::Silent,
        reason: "Caddy, Traefik and HAProxy have statuses of their own; Traefik waits 30 s, which cannot be changed",
        ..STOPPED
    },
    Case {
        name: "service down",
        state: State::Ended,
        reason: "Caddy and Traefik have statuses of their own",
        ..STOPPED
    },
];

const NO_SCOPE: Case = Case { token: Bearer::WithoutScope, outcome: Outcome::Stopped, ..GET };

impl Case {
    /// The request as a client writes it.
    pub(super) fn request(&self, host: SocketAddr) -> String {
        let length = match self.body {
            "" => String::new(),
            body => format!("Content-Length: {}\r\n", body.len()),
        };
        let close = if self.fields == UPGRADE { "" } else { "Connection: close\r\n" };
        format!(
            "{} HTTP/1.1\r\nHost: {host}\r\n{close}{}{}{length}\r\n{}",
            self.line,
            self.token.fields(host, self.line),
            self.fields,
            self.body
        )
    }
}

/// 2017-02-28 and 2100-01-01.
const PAST: u64 = 1_488_307_191;
const FUTURE: u64 = 4_102_444_800;

impl Bearer {
    fn fields(self, host: SocketAddr, line: &str) -> String {
        let token = self.token();
        match self {
            Self::Absent => String::new(),
            Self::Cookie => format!("Cookie: theme=dark; session={token}\r\n"),
            Self::Twice => format!("Authorization: Bearer {token}\r\n").repeat(2),
            Self::Bound(proof) => {
                format!("Authorization: DPoP {token}\r\n{}", proof.field(host, line, &token))
            }
            _ => format!("Authorization: Bearer {token}\r\n"),
        }
    }

    fn token(self) -> String {
        let (mut sub, mut aud, mut scope) = (r#""sub":"ann","#, "api", "orders admin");
        let (mut iss, mut nbf, mut exp) = ("https://login.example", PAST, FUTURE);
        let mut more = String::new();
        match self {
            Self::Malformed => return "not.a.token".to_owned(),
            Self::WithoutSubject => sub = "",
            Self::Long(bytes) => more = format!(r#","more":"{}""#, "x".repeat(bytes * 3 / 4)),
            Self::Expired => exp = PAST + 1,
            Self::NotYetValid => nbf = FUTURE - 1,
            Self::ForAnother => aud = "another",
            Self::WithoutScope => scope = "orders",
            Self::WithoutKeys => iss = "https://away.invalid",
            Self::Bound(_) => more = format!(r#","cnf":{{"jkt":"{}"}}"#, client::thumbprint()),
            Self::Absent | Self::Good | Self::Cookie | Self::Twice | Self::Forged => {}
        }
        let claims = format!(
            r#"{{"iss":"{iss}",{sub}"aud":"{aud}","scope":"{scope}","nbf":{nbf},"exp":{exp}{more}}}"#
        );
        let token = token(&claims);
        match self {
            Self::Forged => format!("{}AAAAAAAA", &token[..token.len() - 8]),
            _ => token,
        }
    }
}
