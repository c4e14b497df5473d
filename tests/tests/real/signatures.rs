//! Signatures beside other people's: PyJWT, `jose` for Node.js and the openssl program. What each
//! of them signs verifies here, what is signed here verifies there, and nothing mutated anywhere.

mod cases;
mod mutation;
mod openssl;
mod ours;
mod peer;

use std::thread;

use cases::{ALGORITHMS, Case, Keys};
use mutation::mutated;
use peer::Peer;

/// Keys of each kind, and a message by each for every algorithm.
const KEYS: usize = 200;

fn random_case(keys: &Keys, alg: &'static str) -> Vec<Case> {
    (0..KEYS).map(|number| keys.case(alg, number)).collect()
}

/// Does the same for every case, on as many threads as the smallest machine has processors.
fn each<T: Send>(cases: &[Case], work: impl Fn(&Case) -> T + Sync) -> Vec<T> {
    let half = cases.len().div_ceil(2).max(1);
    thread::scope(|scope| {
        let work = &work;
        let run = |part| scope.spawn(move || Case::map(part, work));
        let parts: Vec<_> = cases.chunks(half).map(run).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

#[track_caller]
fn all_valid(who: &str, cases: &[Case], tokens: &[String], valid: &[bool]) {
    assert_eq!(valid.len(), cases.len(), "{who}: an answer for each token");
    let mut rows = cases.iter().zip(tokens).zip(valid);
    if let Some(((case, token), _)) = rows.find(|(_, valid)| !**valid) {
        panic!("{who} refuses {case}: {token}");
    }
}

#[track_caller]
fn none_valid(who: &str, cases: &[Case], tokens: &[String], valid: &[bool]) {
    assert_eq!(valid.len(), cases.len(), "{who}: an answer for each token");
    let mut rows = cases.iter().zip(tokens).zip(valid);
    if let Some(((case, token), _)) = rows.find(|(_, valid)| **valid) {
        panic!("{who} takes {case}: {token}");
    }
}

/// What we signed, which everybody must take, and what was done to it, which nobody must.
fn ours_there(case: &[Case], ours: &[String]) {
    let forged: Vec<String> = ours.iter().map(|token| mutated(token)).collect();
    let alg = case.first().unwrap().alg;
    for peer in Peer::ALL.into_iter().filter(|peer| peer.knows(alg)) {
        all_valid(peer.name(), case, ours, &peer.verify(case, ours));
        none_valid(peer.name(), case, &forged, &peer.verify(case, &forged));
    }
    let by_openssl = each(case, |case| openssl::verify(case, &ours[case.number]));
    all_valid("openssl", case, ours, &by_openssl);
    let by_us = each(case, |case| ours::verify(case, &forged[case.number]));
    none_valid("jwtick", case, &forged, &by_us);
}

/// What everybody else signed.
fn theirs_here(case: &[Case]) {
    let alg = case.first().unwrap().alg;
    for peer in Peer::ALL.into_iter().filter(|peer| peer.knows(alg)) {
        let tokens = peer.sign(case);
        let valid = each(case, |case| ours::verify(case, &tokens[case.number]));
        all_valid(&format!("jwtick, by {}", peer.name()), case, &tokens, &valid);
        let forged: Vec<String> = tokens.iter().map(|token| mutated(token)).collect();
        let valid = each(case, |case| ours::verify(case, &forged[case.number]));
        none_valid(&format!("jwtick, by {}", peer.name()), case, &forged, &valid);
    }
    let tokens = each(case, openssl::sign);
    let valid = each(case, |case| ours::verify_by_program(case, &tokens[case.number]));
    all_valid("jwtick, by openssl", case, &tokens, &valid);
}

#[test]
fn everybody_takes_the_same_signatures() {
    let keys = Keys::make(KEYS);
    for alg in ALGORITHMS {
        let case = random_case(&keys, alg);
        let ours = each(&case, ours::sign);
        ours_there(&case, &ours);
        theirs_here(&case);
    }
}
