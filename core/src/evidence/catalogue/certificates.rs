//! Certificates: a TLS client judges the server's validity period by its own clock.

use super::Judge::Us;
use super::Says::{CertificateEnded, CertificateNotYet, CertificateWindow};
use super::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(
        "Go crypto/x509",
        (Us, CertificateNotYet),
        "is not yet valid: current time",
        "certificate has expired or is not yet valid: current time {local} is before {nbf}",
        "x509: certificate has expired or is not yet valid: current time 2024-02-19T07:12:40+01:00 is before 2024-03-09T21:05:33Z",
    ),
    row(
        "Go crypto/x509",
        (Us, CertificateEnded),
        "is not yet valid: current time",
        "certificate has expired or is not yet valid: current time {local} is after {exp}",
        "x509: certificate has expired or is not yet valid: current time 2025-06-17T10:18:22+02:00 is after 2025-05-29T03:12:06Z",
    ),
    row(
        "Go crypto/x509",
        (Us, CertificateWindow),
        "certificate has expired or is not yet valid",
        "certificate has expired or is not yet valid",
        "x509: certificate has expired or is not yet valid",
    ),
    row(
        "TLS",
        (Us, CertificateWindow),
        "certificate is expired or not yet valid",
        "Certificate is expired or not yet valid",
        "BearSSL: Certificate is expired or not yet valid.",
    ),
    row(
        "TLS",
        (Us, CertificateNotYet),
        "certificate is not yet valid",
        "certificate is not yet valid",
        "curl: (60) SSL certificate problem: certificate is not yet valid",
    ),
    row(
        "mbedTLS",
        (Us, CertificateNotYet),
        "validity starts in the future",
        "certificate validity starts in the future",
        "! The certificate validity starts in the future",
    ),
    row(
        "axTLS",
        (Us, CertificateNotYet),
        "error_not_yet_valid",
        "X509_VFY_ERROR_NOT_YET_VALID",
        "Error: X509_VFY_ERROR_NOT_YET_VALID",
    ),
    row(
        "Java",
        (Us, CertificateNotYet),
        "certificatenotyetvalid",
        "CertificateNotYetValidException: NotBefore: {nbf}",
        "java.security.cert.CertificateNotYetValidException: NotBefore: Wed Mar 06 10:00:00 UTC 2024",
    ),
    row(
        "Java",
        (Us, CertificateEnded),
        "certificateexpiredexception",
        "CertificateExpiredException: NotAfter: {exp}",
        "java.security.cert.CertificateExpiredException: NotAfter: Wed Mar 06 10:00:00 UTC 2024",
    ),
    row(
        "rustls",
        (Us, CertificateNotYet),
        "notvalidyet",
        "NotValidYet",
        "invalid peer certificate: NotValidYet",
    ),
    row(
        "rustls",
        (Us, CertificateEnded),
        "invalid peer certificate: expired",
        "invalid peer certificate: Expired",
        "invalid peer certificate: Expired",
    ),
    row(
        "TLS",
        (Us, CertificateEnded),
        "certificate has expired",
        "certificate has expired",
        "curl: (60) SSL certificate problem: certificate has expired",
    ),
    row(
        "TLS",
        (Us, CertificateEnded),
        "cert_has_expired",
        "CERT_HAS_EXPIRED",
        "Error: CERT_HAS_EXPIRED",
    ),
    row(
        "Chromium",
        (Us, CertificateWindow),
        "err_cert_date_invalid",
        "ERR_CERT_DATE_INVALID",
        "net::ERR_CERT_DATE_INVALID",
    ),
    row(
        "apt",
        (Us, CertificateNotYet),
        "not valid yet (invalid for another",
        "is not valid yet (invalid for another {gap}",
        "E: Release file for http://deb.example.com/dists/stable/InRelease is not valid yet (invalid for another 3h 2min 10s). Updates for this repository will not be applied.",
    ),
    row(
        "TLS",
        (Us, CertificateWindow),
        "please start sntp first",
        "please start sntp first",
        "E (13560) esp-tls: please start sntp first !",
    ),
];
