//! Knowledge about the zone of the stamps, and its effect on the offset.

use super::table::{diagnose_in, interval, said};
use jwtick_core::diagnosis::{Decider, Diagnosis, LogZone, ZoneKnowledge, ZoneRules};
use jwtick_core::{Span, UnixTime};

/// A log without a zone: 20 min behind the server if it is in UTC, 80 min at UTC+1.
const NO_ZONE: &str = "2024-01-09 14:00:00 POST /token\n\
    2024-01-09 14:00:00 < date: Tue, 09 Jan 2024 14:20:00 GMT\n\
    2024-01-09 14:00:00 < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";
const ZONE: &str = "2024-01-09T15:00:00+01:00 POST /token\n\
    2024-01-09T15:00:00+01:00 < date: Tue, 09 Jan 2024 14:20:00 GMT\n\
    2024-01-09T15:00:00+01:00 < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";

const HOUR: Span = Span::from_secs(3_600);

/// UTC+1 in January, UTC+2 in July.
struct Berlin;

impl ZoneRules for Berlin {
    fn utc_offset(&self, civil: UnixTime) -> Span {
        const APRIL: UnixTime = UnixTime::from_secs(1_711_929_600);
        if civil < APRIL { HOUR } else { HOUR + HOUR }
    }
}

/// 20 minutes are no multiple of a quarter of an hour, so the clock is wrong in every zone; 30 are.
const HALF_AN_HOUR: &str = "2024-01-09 14:00:00 POST /token\n\
     2024-01-09 14:00:00 < date: Tue, 09 Jan 2024 14:30:00 GMT\n\
     2024-01-09 14:00:00 < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n";

/// [`said`], followed by the narrow interval and the zone.
fn said_of_zone(diagnosis: &Diagnosis) -> String {
    let zone = match diagnosis.zone {
        ZoneKnowledge::Stated => "stated".to_owned(),
        ZoneKnowledge::Assumed => "assumed".to_owned(),
        ZoneKnowledge::Unknown => "unknown".to_owned(),
        ZoneKnowledge::Recovered(zone) => format!("recovered {}", zone.floor_secs()),
    };
    let narrow = diagnosis.offset_if_utc.map(|offset| format!("; in UTC {}", interval(offset)));
    format!("{}{}; {zone}", said(diagnosis), narrow.unwrap_or_default())
}

const IN_ZONES: &[(&str, LogZone<'_>, &str, &str)] = &[
    ("stated", LogZone::Unknown, ZONE, "local-clock found proven behind 1199..1201; stated"),
    (
        "unknown",
        LogZone::Unknown,
        NO_ZONE,
        "local-clock found likely -42001..51601; in UTC 1199..1201; unknown",
    ),
    (
        "unknown, and off by no more than a zone explains",
        LogZone::Unknown,
        HALF_AN_HOUR,
        "undetermined open weak -41401..52201; in UTC 1799..1801; unknown",
    ),
    (
        "UTC as the caller states",
        LogZone::Fixed(Span::ZERO),
        NO_ZONE,
        "local-clock found proven behind 1199..1201; assumed",
    ),
    (
        "UTC+1 as the caller states",
        LogZone::Fixed(HOUR),
        NO_ZONE,
        "local-clock found proven behind 4799..4801; assumed",
    ),
    (
        "by rules",
        LogZone::Rules(&Berlin),
        NO_ZONE,
        "local-clock found proven behind 4799..4801; assumed",
    ),
    (
        "not UTC, by a key that is older than the clock says",
        LogZone::Unknown,
        "2024-01-09 14:00:00 POST /token\n\
         2024-01-09 14:00:00 < date: Tue, 09 Jan 2024 14:20:00 GMT\n\
         2024-01-09 14:00:00 < {\"error\":\"invalid_grant\",\"error_description\":\"JWT has expired\"}\n\
         gpg: key 7103FB49B3D53065 was created 4000 seconds in the future (time warp or clock problem)\n",
        "local-clock found proven behind 4000..51601; unknown",
    ),
    (
        "given away by a stamp in UTC of the same moment",
        LogZone::Unknown,
        "2024-01-09 15:00:00 > x-amz-date: 20240109T140000Z\n\
         2024-01-09 15:00:00 < date: Tue, 09 Jan 2024 14:20:00 GMT\n\
         2024-01-09 15:00:00 RequestTimeTooSkewed\n",
        "local-clock found proven behind 1199..1201; recovered 3600",
    ),
    (
        "by one of six seconds before, which is another moment",
        LogZone::Unknown,
        "2024-01-09 15:00:06 > x-amz-date: 20240109T140000Z\n\
         2024-01-09 15:00:06 < date: Tue, 09 Jan 2024 14:20:06 GMT\n\
         2024-01-09 15:00:06 RequestTimeTooSkewed\n",
        "local-clock found likely -45601..1207; in UTC -2401..-2394; unknown",
    ),
    (
        "a stated zone outweighs the caller's",
        LogZone::Fixed(Span::ZERO),
        ZONE,
        "local-clock found proven behind 1199..1201; stated",
    ),
];

#[test]
fn offset_holds_in_every_possible_zone() {
    for &(name, zone, text, expected) in IN_ZONES {
        assert_eq!(said_of_zone(&diagnose_in(zone, text)), expected, "{name}");
    }
}

#[test]
fn report_names_what_would_decide() {
    const ROWS: &[(&str, &str, Option<Decider>)] = &[
        ("the zone", HALF_AN_HOUR, Some(Decider::LogZone)),
        ("a server's time", "JWT expired\n", Some(Decider::ServerDate)),
        (
            "the dates of a certificate",
            "certificate has expired\n",
            Some(Decider::CertificateDates),
        ),
        ("a call that failed", "all is well\n", Some(Decider::FailedCall)),
        ("nothing more", ZONE, None),
    ];
    for &(name, text, expected) in ROWS {
        assert_eq!(diagnose_in(LogZone::Unknown, text).decider, expected, "{name}");
    }
}
