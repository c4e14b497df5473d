//! Certificates, whose validity period a TLS client judges by its own clock.

use super::kind::Judge::Us;
use super::kind::Says::{
    CertificateEnded, CertificateNotYet, CertificateWindow, ClockAhead, ClockBehind,
};
use super::row::{Entry, row};

pub(super) const ROWS: &[Entry] = &[
    row(
        "Go crypto/x509",
        (Us, CertificateNotYet),
        "certificate has expired or is not yet valid: current time {local} is before {nbf}",
        "x509: certificate has expired or is not yet valid: current time 2024-02-19T07:12:40+01:00 is before 2024-03-09T21:05:33Z",
    ),
    row(
        "Go crypto/x509",
        (Us, CertificateEnded),
        "certificate has expired or is not yet valid: current time {local} is after {exp}",
        "x509: certificate has expired or is not yet valid: current time 2025-06-17T10:18:22+02:00 is after 2025-05-29T03:12:06Z",
    ),
    row(
        "Go crypto/x509",
        (Us, CertificateWindow),
        "certificate has expired or is not yet valid",
        "x509: certificate has expired or is not yet valid",
    ),
    row(
        "TLS",
        (Us, CertificateWindow),
        "Certificate is expired or not yet valid",
        "BearSSL: Certificate is expired or not yet valid.",
    ),
    row(
        "TLS",
        (Us, CertificateNotYet),
        "certificate is not yet valid",
        "curl: (60) SSL certificate problem: certificate is not yet valid",
    ),
    row(
        "mbedTLS",
        (Us, CertificateNotYet),
        "certificate validity starts in the future",
        "! The certificate validity starts in the future",
    ),
    row(
        "axTLS",
        (Us, CertificateNotYet),
        "X509_VFY_ERROR_NOT_YET_VALID",
        "Error: X509_VFY_ERROR_NOT_YET_VALID",
    ),
    row(
        "Java",
        (Us, CertificateNotYet),
        "CertificateNotYetValidException: NotBefore: {nbf}",
        "java.security.cert.CertificateNotYetValidException: NotBefore: Wed Mar 06 10:00:00 UTC 2024",
    ),
    row(
        "Java",
        (Us, CertificateEnded),
        "CertificateExpiredException: NotAfter: {exp}",
        "java.security.cert.CertificateExpiredException: NotAfter: Wed Mar 06 10:00:00 UTC 2024",
    ),
    row("rustls", (Us, CertificateNotYet), "NotValidYet", "invalid peer certificate: NotValidYet"),
    row(
        "rustls",
        (Us, CertificateEnded),
        "invalid peer certificate: Expired",
        "invalid peer certificate: Expired",
    ),
    row(
        "TLS",
        (Us, CertificateEnded),
        "certificate has expired",
        "curl: (60) SSL certificate problem: certificate has expired",
    ),
    row("TLS", (Us, CertificateEnded), "CERT_HAS_EXPIRED", "Error: CERT_HAS_EXPIRED"),
    row("Chromium", (Us, CertificateWindow), "ERR_CERT_DATE_INVALID", "net::ERR_CERT_DATE_INVALID"),
    row(
        "apt",
        (Us, CertificateNotYet),
        "is not valid yet (invalid for another {gap}",
        "E: Release file for http://deb.example.com/dists/stable/InRelease is not valid yet (invalid for another 3h 2min 10s). Updates for this repository will not be applied.",
    ),
    row(
        "TLS",
        (Us, CertificateWindow),
        "please start sntp first",
        "E (13560) esp-tls: please start sntp first !",
    ),
    row(
        "Android",
        (Us, CertificateNotYet),
        "Certificate not valid until {nbf} (compared to {local}",
        "CertificateNotYetValidException: Certificate not valid until Tue Jul 25 02:00:00 GMT+02:00 2023 (compared to Thu Jan 01 02:00:41 GMT+02:00 2015)",
    ),
    row(
        "Android",
        (Us, CertificateEnded),
        "Certificate expired at {exp} (compared to {local}",
        "CertificateExpiredException: Certificate expired at Tue Jul 25 02:00:00 GMT+02:00 2023 (compared to Thu Aug 03 02:00:41 GMT+02:00 2023)",
    ),
    row(
        "Android",
        (Us, CertificateNotYet),
        "current time: {local}, validation time: {nbf}",
        "CertificateNotYetValidException: current time: Sun Jan 01 01:12:26 GMT+01:00 2012, validation time: Mon Nov 05 01:00:00 GMT+01:00 2012",
    ),
    row(
        "Android",
        (Us, CertificateEnded),
        "current time: {local}, expiration time: {exp}",
        "CertificateExpiredException: current time: Mon Nov 05 01:00:00 GMT+01:00 2012, expiration time: Sun Jan 01 01:12:26 GMT+01:00 2012",
    ),
    row(
        "DNSSEC",
        (Us, CertificateNotYet),
        "signature before inception date",
        "unbound: info: validation failure <a. A IN>: signature before inception date from 192.0.2.53",
    ),
    row("Chromium", (Us, ClockBehind), "Your clock is behind", "Your clock is behind"),
    row("Chromium", (Us, ClockAhead), "Your clock is ahead", "Your clock is ahead"),
];
