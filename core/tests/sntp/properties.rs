//! Properties for every clock, path and packet.

use jwtick_core::survey::SntpSeries;
use jwtick_core::time::Ppm;
use jwtick_core::wire::{SntpPolicy, SntpRefusal, SntpRequest};
use jwtick_core::{Span, UnixTime};
use proptest::prelude::*;

use super::{BUILT, GOOD, NONCE, Reply, local, policy, stamp};

/// One exchange as it really happened, in microseconds.
#[derive(Debug, Clone, Copy)]
struct World {
    sent: i64, // UTC
    out: i64,
    held: i64,
    back: i64,
    local_behind: i64,
    drift: i64, // parts per million, since `sent`
    server_behind: i64,
    root_delay: u32,
    root_dispersion: u32,
    precision: i8,
}

impl World {
    // The local clock, whose rate error is at most the policy's drift.
    fn local(&self, utc: i64) -> i64 {
        utc - self.local_behind + (utc - self.sent) * self.drift / 1_000_000
    }

    fn server(&self, utc: i64) -> i64 {
        utc - self.server_behind
    }

    // The smallest value that the distance in the packet can mean.
    fn distance(&self) -> i64 {
        ((i64::from(self.root_delay) * 1_000_000) >> 17)
            + ((i64::from(self.root_dispersion) * 1_000_000) >> 16)
    }

    fn reply(&self) -> Reply {
        let arrived = self.sent + self.out;
        Reply {
            precision: self.precision,
            root_delay: self.root_delay,
            root_dispersion: self.root_dispersion,
            receive: stamp(self.server(arrived)),
            transmit: stamp(self.server(arrived + self.held)),
            ..GOOD
        }
    }
}

prop_compose! {
    fn worlds()(
        sent in -3_000_000_000_000_000_i64..3_000_000_000_000_000,
        out in 0_i64..5_000_000,
        held in 0_i64..2_000_000,
        back in 0_i64..5_000_000,
        local_behind in -2_000_000_000_000_000_i64..2_000_000_000_000_000,
        drift in -499_i64..=499,
        share in -1_000_i64..=1_000,
        root_delay in 0_u32..0x1_0000,
        root_dispersion in 0_u32..0x7000,
        precision in -30_i8..=-6,
    ) -> World {
        let world = World {
            sent, out, held, back, local_behind, drift, server_behind: 0, root_delay, root_dispersion, precision,
        };
        // The server is wrong by up to its own stated distance, in either direction.
        World { server_behind: world.distance() * share / 1_000, ..world }
    }
}

proptest! {
    #[test]
    fn sample_contains_the_true_offset(world in worlds()) {
        let received = world.sent + world.out + world.held + world.back;
        let (before, after) = (world.local(world.sent), world.local(received));
        let policy = SntpPolicy::as_of(UnixTime::from_micros(world.sent));
        let sample = SntpRequest::new(NONCE)
            .check(&world.reply().bytes(), local(before, after), policy)
            .expect("a good server");
        for utc in [world.sent, world.sent + world.out, received] {
            let truth = Span::from_micros(utc - world.local(utc));
            prop_assert!(sample.offset.contains(truth), "{truth:?} is not in {:?}", sample.offset);
        }
        // and it is no wider than RFC 5905 §8 says: δ/2 + ε to either side
        let epsilon = sample.root_distance + sample.precision
            + Span::from_micros(3 + (after - before) / 1_000_000 * 501 + 501);
        let width = sample.delay + epsilon + epsilon;
        prop_assert!(sample.offset.most() - sample.offset.least() <= width);
    }

    #[test]
    fn series_contains_the_true_offset(
        world in worlds(),
        exchanges in proptest::collection::vec((0_i64..2_000_000, 0_i64..100_000, 0_i64..100_000), 1..5),
    ) {
        let mut series = SntpSeries::new(SntpPolicy::SLEW);
        let policy = SntpPolicy::as_of(UnixTime::from_micros(world.sent));
        let (mut utc, mut least_width) = (world.sent, Span::MAX);
        for (pause, out, back) in exchanges {
            let sent = utc + pause;
            let arrived = World { out: sent - world.sent + out, held: 0, ..world };
            utc = sent + out + back;
            let bracket = local(world.local(sent), world.local(utc));
            let sample = SntpRequest::new(NONCE)
                .check(&arrived.reply().bytes(), bracket, policy)
                .expect("a good server");
            series.add(sample).expect("one server does not contradict itself");
            least_width = sample.offset.most() - sample.offset.least();
        }
        let truth = Span::from_micros(utc - world.local(utc));
        let offset = series.offset().expect("at least one sample");
        prop_assert!(offset.contains(truth), "{truth:?} is not in {offset:?}");
        prop_assert!(offset.most() - offset.least() <= least_width);
    }

    #[test]
    fn rejects_packets_without_the_nonce(
        mut bytes in proptest::collection::vec(any::<u8>(), 48..100),
        nonce: u64,
    ) {
        bytes[0] = 0x24;
        bytes[1] = 1;
        let request = SntpRequest::new(nonce);
        if bytes[24..32] != nonce.to_be_bytes() {
            prop_assert_eq!(request.check(&bytes, local(0, 1), policy()), Err(SntpRefusal::Origin));
        }
        bytes[24..32].copy_from_slice(&nonce.to_be_bytes());
        prop_assert_ne!(request.check(&bytes, local(0, 1), policy()), Err(SntpRefusal::Origin));
    }

    #[test]
    fn arbitrary_bytes_do_not_panic(
        mut bytes in proptest::collection::vec(any::<u8>(), 0..80),
        (before, after) in (any::<i64>(), any::<i64>()),
        pivot: i64,
        most in any::<i64>(),
        drift: u32,
    ) {
        if let Some(originate) = bytes.get_mut(24..32) {
            originate.copy_from_slice(&NONCE.to_be_bytes());
        }
        let policy = SntpPolicy {
            pivot: UnixTime::from_micros(pivot),
            most_distance: Span::from_micros(most),
            drift: Ppm(drift),
        };
        let local = local(before.min(after), before.max(after));
        if let Ok(sample) = SntpRequest::new(NONCE).check(&bytes, local, policy) {
            prop_assert!(sample.offset.least() <= sample.offset.most());
            prop_assert!(sample.delay >= Span::ZERO);
            prop_assert!(sample.root_distance <= policy.most_distance);
        }
    }

    #[test]
    fn larger_root_distance_never_proves_more(
        world in worlds(),
        more in 0_u32..0x800,
    ) {
        let received = world.sent + world.out + world.held + world.back;
        let bracket = local(world.local(world.sent), world.local(received));
        let policy = SntpPolicy {
            most_distance: SntpPolicy::MAXDISP, ..SntpPolicy::as_of(UnixTime::from_secs(BUILT))
        };
        let check = |world: World| {
            SntpRequest::new(NONCE).check(&world.reply().bytes(), bracket, policy).expect("good").offset
        };
        let near = check(world);
        for far in [
            World { root_delay: world.root_delay + more, ..world },
            World { root_dispersion: world.root_dispersion + more, ..world },
        ] {
            let far = check(far);
            prop_assert!(far.least() <= near.least() && near.most() <= far.most());
        }
    }
}
