//! A server on loopback that answers as a test says.

use core::net::SocketAddr;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use std::io;
use std::net::UdpSocket;
use std::thread;

/// Number of packets that a client's receive buffer holds in any case.
const BURST: usize = 50;
/// What a client may need to read a burst.
const PAUSE: Duration = Duration::from_millis(1);
/// How long the end of a test may go unnoticed.
const NAP: Duration = Duration::from_millis(20);

/// Answers each request with the packets that `answer` returns, until `ended` is set.
///
/// # Errors
/// The error of a socket for which no timeout can be set.
pub fn serve(
    socket: &UdpSocket,
    ended: &AtomicBool,
    mut answer: impl FnMut(&[u8; 48]) -> Vec<Vec<u8>>,
) -> io::Result<()> {
    socket.set_read_timeout(Some(NAP))?;
    let mut request = [0; 48];
    while !ended.load(Ordering::Relaxed) {
        // A read that times out is how the end is noticed.
        let Ok((_, client)) = socket.recv_from(&mut request) else { continue };
        for (number, packet) in answer(&request).iter().enumerate() {
            if number % BURST == BURST - 1 {
                thread::sleep(PAUSE);
            }
            // A client that has left is no failure of the server.
            let _ = socket.send_to(packet, client);
        }
    }
    Ok(())
}

/// Starts a server at a free port of the IP address `ip`, which runs for as long as the test program.
///
/// # Errors
/// The error of the socket.
pub fn spawn(
    ip: &str,
    answer: impl FnMut(&[u8; 48]) -> Vec<Vec<u8>> + Send + 'static,
) -> io::Result<SocketAddr> {
    let socket = UdpSocket::bind((ip, 0))?;
    let address = socket.local_addr()?;
    thread::spawn(move || serve(&socket, &AtomicBool::new(false), answer));
    Ok(address)
}
