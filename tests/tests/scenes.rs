//! Two hundred random connections with known truth: the answers of `probe` must be right, and `diagnose`
//! must give the same answers from the log alone. A program without optimization plays the first fifty.
//!
//! A failure names its seed; `JWTICK_SCENES_SEED=SEED` repeats the scenes, and
//! `JWTICK_SCENES=17` repeats only the scene with that number.
#![cfg(test)]

mod play;
mod scene;
mod truth;

use core::sync::atomic::{AtomicUsize, Ordering};
use std::{env, thread};

use jwtick_tests::is_optimized;
use play::play;
use scene::{Draw, Scene};
use truth::complaints;

const SCENES: usize = 200;
/// A scene mostly waits for the ends of seconds, so all of them run at once.
const AT_ONCE: usize = SCENES;
/// Any number would do; this one is the time of the article's log.
const SEED: u64 = 1_488_307_191;

#[test]
fn answers_about_random_connections_are_right() {
    let seed = variable("JWTICK_SCENES_SEED").unwrap_or(SEED);
    let only = variable("JWTICK_SCENES").and_then(|number| usize::try_from(number).ok());
    let scenes = if is_optimized() { SCENES } else { SCENES / 4 };
    let numbers = only.map_or_else(|| (0..scenes).collect(), |number| vec![number]);
    let next = AtomicUsize::new(0);
    let failures = thread::scope(|scope| {
        let player = || {
            let number = || numbers.get(next.fetch_add(1, Ordering::Relaxed)).copied();
            core::iter::from_fn(number).filter_map(|number| failure(seed, number)).collect()
        };
        let players: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(player)).collect();
        let failures = players.into_iter().flat_map(|player| -> Vec<String> {
            player.join().unwrap_or_else(|_| vec!["a scene could not be played".to_owned()])
        });
        failures.collect::<Vec<_>>()
    });
    let (failed, told) = (failures.len(), failures.join("\n"));
    assert!(failures.is_empty(), "{told}\n{failed} scenes failed; JWTICK_SCENES_SEED={seed}");
}

fn variable(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap())
}

/// The faults in the answers to a scene, with its seed and its log.
fn failure(seed: u64, number: usize) -> Option<String> {
    let scene = Scene::drawn(&mut Draw::new(seed, number));
    let played = play(&scene);
    let complaints = complaints(&scene, &played);
    (!complaints.is_empty())
        .then(|| format!("scene {number}: {}\n{scene:#?}\n{played}", complaints.join("; ")))
}
