//! Time services that report by how much the clock was wrong, or by how much they moved it.
//!
//! A sentence counts only where its service writes it: after one of its tags, or at the head of a
//! message. All of them use the same sign as jwtick: positive if the clock was behind.

use super::kind::Judge::Us;
use super::kind::Says::{Set, Step, Unset};
use super::row::{Entry, row};

pub(super) const ROWS: &[Entry] = &[
    row(
        "chrony",
        (Us, Step),
        "System clock wrong by {behind_s} seconds",
        "chronyd[511]: System clock wrong by 3599.912345 seconds",
    ).tagged(&["chronyd"]),
    row(
        "chrony",
        (Us, Step),
        "System clock was stepped by {behind_s} seconds",
        "chronyd[511]: System clock was stepped by 3599.912345 seconds",
    ).tagged(&["chronyd"]),
    row(
        "chrony",
        (Us, Step),
        "System time : {behind_s} seconds slow of NTP time",
        "System time     : 217.123456789 seconds slow of NTP time",
    ),
    row(
        "chrony",
        (Us, Step),
        "System time : {ahead_s} seconds fast of NTP time",
        "System time     : 217.123456789 seconds fast of NTP time",
    ),
    row(
        "Keycloak",
        (Us, Step),
        "Estimated time difference between browser and server is {ahead_s} seconds",
        "[KEYCLOAK] Estimated time difference between browser and server is 2710 seconds",
    ),
    row(
        "ntpdate",
        (Us, Step),
        "step time server {} offset {behind_s} sec",
        "ntpdate[812]: step time server 192.0.2.1 offset 7199.998112 sec",
    ).tagged(&["ntpdate"]),
    row("ntpd", (Us, Step), "time reset {behind_s} s", "ntpd[411]: time reset +212.118331 s").tagged(&["ntpd"]),
    row(
        "BusyBox ntpd",
        (Us, Step),
        "setting time to {} (offset {behind}",
        "ntpd: setting time to 2025-03-14 09:40:17.507385 (offset +192495.809472s)",
    ).tagged(&["ntpd", "busybox"]),
    row(
        "OpenNTPD",
        (Us, Step),
        "set local clock to {} (offset {behind}",
        "ntpd[77]: set local clock to Fri Mar 14 09:40:17 UTC 2025 (offset 192495.809472s)",
    ).tagged(&["ntpd", "openntpd"]),
    row(
        "rdate",
        (Us, Step),
        "adjust local clock by {behind}",
        "rdate: adjust local clock by 192495.8 seconds",
    ).tagged(&["rdate"]),
    row(
        "Cisco IOS",
        (Us, Step),
        "System clock has been updated from {from} to {to}",
        "%SYS-6-CLOCKUPDATE: System clock has been updated from 00:00:18 UTC Mon Mar 1 1993 to 09:40:17 UTC Fri Mar 14 2025, configured from NTP by 192.0.2.1.",
    ).tagged(&["%SYS-6-CLOCKUPDATE"]),
    row(
        "RouterOS",
        (Us, Step),
        "ntp change time {from} => {to}",
        "system,clock,critical,info ntp change time Jan/02/1970 00:00:12 => Mar/14/2025 09:40:17",
    ).anchored("ntp change time "),
    row(
        "VirtualBox",
        (Us, Step),
        "Radical host time change: {behind}",
        "00:00:10.001234 timesync vgsvcTimeSyncWorker: Radical host time change: 7 645 123 000 000ns (HostNow=1 580 000 000 000 000 000 ns)",
    ).tagged(&["vgsvcTimeSyncWorker", "timesync", "VBoxService"]),
    row(
        "Tor",
        (Us, Step),
        "Our clock is {behind} behind the time published in the consensus",
        "[warn] Our clock is 5 hours, 14 minutes behind the time published in the consensus network status document (2018-08-19 20:00:00 UTC).",
    ).anchored("behind the time published"),
    row(
        "rclone",
        (Us, Step),
        "Time may be set wrong - time from {} is {ahead} different from this computer",
        "NOTICE: Time may be set wrong - time from \"www.googleapis.com\" is -23h19m27.635028s different from this computer",
    ).anchored("Time may be set wrong"),
    row(
        "CryptoExchange.Net",
        (Us, Step),
        "Time offset set to {behind}",
        "2023/09/19 10:54:39:803 | Information | OKX RestApi | OKX RestApi Time offset set to 754808ms",
    ),
    row(
        "ntpd",
        (Us, Step),
        "time reset (step) {behind_s} s",
        "xntpd[411]: time reset (step) 1203.456 s",
    ).tagged(&["ntpd", "xntpd"]),
    row(
        "Windows",
        (Us, Step),
        "The system time has changed to {to} from {from}",
        "The system time has changed to 2025-03-14T10:00:17.500000000Z from 2025-03-14T09:40:17.000000000Z.",
    ),
    row("ntpd", (Us, Step), "time stepped by {behind_s}", "ntpd: time stepped by 212.118331").tagged(&["ntpd"]),
    row(
        "systemd-timesyncd",
        (Us, Unset),
        "System clock time unset or jumped backwards",
        "systemd-timesyncd[311]: System clock time unset or jumped backwards, restoring from recorded timestamp: Tue 2024-03-05 10:00:00 UTC",
    ).tagged(&["systemd-timesyncd"]),
    row(
        "systemd",
        (Us, Unset),
        "System time before build time, advancing clock",
        "systemd[1]: System time before build time, advancing clock.",
    ).tagged(&["systemd"]),
    row(
        "hwclock",
        (Us, Unset),
        "low voltage detected, date/time is not reliable",
        "rtc-pcf8563 0-0051: low voltage detected, date/time is not reliable.",
    ),
    row(
        "Home Assistant",
        (Us, Set),
        "Setting new host datetime",
        "[supervisor.host.control] Setting new host datetime: 2025-04-27 19:12:08+00:00",
    ),
    row("systemd", (Us, Set), "Time has been changed", "systemd[1]: Time has been changed").tagged(&["systemd"]),
    row(
        "systemd-resolved",
        (Us, Set),
        "Clock change detected",
        "systemd-resolved[402]: Clock change detected. Flushing caches.",
    ).tagged(&["systemd-resolved"]),
];
