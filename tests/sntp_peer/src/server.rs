//! A server on loopback whose answers a test chooses.

use core::net::SocketAddr;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::io;
use std::net::UdpSocket;
use std::thread;

/// Number of packets that any client's receive buffer can hold.
const BURST: usize = 50;
/// Time that a client may need to read a burst.
const PAUSE: Duration = Duration::from_millis(1);
/// Interval at which the end of a test is noticed.
const NAP: Duration = Duration::from_millis(20);

/// Answers each request with the packets that `answer` returns, until `ended` is set.
///
/// # Errors
/// Returns the socket's error if no timeout can be set.
pub fn serve(
    socket: &UdpSocket,
    ended: &AtomicBool,
    mut answer: impl FnMut(&[u8; 48]) -> Vec<Vec<u8>>,
) -> io::Result<()> {
    socket.set_read_timeout(Some(NAP))?;
    let mut request = [0; 48];
    while !ended.load(Ordering::Relaxed) {
        // The read times out so that the end is noticed.
        let Ok((_, client)) = socket.recv_from(&mut request) else { continue };
        for (number, packet) in answer(&request).iter().enumerate() {
            if number % BURST == BURST - 1 {
                thread::sleep(PAUSE);
            }
            // A client that has left is not a failure of the server.
            let _ = socket.send_to(packet, client);
        }
    }
    Ok(())
}

/// Starts a server on a free port of the IP address `ip`, which runs until the test program ends.
///
/// # Errors
/// Returns the error of the socket.
pub fn spawn(
    ip: &str,
    answer: impl FnMut(&[u8; 48]) -> Vec<Vec<u8>> + Send + 'static,
) -> io::Result<SocketAddr> {
    let socket = UdpSocket::bind((ip, 0))?;
    let address = socket.local_addr()?;
    thread::spawn(move || serve(&socket, &AtomicBool::new(false), answer));
    Ok(address)
}
