//! Places where a log quotes what a requester chose.

/// The way in which a log writes the characters that would end a value.
#[derive(Clone, Copy)]
enum Escapes {
    /// `"` as `\"`, and control characters as `\x0a` (Apache, logfmt).
    Backslash,
    /// Also `\` and control characters as in JSON.
    Json,
    /// JSON in a string of JSON.
    JsonTwice,
    /// Blanks as `+`, and all but letters and digits in hexadecimal.
    Url,
    /// Only line feeds, which no log writes unchanged.
    Lines,
}

/// A line of a log with the place of a stranger's words.
pub(super) struct Place {
    before: &'static str,
    after: &'static str,
    escapes: Escapes,
    /// `true` if the line shows only after the words that a stranger chose them.
    pub(super) shows_late: bool,
}

const fn place(before: &'static str, after: &'static str, escapes: Escapes) -> Place {
    Place { before, after, escapes, shows_late: false }
}

const fn late(before: &'static str, after: &'static str, escapes: Escapes) -> Place {
    Place { shows_late: true, ..place(before, after, escapes) }
}

/// Every place. The stamps differ from those of the logs, and have a zone or not.
pub(super) const PLACES: [Place; 28] = [
    // Access logs.
    place(
        r#"192.0.2.7 - - [28/Nov/2026:10:00:00 +0000] "GET /"#,
        " HTTP/1.1\" 401 5 \"-\" \"-\"\n",
        Escapes::Backslash,
    ),
    place(
        r#"192.0.2.7 - - [28/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5 ""#,
        "\" \"-\"\n",
        Escapes::Backslash,
    ),
    place(
        r#"192.0.2.7 - - [28/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" ""#,
        "\"\n",
        Escapes::Backslash,
    ),
    late(
        "192.0.2.7 - ",
        " [28/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 401 5\n",
        Escapes::Backslash,
    ),
    late("", " - - [28/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 401 5\n", Escapes::Backslash),
    place(
        r#"Nov 28 10:00:00 web nginx: 192.0.2.7 - - [28/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" ""#,
        "\"\n",
        Escapes::Backslash,
    ),
    place(
        r#"[2026-11-28T10:00:00.000Z] "POST /a HTTP/2" 204 - 154 0 226 100 "192.0.2.7" ""#,
        "\" \"cc21d9b0\" \"locations\" \"192.0.2.1:80\"\n",
        Escapes::Backslash,
    ),
    place(
        r#"https 2026-11-28T10:00:00.186641Z app/lb/50dc 192.0.2.7:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" ""#,
        "\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2\n",
        Escapes::Backslash,
    ),
    late(
        "haproxy[14389]: 192.0.2.7:33317 [28/Nov/2026:10:00:00.655] web b/s1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {h|",
        "} {} \"GET / HTTP/1.1\"\n",
        Escapes::Backslash,
    ),
    late("2026-11-28 10:00:00 10.0.0.1 GET /a - 443 - 192.0.2.7 ", " 200 0 0 15\n", Escapes::Url),
    place(
        "2026-11-28 10:00:00 10.0.0.1 GET /a?q=",
        " 443 - 192.0.2.7 - 200 0 0 15\n",
        Escapes::Url,
    ),
    place(
        r#"2026/11/28 10:00:00 [error] 1#0: *1 access forbidden, client: 192.0.2.7, server: h, request: "GET /"#,
        " HTTP/1.1\", host: \"h\"\n",
        Escapes::Backslash,
    ),
    place(
        r#"2026/11/28 10:00:00 [error] 1#0: *1 access forbidden, client: 192.0.2.7, server: h, request: "GET / HTTP/1.1", host: "h", referrer: ""#,
        "\"\n",
        Escapes::Backslash,
    ),
    place(
        "[Sat Nov 28 10:00:00 2026] [error] [client 192.0.2.7] denied, referer: ",
        "\n",
        Escapes::Lines,
    ),
    // Members.
    place(
        r#"{"time":"2026-11-28T10:00:00Z","msg":"request","user_agent":""#,
        "\"}\n",
        Escapes::Json,
    ),
    place(
        r#"{"time":"2026-11-28T10:00:00Z","msg":"request","path":""#,
        "\",\"status\":401}\n",
        Escapes::Json,
    ),
    place(
        r#"{"msg":"request","http":{"request":{"referrer":""#,
        "\"}},\"time\":\"2026-11-28T10:00:00Z\"}\n",
        Escapes::Json,
    ),
    place(r#"{"msg":"request","x-forwarded-for":""#, "\"}\n", Escapes::Json),
    place(r#"{"msg":"login failed","username":""#, "\",\"level\":\"warn\"}\n", Escapes::Json),
    late(
        r#"{"msg":"in","req":{"method":"GET","headers":{"x-any":""#,
        "\"},\"remoteAddress\":\"::1\"}}\n",
        Escapes::Json,
    ),
    place(r#"{"msg":"in","remote_ip":"192.0.2.7","body":""#, "\"}\n", Escapes::Json),
    place(
        r#"{"log":"{\"msg\":\"request\",\"cookie\":\""#,
        "\\\"}\\n\",\"stream\":\"stdout\"}\n",
        Escapes::JsonTwice,
    ),
    place(
        r#"time=2026-11-28T10:00:00Z level=info msg=request referer=""#,
        "\" status=401\n",
        Escapes::Backslash,
    ),
    place(
        "time=2026-11-28T10:00:00Z level=info msg=request uri=/a?q=",
        " status=401\n",
        Escapes::Url,
    ),
    // User names.
    place(
        "Nov 28 10:00:00 h sshd[4]: Failed password for invalid user ",
        " from 192.0.2.7 port 4 ssh2\n",
        Escapes::Lines,
    ),
    place("Nov 28 10:00:00 h sshd[4]: Invalid user ", " from 192.0.2.7 port 4\n", Escapes::Lines),
    place("2026-11-28T10:00:00Z WARN login of user \"", "\" failed\n", Escapes::Backslash),
    place("  User-Agent: ", "\n", Escapes::Lines),
];

impl Place {
    /// The line in which a stranger chose `words`.
    pub(super) fn quote(&self, words: &[u8]) -> Vec<u8> {
        let words = String::from_utf8_lossy(words);
        let words: String = words.chars().map(|sign| self.escapes.write(sign)).collect();
        format!("{}{words}{}", self.before, self.after).into_bytes()
    }

    /// The line of `length` bytes in which a stranger chose harmless words.
    pub(super) fn harmless(&self, length: usize) -> Vec<u8> {
        let words = length.saturating_sub(self.before.len() + self.after.len());
        self.quote(&vec![b'x'; words])
    }
}

impl Escapes {
    fn write(self, sign: char) -> String {
        match (self, sign) {
            (Self::Lines, '\n' | '\r') => "\\n".to_owned(),
            (Self::Lines, _) => sign.to_string(),
            (Self::Url, ' ') => "+".to_owned(),
            (Self::Url, sign) if sign.is_ascii_alphanumeric() || "-_.:/()".contains(sign) => {
                sign.to_string()
            }
            (Self::Url, sign) => {
                sign.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
            }
            (Self::Backslash, '"' | '\\') => format!("\\{sign}"),
            (Self::Backslash, sign) if sign.is_control() => format!("\\x{:02x}", u32::from(sign)),
            (Self::Backslash, sign) => sign.to_string(),
            (Self::Json, sign) => json(sign),
            (Self::JsonTwice, sign) => json(sign).chars().map(json).collect(),
        }
    }
}

fn json(sign: char) -> String {
    match sign {
        '"' | '\\' => format!("\\{sign}"),
        sign if sign.is_control() => format!("\\u{:04x}", u32::from(sign)),
        sign => sign.to_string(),
    }
}
