//! nginx as an HTTP and HTTPS server on loopback.

use core::net::Ipv4Addr;
use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use crate::authority::Identity;
use crate::daemon::{Daemon, free_tcp_port, must};
use crate::tool;

/// An nginx that answers `/` with 204 and the time of this machine, or as a test configures it.
pub struct Nginx {
    daemon: Daemon,
    url: String,
}

impl Nginx {
    /// Serves `http`.
    #[must_use]
    #[track_caller]
    pub fn http() -> Self {
        let port = free_tcp_port();
        Self::start(format!("http://127.0.0.1:{port}/"), port, None, NO_CONTENT)
    }

    /// Serves `https` at `localhost` as `identity`.
    #[must_use]
    #[track_caller]
    pub fn https(identity: &Identity) -> Self {
        Self::serving(identity, NO_CONTENT)
    }

    /// Serves `https` at `localhost` with these directives. The log format `shown` records the result of
    /// verifying a client's certificate.
    #[must_use]
    #[track_caller]
    pub fn serving(identity: &Identity, directives: &str) -> Self {
        Self::on(free_tcp_port(), identity, directives)
    }

    /// Does the same on a port that others had to know before.
    #[must_use]
    #[track_caller]
    pub fn on(port: u16, identity: &Identity, directives: &str) -> Self {
        Self::start(format!("https://localhost:{port}/"), port, Some(identity), directives)
    }

    /// The URL of the server.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The process that was started.
    #[must_use]
    pub const fn daemon(&self) -> &Daemon {
        &self.daemon
    }

    #[track_caller]
    fn start(url: String, port: u16, identity: Option<&Identity>, directives: &str) -> Self {
        let ready = || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok();
        let command = |folder: &Path| command(folder, port, identity, directives);
        let daemon = Daemon::start("nginx", command, ready);
        Self { daemon, url }
    }
}

/// The answer of a server that only tells the time.
const NO_CONTENT: &str = "return 204;";

/// One process, which writes only into `folder`.
fn command(folder: &Path, port: u16, identity: Option<&Identity>, directives: &str) -> Command {
    let file = |name: &str, text: &str| must(name, fs::write(folder.join(name), text));
    let tls = identity.map(|identity| {
        file("certificate.pem", &identity.certificate);
        file("key.pem", &identity.key);
        "ssl_certificate certificate.pem; ssl_certificate_key key.pem;"
    });
    let listen = if tls.is_some() { " ssl" } else { "" };
    let folders: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {};\n", folder.join(name).display()))
        .concat();
    let settings = format!(
        "daemon off; master_process off; pid {pid};\nevents {{}}\nhttp {{\naccess_log off;\n\
         log_format shown $ssl_client_verify;\n{folders}server {{\n\
         listen 127.0.0.1:{port}{listen}; {tls}\n{directives}\n}}\n}}\n",
        pid = folder.join("pid").display(),
        tls = tls.unwrap_or_default(),
    );
    file("nginx.conf", &settings);
    let mut command = Command::new(tool("nginx"));
    command.arg("-e").arg("stderr").arg("-p").arg(folder).arg("-c").arg(folder.join("nginx.conf"));
    command
}
