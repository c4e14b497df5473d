//! chronyd as a time server on loopback, at an address of its own. It never touches the clock of the machine.

use core::net::{Ipv4Addr, SocketAddr};
use core::time::Duration;
use std::fs;
use std::net::UdpSocket;
use std::path::Path;
use std::process::Command;

use crate::daemon::{Daemon, free_udp_port, must};
use crate::time_server::loopback;
use crate::tool;

/// A chronyd that serves its own clock.
pub struct Chrony {
    daemon: Daemon,
    address: SocketAddr,
}

impl Chrony {
    /// Serves the time of this machine.
    #[must_use]
    #[track_caller]
    pub fn start() -> Self {
        Self::under(&[])
    }

    /// Serves the time of this machine, shifted by `faketime`'s `shift`, such as `+1h`.
    #[must_use]
    #[track_caller]
    pub fn shifted(shift: &str) -> Self {
        let faketime = tool("faketime");
        Self::under(&[&faketime.to_string_lossy(), "-f", shift])
    }

    /// The address of the server.
    #[must_use]
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// The process that was started.
    #[must_use]
    pub const fn daemon(&self) -> &Daemon {
        &self.daemon
    }

    /// The process of chronyd itself, as opposed to its wrapper's.
    fn id(&self) -> Option<String> {
        let file = fs::read_to_string(self.daemon.folder().join("pid"));
        file.ok().map(|id| id.trim().to_owned())
    }

    #[track_caller]
    fn under(wrapper: &[&str]) -> Self {
        let address = SocketAddr::new(loopback().ip(), free_udp_port());
        let start = |folder: &Path| command(wrapper, folder, address);
        let daemon = Daemon::start("chronyd", start, || answers(address));
        Self { daemon, address }
    }
}

/// `faketime` stays in memory with the daemon and frees their shared data when the daemon ends; killing
/// `faketime` would leave both running.
impl Drop for Chrony {
    fn drop(&mut self) {
        if let Some(id) = self.id() {
            // It may have ended by itself.
            let _ = Command::new(tool("kill")).arg(id).status();
            self.daemon.end_by_itself();
        }
    }
}

/// `-x` makes chronyd leave the clock alone; without the capability, it could not set it anyway.
fn command(wrapper: &[&str], folder: &Path, address: SocketAddr) -> Command {
    let settings = format!(
        "port {port}\nbindaddress {ip}\nallow 127.0.0.1\ncmdport 0\nlocal stratum 5\n\
         pidfile {folder}/pid\nbindcmdaddress {folder}/command\n",
        port = address.port(),
        ip = address.ip(),
        folder = folder.display(),
    );
    let file = folder.join("chrony.conf");
    must("chrony.conf", fs::write(&file, settings));
    let mut command = Command::new(tool("setpriv"));
    command.args(["--bounding-set", "-sys_time", "--inh-caps", "-sys_time"]);
    command.args(wrapper).arg(tool("chronyd"));
    command.args(["-x", "-d", "-u", "root", "-f"]).arg(file);
    command
}

/// Returns true if an SNTP request (RFC 5905, version 4, mode 3) is answered.
fn answers(address: SocketAddr) -> bool {
    let mut request = [0; 48];
    request[0] = 0x23;
    let ask = || {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        socket.set_read_timeout(Some(Duration::from_millis(100)))?;
        socket.connect(address)?;
        socket.send(&request)?;
        socket.recv(&mut [0; 256])
    };
    ask().is_ok_and(|length| length >= request.len())
}
