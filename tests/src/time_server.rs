//! Time servers on loopback that serve the time of this machine, or a shifted one.
//!
//! Each has an address of its own, since servers at one address are one host.

use core::net::{Ipv4Addr, SocketAddr};
use core::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use core::time::Duration;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream, ToSocketAddrs, UdpSocket};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{SystemTime, UNIX_EPOCH};

use jwtick_sntp_peer as sntp;

use crate::daemon::must;

/// Interval at which the end is noticed.
const NAP: Duration = Duration::from_millis(20);

/// A server on its own thread, which ends when this is dropped.
pub struct TimeServer {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl TimeServer {
    /// An SNTP server (RFC 5905) that is `ahead` seconds ahead of this machine.
    ///
    /// # Panics
    /// If no socket can be opened: a test that cannot run has failed.
    #[must_use]
    #[track_caller]
    pub fn ntp(ahead: i64) -> Self {
        Self::ntp_at(loopback(), ahead)
    }

    /// The same at a given address.
    ///
    /// # Panics
    /// As for [`ntp`](Self::ntp).
    #[must_use]
    #[track_caller]
    pub fn ntp_at(address: impl ToSocketAddrs, ahead: i64) -> Self {
        let socket = must("ntp", UdpSocket::bind(address));
        let address = must("ntp", socket.local_addr());
        Self::serve(address, move |ended| {
            let reply =
                |request: &_| sntp::reply(request, sntp::now() + ahead * 1_000_000).to_vec();
            must("ntp", sntp::serve(&socket, ended, |request| vec![reply(request)]));
        })
    }

    /// An HTTP server whose `Date` (RFC 9110 §6.6.1) is `ahead` seconds ahead of this machine.
    ///
    /// # Panics
    /// As for [`ntp`](Self::ntp).
    #[must_use]
    #[track_caller]
    pub fn http(ahead: i64) -> Self {
        Self::http_at(loopback(), ahead, "")
    }

    /// The same at a given address, with further header fields, each with its line break.
    ///
    /// # Panics
    /// As for [`ntp`](Self::ntp).
    #[must_use]
    #[track_caller]
    pub fn http_at(address: impl ToSocketAddrs, ahead: i64, fields: &str) -> Self {
        let fields: Arc<str> = fields.into();
        let listener = must("http", TcpListener::bind(address));
        must("http", listener.set_nonblocking(true));
        let address = must("http", listener.local_addr());
        Self::serve(address, move |ended| {
            while !ended.load(Ordering::Relaxed) {
                match listener.accept() {
                    // A peer that leaves is not a failure of the server.
                    Ok((stream, _)) => {
                        let fields = Arc::clone(&fields);
                        drop(thread::spawn(move || answer_http(&stream, ahead, &fields)));
                    }
                    Err(_) => thread::sleep(NAP),
                }
            }
        })
    }

    /// `HOST:PORT`.
    #[must_use]
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// The port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address as a URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    fn serve(address: SocketAddr, work: impl FnOnce(&AtomicBool) + Send + 'static) -> Self {
        let ended = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&ended);
        Self { address, ended, thread: Some(thread::spawn(move || work(&told))) }
    }
}

impl Drop for TimeServer {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Returns an address of loopback that no other server of this process has: Linux answers at all of
/// 127.0.0.0/8.
pub(crate) fn loopback() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(1);
    let [high, low] = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    (Ipv4Addr::new(127, 1, high, low), 0).into()
}

pub(crate) fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Answers requests until the peer leaves.
fn answer_http(stream: &TcpStream, ahead: i64, fields: &str) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let mut writer = stream;
    loop {
        loop {
            match lines.next() {
                Some(line) if line.as_deref().is_ok_and(str::is_empty) => break,
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error),
                None => return Ok(()),
            }
        }
        let status = if fields.contains("Location") { "302 Found" } else { "204 No Content" };
        let secs = i64::try_from(now().as_secs()).unwrap_or_default() + ahead;
        let head = format!(
            "HTTP/1.1 {status}\r\nDate: {}\r\nContent-Length: 0\r\n{fields}\r\n",
            http_date(secs)
        );
        writer.write_all(head.as_bytes())?;
    }
}

/// IMF-fixdate (RFC 9110 §5.6.7).
pub(crate) fn http_date(secs: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (day, second) = (secs.div_euclid(86_400), secs.rem_euclid(86_400));
    let (year, month, date) = civil(day);
    let name = |names: &[&'static str], index: i64| {
        usize::try_from(index).ok().and_then(|index| names.get(index).copied()).unwrap_or_default()
    };
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    let (weekday, month) = (name(&DAYS, day.rem_euclid(7)), name(&MONTHS, month - 1));
    format!("{weekday}, {date:02} {month} {year:04} {hour:02}:{minute:02}:{:02} GMT", second % 60)
}

/// Year, month and day of a day since 1970: years are counted from March, so that the leap day is
/// the last of them.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let date = of_year - (153 * from_march + 2) / 5 + 1;
    (year + era * 400 + i64::from(month <= 2), month, date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let rows = [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), // RFC 9110 §5.6.7
            (1_488_307_191, "Tue, 28 Feb 2017 18:39:51 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        ];
        for (secs, date) in rows {
            assert_eq!(http_date(secs), date, "{secs}");
        }
    }
}
